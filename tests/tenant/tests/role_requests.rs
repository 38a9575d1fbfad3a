//! Requests for directory roles: who sees them, who decides, and the past ones.

use pim_desk_tenant::{Arrival, Effect, Fault, Seed};
use serde_json::{Value, json};

use crate::desk::{Desk, SCOPES};

const ROLES: &str = "roleManagement/directory";
const GLOBAL: &str = "62e90394-69f5-4237-9190-012177145e10";

fn mine(filter: &str) -> String {
    format!(
        "/v1.0/{ROLES}/roleAssignmentScheduleRequests/filterByCurrentUser(on='approver')?{filter}$expand=roleDefinition,principal,directoryScope"
    )
}

fn pending() -> String {
    mine("$filter=status%20eq%20'PendingApproval'&")
}

fn list(desk: &mut Desk, path: &str) -> Vec<Value> {
    let answer = desk.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.json);
    answer.json["value"].as_array().unwrap().clone()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

#[test]
fn roles_are_listed_with_their_true_ids() {
    let mut desk = Desk::new("otto");
    let all = list(&mut desk, &format!("/v1.0/{ROLES}/roleDefinitions?$top=999"));
    assert!(all.len() > 120);
    let one = desk.get(&format!("/v1.0/{ROLES}/roleDefinitions/{GLOBAL}")).json;
    assert_eq!((text(&one, "displayName"), &one["isPrivileged"]), ("Global Administrator", &Value::Null));
    let one = desk.get(&format!("/beta/{ROLES}/roleDefinitions/{GLOBAL}")).json;
    assert_eq!(one["isPrivileged"], true);
    let own = list(&mut desk, &format!("/v1.0/{ROLES}/roleDefinitions?$filter=isBuiltIn%20eq%20false"));
    assert_eq!(own.len(), 3);
    assert!(own.iter().all(|role| role["templateId"] == role["id"] && !role["rolePermissions"][0].is_null()));
    let found = list(&mut desk, &format!("/v1.0/{ROLES}/roleDefinitions?$filter=startswith(displayName,'Global%20')"));
    assert_eq!(found.len(), 4);
    assert_eq!(desk.get(&format!("/v1.0/{ROLES}/roleDefinitions?$filter=isPrivileged%20eq%20true")).status, 400);
    assert!(list(&mut desk, &format!("/beta/{ROLES}/roleDefinitions?$filter=isPrivileged%20eq%20true")).len() > 25);
    assert_eq!(Desk::with_scopes("ana", &["User.Read"]).get(&format!("/v1.0/{ROLES}/roleDefinitions")).status, 403);
}

#[test]
fn requests_for_roles_wait_and_are_decided_once() {
    let mut desk = Desk::new("dana");
    let waiting = list(&mut desk, &pending());
    assert_eq!(waiting.len(), 7);
    let me = desk.tenant.person("dana").unwrap().id.clone();
    for request in waiting {
        let (id, own) = (text(&request, "id").to_owned(), request["principalId"] == me.as_str());
        assert!(
            request["roleDefinition"]["displayName"].is_string() && request["principal"]["displayName"].is_string()
        );
        let steps = format!("/beta/{ROLES}/roleAssignmentApprovals/{id}/steps");
        if text(&request, "action").eq_ignore_ascii_case("selfExtend") {
            assert!(request["approvalId"].is_null());
            assert_eq!(desk.get(&steps).status, 404);
            continue;
        }
        let step = list(&mut desk, &steps)[0].clone();
        assert_eq!(step["assignedToMe"], !own);
        let path = format!("{steps}/{}", text(&step, "id"));
        let body = json!({ "reviewResult": "Approve", "justification": "agreed" });
        let answers = (desk.patch(&path, &body).status, desk.patch(&path, &body).status);
        assert_eq!(answers, if own { (403, 403) } else { (204, 409) });
        let status = desk.tenant.request_status(&id, desk.now).unwrap();
        assert_eq!(status, if own { "PendingApproval" } else { "Provisioned" });
        assert_eq!(desk.get(&steps).json["value"][0]["status"], if own { "InProgress" } else { "Completed" });
        assert_eq!(desk.patch(&format!("{steps}/{GLOBAL}"), &body).status, 404);
    }
    desk.now += 24 * 3_600_000;
    desk.renew();
    let left = list(&mut desk, &pending());
    assert!(
        left.iter().all(|request| text(request, "action").eq_ignore_ascii_case("selfExtend")),
        "no lapse for these"
    );
    assert_eq!(left.len(), 1);
}

