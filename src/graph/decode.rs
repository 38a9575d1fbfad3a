//! From Graph's JSON to the product's own types. Lists are read entry by entry: one odd entry never hides the others.

mod approvals;
mod evidence;
mod preflight;

pub use approvals::{requests, stage, stages};
pub use evidence::{held_roles, requester};
pub use preflight::{holding, who};

use serde_json::Value as Json;

use super::wire::{guest, id, is, text, text_or_empty};
use crate::directory::{AuthenticationContext, DirectoryObject, Group, Person, Role};
use crate::instant;
use crate::policy::{Policy, Rule, Subject};

/// The policies in a list of `unifiedRoleManagementPolicyAssignment` with expanded policy and rules. Entries that
/// belong to none of the subjects of this page, or have no rules, are left out.
pub fn policies(subject: &Subject, entries: Vec<Json>) -> Vec<Policy> {
    let subjects = subject.of_page();
    // Documented payloads mix casings (graph.md G15).
    let whose = |definition: &str, scope: Option<&str>| {
        let of = |subject: &&Subject| {
            subject.definition().eq_ignore_ascii_case(definition)
                && scope.is_none_or(|id| id.eq_ignore_ascii_case(subject.scope_id()))
        };
        subjects.iter().find(of).cloned()
    };
    entries.into_iter().filter_map(|entry| policy(entry, &whose)).collect()
}

/// The policies of all roles in such a list, for the directory scope.
pub fn role_policies(entries: Vec<Json>) -> Vec<Policy> {
    let whose = |definition: &str, scope: Option<&str>| {
        scope.is_none_or(|id| id == "/").then(|| definition.parse().ok().map(|template| Subject::Role { template }))?
    };
    entries.into_iter().filter_map(|entry| policy(entry, &whose)).collect()
}

/// Whether an entry belongs to this subject's members or owners, or does not say to which.
pub fn is_of(entry: &Json, subject: &Subject) -> bool {
    entry["accessId"].as_str().is_none_or(|access| access.eq_ignore_ascii_case(subject.definition()))
}

/// Takes a policy out of its assignment; the rules are moved, not copied, because many are read at once.
fn policy(mut assignment: Json, whose: &dyn Fn(&str, Option<&str>) -> Option<Subject>) -> Option<Policy> {
    let subject = whose(assignment["roleDefinitionId"].as_str()?, assignment["scopeId"].as_str())?;
    let policy = &assignment["policy"];
    let id = policy["id"].as_str().or_else(|| assignment["policyId"].as_str())?.to_owned();
    let modified_at = text(policy, "lastModifiedDateTime").filter(|text| instant::parse(text).is_some());
    let modified_by = text(&policy["lastModifiedBy"], "displayName").filter(|name| !name.trim().is_empty());
    let rules = assignment.get_mut("policy").and_then(|policy| policy.get_mut("rules")).map(Json::take);
    let Some(Json::Array(rules)) = rules else { return None };
    Some(Policy { id, subject, rules: rules.into_iter().map(Rule::new).collect(), modified_at, modified_by })
}

/// A group. `None` without a usable ID.
pub fn group(entry: &Json) -> Option<Group> {
    let kinds = entry["groupTypes"].as_array();
    Some(Group {
        id: id(entry, "id")?,
        name: text_or_empty(entry, "displayName"),
        description: text_or_empty(entry, "description"),
        role_assignable: is(entry, "isAssignableToRole", true),
        dynamic: kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "DynamicMembership")),
        synced: is(entry, "onPremisesSyncEnabled", true),
    })
}

/// An Entra role. `None` without a usable ID. `isPrivileged` is in beta answers only.
pub fn role(entry: &Json) -> Option<Role> {
    let own = id(entry, "id")?;
    Some(Role {
        template_id: id(entry, "templateId").unwrap_or_else(|| own.clone()),
        id: own,
        name: text_or_empty(entry, "displayName"),
        description: text_or_empty(entry, "description"),
        built_in: is(entry, "isBuiltIn", true),
        privileged: entry["isPrivileged"].as_bool(),
    })
}

/// A person. `None` without a usable ID.
pub fn person(entry: &Json) -> Option<Person> {
    Some(Person {
        id: id(entry, "id")?,
        name: text_or_empty(entry, "displayName"),
        username: text_or_empty(entry, "userPrincipalName"),
        guest: guest(entry) == Some(true),
        disabled: is(entry, "accountEnabled", false),
    })
}

/// A directory object that says what it is in `@odata.type`.
pub fn entry(object: &Json) -> Option<DirectoryObject> {
    match object["@odata.type"].as_str()? {
        "#microsoft.graph.user" => person(object).map(DirectoryObject::Person),
        "#microsoft.graph.group" => group(object).map(DirectoryObject::Group),
        _ => None,
    }
}

/// An authentication context. `None` without an ID.
pub fn context(entry: &Json) -> Option<AuthenticationContext> {
    Some(AuthenticationContext {
        id: text(entry, "id").filter(|id| !id.is_empty())?,
        name: text_or_empty(entry, "displayName"),
        description: text_or_empty(entry, "description"),
        available: is(entry, "isAvailable", true),
    })
}
