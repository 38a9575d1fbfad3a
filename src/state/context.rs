//! Values that the page's parts look up by type.

use std::panic::Location;

use leptos::prelude::use_context;

/// The value of this type that an ancestor provided. The failure path is compiled once for all types; `expect_context`
/// would add it for each.
///
/// # Panics
/// Nothing of this type was provided: a bug in the program.
#[track_caller]
pub fn provided<T: Clone + 'static>() -> T {
    match use_context() {
        Some(value) => value,
        None => missing(Location::caller()),
    }
}

#[cold]
#[inline(never)]
#[expect(clippy::panic, reason = "a context is missing: a bug in the program, and nothing can be shown")]
fn missing(at: &Location<'_>) -> ! {
    panic!("no context provided for {at}")
}
