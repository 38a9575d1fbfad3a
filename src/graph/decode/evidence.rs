//! More facts about a request.

use serde_json::Value as Json;

use super::role;
use crate::approval::DirectoryScope;
use crate::approval::evidence::{HeldRole, Requester};
use crate::graph::answer::entries;
use crate::graph::wire::{guest, text_or_empty};

/// A person, as far as the directory says.
pub fn requester(entry: &Json) -> Requester {
    Requester {
        job_title: text_or_empty(entry, "jobTitle"),
        department: text_or_empty(entry, "department"),
        guest: guest(entry),
        disabled: entry["accountEnabled"].as_bool().map(|enabled| !enabled),
    }
}

/// The roles in a list of assignments or eligibilities; an entry without a role is left out.
pub fn held_roles(body: &Json) -> Vec<HeldRole> {
    let held = |entry: &Json| {
        let scope = DirectoryScope::from_id(&text_or_empty(entry, "directoryScopeId"));
        Some(HeldRole { role: role(&entry["roleDefinition"])?, scope })
    };
    entries(body).iter().filter_map(held).collect()
}
