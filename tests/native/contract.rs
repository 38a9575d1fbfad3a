//! Everything the product sends in its jobs, and everything the emulated tenant answers, checked against the `OpenAPI`
//! documents of Microsoft Graph: bodies sent strictly, answers leniently.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../tenant/tests/schema.rs"]
mod schema;

use std::cell::RefCell;

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use futures_executor::block_on;
use pim_desk::approval::{Decision, Kind, Request};
use pim_desk::desk::preflight::{self, Known};
use pim_desk::desk::rights::WriteRight;
use pim_desk::desk::rollout::look;
use pim_desk::desk::save::Outcome;
use pim_desk::desk::survey::rows::MatrixRows;
use pim_desk::desk::survey::{News, Scope, survey};
use pim_desk::desk::{approvals, dead_ends, decide, directory, evidence, groups, history, policies, roles, save};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::matrix::Row;
use pim_desk::policy::{Access, Approver, ApproverKind, Draft, Requirement, RuleId, Setting, Subject, Value};
use pim_desk::rollout::{Item, Target};
use pim_desk_tenant::Seed;
use schema::Schemas;

fn check(browser: &Browser, schemas: &Schemas, job: &str) {
    let sent = browser.sent();
    assert!(!sent.is_empty(), "{job} sent nothing");
    let problems: Vec<String> = sent
        .iter()
        .filter_map(|exchange| {
            let status = exchange.outcome.status?;
            let (request, received) = (&exchange.request, &exchange.outcome.body);
            Some(schemas.problems(&request.method, &request.url, &request.body, status, received))
        })
        .flatten()
        // Microsoft documents OData casts of collections; the OpenAPI documents were generated without them.
        .filter(|problem| !problem.contains("/microsoft.graph.directoryRole: not in the documents"))
        .filter(|problem| !problem.contains("/microsoft.graph.user: not in the documents"))
        // The extract of the documents has PIM's lists, not the directory's own list of role assignments.
        .filter(|problem| !problem.contains("directory/roleAssignments: not in the documents"))
        .filter(|problem| !problem.contains("conditionalAccess/policies: not in the documents"))
        .collect();
    assert_eq!(problems, Vec::<String>::new(), "{job}");
    browser.tenant_mut().clear_log();
}

fn id_of(browser: &Browser, group: &str) -> Guid {
    browser.tenant().group(group).unwrap().id.parse().unwrap()
}

#[test]
fn an_administrator_s_jobs_keep_to_the_documents() {
    let Some(schemas) = Schemas::load() else { return };
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let group = id_of(&browser, "Tier-0 Operators");
    let me: Guid = browser.tenant().person("ana").unwrap().id.parse().unwrap();

    let subject = Subject::Group { group: group.clone(), access: Access::Owner };
    let opened = block_on(policies::open(&client, &subject, &me));
    assert!(opened.holder.is_ok() && opened.policies.as_ref().unwrap().len() == 2 && opened.in_pim == Some(true));
    check(&browser, &schemas, "opening a group");

    let policy = policies::of_subject(opened.policies.as_ref().unwrap(), &subject).unwrap();
    let mut draft = Draft::default();
    for (setting, value) in every_kind_of_edit(&browser) {
        draft.set(policy, setting, value);
    }
    let Outcome::Finished(done) = block_on(save::save(&client, &subject, &draft, &|_| ())) else { panic!() };
    assert!(done.is_complete(), "{:?}", done.rules);
    assert!(done.rules.len() >= 7, "{:?}", done.rules);
    check(&browser, &schemas, "saving every kind of edit");

    assert!(!block_on(groups::in_pim(&client)).unwrap().groups.is_empty());
    assert!(!block_on(groups::find(&client, "")).unwrap().groups.is_empty());
    assert!(!block_on(groups::find(&client, "tier")).unwrap().groups.is_empty());
    check(&browser, &schemas, "finding groups");

    assert!(!block_on(directory::search(&client, "dana")).unwrap().entries.is_empty());
    assert_eq!(block_on(directory::names(&client, &[me, group])).unwrap().len(), 2);
    assert!(!block_on(directory::authentication_contexts(&client)).unwrap().is_empty());
    assert_eq!(block_on(directory::tenant_name(&client)).as_deref(), Some("Contoso"));
    check(&browser, &schemas, "looking up names");
}

#[test]
fn a_role_administrator_s_jobs_keep_to_the_documents() {
    let Some(schemas) = Schemas::load() else { return };
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let me: Guid = browser.tenant().person("ana").unwrap().id.parse().unwrap();
    let subject =
        Subject::Role { template: browser.tenant().role("Exchange Administrator").unwrap().id.parse().unwrap() };

    assert!(block_on(roles::list(&client)).unwrap().marked);
    check(&browser, &schemas, "listing roles");

    let opened = block_on(policies::open(&client, &subject, &me));
    let policy = policies::of_subject(opened.policies.as_ref().unwrap(), &subject).unwrap();
    check(&browser, &schemas, "opening a role");

    let mut draft = Draft::default();
    for (setting, value) in every_kind_of_edit(&browser) {
        draft.set(policy, setting, value);
    }
    let Outcome::Finished(done) = block_on(save::save(&client, &subject, &draft, &|_| ())) else { panic!() };
    assert!(done.is_complete(), "{:?}", done.rules);
    check(&browser, &schemas, "saving every kind of edit to a role");
}

