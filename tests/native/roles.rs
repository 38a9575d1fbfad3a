//! Policies of Entra roles: found, opened, saved and undone by the same code as a group's.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample;
use crate::sample::browser::Browser;
use crate::sample::saving::{Desk, at_write, draft, finished, read, states, subject, writes};
use futures_executor::block_on;
use pim_desk::auth::scope::Scope;
use pim_desk::auth::session::Reason;
use pim_desk::desk::policies::{NoPolicy, Opened};
use pim_desk::desk::rights::WriteRight;
use pim_desk::desk::save::{NotStarted, Outcome, RuleState, save};
use pim_desk::desk::{policies, roles};
use pim_desk::directory::{Holder, RoleFilter};
use pim_desk::graph::Error;
use pim_desk::guid::Guid;
use pim_desk::policy::check::Cause;
use pim_desk::policy::{
    Access, Approver, ApproverKind, Draft, Policy, Requirement, RuleId, Setting, Subject, Value, carry, check,
};
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::json;

const ROLE: &str = "Exchange Administrator";

fn role(browser: &Browser, name: &str) -> Subject {
    Subject::Role { template: browser.tenant().role(name).unwrap().id.parse().unwrap() }
}

fn open(browser: &Browser, client: &Desk, person: &str, subject: &Subject) -> Opened {
    let me: Guid = browser.tenant().person(person).unwrap().id.parse().unwrap();
    block_on(policies::open(client, subject, &me))
}

/// One edit on each tab.
fn edits() -> Vec<(Setting, Value)> {
    vec![
        (Setting::ActivationDuration, Value::Duration("PT2H30M".into())),
        (Setting::EligibleExpiry, Value::Duration("P45D".into())),
        (Setting::MailRecipients(RuleId::ActivationAlert), Value::Recipients(vec!["night@contoso.com".into()])),
    ]
}

#[test]
fn all_roles_are_listed_by_name_with_their_marks() {
    let browser = Browser::new(&Seed::default());
    let list = block_on(roles::list(&browser.client("ana"))).unwrap();
    assert_eq!(list.roles.len(), browser.tenant().roles().len());
    assert!(list.marked && list.roles.is_sorted_by_key(|role| role.name.to_lowercase()));
    let shown = |filter: RoleFilter| list.roles.iter().filter(|role| filter.admits(role)).count();
    assert!(shown(RoleFilter::Privileged) > 20 && shown(RoleFilter::Custom) == 3);
    let global = list.roles.iter().find(|role| role.name == "Global Administrator").unwrap();
    assert_eq!((global.privileged, global.built_in), (Some(true), true));
}

#[test]
fn without_beta_the_list_stands_without_marks() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let effect = Effect::Refuse { status: 404, retry_after: None };
    browser.play(vec![Fault { method: None, path: "/beta/".into(), skip: 0, times: None, effect }]);
    let list = block_on(roles::list(&client)).unwrap();
    assert!(!list.marked && list.roles.len() > 60);
    assert!(list.roles.iter().all(|role| role.privileged.is_none()));
    let opened = open(&browser, &client, "ana", &role(&browser, ROLE));
    assert_eq!(opened.policies.unwrap().len(), 1);
}

#[test]
fn a_role_opens_with_one_policy_and_the_right_to_write_it() {
    let browser = Browser::new(&Seed::default());
    for (person, write) in [("ana", WriteRight::Likely), ("rhea", WriteRight::Unlikely)] {
        let client = browser.client(person);
        let opened = open(&browser, &client, person, &role(&browser, "Global Administrator"));
        let Ok(Holder::Role(found)) = &opened.holder else { panic!("{:?}", opened.holder) };
        assert_eq!((found.name.as_str(), found.privileged), ("Global Administrator", Some(true)));
        let policies = opened.policies.unwrap();
        assert_eq!((policies.len(), policies[0].rules.len()), (1, 17));
        assert_eq!((opened.write, opened.in_pim), (write, Some(true)), "{person}");
        for setting in Setting::all() {
            assert!(policies[0].read(setting).editable().is_some(), "{setting}");
        }
    }
    let client = browser.client("otto");
    let opened = open(&browser, &client, "otto", &role(&browser, ROLE));
    assert_eq!(opened.policies.err().and_then(|error| error.status()), Some(403));
}

#[test]
fn an_unknown_role_is_told_and_harms_nothing() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let nowhere = Subject::Role { template: "00000000-0000-4000-8000-00000000dead".parse().unwrap() };
    let opened = open(&browser, &client, "ana", &nowhere);
    assert_eq!(opened.holder.err().and_then(|error| error.status()), Some(404));
    let found = opened.policies.unwrap_or_default();
    assert_eq!(policies::of_subject(&found, &nowhere).err(), Some(NoPolicy::NotReturned));
}

