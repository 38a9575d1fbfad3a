//! Saving a policy against the emulated tenant: the order and bodies of the requests, and that every report is true
//! under every fault.

mod arrived;
mod beside;
mod due;
mod faults;
mod halves;
mod ids;
mod older;
mod pair;
mod protection;
mod refused;
mod steady;
mod stops;
mod transitions;
mod watched;

use crate::sample::browser::Browser;
use crate::sample::saving::{GROUP, at_write, draft, finished, read, reads, run, states, stored, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::preflight::{Known, read as look};
use pim_desk::desk::rights::WriteRight;
use pim_desk::desk::save::{NotStarted, Outcome, RuleState, START_MS, Start, save, save_watched};
use pim_desk::graph::Error;
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Draft, Requirement, RuleId, Setting, Value};
use pim_desk_tenant::{Access as TenantAccess, Effect, Fault, Seed};
use serde_json::{Value as Json, json};

/// Three edits in three rules: one of activation, one of assignment, one email.
fn three() -> Vec<(Setting, Value)> {
    vec![
        (Setting::ActivationDuration, Value::Duration("PT2H30M".into())),
        (Setting::ActiveExpiry, Value::Duration("P15D".into())),
        (
            Setting::MailRecipients(RuleId::ActivationRequestor),
            Value::Recipients(vec!["soc@contoso.com".into(), "night@contoso.com".into()]),
        ),
    ]
}

const ORDER: [RuleId; 3] = [RuleId::ActivationExpiration, RuleId::ActiveExpiration, RuleId::ActivationRequestor];

#[test]
fn changed_rules_are_sent_whole_in_order_and_read_back() {
    let browser = Browser::new(&Seed::default());
    let before = stored(&browser, RuleId::ActivationExpiration);
    let done = finished(run(&browser, &three(), Vec::new()));
    assert!(done.is_complete());
    let sent = writes(&browser);
    assert_eq!(sent.iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(), ORDER.map(RuleId::as_str));
    let mut expected = before;
    expected["maximumDuration"] = json!("PT2H30M");
    assert_eq!(sent[0].1["maximumDuration"], expected["maximumDuration"]);
    assert_eq!(sent[0].1["target"]["caller"], "EndUser");
    assert_eq!(sent[0].1["@odata.type"], expected["@odata.type"]);
    assert_eq!(stored(&browser, RuleId::ActiveExpiration)["maximumDuration"], "P15D");
    // one read before, two agreeing ones after
    assert_eq!(reads(&browser), 3);
    // nobody else's rule was touched
    assert_eq!(done.policy.modified_by.as_deref(), Some("Ana Brandão"));
}

/// The review has read the policy; the person saves after `passes` has run. Returns how many reads the save added.
fn reads_after_a_review(browser: &Browser, passes: impl Fn(&Browser)) -> (usize, Outcome) {
    let client = browser.client("ana");
    let subject = subject(browser, GROUP);
    let policy = read(&client, &subject);
    let draft = draft(&policy, &three());
    let known = Known { write: WriteRight::Likely, onboards: Some(false) };
    let start: Option<Start> = block_on(look(&client, &policy, &draft, known, true)).start;
    assert!(start.is_some());
    passes(browser);
    browser.play(Vec::new());
    let outcome = block_on(save_watched(&client, &subject, &draft, start, None, &|_| (), &Patience::default()));
    (reads(browser), outcome)
}

#[test]
fn after_a_review_a_save_of_three_rules_adds_two_reads() {
    for (later_ms, expected) in [(0, 2), (START_MS - 1, 2), (START_MS + 1, 3)] {
        let browser = Browser::new(&Seed::default());
        let (reads, outcome) = reads_after_a_review(&browser, |browser| browser.pass(later_ms));
        assert!(finished(outcome).is_complete());
        assert_eq!((writes(&browser).len(), reads), (3, expected), "{later_ms} ms after the review");
        assert_eq!(browser.sent().len(), 3 + expected);
    }
}

// The laptop was closed in between: what the review read may be hours old.
#[test]
fn a_save_after_the_computer_slept_reads_again() {
    for (slept_ms, expected) in [(START_MS - 1, 2), (3_600_000, 3)] {
        let browser = Browser::new(&Seed::default());
        let (reads, outcome) = reads_after_a_review(&browser, |browser| browser.sleep_over(slept_ms));
        assert!(finished(outcome).is_complete());
        assert_eq!(reads, expected, "{slept_ms} ms");
    }
    // The wall clock was set back: the age of the read is unknown.
    let browser = Browser::new(&Seed::default());
    let (reads, _) = reads_after_a_review(&browser, |browser| browser.sleep_over(-60_000));
    assert_eq!(reads, 3);
}

