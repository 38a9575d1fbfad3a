//! Whether something is being pressed. What is shown meanwhile can move it: then the click is lost, or another element
//! gets it.

use std::cell::Cell;

use super::event::listen;
use super::{BrowserWorld, window};
use crate::world::Clock;

/// How long a press can last, ms. The page is not told of the end of some, such as those on a scroll bar.
const PRESS_MS: i64 = 1_000;

/// How long after the release its click may come, ms.
const CLICK_MS: i64 = 30;

thread_local! {
    /// Until when something is being pressed, as the page's clock counts.
    static UNTIL: Cell<i64> = const { Cell::new(0) };
}

/// Starts watching, for as long as the page lives.
pub fn watch() {
    for (name, ms) in [("pointerdown", PRESS_MS), ("pointerup", CLICK_MS), ("pointercancel", 0)] {
        listen(window(), name, move |_| UNTIL.set(BrowserWorld.monotonic_ms() + ms)).forever();
    }
}

/// Waits until nothing is being pressed, for as long as one press at most.
pub(super) async fn released() {
    let last = BrowserWorld.monotonic_ms() + PRESS_MS;
    while BrowserWorld.monotonic_ms() < UNTIL.get().min(last) {
        BrowserWorld.sleep(20).await;
    }
}
