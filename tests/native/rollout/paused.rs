//! A change of many policies that a pause stops half-way in one of them says so while it is paused, and when it is then
//! cancelled; and it pauses by itself if the outcomes of several saves in a row are unknown.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::rolling::{Page, guid, in_pim, item, members, record, tenant, wanted, works};
use futures_executor::block_on;
use pim_desk::auth::session::{Reason, SignInNeeded};
use pim_desk::desk::policies;
use pim_desk::desk::rollout::{Control, Halt, PolicyProgress, RunNews, UNCERTAIN_IN_A_ROW, look, run};
use pim_desk::desk::save::{Finished, NotStarted, Outcome, RuleState};
use pim_desk::graph::Error;
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Requirement, RuleId, Setting, Subject, Value};
use pim_desk::rollout::Item;
use pim_desk::rollout::record::{End, Record};
use pim_desk::text::policy::review::sign_in_to_save;
use pim_desk::text::rollout::course;
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
    let context = Value::Requirement(Requirement::Context("c1".into()));
    let items = vec![item(subject.clone(), &[(REQUIREMENT, context)])];
    (browser, subject, items)
}

fn ran(browser: &Browser, page: &Page, items: Vec<Item>, faults: Vec<Fault>) -> Record {
    let works = works(&block_on(look(&browser.client("ana"), items, &guid(2), &Patience::default(), &|_, _| ())));
    let (world, client) = slow_client(browser, "ana", 20);
    browser.play(faults);
    world.run(run(&client, &works, record(), &page.control, page))
}

fn at(rule: RuleId, status: u16, times: u32) -> Fault {
    let (method, path) = (Some("PATCH".into()), format!("/rules/{}", rule.as_str()));
    Fault { method, path, skip: 0, times: Some(times), effect: Effect::Refuse { status, retry_after: None } }
}

/// Acts on the control at each pause, and remembers the progress of the only policy at that time.
fn hears(page: &Page, act: impl Fn(&Control, usize) + 'static) -> Rc<RefCell<Vec<PolicyProgress>>> {
    let seen: Rc<RefCell<Vec<PolicyProgress>>> = Rc::default();
    let (told, now) = (seen.clone(), RefCell::new(PolicyProgress::Waiting));
    *page.on_news.borrow_mut() = Some(Box::new(move |control, news| match news {
        RunNews::At(_, progress) => drop(now.replace(progress.clone())),
        RunNews::Halted(_) => {
            told.borrow_mut().push(now.borrow().clone());
            act(control, told.borrow().len());
        }
        _ => {}
    }));
    seen
}

fn exposed(progress: &PolicyProgress) -> Vec<Setting> {
    course::left(progress).map(Finished::exposed).unwrap_or_default()
}

#[test]
fn a_policy_that_stands_half_way_says_so_while_all_is_paused() {
    let (browser, subject, items) = ground();
    let page = Page::default();
    let seen = hears(&page, |control, _| control.resume());
    let done = ran(&browser, &page, items, vec![at(RuleId::ActivationContext, 401, 2)]);
    // The second save starts from the weaker policy, and is refused too.
    assert_eq!(seen.borrow().len(), 2);
    for progress in seen.borrow().iter() {
        assert!(matches!(progress, PolicyProgress::Paused(_)), "{progress:?}");
        assert_eq!(exposed(progress), [REQUIREMENT]);
        assert!(progress.waits_half_way());
        assert_eq!(course::rules(progress), "1 of 2 rules verified");
        assert_eq!(course::state(progress), "1 of 2 rules verified, 1 failed.");
    }
    assert_eq!(done.entry(&subject).unwrap().end, End::Saved);
    let end = page.progress.borrow()[&0].clone();
    let PolicyProgress::Ended(outcome) = &end else { panic!("{end:?}") };
    assert!(matches!(outcome.as_ref(), Outcome::Finished(finished) if finished.is_complete()), "{outcome:?}");
    assert_eq!((exposed(&end), course::rules(&end).as_str()), (Vec::new(), "2 of 2 rules verified"));
}

#[test]
fn a_cancel_during_the_pause_does_not_call_half_of_it_not_begun() {
    let (browser, subject, items) = ground();
    let page = Page::default();
    hears(&page, |control, _| control.cancel());
    let done = ran(&browser, &page, items, vec![at(RuleId::ActivationContext, 401, 1)]);
    assert_eq!((done.entry(&subject).unwrap().end, demands(&browser, &subject)), (End::Partly, Requirement::None));
    let end = page.progress.borrow()[&0].clone();
    assert!(matches!(end, PolicyProgress::Ended(_)), "{end:?}");
    assert_eq!(exposed(&end), [REQUIREMENT]);
    assert!(!end.waits_half_way(), "nothing is sent any more");
}

#[test]
fn what_was_written_before_a_pause_is_told_where_the_next_save_does_not_begin() {
    let (browser, subject, items) = ground();
    let page = Page::default();
    let (olgas, id) = (browser.clone(), subject.id().to_string());
    hears(&page, move |control, _| {
        let patch = serde_json::json!({"isEnabled": true, "claimValue": "c2"});
        let (rule, now) = (RuleId::ActivationContext.as_str(), olgas.now_ms());
        olgas.tenant_mut().edit_rule(&id, "member", rule, patch, "olga", now);
        control.resume();
    });
    ran(&browser, &page, items, vec![at(RuleId::ActivationContext, 401, 1)]);
    let end = page.progress.borrow()[&0].clone();
    let PolicyProgress::Left(finished, last) = &end else { panic!("{end:?}") };
    assert!(matches!(last.as_ref(), Outcome::Conflicts { .. }), "{last:?}");
    assert_eq!(finished.rules[0].state, RuleState::Verified);
    assert_eq!(course::state(&end), "not sent: someone changed it since the plan");
    assert!(!end.waits_half_way(), "it is over");
    let unsteady = PolicyProgress::Left(finished.clone(), Box::new(Outcome::NotStarted(NotStarted::Unsteady)));
    assert_eq!(course::state(&unsteady), "1 of 2 rules verified, 1 failed.");
    let elsewhere = PolicyProgress::Left(finished.clone(), Box::new(Outcome::NotStarted(NotStarted::SavedElsewhere)));
    assert_eq!(course::state(&elsewhere), "not sent: another tab was saving it");
}

