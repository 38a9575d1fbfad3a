//! Which of the stored input is on screen. Its age counts from when it was last there, so that a sign-in after a long
//! time brings it back.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::set_interval;

use crate::browser::storage::{self, Key};
use crate::browser::{BrowserWorld, event};
use crate::desk::editing::seen_at;
use crate::world::Clock;

/// How often the time is renewed while the page lives: it may end without a last word.
const EVERY: Duration = Duration::from_secs(600);

/// Where input is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The draft of a policy, by its key.
    Draft(String),
    /// What was typed for a decision, by its key.
    Justification(String),
    /// What is chosen for a change of many policies, by its key.
    Rollout(String),
}

impl Place {
    fn key(&self) -> Key<'_> {
        match self {
            Self::Draft(key) => Key::Draft(key),
            Self::Justification(key) => Key::Justification(key),
            Self::Rollout(key) => Key::Rollout(key),
        }
    }

    /// Only what is stored: what was deleted stays so, also when the page is left after a sign-out.
    fn renew(&self) {
        let seen = storage::read(self.key()).and_then(|text| seen_at(&text, BrowserWorld.unix_ms()));
        if let Some(text) = seen {
            storage::write(self.key(), &text);
        }
    }
}

thread_local! {
    /// `None` before the first.
    static SHOWN: RefCell<Option<Vec<Place>>> = const { RefCell::new(None) };
}

/// From now on this is on screen.
pub fn show(place: Place) {
    let is_first = SHOWN.with_borrow_mut(|shown| {
        let is_first = shown.is_none();
        shown.get_or_insert_default().push(place);
        is_first
    });
    if is_first {
        event::on_leaving(renew).forever();
        if let Some(listening) = event::on_visibility_change(|_| renew()) {
            listening.forever();
        }
        set_interval(renew, EVERY);
    }
}

/// This leaves the screen.
pub fn gone(place: &Place) {
    place.renew();
    SHOWN.with_borrow_mut(|shown| {
        let at = shown.as_ref().and_then(|shown| shown.iter().position(|one| one == place));
        if let (Some(shown), Some(at)) = (shown, at) {
            shown.remove(at);
        }
    });
}

/// Renews the time of all that is on screen.
pub fn renew() {
    SHOWN.with_borrow(|shown| shown.iter().flatten().for_each(Place::renew));
}
