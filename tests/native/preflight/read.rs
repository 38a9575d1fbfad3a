//! What is read for the check of a change: lists to their end, profiles as far as they may be read, and why something is
//! missing.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::rc::Rc;

use crate::sample;
use crate::sample::browser::Browser;
use crate::sample::saving::{Desk, GROUP, read, subject};
use futures_executor::block_on;
use pim_desk::auth::scope::Scope;
use pim_desk::desk::policies;
use pim_desk::desk::preflight::many::{Asked, read as read_many};
use pim_desk::desk::preflight::{Known, Looked, read as read_facts};
use pim_desk::desk::rights::WriteRight;
use pim_desk::graph::patience::Patience;
use pim_desk::graph::{Client, Error, Refusal, Tokens};
use pim_desk::policy::preflight::mail::Owners;
use pim_desk::policy::preflight::{Facts, Finding, Missing, Preflight, Reason, Why, preflight};
use pim_desk::policy::{Approver, ApproverKind, Draft, Policy, Requirement, RuleId, Setting, Severity, Subject, Value};
use pim_desk::text;
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::{Value as Json, json};

const KNOWN: Known = Known { write: WriteRight::Likely, onboards: Some(false) };

fn approval(list: Vec<Approver>) -> Vec<(Setting, Value)> {
    vec![(Setting::ApprovalRequired, Value::Flag(true)), (Setting::Approvers, Value::Approvers(list))]
}

fn drafted(policy: &Policy, edits: &[(Setting, Value)]) -> Draft {
    let mut draft = Draft::default();
    for (setting, value) in edits {
        draft.set(policy, *setting, value.clone());
    }
    draft
}

fn reasons(found: &Preflight) -> Vec<Reason> {
    found.findings.iter().map(|finding| finding.reason.clone()).collect()
}

/// A token with more permissions than PIM Desk asks for, as a tenant may have granted them.
struct Fixed(String);

impl Tokens for Fixed {
    async fn token(&self, _: &[Scope]) -> Result<String, Error> {
        Ok(self.0.clone())
    }

    fn granted(&self, _: &[Scope]) -> bool {
        true
    }

    fn not_accepted(&self, _: &str, _: &Refusal) -> bool {
        false
    }
}

/// A client that may read whole profiles.
fn full_client(browser: &Browser) -> Client<Browser, Fixed> {
    let mut scopes: Vec<&str> = Scope::SIGN_IN.map(Scope::name).to_vec();
    scopes.push("User.Read.All");
    let token = browser.tenant_mut().issue_token("ana", &scopes, browser.now_ms());
    let graph = sample::browser::config().endpoints.graph;
    Client::new(browser.clone(), Rc::new(Fixed(token)), graph, Rc::new(|_| ()))
}

#[test]
fn whose_account_is_off_and_who_is_a_guest_shows_where_profiles_may_be_read() {
    let browser = Browser::new(&Seed::default());
    let client = full_client(&browser);
    let subject = subject(&browser, "Data Warehouse Readers – Personal Data");
    let policy = block_on(policies::read(&client, &subject)).unwrap().unwrap();
    let Some(Value::Approvers(mut list)) = policy.read(Setting::Approvers).value else { unreachable!("approvers") };
    list.truncate(2);
    let draft = drafted(&policy, &[(Setting::Approvers, Value::Approvers(list))]);
    let Looked { facts, .. } = block_on(read_facts(&client, &policy, &draft, KNOWN, false));
    let told = preflight(&policy, &draft, &facts);
    let expected = [Reason::ApproverDisabled(String::new()), Reason::ApproverGuest(String::new())];
    let kind = |reason: &Reason| std::mem::discriminant(reason);
    assert_eq!(reasons(&told).iter().map(kind).collect::<Vec<_>>(), expected.iter().map(kind).collect::<Vec<_>>());
    assert!(!told.missing.contains(&Missing::Accounts), "{:?}", told.missing);
}

#[test]
fn whether_owners_can_sign_in_shows_where_profiles_may_be_read() {
    let browser = Browser::new(&Seed::default());
    let full = full_client(&browser);
    let subject = subject(&browser, GROUP);
    let policy = read(&browser.client("ana"), &subject);
    let edit = [(Setting::MailDefaults(RuleId::ActivationAlert), Value::Flag(false))];
    let draft = drafted(&policy, &edit);
    let owners = |facts: Facts| Owners::of(&facts.owners.unwrap());
    let known = owners(block_on(read_facts(&full, &policy, &draft, KNOWN, false)).facts);
    assert!(known.able > 0 && !known.hidden, "{known:?}");
    let basic = owners(block_on(read_facts(&browser.client("ana"), &policy, &draft, KNOWN, false)).facts);
    assert_eq!(basic, Owners { able: known.able + known.disabled, disabled: 0, hidden: true });
}

