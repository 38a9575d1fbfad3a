//! News: short notices, and announcements for screen readers.

use std::time::Duration;

use leptos::prelude::*;

use crate::state::context::provided;
use crate::view::part::{Toast, Tone};

/// How long a notice of success stays.
const SHOWN: Duration = Duration::from_secs(6);

/// Notices and announcements.
#[derive(Clone, Copy)]
pub struct Notices {
    /// Shown now.
    pub toasts: RwSignal<Vec<Toast>>,
    /// Pointer or focus is on them, so they stay.
    pub held: RwSignal<bool>,
    /// Announced when the screen reader has time.
    pub polite: RwSignal<String>,
    next_key: StoredValue<u32>,
}

impl Notices {
    /// No notices yet.
    pub fn new() -> Self {
        Self {
            toasts: RwSignal::default(),
            held: RwSignal::default(),
            polite: RwSignal::default(),
            next_key: StoredValue::new(0),
        }
    }

    /// The page's notices.
    pub fn current() -> Self {
        provided()
    }

    /// Shows and announces a success for some seconds.
    pub fn tell(self, text: String) {
        let key = self.add(Tone::Ok, text, None);
        self.end_later(key);
    }

    /// Shows and announces what the browser did not do, until it is dismissed.
    pub fn refuse(self, text: &str) {
        // After another try, it is shown again in place of the previous one.
        self.toasts.update(|list| list.retain(|toast| toast.text != text));
        self.add(Tone::Warn, text.to_owned(), None);
    }

    /// Offers something, with a button for it, until it is dismissed. Returns the key to close it with.
    pub fn offer(self, text: &str, words: &'static str, act: Callback<()>) -> u32 {
        self.add(Tone::Info, text.to_owned(), Some((words, act)))
    }

    fn add(self, tone: Tone, text: String, action: Option<(&'static str, Callback<()>)>) -> u32 {
        let key = self.next_key.get_value();
        self.next_key.set_value(key.wrapping_add(1));
        self.toasts.update(|list| list.push(Toast { key, tone, text, action }));
        key
    }

    fn end_later(self, key: u32) {
        set_timeout(
            move || {
                if self.held.try_get_untracked() == Some(true) {
                    self.end_later(key);
                } else {
                    self.close(key);
                }
            },
            SHOWN,
        );
    }

    /// Closes a notice.
    pub fn close(self, key: u32) {
        self.toasts.try_update(|list| list.retain(|toast| toast.key != key));
    }

    /// Announces without showing; also works for the same text twice.
    pub fn announce(self, text: String) {
        // A region is read out when its text changes: a repeated text differs by a space that nobody hears.
        let again = self.polite.with_untracked(|before| *before == text);
        self.polite.set(if again { text + "\u{a0}" } else { text });
    }
}

impl Default for Notices {
    fn default() -> Self {
        Self::new()
    }
}
