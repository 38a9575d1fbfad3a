//! Calls that read the tenant's Entra roles.

use crate::auth::scope::Scope;
use crate::graph::request::Request;
use crate::guid::Guid;

const READ: &[Scope] = &[Scope::RoleRead];
const ROLES: &str = "/roleManagement/directory/roleDefinitions";
/// v1.0 rejects `isPrivileged`; it is read from beta.
const FIELDS: &str = "id,templateId,displayName,description,isBuiltIn,isEnabled";
const MARK: &str = "id,isPrivileged";

/// The first page of all roles, built-in and custom.
pub fn roles() -> Request {
    Request::get(format!("{ROLES}?$select={FIELDS}"), READ)
}

/// The first page of all roles with only their privileged mark (beta).
pub fn roles_privileged() -> Request {
    Request::get(format!("{ROLES}?$select={MARK}"), READ).beta()
}

/// One role by its template ID (for a custom role its own ID).
pub fn role(template: &Guid) -> Request {
    Request::get(format!("{ROLES}/{template}?$select={FIELDS}"), READ)
}

/// Whether one role is marked as privileged (beta).
pub fn role_privileged(template: &Guid) -> Request {
    Request::get(format!("{ROLES}/{template}?$select={MARK}"), READ).beta()
}
