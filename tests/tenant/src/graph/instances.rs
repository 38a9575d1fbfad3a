//! Schedule instances: what is active or eligible now, for groups and for roles, and until when.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::filter::Filter;
use super::odata::{Expand, find};
use super::refusal::Refusal;
use super::{page, rights, role_definitions, shape};
use crate::pim::{Assignment, Standing, Target};
use crate::tenant::Tenant;
use crate::time::timestamp;

const ROLE_FILTERS: [&str; 8] = [
    "id",
    "principalId",
    "roleDefinitionId",
    "directoryScopeId",
    "assignmentType",
    "memberType",
    "roleAssignmentScheduleId",
    "roleEligibilityScheduleId",
];

/// Which instances are requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What is active.
    Active,
    /// What may be activated.
    Eligible,
}

impl Wanted {
    const fn has(self, standing: Standing) -> bool {
        matches!((self, standing), (Self::Eligible, Standing::Eligible))
            || matches!((self, standing), (Self::Active, Standing::Assigned | Standing::Activated))
    }
}

/// `GET /identityGovernance/privilegedAccess/group/{assignment|eligibility}ScheduleInstances`: `$filter` on `groupId` or
/// `principalId` is required.
pub(super) fn of_groups(tenant: &Tenant, call: &Call<'_>, wanted: Wanted) -> Reply {
    let (name, scopes) = match wanted {
        Wanted::Active => (
            "assignmentScheduleInstances",
            ["PrivilegedAssignmentSchedule.Read.AzureADGroup", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"],
        ),
        Wanted::Eligible => (
            "eligibilityScheduleInstances",
            ["PrivilegedEligibilitySchedule.Read.AzureADGroup", "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup"],
        ),
    };
    call.need_pim_scope(&scopes)?;
    rights::may_list_of_groups(tenant, call)?;
    let expand = Expand::parse(call.query.get("$expand"));
    let all = tenant.visible(call.now).assignments(call.now).filter(|one| wanted.has(one.standing));
    let all = all.filter_map(|one| of_group(tenant, call, &one, &expand)).collect();
    page::filtered(call, &format!("identityGovernance/privilegedAccess/group/{name}"), all)
}

/// `GET /roleManagement/directory/role{Assignment|Eligibility}ScheduleInstances`, or those of the caller.
pub(super) fn of_roles(tenant: &Tenant, call: &Call<'_>, wanted: Wanted, function: Option<&str>) -> Reply {
    let (name, scopes) = match wanted {
        Wanted::Active => (
            "roleAssignmentScheduleInstances",
            ["RoleAssignmentSchedule.Read.Directory", "RoleAssignmentSchedule.ReadWrite.Directory"],
        ),
        Wanted::Eligible => (
            "roleEligibilityScheduleInstances",
            ["RoleEligibilitySchedule.Read.Directory", "RoleEligibilitySchedule.ReadWrite.Directory"],
        ),
    };
    let all_roles = ["RoleManagement.Read.Directory", "RoleManagement.Read.All", "RoleManagement.ReadWrite.Directory"];
    call.need_pim_scope(&[scopes.as_slice(), &all_roles].concat())?;
    page::known_filter(call, &ROLE_FILTERS)?;
    let filter = call.query.get("$filter").and_then(Filter::parse);
    let own = match function {
        None => filter.is_some_and(|f| f.required("principalId").is_some_and(|id| id.eq_ignore_ascii_case(call.me()))),
        Some("filterbycurrentuser(on='principal')") => true,
        Some(_) => return Err(Refusal::bad_request("Invalid function or value of 'on'.")),
    };
    if !own && !rights::may_read_roles(tenant, call.me(), call.now) {
        return Err(Refusal::no_pim_right());
    }
    let expand = Expand::parse(call.query.get("$expand"));
    let all = tenant.visible(call.now).assignments(call.now).filter(|one| wanted.has(one.standing));
    let all = all.filter(|one| function.is_none() || one.principal == call.me());
    let all = all.filter_map(|one| of_role(tenant, call, &one, &expand)).collect();
    page::filtered(call, &format!("roleManagement/directory/{name}"), all)
}

/// `GET /roleManagement/directory/roleAssignments`: what is active, by assignment or activation.
pub(super) fn role_assignments(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_directory_scope(&[
        "RoleManagement.Read.Directory",
        "RoleManagement.Read.All",
        "Directory.Read.All",
        "RoleManagement.ReadWrite.Directory",
    ])?;
    if !rights::may_read_role_assignments(tenant, call.me(), call.now) {
        return Err(Refusal::no_directory_right());
    }
    page::known_filter(call, &["id", "principalId", "roleDefinitionId", "directoryScopeId"])?;
    let expand = Expand::parse(call.query.get("$expand"));
    let all = tenant.visible(call.now).assignments(call.now).filter(|one| Wanted::Active.has(one.standing));
    let all = all.filter_map(|one| {
        let (role, unit) = role_of(&one)?;
        let mut body = json!({
            "id": one.id,
            "principalId": one.principal,
            "roleDefinitionId": role,
            "directoryScopeId": scope(unit),
        });
        expand_role(tenant, call, &one, &expand, &mut body);
        Some(body)
    });
    page::filtered(call, "roleManagement/directory/roleAssignments", all.collect())
}

fn of_group(tenant: &Tenant, call: &Call<'_>, one: &Assignment, expand: &[Expand]) -> Option<Value> {
    let Target::Group { group, access } = &one.target else { return None };
    let mut body = json!({
        "id": format!("{group}_{}_{}", access.as_str(), one.id),
        "startDateTime": timestamp(one.from_ms),
        "endDateTime": one.until_ms.map(timestamp),
        "principalId": one.principal,
        "accessId": access.as_str(),
        "groupId": group,
        "memberType": "direct",
    });
    if one.standing == Standing::Eligible {
        body["eligibilityScheduleId"] = body["id"].clone();
    } else {
        body["assignmentScheduleId"] = body["id"].clone();
        body["assignmentType"] = if one.standing == Standing::Activated { "activated" } else { "assigned" }.into();
    }
    if let (Some(item), Some(group)) = (find(expand, "group"), tenant.directory.group(group)) {
        body["group"] = item.project(shape::group(group));
    }
    expand_principal(tenant, call, one, expand, &mut body);
    Some(body)
}

fn of_role(tenant: &Tenant, call: &Call<'_>, one: &Assignment, expand: &[Expand]) -> Option<Value> {
    let (role, unit) = role_of(one)?;
    let mut body = json!({
        "id": one.id,
        "principalId": one.principal,
        "roleDefinitionId": role,
        "directoryScopeId": scope(unit),
        "appScopeId": null,
        "startDateTime": timestamp(one.from_ms),
        "endDateTime": one.until_ms.map(timestamp),
        "memberType": "Direct",
    });
    if one.standing == Standing::Eligible {
        body["roleEligibilityScheduleId"] = body["id"].clone();
    } else {
        body["assignmentType"] = if one.standing == Standing::Activated { "Activated" } else { "Assigned" }.into();
        body["roleAssignmentOriginId"] = body["id"].clone();
        body["roleAssignmentScheduleId"] = body["id"].clone();
    }
    expand_role(tenant, call, one, expand, &mut body);
    Some(body)
}

fn role_of(one: &Assignment) -> Option<(&str, Option<&str>)> {
    match &one.target {
        Target::Role { role, unit } => Some((role, unit.as_deref())),
        Target::Group { .. } => None,
    }
}

fn scope(unit: Option<&str>) -> String {
    unit.map_or_else(|| "/".to_owned(), |unit| format!("/administrativeUnits/{unit}"))
}

fn expand_role(tenant: &Tenant, call: &Call<'_>, one: &Assignment, expand: &[Expand], body: &mut Value) {
    let Some((role, unit)) = role_of(one) else { return };
    if let (Some(item), Some(role)) = (find(expand, "roledefinition"), tenant.directory.role(role)) {
        body["roleDefinition"] = item.project(role_definitions::body(role, call.beta));
    }
    if let Some(item) = find(expand, "directoryscope") {
        let unit = unit.and_then(|unit| tenant.directory.unit(unit));
        body["directoryScope"] = unit.map_or(Value::Null, |unit| item.project(shape::unit(unit)));
    }
    expand_principal(tenant, call, one, expand, body);
}

fn expand_principal(tenant: &Tenant, call: &Call<'_>, one: &Assignment, expand: &[Expand], body: &mut Value) {
    let Some(item) = find(expand, "principal") else { return };
    if let Some(person) = tenant.directory.person(&one.principal) {
        body["principal"] = item.project(shape::seen_person(person, call));
    } else if let Some(group) = tenant.directory.group(&one.principal) {
        body["principal"] = item.project(shape::typed(shape::group(group), "group"));
    }
}
