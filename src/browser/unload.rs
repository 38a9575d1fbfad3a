//! Asking before a tab with unsaved changes is closed.

use std::cell::{Cell, RefCell};

use super::event::{Listening, listen};
use super::window;

thread_local! {
    static GUARD: RefCell<Option<Listening>> = const { RefCell::new(None) };
    static FAILED: Cell<bool> = const { Cell::new(false) };
}

/// Turns the question on or off. Off while nothing is unsaved, so that the page can go into the back/forward cache.
pub fn guard(on: bool) {
    GUARD.with_borrow_mut(|guard| match (on, guard.is_some()) {
        (true, false) if !FAILED.get() => {
            *guard = Some(listen(window(), "beforeunload", |event| event.prevent_default()));
        }
        (false, true) => *guard = None,
        _ => {}
    });
}

/// Stops asking for good, after the program failed: what was typed is kept in the tab, and a reload brings it back.
/// Timers and tasks of the program still run, and may want to ask again.
pub(super) fn stop_asking() {
    let _ = FAILED.try_with(|failed| failed.set(true));
    let _ = GUARD.try_with(|guard| guard.try_borrow_mut().map(|mut guard| guard.take()));
}
