//! What the browser refused to keep, known to the frame, which says so above every page.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::guid::Guid;

/// Whether the tab keeps what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// As far as is known.
    Kept,
    /// It was refused.
    Refused,
    /// It was, and the person has seen that.
    Seen,
}

/// What is not kept, and whether the person has seen that.
#[derive(Clone, Copy)]
pub struct Unkept {
    /// The receipts and records that live as long as the page.
    pub ids: RwSignal<BTreeSet<Guid>>,
    /// The person has seen that some are not kept.
    pub seen: RwSignal<bool>,
    /// What is typed: it lives as long as the page where it is not kept.
    pub typed: RwSignal<Typed>,
}

impl Default for Unkept {
    fn default() -> Self {
        Self { ids: RwSignal::default(), seen: RwSignal::default(), typed: RwSignal::new(Typed::Kept) }
    }
}

impl Unkept {
    /// The page's.
    pub fn current() -> Self {
        expect_context()
    }

    /// Takes note of whether the tab kept what was typed.
    pub fn typed(self, kept: bool) {
        let now = match (kept, self.typed.try_get_untracked()) {
            (true, _) => Typed::Kept,
            (false, Some(Typed::Seen)) => Typed::Seen,
            (false, _) => Typed::Refused,
        };
        if self.typed.try_get_untracked() != Some(now) {
            self.typed.try_set(now);
        }
    }
}
