//! The addresses of the list of changes.

use super::parameter;
use crate::percent::encode;
use crate::receipt::Standing;
use crate::receipt::listing::{Filter, Since};

/// Parses the filter; what is not understood is left out.
pub(super) fn read(query: &str) -> Filter {
    Filter {
        text: parameter(query, "q").unwrap_or_default(),
        since: parameter(query, "since").and_then(|name| Since::from_name(&name)).unwrap_or_default(),
        standing: parameter(query, "outcome").and_then(|name| Standing::from_name(&name)),
    }
}

/// Writes it as a query with its `?`; empty for everything.
pub(super) fn written(sought: &Filter) -> String {
    let part = |name: &str, value: &str| if value.is_empty() { None } else { Some(format!("{name}={value}")) };
    let parts: Vec<String> = [
        part("q", &encode(&sought.text)),
        part("since", sought.since.as_str()),
        part("outcome", sought.standing.map_or("", Standing::as_str)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}
