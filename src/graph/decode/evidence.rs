//! More facts about a request.

use serde_json::Value as Json;

use super::role;
use crate::approval::DirectoryScope;
use crate::approval::evidence::{HeldRole, Requester};
use crate::graph::wire::text_or_empty;

/// A person, as far as the directory says.
pub fn requester(entry: &Json) -> Requester {
    Requester {
        job_title: text_or_empty(entry, "jobTitle"),
        department: text_or_empty(entry, "department"),
        guest: entry["userType"].as_str().map(|kind| kind.eq_ignore_ascii_case("Guest")),
        disabled: entry["accountEnabled"].as_bool().map(|enabled| !enabled),
    }
}

/// The roles in a list of assignments or eligibilities; an entry without a role is left out.
pub fn held_roles(body: &Json) -> Vec<HeldRole> {
    let entries = body["value"].as_array().map(Vec::as_slice).unwrap_or_default();
    let held = |entry: &Json| {
        let scope = DirectoryScope::from_id(&text_or_empty(entry, "directoryScopeId"));
        Some(HeldRole { role: role(&entry["roleDefinition"])?, scope })
    };
    entries.iter().filter_map(held).collect()
}
