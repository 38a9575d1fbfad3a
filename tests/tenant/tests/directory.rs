//! Groups, people, batches, paging and errors.

use pim_desk_tenant::Request;
use serde_json::json;

use crate::desk::Desk;

#[test]
fn groups_are_searched_and_paged() {
    let mut desk = Desk::new("otto");
    let found = desk.get("/v1.0/groups?$search=%22displayName:tier-0%22&$count=true&$select=id,displayName");
    assert_eq!(found.json["@odata.count"], 2);
    let mut url = "https://graph.microsoft.com/v1.0/groups?$top=15&$select=id".to_owned();
    let mut sizes = Vec::new();
    loop {
        let page = desk.send(Request::new("GET", &url));
        sizes.push(page.json["value"].as_array().unwrap().len());
        match page.json["@odata.nextLink"].as_str() {
            Some(next) => url = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(sizes, [15, 15, 10]);
    for (path, status) in [
        ("/v1.0/groups?$filter=startswith(displayName,'Tier')", 200),
        ("/v1.0/groups?$filter=contains(displayName,'Tier')", 400),
        ("/v1.0/groups?$filter=displayName%20ne%20'x'", 400),
        ("/v1.0/groups?$filter=displayName%20ne%20'x'&$count=true", 200),
        ("/v1.0/groups?$top=0", 400),
        ("/v1.0/groups?$skiptoken=%00", 400),
        ("/v1.0/groups/not-a-guid", 400),
        ("/v1.0/groups/00000000-0000-4000-8000-000000000000", 404),
        ("/v1.0/nothing", 400),
    ] {
        assert_eq!(desk.get(path).status, status, "{path}");
    }
}

#[test]
fn search_needs_the_consistency_header() {
    let mut desk = Desk::new("ana");
    let token = desk.tenant.issue_token("ana", &["GroupMember.Read.All"], desk.now);
    let request = Request::new("GET", "https://graph.microsoft.com/v1.0/groups?$search=%22displayName:t%22");
    let answer = desk.tenant.handle(&request.with_token(&token), desk.now).answer().unwrap();
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("Request_UnsupportedQuery"));
}

#[test]
fn ids_become_names() {
    let mut desk = Desk::new("dana");
    let (dana, group) = (desk.tenant.person("dana").unwrap().id.clone(), desk.group("Tier-0 Approvers"));
    let ids = json!({ "ids": [dana, group, "00000000-0000-4000-8000-000000000000"], "types": ["user", "group"] });
    let answer = desk.post("/v1.0/directoryObjects/getByIds", &ids);
    let names: Vec<_> = answer.json["value"].as_array().unwrap().iter().map(|o| o["displayName"].clone()).collect();
    assert_eq!(names, ["Dana Ruiz", "Tier-0 Approvers"]);
    assert_eq!(desk.post("/v1.0/directoryObjects/getByIds", &json!({ "ids": ["x"] })).status, 400);
    assert_eq!(desk.get("/v1.0/me").json["displayName"], "Dana Ruiz");
    let roles = Desk::new("ana").get("/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true");
    assert_eq!(roles.json["value"][0]["displayName"], "Privileged Role Administrator");
    assert_eq!(desk.get("/v1.0/users?$filter=accountEnabled%20eq%20true").status, 403);
    assert_eq!(desk.get("/v1.0/organization?$select=displayName").json["value"], json!([{ "displayName": "Contoso" }]));
    assert_eq!(
        desk.get("/beta/identityGovernance/privilegedAccess/group/resources").json["value"].as_array().unwrap().len(),
        12
    );
    let contexts = desk.get("/v1.0/identity/conditionalAccess/authenticationContextClassReferences");
    assert_eq!(contexts.json["value"][0]["id"], "c1");
}

#[test]
fn a_batch_answers_each_part() {
    let mut desk = Desk::new("ana");
    let part = |id: usize, url: &str| json!({ "id": id.to_string(), "method": "GET", "url": url });
    let body = json!({ "requests": [
        part(1, "/me"),
        part(2, "groups/x"),
        { "id": "3", "method": "GET", "url": "/me", "dependsOn": ["2"] },
        part(4, "/$batch"),
    ] });
    let answer = desk.post("/v1.0/$batch", &body);
    let mut statuses: Vec<(String, u64)> = answer.json["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["id"].as_str().unwrap().to_owned(), part["status"].as_u64().unwrap()))
        .collect();
    statuses.sort();
    let wanted = [("1", 200), ("2", 400), ("3", 424), ("4", 400)].map(|(id, status)| (id.to_owned(), status));
    assert_eq!(statuses, wanted);
    let many: Vec<_> = (0..21).map(|id| part(id, "/me")).collect();
    assert_eq!(desk.post("/v1.0/$batch", &json!({ "requests": many })).status, 400);
}

#[test]
fn tokens_are_needed_and_preflights_are_answered() {
    let mut desk = Desk::new("ana");
    let url = "https://graph.microsoft.com/v1.0/me";
    let bare = desk.tenant.handle(&Request::new("GET", url), desk.now).answer().unwrap();
    assert_eq!(bare.status, 401);
    assert!(bare.body.contains("InvalidAuthenticationToken"));
    let asked = Request::new("OPTIONS", url).with_header("Access-Control-Request-Headers", "authorization");
    let preflight = desk.tenant.handle(&asked, desk.now).answer().unwrap();
    assert_eq!((preflight.status, preflight.header("access-control-allow-headers")), (200, Some("authorization")));
    desk.now += 3_600_000;
    assert_eq!(desk.get("/v1.0/me").status, 401);
}

#[test]
fn hostile_requests_are_answered_calmly() {
    let mut desk = Desk::new("ana");
    let deep = "[".repeat(5000);
    for (method, path, body) in [
        ("GET", "", ""),
        ("GET", "/v1.0", ""),
        ("GET", "/v1.0//%00/%E0%A4%A", ""),
        ("GET", "/v1.0/policies/roleManagementPolicies/Group_\u{e9}", ""),
        ("GET", "/v1.0/policies/roleManagementPolicyAssignments/_", ""),
        ("GET", "/v1.0/groups?$filter=((((&$select=,,&$expand=((,;)", ""),
        ("GET", "/v1.0/groups?$search=%22%22&$orderby=%20&$top=-1", ""),
        ("POST", "/v1.0/$batch", "{}"),
        ("POST", "/v1.0/$batch", deep.as_str()),
        ("POST", "/v1.0/$batch", r#"{"requests":[{"id":"1","method":"PATCH","url":"","body":7}]}"#),
        ("POST", "/v1.0/directoryObjects/getByIds", r#"{"ids":[null]}"#),
        ("PATCH", "/v1.0/policies/roleManagementPolicies/x", "null"),
        ("DELETE", "/v1.0/me", ""),
    ] {
        let mut request = Request::new(method, &format!("https://graph.microsoft.com{path}"));
        request.body = body.into();
        let status = desk.send(request.with_header("Content-Type", "application/json")).status;
        assert!((200..500).contains(&status), "{method} {path}: {status}");
    }
}

#[test]
fn a_property_that_a_role_does_not_have_cannot_be_selected() {
    let mut desk = Desk::new("ana");
    let all = "roleManagement/directory/roleDefinitions";
    let one = format!("{all}/62e90394-69f5-4237-9190-012177145e10");
    for path in [all, one.as_str()] {
        let mut status = |version: &str, name: &str| desk.get(&format!("/{version}/{path}?$select=id,{name}")).status;
        assert_eq!((status("v1.0", "isPrivileged"), status("beta", "isPrivileged")), (400, 200), "{path}");
        assert_eq!((status("v1.0", "templateId"), status("beta", "colour")), (200, 400), "{path}");
    }
}
