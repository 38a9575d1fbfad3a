//! Desktop notifications. They never contain names: a locked screen may show them.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

use super::window;

/// Whether this browser supports them.
pub fn exists() -> bool {
    Reflect::has(&window(), &JsValue::from_str("Notification")).unwrap_or(false)
}

/// Whether the person has allowed them.
pub fn is_allowed() -> bool {
    exists() && Notification::permission() == NotificationPermission::Granted
}

/// Asks the person for permission. Call it only on their click; browsers refuse otherwise. Returns whether they allow
/// it.
pub async fn ask() -> bool {
    if !exists() {
        return false;
    }
    match Notification::request_permission() {
        Ok(asked) => JsFuture::from(asked).await.is_ok_and(|answer| answer.as_string().as_deref() == Some("granted")),
        Err(_) => false,
    }
}

/// Shows one, replacing the previous one. A click on it brings the window to the front and calls `on_click`. If the
/// browser refuses (on phones, pages may not), nothing is shown.
pub fn show(title: &str, on_click: impl Fn() + 'static) {
    if !is_allowed() {
        return;
    }
    let options = NotificationOptions::new();
    options.set_tag("pim-desk-requests");
    if let Ok(shown) = Notification::new_with_options(title, &options) {
        let closing = shown.clone();
        let clicked = Closure::once_into_js(move || {
            let _ = window().focus();
            closing.close();
            on_click();
        });
        shown.set_onclick(Some(clicked.unchecked_ref()));
    }
}