/// A list in two pages, with the body of each.
fn in_pages(list: &str, first: &Json, second: &Json) -> Vec<Fault> {
    let next = format!("https://graph.microsoft.com/v1.0{}?$skiptoken=two", list.split('?').next().unwrap());
    let page = |path: &str, body: Json| Fault {
        method: None,
        path: path.into(),
        skip: 0,
        times: None,
        effect: Effect::Replace { status: 200, content_type: "application/json".into(), body: body.to_string() },
    };
    let first = page(list, json!({"value": first, "@odata.nextLink": next}));
    vec![first, page("$skiptoken=two", json!({"value": second}))]
}

fn broken_off(mut pages: Vec<Fault>) -> Vec<Fault> {
    pages[1].effect = Effect::Refuse { status: 403, retry_after: None };
    pages
}

/// The second page leads back to itself through a third.
fn in_a_circle(mut pages: Vec<Fault>) -> Vec<Fault> {
    let link = |token: &str| {
        let list = "https://graph.microsoft.com/v1.0/identityGovernance/privilegedAccess/group";
        let next = format!("{list}/eligibilityScheduleInstances?$skiptoken={token}");
        let body = json!({"value": [], "@odata.nextLink": next}).to_string();
        Effect::Replace { status: 200, content_type: "application/json".into(), body }
    };
    pages[1].effect = link("three");
    pages.push(Fault { path: "$skiptoken=three".into(), effect: link("two"), ..pages[1].clone() });
    pages
}

type Edits<'a> = &'a dyn Fn(&Browser, &Policy) -> Vec<(Setting, Value)>;

/// What a change would meet, read for it alone and together with others.
fn looked(edits: Edits<'_>, faults: Vec<Fault>) -> Preflight {
    let browser = Browser::new(&Seed::default());
    let client = browser.client_with_checks("ana");
    let policy = read(&client, &subject(&browser, GROUP));
    let draft = drafted(&policy, &edits(&browser, &policy));
    browser.play(faults);
    let alone = preflight(&policy, &draft, &block_on(read_facts(&client, &policy, &draft, KNOWN, false)).facts);
    let me = browser.tenant().person("ana").unwrap().id.parse().unwrap();
    let asked = [Asked { policy: &policy, draft: &draft, holder: None }];
    let facts = block_on(read_many(&client, &asked, &me, &Patience::default(), &|_, _| ()));
    let together = preflight(&policy, &draft, &Facts { may_write: Some(true), ..facts[0].clone() });
    assert_eq!(alone, together);
    alone
}

#[test]
fn assignments_on_a_second_page_count_and_without_it_nothing_is_known() {
    let holds = |name: &str, until: Json| {
        json!({"accessId": "member", "principal": {"id": name, "displayName": name}, "assignmentType": "Assigned",
            "startDateTime": "2026-01-01T00:00:00Z", "endDateTime": until})
    };
    let short: Vec<Json> = (0..100).map(|at| holds(&format!("p{at}"), json!("2026-01-11T00:00:00Z"))).collect();
    let pages = in_pages("/eligibilityScheduleInstances?$filter", &json!(short), &json!([holds("Eve", Json::Null)]));
    let edit = |_: &Browser, _: &Policy| vec![(Setting::EligibleExpiry, Value::Duration("P30D".into()))];
    let told = looked(&edit, pages.clone());
    assert_eq!((reasons(&told), told.missing), (vec![Reason::ExistingLonger(vec![("Eve".into(), None)])], Vec::new()));
    let told = looked(&edit, broken_off(pages.clone()));
    assert_eq!((reasons(&told), told.missing), (Vec::new(), vec![Missing::Eligible]));
    let told = looked(&edit, in_a_circle(pages));
    assert_eq!((reasons(&told), told.missing), (Vec::new(), vec![Missing::Eligible]));
}

#[test]
fn a_web_page_in_place_of_the_assignments_tells_nothing() {
    let page = Fault {
        method: None,
        path: "/eligibilityScheduleInstances".into(),
        skip: 0,
        times: None,
        effect: Effect::Replace { status: 200, content_type: "text/html".into(), body: "<html>".into() },
    };
    let told = looked(&|_, _| shorter(), vec![page]);
    assert_eq!((reasons(&told), told.why(Missing::Eligible)), (Vec::new(), Why::Failed));
    assert_eq!(told.missing, vec![Missing::Eligible]);
}

