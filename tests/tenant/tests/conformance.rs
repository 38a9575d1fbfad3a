//! Everything the tenant answers has the documented form.

use pim_desk_tenant::{Effect, Fault};
use serde_json::json;

use crate::desk::{Desk, GROUP_FILTER};
use crate::schema::Schemas;

const ROLES: &str = "roleManagement/directory";
const ROLE_FILTER: &str = "scopeId%20eq%20'/'%20and%20scopeType%20eq%20'DirectoryRole'";
const GLOBAL: &str = "62e90394-69f5-4237-9190-012177145e10";
const PIM: &str = "identityGovernance/privilegedAccess/group";

/// Reads every kind of object.
fn read_everything(desk: &mut Desk) {
    let group = desk.group("Tier-0 Operators");
    let (policy, other) = (
        desk.tenant.policy_id("Tier-0 Operators", "member").unwrap(),
        desk.tenant.policy_id("Print Services", "owner").unwrap(),
    );
    let request = desk.tenant.request_ids().pop().unwrap();
    let of_global = desk.tenant.policy_id("Global Administrator", "").unwrap();
    let filter = GROUP_FILTER.replace("{}", &group);
    let of_role = desk.tenant.request_ids().into_iter().rfind(|id| desk.tenant.request_role(id).is_some()).unwrap();
    for version in ["v1.0", "beta"] {
        let parts = if version == "beta" { "steps" } else { "stages" };
        for path in [
            "me".into(),
            "me/memberOf".into(),
            "users?$top=20".into(),
            "groups".into(),
            format!("groups/{group}"),
            format!("groups/{group}/members"),
            format!("groups/{group}/owners"),
            "organization".into(),
            "identity/conditionalAccess/authenticationContextClassReferences".into(),
            format!("policies/roleManagementPolicies?$filter={filter}&$expand=rules"),
            format!("policies/roleManagementPolicyAssignments?$filter={filter}&$expand=policy($expand=rules)"),
            format!("policies/roleManagementPolicies/{policy}?$expand=rules,effectiveRules"),
            format!("policies/roleManagementPolicies/{policy}/rules"),
            format!("policies/roleManagementPolicies/{policy}/rules/Approval_EndUser_Assignment"),
            format!("policies/roleManagementPolicyAssignments/{policy}_member?$expand=policy($expand=rules)"),
            format!("policies/roleManagementPolicies/{other}"),
            "policies/roleManagementPolicies".into(),
            format!("{PIM}/assignmentScheduleRequests/filterByCurrentUser(on='approver')?$expand=group,principal"),
            format!("{PIM}/assignmentScheduleRequests/{request}"),
            format!("{PIM}/assignmentApprovals/{request}?$expand=stages"),
            format!("{ROLES}/roleDefinitions?$top=999"),
            format!("{ROLES}/roleAssignmentScheduleInstances?$expand=roleDefinition,principal"),
            format!("{ROLES}/roleEligibilityScheduleInstances?$expand=roleDefinition,principal"),
            format!("{ROLES}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')"),
            format!("{PIM}/assignmentScheduleInstances?$filter=groupId%20eq%20'{group}'&$expand=principal"),
            format!("{PIM}/eligibilityScheduleInstances?$filter=groupId%20eq%20'{group}'&$expand=principal,group"),
            format!("groups/{group}/transitiveMembers"),
            format!("policies/roleManagementPolicies?$filter={ROLE_FILTER}&$expand=rules"),
            format!("policies/roleManagementPolicyAssignments?$filter={ROLE_FILTER}&$expand=policy($expand=rules)"),
            format!("policies/roleManagementPolicies/{of_global}/rules"),
            format!("policies/roleManagementPolicyAssignments/{of_global}_{GLOBAL}?$expand=policy($expand=rules)"),
            format!("{ROLES}/roleDefinitions/62e90394-69f5-4237-9190-012177145e10?$expand=inheritsPermissionsFrom"),
            format!("{ROLES}/roleAssignmentScheduleRequests?$expand=roleDefinition,principal,directoryScope"),
            format!("{ROLES}/roleAssignmentScheduleRequests/filterByCurrentUser(on='approver')?$expand=roleDefinition"),
            format!("{ROLES}/roleAssignmentScheduleRequests/{of_role}?$expand=roleDefinition,principal"),
            format!("{PIM}/assignmentApprovals/{request}/{parts}"),
        ] {
            desk.get(&format!("/{version}/{path}"));
        }
    }
    desk.get(&format!("/beta/{PIM}/resources"));
    desk.get(&format!("/beta/{ROLES}/roleAssignmentApprovals/{of_role}"));
    desk.get(&format!("/beta/{ROLES}/roleAssignmentApprovals/{of_role}/steps"));
    desk.get(&format!("/beta/{PIM}/resources/{group}"));
}

