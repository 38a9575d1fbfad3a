//! A stop before the first write, while readings are repeated because the first one may be old.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::saving::{GROUP, draft, finished, read, reads, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::save::{NotStarted, Outcome, save, save_watched};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Setting, Value};
use pim_desk_tenant::{Effect, Fault, Seed};

/// The outcome of a stopped save, how many readings were sent, and how long it took from the stop, ms.
type Ended = (Outcome, usize, i64);

/// Saves; stops once `after` readings were sent, and that one answered if `answered`. The first readings get an answer
/// from before the last save, as many as `olds`; the others ask to wait.
fn stopped(after: usize, answered: bool, olds: u32) -> Ended {
    let browser = Browser::new(&Seed::default());
    let quick = browser.client("ana");
    let subject = subject(&browser, GROUP);
    let first = read(&quick, &subject);
    let old = browser.sent().last().map(|one| one.outcome.body.clone()).unwrap();
    let edit = draft(&first, &[(Setting::ActivationDuration, Value::Duration("PT2H".into()))]);
    let done = finished(block_on(save(&quick, &subject, &edit, &|_| ())));
    let (world, client) = slow_client(&browser, "ana", 80);
    let replace = Effect::Replace { status: 200, content_type: "application/json".into(), body: old };
    let wait = Effect::Refuse { status: 429, retry_after: Some("30".into()) };
    browser.play(vec![reading(0, Some(olds), replace), reading(olds, None, wait)]);
    let (undo, patience) = (done.undo(), Patience::default());
    let mut saving = pin!(save_watched(&client, &subject, &undo, None, Some(&done.policy), &|_| (), &patience));
    let (mut context, mut stopped_at, mut waited) = (Context::from_waker(Waker::noop()), None, 0);
    let outcome = loop {
        if let Poll::Ready(outcome) = saving.as_mut().poll(&mut context) {
            break outcome;
        }
        if reads(&browser) >= after && stopped_at.is_none() {
            waited += 1;
            if waited > if answered { 12 } else { 1 } {
                patience.stop();
                stopped_at = Some(browser.now_ms());
            }
        }
        world.pass(20);
    };
    assert!(writes(&browser).is_empty());
    (outcome, reads(&browser), browser.now_ms() - stopped_at.unwrap())
}

fn reading(skip: u32, times: Option<u32>, effect: Effect) -> Fault {
    Fault { method: Some("GET".into()), path: "roleDefinitionId".into(), skip, times, effect }
}

#[test]
fn a_stop_while_old_readings_are_repeated_is_heard_with_the_answer_at_the_latest() {
    for after in 1..5 {
        for answered in [true, false] {
            let (outcome, sent, took_ms) = stopped(after, answered, 40);
            let which = format!("{after} readings, the last one answered: {answered}");
            assert!(matches!(outcome, Outcome::NotStarted(NotStarted::Stopped)), "{which}: {outcome:?}");
            assert_eq!(sent, after, "{which}");
            assert!(took_ms <= if answered { 20 } else { 100 }, "{which}: {took_ms} ms");
        }
    }
}

#[test]
fn a_stop_while_a_repeated_reading_waits_as_told_is_heard() {
    let (outcome, sent, took_ms) = stopped(2, true, 1);
    assert!(matches!(outcome, Outcome::NotStarted(NotStarted::Stopped)), "{outcome:?}");
    assert!(sent == 2 && took_ms <= 20, "{sent} readings, {took_ms} ms");
}
