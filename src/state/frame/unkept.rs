//! What the browser refused to store, known to the frame, which says so above every page.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::guid::Guid;
use crate::state::context::provided;

/// What is not stored, and whether the person has seen that.
#[derive(Clone, Copy, Default)]
pub struct Unkept {
    /// The receipts and records that live only as long as the page.
    pub ids: RwSignal<BTreeSet<Guid>>,
    /// The person has seen that some are not stored.
    pub seen: RwSignal<bool>,
    /// Typed text that lives only as long as the page, by where it would be stored.
    pub typed: RwSignal<BTreeSet<String>>,
    /// The person has seen that some text is not stored.
    pub typed_seen: RwSignal<bool>,
}

impl Unkept {
    /// The page's unstored items.
    pub fn current() -> Self {
        provided()
    }

    /// Records whether the tab stores what was typed in one place, or has nothing to store there.
    pub fn note_typed(self, place: &str, kept: bool) {
        if self.typed.try_with_untracked(|typed| typed.contains(place)) != Some(kept) {
            return;
        }
        self.typed.try_update(|typed| if kept { typed.remove(place) } else { typed.insert(place.to_owned()) });
        if self.typed.try_with_untracked(BTreeSet::is_empty) == Some(true) {
            self.typed_seen.try_set(false);
        }
    }
}
