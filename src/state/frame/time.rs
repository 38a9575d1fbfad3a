//! The time shown on screen.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::BrowserWorld;
use crate::state::context::provided;
use crate::world::Clock;

/// Becomes true once the next frame is on screen: for heavy things that nobody looks at first.
pub fn after_paint() -> ReadSignal<bool> {
    let (painted, set_painted) = signal(false);
    request_animation_frame(move || {
        set_timeout(
            move || {
                set_painted.try_set(true);
            },
            Duration::ZERO,
        );
    });
    painted
}

/// Now, ms since 1970, updated often enough for "12 min ago".
#[derive(Clone, Copy)]
pub struct Now(RwSignal<i64>);

impl Now {
    /// A running clock.
    pub fn start() -> Self {
        let read = || BrowserWorld.unix_ms();
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
        provided()
    }

    /// Now; views that read it follow it.
    pub fn get(self) -> i64 {
        self.0.get()
    }
}
