//! The addresses of the list of changes.

use super::{parameter, query};
use crate::receipt::Standing;
use crate::receipt::listing::{Filter, Since};

/// Parses the filter; what is not understood is left out.
pub(super) fn read(text: &str) -> Filter {
    Filter {
        text: parameter(text, "q").unwrap_or_default(),
        since: parameter(text, "since").and_then(|name| Since::from_name(&name)).unwrap_or_default(),
        standing: parameter(text, "outcome").and_then(|name| Standing::from_name(&name)),
    }
}

/// Writes it as a query with its `?`; empty for everything.
pub(super) fn write(sought: &Filter) -> String {
    query(&[
        ("q", &sought.text),
        ("since", sought.since.as_str()),
        ("outcome", sought.standing.map_or("", Standing::as_str)),
    ])
}
