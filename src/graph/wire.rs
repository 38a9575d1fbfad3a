//! Fields of JSON as Graph sends it. Every field may be missing, because Graph leaves out what it does not reveal; one
//! of a wrong type counts as missing.
//!
//! Read by name instead of through derived types: those made the page's program larger by 7 KB.

use serde_json::Value as Json;

use crate::guid::Guid;
use crate::instant;

/// A text.
pub(super) fn text(entry: &Json, name: &str) -> Option<String> {
    entry[name].as_str().map(str::to_owned)
}

/// A text; empty if there is none.
pub(super) fn text_or_empty(entry: &Json, name: &str) -> String {
    text(entry, name).unwrap_or_default()
}

/// An ID.
pub(super) fn id(entry: &Json, name: &str) -> Option<Guid> {
    entry[name].as_str()?.parse().ok()
}

/// A time, ms since 1970.
pub(super) fn moment(entry: &Json, name: &str) -> Option<i64> {
    entry[name].as_str().and_then(instant::parse)
}

/// Whether a person is a guest, if known.
pub(super) fn guest(entry: &Json) -> Option<bool> {
    entry["userType"].as_str().map(|kind| kind.eq_ignore_ascii_case("Guest"))
}

/// Whether a flag is present and has the value `wanted`.
pub(super) fn is(entry: &Json, name: &str, wanted: bool) -> bool {
    entry[name].as_bool() == Some(wanted)
}

/// An object, if it is there.
pub(super) fn object<'a>(entry: &'a Json, name: &str) -> Option<&'a Json> {
    Some(&entry[name]).filter(|found| found.is_object())
}