#[test]
fn approvals_of_roles_are_in_beta_only() {
    let mut desk = Desk::new("dana");
    let id = text(&list(&mut desk, &pending())[0], "id").to_owned();
    for (path, status) in [
        (format!("/beta/{ROLES}/roleAssignmentApprovals/{id}"), 200),
        (format!("/beta/{ROLES}/roleAssignmentApprovals/{id}/stages"), 400),
        (format!("/v1.0/{ROLES}/roleAssignmentApprovals/{id}"), 400),
        (format!("/beta/identityGovernance/privilegedAccess/group/assignmentApprovals/{id}"), 404),
        (format!("/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests/{id}"), 404),
    ] {
        assert_eq!(desk.get(&path).status, status, "{path}");
    }
    let unknown = desk.get(&format!("/v1.0/{ROLES}/roleAssignmentApprovals/{id}")).json;
    assert!(unknown["error"]["message"].as_str().unwrap().contains("'roleAssignmentApprovals'"));
}

#[test]
fn scopes_are_checked_for_each_call() {
    let (list_of_mine, steps) = (pending(), |id: &str| format!("/beta/{ROLES}/roleAssignmentApprovals/{id}/steps"));
    let id = text(&list(&mut Desk::new("dana"), &pending())[0], "id").to_owned();
    for (scope, lists, reads_steps) in [
        ("RoleAssignmentSchedule.Read.Directory", 403, 200),
        ("RoleAssignmentSchedule.ReadWrite.Directory", 200, 200),
        ("RoleManagement.Read.Directory", 200, 403),
        ("PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", 403, 403),
    ] {
        let mut desk = Desk::with_scopes("dana", &[scope]);
        assert_eq!(desk.get(&list_of_mine).status, lists, "{scope}");
        assert_eq!(desk.get(&steps(&id)).status, reads_steps, "{scope}");
    }
    let mut reader = Desk::with_scopes("dana", &["RoleAssignmentSchedule.Read.Directory"]);
    let step = text(&list(&mut reader, &steps(&id))[0], "id").to_owned();
    let body = json!({ "reviewResult": "Deny", "justification": "no" });
    assert_eq!(reader.patch(&format!("{}/{step}", steps(&id)), &body).status, 403);
}

#[test]
fn who_sees_requests_for_roles() {
    let all = format!("/v1.0/{ROLES}/roleAssignmentScheduleRequests");
    let id = text(&list(&mut Desk::new("dana"), &pending())[0], "id").to_owned();
    for (who, lists, reads) in [("ana", 200, 200), ("rhea", 200, 200), ("dana", 403, 200), ("otto", 403, 403)] {
        let mut desk = Desk::new(who);
        assert_eq!(desk.get(&all).status, lists, "{who}");
        assert_eq!(desk.get(&format!("{all}/{id}")).status, reads, "{who}");
    }
    // One role has no approver set: the built-in administrators decide.
    let unnamed = list(&mut Desk::new("ana"), &pending());
    assert_eq!(unnamed.len(), 1);
    assert_eq!(unnamed[0]["roleDefinition"]["displayName"], "Groups Administrator");
    let unit = list(&mut Desk::new("dana"), &pending());
    let unit = unit.iter().find(|request| request["directoryScopeId"] != "/").unwrap();
    assert!(text(unit, "directoryScopeId").starts_with("/administrativeUnits/"));
    assert_eq!(unit["directoryScope"]["displayName"], "Lisbon office");
    let mut desk = Desk::new("ana");
    let of_role = format!("{all}?$filter=roleDefinitionId%20eq%20'{GLOBAL}'%20and%20status%20eq%20'Denied'");
    assert_eq!(list(&mut desk, &of_role).len(), 1);
    for filter in ["createdDateTime%20ge%202026-01-01T00:00:00Z", "contains(justification,'x')", "nonsense"] {
        assert_eq!(desk.get(&format!("{all}?$filter={filter}")).status, 400, "{filter}");
    }
}

#[test]
fn the_past_can_be_read() {
    let mut desk = Desk::new("dana");
    let all = list(&mut desk, &mine(""));
    for status in ["Provisioned", "Denied", "Failed", "PendingAdminDecision"] {
        assert!(all.iter().any(|request| request["status"] == status), "{status}");
    }
    let decided = all.iter().find(|request| request["status"] == "Denied").unwrap();
    let steps = format!("/beta/{ROLES}/roleAssignmentApprovals/{}/steps", text(decided, "id"));
    let step = list(&mut desk, &steps)[0].clone();
    assert_eq!((text(&step, "reviewResult"), text(&step, "status")), ("Denied", "Completed"));
    assert!(step["reviewedBy"]["displayName"].is_string() && step["reviewedDateTime"].is_string());
    let lapsed = all.iter().find(|request| request["status"] == "Failed").unwrap();
    let steps = format!("/beta/{ROLES}/roleAssignmentApprovals/{}/steps", text(lapsed, "id"));
    assert_eq!(list(&mut desk, &steps)[0]["status"], "Expired");
    let groups = "/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests";
    let group = desk.group("Tier-0 Operators");
    let of_group = format!("{groups}?$filter=groupId%20eq%20'{group}'");
    assert!(list(&mut Desk::new("olga"), &of_group).len() > 4);
    assert_eq!(
        desk.get(&format!("{groups}?$filter=groupId%20eq%20'{}'", desk.group("Payroll Processors"))).status,
        403
    );
    let somebody = text(decided, "principalId").to_owned();
    let of_person = format!("{groups}?$filter=principalId%20eq%20'{somebody}'");
    assert_eq!((desk.get(&of_person).status, Desk::new("rhea").get(&of_person).status), (403, 200));
}

