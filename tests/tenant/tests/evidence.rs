//! What an approver and a preflight look at: roles of groups, who has what until when, people, Conditional Access.

use serde_json::{Value, json};

use crate::desk::{Desk, SCOPES};

const ROLES: &str = "/v1.0/roleManagement/directory";
const PIM: &str = "/v1.0/identityGovernance/privilegedAccess/group";
const GLOBAL: &str = "62e90394-69f5-4237-9190-012177145e10";

fn list(desk: &mut Desk, path: &str) -> Vec<Value> {
    let answer = desk.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.json);
    answer.json["value"].as_array().unwrap().clone()
}

fn names(all: &[Value], pointer: &str) -> Vec<String> {
    all.iter().map(|one| one.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()).collect()
}

#[test]
fn roles_of_a_group() {
    let mut desk = Desk::new("dana");
    let group = desk.group("Tier-0 Operators");
    let of =
        |group: &str| format!("{ROLES}/roleAssignments?$filter=principalId%20eq%20'{group}'&$expand=roleDefinition");
    let active = list(&mut desk, &of(&group));
    let wanted = ["Hybrid Identity Administrator", "Privileged Authentication Administrator"];
    assert_eq!(names(&active, "/roleDefinition/displayName"), wanted);
    let scoped = of(&desk.group("Global Infrastructure On-call"));
    assert!(names(&list(&mut desk, &scoped), "/directoryScopeId")[1].starts_with("/administrativeUnits/"));
    let none = of(&desk.group("Key Vault Administrators"));
    assert_eq!(list(&mut desk, &none), Vec::<Value>::new());
    let eligible =
        format!("{ROLES}/roleEligibilityScheduleInstances?$filter=principalId%20eq%20'{group}'&$expand=roleDefinition");
    assert_eq!(desk.get(&eligible).status, 403);
    let eligible = list(&mut Desk::new("rhea"), &eligible);
    assert_eq!(names(&eligible, "/roleDefinition/displayName"), ["Global Administrator"]);
    assert_eq!(Desk::new("otto").get(&of(&group)).status, 403);
    assert_eq!(Desk::with_scopes("dana", &["User.Read"]).get(&of(&group)).status, 403);
}

#[test]
fn who_has_a_group_and_until_when() {
    let mut desk = Desk::new("olga");
    let group = desk.group("Tier-0 Operators");
    for kind in ["assignmentScheduleInstances", "eligibilityScheduleInstances"] {
        let of_group = format!("{PIM}/{kind}?$filter=groupId%20eq%20'{group}'&$expand=principal");
        let all = list(&mut desk, &of_group);
        assert!(
            all.iter().any(|one| one["endDateTime"].is_null()) && all.iter().any(|one| one["endDateTime"].is_string())
        );
        assert!(all.iter().all(|one| one["principal"]["displayName"].is_string() && one["groupId"] == group.as_str()));
        assert_eq!(Desk::new("otto").get(&of_group).status, 403);
        assert_eq!(desk.get(&format!("{PIM}/{kind}")).status, 400);
        assert_eq!(Desk::with_scopes("olga", &["User.Read"]).get(&of_group).status, 403);
        let me = desk.tenant.person("olga").unwrap().id.clone();
        list(&mut desk, &format!("{PIM}/{kind}?$filter=principalId%20eq%20'{me}'"));
    }
    let arrival = serde_json::from_value(json!({ "group": group, "principal": "dana" })).unwrap();
    let id = desk.tenant.add_request(&arrival, desk.now).unwrap();
    assert!(desk.tenant.decide(&id, "ana", true, "go", desk.now));
    let active = list(&mut desk, &format!("{PIM}/assignmentScheduleInstances?$filter=groupId%20eq%20'{group}'"));
    let activated: Vec<&Value> = active.iter().filter(|one| one["assignmentType"] == "activated").collect();
    assert_eq!(activated.len(), 1);
    desk.now += 2 * 3_600_000;
    desk.renew();
    let later = list(&mut desk, &format!("{PIM}/assignmentScheduleInstances?$filter=groupId%20eq%20'{group}'"));
    assert_eq!(later.len(), active.len() - 1);
}

#[test]
fn who_has_a_role_and_until_when() {
    let mut desk = Desk::new("ana");
    let of = |kind: &str| format!("{ROLES}/{kind}?$filter=roleDefinitionId%20eq%20'{GLOBAL}'&$expand=principal");
    let eligible = list(&mut desk, &of("roleEligibilityScheduleInstances"));
    assert_eq!(eligible.len(), 3);
    assert!(eligible.iter().any(|one| one["principal"]["@odata.type"] == "#microsoft.graph.group"));
    assert!(eligible.iter().any(|one| one["endDateTime"].is_string()));
    let active = list(&mut desk, &of("roleAssignmentScheduleInstances"));
    assert_eq!((active.len(), &active[0]["assignmentType"]), (1, &json!("Assigned")));
    assert_eq!(
        desk.get(&format!("{ROLES}/roleAssignmentScheduleInstances?$filter=endDateTime%20eq%20null")).status,
        400
    );
    let own = "/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')";
    assert_eq!(list(&mut Desk::new("dana"), &format!("{ROLES}{own}")).len(), 2);
    assert_eq!(Desk::new("dana").get(&of("roleEligibilityScheduleInstances")).status, 403);
}

