//! `/groups`: list, search, read, members, owners.

use serde_json::Value;

use super::call::{Call, Reply};
use super::odata::{Expand, find, select};
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
    let expand = Expand::parse(call.query.get("$expand"));
    let groups = tenant.directory.groups.iter().map(|group| expanded(tenant, call, group, &expand));
    page::directory(call, "groups", groups.collect())
}

/// `GET /groups/{id}`
pub(super) fn get(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    let group = find_group(tenant, call, id)?;
    let expand = Expand::parse(call.query.get("$expand"));
    let mut body = select(expanded(tenant, call, group, &expand), call.query.get("$select"), &expand);
    body["@odata.context"] = call.context("groups/$entity").into();
    ok(body)
}

/// `GET /groups/{id}/members|transitiveMembers|owners[/{cast}|/$count]`. A cast and a count are advanced queries.
pub(super) fn related(tenant: &Tenant, call: &Call<'_>, id: &str, relation: &str, rest: Option<&str>) -> Reply {
    let group = find_group(tenant, call, id)?;
    let mut all = objects(tenant, call, group, relation);
    match rest {
        None => {}
        Some("$count") if call.eventual() => return ok(all.len().into()),
        Some("microsoft.graph.user" | "microsoft.graph.group") if call.eventual() && call.counts() => {
            let kind = format!("#{}", rest.unwrap_or_default());
            all.retain(|object| object["@odata.type"] == kind.as_str());
        }
        Some("$count" | "microsoft.graph.user" | "microsoft.graph.group") => {
            return Err(Refusal::unsupported_query("Unsupported Query."));
        }
        Some(other) => return Err(Refusal::bad_request(format!("Resource not found for the segment '{other}'."))),
    }
    page::directory(call, "directoryObjects", all)
}

/// A group with the first twenty of what was to be expanded.
fn expanded(tenant: &Tenant, call: &Call<'_>, group: &Group, expand: &[Expand]) -> Value {
    let mut body = shape::group(group);
    for relation in ["members", "owners"] {
        if let Some(item) = find(expand, relation) {
            let related = objects(tenant, call, group, relation).into_iter().take(20);
            body[relation] = related.map(|object| item.project(object)).collect();
        }
    }
    body
}

/// Owners, members, or members including those of nested groups; activated ones included.
fn objects(tenant: &Tenant, call: &Call<'_>, group: &Group, relation: &str) -> Vec<Value> {
    let (ids, access) = match relation {
        "owners" => (&group.owners, Access::Owner),
        _ => (&group.members, Access::Member),
    };
    let requests = tenant.visible(call.now).requests.iter();
    let activated = requests.filter(|request| request.is_for(&group.id, access) && request.is_active(call.now));
    let people = ids.iter().map(String::as_str).chain(activated.map(|r| r.principal.as_str()));
    let mut all: Vec<Value> =
        people.filter_map(|id| tenant.directory.person(id)).map(|person| shape::seen_person(person, call)).collect();
    if access == Access::Member {
        for nested in group.nested.iter().filter_map(|id| tenant.directory.group(id)) {
            all.push(shape::typed(shape::group(nested), "group"));
            if relation == "transitivemembers" {
                all.extend(objects(tenant, call, nested, relation));
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|object| seen.insert(object["id"].to_string()));
    all
}

fn find_group<'t>(tenant: &'t Tenant, call: &Call<'_>, id: &str) -> Result<&'t Group, Refusal> {
    call.need_directory_scope(&SCOPES)?;
    if !is_guid(id) {
        return Err(Refusal::new(400, "Request_BadRequest", format!("Invalid object identifier '{id}'.")));
    }
    tenant.directory.group(id).ok_or_else(|| Refusal::no_such_object(id))
}