#[test]
fn what_is_read_of_many_policies_keeps_to_the_documents() {
    let Some(schemas) = Schemas::load() else { return };
    let browser = Browser::new(&Seed::default());
    let (world, client) = slow_client(&browser, "ana", 10);
    let me: Guid = browser.tenant().person("ana").unwrap().id.parse().unwrap();
    let patience = Patience::default();

    let state = RefCell::new((MatrixRows::default(), Vec::<Row>::new()));
    for scope in [Scope::GroupsInPim, Scope::Roles] {
        let tell = |news: News| {
            let mut state = state.borrow_mut();
            let (table, rows) = &mut *state;
            table.take_in(rows, scope.kind(), news);
        };
        world.run(survey(&client, &scope, &patience, &tell));
    }
    let rows = state.into_inner().1;
    check(&browser, &schemas, "surveying groups and roles");

    world.run(dead_ends::read(&client, &rows, &RefCell::default(), &patience, &|_| ()));
    check(&browser, &schemas, "reading for dead ends");

    let group = id_of(&browser, "Network Operators");
    let subject = Subject::Group { group, access: Access::Member };
    let policy = world.run(policies::read(&client, &subject)).unwrap().unwrap();
    let context = (Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into())));
    let wanted: Vec<(Setting, Value)> = every_kind_of_edit(&browser)
        .into_iter()
        .filter(|(setting, _)| *setting != Setting::ActivationRequirement)
        .chain([context])
        .collect();
    let mut draft = Draft::default();
    for (setting, value) in wanted.clone() {
        draft.set(&policy, setting, value);
    }
    let known = Known { write: WriteRight::Likely, onboards: Some(false) };
    world.run(preflight::read(&client, &policy, &draft, known, true));
    check(&browser, &schemas, "checking a change against the tenant");

    let target = Target { subject, name: String::new() };
    let seen =
        world.run(look(&client, vec![Item { target, wanted, only_from: Vec::new() }], &me, &patience, &|_, _| ()));
    assert!(seen[0].policy.is_ok());
    check(&browser, &schemas, "planning a copy");
}

fn every_kind_of_edit(browser: &Browser) -> Vec<(Setting, Value)> {
    let id = |who: &str| browser.tenant().person(who).unwrap().id.clone();
    let mail = RuleId::ActivationAlert;
    vec![
        (Setting::ActivationDuration, Value::Duration("PT1H30M".into())),
        (Setting::ActivationRequirement, Value::Requirement(Requirement::Mfa)),
        (Setting::ActivationTicket, Value::Flag(true)),
        (Setting::ApprovalRequired, Value::Flag(true)),
        (
            Setting::Approvers,
            Value::Approvers(vec![
                Approver { kind: ApproverKind::User, id: id("dana") },
                Approver { kind: ApproverKind::Group, id: id_of(browser, "Tier-0 Operators").to_string() },
            ]),
        ),
        (Setting::EligibleExpiry, Value::Duration("P15D".into())),
        (Setting::ActiveExpiry, Value::Duration("P15D".into())),
        (Setting::ActiveMfa, Value::Flag(true)),
        (Setting::MailDefaults(mail), Value::Flag(false)),
        (Setting::MailRecipients(mail), Value::Recipients(vec!["soc@contoso.com".into()])),
        (Setting::MailCritical(mail), Value::Flag(true)),
    ]
}

#[test]
fn an_approver_s_jobs_keep_to_the_documents() {
    let Some(schemas) = Schemas::load() else { return };
    let browser = Browser::new(&Seed::default());
    let client = browser.client("dana");
    let me: Guid = browser.tenant().person("dana").unwrap().id.parse().unwrap();

    let inbox = block_on(approvals::inbox(&client, false, None));
    let theirs = inbox.requests.iter().find(|request| request.principal_id.as_ref() != Some(&me)).unwrap();
    assert!(block_on(approvals::open(&client, Some(Kind::Group), &theirs.id)).request.is_ok());
    check(&browser, &schemas, "reading the inbox");

    let outcome = block_on(decide::decide(&client, Kind::Group, &theirs.id, Decision::Approve, "CHG0012345", &me));
    assert!(matches!(outcome, decide::Outcome::Decided(_)), "{outcome:?}");
    check(&browser, &schemas, "approving");
}

#[test]
fn an_approver_s_jobs_for_roles_keep_to_the_documents() {
    let Some(schemas) = Schemas::load() else { return };
    let browser = Browser::new(&Seed::default());
    let client = browser.client_with_roles("dana");
    let me: Guid = browser.tenant().person("dana").unwrap().id.parse().unwrap();

    let inbox = block_on(approvals::inbox(&client, true, None));
    let of_role = |request: &&Request| request.kind() == Kind::Role && request.waits_for(&me);
    let theirs = inbox.requests.iter().find(of_role).unwrap();
    assert!(block_on(approvals::open(&client, Some(Kind::Role), &theirs.id)).request.is_ok());
    check(&browser, &schemas, "reading requests for roles");

    block_on(evidence::Evidences::default().gather(&client, &inbox.requests));
    check(&browser, &schemas, "gathering evidence");

    let found = block_on(history::history(&client, true, &[], &|| false, &|_, _| ()));
    assert!(!found.entries.is_empty());
    check(&browser, &schemas, "reading the history");

    let outcome = block_on(decide::decide(&client, Kind::Role, &theirs.id, Decision::Deny, "CHG0012345", &me));
    assert!(matches!(outcome, decide::Outcome::Decided(_)), "{outcome:?}");
    check(&browser, &schemas, "denying a role");
}
