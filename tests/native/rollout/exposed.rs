//! A copy between MFA and an authentication context passes through a policy that requires neither. The plan says so
//! before anything is sent, a cancel does not leave it that way, and if Microsoft refuses the second write, the result
//! says it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::rolling::{Page, in_pim, item, members, record, tenant, works};
use futures_executor::block_on;
use pim_desk::desk::policies;
use pim_desk::desk::rollout::{PlannedPolicy, Seen, look, run, totals};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::{Requirement, RuleId, Setting, Subject, Value};
use pim_desk::receipt::exposure::{exposed, may_be_exposed};
use pim_desk::receipt::{Receipt, RuleEnd};
use pim_desk::rollout::Item;
use pim_desk::rollout::outcome::{to_csv, to_json, told};
use pim_desk::rollout::record::{End, Record};
use pim_desk::text;
use pim_desk_tenant::{Effect, Fault};
use serde_json::{Value as Json, json};

const POLICIES: usize = 6;

fn me() -> Guid {
    "00000000-0000-4000-8000-000000000002".parse().unwrap()
}

fn demands(browser: &Browser, subject: &Subject) -> Requirement {
    match block_on(policies::read(&browser.client("ana"), subject))
        .unwrap()
        .unwrap()
        .read(Setting::ActivationRequirement)
        .value
    {
        Some(Value::Requirement(requirement)) => requirement,
        other => panic!("{other:?}"),
    }
}

fn context() -> Requirement {
    Requirement::Context("c1".into())
}

fn looked(browser: &Browser, items: Vec<Item>) -> Vec<Seen> {
    block_on(look(&browser.client("ana"), items, &me(), &Patience::default(), &|_, _| ()))
}

/// Policies that require MFA, and the items that give them a context.
fn ground() -> (Browser, Vec<Subject>, Vec<Item>) {
    let browser = tenant(POLICIES + 12);
    let all = in_pim(&browser).into_iter().map(|id| members(&id));
    let subjects: Vec<Subject> =
        all.filter(|subject| demands(&browser, subject) == Requirement::Mfa).take(POLICIES).collect();
    assert_eq!(subjects.len(), POLICIES);
    let wanted = [
        (Setting::ActivationRequirement, Value::Requirement(context())),
        (Setting::ActivationDuration, Value::Duration("PT23H".into())),
    ];
    let items = subjects.iter().map(|subject| item(subject.clone(), &wanted)).collect();
    (browser, subjects, items)
}

fn rows(seen: &[Seen]) -> Vec<PlannedPolicy> {
    seen.iter().map(|seen| PlannedPolicy::new(Arc::new(seen.clone()), Vec::new(), false)).collect()
}

#[test]
fn the_plan_counts_them_and_asks_first() {
    let (browser, _, mut items) = ground();
    for item in &mut items {
        item.wanted.truncate(1);
    }
    let sum = totals(&rows(&looked(&browser, items)));
    assert_eq!((sum.policies, sum.gaps, sum.weakened), (POLICIES, POLICIES, 0));
    assert!(sum.asks());
    assert!(text::rollout::plan::sum(&sum).contains("6 briefly weaker"), "{}", text::rollout::plan::sum(&sum));
    assert!(text::rollout::plan::confirm(&sum)[0].0.starts_with("In 6 policies activation asks for neither"));
}

