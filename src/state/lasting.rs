//! State that comes with its part of the program: made when a page first asks for it, and kept from then on whatever page
//! is open. So the frame need not name it, and its code comes when a page that uses it is opened.

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

/// What lasting state belongs to.
#[derive(Clone)]
struct Ground(WeakOwner);

/// What is asked for below here lasts as long as the present owner.
pub fn begin() {
    if let Some(owner) = Owner::current() {
        provide_context(Ground(owner.downgrade()));
    }
}

/// The page's one state of this kind; `make` makes it for the first who asks. What `make` reads is not followed.
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
