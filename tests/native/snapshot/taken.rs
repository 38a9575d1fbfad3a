//! Taking snapshots and looking up imports, against the emulated tenant.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use pim_desk::desk::gather::{Gathered, SnapshotHead, not_read_yet, scopes_of};
use pim_desk::desk::imports;
use pim_desk::desk::survey::{Scope, survey};
use pim_desk::graph::patience::Patience;
use pim_desk::matrix::{Class, HolderKind};
use pim_desk::policy::Subject;
use pim_desk::snapshot::import::resolve::resolve;
use pim_desk::snapshot::{Opened, Snapshot, Why, drift, open, to_file};
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::{Value, json};

const GROUPS: [Class; 2] = [Class::Members, Class::Owners];

fn tenant() -> Browser {
    Browser::new(&Seed { groups: 60, groups_in_pim: 30, ..Seed::default() })
}

fn gathered(browser: &Browser, person: &str, scope: &Scope, faults: Vec<Fault>, stop_after: usize) -> Gathered {
    let (world, client) = slow_client(browser, person, 80);
    browser.play(faults);
    let (gathered, patience) = (RefCell::new(Gathered::default()), Patience::default());
    let tell = |news| {
        let mut gathered = gathered.borrow_mut();
        gathered.take_in(scope.kind(), news);
        if gathered.read() >= stop_after {
            patience.stop();
        }
    };
    world.run(survey(&client, scope, &patience, &tell));
    gathered.into_inner()
}

fn snapshot(gathered: &Gathered, whole: &[Class]) -> Snapshot {
    gathered.snapshot(SnapshotHead {
        tenant: "5a1e0000-0000-4000-8000-000000000001".parse().unwrap(),
        taken_at: "2026-11-27T10:00:00Z".into(),
        taken_by: "Ana".into(),
        whole: whole.to_vec(),
        only: None,
        people: BTreeMap::new(),
    })
}

#[test]
fn all_groups_are_taken_and_nothing_changed_until_somebody_changes_something() {
    let browser = tenant();
    let before = gathered(&browser, "ana", &Scope::GroupsInPim, Vec::new(), usize::MAX);
    let taken = snapshot(&before, &GROUPS);
    assert!(taken.complete);
    assert_eq!((taken.counts(), taken.policies.len(), taken.not_read.len()), ((30, 0), 60, 0));
    assert!(taken.policies.iter().all(|kept| !kept.name.is_empty() && kept.policy.rules.len() >= 17));
    let Ok(Opened::Snapshot(kept)) = open(to_file(&taken).as_bytes()) else { panic!("not read again") };
    assert_eq!(kept, taken);

    let same = drift(&kept, &before.now);
    assert_eq!((same.drifted.len(), same.unchanged, same.unread.len(), same.unlisted.len()), (0, 60, 0, 0));
    let subject = &kept.policies[0].policy.subject;
    browser.tenant_mut().edit_rule(
        subject.id().as_str(),
        subject.access().unwrap().as_str(),
        "Expiration_EndUser_Assignment",
        json!({"maximumDuration": "PT23H"}),
        "ana",
        browser.now_ms(),
    );
    let after = gathered(&browser, "ana", &Scope::GroupsInPim, Vec::new(), usize::MAX);
    let found = drift(&kept, &after.now);
    assert_eq!((found.drifted.len(), found.unchanged), (1, 59));
    assert_eq!(found.drifted[0].subject, *subject);
    assert_eq!(found.drifted[0].modified_by.as_deref().map(|by| by.starts_with("Ana")), Some(true));
}

#[test]
fn what_could_not_be_read_or_was_stopped_is_in_the_file() {
    let browser = Browser::new(&Seed { groups: 328, groups_in_pim: 300, ..Seed::default() });
    let stopped = gathered(&browser, "ana", &Scope::GroupsInPim, Vec::new(), 1);
    let taken = snapshot(&stopped, &GROUPS);
    assert!(!taken.complete);
    assert!(!taken.policies.is_empty());
    assert!(taken.not_read.iter().any(|(_, why)| *why == Why::Stopped));
    let lost = Fault { method: None, path: "/resources".into(), skip: 0, times: None, effect: Effect::DropBefore };
    let broken = snapshot(&gathered(&tenant(), "ana", &Scope::GroupsInPim, vec![lost], usize::MAX), &GROUPS);
    assert!(!broken.complete);
    assert!(broken.policies.is_empty());
    assert_eq!(broken.whole, []);
    let missing = Scope::Groups(vec!["00000000-0000-4000-8000-00000000dead".parse().unwrap()]);
    let none = snapshot(&gathered(&browser, "ana", &missing, Vec::new(), usize::MAX), &[]);
    assert!(none.policies.is_empty());
    assert!(none.not_read.iter().all(|(_, why)| *why == Why::NoPolicy), "{:?}", none.not_read);
}