#[test]
fn several_uncertain_ends_in_a_row_pause_what_is_left() {
    let browser = tenant(40);
    let subjects: Vec<Subject> = in_pim(&browser).iter().take(30).map(members).collect();
    let items: Vec<Item> = subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect();
    let page = Page::default();
    let (healed, halts) = (browser.clone(), Rc::new(RefCell::new(Vec::new())));
    let (told, lines) = (halts.clone(), RefCell::new(BTreeMap::new()));
    let counts: Rc<RefCell<Vec<usize>>> = Rc::default();
    let counted = counts.clone();
    *page.on_news.borrow_mut() = Some(Box::new(move |control, news| match news {
        RunNews::At(at, progress) => drop(lines.borrow_mut().insert(*at, progress.clone())),
        RunNews::Halted(halt) => {
            told.borrow_mut().push((*halt).clone());
            counted.borrow_mut().push(lines.borrow().values().filter(|line| course::is_uncertain(line)).count());
            healed.tenant_mut().set_faults(Vec::new());
            control.resume();
        }
        _ => {}
    }));
    let path = "/rules/".into();
    let effect = Effect::Refuse { status: 500, retry_after: None };
    let done =
        ran(&browser, &page, items, vec![Fault { method: Some("PATCH".into()), path, skip: 6, times: None, effect }]);
    assert_eq!(*halts.borrow(), [Halt::Uncertain]);
    assert_eq!(*counts.borrow(), [UNCERTAIN_IN_A_ROW], "what may be there is told while it is paused");
    assert_eq!(course::may_be_there(1), "The result of 1 policy is not known: its change may have been made.");
    assert!(course::may_be_there(3).starts_with("The results of 3 policies are not known: "));
    let uncertain = done.count(|end| end == End::Uncertain);
    assert!((UNCERTAIN_IN_A_ROW..=UNCERTAIN_IN_A_ROW + 2).contains(&uncertain), "only those on their way: {uncertain}");
    assert_eq!(done.count(|end| end == End::Saved) + uncertain, 30);
}

#[test]
fn a_pause_in_between_begins_the_row_anew() {
    let browser = tenant(40);
    let subjects: Vec<Subject> = in_pim(&browser).iter().take(UNCERTAIN_IN_A_ROW + 3).map(members).collect();
    let items: Vec<Item> = subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect();
    let page = Page::default();
    let (healed, halts) = (browser.clone(), Rc::new(RefCell::new(Vec::new())));
    let (told, ended) = (halts.clone(), RefCell::new(0));
    *page.on_news.borrow_mut() = Some(Box::new(move |control, news| match news {
        RunNews::Halted(halt) => {
            told.borrow_mut().push((*halt).clone());
            control.resume();
        }
        RunNews::At(_, PolicyProgress::Ended(_)) => {
            *ended.borrow_mut() += 1;
            if *ended.borrow() == UNCERTAIN_IN_A_ROW - 1 {
                control.pause();
            } else if *ended.borrow() == UNCERTAIN_IN_A_ROW {
                healed.tenant_mut().set_faults(Vec::new());
                control.resume();
            }
        }
        _ => {}
    }));
    let (path, effect) = ("/rules/".into(), Effect::Refuse { status: 500, retry_after: None });
    let done =
        ran(&browser, &page, items, vec![Fault { method: Some("PATCH".into()), path, skip: 0, times: None, effect }]);
    assert_eq!(*halts.borrow(), []);
    let (uncertain, saved) = (done.count(|end| end == End::Uncertain), done.count(|end| end == End::Saved));
    assert_eq!((uncertain, saved), (UNCERTAIN_IN_A_ROW, 3), "{done:?}");
}

#[test]
fn a_sign_in_service_that_does_not_answer_is_no_call_for_a_sign_in() {
    let halt = |reason, retry_in_ms| {
        let needed = SignInNeeded { retry_in_ms, ..SignInNeeded::new(reason, Vec::new()) };
        Halt::by(&Error::SignIn(Box::new(needed)))
    };
    assert!(matches!(halt(Reason::Unavailable, None), Some(Halt::NoAnswer(_))));
    assert!(matches!(halt(Reason::Unavailable, Some(60_000)), Some(Halt::Throttled(_))));
    for reason in [Reason::Expired, Reason::Consent, Reason::Interaction, Reason::Refused] {
        assert!(matches!(halt(reason, None), Some(Halt::SignIn(_))), "{reason:?}");
    }
    let words = |reason| sign_in_to_save(reason);
    assert!(words(Reason::Consent).1.starts_with("Saving needs a permission to write."));
    assert_eq!(words(Reason::Unavailable).0, "Nothing was sent");
    for reason in [Reason::SignedOut, Reason::Expired, Reason::Interaction, Reason::AccountChanged, Reason::Refused] {
        assert!(!words(reason).1.contains("only read"), "{reason:?}");
    }
}
