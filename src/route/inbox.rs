//! The filter of the inbox in an address: `?q=…&kind=…&access=…&by=…&sort=…`.

use super::parameter;
use crate::approval::{Filter, Sort};
use crate::percent::encode;

/// Reads it; what cannot be read does not filter.
pub(super) fn read(query: &str) -> Filter {
    Filter {
        text: parameter(query, "q").unwrap_or_default(),
        kind: chosen(query, "kind"),
        target: chosen(query, "access"),
        requester: chosen(query, "by"),
        sort: chosen(query, "sort").unwrap_or_default(),
    }
}

/// Writes it, with its `?`; nothing for what does not filter.
pub(super) fn write(filter: &Filter) -> String {
    let mut query = String::new();
    let mut add = |name: &str, value: &str| {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(name);
        query.push('=');
        query.push_str(&encode(value));
    };
    if !filter.text.is_empty() {
        add("q", &filter.text);
    }
    if let Some(kind) = filter.kind {
        add("kind", kind.as_str());
    }
    if let Some(target) = &filter.target {
        add("access", target.as_str());
    }
    if let Some(requester) = &filter.requester {
        add("by", requester.as_str());
    }
    if filter.sort != Sort::default() {
        add("sort", filter.sort.as_str());
    }
    query
}

fn chosen<T: std::str::FromStr>(query: &str, name: &str) -> Option<T> {
    parameter(query, name)?.parse().ok()
}
