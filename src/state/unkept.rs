//! What the browser refused to keep of receipts and records, known to the frame, which says so above every page.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::guid::Guid;

/// What is not kept, and whether the person has seen that.
#[derive(Clone, Copy, Default)]
pub struct Unkept {
    /// The receipts and records that live as long as the page.
    pub ids: RwSignal<BTreeSet<Guid>>,
    /// The person has seen that some are not kept.
    pub seen: RwSignal<bool>,
}

impl Unkept {
    /// The page's.
    pub fn current() -> Self {
        expect_context()
    }
}
