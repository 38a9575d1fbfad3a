//! How new requests are announced outside the page. Off by default, per browser.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::storage::{self, Key};
use crate::browser::{event, notify, sound};
use crate::route::Route;
use crate::state::frame::nav::Nav;
use crate::text;

/// The stored words for the two settings.
const DESKTOP: &str = "desktop";
const SOUND: &str = "sound";

/// The person's settings.
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
    /// Reads the stored settings. Notifications the browser no longer allows are off.
    pub fn kept() -> Self {
        let kept = storage::read(Key::Alerts).unwrap_or_default();
        let has = |word: &str| kept.split(' ').any(|other| other == word);
        Self {
            desktop: RwSignal::new(has(DESKTOP) && notify::is_allowed()),
            sound: RwSignal::new(has(SOUND)),
            refused: RwSignal::new(false),
        }
    }

    /// Whether the person wants to hear of new requests while the page is hidden.
    pub fn any(self) -> bool {
        let is_on = |signal: RwSignal<bool>| signal.try_get_untracked() == Some(true);
        is_on(self.desktop) || is_on(self.sound)
    }

    /// Turns notifications on or off on the person's click; the browser asks for permission if needed.
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

    /// Turns the sound on or off; it is played once when turned on.
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

    /// Announces new requests.
    pub fn tell(self, nav: Nav, count: usize) {
        if count > 0 {
            self.say(nav, &text::approval::alert::arrived(count));
        }
    }

    /// Announces that new requests are no longer announced until the person signs in.
    pub fn tell_sign_in(self, nav: Nav) {
        self.say(nav, text::approval::alert::SIGN_IN);
    }

    /// Shows a notification, but only while nobody works in the window: there the page itself shows it.
    fn say(self, nav: Nav, words: &str) {
        if self.sound.try_get_untracked() == Some(true) {
            sound::chime();
        }
        if self.desktop.try_get_untracked() == Some(true) && !(event::is_visible() && event::has_focus()) {
            notify::show(words, move || nav.go(&Route::APPROVALS));
        }
    }
}
