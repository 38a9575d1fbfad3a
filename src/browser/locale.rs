//! Times as the person's browser formats them.

use std::cell::OnceCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::BrowserWorld;
use crate::instant;
use crate::world::Clock;

/// A moment (milliseconds since 1970) in the person's language and time zone, with the zone named.
pub fn date_time(unix_ms: i64) -> String {
    const STYLE: [(&str, &str); 6] = [
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZoneName", "short"),
    ];
    thread_local! {
        static FORMAT: OnceCell<Function> = const { OnceCell::new() };
    }
    FORMAT.with(|format| write(format.get_or_init(|| formatter(&STYLE)), unix_ms))
}

/// The same, followed by the moment in UTC, to compare with a log or with someone elsewhere.
pub fn date_time_and_utc(unix_ms: i64) -> String {
    [&date_time(unix_ms), " (", &instant::to_rfc3339(unix_ms), ")"].concat()
}

/// The local date of a moment, to compare it with another.
pub fn day(unix_ms: i64) -> String {
    Date::new(&JsValue::from_f64(as_f64(unix_ms))).to_date_string().into()
}

/// The time of day of a moment of today; of any other, date and time.
pub fn time_or_date(unix_ms: i64) -> String {
    if day(unix_ms) == day(BrowserWorld.unix_ms()) { time_of_day(unix_ms) } else { date_time(unix_ms) }
}

/// The time of day: hours and minutes, in the person's language and time zone.
pub fn time_of_day(unix_ms: i64) -> String {
    thread_local! {
        static FORMAT: OnceCell<Function> = const { OnceCell::new() };
    }
    FORMAT
        .with(|format| write(format.get_or_init(|| formatter(&[("hour", "2-digit"), ("minute", "2-digit")])), unix_ms))
}

/// The time of day to the second.
pub fn time_to_the_second(unix_ms: i64) -> String {
    const STYLE: [(&str, &str); 3] = [("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit")];
    thread_local! {
        static FORMAT: OnceCell<Function> = const { OnceCell::new() };
    }
    FORMAT.with(|format| write(format.get_or_init(|| formatter(&STYLE)), unix_ms))
}

fn formatter(style: &[(&str, &str)]) -> Function {
    let options = Object::new();
    for (name, value) in style {
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
