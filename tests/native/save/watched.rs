//! A save that a person watches: they stop it, they end its waits; and what someone else does while it waits is not
//! overwritten.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::sample::browser::{Browser, config};
use crate::sample::latency::slow_client;
use crate::sample::saving::{GROUP, at_write, draft, finished, read, reads, run, states, stored, subject, writes};
use futures_executor::block_on;
use pim_desk::auth::scope::Scope;
use pim_desk::auth::session::Session;
use pim_desk::desk::save::{NotStarted, Outcome, RuleState, Step, save_watched};
use pim_desk::graph::client::Waiting;
use pim_desk::graph::patience::Patience;
use pim_desk::graph::{Client, Error, Refusal, Tokens};
use pim_desk::policy::{RuleId, Setting, Value};
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::json;

fn two() -> Vec<(Setting, Value)> {
    vec![
        (Setting::ActivationDuration, Value::Duration("PT2H30M".into())),
        (Setting::MailRecipients(RuleId::ActivationRequestor), Value::Recipients(vec!["soc@contoso.com".into()])),
    ]
}

fn watched(browser: &Browser, effect: Option<Effect>, patience: &Patience, on_step: &dyn Fn(Step<'_>)) -> Outcome {
    let client = browser.client("ana");
    let subject = subject(browser, GROUP);
    let draft = draft(&read(&client, &subject), &two());
    browser.play(effect.map(|effect| at_write("/rules/", 1, effect)).into_iter().collect());
    block_on(save_watched(&client, &subject, &draft, None, None, on_step, patience))
}

fn slow_down(retry_after: &str) -> Effect {
    Effect::Refuse { status: 429, retry_after: Some(retry_after.into()) }
}

#[test]
fn a_stop_lets_what_is_on_its_way_end_and_sends_nothing_more() {
    let browser = Browser::new(&Seed::default());
    let (world, client) = slow_client(&browser, "ana", 80);
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&browser.client("ana"), &subject), &two());
    // A replica that lags is read until it shows what was written.
    browser.play(vec![at_write("/rules/", 1, Effect::Lag { ms: 5_000 })]);
    let patience = Patience::watched(Rc::new(|_| ()));
    let mut saving = pin!(save_watched(&client, &subject, &draft, None, None, &|_| (), &patience));
    let mut context = Context::from_waker(Waker::noop());
    let outcome = loop {
        if writes(&browser).len() == 1 {
            patience.stop();
        }
        if let Poll::Ready(outcome) = saving.as_mut().poll(&mut context) {
            break outcome;
        }
        world.pass(20);
    };
    let ends: Vec<RuleState> = finished(outcome).rules.into_iter().map(|rule| rule.state).collect();
    assert_eq!(ends, [RuleState::Verified, RuleState::NotAttempted]);
    assert_eq!(writes(&browser).len(), 1);
}

#[test]
fn a_long_wait_is_shown_and_stopping_it_leaves_the_rule_refused() {
    let browser = Browser::new(&Seed::default());
    let told: Rc<RefCell<Vec<Option<Waiting>>>> = Rc::default();
    let patience: Rc<RefCell<Option<Patience>>> = Rc::default();
    let (seen, inner) = (told.clone(), patience.clone());
    let on_wait = Rc::new(move |waiting: Option<Waiting>| {
        seen.borrow_mut().push(waiting);
        if let Some(patience) = inner.borrow().as_ref() {
            patience.stop();
        }
    });
    *patience.borrow_mut() = Some(Patience::watched(on_wait));
    let asked = patience.borrow().clone().unwrap();
    let done = finished(watched(&browser, Some(slow_down("600")), &asked, &|_| ()));
    let RuleState::Failed(error) = &done.rules[0].state else { panic!("{:?}", states(&done)) };
    assert_eq!(error.status(), Some(429));
    assert_eq!(done.rules[1].state, RuleState::NotAttempted);
    assert!(told.borrow()[0].is_some_and(|waiting| waiting.throttled));
    assert_eq!(writes(&browser).len(), 1);
}

#[test]
fn a_long_wait_that_a_person_watches_is_taken_and_one_nobody_watches_is_not() {
    let browser = Browser::new(&Seed::default());
    let done = finished(watched(&browser, Some(slow_down("600")), &Patience::watched(Rc::new(|_| ())), &|_| ()));
    assert!(done.is_complete());
    let browser = Browser::new(&Seed::default());
    let done = finished(run(&browser, &two(), vec![at_write("/rules/", 1, slow_down("600"))]));
    assert!(matches!(done.rules[0].state, RuleState::Failed(_)));
}

