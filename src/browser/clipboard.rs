//! The clipboard.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::window;

/// Copies a text; returns whether that worked. It fails on pages without https, and if the person denied it.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    let there = Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|found| found.is_object());
    there && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
