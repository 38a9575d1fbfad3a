//! `/me` and `/users`.

use serde_json::Value;

use super::call::{Call, Reply};
use super::odata::select;
use super::refusal::Refusal;
use super::{ok, page, rights, shape};
use crate::directory::Role;
use crate::tenant::Tenant;

/// Scopes that read other people.
pub(super) const SCOPES: [&str; 3] = ["User.ReadBasic.All", "User.Read.All", "Directory.Read.All"];
/// Scopes that read all properties of other people.
pub(super) const FULL: [&str; 2] = ["User.Read.All", "Directory.Read.All"];
/// Scopes that read one's own profile.
pub(super) const OWN: [&str; 4] = ["User.Read", "User.ReadBasic.All", "User.Read.All", "Directory.Read.All"];

/// `GET /me`
pub(super) fn me(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_directory_scope(&OWN)?;
    one(tenant, call, call.me(), true)
}

/// `GET /users/{id or user principal name}`
pub(super) fn get(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    call.need_directory_scope(&SCOPES)?;
    one(tenant, call, id, call.has_scope(&FULL))
}

/// `GET /users`
pub(super) fn list(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_directory_scope(&SCOPES)?;
    let full = call.has_scope(&FULL);
    let filter = call.query.text("$filter").to_ascii_lowercase();
    if !full
        && ["accountenabled", "usertype", "jobtitle", "department"].iter().any(|property| filter.contains(property))
    {
        return Err(Refusal::no_directory_right()); // microsoft-graph-toolkit#2602
    }
    let mut people: Vec<Value> = tenant.directory.people.iter().map(|person| shape::person(person, full)).collect();
    if call.query.get("$select").is_none() {
        people = people.into_iter().map(|person| select(person, Some(shape::PERSON_DEFAULT), &[])).collect();
    }
    page::directory(call, "users", people)
}

/// `GET /me/memberOf`: groups and directory roles, including activated ones. A cast to one kind is an advanced query
/// (graph.md G35).
pub(super) fn member_of(tenant: &Tenant, call: &Call<'_>, kind: Option<&str>) -> Reply {
    call.need_directory_scope(&OWN)?;
    let (wants_groups, wants_roles) = match kind {
        None => (true, true),
        Some(_) if !(call.eventual() && call.counts()) => return Err(Refusal::unsupported_query("Unsupported Query.")),
        Some("microsoft.graph.group") => (true, false),
        Some("microsoft.graph.directoryrole") => (false, true),
        Some(other) => return Err(Refusal::bad_request(format!("Resource not found for the segment '{other}'."))),
    };
    let me = call.me();
    let groups = tenant.directory.groups.iter().filter(|group| wants_groups && group.members.iter().any(|id| id == me));
    let all = groups.map(|group| shape::typed(shape::group(group), "group"));
    let held = |role: &Role| wants_roles && rights::has(tenant, me, &[*role], call.now);
    let roles = Role::ALL.into_iter().filter(held).map(shape::role);
    page::directory(call, "directoryObjects", all.chain(roles).collect())
}

/// `GET /me/ownedObjects`: groups.
pub(super) fn owned_objects(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_directory_scope(&OWN)?;
    let owned = tenant.directory.groups.iter().filter(|group| group.owners.iter().any(|id| id == call.me()));
    let groups = owned.map(|group| shape::typed(shape::group(group), "group")).collect();
    page::directory(call, "directoryObjects", groups)
}

fn one(tenant: &Tenant, call: &Call<'_>, id: &str, full: bool) -> Reply {
    let person = tenant.directory.find(id).ok_or_else(|| Refusal::no_such_object(id))?;
    let wanted = call.query.get("$select").unwrap_or(shape::PERSON_DEFAULT);
    let mut body = select(shape::person(person, full), Some(wanted), &[]);
    body["@odata.context"] = call.context("users/$entity").into();
    ok(body)
}
