//! Approvals, for groups and for directory roles: their one stage (v1.0) or step (beta), and the decision.

use serde_json::{Value, json};

use super::call::{Answer, Call, Reply};
use super::odata::{Expand, find};
use super::refusal::Refusal;
use super::side::Side;
use super::{ok, page, rights};
use crate::pim::{AccessRequest, Decision};
use crate::tenant::Tenant;
use crate::time::timestamp;

/// `GET …Approvals/{id}`: v1.0 returns the stages if expanded, beta always returns the steps.
pub(super) fn get(tenant: &Tenant, call: &Call<'_>, side: Side, id: &str) -> Reply {
    let request = readable(tenant, call, side, id)?;
    let mut body =
        json!({ "@odata.context": call.context(&format!("{}/$entity", side.approvals())), "id": request.id });
    if call.beta {
        body["steps"] = json!([stage_body(tenant, call, request)]);
    } else if let Some(item) = find(&Expand::parse(call.query.get("$expand")), "stages") {
        body["stages"] = json!([item.project(stage_body(tenant, call, request))]);
    }
    ok(body)
}

/// `GET …Approvals/{id}/stages` or `/steps`
pub(super) fn stages(tenant: &Tenant, call: &Call<'_>, side: Side, id: &str) -> Reply {
    let request = readable(tenant, call, side, id)?;
    page::filtered(call, &set(call, side, request), vec![stage_body(tenant, call, request)])
}

/// `GET …Approvals/{id}/stages/{id}` or `/steps/{id}`
pub(super) fn stage(tenant: &Tenant, call: &Call<'_>, side: Side, (id, stage): (&str, &str)) -> Reply {
    let request = readable(tenant, call, side, id)?;
    if request.stage_id != stage {
        return Err(no_such_stage());
    }
    let mut body = stage_body(tenant, call, request);
    body["@odata.context"] = call.context(&format!("{}/$entity", set(call, side, request))).into();
    ok(body)
}

/// The path of the stages of an approval.
fn set(call: &Call<'_>, side: Side, request: &AccessRequest) -> String {
    format!("{}('{}')/{}", side.approvals(), request.id, if call.beta { "steps" } else { "stages" })
}

/// A request with an approval that the caller may see. Extensions and renewals have none (graph.md G26).
fn readable<'t>(tenant: &'t Tenant, call: &Call<'_>, side: Side, id: &str) -> Result<&'t AccessRequest, Refusal> {
    call.need_pim_scope(side.approval_scopes())?;
    let request = side.readable(tenant, call, id)?;
    if request.has_approval() { Ok(request) } else { Err(no_such_stage()) }
}

/// `PATCH …Approvals/{id}/stages/{id}` or `/steps/{id}`: 204, or 403, 404, 409.
pub(super) fn decide(tenant: &mut Tenant, call: &Call<'_>, side: Side, (id, stage): (&str, &str)) -> Reply {
    call.need_pim_scope(side.decide_scopes())?;
    let request = tenant.pim.request(id).filter(|request| side.has(request) && request.has_approval());
    let request = request.filter(|request| request.stage_id == stage).ok_or_else(no_such_stage)?;
    if request.principal == call.me() || !rights::is_approver(tenant, request, call.me(), call.now) {
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

/// The stage as the caller sees it. Requesters are never assigned to their own (graph.md G26).
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
        "assignedToMe": request.principal != call.me() && rights::is_approver(tenant, request, call.me(), call.now),
        "justification": decision.map_or("", |decision| decision.justification.as_str()),
        "reviewedBy": reviewer,
    })
}
