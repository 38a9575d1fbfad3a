//! Microsoft Graph: who calls, which handler answers, and the form of answers.

mod approvals;
mod batch;
mod call;
mod check;
mod contexts;
mod directory_objects;
mod filter;
mod groups;
mod instances;
mod odata;
mod organization;
mod page;
mod people;
mod policies;
mod refusal;
mod request_shape;
mod requests;
mod resources;
mod rights;
mod role_definitions;
mod rule_writes;
mod search;
mod shape;
mod side;
mod wire;

use serde_json::Value;

use crate::http::{Request, Response};
use crate::sign_in::Token;
use crate::tenant::Tenant;
use crate::url::{Url, percent_encode};
use call::{Answer, Call, Reply};
use instances::Wanted;
use refusal::Refusal;
use side::Side;

pub(crate) use wire::with_cors;

/// Whether an address is Graph's: by its host, or by its path if one origin serves everything.
pub(crate) fn owns(url: &Url) -> bool {
    let versioned = || url.path.starts_with("/v1.0/") || url.path.starts_with("/beta/");
    url.host == "graph.microsoft.com" || (url.host != "login.microsoftonline.com" && versioned())
}

/// Answers one request.
pub(crate) fn answer(tenant: &mut Tenant, request: &Request, url: &Url, now: i64) -> Response {
    if request.method == "OPTIONS" {
        return wire::preflight(request);
    }
    let token = match authenticate(tenant, request, now) {
        Ok(token) => token,
        Err(refusal) => return wire::refused(tenant, request, refusal, now),
    };
    let reply = Call::read(request, url, token, now).and_then(|call| route(tenant, &call));
    match reply {
        Ok(answer) => wire::answered(tenant, request, answer),
        Err(refusal) => wire::refused(tenant, request, refusal, now),
    }
}

/// A refusal by a fault: throttled, or out of order.
pub(crate) fn refuse(tenant: &mut Tenant, request: &Request, status: u16, now: i64) -> Response {
    wire::refused(tenant, request, Refusal::for_now(status), now)
}

/// The step-up challenge of PIM: 400 until the token has the context and declares `cp1` (graph.md G32, G33).
pub(crate) fn step_up(tenant: &mut Tenant, request: &Request, context: &str, now: i64) -> Option<Response> {
    let token = authenticate(tenant, request, now).ok()?;
    if token.claims_capable && token.acrs.iter().any(|own| own == context) {
        return None;
    }
    let claims = format!(r#"{{"access_token":{{"acrs":{{"essential":true, "value":"{context}"}}}}}}"#);
    let message = format!("&claims={}", percent_encode(&claims));
    let refusal = Refusal::new(400, "RoleAssignmentRequestAcrsValidationFailed", message);
    Some(wire::refused(tenant, request, refusal, now))
}

fn authenticate(tenant: &Tenant, request: &Request, now: i64) -> Result<Token, Refusal> {
    let sent = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    let Some(sent) = sent.filter(|token| !token.is_empty()) else {
        return Err(Refusal::token("Access token is empty."));
    };
    let Some(token) = tenant.sign_in.token(sent) else {
        return Err(Refusal::token("IDX14100: JWT is not well formed, there are no dots (.)."));
    };
    if token.revoked {
        return Err(Refusal::revoked(token, now));
    }
    if token.expires_ms <= now {
        return Err(Refusal::token("Lifetime validation failed, the token is expired."));
    }
    if tenant.directory.person(&token.person).is_none_or(|person| !person.enabled) {
        return Err(Refusal::token("The token's account does not exist or is disabled."));
    }
    Ok(token.clone())
}

/// Finds the handler. Paths are matched in any case.
fn route(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let lower: Vec<String> = call.path.iter().map(|part| part.to_ascii_lowercase()).collect();
    let parts: Vec<&str> = lower.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["identitygovernance", "privilegedaccess", "group", rest @ ..] => pim(tenant, call, rest),
        ["rolemanagement", "directory", rest @ ..] => roles(tenant, call, rest),
        ["policies", kind, rest @ ..] => policy(tenant, call, kind, rest),
        _ => directory(tenant, call, &parts),
    }
}

fn directory(tenant: &mut Tenant, call: &Call<'_>, parts: &[&str]) -> Reply {
    match (call.method, parts) {
        ("POST", ["$batch"]) => batch::run(tenant, call),
        ("GET", ["me"]) => people::me(tenant, call),
        ("GET", ["me", "memberof" | "transitivememberof"]) => people::member_of(tenant, call, None),
        ("GET", ["me", "memberof" | "transitivememberof", kind]) => people::member_of(tenant, call, Some(kind)),
        ("GET", ["me", "ownedobjects"]) => people::owned_objects(tenant, call),
        ("GET", ["users"]) => people::list(tenant, call),
        ("GET", ["users", id]) => people::get(tenant, call, id),
        ("GET", ["groups"]) => groups::list(tenant, call),
        ("GET", ["groups", id]) => groups::get(tenant, call, id),
        ("GET", ["groups", id, relation @ ("members" | "transitivemembers" | "owners"), rest @ ..])
            if rest.len() < 2 =>
        {
            groups::related(tenant, call, id, relation, rest.first().copied())
        }
        ("POST", ["directoryobjects", "getbyids" | "microsoft.graph.getbyids"]) => {
            directory_objects::get_by_ids(tenant, call)
        }
        ("GET", ["organization"]) => organization::list(call),
        ("GET", ["identity", "conditionalaccess", "authenticationcontextclassreferences"]) => {
            contexts::list(tenant, call)
        }
        ("GET", ["identity", "conditionalaccess", "policies"]) => contexts::policies(tenant, call),
        ("GET", ["identity", "conditionalaccess", "policies", id]) => contexts::one_policy(tenant, call, id),
        _ => Err(unknown(call, parts)),
    }
}

