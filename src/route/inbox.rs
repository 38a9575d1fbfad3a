//! The filter of the inbox in an address: `?q=…&kind=…&access=…&by=…&sort=…`.

use super::{chosen, parameter, query};
use crate::approval::{Filter, Kind, Sort};
use crate::guid::Guid;

/// Parses it; what cannot be parsed does not filter.
pub(super) fn read(text: &str) -> Filter {
    Filter {
        text: parameter(text, "q").unwrap_or_default(),
        kind: chosen(text, "kind"),
        target: chosen(text, "access"),
        requester: chosen(text, "by"),
        sort: chosen(text, "sort").unwrap_or_default(),
    }
}

/// Writes it, with its `?`; leaves out what does not filter.
pub(super) fn write(filter: &Filter) -> String {
    let sort = if filter.sort == Sort::default() { "" } else { filter.sort.as_str() };
    query(&[
        ("q", &filter.text),
        ("kind", filter.kind.map_or("", Kind::as_str)),
        ("access", filter.target.as_ref().map_or("", Guid::as_str)),
        ("by", filter.requester.as_ref().map_or("", Guid::as_str)),
        ("sort", sort),
    ])
}
