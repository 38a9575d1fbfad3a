//! Swapping MFA and an authentication context takes two writes. A stop or pause between them does not leave the
//! policy open: the second is sent first. Otherwise nothing is sent after a stop or during a pause.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::saving::{GROUP, at_write, draft, finished, read, run, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::save::{Finished, Outcome, RuleState, Step, has_begun_swap, save_watched};
use pim_desk::graph::client::Waiting;
use pim_desk::graph::patience::Patience;
use pim_desk::policy::change::changes;
use pim_desk::policy::{Draft, Requirement, RuleId, Setting, Subject, Value};
use pim_desk::text;
use pim_desk_tenant::{Effect, Fault, Seed};

fn requirement(wanted: Requirement) -> (Setting, Value) {
    (Setting::ActivationRequirement, Value::Requirement(wanted))
}

/// From MFA to a context, and a rule that weakens, which comes last.
fn edits() -> Vec<(Setting, Value)> {
    vec![requirement(Requirement::Context("c1".into())), (Setting::ActivationDuration, Value::Duration("PT23H".into()))]
}

fn start(edits: &[(Setting, Value)]) -> (Browser, Subject, Draft) {
    let browser = Browser::new(&Seed::default());
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&browser.client("ana"), &subject), edits);
    (browser, subject, draft)
}

fn ends(done: &Finished) -> Vec<(RuleId, RuleState)> {
    done.rules.iter().map(|rule| (rule.rule, rule.state.clone())).collect()
}

/// Stops as soon as this rule is accepted.
fn stop_at(patience: &Patience, accepted: RuleId) -> impl Fn(Step<'_>) {
    let patience = patience.clone();
    move |step: Step<'_>| {
        let Step::Rules(rules) = step else { return };
        if rules.iter().any(|rule| rule.rule == accepted && rule.state == RuleState::Accepted) {
            patience.stop();
        }
    }
}

#[test]
fn a_stop_between_the_halves_waits_for_the_second() {
    let (browser, subject, draft) = start(&edits());
    let client = browser.client("ana");
    browser.play(Vec::new());
    let patience = Patience::watched(Rc::new(|_| ()));
    let on_step = stop_at(&patience, RuleId::ActivationEnablement);
    let done = finished(block_on(save_watched(&client, &subject, &draft, None, None, &on_step, &patience)));
    assert_eq!(
        ends(&done),
        [
            (RuleId::ActivationEnablement, RuleState::Verified),
            (RuleId::ActivationContext, RuleState::Verified),
            (RuleId::ActivationExpiration, RuleState::NotAttempted),
        ]
    );
    assert!(done.exposed().is_empty());
    let sent = writes(&browser);
    let rules: Vec<&str> = sent.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(rules, [RuleId::ActivationEnablement.as_str(), RuleId::ActivationContext.as_str()]);
    assert_eq!((&sent[1].1["isEnabled"], &sent[1].1["claimValue"]), (&true.into(), &"c1".into()));
    assert!(patience.is_stopped(), "the stop holds once the pair is whole");
}

#[test]
fn a_stop_while_the_second_half_waits_does_not_end_it() {
    let (browser, subject, draft) = start(&edits());
    let client = browser.client("ana");
    let slow = Effect::Refuse { status: 429, retry_after: Some("30".into()) };
    browser.play(vec![at_write("AuthenticationContext", 2, slow)]);
    let patience: Rc<RefCell<Option<Patience>>> = Rc::default();
    let inner = patience.clone();
    let on_wait = Rc::new(move |_: Option<Waiting>| inner.borrow().iter().for_each(Patience::stop));
    *patience.borrow_mut() = Some(Patience::watched(on_wait));
    let asked = patience.borrow().clone().unwrap();
    let done = finished(block_on(save_watched(&client, &subject, &draft, None, None, &|_| (), &asked)));
    assert!(done.exposed().is_empty());
    assert_eq!(ends(&done)[1], (RuleId::ActivationContext, RuleState::Verified));
    assert_eq!(ends(&done)[2], (RuleId::ActivationExpiration, RuleState::NotAttempted));
    assert_eq!(writes(&browser).len(), 4, "the first half, two refusals of the second, the second");
}

#[test]
fn neither_half_is_sent_where_the_second_would_be_held_back() {
    let browser = Browser::new(&Seed::default());
    let first =
        vec![requirement(Requirement::Context("c1".into())), (Setting::ActivationJustification, Value::Flag(true))];
    let now = read(&browser.client("ana"), &subject(&browser, GROUP));
    let first: Vec<_> = first.into_iter().filter(|(s, v)| !now.read(*s).value.unwrap().means(v)).collect();
    assert!(finished(run(&browser, &first, Vec::new())).is_complete());
    // Back to MFA; the rule that requires it drops the justification, so it is sent only if all others succeed.
    let back = [
        requirement(Requirement::Mfa),
        (Setting::ActivationJustification, Value::Flag(false)),
        (Setting::MailRecipients(RuleId::ActivationRequestor), Value::Recipients(vec!["soc@contoso.com".into()])),
    ];
    let refused = Effect::Refuse { status: 400, retry_after: None };
    let done = finished(run(&browser, &back, vec![at_write("Notification_Requestor_EndUser", 1, refused)]));
    assert_eq!(writes(&browser).len(), 1, "{:?}", ends(&done));
    assert!(done.exposed().is_empty());
}

