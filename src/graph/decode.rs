//! From Graph's JSON to the product's own types. Lists are read entry by entry: one odd entry never hides the others.

mod approvals;
mod evidence;
mod preflight;

pub use approvals::{requests, stage, stages};
pub use evidence::{held_roles, requester};
pub use preflight::{holding, who};

use serde_json::Value as Json;

use super::wire::{is, text, text_or_empty};
use crate::directory::{AuthenticationContext, Entry, Group, Person, Role};
use crate::guid::Guid;
use crate::instant;
use crate::policy::{Policy, Rule, Subject};

/// The policies in a list of `unifiedRoleManagementPolicyAssignment` with expanded policy and rules. Entries that belong
/// to none of the subjects of this page, or carry no rules, are left out.
pub fn policies(subject: &Subject, entries: &[Json]) -> Vec<Policy> {
    let subjects = subject.of_page();
    entries.iter().filter_map(|entry| policy(&subjects, entry)).collect()
}

fn policy(subjects: &[Subject], assignment: &Json) -> Option<Policy> {
    let definition = assignment["roleDefinitionId"].as_str()?;
    let scope = assignment["scopeId"].as_str();
    let subject = subjects.iter().find(|subject| {
        // Documented payloads mix casings (quirk 16).
        subject.definition().eq_ignore_ascii_case(definition)
            && scope.is_none_or(|id| id.eq_ignore_ascii_case(subject.scope_id()))
    })?;
    let policy = &assignment["policy"];
    let id = policy["id"].as_str().or_else(|| assignment["policyId"].as_str())?;
    let modified_at = policy["lastModifiedDateTime"].as_str().filter(|text| instant::parse(text).is_some());
    let modified_by = policy["lastModifiedBy"]["displayName"].as_str().filter(|name| !name.trim().is_empty());
    Some(Policy {
        id: id.to_owned(),
        subject: subject.clone(),
        rules: rules(policy["rules"].as_array()?),
        modified_at: modified_at.map(str::to_owned),
        modified_by: modified_by.map(str::to_owned),
    })
}

/// Rules as sent.
pub fn rules(entries: &[Json]) -> Vec<Rule> {
    entries.iter().cloned().map(Rule::new).collect()
}

/// A group. `None` without a usable id.
pub fn group(entry: &Json) -> Option<Group> {
    let kinds = entry["groupTypes"].as_array();
    Some(Group {
        id: entry["id"].as_str()?.parse().ok()?,
        name: text_or_empty(entry, "displayName"),
        description: text_or_empty(entry, "description"),
        role_assignable: is(entry, "isAssignableToRole", true),
        dynamic: kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "DynamicMembership")),
        synced: is(entry, "onPremisesSyncEnabled", true),
    })
}

/// An Entra role. `None` without a usable id. `isPrivileged` is in beta answers only.
pub fn role(entry: &Json) -> Option<Role> {
    let id: Guid = entry["id"].as_str()?.parse().ok()?;
    Some(Role {
        template_id: entry["templateId"].as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| id.clone()),
        id,
        name: text_or_empty(entry, "displayName"),
        description: text_or_empty(entry, "description"),
        built_in: is(entry, "isBuiltIn", true),
        privileged: entry["isPrivileged"].as_bool(),
    })
}

/// A person. `None` without a usable id.
pub fn person(entry: &Json) -> Option<Person> {
    Some(Person {
        id: entry["id"].as_str()?.parse().ok()?,
        name: text_or_empty(entry, "displayName"),
        username: text_or_empty(entry, "userPrincipalName"),
        guest: entry["userType"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("Guest")),
        disabled: is(entry, "accountEnabled", false),
    })
}

/// A directory object that says what it is in `@odata.type`.
pub fn entry(object: &Json) -> Option<Entry> {
    match object["@odata.type"].as_str()? {
        "#microsoft.graph.user" => person(object).map(Entry::Person),
        "#microsoft.graph.group" => group(object).map(Entry::Group),
        _ => None,
    }
}

/// An authentication context. `None` without an id.
pub fn context(entry: &Json) -> Option<AuthenticationContext> {
    Some(AuthenticationContext {
        id: text(entry, "id").filter(|id| !id.is_empty())?,
        name: text_or_empty(entry, "displayName"),
        description: text_or_empty(entry, "description"),
        available: is(entry, "isAvailable", true),
    })
}
