//! Policy IDs that change during a save (graph.md G1): they are looked up after a write to one that is gone.

use crate::sample::browser::Browser;
use crate::sample::saving::{at_write, draft, finished, read, reads, run, states, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::save::{RuleState, save};
use pim_desk::policy::{Requirement, RuleId, Setting, Value};
use pim_desk_tenant::{Effect, Fault, Seed};

fn need(wanted: Requirement) -> (Setting, Value) {
    (Setting::ActivationRequirement, Value::Requirement(wanted))
}

#[test]
fn ids_that_change_with_every_write_are_looked_up_every_time() {
    let browser = Browser::new(&Seed::default());
    let done = finished(run(&browser, &super::three(), vec![at_write("/rules/", 99, Effect::RotateIds)]));
    assert!(done.is_complete(), "{:?}", states(&done));
}

#[test]
fn a_changed_id_does_not_part_mfa_and_context() {
    let browser = Browser::new(&Seed::default());
    let (client, subject) = (browser.client("ana"), subject(&browser, crate::sample::saving::GROUP));
    let edits = [
        need(Requirement::Context("c1".into())),
        (Setting::ApprovalRequired, Value::Flag(true)),
        (Setting::ActiveExpiry, Value::Duration("P15D".into())),
    ];
    let policy = read(&client, &subject);
    let edits: Vec<_> = edits.into_iter().filter(|(s, v)| !policy.read(*s).value.unwrap().means(v)).collect();
    let draft = draft(&policy, &edits);
    browser.play(vec![at_write("/rules/", 99, Effect::RotateIds)]);
    let done = finished(block_on(save(&client, &subject, &draft, &|_| ())));
    assert!(done.is_complete() && done.exposed().is_empty(), "{:?}", states(&done));
}

/// After the first write, the list of policies still has the old ID for this many reads.
fn listed_late(times: u32) -> (usize, usize, Vec<RuleState>) {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let subject = subject(&browser, crate::sample::saving::GROUP);
    let policy = read(&client, &subject);
    let old = browser.sent().last().map(|one| one.outcome.body.clone()).unwrap_or_default();
    let draft = draft(&policy, &super::three());
    let late = Fault {
        method: Some("GET".into()),
        path: "roleDefinitionId".into(),
        skip: 1,
        times: Some(times),
        effect: Effect::Replace { status: 200, content_type: "application/json".into(), body: old },
    };
    browser.play(vec![at_write("Expiration_EndUser", 1, Effect::RotateIds), late]);
    let done = finished(block_on(save(&client, &subject, &draft, &|_| ())));
    (writes(&browser).len(), reads(&browser), done.rules.into_iter().map(|rule| rule.state).collect())
}

#[test]
fn an_id_that_is_listed_late_is_looked_up_again() {
    let (sent, _, states) = listed_late(2);
    assert_eq!((sent, states), (4, vec![RuleState::Verified; 3]), "404, then the new id, once");
}

#[test]
fn a_rule_is_not_sent_twice_to_the_same_id() {
    let (sent, _, states) = listed_late(99);
    assert_eq!(sent, 2, "the first rule, and the second to the id that is gone");
    assert!(matches!(&states[1], RuleState::Failed(error) if error.status() == Some(404)), "{states:?}");
    assert_eq!(states[2], RuleState::NotAttempted);
    assert_eq!(RuleId::ActiveExpiration.as_str(), "Expiration_Admin_Assignment");
}
