//! A save that was accepted and not seen arrives while the person edits the same setting again: that is nobody else's
//! change, and the next save starts from it.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::RefCell;

use crate::sample::browser::Browser;
use crate::sample::saving::{Desk, GROUP, at_write, draft, finished, opening, read, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::editing;
use pim_desk::desk::receipts;
use pim_desk::desk::save::{Outcome, RuleState, Step, save};
use pim_desk::policy::draft::Edit;
use pim_desk::policy::merge::Conflict;
use pim_desk::policy::{Draft, RuleId, Setting, Value};
use pim_desk::receipt::{Receipt, RuleEnd};
use pim_desk_tenant::{Effect, Seed};
use serde_json::json;

const DURATION: Setting = Setting::ActivationDuration;

fn hours(text: &str) -> Value {
    Value::Duration(text.into())
}

/// A save of three hours that was accepted and does not show; with its receipt, and an edit to two hours that started
/// from what the policy had before.
fn unseen(browser: &Browser) -> (Desk, Receipt, Draft) {
    let client = browser.client("ana");
    let subject = subject(browser, GROUP);
    let before = read(&client, &subject);
    browser.play(vec![at_write("Expiration_EndUser", 1, Effect::NeverStored)]);
    let receipt = RefCell::new(None);
    let on_step = |step: Step<'_>| {
        if let Step::Planned(planned) = step {
            *receipt.borrow_mut() = Some(receipts::open(opening(&subject), planned, 0));
        }
    };
    let done = finished(block_on(save(&client, &subject, &draft(&before, &[(DURATION, hours("PT3H"))]), &on_step)));
    assert_eq!(done.rules[0].state, RuleState::NotVisibleYet);
    let mut receipt = receipt.take().unwrap();
    receipts::close(&mut receipt, &done, 0);
    browser.play(Vec::new());
    (client, receipt, draft(&before, &[(DURATION, hours("PT2H"))]))
}

fn arrives(browser: &Browser, text: &str) {
    let patch = json!({ "maximumDuration": text });
    browser.tenant_mut().edit_rule(GROUP, "member", RuleId::ActivationExpiration.as_str(), patch, "ana", 0);
}

fn conflicts(outcome: Outcome) -> Vec<Conflict> {
    match outcome {
        Outcome::Conflicts { conflicts, .. } => conflicts,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_next_save_starts_from_what_arrived() {
    let browser = Browser::new(&Seed::default());
    let (client, receipt, mut next) = unseen(&browser);
    let subject = subject(&browser, GROUP);
    arrives(&browser, "PT3H");
    let found = conflicts(block_on(save(&client, &subject, &next, &|_| ())));
    assert!(editing::go_on_from_open(&receipt, &found, &mut next));
    assert_eq!(next.edit(DURATION), Some(&Edit { base: hours("PT3H"), mine: hours("PT2H") }));
    assert!(finished(block_on(save(&client, &subject, &next, &|_| ()))).is_complete());
    assert_eq!(read(&client, &subject).read(DURATION).value, Some(hours("PT2H")));
    let sent: Vec<_> = writes(&browser).into_iter().map(|(_, body)| body["maximumDuration"].clone()).collect();
    assert_eq!(sent, ["PT2H"]);
}

#[test]
fn another_value_and_a_save_whose_end_is_known_are_asked_about() {
    let browser = Browser::new(&Seed::default());
    let (client, mut receipt, mut next) = unseen(&browser);
    let subject = subject(&browser, GROUP);
    let start = next.clone();
    arrives(&browser, "PT6H");
    let found = conflicts(block_on(save(&client, &subject, &next, &|_| ())));
    assert!(!editing::go_on_from_open(&receipt, &found, &mut next));
    arrives(&browser, "PT3H");
    let found = conflicts(block_on(save(&client, &subject, &next, &|_| ())));
    receipt.rules[0].end = RuleEnd::Verified;
    assert!(!editing::go_on_from_open(&receipt, &found, &mut next));
    assert_eq!(next, start);
    assert!(writes(&browser).is_empty());
}