// Cancelled while groups were read, which also prevents reading roles.
#[test]
fn what_a_cancelled_snapshot_never_listed_is_not_new() {
    let browser = Browser::new(&Seed { groups: 328, groups_in_pim: 300, ..Seed::default() });
    let stopped = gathered(&browser, "ana", &Scope::GroupsInPim, Vec::new(), 1);
    let taken = snapshot(&stopped, &[Class::Members, Class::Owners, Class::Roles]);
    assert!(!taken.complete && !taken.not_read.is_empty());
    assert!(!taken.whole.contains(&Class::Roles));
    let mut now = gathered(&browser, "ana", &Scope::GroupsInPim, Vec::new(), usize::MAX).now;
    now.learn(gathered(&browser, "ana", &Scope::Roles, Vec::new(), usize::MAX).now);
    let found = drift(&taken, &now);
    assert_eq!((found.drifted.len(), found.unchanged), (0, taken.policies.len()));
    // As older versions wrote it: all three were to be included, whatever was listed.
    let older = Snapshot { whole: vec![Class::Roles], ..taken };
    assert_eq!(drift(&older, &now).drifted.len(), 0);
}

#[test]
fn a_role_that_was_not_read_again_is_not_gone() {
    let browser = tenant();
    let before = gathered(&browser, "ana", &Scope::Roles, Vec::new(), usize::MAX);
    let taken = snapshot(&before, &[Class::Roles]);
    assert!(taken.complete && taken.policies.len() > 20);
    // Written to since, and not read again: because of an error, or because the person stopped that.
    let (failed, left) = (taken.policies[0].policy.subject.clone(), taken.policies[1].policy.subject.clone());
    let refusal = Fault {
        method: None,
        path: failed.id().to_string(),
        skip: 0,
        times: None,
        effect: Effect::Refuse { status: 403, retry_after: None },
    };
    let scope = Scope::RolesAgain(vec![failed.id().clone()]);
    let again = RefCell::new(Gathered::default());
    let (world, client) = slow_client(&browser, "ana", 80);
    browser.play(vec![refusal]);
    world.run(survey(&client, &scope, &Patience::default(), &|news| {
        drop(again.borrow_mut().take_policies(HolderKind::Roles, &news));
    }));
    let mut again = again.into_inner();
    assert_eq!(again.failed.len(), 1);
    again.miss(HolderKind::Roles, [left.id().clone()]);
    let mut now = before.now.clone();
    now.learn(again.now);
    let found = drift(&taken, &now);
    assert_eq!((found.drifted.len(), found.unchanged), (0, taken.policies.len() - 2));
    assert_eq!(found.unread, [failed, left]);
    // Read in the end.
    now.learn(before.now);
    assert_eq!(drift(&taken, &now).unchanged, taken.policies.len());
}

#[test]
fn roles_of_a_page_that_is_refused_are_not_gone() {
    let browser = tenant();
    let taken = snapshot(&gathered(&browser, "ana", &Scope::Roles, Vec::new(), usize::MAX), &[Class::Roles]);
    // Another scope type answers an empty list, as if there were no roles.
    let nothing = json!({"value": []}).to_string();
    let empty = Effect::Replace { status: 200, content_type: "application/json".into(), body: nothing };
    let refused = Effect::Refuse { status: 400, retry_after: None };
    let fault = |scope_type: &str, skip, effect| {
        let path = format!("scopeType eq '{scope_type}'");
        Fault { method: None, path, skip, times: None, effect }
    };
    let faults = vec![fault("DirectoryRole", 1, refused), fault("Directory", 0, empty)];
    let now = gathered(&browser, "ana", &Scope::Roles, faults, usize::MAX);
    assert_eq!((now.troubles.len(), now.now.listed.len()), (1, 0));
    let found = drift(&taken, &now.now);
    assert!(found.drifted.is_empty() && !found.unread.is_empty(), "{} drifted", found.drifted.len());
    assert_eq!(found.unlisted, [Class::Roles]);
    let cut = snapshot(&now, &[Class::Roles]);
    assert!(!cut.complete && cut.whole.is_empty() && !cut.policies.is_empty());
}

/// The snapshot of these subjects, and what was sent for it.
fn chosen(browser: &Browser, only: &[Subject], faults: Vec<Fault>) -> (Snapshot, Vec<(String, Value)>) {
    let (world, client) = slow_client(browser, "ana", 80);
    browser.play(faults);
    let all = RefCell::new(Gathered::default());
    for scope in scopes_of(&[], only) {
        let Some(scope) = not_read_yet(scope, &all.borrow()) else { continue };
        let tell = |news| all.borrow_mut().take_in(scope.kind(), news);
        world.run(survey(&client, &scope, &Patience::default(), &tell));
    }
    let sent = browser.sent();
    let body = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    let sent = sent.iter().map(|one| (one.request.url.clone(), body(&one.request.body))).collect();
    let about = SnapshotHead {
        tenant: "5a1e0000-0000-4000-8000-000000000001".parse().unwrap(),
        taken_at: "2026-11-27T10:00:00Z".into(),
        taken_by: "Ana".into(),
        whole: Vec::new(),
        only: Some(only.to_vec()),
        people: BTreeMap::new(),
    };
    (all.into_inner().snapshot(about), sent)
}

