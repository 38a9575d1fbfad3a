//! Light or dark.

use super::storage::{self, Key};
use super::window;

/// What the page looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// What the person chose in this browser.
pub fn chosen() -> Theme {
    let stored = storage::read(Key::Theme);
    [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.name() == stored.as_deref()).unwrap_or_default()
}

/// Shows a theme and keeps the choice for the next visit, where `boot.js` applies it before the first paint.
pub fn choose(theme: Theme) {
    let root = window().document().and_then(|document| document.document_element());
    if let Some(name) = theme.name() {
        storage::write(Key::Theme, name);
        root.map(|root| root.set_attribute("data-theme", name));
    } else {
        storage::remove(Key::Theme);
        root.map(|root| root.remove_attribute("data-theme"));
    }
}
