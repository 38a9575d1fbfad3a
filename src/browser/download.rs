//! Saving a file for the person. It is made in memory and sent nowhere.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use super::window;

/// Offers text as a file to save; returns whether the browser accepted it.
pub fn save_text(name: &str, media_type: &str, text: &str) -> bool {
    save(name, media_type, text).is_some()
}

fn save(name: &str, media_type: &str, text: &str) -> Option<()> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &kind).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link = window().document()?.create_element("a").ok()?.dyn_into::<HtmlElement>().ok()?;
    let set = link.set_attribute("href", &address).and_then(|()| link.set_attribute("download", name));
    if set.is_ok() {
        link.click();
    }
    let _ = Url::revoke_object_url(&address);
    set.ok()
}
