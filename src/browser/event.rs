//! Listening to the browser.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget, PageTransitionEvent, VisibilityState};

use super::window;

/// An event listener; dropping it removes it.
#[must_use = "dropping it ends the listening"]
pub struct Listening {
    target: EventTarget,
    name: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listening {
    /// Keeps it for as long as the page lives.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.name, callback);
    }
}

/// Calls back at every event of this name on this target.
pub(super) fn listen(
    target: impl Into<EventTarget>,
    name: &'static str,
    callback: impl FnMut(Event) + 'static,
) -> Listening {
    let (target, callback) = (target.into(), Closure::<dyn FnMut(Event)>::new(callback));
    let _ = target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
    Listening { target, name, callback }
}

/// Calls back when the fragment of the address changes: a link, the back button, a typed address.
pub fn on_hash_change(mut callback: impl FnMut() + 'static) -> Listening {
    listen(window(), "hashchange", move |_| callback())
}

/// Calls back when the page is restored from the browser's back/forward cache, with all its memory.
pub fn on_restored(mut callback: impl FnMut() + 'static) -> Listening {
    listen(window(), "pageshow", move |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            callback();
        }
    })
}

/// Calls back when the server has a newer version of the page; `boot.js` checks.
pub fn on_newer_version(callback: impl Fn() + 'static) -> Listening {
    listen(window(), "pim-desk-newer", move |_| callback())
}

/// Calls back when the page is about to be left.
pub fn on_leaving(callback: impl Fn() + 'static) -> Listening {
    listen(window(), "pagehide", move |_| callback())
}

/// Calls back when another tab of this browser has changed the browser's storage.
pub fn on_storage_change(callback: impl Fn() + 'static) -> Listening {
    listen(window(), "storage", move |_| callback())
}

/// Calls back with `true` before the browser prints and with `false` after it.
pub fn on_printing(callback: impl Fn(bool) + Clone + 'static) -> [Listening; 2] {
    let other = callback.clone();
    [listen(window(), "beforeprint", move |_| callback(true)), listen(window(), "afterprint", move |_| other(false))]
}

/// Calls back with `true` when the browser goes online and `false` when it goes offline.
pub fn on_online_change(callback: impl Fn(bool) + Clone + 'static) -> [Listening; 2] {
    let other = callback.clone();
    [listen(window(), "online", move |_| callback(true)), listen(window(), "offline", move |_| other(false))]
}

/// Calls back with whether the page can be seen, whenever that changes.
pub fn on_visibility_change(callback: impl Fn(bool) + 'static) -> Option<Listening> {
    let document = window().document()?;
    Some(listen(document, "visibilitychange", move |_| callback(is_visible())))
}

/// Whether the page can be seen.
pub fn is_visible() -> bool {
    window().document().is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
}

/// Calls back when the window gets the focus.
pub fn on_focus(callback: impl Fn() + 'static) -> Listening {
    listen(window(), "focus", move |_| callback())
}

/// Whether the window has the focus, so that someone is working in it.
pub fn has_focus() -> bool {
    window().document().is_none_or(|document| document.has_focus().unwrap_or(true))
}

/// Whether the person asked the browser to save data. Not all browsers report it.
pub fn saves_data() -> bool {
    let read = |from: &JsValue, name: &str| Reflect::get(from, &JsValue::from_str(name)).ok();
    let connection = read(window().navigator().as_ref(), "connection").filter(JsValue::is_object);
    connection.and_then(|connection| read(&connection, "saveData")).is_some_and(|value| value.is_truthy())
}

/// Whether the browser thinks it is online.
pub fn is_online() -> bool {
    window().navigator().on_line()
}
