//! `/groups`: list, search, read, members, owners.

use serde_json::Value;

use super::call::{Call, Reply};
use super::odata::select;
use super::refusal::Refusal;
use super::{ok, page, shape};
use crate::directory::{Access, Group};
use crate::ids::is_guid;
use crate::tenant::Tenant;

/// Scopes that read groups.
pub(super) const SCOPES: [&str; 4] =
    ["GroupMember.Read.All", "Group.ReadBasic.All", "Group.Read.All", "Directory.Read.All"];

/// `GET /groups`
pub(super) fn list(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_directory_scope(&SCOPES)?;
    page::directory(call, "groups", tenant.directory.groups.iter().map(shape::group).collect())
}

/// `GET /groups/{id}`
pub(super) fn get(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    let mut body = select(shape::group(find(tenant, call, id)?), call.query.get("$select"), &[]);
    body["@odata.context"] = call.context("groups/$entity").into();
    ok(body)
}

/// `GET /groups/{id}/members`: active members, those by activation included.
pub(super) fn members(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    let group = find(tenant, call, id)?;
    people(tenant, call, &group.id, &group.members, Access::Member)
}

/// `GET /groups/{id}/owners`
pub(super) fn owners(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    let group = find(tenant, call, id)?;
    people(tenant, call, &group.id, &group.owners, Access::Owner)
}

fn people(tenant: &Tenant, call: &Call<'_>, group: &str, ids: &[String], access: Access) -> Reply {
    let activated = tenant
        .visible(call.now)
        .requests
        .iter()
        .filter(|request| request.is_for(group, access) && request.is_active(call.now));
    let mut all: Vec<&str> = ids.iter().map(String::as_str).chain(activated.map(|r| r.principal.as_str())).collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|id| seen.insert(*id));
    let people: Vec<Value> = all
        .into_iter()
        .filter_map(|id| tenant.directory.person(id))
        .map(|person| shape::typed(shape::person(person, false), "user"))
        .collect();
    page::directory(call, "directoryObjects", people)
}

fn find<'t>(tenant: &'t Tenant, call: &Call<'_>, id: &str) -> Result<&'t Group, Refusal> {
    call.need_directory_scope(&SCOPES)?;
    if !is_guid(id) {
        return Err(Refusal::new(400, "Request_BadRequest", format!("Invalid object identifier '{id}'.")));
    }
    tenant.directory.group(id).ok_or_else(|| Refusal::no_such_object(id))
}
