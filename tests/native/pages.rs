//! Lists whose pages lead elsewhere, in circles, or contain an entry twice: they are never reported as complete, and
//! nothing in them counts twice.

use std::cell::RefCell;

use crate::sample::browser::Browser;
use futures_executor::block_on;
use pim_desk::approval::Kind;
use pim_desk::approval::evidence::Unreadable;
use pim_desk::desk::approvals::{Missing, inbox};
use pim_desk::desk::evidence::Evidences;
use pim_desk::desk::exact_name::{self, Exactly};
use pim_desk::desk::gather::Gathered;
use pim_desk::desk::groups::{find, in_pim, page};
use pim_desk::desk::history::history;
use pim_desk::desk::roles;
use pim_desk::desk::survey::{Scope, survey};
use pim_desk::graph::patience::Patience;
use pim_desk::matrix::HolderKind;
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::{Value, json};

const GRAPH: &str = "https://graph.microsoft.com";

/// Pages that replace those of a list.
fn pages(path: &str, body: &Value) -> Fault {
    let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body: body.to_string() };
    Fault { method: None, path: path.into(), skip: 0, times: None, effect }
}

/// The list ends with a link that is not followed: to another host, or in a circle of two.
fn cut(path: &str, list: &str, value: &Value) -> [Vec<Fault>; 2] {
    let elsewhere =
        json!({"value": value, "@odata.nextLink": format!("https://graph.microsoft.com.evil.example{list}")});
    let to = |token: &str| json!({"value": value, "@odata.nextLink": format!("{GRAPH}{list}?$skiptoken={token}")});
    let circle =
        vec![pages("$skiptoken=one", &to("two")), pages("$skiptoken=two", &to("one")), pages(path, &to("one"))];
    [vec![pages(path, &elsewhere)], circle]
}

fn browser(faults: Vec<Fault>) -> Browser {
    let browser = Browser::new(&Seed { people: 400, ..Seed::default() });
    browser.play(faults);
    browser
}

fn stayed(browser: &Browser) -> bool {
    browser
        .sent()
        .iter()
        .all(|exchange| !exchange.request.url.contains("evil") && !exchange.request.body.contains("evil"))
}

#[test]
fn a_list_that_is_cut_is_never_whole() {
    let id = "7e526275-97a8-4dc6-932a-4db521cccf96";
    let resources = "/beta/identityGovernance/privilegedAccess/group/resources";
    for faults in cut("/group/resources", resources, &json!([{"id": id}])) {
        let browser = browser(faults);
        let client = browser.client("ana");
        block_on(in_pim(&client)).unwrap_err();
        let gathered = RefCell::new(Gathered::default());
        let tell = |news| gathered.borrow_mut().take_in(HolderKind::Groups, news);
        block_on(survey(&client, &Scope::GroupsInPim, &Patience::default(), &tell));
        let gathered = gathered.into_inner();
        assert_eq!((gathered.found(), gathered.troubles.len(), gathered.now.listed.len()), (1, 1, 0));
        assert!(stayed(&browser));
    }
    let definitions = "/v1.0/roleManagement/directory/roleDefinitions";
    for faults in cut("/v1.0/roleManagement/directory/roleDefinitions", definitions, &json!([])) {
        let browser = browser(faults);
        block_on(roles::list(&browser.client("ana"))).unwrap_err();
        assert!(stayed(&browser));
    }
}

#[test]
fn more_groups_end_where_the_pages_go_in_a_circle() {
    let group = json!([{"id": "7e526275-97a8-4dc6-932a-4db521cccf96", "displayName": "Ops", "securityEnabled": true}]);
    for faults in cut("/v1.0/groups", "/v1.0/groups", &group) {
        let browser = browser(faults);
        let client = browser.client("ana");
        let mut all = block_on(find(&client, "")).unwrap();
        let mut turned = 0;
        while let Some(next) = all.next.clone() {
            turned += 1;
            assert!(turned < 5);
            all.extend(block_on(page(&client, &next)).unwrap());
        }
        assert!(all.groups.len() == 1 && all.cut.is_some());
        assert!(stayed(&browser));
    }
}

#[test]
fn a_person_who_is_listed_twice_is_one() {
    let person =
        json!({"id": "7e526275-97a8-4dc6-932a-4db521cccf96", "displayName": "Jo", "userPrincipalName": "jo@a.b"});
    let one = |faults| block_on(exact_name::one(&browser(faults).client("ana"), "Jo"));
    let found = one(vec![pages("/users?", &json!({"value": [person, person]}))]).unwrap();
    assert!(matches!(found, Exactly::One(_)), "{found:?}");
    for faults in cut("/users?", "/v1.0/users", &json!([person])) {
        one(faults).unwrap_err();
    }
}

#[test]
fn requests_whose_list_breaks_off_are_not_told_as_all_there_are() {
    let path = "/group/assignmentScheduleRequests/filterByCurrentUser";
    let list = ["/v1.0/identityGovernance/privilegedAccess", path, "(on='approver')"].concat();
    for faults in cut(path, &list, &json!([])) {
        let browser = browser(Vec::new());
        let client = browser.client("dana");
        let whole = block_on(inbox(&client, false, None));
        assert!(whole.is_whole() && !whole.requests.is_empty());
        browser.play(faults);
        let read = block_on(inbox(&client, false, Some(&whole)));
        assert!(matches!(read.groups.missing, Some(Missing::Failed(_))), "{:?}", read.groups);
        assert_eq!((read.is_whole(), &read.requests), (false, &whole.requests), "what was known stays");
        let ended = block_on(history(&client, false, &[], &|| false, &|_, _| ()));
        assert!(!ended.is_whole());
        assert!(matches!(ended.missing.as_slice(), [(Kind::Group, Missing::Failed(_)), _]), "{:?}", ended.missing);
        let evidences = Evidences::default();
        let request = whole.requests.iter().find(|request| request.is_pending()).unwrap();
        block_on(evidences.gather(&client, std::slice::from_ref(request)));
        assert_eq!(evidences.get(request).unwrap().past.unwrap_err(), Unreadable::Failed);
        assert!(stayed(&browser));
    }
}