/// Writes every rule back as it is, asks for names, batches, and is refused.
fn write_everything(desk: &mut Desk) {
    let name = "Network Operators";
    let rules = desk.get(&format!(
        "/v1.0/policies/roleManagementPolicies/{}/rules",
        desk.tenant.policy_id(name, "member").unwrap()
    ));
    let policy = desk.tenant.policy_id(name, "member").unwrap();
    for rule in rules.json["value"].as_array().into_iter().flatten() {
        let id = rule["id"].as_str().unwrap();
        assert_eq!(desk.patch(&format!("/v1.0/policies/roleManagementPolicies/{policy}/rules/{id}"), rule).status, 200);
    }
    desk.patch(&format!("/v1.0/policies/roleManagementPolicies/{policy}"), &json!({ "rules": rules.json["value"] }));
    let ids = json!({ "ids": [desk.group(name), desk.tenant.people()[0].id], "types": ["user", "group"] });
    desk.post("/v1.0/directoryObjects/getByIds", &ids);
    let part = |id: &str, url: &str| json!({ "id": id, "method": "GET", "url": url });
    desk.post(
        "/v1.0/$batch",
        &json!({ "requests": [part("1", "/me"), part("2", "/groups?$top=3"), part("3", "/groups/x")] }),
    );
    let refuse = |status| Effect::Refuse { status, retry_after: None };
    for effect in [refuse(429), refuse(503), Effect::RevokeToken, Effect::StepUp { context: "c1".into() }] {
        desk.tenant.set_faults(vec![Fault { method: None, path: "/me".into(), skip: 0, times: Some(1), effect }]);
        desk.get("/v1.0/me");
    }
}

/// Denies one request, and then once more.
fn decide(desk: &mut Desk) {
    let request = desk.tenant.request_ids().pop().unwrap();
    let stages = format!("/v1.0/{PIM}/assignmentApprovals/{request}/stages");
    let stage = desk.get(&stages).json["value"][0]["id"].as_str().unwrap_or("").to_owned();
    for _ in 0..2 {
        desk.patch(&format!("{stages}/{stage}"), &json!({ "reviewResult": "Deny", "justification": "not today" }));
        desk.get(&stages);
    }
    let request = desk.tenant.request_ids().into_iter().rfind(|id| desk.tenant.request_role(id).is_some()).unwrap();
    let steps = format!("/beta/{ROLES}/roleAssignmentApprovals/{request}/steps");
    let step = desk.get(&steps).json["value"][0]["id"].as_str().unwrap_or("").to_owned();
    for _ in 0..2 {
        desk.patch(&format!("{steps}/{step}"), &json!({ "reviewResult": "Approve", "justification": "agreed" }));
        desk.get(&format!("{steps}/{step}"));
    }
}

#[test]
fn answers_have_the_documented_form() {
    let Some(schemas) = Schemas::load() else { return };
    for who in ["ana", "dana", "otto"] {
        let mut desk = Desk::new(who);
        read_everything(&mut desk);
        if who == "ana" {
            write_everything(&mut desk);
        }
        if who == "dana" {
            decide(&mut desk);
        }
        let log = desk.tenant.log();
        assert!(log.len() > 40);
        let problems: Vec<String> = log
            .iter()
            .flat_map(|exchange| {
                let (request, outcome) = (&exchange.request, &exchange.outcome);
                let status = outcome.status.unwrap_or_default();
                schemas.problems(&request.method, &request.url, &request.body, status, &outcome.body)
            })
            .collect();
        assert!(problems.is_empty(), "{who}:\n{}", problems.join("\n"));
    }
}

#[test]
fn bodies_of_another_form_are_found() {
    let Some(schemas) = Schemas::load() else { return };
    let url = "https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/x/rules/Expiration_EndUser_Assignment";
    let mut rule =
        Desk::new("ana").tenant.rule("Network Operators", "member", "Expiration_EndUser_Assignment").unwrap();
    let answer = rule.to_string();
    assert_eq!(schemas.problems("PATCH", url, &answer, 200, &answer), Vec::<String>::new());
    rule["colour"] = json!("red");
    assert!(!schemas.problems("PATCH", url, &rule.to_string(), 200, &answer).is_empty());
    assert_eq!(schemas.problems("PATCH", url, &answer, 200, &rule.to_string()), Vec::<String>::new());
    rule["maximumDuration"] = json!("P1Y");
    assert!(!schemas.problems("PATCH", url, &answer, 200, &rule.to_string()).is_empty());
    assert!(!schemas.problems("GET", "https://graph.microsoft.com/v1.0/nothing", "", 200, "{}").is_empty());
}
