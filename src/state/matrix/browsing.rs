//! What a person is doing in the table of policies, kept while the app runs: the selection, and the place to return to.

use leptos::prelude::*;

use crate::approval::Selection;
use crate::matrix::View;
use crate::policy::Subject;
use crate::route::Route;
use crate::state::context::provided;
use crate::state::frame::nav::Nav;
use crate::view::part::GridPlace;

/// The place in the table, and the selection.
#[derive(Clone, Copy)]
pub struct Browsing {
    /// The selected policies, by the text of their subject.
    pub selection: RwSignal<Selection>,
    /// Where the table was left: the scroll position and the cell that had the focus.
    pub place: StoredValue<GridPlace>,
    /// The policy that was opened from the table, until the person returns.
    pub opened: StoredValue<Option<Subject>>,
    /// The last view of the table.
    pub last: Memo<View>,
}

impl Browsing {
    /// Starts at the top with nothing selected, and follows the view of the table from then on.
    pub fn new(nav: Nav) -> Self {
        let last = nav.asked(|route| if let Route::Matrix(view) = route { Some(view) } else { None });
        Self { selection: RwSignal::default(), place: StoredValue::default(), opened: StoredValue::default(), last }
    }

    /// The address of the table in its last view; on the table itself, in its initial view. Views follow it.
    pub fn href(self, nav: Nav) -> String {
        let last = self.last.get();
        let here = nav.route.with(|route| matches!(route, Route::Matrix(_)));
        if here { Route::MATRIX.to_string() } else { Route::Matrix(last).to_string() }
    }

    /// The address to return to from a policy's page, if it was opened from the table.
    pub fn way_back(self, page: &Subject) -> Option<String> {
        let opened = self.opened.get_value()?;
        let same = opened.of_page().first() == page.of_page().first();
        same.then(|| Route::Matrix(self.last.get_untracked()).to_string())
    }

    /// The page's place and selection.
    pub fn current() -> Self {
        provided()
    }
}