#[test]
fn undo_brings_back_what_was() {
    let browser = Browser::new(&Seed::default());
    let before = ORDER.map(|rule| stored(&browser, rule));
    let done = finished(run(&browser, &three(), Vec::new()));
    let undo = done.undo();
    assert_eq!(undo.len(), 3);
    let client = browser.client("ana");
    let again = finished(block_on(save(&client, &subject(&browser, GROUP), &undo, &|_| ())));
    assert!(again.is_complete());
    for (rule, before) in ORDER.into_iter().zip(before) {
        let after = stored(&browser, rule);
        for field in ["maximumDuration", "notificationRecipients"] {
            assert_eq!(after[field], before[field], "{rule:?}");
        }
    }
}

#[test]
fn replication_lag_ends_in_verified_or_not_visible_yet_but_never_in_a_second_write() {
    for (lag_ms, expected) in
        [(2_000, RuleState::Verified), (20_000, RuleState::Verified), (60_000, RuleState::NotVisibleYet)]
    {
        let browser = Browser::new(&Seed::default());
        let done = finished(run(&browser, &three(), vec![at_write("/rules/", 3, Effect::Lag { ms: lag_ms })]));
        assert_eq!(states(&done), ORDER.map(|rule| (rule, expected.clone())), "{lag_ms}");
        assert_eq!(writes(&browser).len(), 3);
    }
}

#[test]
fn what_was_never_stored_is_not_called_saved() {
    let browser = Browser::new(&Seed::default());
    let fault = at_write("Expiration_Admin_Assignment", 1, Effect::NeverStored);
    let done = finished(run(&browser, &three(), vec![fault]));
    assert_eq!(done.rules[1].state, RuleState::NotVisibleYet);
    assert_eq!(done.rules[0].state, RuleState::Verified);
    assert!(!done.is_complete());
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    for (effect, expected) in [(Effect::DropAfter, RuleState::Verified), (Effect::DropBefore, RuleState::Unknown)] {
        let browser = Browser::new(&Seed::default());
        let done = finished(run(&browser, &three(), vec![at_write("Expiration_EndUser", 1, effect)]));
        assert_eq!(done.rules[0].state, expected);
        assert_eq!((&done.rules[1].state, &done.rules[2].state), (&RuleState::NotAttempted, &RuleState::NotAttempted));
        assert_eq!(writes(&browser).len(), 1, "a write is never sent twice");
    }
}

#[test]
fn a_server_fault_is_settled_by_reading_too() {
    for status in [500, 502, 504] {
        let browser = Browser::new(&Seed::default());
        let fault = at_write("Expiration_EndUser", 1, Effect::Refuse { status, retry_after: None });
        let done = finished(run(&browser, &three(), vec![fault]));
        assert_eq!(done.rules[0].state, RuleState::Unknown, "{status}");
        assert_eq!(writes(&browser).len(), 1);
    }
}

#[test]
fn throttling_is_waited_out() {
    for retry_after in [Some("7".to_owned()), None] {
        let browser = Browser::new(&Seed::default());
        let fault = at_write("/rules/", 2, Effect::Refuse { status: 429, retry_after });
        let done = finished(run(&browser, &three(), vec![fault]));
        assert!(done.is_complete());
        let sent = browser.sent();
        let patches: Vec<_> = sent.iter().filter(|exchange| exchange.request.method == "PATCH").collect();
        assert_eq!(patches.len(), 5);
        assert!(patches[1].at_ms - patches[0].at_ms >= 1_000);
    }
}

#[test]
fn rotated_ids_are_resolved_once_and_the_rule_is_sent_to_the_new_one() {
    let browser = Browser::new(&Seed::default());
    let before = browser.tenant().policy_id(GROUP, "member");
    let done = finished(run(&browser, &three(), vec![at_write("Expiration_EndUser", 1, Effect::RotateIds)]));
    assert!(done.is_complete(), "{:?}", states(&done));
    assert_ne!(browser.tenant().policy_id(GROUP, "member"), before);
    let sent = writes(&browser);
    assert_eq!(
        sent.iter().filter(|(rule, _)| rule == "Expiration_Admin_Assignment").count(),
        2,
        "404, then the new id"
    );
    assert_eq!(sent.len(), 4);
}

