//! Keys pressed anywhere on the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::event::{Listening, listen};
use super::{clock, document, scroll, window};
use crate::shortcut::Press;

/// Fields where keys type text or choose a value.
const FIELDS: &str = "input:not([type=checkbox]), textarea, select, [contenteditable], [role=combobox], [role=listbox]";

/// What Enter or the space bar activates.
const CONTROLS: &str = "a[href], button, summary, input";

/// Calls back at every key press, with when it was in milliseconds since the page started: a busy page hears of it
/// later. `true` means the key was used, and the browser then ignores it.
pub fn on_key(callback: impl Fn(Press<'_>, i64) -> bool + 'static) -> Listening {
    listen(window(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|event| !event.default_prevented()) else { return };
        let within = |selector: &str| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
        };
        let key = event.key();
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        let in_field = event.is_composing() || within(FIELDS);
        // While someone types into a field, this runs on every keystroke, so it does nothing more.
        if in_field && !modified && key.chars().nth(1).is_none() {
            return;
        }
        scroll::let_be();
        let press = Press {
            key: &key,
            shift: event.shift_key(),
            modified,
            repeats: event.repeat(),
            in_field,
            on_control: within(CONTROLS),
            in_dialog: something_lies_over_the_page(),
        };
        if callback(press, clock::whole(event.time_stamp())) {
            event.prevent_default();
        }
    })
}

/// Whether keys belong to something else than the page: to a field that has the focus, to a dialog or to a menu.
pub fn are_taken() -> bool {
    let in_field = document::focused().is_some_and(|element| element.closest(FIELDS).ok().flatten().is_some());
    in_field || something_lies_over_the_page()
}

/// A dialog or an open menu: keys belong to it, wherever the focus is.
fn something_lies_over_the_page() -> bool {
    let open = "dialog[open], :is(:popover-open)";
    window().document().is_some_and(|document| document.query_selector(open).ok().flatten().is_some())
}
