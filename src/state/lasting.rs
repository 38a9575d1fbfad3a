//! State that comes with its part of the program: created when a page first asks for it, and kept from then on,
//! whatever page is open. So the frame need not name it, and its code is loaded when a page that uses it is opened.

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

/// The owner of lasting state.
#[derive(Clone)]
struct Ground(WeakOwner);

/// Makes what is asked for below here last as long as the current owner.
pub fn begin() {
    if let Some(owner) = Owner::current() {
        provide_context(Ground(owner.downgrade()));
    }
}

/// The page's single state of this type; `make` creates it for the first caller. What `make` reads is not tracked.
pub fn lasting<T: Clone + Send + Sync + 'static>(make: fn() -> T) -> T {
    if let Some(known) = use_context() {
        return known;
    }
    let make = || {
        let made = untrack(make);
        provide_context(made.clone());
        made
    };
    match use_context::<Ground>().and_then(|ground| ground.0.upgrade()) {
        Some(owner) => owner.with(make),
        None => make(),
    }
}