fn policy(tenant: &mut Tenant, call: &Call<'_>, kind: &str, rest: &[&str]) -> Reply {
    match (call.method, kind, rest) {
        ("GET", "rolemanagementpolicies", []) => policies::list(tenant, call),
        ("GET", "rolemanagementpolicies", [_]) => policies::get(tenant, call),
        ("PATCH", "rolemanagementpolicies", [_]) => rule_writes::patch_policy(tenant, call),
        ("GET", "rolemanagementpolicies", [_, "rules" | "effectiverules"]) => policies::rules(tenant, call),
        ("GET", "rolemanagementpolicies", [_, "rules" | "effectiverules", _]) => policies::rule(tenant, call),
        ("PATCH", "rolemanagementpolicies", [_, "rules", _]) => rule_writes::patch_rule(tenant, call),
        ("GET", "rolemanagementpolicyassignments", []) => policies::list_assignments(tenant, call),
        ("GET", "rolemanagementpolicyassignments", [_]) => policies::get_assignment(tenant, call),
        _ => Err(unknown(call, rest)),
    }
}

fn pim(tenant: &mut Tenant, call: &Call<'_>, rest: &[&str]) -> Reply {
    match (call.method, rest) {
        ("GET", ["resources"]) if call.beta => resources::list(tenant, call),
        ("GET", ["resources", id]) if call.beta => resources::get(tenant, call, id),
        ("GET", ["assignmentschedulerequests"]) => requests::list_for_groups(tenant, call),
        ("GET", ["assignmentschedulerequests", rest]) => request(tenant, call, Side::Groups, rest),
        ("GET", ["assignmentscheduleinstances"]) => instances::of_groups(tenant, call, Wanted::Active),
        ("GET", ["eligibilityscheduleinstances"]) => instances::of_groups(tenant, call, Wanted::Eligible),
        (_, ["assignmentapprovals", rest @ ..]) => approval(tenant, call, Side::Groups, rest),
        _ => Err(unknown(call, rest)),
    }
}

/// Directory roles: as for groups, but approvals are in beta only (graph.md G22).
fn roles(tenant: &mut Tenant, call: &Call<'_>, rest: &[&str]) -> Reply {
    match (call.method, rest) {
        ("GET", ["roledefinitions"]) => role_definitions::list(tenant, call),
        ("GET", ["roledefinitions", id]) => role_definitions::get(tenant, call, id),
        ("GET", ["roleassignmentschedulerequests"]) => requests::list_for_roles(tenant, call),
        ("GET", ["roleassignmentschedulerequests", rest]) => request(tenant, call, Side::Roles, rest),
        ("GET", ["roleassignments"]) => instances::role_assignments(tenant, call),
        ("GET", ["roleassignmentscheduleinstances", rest @ ..]) if rest.len() < 2 => {
            instances::of_roles(tenant, call, Wanted::Active, rest.first().copied())
        }
        ("GET", ["roleeligibilityscheduleinstances", rest @ ..]) if rest.len() < 2 => {
            instances::of_roles(tenant, call, Wanted::Eligible, rest.first().copied())
        }
        (_, ["roleassignmentapprovals", rest @ ..]) if call.beta => approval(tenant, call, Side::Roles, rest),
        _ => Err(unknown(call, &[call.part(2)])),
    }
}

/// One request by ID, or those that concern the caller.
fn request(tenant: &Tenant, call: &Call<'_>, side: Side, rest: &str) -> Reply {
    if rest.contains('(') {
        requests::filter_by_current_user(tenant, call, side, rest)
    } else {
        requests::get(tenant, call, side, rest)
    }
}

/// Approvals have `stages` in v1.0 and `steps` in beta (graph.md G23).
fn approval(tenant: &mut Tenant, call: &Call<'_>, side: Side, rest: &[&str]) -> Reply {
    let parts = if call.beta { "steps" } else { "stages" };
    match (call.method, rest) {
        ("GET", [id]) => approvals::get(tenant, call, side, id),
        ("GET", [id, kind]) if *kind == parts => approvals::stages(tenant, call, side, id),
        ("GET", [id, kind, stage]) if *kind == parts => approvals::stage(tenant, call, side, (id, stage)),
        ("PATCH", [id, kind, stage]) if *kind == parts => approvals::decide(tenant, call, side, (id, stage)),
        _ => Err(unknown(call, rest)),
    }
}

/// Graph's answer to an unknown path or method.
fn unknown(call: &Call<'_>, parts: &[&str]) -> Refusal {
    if matches!(call.method, "GET" | "POST" | "PATCH") {
        let last = parts.last().copied().unwrap_or("");
        Refusal::bad_request(format!("Resource not found for the segment '{last}'."))
    } else {
        Refusal::new(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")
    }
}

/// A 200 with a JSON body.
#[expect(clippy::unnecessary_wraps, reason = "the last expression of handlers, which return a result")]
fn ok(body: Value) -> Reply {
    Ok(Answer { status: 200, body: Some(body), delay_ms: 0 })
}
