//! Times as the person's browser writes them.

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    static DATE_TIME: Function = format(&[
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZoneName", "short"),
    ]);
    static TIME_OF_DAY: Function = format(&[("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit")]);
}

/// A moment (milliseconds since 1970) in the person's language and time zone, with the zone named.
pub fn date_time(unix_ms: i64) -> String {
    DATE_TIME.with(|format| write(format, unix_ms))
}

/// The time of day of a moment (milliseconds since 1970) in the person's language and time zone, to the second.
pub fn time_of_day(unix_ms: i64) -> String {
    TIME_OF_DAY.with(|format| write(format, unix_ms))
}

fn format(parts: &[(&str, &str)]) -> Function {
    let options = Object::new();
    for (name, value) in parts {
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    Intl::DateTimeFormat::new(&Array::new(), &options).format()
}

fn write(format: &Function, unix_ms: i64) -> String {
    let written = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(as_f64(unix_ms)));
    written.ok().and_then(|text| text.as_string()).unwrap_or_else(|| crate::instant::to_rfc3339(unix_ms))
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are exact for 285,000 years")]
fn as_f64(unix_ms: i64) -> f64 {
    unix_ms as f64
}
