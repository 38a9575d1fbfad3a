//! Keys pressed anywhere on the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::event::{Listening, listen};
use super::window;
use crate::shortcut::Press;

/// Where text is typed or a value is chosen with keys.
const FIELDS: &str = "input:not([type=checkbox]), textarea, select, [contenteditable], [role=combobox], [role=listbox]";

/// What Enter or the space bar presses.
const CONTROLS: &str = "a[href], button, summary, input";

/// Calls back at every key; gives `true` when the key was used, and the browser then leaves it alone.
pub fn on_key(callback: impl Fn(Press<'_>) -> bool + 'static) -> Listening {
    listen(window(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|event| !event.default_prevented()) else { return };
        let within = |selector: &str| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
        };
        let key = event.key();
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        let in_field = event.is_composing() || within(FIELDS);
        // Text typed into a field is the way of every keystroke: nothing more is asked of the page then.
        if in_field && !modified && key.chars().nth(1).is_none() {
            return;
        }
        let used = callback(Press {
            key: &key,
            shift: event.shift_key(),
            modified,
            repeats: event.repeat(),
            in_field,
            on_control: within(CONTROLS),
            in_dialog: something_lies_over_the_page(),
        });
        if used {
            event.prevent_default();
        }
    })
}

/// A dialog or an open menu: the keys are theirs, wherever the focus is.
fn something_lies_over_the_page() -> bool {
    let open = "dialog[open], :is(:popover-open)";
    window().document().is_some_and(|document| document.query_selector(open).ok().flatten().is_some())
}