#[test]
fn a_cancel_at_any_moment_leaves_no_policy_open() {
    let mut halves = 0;
    for moments in 1..50 {
        let (browser, subjects, items) = ground();
        let works = works(&looked(&browser, items));
        let (world, client) = slow_client(&browser, "ana", 50);
        browser.play(Vec::new());
        let page = Page::default();
        let mut running = pin!(run(&client, &works, record(), &page.control, &page));
        let mut context_ = Context::from_waker(Waker::noop());
        for moment in 0..4_000 {
            if moment == moments {
                page.control.cancel();
                let first_sent = |rule: RuleId| {
                    browser
                        .sent()
                        .iter()
                        .filter(|one| one.request.method == "PATCH" && one.request.url.ends_with(rule.as_str()))
                        .count()
                };
                halves += first_sent(RuleId::ActivationEnablement) - first_sent(RuleId::ActivationContext);
            }
            if running.as_mut().poll(&mut context_).is_ready() {
                break;
            }
            world.pass(10);
        }
        for subject in &subjects {
            let now = demands(&browser, subject);
            assert!(now != Requirement::None, "cancelled after {moments}: {subject} demands nothing");
            let saves = page.receipts_of(subject);
            assert!(exposed(&saves.iter().collect::<Vec<_>>()).is_empty());
        }
        assert!(page.record().ended_unix_ms.is_some());
    }
    assert!(halves > 5, "the cancel hit the moment in between: {halves}");
}

fn refuses_context(subject: &Subject) -> Fault {
    Fault {
        method: Some("PATCH".into()),
        path: format!("{}*AuthenticationContext", subject.id()),
        skip: 0,
        times: Some(1),
        effect: Effect::Refuse { status: 400, retry_after: None },
    }
}

fn ran(browser: &Browser, page: &Page, items: Vec<Item>, record: Record, faults: Vec<Fault>) -> Record {
    let works = works(&looked(browser, items));
    let (world, client) = slow_client(browser, "ana", 20);
    browser.play(faults);
    world.run(run(&client, &works, record, &page.control, page))
}

fn left_open(page: &Page, subject: &Subject) -> Vec<Setting> {
    let saves: Vec<Receipt> = page.receipts_of(subject);
    exposed(&saves.iter().collect::<Vec<_>>())
}

#[test]
fn a_refused_second_half_is_told_until_a_retry_closes_it() {
    let (browser, subjects, items) = ground();
    let (page, victim) = (Page::default(), subjects[2].clone());
    let first = ran(&browser, &page, items.clone(), record(), vec![refuses_context(&victim)]);
    assert_eq!(demands(&browser, &victim), Requirement::None);
    assert_eq!(first.entry(&victim).unwrap().end, End::Partly);
    for subject in &subjects {
        let expected = if *subject == victim { vec![Setting::ActivationRequirement] } else { Vec::new() };
        assert_eq!(left_open(&page, subject), expected);
    }
    // A second try starts from the weaker policy, and fails too: compared with its own start nothing became weaker.
    let own: Vec<Item> = items.into_iter().filter(|item| item.target.subject == victim).collect();
    let second = ran(&browser, &page, own.clone(), first, vec![refuses_context(&victim)]);
    assert_eq!(demands(&browser, &victim), Requirement::None);
    assert_eq!(left_open(&page, &victim), [Setting::ActivationRequirement]);
    let third = ran(&browser, &page, own, second, Vec::new());
    assert_eq!((third.entry(&victim).unwrap().end, demands(&browser, &victim)), (End::Saved, context()));
    assert!(left_open(&page, &victim).is_empty());
}

#[test]
fn what_someone_else_closed_or_nobody_has_read_is_not_called_open() {
    let (browser, subjects, items) = ground();
    let (page, victim) = (Page::default(), subjects[2].clone());
    ran(&browser, &page, items, record(), vec![refuses_context(&victim)]);
    let mut saves = page.receipts_of(&victim);
    saves[0].ended_unix_ms = None;
    assert!(exposed(&saves.iter().collect::<Vec<_>>()).is_empty(), "its end was not read yet");
    let mut saves = page.receipts_of(&victim);
    let context = saves[0].rules.iter_mut().find(|rule| rule.id() == Some(RuleId::ActivationContext)).unwrap();
    context.end = RuleEnd::ChangedSince;
    assert!(exposed(&saves.iter().collect::<Vec<_>>()).is_empty());
}

