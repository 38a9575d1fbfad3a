//! What a person has under the hand in the table of policies, kept while the page lives: what is selected, and the place
//! they come back to.

use leptos::prelude::*;

use crate::approval::Selection;
use crate::matrix::View;
use crate::policy::Subject;
use crate::route::Route;
use crate::state::context::provided;
use crate::state::frame::nav::Nav;
use crate::view::part::GridPlace;

/// The place in the table and the selection.
#[derive(Clone, Copy)]
pub struct Browsing {
    /// The selected policies, by the text of their subject.
    pub selection: RwSignal<Selection>,
    /// Where the table was left: how far it was scrolled and which cell had the focus.
    pub place: StoredValue<GridPlace>,
    /// The policy that was opened from the table, until the person is back.
    pub opened: StoredValue<Option<Subject>>,
    /// How the table was looked at last.
    pub last: Memo<View>,
}

impl Browsing {
    /// At the start, with nothing selected. Follows how the table is looked at from then on.
    pub fn new(nav: Nav) -> Self {
        let last = nav.asked(|route| if let Route::Matrix(view) = route { Some(view) } else { None });
        Self { selection: RwSignal::default(), place: StoredValue::default(), opened: StoredValue::default(), last }
    }

    /// The address of the table as it was looked at last; on the table itself, of the table as it opens. Views follow it.
    pub fn href(self, nav: Nav) -> String {
        let last = self.last.get();
        let here = nav.route.with(|route| matches!(route, Route::Matrix(_)));
        if here { Route::MATRIX.to_string() } else { Route::Matrix(last).to_string() }
    }

    /// Where the person came from to a policy's page, if they opened it from the table.
    pub fn way_back(self, page: &Subject) -> Option<String> {
        let opened = self.opened.get_value()?;
        let same = opened.of_page().first() == page.of_page().first();
        same.then(|| Route::Matrix(self.last.get_untracked()).to_string())
    }

    /// The page's place.
    pub fn current() -> Self {
        provided()
    }
}
