//! Light or dark, as the person chose in this browser.

use super::storage::{self, Key};
use super::window;

/// The name of the chosen theme; `None` follows the system.
pub fn chosen() -> Option<String> {
    storage::read(Key::Theme)
}

/// Applies a theme and stores the choice for the next visit, when `boot.js` applies it before the first paint. `None`
/// follows the system again.
pub fn choose(name: Option<&str>) {
    let root = window().document().and_then(|document| document.document_element());
    if let Some(name) = name {
        storage::write(Key::Theme, name);
        root.map(|root| root.set_attribute("data-theme", name));
    } else {
        storage::remove(Key::Theme);
        root.map(|root| root.remove_attribute("data-theme"));
    }
}
