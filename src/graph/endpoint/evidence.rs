//! Calls that read more about a request: who is asking, and which Entra roles a group has.

use crate::auth::scope::Scope;
use crate::graph::odata::literal;
use crate::graph::request::Request;
use crate::guid::Guid;

const ROLES: &str = "/roleManagement/directory";

/// A person's details. Job title, department and account state come back empty to those who may read basic profiles
/// only.
pub fn person(id: &Guid) -> Request {
    let fields = "id,displayName,userPrincipalName,userType,accountEnabled,jobTitle,department";
    Request::get(format!("/users/{id}?$select={fields}"), &[Scope::UserReadBasicAll])
}

/// The Entra roles that a group has now.
pub fn held_roles(group: &Guid) -> Request {
    of_group("roleAssignments", group)
}

/// The Entra roles that a group can activate.
pub fn eligible_roles(group: &Guid) -> Request {
    of_group("roleEligibilityScheduleInstances", group)
}

fn of_group(list: &str, group: &Guid) -> Request {
    let holder = literal(group.as_str());
    let path = format!("{ROLES}/{list}?$filter=principalId%20eq%20{holder}&$expand=roleDefinition");
    Request::get(path, &[Scope::RoleRead])
}
