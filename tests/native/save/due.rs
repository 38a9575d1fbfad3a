//! What a write needs right before it is sent: a place among the calls in flight, a recent read of the one policy
//! there is, a token that lasts.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::sample::browser::{Browser, config};
use crate::sample::latency::slow_client;
use crate::sample::saving::{GROUP, at_write, draft, finished, read, run, states, stored, subject, writes};
use futures_executor::block_on;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use pim_desk::auth::scope::Scope;
use pim_desk::auth::session::{Reason, Session};
use pim_desk::desk::policies;
use pim_desk::desk::save::{Finished, RuleState, save, save_watched};
use pim_desk::graph::patience::Patience;
use pim_desk::graph::{Client, Error, Refusal, Tokens};
use pim_desk::policy::{Requirement, RuleId, Setting, Value};
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::json;

fn hours() -> (Setting, Value) {
    (Setting::ActivationDuration, Value::Duration("PT2H30M".into()))
}

fn need(wanted: Requirement) -> (Setting, Value) {
    (Setting::ActivationRequirement, Value::Requirement(wanted))
}

/// A save whose first write waits for a place behind six reads that hang, and what happens meanwhile.
fn behind_six_readings(meanwhile: &dyn Fn(&Browser, &Patience)) -> (Browser, Finished) {
    let browser = Browser::new(&Seed::default());
    let (world, client) = slow_client(&browser, "ana", 15_000);
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&browser.client("ana"), &subject), &[hours()]);
    browser.play(Vec::new());
    let patience = Patience::watched(Rc::new(|_| ()));
    let mut context = Context::from_waker(Waker::noop());
    let mut saving = pin!(save_watched(&client, &subject, &draft, None, None, &|_| (), &patience));
    assert!(saving.as_mut().poll(&mut context).is_pending(), "the first reading is under way");
    let reading = || Box::pin(policies::read(&client, &subject));
    let mut others: FuturesUnordered<_> = (0..6).map(|_| reading()).collect();
    let answered = |others: &mut FuturesUnordered<_>| {
        let mut context = Context::from_waker(Waker::noop());
        while let Poll::Ready(Some(_)) = others.poll_next_unpin(&mut context) {}
    };
    answered(&mut others);
    world.pass(15_000);
    // Five of them are answered together with the save's own read, and others take their places.
    others.extend((0..6).map(|_| reading()));
    answered(&mut others);
    assert!(saving.as_mut().poll(&mut context).is_pending());
    assert!(writes(&browser).is_empty(), "no place is free");
    meanwhile(&browser, &patience);
    let outcome = loop {
        world.pass(5_000);
        answered(&mut others);
        if let Poll::Ready(outcome) = saving.as_mut().poll(&mut context) {
            break outcome;
        }
    };
    (browser, finished(outcome))
}

#[test]
fn what_waited_long_for_a_place_is_not_sent_on_an_old_reading() {
    let (browser, done) = behind_six_readings(&|browser, _| {
        browser.sleep_over(40 * 60_000);
        let (rule, now) = (RuleId::ActivationExpiration.as_str(), browser.now_ms());
        browser.tenant_mut().edit_rule(GROUP, "member", rule, json!({"maximumDuration": "PT1H"}), "olga", now);
    });
    assert_eq!(done.rules[0].state, RuleState::Overtaken);
    assert_eq!(stored(&browser, RuleId::ActivationExpiration)["maximumDuration"], "PT1H");
    assert!(writes(&browser).is_empty());
}

#[test]
fn a_stop_while_a_place_is_waited_for_is_heard() {
    let (browser, done) = behind_six_readings(&|_, patience| patience.stop());
    assert_eq!(done.rules[0].state, RuleState::NotAttempted);
    assert!(writes(&browser).is_empty());
}

#[test]
fn where_no_policy_is_returned_nobody_else_is_blamed() {
    let none = |skip, times| Fault {
        method: Some("GET".into()),
        path: "roleDefinitionId".into(),
        skip,
        times,
        effect: Effect::Replace {
            status: 200,
            content_type: "application/json".into(),
            body: json!({"value": []}).to_string(),
        },
    };
    let slow = || at_write("/rules/", 1, Effect::Refuse { status: 429, retry_after: Some("2".into()) });
    let browser = Browser::new(&Seed::default());
    let done = finished(run(&browser, &[hours()], vec![slow(), none(1, None)]));
    let RuleState::Failed(Error::Unexpected { what, .. }) = &done.rules[0].state else { panic!("{:?}", states(&done)) };
    assert_eq!((what.as_str(), writes(&browser).len()), ("it did not give exactly one policy", 1));
    // If it is returned again a moment later, the save continues.
    let done = finished(run(&Browser::new(&Seed::default()), &[hours()], vec![slow(), none(1, Some(2))]));
    assert!(done.is_complete(), "{:?}", states(&done));
}