/// Runs a save step by step, and pauses it when it first waits. Returns how many writes were sent before and after
/// five minutes of pause, and the outcome once it continues.
fn paused_in_a_wait(edits: &[(Setting, Value)], fault: Fault) -> (usize, usize, Outcome) {
    let (browser, subject, draft) = start(edits);
    let (world, client) = slow_client(&browser, "ana", 20);
    browser.play(vec![fault]);
    let patience: Rc<RefCell<Option<Patience>>> = Rc::default();
    let inner = patience.clone();
    let on_wait = Rc::new(move |_: Option<Waiting>| inner.borrow().iter().for_each(Patience::hold));
    *patience.borrow_mut() = Some(Patience::watched(on_wait));
    let asked = patience.borrow().clone().unwrap();
    let mut saving = pin!(save_watched(&client, &subject, &draft, None, None, &|_| (), &asked));
    let mut context = Context::from_waker(Waker::noop());
    let mut go = |ms: i64| {
        for _ in 0..ms / 100 {
            world.pass(100);
            if let Poll::Ready(outcome) = saving.as_mut().poll(&mut context) {
                return Some(outcome);
            }
        }
        None
    };
    // First in the middle of the wait, then long after it.
    let early = go(5_000);
    let before = writes(&browser).len();
    let late = early.or_else(|| go(300_000));
    let after = writes(&browser).len();
    asked.release();
    (before, after, late.or_else(|| go(300_000)).expect("it ends"))
}

#[test]
fn a_pause_during_a_wait_holds_what_waits() {
    let slow = Effect::Refuse { status: 429, retry_after: Some("60".into()) };
    let edits = [(Setting::ActivationDuration, Value::Duration("PT2H30M".into()))];
    let (before, after, outcome) = paused_in_a_wait(&edits, at_write("/rules/", 1, slow));
    assert_eq!((before, after), (1, 1), "nothing more is sent until the person continues");
    assert!(finished(outcome).is_complete());
}

#[test]
fn a_pause_while_the_policy_is_open_holds_nothing() {
    let slow = Effect::Refuse { status: 429, retry_after: Some("60".into()) };
    let edits = [requirement(Requirement::Context("c1".into()))];
    let (before, after, outcome) = paused_in_a_wait(&edits, at_write("AuthenticationContext", 1, slow));
    assert_eq!((before, after), (2, 3), "the second half goes as soon as it may");
    let done = finished(outcome);
    assert!(done.is_complete() && done.exposed().is_empty());
}

#[test]
fn a_stop_during_the_reading_that_is_due_first_sends_nothing() {
    let edits = [
        (Setting::ActivationDuration, Value::Duration("PT2H30M".into())),
        (Setting::MailRecipients(RuleId::ActivationRequestor), Value::Recipients(vec!["soc@contoso.com".into()])),
    ];
    let (browser, subject, draft) = start(&edits);
    let (world, client) = slow_client(&browser, "ana", 12_000);
    browser.play(Vec::new());
    let patience = Patience::watched(Rc::new(|_| ()));
    let mut saving = pin!(save_watched(&client, &subject, &draft, None, None, &|_| (), &patience));
    let mut context = Context::from_waker(Waker::noop());
    let reads = || browser.sent().iter().filter(|exchange| exchange.request.method == "GET").count();
    let outcome = loop {
        // The first read and the first write took longer than a read stays fresh: a second read is in progress.
        if reads() == 2 {
            patience.stop();
        }
        if let Poll::Ready(outcome) = saving.as_mut().poll(&mut context) {
            break outcome;
        }
        world.pass(500);
    };
    assert_eq!(ends(&finished(outcome))[1].1, RuleState::NotAttempted);
    assert_eq!(writes(&browser).len(), 1);
}

/// From a context to MFA: the context is turned off first.
fn swap(faults: Vec<Fault>) -> (Browser, Finished) {
    let browser = Browser::new(&Seed::default());
    let done = finished(run(&browser, &[requirement(Requirement::Context("c1".into()))], Vec::new()));
    assert!(done.is_complete());
    let done = finished(run(&browser, &[requirement(Requirement::Mfa)], faults));
    (browser, done)
}

