//! Policies of directory roles: like those of groups, except for the differences in the documentation.

use pim_desk_tenant::{Access, Effect, Fault};
use serde_json::{Value, json};

use crate::desk::Desk;

const GLOBAL: &str = "Global Administrator";
const GLOBAL_ID: &str = "62e90394-69f5-4237-9190-012177145e10";
const DURATION: &str = "Expiration_EndUser_Assignment";
const APPROVAL: &str = "Approval_EndUser_Assignment";

fn assignments(kind: &str, role: Option<&str>) -> String {
    let role = role.map(|role| format!("%20and%20roleDefinitionId%20eq%20'{role}'")).unwrap_or_default();
    format!(
        "/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20'/'%20and%20scopeType%20eq%20'{kind}'{role}&$expand=policy($expand=rules)"
    )
}

fn rule_path(desk: &Desk, role: &str, rule: &str) -> String {
    let id = desk.tenant.policy_id(role, "").unwrap();
    format!("/v1.0/policies/roleManagementPolicies/{id}/rules/{rule}")
}

fn write(desk: &mut Desk, role: &str, rule: &str, change: &Value) -> (u16, String) {
    let mut body = desk.tenant.rule(role, "", rule).unwrap();
    for (name, value) in change.as_object().unwrap() {
        body[name.as_str()] = value.clone();
    }
    let path = rule_path(desk, role, rule);
    let answer = desk.patch(&path, &body);
    (answer.status, answer.json["error"]["code"].as_str().unwrap_or("").to_owned())
}

#[test]
fn every_role_has_one_policy_of_17_rules() {
    let mut desk = Desk::new("ana");
    let mut path = assignments("DirectoryRole", None);
    let mut roles = Vec::new();
    loop {
        let page = desk.get(&path).json;
        for assignment in page["value"].as_array().unwrap() {
            assert_eq!(assignment["policy"]["rules"].as_array().unwrap().len(), 17);
            assert_eq!((&assignment["scopeId"], &assignment["scopeType"]), (&json!("/"), &json!("DirectoryRole")));
            roles.push(assignment["roleDefinitionId"].as_str().unwrap().to_owned());
        }
        match page["@odata.nextLink"].as_str() {
            Some(next) => path = next.strip_prefix("https://graph.microsoft.com").unwrap().to_owned(),
            None => break,
        }
    }
    let known: Vec<String> = desk.tenant.roles().iter().map(|role| role.id.clone()).collect();
    assert_eq!(roles, known);
    for kind in ["DirectoryRole", "Directory"] {
        let one = desk.get(&assignments(kind, Some(GLOBAL_ID))).json["value"].clone();
        assert_eq!(one.as_array().unwrap().len(), 1);
        let id = one[0]["policyId"].as_str().unwrap();
        assert!(id.starts_with(&format!("{kind}_{}_", pim_desk_tenant::TENANT_ID)), "{id}");
        assert_eq!(one[0]["id"], format!("{id}_{GLOBAL_ID}"));
        let rule = desk.get(&format!("/v1.0/policies/roleManagementPolicies/{id}/rules/{DURATION}"));
        assert_eq!(rule.json["maximumDuration"], "PT1H");
    }
    assert_eq!(desk.get(&assignments("DirectoryRole", Some("x"))).json["value"], json!([]));
}

#[test]
fn who_may_do_what() {
    for (who, reads, writes) in [("ana", 200, 200), ("rhea", 200, 403), ("olga", 403, 403), ("dana", 403, 403)] {
        let mut desk = Desk::new(who);
        assert_eq!(desk.get(&assignments("DirectoryRole", Some(GLOBAL_ID))).status, reads, "{who}");
        assert_eq!(desk.get(&rule_path(&desk, GLOBAL, DURATION)).status, reads, "{who}");
        assert_eq!(write(&mut desk, GLOBAL, DURATION, &json!({})).0, writes, "{who}");
    }
    for (scope, reads, writes) in [
        ("RoleManagementPolicy.Read.Directory", 200, 403),
        ("RoleManagement.Read.All", 200, 403),
        ("RoleManagementPolicy.ReadWrite.Directory", 200, 200),
        ("RoleManagement.ReadWrite.Directory", 200, 200),
        ("RoleManagementPolicy.ReadWrite.AzureADGroup", 403, 403),
    ] {
        let mut desk = Desk::with_scopes("ana", &[scope]);
        assert_eq!(desk.get(&assignments("Directory", None)).status, reads, "{scope}");
        assert_eq!(write(&mut desk, GLOBAL, DURATION, &json!({})).0, writes, "{scope}");
    }
    let mut desk = Desk::with_scopes("ana", &["RoleManagementPolicy.ReadWrite.Directory"]);
    let id = desk.tenant.policy_id("Tier-0 Operators", "member").unwrap();
    assert_eq!(desk.get(&format!("/v1.0/policies/roleManagementPolicies/{id}")).status, 403);
}