#[test]
fn the_other_scope_type_is_asked_where_the_first_yields_nothing() {
    let nothing =
        |status, body: &str| Effect::Replace { status, content_type: "application/json".into(), body: body.to_owned() };
    for effect in
        [nothing(200, r#"{"value":[]}"#), nothing(400, r#"{"error":{"code":"UnknownScopeType","message":""}}"#)]
    {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        let subject = role(&browser, ROLE);
        browser.play(vec![Fault { method: None, path: "'DirectoryRole'".into(), skip: 0, times: None, effect }]);
        assert_eq!(open(&browser, &client, "ana", &subject).policies.unwrap().len(), 1);
        let draft = draft(&read(&client, &subject), &edits());
        assert!(finished(block_on(save(&client, &subject, &draft, &|_| ()))).is_complete());
    }
}

#[test]
fn changes_are_saved_read_back_and_undone() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let subject = role(&browser, ROLE);
    let before = read(&client, &subject);
    let draft = draft(&before, &edits());
    browser.tenant_mut().clear_log();
    let done = finished(block_on(save(&client, &subject, &draft, &|_| ())));
    assert!(done.is_complete(), "{:?}", states(&done));
    assert_eq!(writes(&browser).len(), 3);
    for (setting, value) in edits() {
        assert!(read(&client, &subject).read(setting).value.unwrap().means(&value), "{setting}");
    }
    // Neither another role nor any group was touched.
    let other = role(&browser, "Reports Reader");
    assert_ne!(read(&client, &other).read(Setting::EligibleExpiry).value, Some(edits()[1].1.clone()));

    let back = finished(block_on(save(&client, &subject, &done.undo(), &|_| ())));
    assert!(back.is_complete(), "{:?}", states(&back));
    let after = read(&client, &subject);
    for setting in Setting::all() {
        assert_eq!(after.read(setting), before.read(setting), "{setting}");
    }
}

#[test]
fn someone_else_s_change_of_the_same_setting_asks_and_of_another_is_kept() {
    for (rule, patch, conflicts) in [
        ("Expiration_EndUser_Assignment", json!({"maximumDuration": "PT1H"}), true),
        ("Notification_Requestor_EndUser_Assignment", json!({"notificationLevel": "Critical"}), false),
    ] {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        let subject = role(&browser, ROLE);
        let draft = draft(&read(&client, &subject), &edits());
        let effect = Effect::EditBefore {
            group: ROLE.into(),
            access: pim_desk_tenant::Access::Member,
            rule: rule.into(),
            patch,
            by: "rhea".into(),
        };
        let path = "roleDefinitionId".into();
        browser.play(vec![Fault { method: Some("GET".into()), path, skip: 0, times: Some(1), effect }]);
        match block_on(save(&client, &subject, &draft, &|_| ())) {
            Outcome::Conflicts { conflicts: found, theirs } => {
                assert!(conflicts && found.len() == 1 && writes(&browser).is_empty());
                assert_eq!(theirs.subject, subject);
            }
            Outcome::Finished(done) => {
                assert!(!conflicts && done.is_complete(), "{:?}", states(&done));
                let mail = Setting::MailCritical(RuleId::ActivationRequestor);
                assert_eq!(done.policy.read(mail).value, Some(Value::Flag(true)));
            }
            other @ Outcome::NotStarted(_) => panic!("{other:?}"),
        }
    }
}

#[test]
fn rotated_ids_and_a_lost_answer_are_settled_by_reading() {
    for effect in [Effect::RotateIds, Effect::DropAfter] {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        let subject = role(&browser, ROLE);
        let draft = draft(&read(&client, &subject), &edits());
        browser.play(vec![at_write("Expiration_EndUser", 1, effect.clone())]);
        let done = finished(block_on(save(&client, &subject, &draft, &|_| ())));
        let activation = done.rules.iter().find(|rule| rule.rule == RuleId::ActivationExpiration).unwrap();
        assert_eq!(activation.state, RuleState::Verified, "{effect:?}");
        let sent = writes(&browser).iter().filter(|(rule, _)| rule == "Expiration_EndUser_Assignment").count();
        assert_eq!(sent, 1, "{effect:?}: a write that took effect is not sent again");
    }
}

#[test]
fn all_transitions_of_the_requirement_arrive() {
    let wanted = || [Requirement::None, Requirement::Mfa, Requirement::Context("c1".into())];
    for from in wanted() {
        for to in wanted() {
            let browser = Browser::new(&Seed::default());
            let client = browser.client("ana");
            let subject = role(&browser, "Global Administrator");
            for step in [&from, &to] {
                let mut draft = Draft::default();
                draft.set(&read(&client, &subject), Setting::ActivationRequirement, Value::Requirement(step.clone()));
                let done = finished(block_on(save(&client, &subject, &draft, &|_| ())));
                assert!(done.is_complete(), "{from:?} -> {to:?}: {:?}", states(&done));
            }
            let now = read(&client, &subject).read(Setting::ActivationRequirement).value;
            assert_eq!(now, Some(Value::Requirement(to)));
        }
    }
}

#[test]
fn approval_without_a_named_approver_is_saved_for_a_role_only() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let unnamed = |policy: &Policy| {
        let mut draft = Draft::default();
        draft.set(policy, Setting::ApprovalRequired, Value::Flag(true));
        draft.set(policy, Setting::Approvers, Value::Approvers(Vec::new()));
        let causes: Vec<Cause> = check(policy, &draft, None).into_iter().map(|issue| issue.cause).collect();
        (draft, causes)
    };
    let subject = role(&browser, ROLE);
    let (draft, causes) = unnamed(&read(&client, &subject));
    assert_eq!(causes, [Cause::DefaultApprovers]);
    assert!(finished(block_on(save(&client, &subject, &draft, &|_| ()))).is_complete());
    let now = read(&client, &subject);
    assert_eq!(now.read(Setting::Approvers).value, Some(Value::Approvers(Vec::new())));
    assert_eq!(now.read(Setting::ApprovalRequired).value, Some(Value::Flag(true)));

    let group = sample::saving::subject(&browser, "Tier-1 Server Administrators");
    let (draft, causes) = unnamed(&read(&client, &group));
    assert!(causes.contains(&Cause::NoApprover), "{causes:?}");
    let outcome = block_on(save(&client, &group, &draft, &|_| ()));
    assert!(matches!(outcome, Outcome::NotStarted(NotStarted::Invalid { .. })), "{outcome:?}");
}

