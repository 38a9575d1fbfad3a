//! What the policy endpoints accept and reject.

use pim_desk_tenant::{Access, Effect, Fault};
use serde_json::{Value, json};

use crate::desk::Desk;

const GROUP: &str = "Tier-1 Server Administrators";
const CONTEXT: &str = "AuthenticationContext_EndUser_Assignment";
const ENABLEMENT: &str = "Enablement_EndUser_Assignment";
const APPROVAL: &str = "Approval_EndUser_Assignment";
const DURATION: &str = "Expiration_EndUser_Assignment";

/// Sends a stored rule back with some properties changed; returns the status and the error code.
fn change(desk: &mut Desk, rule: &str, change: &Value) -> (u16, String) {
    let mut body = desk.tenant.rule(GROUP, "member", rule).unwrap();
    for (name, value) in change.as_object().unwrap() {
        body[name.as_str()] = value.clone();
    }
    send(desk, rule, &body)
}

fn send(desk: &mut Desk, rule: &str, body: &Value) -> (u16, String) {
    let id = desk.tenant.policy_id(GROUP, "member").unwrap();
    let answer = desk.patch(&format!("/v1.0/policies/roleManagementPolicies/{id}/rules/{rule}"), body);
    (answer.status, answer.json["error"]["code"].as_str().unwrap_or("").to_owned())
}

fn reset(desk: &mut Desk) {
    change(desk, CONTEXT, &json!({ "isEnabled": false }));
    change(desk, ENABLEMENT, &json!({ "enabledRules": [] }));
}

#[test]
fn mfa_and_context_exclude_each_other_one_way_only() {
    let mut desk = Desk::new("ana");
    let mfa = json!({ "enabledRules": ["MultiFactorAuthentication"] });
    let context = json!({ "isEnabled": true, "claimValue": "c77" });
    reset(&mut desk);
    assert_eq!(change(&mut desk, CONTEXT, &context).0, 200);
    assert_eq!(change(&mut desk, ENABLEMENT, &mfa), (400, "MfaAndAcrsConflict".into()));
    reset(&mut desk);
    assert_eq!(change(&mut desk, ENABLEMENT, &mfa).0, 200);
    assert_eq!(change(&mut desk, CONTEXT, &context).0, 200);
}

#[test]
fn bad_rules_are_refused_in_few_words() {
    let mut desk = Desk::new("ana");
    let invalid = (400, "InvalidPolicy".to_owned());
    for (rule, patch) in [
        (DURATION, json!({ "maximumDuration": "P1Y" })),
        (DURATION, json!({ "maximumDuration": "" })),
        (DURATION, json!({ "maximumDuration": "PT25H" })),
        (DURATION, json!({ "maximumDuration": 8 })),
        (DURATION, json!({ "isExpirationRequired": null })),
        (CONTEXT, json!({ "isEnabled": true, "claimValue": "" })),
        (CONTEXT, json!({ "isEnabled": true, "claimValue": null })),
        (ENABLEMENT, json!({ "enabledRules": ["justification"] })),
        ("Notification_Admin_EndUser_Assignment", json!({ "notificationRecipients": [""] })),
        ("Notification_Admin_EndUser_Assignment", json!({ "notificationLevel": "Some" })),
    ] {
        assert_eq!(change(&mut desk, rule, &patch), invalid, "{rule} {patch}");
    }
    assert_eq!(change(&mut desk, DURATION, &json!({ "colour": "red" })), (400, "BadRequest".into()));
    let kind = json!({ "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule" });
    assert_eq!(change(&mut desk, DURATION, &kind), (500, String::new()));
    assert_eq!(change(&mut desk, DURATION, &json!({ "id": "x" })), (400, "InvalidPolicyRule".into()));
    assert_eq!(send(&mut desk, DURATION, &json!([1])), (400, "BadRequest".into()));
}

#[test]
fn approvers_need_ids_and_escalation_is_dropped() {
    let mut desk = Desk::new("ana");
    let mut rule = desk.tenant.rule(GROUP, "member", APPROVAL).unwrap();
    let dana = desk.tenant.person("dana").unwrap().id.clone();
    let user = |id: &str| json!([{ "@odata.type": "#microsoft.graph.singleUser", "userId": id }]);
    rule["setting"]["isApprovalRequired"] = json!(true);
    for (approvers, status) in [(user(&dana), 200), (json!([]), 400), (user(""), 500), (json!([{}]), 400)] {
        rule["setting"]["approvalStages"][0]["primaryApprovers"] = approvers;
        rule["setting"]["approvalStages"][0]["escalationApprovers"] = user(&dana);
        assert_eq!(send(&mut desk, APPROVAL, &rule).0, status);
    }
    let stored = desk.tenant.rule(GROUP, "member", APPROVAL).unwrap();
    assert_eq!(stored["setting"]["approvalStages"][0]["escalationApprovers"], json!([]));
    let id = desk.tenant.policy_id(GROUP, "member").unwrap();
    let beta = desk.get(&format!("/beta/policies/roleManagementPolicies/{id}/rules/{APPROVAL}"));
    let approver = &beta.json["setting"]["approvalStages"][0]["primaryApprovers"][0];
    assert_eq!((&approver["id"], &approver["isBackup"]), (&json!(dana), &json!(false)));
}

