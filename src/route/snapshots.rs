//! How the changes since a snapshot are shown, in an address: `?severity=…&show=…&q=…&sort=…`.

use super::{parameter, query};
use crate::matrix::Class;
use crate::snapshot::Severity;
use crate::snapshot::view::{Order, View};

/// Parses it; what cannot be parsed is ignored.
pub(super) fn read(text: &str) -> View {
    let word = |name| parameter(text, name).unwrap_or_default();
    View {
        severity: Severity::from_name(&word("severity")),
        class: Class::from_name(&word("show")),
        text: word("q"),
        order: Order::from_name(&word("sort")).unwrap_or_default(),
    }
}

/// Writes it, with its `?`; leaves out defaults.
pub(super) fn write(view: &View) -> String {
    let order = if view.order == Order::default() { "" } else { view.order.as_str() };
    query(&[
        ("severity", view.severity.map_or("", Severity::as_str)),
        ("show", view.class.map_or("", Class::as_str)),
        ("q", &view.text),
        ("sort", order),
    ])
}