#[test]
fn a_wait_of_the_first_reading_is_shown_and_ended_by_the_person() {
    for stops in [false, true] {
        let browser = Browser::new(&Seed::default());
        let (world, client) = slow_client(&browser, "ana", 80);
        let subject = subject(&browser, GROUP);
        let draft = draft(&read(&browser.client("ana"), &subject), &two());
        browser.play(vec![Fault { times: Some(1), ..every_reading(slow_down("50")) }]);
        let told: Rc<RefCell<Vec<Option<Waiting>>>> = Rc::default();
        let seen = told.clone();
        let patience = Patience::watched(Rc::new(move |waiting| seen.borrow_mut().push(waiting)));
        let mut saving = pin!(save_watched(&client, &subject, &draft, None, None, &|_| (), &patience));
        let (mut context, mut passed_ms) = (Context::from_waker(Waker::noop()), 0);
        let outcome = loop {
            if told.borrow().iter().any(Option::is_some) {
                if stops { patience.stop() } else { patience.hurry() }
            }
            if let Poll::Ready(outcome) = saving.as_mut().poll(&mut context) {
                break outcome;
            }
            world.pass(20);
            passed_ms += 20;
        };
        assert!(told.borrow()[0].is_some_and(|waiting| waiting.throttled));
        assert!(passed_ms < 50_000, "{passed_ms}");
        if stops {
            assert!(matches!(&outcome, Outcome::NotStarted(NotStarted::Error(error)) if error.status() == Some(429)));
            assert!(writes(&browser).is_empty());
        } else {
            assert!(finished(outcome).is_complete());
        }
    }
}

/// Another administrator changes a rule while the first one waits; returns the state of each rule after the save.
fn meanwhile(rule: RuleId, patch: serde_json::Value) -> (Browser, Vec<RuleState>) {
    meanwhile_in("40", rule, patch)
}

/// The same with a wait of this many seconds.
fn meanwhile_in(retry_after: &str, rule: RuleId, patch: serde_json::Value) -> (Browser, Vec<RuleState>) {
    let browser = Browser::new(&Seed::default());
    let other = browser.clone();
    let on_wait = Rc::new(move |waiting: Option<Waiting>| {
        if let Some(waiting) = waiting {
            other.tenant_mut().edit_rule(GROUP, "member", rule.as_str(), patch.clone(), "olga", waiting.until_unix_ms);
        }
    });
    let done = finished(watched(&browser, Some(slow_down(retry_after)), &Patience::watched(on_wait), &|_| ()));
    (browser, done.rules.into_iter().map(|rule| rule.state).collect())
}

#[test]
fn what_someone_else_changed_during_a_wait_is_not_overwritten() {
    for (retry_after, field, value) in [
        ("40", "maximumDuration", json!("PT1H")),
        ("40", "isExpirationRequired", json!(false)),
        ("10", "maximumDuration", json!("PT1H")),
        ("1", "maximumDuration", json!("PT1H")),
    ] {
        let (browser, states) = meanwhile_in(retry_after, RuleId::ActivationExpiration, json!({ field: value }));
        assert_eq!(states[0], RuleState::Overtaken, "{retry_after} s");
        assert_eq!(stored(&browser, RuleId::ActivationExpiration)[field], value);
        assert_eq!(writes(&browser).len(), 1, "the one that was refused");
    }
}

#[test]
fn what_someone_else_changed_beside_it_during_a_wait_is_kept() {
    let (browser, states) = meanwhile(RuleId::ActivationExpiration, json!({"futureProperty": 7}));
    assert_eq!(states[0], RuleState::Verified);
    let rule = stored(&browser, RuleId::ActivationExpiration);
    assert_eq!((&rule["maximumDuration"], &rule["futureProperty"]), (&json!("PT2H30M"), &json!(7)));
}

/// Found by the model: only the rule that waited was based on the new read.
#[test]
fn what_someone_else_changed_in_a_later_rule_during_a_wait_is_kept_too() {
    let (browser, states) = meanwhile(RuleId::ActivationRequestor, json!({"notificationLevel": "Critical"}));
    assert_eq!(states, [RuleState::Verified, RuleState::Verified]);
    let rule = stored(&browser, RuleId::ActivationRequestor);
    assert_eq!(
        (&rule["notificationRecipients"], &rule["notificationLevel"]),
        (&json!(["soc@contoso.com"]), &json!("Critical"))
    );
    let (browser, states) =
        meanwhile(RuleId::ActivationRequestor, json!({"notificationRecipients": ["a@contoso.com"]}));
    assert_eq!(states, [RuleState::Verified, RuleState::Overtaken]);
    let rule = stored(&browser, RuleId::ActivationRequestor);
    assert_eq!(rule["notificationRecipients"], json!(["a@contoso.com"]));
}

