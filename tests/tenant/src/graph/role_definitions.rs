//! `/roleManagement/directory/roleDefinitions`: the built-in roles and the company's own.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::odata::{Expand, find, select, unknown};
use super::refusal::Refusal;
use super::{ok, page};
use crate::directory::RoleDefinition;
use crate::tenant::Tenant;

const SET: &str = "roleManagement/directory/roleDefinitions";
const SCOPES: [&str; 4] = [
    "RoleManagement.Read.Directory",
    "RoleManagement.Read.All",
    "Directory.Read.All",
    "RoleManagement.ReadWrite.Directory",
];
/// The role whose permissions built-in roles inherit.
const DIRECTORY_READERS: &str = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";

/// `GET /roleManagement/directory/roleDefinitions`: any member of the tenant may call it.
pub(super) fn list(tenant: &Tenant, call: &Call<'_>) -> Reply {
    readable(tenant, call)?;
    let known: &[&str] = if call.beta {
        &["id", "displayName", "isBuiltIn", "templateId", "isEnabled", "isPrivileged"]
    } else {
        &["id", "displayName", "isBuiltIn", "templateId", "isEnabled"]
    };
    page::known_filter(call, known)?;
    let expand = Expand::parse(call.query.get("$expand"));
    let all: Vec<Value> = tenant.directory.roles.iter().map(|role| expanded(role, call, &expand)).collect();
    known_names(call, &all)?;
    page::filtered(call, SET, all)
}

/// `GET /roleManagement/directory/roleDefinitions/{id}`
pub(super) fn get(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    readable(tenant, call)?;
    let role = tenant.directory.role(id).ok_or_else(|| Refusal::no_such_object(id))?;
    let expand = Expand::parse(call.query.get("$expand"));
    let whole = expanded(role, call, &expand);
    known_names(call, std::slice::from_ref(&whole))?;
    let mut body = select(whole, call.query.get("$select"), &expand);
    body["@odata.context"] = call.context(&format!("{SET}/$entity")).into();
    ok(body)
}

/// Rejects a `$select` of what a role does not have: `isPrivileged` is in beta only.
fn known_names(call: &Call<'_>, roles: &[Value]) -> Result<(), Refusal> {
    match unknown(roles, call.query.get("$select")) {
        None => Ok(()),
        Some(name) => Err(Refusal::bad_request(format!(
            "Could not find a property named '{name}' on type 'microsoft.graph.unifiedRoleDefinition'."
        ))),
    }
}

fn readable(tenant: &Tenant, call: &Call<'_>) -> Result<(), Refusal> {
    call.need_directory_scope(&SCOPES)?;
    match tenant.directory.person(call.me()) {
        Some(person) if !person.guest => Ok(()),
        _ => Err(Refusal::no_directory_right()),
    }
}

fn expanded(role: &RoleDefinition, call: &Call<'_>, expand: &[Expand]) -> Value {
    let mut body = body(role, call.beta);
    if find(expand, "inheritspermissionsfrom").is_some() {
        let inherits = role.built_in && role.id != DIRECTORY_READERS;
        body["inheritsPermissionsFrom"] = if inherits { json!([{ "id": DIRECTORY_READERS }]) } else { json!([]) };
    }
    body
}

/// A role definition; beta adds whether it is marked privileged.
pub(super) fn body(role: &RoleDefinition, beta: bool) -> Value {
    let permissions = if role.actions.is_empty() {
        json!([])
    } else {
        json!([{ "allowedResourceActions": role.actions, "condition": null }])
    };
    let mut body = json!({
        "id": role.id,
        "description": role.description,
        "displayName": role.name,
        "isBuiltIn": role.built_in,
        "isEnabled": role.enabled,
        "resourceScopes": ["/"],
        "templateId": role.id,
        "version": if role.built_in { json!("1") } else { Value::Null },
        "rolePermissions": permissions,
    });
    if beta {
        body["isPrivileged"] = role.privileged.into();
    }
    body
}
