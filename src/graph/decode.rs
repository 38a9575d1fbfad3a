//! From Graph's JSON to the product's own types. Lists are read entry by entry: one odd entry never hides the others.

mod approvals;

pub use approvals::{requests, stage, stages};

use serde_json::Value as Json;

use super::wire::{is, text, text_or_empty};
use crate::directory::{AuthenticationContext, Entry, Group, Person, Role};
use crate::guid::Guid;
use crate::instant;
use crate::policy::{Access, Policy, Rule, Subject};

/// The policies in a list of `unifiedRoleManagementPolicyAssignment` with expanded policy and rules. Entries that are
/// not for members or owners of `group`, or carry no rules, are left out.
pub fn policies(group: &Guid, entries: &[Json]) -> Vec<Policy> {
    entries.iter().filter_map(|entry| policy(group, entry)).collect()
}

fn policy(group: &Guid, assignment: &Json) -> Option<Policy> {
    let access: Access = assignment["roleDefinitionId"].as_str()?.parse().ok()?;
    let scope = assignment["scopeId"].as_str();
    if scope.is_some_and(|id| !id.eq_ignore_ascii_case(group.as_str())) {
        return None;
    }
    let policy = &assignment["policy"];
    let id = policy["id"].as_str().or_else(|| assignment["policyId"].as_str())?;
    let modified_at = policy["lastModifiedDateTime"].as_str().filter(|text| instant::parse(text).is_some());
    let modified_by = policy["lastModifiedBy"]["displayName"].as_str().filter(|name| !name.trim().is_empty());
    Some(Policy {
        id: id.to_owned(),
        subject: Subject { group: group.clone(), access },
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

/// An Entra role's definition. `None` without a usable id.
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
