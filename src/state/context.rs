//! Values that a page's parts find by their type.

use std::panic::Location;

use leptos::prelude::use_context;

/// The value of this type that was provided above. What fails without one is written once for all types: with
/// `expect_context` it would stand in the program anew for each.
///
/// # Panics
/// Nothing of this type was provided: a fault of the program.
#[track_caller]
pub fn provided<T: Clone + 'static>() -> T {
    match use_context() {
        Some(value) => value,
        None => missing(Location::caller()),
    }
}

#[cold]
#[inline(never)]
#[expect(clippy::panic, reason = "the program is put together wrongly, and nothing can be shown")]
fn missing(at: &Location<'_>) -> ! {
    panic!("what {at} needs was not provided")
}
