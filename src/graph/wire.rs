//! Fields of JSON as Graph sends it. Every field may be missing, because Graph leaves out what it does not reveal; one
//! of a wrong type counts as missing.
//!
//! Read by name instead of through derived types: those made the page's program larger by 7 KB.

use serde_json::Value as Json;

/// A text.
pub(super) fn text(entry: &Json, name: &str) -> Option<String> {
    entry[name].as_str().map(str::to_owned)
}

/// A text; empty if there is none.
pub(super) fn text_or_empty(entry: &Json, name: &str) -> String {
    text(entry, name).unwrap_or_default()
}

/// Whether a flag is present and equals `wanted`.
pub(super) fn is(entry: &Json, name: &str, wanted: bool) -> bool {
    entry[name].as_bool() == Some(wanted)
}

/// An object, if it is there.
pub(super) fn object<'a>(entry: &'a Json, name: &str) -> Option<&'a Json> {
    Some(&entry[name]).filter(|found| found.is_object())
}