#[test]
fn a_group_s_first_write_brings_it_into_pim() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let group = "Break-glass custodians";
    let subject = subject(&browser, group);
    assert!(!browser.tenant().is_onboarded(&subject.id().to_string()));
    let draft = draft(&read(&client, &subject), &three());
    let done = finished(block_on(save(&client, &subject, &draft, &|_| ())));
    assert!(done.is_complete(), "{:?}", states(&done));
    assert!(browser.tenant().is_onboarded(&subject.id().to_string()));
}

fn another_administrator(rule: &str, patch: Json) -> Fault {
    let effect = Effect::EditBefore {
        group: GROUP.into(),
        access: TenantAccess::Member,
        rule: rule.into(),
        patch,
        by: "olga".into(),
    };
    Fault { method: Some("GET".into()), path: "roleDefinitionId".into(), skip: 0, times: Some(1), effect }
}

#[test]
fn someone_else_s_other_setting_is_kept() {
    let browser = Browser::new(&Seed::default());
    let fault =
        another_administrator("Notification_Requestor_EndUser_Assignment", json!({"notificationLevel": "Critical"}));
    let done = finished(run(&browser, &three(), vec![fault]));
    assert!(done.is_complete());
    let rule = stored(&browser, RuleId::ActivationRequestor);
    assert_eq!(rule["notificationLevel"], "Critical");
    assert!(rule["notificationRecipients"].as_array().unwrap().contains(&json!("night@contoso.com")));
}

#[test]
fn someone_else_s_same_setting_asks_and_sends_nothing() {
    let browser = Browser::new(&Seed::default());
    let fault = another_administrator("Expiration_EndUser_Assignment", json!({"maximumDuration": "PT1H"}));
    let Outcome::Conflicts { conflicts, theirs } = run(&browser, &three(), vec![fault]) else { panic!() };
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].theirs, Some(Value::Duration("PT1H".into())));
    assert_eq!(theirs.modified_by.as_deref(), Some("Olga Petrenko"));
    assert!(writes(&browser).is_empty());
}

#[test]
fn a_revoked_token_stops_before_the_next_rule_and_is_not_retried() {
    let browser = Browser::new(&Seed::default());
    let done = finished(run(&browser, &three(), vec![at_write("Expiration_Admin_Assignment", 1, Effect::RevokeToken)]));
    assert_eq!(done.rules[0].state, RuleState::Verified);
    assert!(matches!(done.rules[1].state, RuleState::Failed(_)), "{:?}", done.rules[1].state);
    assert_eq!(done.rules[2].state, RuleState::NotAttempted);
    assert_eq!(writes(&browser).len(), 2);
}

#[test]
fn a_step_up_asks_for_a_sign_in_with_its_claims() {
    let browser = Browser::new(&Seed::default());
    let fault = at_write("/rules/", 9, Effect::StepUp { context: "c1".into() });
    let done = finished(run(&browser, &three(), vec![fault]));
    let RuleState::Failed(Error::SignIn(needed)) = &done.rules[0].state else { panic!("{:?}", done.rules[0].state) };
    assert!(needed.claims.as_ref().unwrap().contains("c1"));
    assert_eq!(writes(&browser).len(), 1);
}

#[test]
fn without_the_right_nothing_is_written() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("rhea");
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&client, &subject), &three());
    let done = finished(block_on(save(&client, &subject, &draft, &|_| ())));
    let RuleState::Failed(error) = &done.rules[0].state else { panic!() };
    assert_eq!(error.status(), Some(403));
    assert_eq!(done.rules[2].state, RuleState::NotAttempted, "a person without the right has it for no rule");
    assert_eq!(done.undo().len(), 0);
}

#[test]
fn without_the_permission_the_person_is_asked_before_anything_is_sent() {
    let consented = pim_desk::auth::scope::Scope::SIGN_IN.map(|scope| scope.name().to_owned()).to_vec();
    let browser = Browser::new(&Seed { consented, ..Seed::default() });
    let Outcome::NotStarted(NotStarted::Error(Error::SignIn(_))) = run(&browser, &three(), Vec::new()) else {
        panic!()
    };
    assert!(browser.sent().is_empty());
}

#[test]
fn all_transitions_arrive_and_the_tenant_never_refuses_the_order() {
    let wanted = || [Requirement::None, Requirement::Mfa, Requirement::Context("c1".into())];
    for from in wanted() {
        for to in wanted() {
            let browser = Browser::new(&Seed::default());
            let client = browser.client("ana");
            let subject = subject(&browser, GROUP);
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
