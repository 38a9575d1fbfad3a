//! A change of many policies that wrote one rule of two in some of them continues from there, on Continue and on a
//! retry.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::rolling::{Page, guid, in_pim, item, members, record, tenant, works};
use futures_executor::block_on;
use pim_desk::desk::policies;
use pim_desk::desk::rollout::{RunNews, look, run};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Requirement, RuleId, Setting, Subject, Value};
use pim_desk::rollout::record::{End, Record};
use pim_desk::rollout::{Item, Proposal, undo};
use pim_desk_tenant::{Effect, Fault};

const REQUIREMENT: Setting = Setting::ActivationRequirement;

fn demands(browser: &Browser, subject: &Subject) -> Requirement {
    let policy = block_on(policies::read(&browser.client("ana"), subject)).unwrap().unwrap();
    match policy.read(REQUIREMENT).value {
        Some(Value::Requirement(requirement)) => requirement,
        other => panic!("{other:?}"),
    }
}

/// A policy that requires MFA, to be given a context.
fn ground() -> (Browser, Subject, Vec<Item>) {
    let browser = tenant(20);
    let all = in_pim(&browser).into_iter().map(|id| members(&id));
    let subject = all.into_iter().find(|subject| demands(&browser, subject) == Requirement::Mfa).unwrap();
    let items = vec![item(subject.clone(), &[(REQUIREMENT, Value::Requirement(context()))])];
    (browser, subject, items)
}

fn context() -> Requirement {
    Requirement::Context("c1".into())
}

fn ran(browser: &Browser, page: &Page, items: Vec<Item>, record: Record, faults: Vec<Fault>) -> Record {
    let works = works(&block_on(look(&browser.client("ana"), items, &guid(2), &Patience::default(), &|_, _| ())));
    let (world, client) = slow_client(browser, "ana", 20);
    browser.play(faults);
    world.run(run(&client, &works, record, &page.control, page))
}

fn at(rule: RuleId, status: u16) -> Fault {
    let (method, path) = (Some("PATCH".into()), format!("/rules/{}", rule.as_str()));
    Fault { method, path, skip: 0, times: Some(1), effect: Effect::Refuse { status, retry_after: None } }
}

#[test]
fn after_a_pause_between_the_two_the_second_follows() {
    let (browser, subject, items) = ground();
    let page = Page::default();
    *page.on_news.borrow_mut() = Some(Box::new(|control, news| {
        if matches!(news, RunNews::Halted(_)) {
            control.resume();
        }
    }));
    let done = ran(&browser, &page, items, record(), vec![at(RuleId::ActivationContext, 401)]);
    assert_eq!(page.halts.borrow().len(), 1);
    assert_eq!(done.entry(&subject).unwrap().end, End::Saved);
    assert_eq!(demands(&browser, &subject), context());
    // Both halves are undone together.
    let back = undo::proposal(&done, &page.all_receipts(), None, "Undo".into());
    ran(&browser, &Page::default(), back.items, record(), Vec::new());
    assert_eq!(demands(&browser, &subject), Requirement::Mfa);
}

#[test]
fn another_try_of_an_undo_goes_on_from_its_first_half() {
    let (browser, subject, items) = ground();
    let page = Page::default();
    let done = ran(&browser, &page, items, record(), Vec::new());
    let back = undo::proposal(&done, &page.all_receipts(), None, "Undo".into());
    let page = Page::default();
    let undone = ran(&browser, &page, back.items.clone(), record(), vec![at(RuleId::ActivationEnablement, 400)]);
    assert_eq!(demands(&browser, &subject), Requirement::None, "the context is off, MFA was refused");
    let mut again = Proposal { title: "Undo".into(), ..back };
    undo::go_on(&mut again, &undone, &page.all_receipts());
    let end = ran(&browser, &page, again.items, undone, Vec::new());
    assert_eq!(end.entry(&subject).unwrap().end, End::Saved, "{end:?}");
    assert_eq!(demands(&browser, &subject), Requirement::Mfa);
}

#[test]
fn a_swap_that_is_half_known_is_taken_back_and_not_called_left_out() {
    let (browser, subject, items) = ground();
    let page = Page::default();
    let never = Fault { effect: Effect::NeverStored, ..at(RuleId::ActivationContext, 0) };
    let done = ran(&browser, &page, items, record(), vec![never]);
    let receipts = page.all_receipts();
    assert_eq!(undo::uncertain(&done, &receipts, None).len(), 1);
    let back = undo::proposal(&done, &receipts, None, "Undo".into());
    assert!(back.left_out.is_empty(), "{:?}", back.left_out);
    let end = ran(&browser, &Page::default(), back.items, record(), Vec::new());
    assert_eq!(end.entry(&subject).unwrap().end, End::Saved, "{end:?}");
    assert_eq!(demands(&browser, &subject), Requirement::Mfa);
}
