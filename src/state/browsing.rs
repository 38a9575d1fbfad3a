//! What a person has under the hand in the table of policies, kept while the page lives: what is selected, and the place
//! they come back to.

use leptos::prelude::*;

use crate::approval::Selection;
use crate::policy::Subject;
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
}

impl Browsing {
    /// At the start, with nothing selected.
    pub fn new() -> Self {
        Self { selection: RwSignal::default(), place: StoredValue::default(), opened: StoredValue::default() }
    }

    /// The page's place.
    pub fn current() -> Self {
        expect_context()
    }

    /// The selected subjects, in no particular order; views follow it.
    pub fn is_selected(self, subject: &Subject) -> bool {
        self.selection.with(|selection| selection.contains(&subject.to_string()))
    }
}

impl Default for Browsing {
    fn default() -> Self {
        Self::new()
    }
}