#[test]
fn without_the_right_or_the_permission_nothing_is_written() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("rhea");
    let subject = role(&browser, ROLE);
    let wanted = draft(&read(&client, &subject), &edits());
    let done = finished(block_on(save(&client, &subject, &wanted, &|_| ())));
    let RuleState::Failed(error) = &done.rules[0].state else { panic!("{:?}", states(&done)) };
    assert_eq!(error.status(), Some(403));
    assert!(done.rules[1..].iter().all(|rule| rule.state == RuleState::NotAttempted));

    let mut consented = Scope::SIGN_IN.map(|scope| scope.name().to_owned()).to_vec();
    consented.extend([Scope::RoleRead, Scope::RolePolicyRead].map(|scope| scope.name().to_owned()));
    let browser = Browser::new(&Seed { consented, ..Seed::default() });
    let client = browser.client("ana");
    let wanted = draft(&read(&client, &subject), &edits());
    browser.tenant_mut().clear_log();
    let outcome = block_on(save(&client, &subject, &wanted, &|_| ()));
    let Outcome::NotStarted(NotStarted::Error(Error::SignIn(needed))) = outcome else { panic!("{outcome:?}") };
    assert_eq!(needed.reason, Reason::Consent);
    assert!(needed.scopes.contains(&Scope::RolePolicyWrite) && !needed.scopes.contains(&Scope::PolicyWrite));
    assert!(browser.sent().is_empty());
}

#[test]
fn the_first_look_at_roles_asks_for_one_more_permission() {
    let consented = Scope::SIGN_IN.map(|scope| scope.name().to_owned()).to_vec();
    let browser = Browser::new(&Seed { consented, ..Seed::default() });
    let client = browser.client("ana");
    let Err(Error::SignIn(needed)) = block_on(roles::list(&client)) else { panic!("no consent was needed") };
    assert_eq!(needed.reason, Reason::Consent);
    assert!(needed.scopes.contains(&Scope::RoleRead));
    // The groups of the same person can still be opened.
    let group = subject(&browser, sample::saving::GROUP);
    assert_eq!(open(&browser, &client, "ana", &group).policies.unwrap().len(), 2);
}

#[test]
fn a_role_s_settings_are_copied_to_a_group_and_back() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let strict = role(&browser, "Global Administrator");
    let group = Subject::Group { group: subject(&browser, sample::saving::GROUP).id().clone(), access: Access::Owner };
    let copy = |from: &Subject, onto: &Subject| {
        let (source, target) = (read(&client, from), read(&client, onto));
        let copied = carry(&source, &target, &Draft::default());
        let mut draft = Draft::default();
        copied.take(&target, &mut draft, &copied.proposed());
        let done = finished(block_on(save(&client, onto, &draft, &|_| ())));
        assert!(done.is_complete(), "{:?}", states(&done));
        let again = carry(&source, &read(&client, onto), &Draft::default());
        assert!(again.carried.is_empty(), "{again:?}");
        copied.carried.len()
    };
    assert!(copy(&strict, &group) >= 6);
    let now = read(&client, &group);
    assert_eq!(now.read(Setting::ActivationDuration).value, Some(Value::Duration("PT1H".into())));

    let mut draft = Draft::default();
    let dana = browser.tenant().person("dana").unwrap().id.clone();
    let one = Value::Approvers(vec![Approver { kind: ApproverKind::User, id: dana }]);
    draft.set(&now, Setting::Approvers, one.clone());
    draft.set(&now, Setting::ActivationDuration, Value::Duration("PT3H".into()));
    assert!(finished(block_on(save(&client, &group, &draft, &|_| ()))).is_complete());
    assert!(copy(&group, &strict) >= 2);
    let back = read(&client, &strict);
    assert_eq!(back.read(Setting::Approvers).value, Some(one));
    assert_eq!(back.read(Setting::ActivationDuration).value, Some(Value::Duration("PT3H".into())));
}