/// Tokens of which one takes `ms`: the first for a write after the policy was read. Something happens meanwhile.
struct SlowTokens<'a> {
    browser: Browser,
    session: Session<Browser>,
    ms: i64,
    meanwhile: &'a dyn Fn(&Browser),
    over: Cell<bool>,
}

impl Tokens for SlowTokens<'_> {
    async fn token(&self, scopes: &[Scope]) -> Result<String, Error> {
        if scopes.contains(&Scope::PolicyWrite) && reads(&self.browser) > 0 && !self.over.replace(true) {
            self.browser.pass(self.ms);
            (self.meanwhile)(&self.browser);
        }
        self.session.token(scopes).await
    }

    fn granted(&self, scopes: &[Scope]) -> bool {
        scopes.iter().all(|scope| self.session.granted(*scope))
    }

    fn not_accepted(&self, token: &str, refusal: &Refusal) -> bool {
        self.session.not_accepted(token, refusal)
    }
}

/// A save for which fetching the first write's token takes `ms`, while something happens. Nothing is written.
fn while_a_token_is_fetched(ms: i64, meanwhile: &dyn Fn(&Browser), patience: &Patience) -> (Browser, Vec<RuleState>) {
    let browser = Browser::new(&Seed::default());
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&browser.client("ana"), &subject), &two());
    let session = browser.sign_in("ana");
    let tokens = SlowTokens { browser: browser.clone(), session, ms, meanwhile, over: Cell::new(false) };
    browser.play(Vec::new());
    let client = Client::new(browser.clone(), Rc::new(tokens), config().endpoints.graph, Rc::new(|_| ()));
    let done = finished(block_on(save_watched(&client, &subject, &draft, None, None, &|_| (), patience)));
    assert!(writes(&browser).is_empty());
    (browser, done.rules.into_iter().map(|rule| rule.state).collect())
}

#[test]
fn what_someone_else_changed_while_a_token_was_fetched_is_not_overwritten() {
    let edit = |browser: &Browser| {
        let (rule, now) = (RuleId::ActivationExpiration.as_str(), browser.now_ms());
        browser.tenant_mut().edit_rule(GROUP, "member", rule, json!({"maximumDuration": "PT1H"}), "olga", now);
    };
    let (browser, states) = while_a_token_is_fetched(60_000, &edit, &Patience::default());
    assert_eq!(states[0], RuleState::Overtaken);
    assert_eq!(stored(&browser, RuleId::ActivationExpiration)["maximumDuration"], "PT1H");
}

#[test]
fn a_stop_while_a_token_is_fetched_is_heard() {
    let patience = Patience::watched(Rc::new(|_| ()));
    let (_, states) = while_a_token_is_fetched(5_000, &|_| patience.stop(), &patience);
    assert_eq!(states, [RuleState::NotAttempted, RuleState::NotAttempted]);
}

fn every_reading(effect: Effect) -> Fault {
    Fault { method: Some("GET".into()), path: "roleDefinitionId".into(), skip: 0, times: None, effect }
}

/// Saves; no read succeeds once the rules are written. Returns how long it took, ms, and how many reads were tried.
fn unreadable(effect: &Effect, stops: bool) -> (i64, usize) {
    let browser = Browser::new(&Seed::default());
    let (began, patience) = (RefCell::new(0), Patience::default());
    let on_step = |step: Step<'_>| {
        let Step::Rules(rules) = step else { return };
        if rules.iter().all(|rule| rule.state == RuleState::Accepted) {
            browser.play(vec![every_reading(effect.clone())]);
            began.replace(browser.now_ms());
            if stops {
                patience.stop();
            }
        }
    };
    let done = finished(watched(&browser, None, &patience, &on_step));
    assert!(done.rules.iter().all(|rule| rule.state == RuleState::NotVisibleYet), "{:?}", states(&done));
    (browser.now_ms() - began.take(), reads(&browser))
}

#[test]
fn what_cannot_be_read_back_in_45_seconds_is_not_waited_for() {
    assert_eq!(unreadable(&slow_down("60"), false), (45_700, 3));
    assert_eq!(unreadable(&slow_down("20"), false), (45_700, 5));
    assert_eq!(unreadable(&Effect::DropBefore, false), (45_000, 8));
}

