//! People as far as they matter for approval and email, and assignments in force.

use serde_json::Value as Json;

use crate::graph::wire::{guest, is, moment, text, text_or_empty};
use crate::policy::preflight::{Holding, Who};

/// A person or group. `None` without an ID.
pub fn who(entry: &Json) -> Option<Who> {
    let id = text(entry, "id").filter(|id| !id.is_empty())?.to_ascii_lowercase();
    let name = text(entry, "displayName").filter(|name| !name.trim().is_empty()).unwrap_or_else(|| id.clone());
    let guest = guest(entry) == Some(true);
    // Without the permission to read it the property is null, which says nothing. Groups do not have it.
    let hidden = is_person(entry) && entry["accountEnabled"].is_null();
    Some(Who { id, name, guest, disabled: is(entry, "accountEnabled", false), hidden })
}

fn is_person(entry: &Json) -> bool {
    entry["@odata.type"].as_str().is_none_or(|kind| kind == "#microsoft.graph.user")
}

/// An assignment in force. The principal is expanded in it, or given as an ID only.
pub fn holding(entry: &Json) -> Option<Holding> {
    let who = who(&entry["principal"]).or_else(|| {
        let id = text(entry, "principalId").filter(|id| !id.is_empty())?.to_ascii_lowercase();
        Some(Who { name: id.clone(), id, ..Who::default() })
    })?;
    let activated = text_or_empty(entry, "assignmentType").eq_ignore_ascii_case("activated");
    Some(Holding {
        who,
        group: entry["principal"]["@odata.type"].as_str() == Some("#microsoft.graph.group"),
        since_unix_ms: moment(entry, "startDateTime"),
        until_unix_ms: moment(entry, "endDateTime"),
        activated,
    })
}