#[test]
fn a_bare_target_wrecks_the_notifications() {
    let mut desk = Desk::new("ana");
    let (one, other) = ("Notification_Admin_EndUser_Assignment", "Notification_Admin_Admin_Assignment");
    let bare = json!({ "target": { "@odata.type": "microsoft.graph.unifiedRoleManagementPolicyRuleTarget" } });
    assert_eq!(change(&mut desk, other, &json!({})).0, 200);
    assert_eq!(change(&mut desk, one, &bare).0, 200);
    assert_eq!(change(&mut desk, other, &json!({})), (400, "InvalidPolicyRule".into()));
}

#[test]
fn several_rules_are_stored_together_or_not_at_all() {
    let mut desk = Desk::new("ana");
    let rule = |desk: &Desk, id: &str| desk.tenant.rule(GROUP, "member", id).unwrap();
    reset(&mut desk);
    let (mut duration, mut context) = (rule(&desk, DURATION), rule(&desk, CONTEXT));
    duration["maximumDuration"] = json!("PT3H");
    context["isEnabled"] = json!(true);
    context["claimValue"] = json!("");
    let path = format!("/v1.0/policies/roleManagementPolicies/{}", desk.tenant.policy_id(GROUP, "member").unwrap());
    assert_eq!(desk.patch(&path, &json!({ "rules": [duration, context] })).status, 400);
    assert_ne!(rule(&desk, DURATION)["maximumDuration"], "PT3H");
    context["claimValue"] = json!("c1");
    let answer = desk.patch(&path, &json!({ "rules": [duration, context] }));
    assert_eq!((answer.status, &answer.json["rules"]), (200, &Value::Null));
    assert_eq!(rule(&desk, DURATION)["maximumDuration"], "PT3H");
}

#[test]
fn a_rule_somebody_else_added_is_kept_and_shuffled() {
    let mut desk = Desk::new("ana");
    let extra = json!({ "id": "CustomExtension_X", "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyCustomExtensionRule" });
    desk.tenant.edit_rule(GROUP, "member", "CustomExtension_X", &extra, "olga", desk.now);
    let path =
        format!("/v1.0/policies/roleManagementPolicies/{}/rules", desk.tenant.policy_id(GROUP, "member").unwrap());
    let (one, two) = (desk.get(&path), desk.get(&path));
    assert_eq!(one.json["value"].as_array().unwrap().len(), 18);
    assert_ne!(one.json["value"], two.json["value"]);
    let edit = Effect::EditBefore {
        group: GROUP.into(),
        access: Access::Member,
        rule: DURATION.into(),
        patch: json!({ "note": "kept" }),
        by: "olga".into(),
    };
    let fault = Fault { method: Some("PATCH".into()), path: DURATION.into(), skip: 0, times: Some(1), effect: edit };
    desk.tenant.set_faults(vec![fault]);
    assert_eq!(change(&mut desk, DURATION, &json!({ "maximumDuration": "PT5H" })).0, 200);
    let rule = desk.tenant.rule(GROUP, "member", DURATION).unwrap();
    assert_eq!((&rule["note"], &rule["maximumDuration"]), (&json!("kept"), &json!("PT5H")));
}

#[test]
fn those_who_manage_groups_read_requests_and_change_policies_of_all_but_role_assignable_groups() {
    for role in ["User Administrator", "Directory Writers"] {
        let mut desk = Desk::new("otto");
        let body = json!({ "role": role, "principal": "otto", "approvers": ["dana"] });
        let id = desk.tenant.add_request(&serde_json::from_value(body).unwrap(), desk.now).unwrap();
        assert!(desk.tenant.decide(&id, "dana", true, "for the test", desk.now));
        for (group, allowed) in [("Network Operators", true), (GROUP, false)] {
            let policy = desk.tenant.policy_id(group, "member").unwrap();
            let rule = desk.tenant.rule(group, "member", DURATION).unwrap();
            let path = format!("/v1.0/policies/roleManagementPolicies/{policy}/rules/{DURATION}");
            assert_eq!(desk.patch(&path, &rule).status == 200, allowed, "{role} {group}");
            let group = desk.tenant.group(group).unwrap().id.clone();
            let list = "/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests";
            let path = format!("{list}?$filter=groupId%20eq%20'{group}'");
            assert_eq!(desk.get(&path).status == 200, allowed, "{role} {group}");
        }
    }
}