#[test]
fn a_stop_ends_the_reading_back() {
    assert_eq!(unreadable(&slow_down("60"), true), (10_700, 3));
    assert_eq!(unreadable(&Effect::DropBefore, true), (10_700, 7));
}

/// Found by the model: a rule that was never sent was reported as unknown.
#[test]
fn a_reading_that_fails_before_a_rule_is_sent_leaves_no_doubt() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&client, &subject), &two());
    let lost =
        Fault { method: Some("GET".into()), path: String::new(), skip: 1, times: Some(4), effect: Effect::DropBefore };
    browser.play(vec![at_write("/rules/", 1, slow_down("40")), lost]);
    let done = finished(block_on(save_watched(&client, &subject, &draft, None, None, &|_| (), &Patience::default())));
    assert!(matches!(done.rules[0].state, RuleState::Failed(Error::NoAnswer { .. })), "{:?}", states(&done));
    assert_eq!(done.rules[1].state, RuleState::NotAttempted);
    assert_eq!((writes(&browser).len(), done.uncertain()), (1, 0));
}

#[test]
fn a_pause_holds_no_place_among_the_calls_in_flight() {
    let browser = Browser::new(&Seed::default());
    let (world, client) = slow_client(&browser, "ana", 80);
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&browser.client("ana"), &subject), &two());
    browser.play(Vec::new());
    let patience = Patience::default();
    let busy = RefCell::new(Vec::new());
    // Other calls take all places once the writes are planned.
    let on_step = |step: Step<'_>| {
        if let Step::Planned(_) = step {
            busy.borrow_mut().extend(std::iter::from_fn(|| client.free_place()));
        }
    };
    let mut saving = pin!(save_watched(&client, &subject, &draft, None, None, &on_step, &patience));
    let mut context = Context::from_waker(Waker::noop());
    let mut poll = |times: u32| {
        (0..times).find_map(|_| {
            world.pass(20);
            if let Poll::Ready(outcome) = saving.as_mut().poll(&mut context) { Some(outcome) } else { None }
        })
    };
    // Until the read is old: once there is a place, it reads again, and that is when the person pauses.
    assert!(poll(1_500).is_none());
    let all = busy.borrow().len();
    let read_before = reads(&browser);
    busy.borrow_mut().truncate(all - 2);
    assert!(poll(1).is_none());
    assert_eq!(reads(&browser), read_before + 1);
    patience.hold();
    assert!(poll(100).is_none());
    assert!(writes(&browser).is_empty());
    let free: Vec<_> = std::iter::from_fn(|| client.free_place()).collect();
    assert_eq!(free.len(), 2, "a paused save keeps nobody from going");
    drop(free);
    patience.release();
    let outcome = poll(1_000).unwrap();
    assert!(finished(outcome).is_complete());
    assert_eq!(writes(&browser).len(), 2);
}

#[test]
fn a_stop_that_ends_a_pause_is_no_refusal_and_waits_for_no_token() {
    let browser = Browser::new(&Seed::default());
    let (world, client) = slow_client(&browser, "ana", 80);
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&browser.client("ana"), &subject), &two());
    browser.play(Vec::new());
    let patience = Patience::default();
    let on_step = |step: Step<'_>| {
        if let Step::Planned(_) = step {
            patience.hold();
        }
    };
    let mut saving = pin!(save_watched(&client, &subject, &draft, None, None, &on_step, &patience));
    let mut context = Context::from_waker(Waker::noop());
    let mut poll = |times: u32| {
        (0..times).find_map(|_| {
            world.pass(20);
            if let Poll::Ready(outcome) = saving.as_mut().poll(&mut context) { Some(outcome) } else { None }
        })
    };
    assert!(poll(200).is_none());
    // Meanwhile the session ends: the token would have to be renewed, which is refused.
    let effect = Effect::Refuse { status: 400, retry_after: None };
    browser.play(vec![Fault { method: Some("POST".into()), path: "/token".into(), skip: 0, times: None, effect }]);
    world.pass(2 * 3_600_000);
    patience.stop();
    let outcome = poll(5_000).unwrap();
    let ends = states(&finished(outcome));
    assert_eq!(ends.len(), 2);
    assert!(ends.iter().all(|(_, state)| matches!(state, RuleState::NotAttempted)), "{ends:?}");
    assert!(writes(&browser).is_empty());
}
