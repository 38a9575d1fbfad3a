//! Times as the person's browser writes them.

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// A moment (milliseconds since 1970) in the person's language and time zone, with the zone named.
pub fn date_time(unix_ms: i64) -> String {
    let style = [
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZoneName", "short"),
    ];
    thread_local! {
        static FORMAT: std::cell::OnceCell<js_sys::Function> = const { std::cell::OnceCell::new() };
    }
    let format = FORMAT.with(|format| {
        let made = format.get_or_init(|| {
            let options = Object::new();
            for (name, value) in style {
                let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
            }
            Intl::DateTimeFormat::new(&Array::new(), &options).format()
        });
        made.clone()
    });
    let written = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(as_f64(unix_ms)));
    written.ok().and_then(|text| text.as_string()).unwrap_or_else(|| crate::instant::to_rfc3339(unix_ms))
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are exact for 285,000 years")]
fn as_f64(unix_ms: i64) -> f64 {
    unix_ms as f64
}