#[test]
fn a_policy_for_a_context_on_a_second_page_counts() {
    let rule = |context: &str| {
        let applications = json!({"includeAuthenticationContextClassReferences": [context]});
        json!({"id": context, "state": "enabled", "conditions": {"applications": applications}})
    };
    let pages = in_pages("/conditionalAccess/policies?$select", &json!([rule("c9")]), &json!([rule("c1")]));
    let edit = |_: &Browser, _: &Policy| {
        vec![(Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into())))]
    };
    assert_eq!(looked(&edit, pages.clone()), Preflight::default());
    let told = looked(&edit, broken_off(pages));
    assert_eq!((reasons(&told), told.missing), (Vec::new(), vec![Missing::AccessPolicies]));
}

#[test]
fn a_policy_for_a_context_that_only_some_people_fall_under_is_not_enough() {
    let rule = |state: &str, people: Json| {
        let applications = json!({"includeApplications": [], "includeAuthenticationContextClassReferences": ["c1"]});
        json!({"id": format!("{state} {people}"), "state": state, "conditions": {"applications": applications, "users": people}})
    };
    let all = || json!({"includeUsers": ["All"], "excludeUsers": [], "includeGroups": [], "includeRoles": []});
    let group = || json!({"includeUsers": [], "excludeUsers": [], "includeGroups": ["g"], "includeRoles": []});
    let edit = |_: &Browser, _: &Policy| {
        vec![(Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into())))]
    };
    let of = |list: Json| {
        let body = json!({ "value": list }).to_string();
        let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body };
        let path = "/conditionalAccess/policies".into();
        let told = looked(&edit, vec![Fault { method: None, path, skip: 0, times: None, effect }]);
        assert_eq!(told.missing, []);
        reasons(&told)
    };
    let partial = [Reason::ContextPartial("c1".into())];
    assert_eq!(of(json!([rule("enabled", group())])), partial);
    assert_eq!(of(json!([rule("enabled", group()), rule("enabled", group())])), partial);
    let report_only = "enabledForReportingButNotEnforced";
    assert_eq!(
        of(json!([rule(report_only, all()), rule("enabled", group())])),
        partial,
        "what is off counts for nobody"
    );
    assert_eq!(of(json!([rule("enabled", group()), rule("enabled", all())])), []);
    // Whom it is for may not have been returned.
    for unknown in [Json::Null, json!({}), json!({"includeUsers": null, "includeGroups": ["g"]})] {
        assert_eq!(of(json!([rule("enabled", unknown.clone())])), [], "{unknown}");
        assert_eq!(of(json!([rule("enabled", group()), rule("enabled", unknown.clone())])), [], "{unknown}");
    }
    assert_eq!(of(json!([rule("disabled", group())])), [Reason::ContextUnenforced("c1".into())]);
    let finding = Finding { setting: None, severity: Severity::Warning, reason: partial[0].clone() };
    let told = text::policy::preflight::finding(&finding, &sample::rules::policy().subject, |_| String::new());
    assert!(told.contains("applies only to some people") && told.contains("Include all users"), "{told}");
}

#[test]
fn approvers_on_a_second_page_can_approve() {
    let people = |count: usize, enabled: bool| -> Json {
        let one = |at| json!({"id": format!("{enabled}{at}"), "displayName": "P", "userType": "Member", "accountEnabled": enabled});
        (0..count).map(one).collect()
    };
    let edit = |browser: &Browser, _: &Policy| {
        let group = browser.tenant().group("Network Operators").unwrap().id.clone();
        approval(vec![Approver { kind: ApproverKind::Group, id: group }])
    };
    let list = "/transitiveMembers/microsoft.graph.user?$count";
    let pages = in_pages(list, &people(100, false), &people(2, true));
    assert_eq!(looked(&edit, pages.clone()), Preflight::default());
    let told = looked(&edit, broken_off(pages));
    assert_eq!((reasons(&told), told.missing), (Vec::new(), vec![Missing::ApproverMembers]));
    // Two people who can approve are enough.
    assert_eq!(looked(&edit, broken_off(in_pages(list, &people(2, true), &json!([])))), Preflight::default());
}

#[test]
fn whom_a_colleague_made_an_approver_is_looked_at_before_a_save() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client_with_checks("ana");
    let [dana, rhea] = ["dana", "rhea"].map(|who| browser.tenant().person(who).unwrap().id.clone());
    let approved_by = |id: &str| {
        let stage = json!({"primaryApprovers": [{"@odata.type": "#microsoft.graph.singleUser", "userId": id}]});
        let patch = json!({"setting": {"isApprovalRequired": false, "approvalStages": [stage]}});
        let now = browser.now_ms();
        browser.tenant_mut().edit_rule(GROUP, "member", "Approval_EndUser_Assignment", patch, "olga", now);
    };
    approved_by(&dana);
    let seen = read(&client, &subject(&browser, GROUP));
    let draft = drafted(&seen, &[(Setting::ApprovalRequired, Value::Flag(true))]);
    approved_by(&rhea);
    let looked_at = |to_save| {
        let facts = block_on(read_facts(&client, &seen, &draft, KNOWN, to_save)).facts;
        facts.approvers.unwrap().into_keys().collect::<Vec<_>>()
    };
    assert_eq!(looked_at(false), [dana]);
    assert_eq!(looked_at(true), [rhea]);
}

