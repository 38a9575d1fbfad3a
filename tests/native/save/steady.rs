//! A first read that may come from a replica that lags: nothing counts as done, or is undone, because of it.

use crate::sample::browser::Browser;
use crate::sample::saving::{Desk, GROUP, finished, read, reads, stored, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::save::{NotStarted, Outcome, save, save_watched, steady};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Draft, Policy, RuleId, Setting, Value};
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::json;

fn edit(policy: &Policy, setting: Setting, value: Value) -> Draft {
    let mut draft = Draft::default();
    draft.set(policy, setting, value);
    assert_eq!(draft.len(), 1);
    draft
}

fn hours(policy: &Policy, text: &str) -> Draft {
    edit(policy, Setting::ActivationDuration, Value::Duration(text.into()))
}

/// A tenant, and the answer of a replica that lags.
fn ground() -> (Browser, Desk, Policy, String) {
    ground_of(&Seed::default())
}

fn ground_of(seed: &Seed) -> (Browser, Desk, Policy, String) {
    let browser = Browser::new(seed);
    let client = browser.client("ana");
    let policy = read(&client, &subject(&browser, GROUP));
    let old = browser.sent().last().map(|one| one.outcome.body.clone()).unwrap_or_default();
    assert!(old.contains("maximumDuration"));
    (browser, client, policy, old)
}

/// The replica answers the reads with these numbers.
fn lagging(browser: &Browser, old: &str, numbers: &[u32]) {
    let fault = |skip: &u32| Fault {
        method: Some("GET".into()),
        path: "roleDefinitionId".into(),
        skip: *skip,
        times: Some(1),
        effect: Effect::Replace { status: 200, content_type: "application/json".into(), body: old.into() },
    };
    browser.play(numbers.iter().map(fault).collect());
}

fn saved(browser: &Browser, client: &Desk, draft: &Draft, seen: Option<&Policy>) -> Outcome {
    let subject = subject(browser, GROUP);
    block_on(save_watched(client, &subject, draft, None, seen, &|_| (), &Patience::default()))
}

#[test]
fn an_undo_is_not_done_because_an_old_answer_says_so() {
    for knows in [true, false] {
        let (browser, client, policy, old) = ground();
        let before = policy.read(Setting::ActivationDuration).value;
        let done = finished(block_on(save(&client, &policy.subject, &hours(&policy, "PT2H"), &|_| ())));
        assert!(done.is_complete());
        lagging(&browser, &old, &[0]);
        let undone = finished(saved(&browser, &client, &done.undo(), knows.then_some(&done.policy)));
        assert_eq!((writes(&browser).len(), undone.is_complete(), undone.already.len()), (1, true, 0));
        assert_eq!(undone.policy.read(Setting::ActivationDuration).value, before);
    }
}

#[test]
fn an_old_answer_takes_nothing_back_that_was_saved_in_the_same_rule() {
    let (browser, client, policy, old) = ground();
    let ticket = edit(&policy, Setting::ActivationTicket, Value::Flag(true));
    let done = finished(block_on(save(&client, &policy.subject, &ticket, &|_| ())));
    assert!(done.is_complete());
    let reason = edit(&done.policy, Setting::ActivationJustification, Value::Flag(false));
    lagging(&browser, &old, &[0]);
    assert!(finished(saved(&browser, &client, &reason, Some(&done.policy))).is_complete());
    let rules = &stored(&browser, RuleId::ActivationEnablement)["enabledRules"];
    assert!(rules.as_array().is_some_and(|list| list.contains(&json!("Ticketing"))), "{rules}");
}

#[test]
fn a_kept_edit_is_not_dropped_because_an_old_answer_holds_it() {
    for lags in [true, false] {
        let (browser, client, policy, old) = ground();
        let done = finished(block_on(save(&client, &policy.subject, &hours(&policy, "PT2H"), &|_| ())));
        let mut kept = if lags { done.undo() } else { hours(&policy, "PT2H") };
        lagging(&browser, &old, if lags { &[0] } else { &[] });
        let first = read(&client, &policy.subject);
        assert!(kept.is_held(&first));
        let (now, _) = block_on(steady(&client, &policy.subject, first)).unwrap();
        kept.settle(&now);
        assert_eq!((kept.len(), reads(&browser)), (usize::from(lags), if lags { 3 } else { 2 }));
    }
}

/// A service that does not date changes, so nothing shows which of two answers is older.
#[test]
fn where_no_two_answers_agree_nothing_is_sent() {
    let (browser, client, policy, old) = ground_of(&Seed { keeps_dates: true, ..Seed::default() });
    let done = finished(block_on(save(&client, &policy.subject, &hours(&policy, "PT2H"), &|_| ())));
    lagging(&browser, &old, &[0, 2, 4]);
    let outcome = saved(&browser, &client, &hours(&done.policy, "PT3H"), Some(&done.policy));
    let Outcome::NotStarted(NotStarted::Unsteady) = outcome else { panic!("{outcome:?}") };
    assert_eq!((reads(&browser), writes(&browser).len()), (5, 0));
}
