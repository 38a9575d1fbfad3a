//! Approvals: their one stage (v1.0) or step (beta), and the decision.

use serde_json::{Value, json};

use super::call::{Answer, Call, Reply};
use super::odata::{Expand, find};
use super::refusal::Refusal;
use super::requests::{READ, readable};
use super::{ok, page, rights};
use crate::pim::{AccessRequest, Decision};
use crate::tenant::Tenant;
use crate::time::timestamp;

const SET: &str = "identityGovernance/privilegedAccess/group/assignmentApprovals";
const WRITE: [&str; 1] = ["PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"];

/// `GET …/assignmentApprovals/{id}`: v1.0 gives the stages when expanded, beta gives the steps always.
pub(super) fn get(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    call.need_pim_scope(&READ)?;
    let request = readable(tenant, call, id)?;
    let mut body = json!({ "@odata.context": call.context(&format!("{SET}/$entity")), "id": request.id });
    if call.beta {
        body["steps"] = json!([stage_body(tenant, call, request)]);
    } else if let Some(item) = find(&Expand::parse(call.query.get("$expand")), "stages") {
        body["stages"] = json!([item.project(stage_body(tenant, call, request))]);
    }
    ok(body)
}

/// `GET …/assignmentApprovals/{id}/stages` or `/steps`
pub(super) fn stages(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    call.need_pim_scope(&READ)?;
    let request = readable(tenant, call, id)?;
    let set = format!("{SET}('{}')/{}", request.id, call.part(5));
    page::filtered(call, &set, vec![stage_body(tenant, call, request)])
}

/// `GET …/assignmentApprovals/{id}/stages/{id}` or `/steps/{id}`
pub(super) fn stage(tenant: &Tenant, call: &Call<'_>, id: &str, stage: &str) -> Reply {
    call.need_pim_scope(&READ)?;
    let request = readable(tenant, call, id)?;
    if request.stage_id != stage {
        return Err(no_such_stage());
    }
    let mut body = stage_body(tenant, call, request);
    body["@odata.context"] = call.context(&format!("{SET}('{}')/{}/$entity", request.id, call.part(5))).into();
    ok(body)
}

/// `PATCH …/assignmentApprovals/{id}/stages/{id}` or `/steps/{id}`: 204, or 403, 404, 409.
pub(super) fn decide(tenant: &mut Tenant, call: &Call<'_>, id: &str, stage: &str) -> Reply {
    call.need_pim_scope(&WRITE)?;
    let request = tenant.pim.request(id).filter(|request| request.stage_id == stage).ok_or_else(no_such_stage)?;
    if request.principal == call.me() || !rights::is_approver(tenant, request, call.me()) {
        return Err(Refusal::no_pim_right());
    }
    if request.decision.is_some() {
        let message = "The approval stage has already been reviewed by another approver.";
        return Err(Refusal::new(409, "Conflict", message));
    }
    if request.has_lapsed(call.now) {
        return Err(Refusal::nested(400, "ApprovalExpired", "The approval request has expired."));
    }
    let approved = match call.body["reviewResult"].as_str().unwrap_or("").to_ascii_lowercase().as_str() {
        "approve" => true,
        "deny" => false,
        _ => return Err(Refusal::nested(400, "InvalidReviewResult", "The reviewResult must be Approve or Deny.")),
    };
    let justification = call.body["justification"].as_str().unwrap_or("").trim().to_owned();
    if justification.is_empty() {
        return Err(Refusal::nested(400, "JustificationRequired", "A justification is required."));
    }
    let decision = Decision { approved, by: call.me().to_owned(), at_ms: call.now, justification };
    if let Some(request) = tenant.pim.request_mut(id) {
        request.decision = Some(decision);
    }
    Ok(Answer { status: 204, body: None, delay_ms: 0 })
}

fn no_such_stage() -> Refusal {
    Refusal::nested(404, "ResourceNotFound", "The approval stage is not found.")
}

/// The stage as the caller sees it. Requestors are never assigned to their own (quirk 28).
fn stage_body(tenant: &Tenant, call: &Call<'_>, request: &AccessRequest) -> Value {
    let decision = request.decision.as_ref();
    let status = match decision {
        Some(_) => "Completed",
        None if request.has_lapsed(call.now) => "Expired",
        None => "InProgress",
    };
    let result = match decision {
        Some(decision) if decision.approved => "Approved",
        Some(_) => "Denied",
        None => "NotReviewed",
    };
    let reviewer = decision.map(|decision| {
        json!({ "id": decision.by, "displayName": tenant.directory.person(&decision.by).map(|person| &person.name) })
    });
    json!({
        "id": request.stage_id,
        "displayName": null,
        "reviewedDateTime": decision.map(|decision| timestamp(decision.at_ms)),
        "reviewResult": result,
        "status": status,
        "assignedToMe": request.principal != call.me() && rights::is_approver(tenant, request, call.me()),
        "justification": decision.map_or("", |decision| decision.justification.as_str()),
        "reviewedBy": reviewer,
    })
}
