//! A save within a copy to many whose first read comes from a lagging replica: it does not revert what was saved a
//! moment before in the same rule.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::rolling::{Page, guid, in_pim, item, members, record, tenant, works};
use futures_executor::block_on;
use pim_desk::desk::policies;
use pim_desk::desk::rollout::{PolicyProgress, RunNews, Work, look, run};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{RuleId, Setting, Subject, Value};
use pim_desk::rollout::record::{End, Record, Why};
use pim_desk_tenant::{Effect, Fault};
use serde_json::{Value as Json, json};

const RULE: RuleId = RuleId::ActivationEnablement;

fn lists(browser: &Browser, subject: &Subject) -> Vec<Json> {
    let rule = browser.tenant().rule(subject.id().as_str(), "member", RULE.as_str()).unwrap();
    rule["enabledRules"].as_array().unwrap().clone()
}

fn set_lists(browser: &Browser, subject: &Subject, list: &[&str]) {
    let (id, now) = (subject.id().to_string(), browser.now_ms());
    browser.tenant_mut().edit_rule(&id, "member", RULE.as_str(), json!({"enabledRules": list}), "olga", now);
}

/// A policy that requires neither ticket nor justification, and the answer of a replica that knows nothing newer.
fn ground() -> (Browser, Subject, String) {
    let browser = tenant(14);
    let subject = members(&in_pim(&browser)[1]);
    set_lists(&browser, &subject, &[]);
    block_on(policies::read(&browser.client("ana"), &subject)).unwrap().unwrap();
    let old = browser.sent().last().map(|one| one.outcome.body.clone()).unwrap_or_default();
    assert!(old.contains("enabledRules"));
    (browser, subject, old)
}

/// The plan of a copy of one setting.
fn planned(browser: &Browser, subject: &Subject) -> Vec<Work> {
    let items = vec![item(subject.clone(), &[(Setting::ActivationJustification, Value::Flag(true))])];
    works(&block_on(look(&browser.client("ana"), items, &guid(2), &Patience::default(), &|_, _| ())))
}

/// Runs it with one read of the policy answered by the replica.
fn ran(browser: &Browser, page: &Page, works: &[Work], (old, skip): (&str, u32), also: Option<Fault>) -> Record {
    let lagging = Fault {
        method: Some("GET".into()),
        path: "roleDefinitionId".into(),
        skip,
        times: Some(1),
        effect: Effect::Replace { status: 200, content_type: "application/json".into(), body: old.into() },
    };
    let client = browser.client("ana");
    browser.play([lagging].into_iter().chain(also).collect());
    block_on(run(&client, works, record(), &page.control, page))
}

#[test]
fn an_old_answer_takes_nothing_back_that_the_plan_has_seen() {
    let (browser, subject, old) = ground();
    set_lists(&browser, &subject, &["Ticketing"]);
    let works = planned(&browser, &subject);
    let done = ran(&browser, &Page::default(), &works, (&old, 0), None);
    assert_eq!(done.entry(&subject).unwrap().end, End::Saved);
    let now = lists(&browser, &subject);
    assert!(now.contains(&json!("Ticketing")) && now.contains(&json!("Justification")), "{now:?}");
}

#[test]
fn an_old_answer_takes_nothing_back_that_the_try_before_has_seen() {
    let (browser, subject, old) = ground();
    let (works, page) = (planned(&browser, &subject), Page::default());
    set_lists(&browser, &subject, &["Ticketing"]);
    *page.on_news.borrow_mut() = Some(Box::new(|control, news| {
        if matches!(news, RunNews::Halted(_)) {
            control.resume();
        }
    }));
    let refused = Fault {
        method: Some("PATCH".into()),
        path: "/rules/".into(),
        skip: 0,
        times: Some(1),
        effect: Effect::Refuse { status: 401, retry_after: None },
    };
    // The first try reads twice, because the plan knew less.
    let done = ran(&browser, &page, &works, (&old, 2), Some(refused));
    assert_eq!((page.halts.borrow().len(), done.entry(&subject).unwrap().end), (1, End::Saved));
    let now = lists(&browser, &subject);
    assert!(now.contains(&json!("Ticketing")) && now.contains(&json!("Justification")), "{now:?}");
}

#[test]
fn a_cancel_while_old_answers_are_read_again_is_heard_at_once() {
    for after in 1..3 {
        let (browser, subject, old) = ground();
        set_lists(&browser, &subject, &["Ticketing"]);
        let (works, page) = (planned(&browser, &subject), Page::default());
        let (world, client) = slow_client(&browser, "ana", 20);
        let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body: old };
        let path = "roleDefinitionId".into();
        browser.play(vec![Fault { method: Some("GET".into()), path, skip: 0, times: None, effect }]);
        let mut running = pin!(run(&client, &works, record(), &page.control, &page));
        let mut cancelled_at = None;
        let done = loop {
            if let Poll::Ready(done) = running.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                break done;
            }
            if browser.sent().len() >= after && cancelled_at.is_none() {
                page.control.cancel();
                cancelled_at = Some(browser.now_ms());
            }
            world.pass(10);
        };
        assert_eq!(browser.sent().len(), after);
        assert!(browser.now_ms() - cancelled_at.unwrap() <= 30, "{after}");
        assert_eq!(done.entry(&subject).unwrap().end, End::NothingSent(Why::NotBegun));
        assert_eq!(page.progress.borrow()[&0], PolicyProgress::NotBegun);
        assert!(page.receipts.borrow().is_empty());
    }
}