#[test]
fn a_half_that_is_not_visible_yet_is_told_as_perhaps_weaker() {
    let context = RuleId::ActivationContext.as_str();
    let second = at_write(RuleId::ActivationEnablement.as_str(), 9, Effect::Refuse { status: 400, retry_after: None });
    let (browser, done) = swap(vec![at_write(context, 1, Effect::Lag { ms: 200_000 }), second]);
    let states: Vec<RuleId> = done.rules.iter().map(|rule| rule.rule).collect();
    assert_eq!(states, [RuleId::ActivationContext, RuleId::ActivationEnablement]);
    assert_eq!(done.rules[0].state, RuleState::NotVisibleYet);
    assert!(matches!(done.rules[1].state, RuleState::Failed(_)));
    assert!(done.exposed().is_empty(), "what was read is as it was");
    assert_eq!(done.may_be_exposed(), [Setting::ActivationRequirement]);
    // Once it shows, it is certain.
    browser.pass(300_000);
    let policy = read(&browser.client("ana"), &subject(&browser, GROUP));
    let seen = done.seen_again(&policy.clone(), policy);
    assert_eq!((seen.exposed(), seen.may_be_exposed()), (vec![Setting::ActivationRequirement], Vec::new()));

    // The answer to the first write was lost: whether it was applied is unknown.
    let (_, done) = swap(vec![at_write(context, 1, Effect::DropBefore)]);
    assert_eq!(done.rules[0].state, RuleState::Unknown);
    assert_eq!(done.may_be_exposed(), [Setting::ActivationRequirement]);
    // All succeeded, or nothing was applied for certain: there is nothing to report.
    let refused = at_write(context, 9, Effect::Refuse { status: 400, retry_after: None });
    for faults in [Vec::new(), vec![refused]] {
        assert!(swap(faults).1.may_be_exposed().is_empty());
    }
}

#[test]
fn while_the_second_half_may_still_appear_nothing_is_sent_or_undone() {
    let second = RuleId::ActivationEnablement.as_str();
    for effect in [Effect::NeverStored, Effect::DropBefore] {
        let (browser, done) = swap(vec![at_write(second, 1, effect)]);
        assert_eq!(done.rules[0].state, RuleState::Verified);
        assert_eq!(done.exposed(), [Setting::ActivationRequirement], "for the moment that is certain");
        assert!(done.is_undecided(Setting::ActivationRequirement) && !done.can_undo());
        assert_eq!(done.undo(), Draft::default());
        assert_eq!(text::policy::save::exposed_help(&done), text::policy::review::MAY_BE_EXPOSED_HELP);
        let left_out = text::policy::save::not_undone(&done).unwrap();
        assert!(left_out.contains("On activation, require. Check again first."), "{left_out}");
        // It appears after all: all is saved, and can be undone.
        let mfa = serde_json::json!({ "enabledRules": ["MultiFactorAuthentication", "Justification"] });
        let now_ms = browser.now_ms();
        browser.tenant_mut().edit_rule(GROUP, "member", second, mfa, "ana", now_ms);
        let policy = read(&browser.client("ana"), &subject(&browser, GROUP));
        let seen = done.seen_again(&policy.clone(), policy);
        assert!(seen.is_complete() && seen.can_undo() && seen.exposed().is_empty());
        assert_eq!((seen.undo().len(), text::policy::save::not_undone(&seen)), (1, None));
    }
    // The second half was refused: what is left is known.
    let refused = Effect::Refuse { status: 400, retry_after: None };
    let (_, done) = swap(vec![at_write(second, 9, refused)]);
    assert_eq!((done.exposed(), done.undo().len()), (vec![Setting::ActivationRequirement], 1));
    assert_eq!(text::policy::save::exposed_help(&done), text::policy::review::EXPOSED_HELP);
}

#[test]
fn what_a_stop_would_still_send_is_said_before_and_after_it() {
    let (browser, subject, draft) = start(&edits());
    let client = browser.client("ana");
    let sent = changes(&read(&client, &subject), &draft);
    browser.play(Vec::new());
    let told: RefCell<Vec<(RuleId, &str)>> = RefCell::default();
    let on_step = |step: Step<'_>| {
        let Step::Rules(rules) = step else { return };
        let Some(now) = rules.iter().find(|rule| rule.state == RuleState::Sending) else { return };
        let (button, words) = text::policy::review::stop(rules, &sent);
        assert_eq!(button == "Stop after both halves", words.contains("the other half is sent too"), "{words}");
        told.borrow_mut().push((now.rule, button));
    };
    let patience = Patience::default();
    let done = finished(block_on(save_watched(&client, &subject, &draft, None, None, &on_step, &patience)));
    assert!(done.is_complete());
    let one = "Stop after this rule";
    assert_eq!(
        *told.borrow(),
        [
            (RuleId::ActivationEnablement, "Stop after both halves"),
            (RuleId::ActivationContext, one),
            (RuleId::ActivationExpiration, one),
        ]
    );
    // Between the two it is as before the first; and no other change of what is required is a swap.
    let mut rules = done.rules;
    for (state, both) in [(RuleState::Accepted, true), (RuleState::Lost, true), (RuleState::Queued, false)] {
        (rules[0].state, rules[1].state) = (state, RuleState::Queued);
        assert_eq!(has_begun_swap(&rules, &sent), both);
    }
    rules[0].state = RuleState::Sending;
    let mut other = sent[..].to_vec();
    for change in &mut other {
        change.before = Value::Requirement(Requirement::MfaAndContext("c1".into()));
    }
    assert!(has_begun_swap(&rules, &sent) && !has_begun_swap(&rules, &other));
}
