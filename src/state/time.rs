//! The time on screen.

use std::time::Duration;

use leptos::prelude::*;

/// Now, ms since 1970, renewed often enough for "12 min ago".
#[derive(Clone, Copy)]
pub struct Now(RwSignal<i64>);

impl Now {
    /// A running clock. `read` gives wall-clock time in ms since 1970.
    pub fn start(read: fn() -> i64) -> Self {
        let now = RwSignal::new(read());
        let ticking = set_interval_with_handle(
            move || {
                now.try_set(read());
            },
            Duration::from_secs(20),
        );
        on_cleanup(move || {
            if let Ok(handle) = ticking {
                handle.clear();
            }
        });
        Self(now)
    }

    /// The page's clock.
    pub fn current() -> Self {
        expect_context()
    }

    /// Now; views that read it follow it.
    pub fn get(self) -> i64 {
        self.0.get()
    }
}
