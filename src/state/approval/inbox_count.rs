//! How many requests wait, for the frame: the inbox itself comes with its part of the program.

use crate::state::context::provided;
use leptos::prelude::*;

/// The count, once there is an inbox.
#[derive(Clone, Copy, Default)]
pub struct InboxCount(RwSignal<Option<Signal<Option<u32>>>>);

impl InboxCount {
    /// The page's.
    pub fn current() -> Self {
        provided()
    }

    /// The inbox counts from now on.
    pub fn follow(self, count: Signal<Option<u32>>) {
        self.0.set(Some(count));
    }

    /// How many requests wait that this person can decide here, if any are known to.
    pub fn shown(self) -> Signal<Option<u32>> {
        Signal::derive(move || self.0.get()?.get())
    }
}