#[test]
fn a_role_needs_no_approver_and_keeps_its_id() {
    let mut desk = Desk::new("ana");
    let before = desk.tenant.policy_id(GLOBAL, "").unwrap();
    let mut setting = desk.tenant.rule(GLOBAL, "", APPROVAL).unwrap()["setting"].clone();
    setting["approvalStages"][0]["primaryApprovers"] = json!([]);
    assert_eq!(setting["isApprovalRequired"], true);
    assert_eq!(write(&mut desk, GLOBAL, APPROVAL, &json!({ "setting": setting })).0, 200);
    assert_eq!(desk.tenant.policy_id(GLOBAL, "").unwrap(), before);
    assert_eq!(write(&mut desk, GLOBAL, DURATION, &json!({ "maximumDuration": "P1Y" })), (400, "InvalidPolicy".into()));
    let mfa = json!({ "enabledRules": ["MultiFactorAuthentication"] });
    let conflict = write(&mut desk, GLOBAL, "Enablement_EndUser_Assignment", &mfa);
    assert_eq!(conflict, (400, "MfaAndAcrsConflict".into()));
    let reader = "Message Center Reader";
    assert_eq!(desk.tenant.rule(reader, "", "Expiration_Admin_Eligibility").unwrap()["isExpirationRequired"], false);
    assert_eq!(write(&mut desk, reader, DURATION, &json!({ "maximumDuration": "PT3H" })).0, 200);
    let policy = desk.get(&assignments("DirectoryRole", Some(&desk.tenant.role(reader).unwrap().id.clone())));
    assert_eq!(policy.json["value"][0]["policy"]["lastModifiedBy"]["displayName"], "Ana Brandão");
}

#[test]
fn faults_hit_policies_of_roles_too() {
    let mut desk = Desk::new("ana");
    let play = |desk: &mut Desk, effect| {
        let fault = Fault { method: Some("PATCH".into()), path: "/rules/".into(), skip: 0, times: Some(1), effect };
        desk.tenant.set_faults(vec![fault]);
    };
    let edit = Effect::EditBefore {
        group: GLOBAL.into(),
        access: Access::Member,
        rule: "Expiration_Admin_Assignment".into(),
        patch: json!({ "maximumDuration": "P7D" }),
        by: "rhea".into(),
    };
    play(&mut desk, edit);
    assert_eq!(write(&mut desk, GLOBAL, DURATION, &json!({ "maximumDuration": "PT45M" })).0, 200);
    let stored = |desk: &Desk, rule: &str| desk.tenant.rule(GLOBAL, "", rule).unwrap()["maximumDuration"].clone();
    assert_eq!((stored(&desk, DURATION), stored(&desk, "Expiration_Admin_Assignment")), (json!("PT45M"), json!("P7D")));
    play(&mut desk, Effect::NeverStored);
    assert_eq!(write(&mut desk, GLOBAL, DURATION, &json!({ "maximumDuration": "PT2H" })).0, 200);
    assert_eq!(stored(&desk, DURATION), "PT45M");
    play(&mut desk, Effect::Lag { ms: 4000 });
    assert_eq!(write(&mut desk, GLOBAL, DURATION, &json!({ "maximumDuration": "PT2H" })).0, 200);
    let path = rule_path(&desk, GLOBAL, DURATION);
    assert_eq!(desk.get(&path).json["maximumDuration"], "PT45M");
    desk.now += 4000;
    assert_eq!(desk.get(&path).json["maximumDuration"], "PT2H");
    play(&mut desk, Effect::RotateIds);
    assert_eq!(write(&mut desk, GLOBAL, DURATION, &json!({ "maximumDuration": "PT1H" })).0, 200);
    assert_eq!(desk.get(&path).status, 404);
    assert_eq!(desk.get(&rule_path(&desk, GLOBAL, DURATION)).json["maximumDuration"], "PT1H");
}
