//! Every fault, played.

use pim_desk_tenant::{Effect, Fault, Outcome, Request};
use serde_json::json;

use crate::desk::Desk;

const GROUP: &str = "Tier-0 Operators";
const RULE: &str = "Expiration_EndUser_Assignment";

fn path(desk: &Desk) -> String {
    let id = desk.tenant.policy_id(GROUP, "member").unwrap();
    format!("/v1.0/policies/roleManagementPolicies/{id}/rules/{RULE}")
}

fn play(desk: &mut Desk, effect: Effect) {
    let fault = Fault { method: Some("PATCH".into()), path: "/rules/".into(), skip: 0, times: Some(1), effect };
    desk.tenant.set_faults(vec![fault]);
}

/// Sends a new duration; returns the outcome.
fn write(desk: &mut Desk, duration: &str) -> Outcome {
    let mut body = desk.tenant.rule(GROUP, "member", RULE).unwrap();
    body["maximumDuration"] = json!(duration);
    let url = format!("https://graph.microsoft.com{}", path(desk));
    desk.try_send(Request::new("PATCH", &url).with_json(&body))
}

fn stored(desk: &Desk) -> String {
    desk.tenant.rule(GROUP, "member", RULE).unwrap()["maximumDuration"].as_str().unwrap().to_owned()
}

fn status(outcome: &Outcome) -> u16 {
    match outcome {
        Outcome::Answer(answer) => answer.status,
        Outcome::Dropped { .. } => 0,
    }
}

#[test]
fn connections_drop_before_and_after() {
    let mut desk = Desk::new("ana");
    play(&mut desk, Effect::DropBefore);
    assert_eq!(write(&mut desk, "PT3H"), Outcome::Dropped { applied: false });
    assert_ne!(stored(&desk), "PT3H");
    play(&mut desk, Effect::DropAfter);
    assert_eq!(write(&mut desk, "PT3H"), Outcome::Dropped { applied: true });
    assert_eq!(stored(&desk), "PT3H");
    assert_eq!(desk.tenant.log().last().unwrap().outcome.status, None);
}

#[test]
fn writes_are_forgotten_or_seen_late() {
    let mut desk = Desk::new("ana");
    let before = stored(&desk);
    play(&mut desk, Effect::NeverStored);
    assert_eq!(status(&write(&mut desk, "PT3H")), 200);
    assert_eq!(stored(&desk), before);
    play(&mut desk, Effect::Lag { ms: 5000 });
    assert_eq!(status(&write(&mut desk, "PT6H")), 200);
    let path = path(&desk);
    assert_eq!(desk.get(&path).json["maximumDuration"], before.as_str());
    desk.now += 5000;
    assert_eq!(desk.get(&path).json["maximumDuration"], "PT6H");
}

#[test]
fn an_old_answer_comes_back_where_replicas_answer_in_turn() {
    let mut desk = Desk::new("ana");
    let before = stored(&desk);
    play(&mut desk, Effect::Turns { ms: 5000, old: 0b0110 });
    assert_eq!(status(&write(&mut desk, "PT6H")), 200);
    let path = path(&desk);
    for (at, old) in [false, true, true, false].into_iter().enumerate() {
        let shown = desk.get(&path).json["maximumDuration"].clone();
        assert_eq!(shown, if old { before.as_str() } else { "PT6H" }, "{at}");
    }
    desk.now += 5000;
    for _ in 0..4 {
        assert_eq!(desk.get(&path).json["maximumDuration"], "PT6H");
    }
}