#[test]
fn a_half_whose_end_is_not_known_is_told_as_perhaps_open() {
    let (browser, subjects, items) = ground();
    let (page, victim) = (Page::default(), subjects[2].clone());
    ran(&browser, &page, items, record(), vec![refuses_context(&victim)]);
    let with = |end| {
        let mut saves = page.receipts_of(&victim);
        let first = saves[0].rules.iter_mut().find(|rule| rule.id() == Some(RuleId::ActivationEnablement)).unwrap();
        first.end = end;
        let saves: Vec<&Receipt> = saves.iter().collect();
        (exposed(&saves), may_be_exposed(&saves))
    };
    let open = vec![Setting::ActivationRequirement];
    assert_eq!(with(RuleEnd::Verified), (open.clone(), Vec::new()));
    assert_eq!(with(RuleEnd::NotVisibleYet), (Vec::new(), open.clone()));
    assert_eq!(with(RuleEnd::Unknown), (Vec::new(), open));
    assert_eq!(with(RuleEnd::NotSaved), (Vec::new(), Vec::new()));
}

fn at_write(subject: &Subject, rule: RuleId, effect: Effect) -> Fault {
    let path = format!("{}*{}", subject.id(), rule.as_str());
    Fault { method: Some("PATCH".into()), path, skip: 0, times: Some(1), effect }
}

/// From a context to MFA: the context is turned off first, and whether it was is unknown once MFA was refused.
#[test]
fn the_result_of_many_says_in_every_form_where_a_policy_may_be_weaker() {
    // The tenant's delay hides the writes to all policies: in that case, only one is changed.
    for (first, policies) in [(Effect::Lag { ms: 400_000 }, 1), (Effect::DropBefore, POLICIES)] {
        let (browser, mut subjects, items) = ground();
        subjects.truncate(policies);
        ran(&browser, &Page::default(), items, record(), Vec::new());
        let (page, victim) = (Page::default(), subjects[policies / 2].clone());
        let mfa = [(Setting::ActivationRequirement, Value::Requirement(Requirement::Mfa))];
        let items: Vec<Item> = subjects.iter().map(|subject| item(subject.clone(), &mfa)).collect();
        let refused = Effect::Refuse { status: 400, retry_after: None };
        let faults = vec![
            at_write(&victim, RuleId::ActivationContext, first),
            at_write(&victim, RuleId::ActivationEnablement, refused),
        ];
        let record = ran(&browser, &page, items, record(), faults);
        assert_eq!(record.entry(&victim).unwrap().end, End::Uncertain);
        let all = told(&record, &|id| page.receipts.borrow().get(id).cloned(), &[]);
        for told in &all {
            let expected = if told.entry.subject == victim { vec![Setting::ActivationRequirement] } else { Vec::new() };
            assert_eq!((told.exposed(), told.may_be_exposed()), (Vec::new(), expected));
        }
        let label = text::policy::setting::labels(&[Setting::ActivationRequirement]);
        let line = format!("    Perhaps left weaker than before and weaker than you wanted: {label}");
        let report = text::rollout::receipt::report(&record, &all, |at| at.to_string());
        assert_eq!(report.lines().filter(|known| **known == *line).count(), 1, "{report}");
        let csv = to_csv(&record, &all, &text::rollout::receipt::csv_words);
        let mut lines = csv.lines();
        assert!(lines.next().unwrap().contains(",left weaker,may be left weaker,receipts,"), "{csv}");
        for line in lines {
            let told = line.contains(&format!(",,\"{label}\","));
            assert_eq!(told, line.contains(&victim.to_string()), "{line}");
        }
        let file: Json = serde_json::from_str(&to_json(&record, &all)).unwrap();
        for (at, target) in file["targets"].as_array().unwrap().iter().enumerate() {
            let number = usize::from(all[at].entry.subject == victim);
            assert_eq!(target["leftWeaker"], json!([]));
            assert_eq!(target["mayBeLeftWeaker"].as_array().unwrap().len(), number, "{target}");
        }
    }
}
