//! Requests to activate: lists, the ones that concern the caller, one by id.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::filter::Filter;
use super::odata::{Expand, find, select};
use super::refusal::Refusal;
use super::{ok, page, rights, shape};
use crate::pim::AccessRequest;
use crate::tenant::Tenant;
use crate::time::timestamp;

/// Scopes that read requests and approvals.
pub(super) const READ: [&str; 2] =
    ["PrivilegedAssignmentSchedule.Read.AzureADGroup", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"];

const SET: &str = "identityGovernance/privilegedAccess/group/assignmentScheduleRequests";

/// `GET …/assignmentScheduleRequests`: `$filter` on `groupId` or `principalId` is required.
pub(super) fn list(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_pim_scope(&READ)?;
    let filter = call.query.get("$filter").and_then(Filter::parse);
    let required = |name| filter.as_ref().and_then(|filter| filter.required(name));
    let allowed = match (required("groupId"), required("principalId")) {
        (_, Some(person)) if person.eq_ignore_ascii_case(call.me()) => true,
        (Some(group), _) => {
            let group = tenant
                .directory
                .group(group)
                .ok_or_else(|| Refusal::nested(404, "ResourceNotFound", "The resource is not found."))?;
            rights::may_read_requests(tenant, group, call.me(), call.now)
        }
        (None, Some(_)) => false,
        (None, None) => {
            return Err(Refusal::nested(400, "MissingFilter", "A filter on groupId or principalId is required."));
        }
    };
    if !allowed {
        return Err(Refusal::no_pim_right());
    }
    all(tenant, call, |_| true)
}

/// `GET …/assignmentScheduleRequests/filterByCurrentUser(on='approver')`: of any status (quirk 26).
pub(super) fn filter_by_current_user(tenant: &Tenant, call: &Call<'_>, function: &str) -> Reply {
    call.need_pim_scope(&READ)?;
    let on = function.strip_prefix("filterbycurrentuser(on='").and_then(|rest| rest.strip_suffix("')"));
    match on {
        Some("approver") => all(tenant, call, |request| rights::is_approver(tenant, request, call.me())),
        Some("principal" | "createdby") => all(tenant, call, |request| request.principal == call.me()),
        _ => Err(Refusal::bad_request("Invalid function or value of 'on'.")),
    }
}

/// `GET …/assignmentScheduleRequests/{id}`
pub(super) fn get(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    call.need_pim_scope(&READ)?;
    let request = readable(tenant, call, id)?;
    let expand = Expand::parse(call.query.get("$expand"));
    let mut body = select(body(tenant, call, request, &expand), call.query.get("$select"), &expand);
    body["@odata.context"] = call.context(&format!("{SET}/$entity")).into();
    ok(body)
}

/// A request that the caller may see: as an approver, as the one who asks, or by right on the group.
pub(super) fn readable<'t>(tenant: &'t Tenant, call: &Call<'_>, id: &str) -> Result<&'t AccessRequest, Refusal> {
    let request = tenant.visible(call.now).request(id);
    let request = request.ok_or_else(|| Refusal::nested(404, "ResourceNotFound", "The request is not found."))?;
    let by_right = || {
        tenant
            .directory
            .group(&request.group)
            .is_some_and(|g| rights::may_read_requests(tenant, g, call.me(), call.now))
    };
    if request.principal == call.me() || rights::is_approver(tenant, request, call.me()) || by_right() {
        Ok(request)
    } else {
        Err(Refusal::no_pim_right())
    }
}

fn all(tenant: &Tenant, call: &Call<'_>, wanted: impl Fn(&AccessRequest) -> bool) -> Reply {
    let expand = Expand::parse(call.query.get("$expand"));
    let requests = tenant.visible(call.now).requests.iter().filter(|request| wanted(request));
    page::filtered(call, SET, requests.map(|request| body(tenant, call, request, &expand)).collect())
}

/// A request on the wire. While it waits, `completedDateTime` is set and lies before `createdDateTime` (quirk 29).
fn body(tenant: &Tenant, call: &Call<'_>, request: &AccessRequest, expand: &[Expand]) -> Value {
    let completed = request.decision.as_ref().map_or(request.created_ms - 220, |decision| decision.at_ms);
    let ticket = request.ticket.as_ref();
    let (action, expiration) =
        if request.pascal_case { ("SelfActivate", "AfterDuration") } else { ("selfActivate", "afterDuration") };
    let mut body = json!({
        "id": request.id,
        "status": request.status(call.now),
        "createdDateTime": timestamp(request.created_ms),
        "completedDateTime": timestamp(completed),
        "approvalId": request.id,
        "customData": null,
        "createdBy": { "user": { "displayName": null, "id": request.principal } },
        "action": action,
        "isValidationOnly": false,
        "justification": request.justification,
        "scheduleInfo": {
            "startDateTime": request.start_ms.map(timestamp),
            "recurrence": null,
            "expiration": { "type": expiration, "endDateTime": null, "duration": request.duration },
        },
        "ticketInfo": { "ticketNumber": ticket.map(|(number, _)| number), "ticketSystem": ticket.map(|(_, system)| system) },
        "principalId": request.principal,
        "accessId": request.access.as_str(),
        "groupId": request.group,
        "targetScheduleId": format!("{}_{}_{}", request.group, request.access.as_str(), request.id),
    });
    if let (Some(item), Some(group)) = (find(expand, "group"), tenant.directory.group(&request.group)) {
        body["group"] = item.project(shape::group(group));
    }
    if let (Some(item), Some(person)) = (find(expand, "principal"), tenant.directory.person(&request.principal)) {
        body["principal"] = item.project(shape::typed(shape::person(person, false), "user"));
    }
    body
}
