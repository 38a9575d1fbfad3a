//! The main job against the tenant in process: read a policy, change it, decide a request.

use crate::desk::{Desk, GROUP_FILTER};
use serde_json::json;

#[test]
fn both_policies_come_in_one_call() {
    let mut desk = Desk::new("ana");
    let group = desk.group("Tier-0 Operators");
    let answer = desk.get(&format!(
        "/v1.0/policies/roleManagementPolicyAssignments?$filter={}&$expand=policy($expand=rules)",
        GROUP_FILTER.replace("{}", &group)
    ));
    assert_eq!(answer.status, 200);
    let assignments = answer.json["value"].as_array().unwrap();
    assert_eq!(assignments.len(), 2);
    for assignment in assignments {
        assert_eq!(assignment["policy"]["rules"].as_array().unwrap().len(), 17);
        assert_eq!(assignment["policyId"], assignment["policy"]["id"]);
    }
    assert_eq!(desk.get("/v1.0/policies/roleManagementPolicyAssignments").status, 400);
}

#[test]
fn a_rule_is_changed_and_the_group_onboarded() {
    let mut desk = Desk::new("ana");
    let name = "Break-glass custodians";
    let old = desk.tenant.policy_id(name, "member").unwrap();
    let rule = desk.tenant.rule(name, "member", "Expiration_EndUser_Assignment").unwrap();
    let mut body = rule.clone();
    body["maximumDuration"] = json!("PT2H30M");
    let path = |id: &str| format!("/v1.0/policies/roleManagementPolicies/{id}/rules/Expiration_EndUser_Assignment");
    let answer = desk.patch(&path(&old), &body);
    assert_eq!((answer.status, &answer.json["maximumDuration"]), (200, &json!("PT2H30M")));
    assert!(desk.tenant.is_onboarded(name));
    assert_eq!(desk.patch(&path(&old), &body).status, 404);
    let new = desk.tenant.policy_id(name, "member").unwrap();
    assert_eq!(desk.get(&path(&new)).json["maximumDuration"], "PT2H30M");
    let policy = desk.get(&format!("/v1.0/policies/roleManagementPolicies/{new}"));
    assert_eq!(policy.json["lastModifiedBy"]["displayName"], "Ana Brandão");
}

#[test]
fn who_may_do_what() {
    let group = "Tier-0 Operators";
    for (who, reads, writes) in
        [("ana", 200, 200), ("olga", 200, 200), ("rhea", 200, 403), ("dana", 200, 403), ("otto", 403, 403)]
    {
        let mut desk = Desk::new(who);
        let id = desk.tenant.policy_id(group, "owner").unwrap();
        let path = format!("/v1.0/policies/roleManagementPolicies/{id}/rules/Expiration_Admin_Eligibility");
        let body = desk.tenant.rule(group, "owner", "Expiration_Admin_Eligibility").unwrap();
        assert_eq!(desk.get(&path).status, reads, "{who} reads");
        assert_eq!(desk.patch(&path, &body).status, writes, "{who} writes");
    }
    let mut reader = Desk::with_scopes("ana", &["RoleManagementPolicy.Read.AzureADGroup"]);
    let id = reader.tenant.policy_id(group, "owner").unwrap();
    let answer = reader.patch(&format!("/v1.0/policies/roleManagementPolicies/{id}"), &json!({ "rules": [{}] }));
    assert_eq!(answer.status, 403);
    assert!(answer.json["error"]["message"].as_str().unwrap().contains("PermissionScopeNotGranted"));
}

#[test]
fn requests_wait_and_are_decided_once() {
    let mut desk = Desk::new("dana");
    let base = "/v1.0/identityGovernance/privilegedAccess/group";
    let list = format!(
        "{base}/assignmentScheduleRequests/filterByCurrentUser(on='approver')?$filter=status%20eq%20'PendingApproval'&$expand=group,principal"
    );
    let waiting = desk.get(&list);
    let requests = waiting.json["value"].as_array().unwrap();
    assert_eq!(requests.len(), 9);
    assert!(requests.iter().all(|request| request["group"]["displayName"].is_string()));
    let me = desk.tenant.person("dana").unwrap().id.clone();
    for request in requests.clone() {
        let id = request["id"].as_str().unwrap();
        let approval = desk.get(&format!("{base}/assignmentApprovals/{id}?$expand=stages"));
        let stage = approval.json["stages"][0].clone();
        let own = request["principalId"] == me.as_str();
        assert_eq!(stage["assignedToMe"], !own);
        let path = format!("{base}/assignmentApprovals/{id}/stages/{}", stage["id"].as_str().unwrap());
        let body = json!({ "reviewResult": "Approve", "justification": "agreed" });
        let answers = (desk.patch(&path, &body).status, desk.patch(&path, &body).status);
        assert_eq!(answers, if own { (403, 403) } else { (204, 409) });
        let status = desk.tenant.request_status(id, desk.now).unwrap();
        assert_eq!(status, if own { "PendingApproval" } else { "Provisioned" });
    }
    assert_eq!(desk.get(&list).json["value"].as_array().unwrap().len(), 1);
    desk.now += 24 * 3_600_000;
    desk.renew();
    assert_eq!(desk.get(&list).json["value"].as_array().unwrap().len(), 0);
}

#[test]
fn steps_are_betas_and_stages_are_v1s() {
    let mut desk = Desk::new("dana");
    let id = desk.tenant.request_ids().pop().unwrap();
    let path = |version: &str, parts: &str| {
        format!("/{version}/identityGovernance/privilegedAccess/group/assignmentApprovals/{id}/{parts}")
    };
    assert_eq!(desk.get(&path("beta", "steps")).status, 200);
    assert_eq!(desk.get(&path("v1.0", "stages")).status, 200);
    assert_eq!(desk.get(&path("v1.0", "steps")).status, 400);
    assert_eq!(desk.get(&path("beta", "stages")).status, 400);
}
