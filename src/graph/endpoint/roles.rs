//! Calls that read the tenant's Entra roles.

use crate::auth::scope::Scope;
use crate::graph::request::Request;
use crate::guid::Guid;

const READ: &[Scope] = &[Scope::RoleRead];
const ROLES: &str = "/roleManagement/directory/roleDefinitions";
/// v1.0 refuses `isPrivileged`: it is asked of beta.
const FIELDS: &str = "id,templateId,displayName,description,isBuiltIn,isEnabled";
const MARK: &str = "id,isPrivileged";

/// The first page of all roles, built-in and custom.
pub fn roles() -> Request {
    Request::get(format!("{ROLES}?$select={FIELDS}"), READ)
}

/// The first page of all roles with nothing but their mark as privileged (beta).
pub fn roles_privileged() -> Request {
    Request::get(format!("{ROLES}?$select={MARK}"), READ).beta()
}

/// One role by its template id (a custom role's own id).
pub fn role(template: &Guid) -> Request {
    Request::get(format!("{ROLES}/{template}?$select={FIELDS}"), READ)
}

/// Whether one role is marked as privileged (beta).
pub fn role_privileged(template: &Guid) -> Request {
    Request::get(format!("{ROLES}/{template}?$select={MARK}"), READ).beta()
}
