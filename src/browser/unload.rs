//! Asking before a tab with unsaved changes is closed.

use std::cell::RefCell;

use super::event::{Listening, listen};
use super::window;

thread_local! {
    static GUARD: RefCell<Option<Listening>> = const { RefCell::new(None) };
}

/// Turns the question on or off. Off while nothing is unsaved, so that the page can go into the back/forward cache.
pub fn guard(on: bool) {
    GUARD.with_borrow_mut(|guard| match (on, guard.is_some()) {
        (true, false) => *guard = Some(listen(window(), "beforeunload", |event| event.prevent_default())),
        (false, true) => *guard = None,
        _ => {}
    });
}

/// Stops asking, after the program failed: what was typed is kept in the tab, and a reload brings it back.
pub(super) fn stop_asking() {
    let _ = GUARD.try_with(|guard| guard.try_borrow_mut().map(|mut guard| guard.take()));
}