/// The addresses in a batch.
fn parts(body: &Value) -> Vec<String> {
    let parts = body["requests"].as_array().unwrap();
    parts.iter().map(|part| format!("{} {}", part["method"].as_str().unwrap(), part["url"].as_str().unwrap())).collect()
}

const OPERATOR: &str = "62e90394-69f5-4237-9190-012177145e10";
const READER: &str = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";

#[test]
fn a_snapshot_of_chosen_roles_reads_these_alone_with_their_names() {
    let browser = tenant();
    let only: Vec<Subject> = [OPERATOR, READER].map(|id| Subject::Role { template: id.parse().unwrap() }).to_vec();
    let (taken, sent) = chosen(&browser, &only, Vec::new());
    assert!(taken.complete && taken.not_read.is_empty());
    let names: Vec<&str> = taken.policies.iter().map(|kept| kept.name.as_str()).collect();
    assert_eq!(names, ["Global Administrator", "Directory Readers"]);

    let urls: Vec<&str> = sent.iter().map(|(url, _)| url.as_str()).collect();
    assert_eq!(urls, ["https://graph.microsoft.com/v1.0/$batch"; 2], "two calls, whatever there is beside");
    let fields = "$select=id,templateId,displayName,description,isBuiltIn,isEnabled";
    let definitions = "GET /roleManagement/directory/roleDefinitions";
    assert_eq!(parts(&sent[0].1), [OPERATOR, READER].map(|id| format!("{definitions}/{id}?{fields}")));
    let assignments = "GET /policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20'%2F'";
    let policy = |id| {
        format!(
            "{assignments}%20and%20scopeType%20eq%20'DirectoryRole'%20and%20roleDefinitionId%20eq%20'{id}'\
             &$expand=policy($expand=rules)"
        )
    };
    assert_eq!(parts(&sent[1].1), [OPERATOR, READER].map(policy));
    let read_only = sent.iter().flat_map(|(_, body)| parts(body)).all(|part| part.starts_with("GET "));
    assert!(read_only);
}

#[test]
fn chosen_roles_are_taken_where_some_have_no_name_or_are_gone() {
    let browser = tenant();
    let gone = "00000000-0000-4000-8000-00000000dead";
    let only: Vec<Subject> =
        [OPERATOR, READER, gone].map(|id| Subject::Role { template: id.parse().unwrap() }).to_vec();
    let (taken, _) = chosen(&browser, &only, Vec::new());
    assert_eq!(taken.not_read, [(only[2].clone(), Why::NoPolicy)]);
    assert!(taken.complete && taken.policies.iter().all(|kept| !kept.name.is_empty()));
    // A name that cannot be read does not lose the policy.
    let refusal = Fault {
        method: None,
        path: format!("/roleDefinitions/{READER}"),
        skip: 0,
        times: None,
        effect: Effect::Refuse { status: 403, retry_after: None },
    };
    let (taken, _) = chosen(&browser, &only[..2], vec![refusal]);
    let names: Vec<&str> = taken.policies.iter().map(|kept| kept.name.as_str()).collect();
    assert_eq!(names, ["Global Administrator", ""]);
    // Throttled names are requested again.
    let slow = Effect::Refuse { status: 429, retry_after: Some("2".into()) };
    let fault = Fault { method: None, path: "/roleDefinitions/".into(), skip: 0, times: Some(2), effect: slow };
    let (taken, _) = chosen(&browser, &only[..2], vec![fault]);
    assert!(taken.policies.iter().all(|kept| !kept.name.is_empty()));
}

#[test]
fn an_import_finds_its_groups_and_approvers_by_name() {
    let browser = tenant();
    let (world, client) = slow_client(&browser, "ana", 80);
    let file = json!({"GroupRoles": {"Policies": {
        "Tier-0 Operators": {"Member": {"ActivationDuration": "PT1H", "ApprovalRequired": true, "Approvers": [{"id": "Dana"}]}},
        "Tier-0": {"Member": {"ActivationDuration": "PT1H"}},
    }}});
    let Ok(Opened::Import(import)) = open(file.to_string().as_bytes()) else { panic!("not read") };
    let told = RefCell::new(Vec::new());
    let tell = |done, of| told.borrow_mut().push((done, of));
    let known = world.run(imports::look_up(&client, &import, &Patience::default(), &tell)).unwrap().unwrap();
    assert_eq!(told.borrow().last(), Some(&(3, 3)));
    let resolved = resolve(&import, &known, None);
    assert_eq!(resolved.items.len(), 1);
    assert_eq!(resolved.items[0].target.name, "Tier-0 Operators");
}
