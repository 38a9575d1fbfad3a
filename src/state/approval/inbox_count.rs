//! How many requests wait, for the frame: the inbox itself is in a part of the program that is loaded later.

use crate::state::context::provided;
use leptos::prelude::*;

/// The count, once the inbox exists.
#[derive(Clone, Copy, Default)]
pub struct InboxCount(RwSignal<Option<Signal<Option<u32>>>>);

impl InboxCount {
    /// The page's count.
    pub fn current() -> Self {
        provided()
    }

    /// Takes the count from the inbox from now on.
    pub fn follow(self, count: Signal<Option<u32>>) {
        self.0.set(Some(count));
    }

    /// How many requests wait that this person can decide here, if known.
    pub fn shown(self) -> Signal<Option<u32>> {
        Signal::derive(move || self.0.get()?.get())
    }
}
