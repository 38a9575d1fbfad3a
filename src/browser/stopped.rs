//! What happens when the program panics: `boot.js` covers the page with a panel that needs none of it.

use std::panic::PanicHookInfo;

use js_sys::{Function, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};

/// Installs the panic hook; call it before anything else.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        super::unload::stop_asking();
        let show = Reflect::get(&global(), &JsValue::from_str("__pimDeskStopped")).ok();
        if let Some(show) = show.and_then(|show| show.dyn_into::<Function>().ok()) {
            let _ = show.call1(&JsValue::UNDEFINED, &JsValue::from_str(&told(info)));
        }
    }));
}

/// The message and the place in the source, without the folders of the build machine.
fn told(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let message = text.unwrap_or("no message");
    let place = info.location().map(|place| {
        let file = place.file().rsplit('/').next().unwrap_or_default();
        format!(" ({file}:{})", place.line())
    });
    format!("{message}{}", place.unwrap_or_default())
}