/// What a change of a policy would meet, and what the page says was not checked.
fn told(client: &Desk, subject: &Subject, edits: &[(Setting, Value)], known: Known) -> (Preflight, String) {
    let policy = read(client, subject);
    let draft = drafted(&policy, edits);
    let found = preflight(&policy, &draft, &block_on(read_facts(client, &policy, &draft, known, false)).facts);
    let words = text::policy::preflight::not_checked(&found, subject);
    (found, words)
}

fn shorter() -> Vec<(Setting, Value)> {
    vec![(Setting::EligibleExpiry, Value::Duration("P30D".into()))]
}

#[test]
fn a_permission_is_named_by_whose_policy_it_is_and_offered_where_it_is_asked_for() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let group = subject(&browser, GROUP);
    let (found, words) = told(&client, &group, &shorter(), KNOWN);
    assert_eq!(found.why(Missing::Eligible), Why::NotGranted);
    assert!(
        words.contains("a permission that was not granted: who is eligible, and until when (PrivilegedElig"),
        "{words}"
    );
    assert!(found.could_allow(&group) && !found.may_pass());
    // The call for a role needs another permission, which signing in for roles asks for.
    let template = browser.tenant().role("Exchange Administrator").unwrap().id.parse().unwrap();
    let role = Subject::Role { template };
    assert!(!found.could_allow(&role));
    let words = text::policy::preflight::not_checked(&found, &role);
    assert!(words.contains("(RoleManagement.Read.Directory)"), "{words}");
    // PIM Desk does not ask for the permission that shows whether someone can sign in.
    let checks = browser.client_with_checks("ana");
    let ids = ["dana", "olga"].map(|who| browser.tenant().person(who).unwrap().id.clone());
    let people = ids.map(|id| Approver { kind: ApproverKind::User, id }).to_vec();
    let (found, words) = told(&checks, &group, &[(Setting::Approvers, Value::Approvers(people))], KNOWN);
    assert_eq!((found.missing.as_slice(), found.could_allow(&group)), (&[Missing::Accounts][..], false), "{words}");
    assert!(words.contains("User.Read.All, which PIM Desk does not ask for"), "{words}");
}

#[test]
fn what_failed_is_no_matter_of_permissions_and_can_be_tried_again() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client_with_checks("ana");
    let group = subject(&browser, GROUP);
    let refuse = |path: &str, status| Fault {
        method: None,
        path: path.into(),
        skip: 0,
        times: None,
        effect: Effect::Refuse { status, retry_after: None },
    };
    let policy = read(&client, &group);
    let draft = drafted(&policy, &shorter());
    for (path, status, why, says) in [
        ("/$batch", 503, Why::Failed, "could not be read this time"),
        ("/eligibilityScheduleInstances", 500, Why::Failed, "could not be read this time"),
        ("/eligibilityScheduleInstances", 403, Why::Refused, "your roles do not allow reading it"),
    ] {
        browser.play(vec![refuse(path, status)]);
        let facts = block_on(read_facts(&client, &policy, &draft, KNOWN, false)).facts;
        let found = preflight(&policy, &draft, &facts);
        let words = text::policy::preflight::not_checked(&found, &group);
        assert_eq!(
            (found.missing.as_slice(), found.why(Missing::Eligible)),
            (&[Missing::Eligible][..], why),
            "{words}"
        );
        assert!(words.contains(says) && !words.contains("permission"), "{words}");
        assert_eq!((found.may_pass(), found.could_allow(&group)), (why == Why::Failed, false), "{path} {status}");
    }
    // What a person may do was read with the page: reading the facts again would not show it.
    browser.play(vec![refuse("/owners", 403)]);
    let olga = browser.client_with_checks("olga");
    let me = browser.tenant().person("olga").unwrap().id.parse().unwrap();
    let write = block_on(policies::open(&olga, &group, &me)).write;
    assert_eq!(write, WriteRight::Unknown);
    let (found, words) = told(&client, &group, &shorter(), Known { write, ..KNOWN });
    assert_eq!((found.missing.as_slice(), found.may_pass()), (&[Missing::Right][..], false), "{words}");
    assert_eq!(words, "Not checked, because it was not read: whether you may change this policy.");
}
