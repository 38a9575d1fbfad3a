//! The facts for a plan's changes are read at the pace that Microsoft allows: while it asks to wait, nothing is sent,
//! and the person may end it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::Cell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::rolling::{in_pim, item, members, tenant, wanted};
use pim_desk::desk::rollout::{Seen, look};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk_tenant::{Effect, Fault};

const POLICIES: usize = 120;

fn me() -> Guid {
    "00000000-0000-4000-8000-000000000002".parse().unwrap()
}

/// Throttles parts of the facts' batches.
fn throttled(times: u32) -> Fault {
    let effect = Effect::Refuse { status: 429, retry_after: Some("30".into()) };
    Fault { method: Some("GET".into()), path: "/owners".into(), skip: 0, times: Some(times), effect }
}

/// Looks at the policies; returns what was seen, if it came to its end, and the times (ms since the start) of the
/// calls.
fn looked(fault: Fault, stop_after_ms: Option<i64>) -> (Option<Vec<Seen>>, Vec<(i64, String)>) {
    let browser: Browser = tenant(POLICIES);
    let items = in_pim(&browser).iter().map(|id| item(members(id), &wanted())).collect();
    let (world, client) = slow_client(&browser, "ana", 80);
    browser.play(vec![fault]);
    let patience = Patience::default();
    let (began, seen) = (browser.now_ms(), Cell::new(0));
    let mut moments = Vec::new();
    let me = me();
    let mut looking = pin!(look(&client, items, &me, &patience, &|_, _| ()));
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..20_000 {
        let polled = looking.as_mut().poll(&mut context);
        let sent = browser.sent();
        for exchange in sent.iter().skip(seen.get()) {
            moments.push((browser.now_ms() - began, exchange.request.body.clone()));
        }
        seen.set(sent.len());
        if let Poll::Ready(found) = polled {
            return (Some(found), moments);
        }
        if stop_after_ms.is_some_and(|ms| browser.now_ms() - began >= ms) {
            patience.stop();
        }
        world.pass(10);
    }
    (None, moments)
}

#[test]
fn while_microsoft_asks_to_wait_no_fact_is_asked_for() {
    let (seen, moments) = looked(throttled(40), None);
    let first = moments.iter().find(|(_, body)| body.contains("/owners")).unwrap().0;
    // What was in flight comes back within the time of one call; then nothing is sent until the wait is over.
    let in_between: Vec<i64> =
        moments.iter().map(|(at, _)| *at).filter(|at| *at > first + 200 && *at < first + 30_000).collect();
    assert!(in_between.is_empty(), "{in_between:?}");
    let later = moments.iter().filter(|(at, _)| *at > first);
    assert!(later.clone().all(|(_, body)| body.contains("\"requests\"")), "nothing is asked for singly");
    let seen = seen.unwrap();
    assert!(seen.iter().all(|seen| seen.facts.may_write == Some(true)), "and all of it is read in the end");
}

#[test]
fn a_cancel_ends_the_wait_and_asks_for_nothing_more() {
    let (seen, moments) = looked(throttled(40), Some(3_000));
    assert!(seen.is_some(), "it ends");
    assert!(moments.iter().all(|(at, _)| *at < 3_000), "{:?}", moments.iter().map(|(at, _)| *at).max());
}