/// Tokens that each last this long.
struct Short {
    session: Session<Browser>,
    lasts_ms: Cell<i64>,
}

impl Tokens for Short {
    async fn token(&self, scopes: &[Scope]) -> Result<String, Error> {
        self.session.token(scopes).await
    }

    fn granted(&self, scopes: &[Scope]) -> bool {
        scopes.iter().all(|scope| self.session.granted(*scope))
    }

    fn not_accepted(&self, token: &str, refusal: &Refusal) -> bool {
        self.session.not_accepted(token, refusal)
    }

    fn lasts_ms(&self) -> i64 {
        self.lasts_ms.get()
    }
}

#[test]
fn mfa_and_context_do_not_begin_to_change_places_with_a_token_that_ends() {
    let edits = [need(Requirement::Context("c1".into()))];
    for (lasts_ms, sent) in [(5_001, 0), (3_600_000, 2)] {
        let browser = Browser::new(&Seed::default());
        let subject = subject(&browser, GROUP);
        let draft = draft(&read(&browser.client("ana"), &subject), &edits);
        let tokens = Rc::new(Short { session: browser.sign_in("ana"), lasts_ms: Cell::new(lasts_ms) });
        let client = Client::new(browser.clone(), tokens, config().endpoints.graph, Rc::new(|_| ()));
        browser.play(Vec::new());
        let done = finished(block_on(save(&client, &subject, &draft, &|_| ())));
        assert_eq!((writes(&browser).len(), done.exposed()), (sent, Vec::new()));
        if sent == 0 {
            let RuleState::Failed(Error::SignIn(needed)) = &done.rules[0].state else { panic!("{:?}", states(&done)) };
            assert_eq!(needed.reason, Reason::Unavailable);
            assert_eq!(done.rules[1].state, RuleState::NotAttempted);
        }
    }
    // The session of the page knows how long its token lasts.
    let browser = Browser::new(&Seed::default());
    let session = browser.sign_in("ana");
    let lasts_ms = session.token_lasts_ms();
    browser.pass(60_000);
    assert_eq!(session.token_lasts_ms(), lasts_ms - 60_000);
    assert!(lasts_ms > 600_000);
}

/// Swaps MFA for a context; the answer to the first write is lost, and more was to follow. Returns what was sent.
fn lost_half(effect: Effect) -> (Vec<String>, Finished) {
    let browser = Browser::new(&Seed::default());
    let edits =
        [need(Requirement::Context("c1".into())), (Setting::ActivationDuration, Value::Duration("PT23H".into()))];
    let done = finished(run(&browser, &edits, vec![at_write("Enablement_EndUser", 1, effect)]));
    (writes(&browser).into_iter().map(|(rule, _)| rule).collect(), done)
}

#[test]
fn a_first_half_that_arrived_though_its_answer_was_lost_is_followed_by_the_second() {
    let (sent, done) = lost_half(Effect::DropAfter);
    assert_eq!(sent, [RuleId::ActivationEnablement.as_str(), RuleId::ActivationContext.as_str()]);
    let ends: Vec<RuleState> = done.rules.iter().map(|rule| rule.state.clone()).collect();
    assert_eq!(ends, [RuleState::Verified, RuleState::Verified, RuleState::NotAttempted]);
    assert!(done.exposed().is_empty() && done.may_be_exposed().is_empty());
}

#[test]
fn a_first_half_that_does_not_show_is_not_followed_by_the_second() {
    let (sent, done) = lost_half(Effect::DropBefore);
    assert_eq!(sent, [RuleId::ActivationEnablement.as_str()]);
    let ends: Vec<RuleState> = done.rules.iter().map(|rule| rule.state.clone()).collect();
    assert_eq!(ends, [RuleState::Unknown, RuleState::NotAttempted, RuleState::NotAttempted]);
    assert_eq!((done.exposed(), done.may_be_exposed()), (Vec::new(), vec![Setting::ActivationRequirement]));
}