#[test]
fn people_are_known_as_far_as_the_scope_goes() {
    let mut basic = Desk::new("dana");
    let scopes = [SCOPES.as_slice(), &["User.Read.All"]].concat();
    let mut full = Desk::with_scopes("dana", &scopes);
    let people = basic.tenant.people();
    let somebody = people.iter().find(|person| !person.enabled).unwrap().id.clone();
    let guest = people.iter().find(|person| person.guest && person.enabled).unwrap().id.clone();
    let path = format!("/v1.0/users/{somebody}?$select=id,jobTitle,department,userType,accountEnabled");
    let (little, all) = (basic.get(&path).json, full.get(&path).json);
    for name in ["jobTitle", "department", "userType", "accountEnabled"] {
        assert!(little[name].is_null() && !all[name].is_null(), "{name}");
    }
    assert_eq!(all["accountEnabled"], false);
    let nobody = "0f0f0f0f-0000-4000-8000-000000000000";
    let ids = json!({ "ids": [somebody, guest, nobody], "types": ["user"] });
    let path = "/v1.0/directoryObjects/getByIds?$select=id,displayName,userType,accountEnabled";
    assert_eq!(names(basic.post(path, &ids).json["value"].as_array().unwrap(), "/userType"), ["", ""]);
    let found = full.post(path, &ids).json["value"].clone();
    assert_eq!(names(found.as_array().unwrap(), "/userType"), ["Member", "Guest"]);
    assert_eq!(found[0]["accountEnabled"], false);
    assert!(full.post("/v1.0/directoryObjects/getByIds", &ids).json["value"][0]["accountEnabled"].is_null());
}

#[test]
fn odd_approvers_are_named_in_a_policy() {
    let desk = Desk::new("ana");
    let rule =
        desk.tenant.rule("Data Warehouse Readers – Personal Data", "member", "Approval_EndUser_Assignment").unwrap();
    let approvers = rule["setting"]["approvalStages"][0]["primaryApprovers"].as_array().unwrap();
    let person = |at: usize| approvers[at]["userId"].as_str().and_then(|id| desk.tenant.person(id));
    assert!(person(0).is_some_and(|person| !person.enabled));
    assert!(person(1).is_some_and(|person| person.guest));
    assert!(person(2).is_none());
    let empty = desk.tenant.group(approvers[3]["groupId"].as_str().unwrap()).unwrap();
    assert!(empty.members.is_empty() && empty.nested.is_empty());
}

#[test]
fn members_are_counted_through_nested_groups() {
    let mut desk = Desk::new("otto");
    let group = desk.group("Compliance Reviewers");
    let direct = list(&mut desk, &format!("/v1.0/groups/{group}/members")).len();
    let all = list(&mut desk, &format!("/v1.0/groups/{group}/transitiveMembers")).len();
    assert!(all > direct);
    assert_eq!(desk.get(&format!("/v1.0/groups/{group}/transitiveMembers/$count")).json, json!(all));
    let people = desk.get(&format!("/v1.0/groups/{group}/transitiveMembers/microsoft.graph.user?$count=true&$top=1"));
    assert_eq!(people.json["@odata.count"], all - 2);
    let empty = desk.group("Orphaned Project Aurora");
    assert_eq!(desk.get(&format!("/v1.0/groups/{empty}/transitiveMembers/$count")).json, json!(0));
    let tier0 = desk.group("Tier-0 Operators");
    let owners = desk.get(&format!("/v1.0/groups/{tier0}?$select=id&$expand=owners($select=id,displayName)")).json;
    assert!(names(owners["owners"].as_array().unwrap(), "/displayName").contains(&"Olga Petrenko".to_owned()));
    assert!(owners["owners"][0]["mail"].is_null() && owners["displayName"].is_null());
}

#[test]
fn conditional_access_is_read_by_few() {
    let path = "/v1.0/identity/conditionalAccess/policies";
    let all = list(&mut Desk::new("ana"), path);
    let of = |context: &str| {
        let pointer = "/conditions/applications/includeAuthenticationContextClassReferences";
        let found = all.iter().find(|one| one.pointer(pointer).unwrap().as_array().unwrap().contains(&json!(context)));
        found.map(|one| one["state"].as_str().unwrap().to_owned())
    };
    assert_eq!(of("c1").as_deref(), Some("enabled"));
    assert_eq!(of("c2").as_deref(), Some("enabledForReportingButNotEnforced"));
    assert_eq!(of("c3"), None);
    let id = all[0]["id"].as_str().unwrap();
    assert_eq!(Desk::new("rhea").get(&format!("{path}/{id}")).json["displayName"], all[0]["displayName"]);
    for (who, scopes) in [("dana", &SCOPES[..]), ("ana", &["Policy.Read.ConditionalAccess"])] {
        assert_eq!(Desk::with_scopes(who, scopes).get(path).status, 403, "{who}");
    }
}