#[test]
fn throttling_and_outages_carry_the_header_as_told() {
    let mut desk = Desk::new("ana");
    for (status, retry_after) in [(429, Some("7")), (429, None), (503, Some("garbage")), (500, None)] {
        play(&mut desk, Effect::Refuse { status, retry_after: retry_after.map(str::to_owned) });
        let answer = write(&mut desk, "PT3H").answer().unwrap();
        assert_eq!((answer.status, answer.header("retry-after")), (status, retry_after));
        assert!(answer.header("access-control-expose-headers").unwrap().contains("Retry-After"));
        assert!(answer.body.contains("request-id"));
    }
    play(&mut desk, Effect::Latency { ms: 1500 });
    assert_eq!(write(&mut desk, "PT3H").answer().unwrap().delay_ms, 1500);
    let page = Effect::Replace { status: 200, content_type: "text/html".into(), body: "<h1>Log in</h1>".into() };
    play(&mut desk, page);
    assert_eq!(write(&mut desk, "PT7H").answer().unwrap().body, "<h1>Log in</h1>");
}

#[test]
fn revoked_tokens_are_challenged() {
    let mut desk = Desk::new("ana");
    play(&mut desk, Effect::RevokeToken);
    let answer = write(&mut desk, "PT3H").answer().unwrap();
    assert_eq!(answer.status, 401);
    let challenge = answer.header("www-authenticate").unwrap();
    assert!(challenge.contains("error=\"insufficient_claims\", claims=\""), "{challenge}");
    assert_eq!(status(&write(&mut desk, "PT3H")), 401);
    desk.renew();
    assert_eq!(status(&write(&mut desk, "PT3H")), 200);
}

#[test]
fn step_up_asks_for_a_context() {
    let mut desk = Desk::new("ana");
    play(&mut desk, Effect::StepUp { context: "c1".into() });
    let answer = write(&mut desk, "PT3H").answer().unwrap();
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("RoleAssignmentRequestAcrsValidationFailed"));
    assert!(answer.body.contains("&claims=%7B%22access_token%22"));
}

#[test]
fn ids_change_and_colleagues_decide_first() {
    let mut desk = Desk::new("ana");
    play(&mut desk, Effect::RotateIds);
    assert_eq!(status(&write(&mut desk, "PT3H")), 200);
    let old = desk.tenant.log().last().unwrap().request.url.clone();
    assert!(!old.contains(&desk.tenant.policy_id(GROUP, "member").unwrap()));

    let mut desk = Desk::new("dana");
    let id = desk.tenant.request_ids().pop().unwrap();
    let base = format!("/v1.0/identityGovernance/privilegedAccess/group/assignmentApprovals/{id}/stages");
    let stage = desk.get(&base).json["value"][0]["id"].as_str().unwrap().to_owned();
    let effect = Effect::DecideBefore { request: id, by: "ana".into(), approve: false, justification: "no".into() };
    desk.tenant.set_faults(vec![Fault {
        method: Some("PATCH".into()),
        path: "/stages/".into(),
        skip: 0,
        times: None,
        effect,
    }]);
    let answer = desk.patch(&format!("{base}/{stage}"), &json!({ "reviewResult": "Approve", "justification": "x" }));
    assert_eq!(answer.status, 409);
    let stage = desk.get(&base);
    assert_eq!(stage.json["value"][0]["reviewedBy"]["displayName"], "Ana Brandão");
}

#[test]
fn parts_of_a_batch_are_hit_apart() {
    let mut desk = Desk::new("ana");
    let fault = |path: &str, effect| Fault { method: None, path: path.into(), skip: 0, times: Some(1), effect };
    let refuse = Effect::Refuse { status: 429, retry_after: Some("3".into()) };
    desk.tenant.set_faults(vec![fault("/me", refuse), fault("/organization", Effect::Latency { ms: 900 })]);
    let part = |id: &str, url: &str| json!({ "id": id, "method": "GET", "url": url });
    let body = json!({ "requests": [part("1", "/me"), part("2", "/organization")] });
    let request = Request::new("POST", "https://graph.microsoft.com/v1.0/$batch").with_json(&body);
    let answer = desk.try_send(request).answer().unwrap();
    assert_eq!((answer.status, answer.delay_ms), (200, 900));
    assert!(answer.body.contains(r#""Retry-After":"3""#) && answer.body.contains(r#""status":429"#));
}
