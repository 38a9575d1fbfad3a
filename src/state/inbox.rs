//! The inbox: read while the page is visible, and what this person decided since the page was loaded.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::browser::event;
use crate::desk::approvals::{self, Inbox};
use crate::graph::Error;

/// How often the inbox is read while the page is visible.
const EVERY: Duration = Duration::from_secs(45);

/// How long the first reading waits, so that the page that was asked for comes first.
const AFTER_START: Duration = Duration::from_millis(1_500);

/// The inbox of the signed-in person.
#[derive(Clone, Copy)]
pub struct InboxState {
    desk: Desk,
    /// As last read; `None` before the first answer.
    pub inbox: RwSignal<Option<Inbox>>,
    /// Why the last reading failed, if it did.
    pub error: RwSignal<Option<Error>>,
    /// A reading is under way.
    pub reading: RwSignal<bool>,
}

impl InboxState {
    /// Reads from now on.
    pub fn start(desk: Desk) -> Self {
        let state =
            Self { desk, inbox: RwSignal::new(None), error: RwSignal::new(None), reading: RwSignal::new(false) };
        set_timeout(
            move || {
                if state.inbox.try_with_untracked(Option::is_none) == Some(true) {
                    state.refresh();
                }
            },
            AFTER_START,
        );
        let ticking = set_interval_with_handle(
            move || {
                if event::is_visible() && event::is_online() {
                    state.refresh();
                }
            },
            EVERY,
        );
        on_cleanup(move || {
            if let Ok(handle) = ticking {
                handle.clear();
            }
        });
        state
    }

    /// The page's inbox.
    pub fn current() -> Self {
        expect_context()
    }

    /// Reads now. One reading at a time.
    pub fn refresh(self) {
        if self.reading.try_get_untracked() != Some(false) {
            return;
        }
        self.reading.set(true);
        spawn_local(async move {
            match approvals::inbox(&self.desk.client()).await {
                Ok(inbox) => {
                    self.inbox.try_set(Some(inbox));
                    self.error.try_set(None);
                }
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
            self.reading.try_set(false);
        });
    }

    /// How many requests wait, if any are known to.
    pub fn count(self) -> Signal<Option<u32>> {
        Signal::derive(move || {
            let waiting = self.inbox.with(|inbox| inbox.as_ref().map_or(0, |inbox| inbox.requests.len()));
            u32::try_from(waiting).ok().filter(|waiting| *waiting > 0)
        })
    }
}
