//! How new requests are told besides the page itself. Off by default, per browser.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::storage::{self, Key};
use crate::browser::{event, notify, sound};
use crate::route::Route;
use crate::state::frame::nav::Nav;
use crate::text;

/// Words the browser keeps.
const DESKTOP: &str = "desktop";
const SOUND: &str = "sound";

/// What the person wants.
#[derive(Clone, Copy)]
pub struct Alerts {
    /// A desktop notification while the window is in the background.
    pub desktop: RwSignal<bool>,
    /// A short sound.
    pub sound: RwSignal<bool>,
    /// The browser refused notifications when the person asked for them.
    pub refused: RwSignal<bool>,
}

impl Alerts {
    /// As this browser keeps it. A notification that the browser no longer allows is off.
    pub fn kept() -> Self {
        let kept = storage::read(Key::Alerts).unwrap_or_default();
        let has = |word: &str| kept.split(' ').any(|other| other == word);
        Self {
            desktop: RwSignal::new(has(DESKTOP) && notify::is_allowed()),
            sound: RwSignal::new(has(SOUND)),
            refused: RwSignal::new(false),
        }
    }

    /// Whether the person wants to hear of new requests while the page cannot be seen.
    pub fn any(self) -> bool {
        let is_on = |signal: RwSignal<bool>| signal.try_get_untracked() == Some(true);
        is_on(self.desktop) || is_on(self.sound)
    }

    /// The person switches notifications on their click; the browser asks them if it has to.
    pub fn switch_desktop(self, on: bool) {
        self.refused.set(false);
        if !on || notify::is_allowed() {
            self.desktop.set(on);
            self.keep();
            return;
        }
        spawn_local(async move {
            let allowed = notify::ask().await;
            self.desktop.try_set(allowed);
            self.refused.try_set(!allowed);
            self.keep();
        });
    }

    /// The person switches the sound; switched on, it is heard once.
    pub fn switch_sound(self, on: bool) {
        self.sound.set(on);
        self.keep();
        if on {
            sound::chime();
        }
    }

    fn keep(self) {
        let word = |signal: RwSignal<bool>, word| {
            if signal.try_get_untracked() == Some(true) { Some(word) } else { None }
        };
        let words: Vec<&str> = [word(self.desktop, DESKTOP), word(self.sound, SOUND)].into_iter().flatten().collect();
        if words.is_empty() {
            storage::remove(Key::Alerts);
        } else {
            storage::write(Key::Alerts, &words.join(" "));
        }
    }

    /// Tells of new requests.
    pub fn tell(self, nav: Nav, count: usize) {
        if count > 0 {
            self.say(nav, &text::approval::alert::arrived(count));
        }
    }

    /// Tells that new requests are not told any more until the person signs in.
    pub fn tell_sign_in(self, nav: Nav) {
        self.say(nav, text::approval::alert::SIGN_IN);
    }

    /// A notification only while nobody works in the window: there the page itself tells.
    fn say(self, nav: Nav, words: &str) {
        if self.sound.try_get_untracked() == Some(true) {
            sound::chime();
        }
        if self.desktop.try_get_untracked() == Some(true) && !(event::is_visible() && event::has_focus()) {
            notify::show(words, move || nav.go(&Route::APPROVALS));
        }
    }
}
