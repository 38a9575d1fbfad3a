//! Requests to activate, for groups and for directory roles: lists, those that concern the caller, one by ID.

use super::call::{Call, Reply};
use super::odata::{Expand, select};
use super::refusal::Refusal;
use super::request_shape::body;
use super::side::Side;
use super::{ok, page, rights};
use crate::pim::AccessRequest;
use crate::tenant::Tenant;

/// The properties by which requests for roles can be filtered, according to the documentation.
const ROLE_FILTERS: [&str; 9] = [
    "id",
    "status",
    "action",
    "principalId",
    "roleDefinitionId",
    "directoryScopeId",
    "appScopeId",
    "targetScheduleId",
    "approvalId",
];

/// `GET …/assignmentScheduleRequests`: `$filter` on `groupId` or `principalId` is required.
pub(super) fn list_for_groups(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_pim_scope(Side::Groups.list_scopes())?;
    rights::may_list_of_groups(tenant, call)?;
    all(tenant, call, Side::Groups, |_| true)
}

/// `GET …/roleAssignmentScheduleRequests`: everyone's, for those who may read PIM for roles.
pub(super) fn list_for_roles(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_pim_scope(Side::Roles.list_scopes())?;
    if !rights::may_read_roles(tenant, call.me(), call.now) {
        return Err(Refusal::no_pim_right());
    }
    all(tenant, call, Side::Roles, |_| true)
}

/// `GET …Requests/filterByCurrentUser(on='approver')`: of any status (graph.md G25).
pub(super) fn filter_by_current_user(tenant: &Tenant, call: &Call<'_>, side: Side, function: &str) -> Reply {
    call.need_pim_scope(side.list_scopes())?;
    let on = function.strip_prefix("filterbycurrentuser(on='").and_then(|rest| rest.strip_suffix("')"));
    match on {
        Some("approver") => {
            all(tenant, call, side, |request| rights::is_approver(tenant, request, call.me(), call.now))
        }
        Some("principal") => all(tenant, call, side, |request| request.principal == call.me()),
        Some("createdby") if side == Side::Groups => all(tenant, call, side, |request| request.principal == call.me()),
        _ => Err(Refusal::bad_request("Invalid function or value of 'on'.")),
    }
}

/// `GET …Requests/{id}`
pub(super) fn get(tenant: &Tenant, call: &Call<'_>, side: Side, id: &str) -> Reply {
    call.need_pim_scope(side.read_scopes())?;
    let request = side.readable(tenant, call, id)?;
    let expand = Expand::parse(call.query.get("$expand"));
    let mut body = select(body(tenant, call, request, &expand), call.query.get("$select"), &expand);
    body["@odata.context"] = call.context(&format!("{}/$entity", side.requests())).into();
    ok(body)
}

fn all(tenant: &Tenant, call: &Call<'_>, side: Side, wanted: impl Fn(&AccessRequest) -> bool) -> Reply {
    if side == Side::Roles {
        page::known_filter(call, &ROLE_FILTERS)?;
    }
    let expand = Expand::parse(call.query.get("$expand"));
    let requests = tenant.visible(call.now).requests.iter().filter(|request| side.has(request) && wanted(request));
    page::filtered(call, side.requests(), requests.map(|request| body(tenant, call, request, &expand)).collect())
}