#[test]
fn a_request_arrives_and_a_colleague_is_first() {
    let mut desk = Desk::new("dana");
    let before = list(&mut desk, &pending()).len();
    let arrival = |body: Value| serde_json::from_value::<Arrival>(body).unwrap();
    let body = json!({ "kind": "role", "role": "Reports Reader", "principal": "otto", "justification": "Now",
        "ticket": ["CHG1", "ServiceNow"], "unit": "Field service" });
    let id = desk.tenant.add_request(&arrival(body), desk.now).unwrap();
    assert_eq!(list(&mut desk, &pending()).len(), before + 1);
    let body = json!({ "group": "Network Operators", "access": "owner", "principal": "otto", "approvers": ["Tier-0 Approvers"] });
    let other = desk.tenant.add_request(&arrival(body), desk.now).unwrap();
    let group = "/v1.0/identityGovernance/privilegedAccess/group/assignmentApprovals";
    assert_eq!(desk.get(&format!("{group}/{other}?$expand=stages")).json["stages"][0]["assignedToMe"], true);
    for bad in [
        json!({ "principal": "otto" }),
        json!({ "principal": "nobody", "role": "Reports Reader" }),
        json!({ "principal": "otto", "role": "No such role" }),
        json!({ "principal": "otto", "role": "Reports Reader", "kind": "group" }),
    ] {
        assert!(desk.tenant.add_request(&arrival(bad.clone()), desk.now).is_err(), "{bad}");
    }
    let steps = format!("/beta/{ROLES}/roleAssignmentApprovals/{id}/steps");
    let step = text(&list(&mut desk, &steps)[0], "id").to_owned();
    let effect = Effect::DecideBefore { request: id, by: "ana".into(), approve: true, justification: "mine".into() };
    let fault = Fault { method: Some("PATCH".into()), path: "/steps/".into(), skip: 0, times: Some(1), effect };
    desk.tenant.set_faults(vec![fault]);
    let body = json!({ "reviewResult": "Deny", "justification": "no" });
    assert_eq!(desk.patch(&format!("{steps}/{step}"), &body).status, 409);
    assert_eq!(list(&mut desk, &steps)[0]["reviewedBy"]["displayName"], "Ana Brandão");
    assert_eq!(desk.patch(&format!("{steps}/{step}"), &json!({ "reviewResult": "Approve" })).status, 409);
}

#[test]
fn an_activated_role_counts() {
    let mut desk = Desk::new("dana");
    let body = json!({ "role": "Global Reader", "principal": "otto" });
    let arrival = serde_json::from_value::<Arrival>(body).unwrap();
    let id = desk.tenant.add_request(&arrival, desk.now).unwrap();
    let all = format!("/v1.0/{ROLES}/roleAssignmentScheduleRequests");
    let token = desk.tenant.issue_token("otto", &SCOPES, desk.now);
    let request = pim_desk_tenant::Request::new("GET", &format!("https://graph.microsoft.com{all}")).with_token(&token);
    let status = |desk: &mut Desk| desk.tenant.handle(&request, desk.now).answer().unwrap().status;
    assert_eq!(status(&mut desk), 403);
    assert!(desk.tenant.decide(&id, "dana", true, "for the audit", desk.now));
    assert_eq!(status(&mut desk), 200);
}

#[test]
fn bad_requests_come_when_asked_for() {
    let seed = Seed { bad_requests: true, ..Seed::default() };
    let mut desk = Desk::of(&seed, "dana", &SCOPES);
    let all = list(&mut desk, &format!("{}&$top=999", mine("")));
    let has = |what: fn(&Value) -> bool| assert!(all.iter().any(what));
    has(|request| request["principalId"].is_null());
    has(|request| request["status"] == "PendingMoonrise");
    has(|request| request["scheduleInfo"].is_null());
    has(|request| text(request, "justification").chars().count() == 2000);
    has(|request| request["roleDefinition"].is_null());
    assert!(Desk::new("dana").get(&mine("")).json["value"].as_array().unwrap().len() < all.len());
}
