//! Retrying a change of many policies: it continues the same record, from what is stored in the browser, and what the
//! person left out of the plan stays out, however often the plan is read again.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::rolling::{Page, RULES, guid, in_pim, item, members, record, tenant, wanted};
use futures_executor::block_on;
use pim_desk::desk::rollout::{Fate, PlannedPolicy, Work, look, rows_of, run};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::{Setting, Subject};
use pim_desk::rollout::choice::Choice;
use pim_desk::rollout::kept::{KeptPlan, KeptProposal};
use pim_desk::rollout::record::{End, Record};
use pim_desk::rollout::taken_out::TakenOut;
use pim_desk::rollout::{Item, Proposal};
use pim_desk_tenant::{Effect, Fault};

fn me() -> Guid {
    "00000000-0000-4000-8000-000000000002".parse().unwrap()
}

fn ground() -> (Browser, Vec<Subject>, Proposal) {
    let browser = tenant(14);
    let subjects: Vec<Subject> = in_pim(&browser).iter().take(6).map(members).collect();
    let items = subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect();
    (browser, subjects, Proposal { title: "Copy".into(), items, undoes: None, left_out: Vec::new() })
}

fn rows(browser: &Browser, items: Vec<Item>, taken_out: &TakenOut) -> Vec<PlannedPolicy> {
    rows_of(block_on(look(&browser.client("ana"), items, &me(), &Patience::default(), &|_, _| ())), taken_out)
}

fn works(rows: &[PlannedPolicy]) -> Vec<Work> {
    let work = |row: &&PlannedPolicy| row.fate() == Fate::Change;
    let work_of = |row: &PlannedPolicy| Work {
        target: row.seen.item.target.clone(),
        label: row.seen.item.target.name.clone(),
        draft: row.effect.draft.clone(),
        seen: row.seen.clone(),
        undoes: None,
    };
    rows.iter().filter(work).map(work_of).collect()
}

fn ran(browser: &Browser, page: &Page, rows: &[PlannedPolicy], record: Record, faults: Vec<Fault>) -> Record {
    let (world, client) = slow_client(browser, "ana", 20);
    browser.play(faults);
    world.run(run(&client, &works(rows), record, &page.control, page))
}

/// The rules that were sent to a policy, in order.
fn sent_to(browser: &Browser, subject: &Subject) -> Vec<String> {
    let sent = browser.sent();
    let patches =
        sent.iter().filter(|one| one.request.method == "PATCH" && one.request.url.contains(subject.id().as_str()));
    patches.map(|one| one.request.url.rsplit('/').next().unwrap().to_owned()).collect()
}

fn refuse_all_of(subject: &Subject) -> Fault {
    Fault {
        method: Some("PATCH".into()),
        path: format!("{}*/rules/", subject.id()),
        skip: 0,
        times: Some(1),
        effect: Effect::Refuse { status: 403, retry_after: None },
    }
}

#[test]
fn what_was_left_out_of_a_policy_is_not_sent_when_it_is_tried_again() {
    let (browser, subjects, proposal) = ground();
    let (victim, page) = (subjects[1].clone(), Page::default());
    let mut out = TakenOut::default();
    out.leave_out(&victim, Setting::ActiveExpiry, true);
    out.exclude(&subjects[4], true);
    let kept = KeptPlan::of(&proposal, &out).to_json();
    let planned = rows(&browser, proposal.items, &out);
    let first = ran(&browser, &page, &planned, record(), vec![refuse_all_of(&victim)]);
    assert_eq!(first.entry(&victim).unwrap().end, End::NotSaved, "{first:?}");
    assert_eq!(first.entry(&subjects[4]), None);
    // After a reload only the text is left.
    let (again, out) = KeptPlan::from_json(&kept).unwrap().again(std::slice::from_ref(&victim));
    assert_eq!(again.items.len(), 1);
    let planned = rows(&browser, again.items, &out);
    assert_eq!(planned[0].without, [Setting::ActiveExpiry]);
    let second = ran(&browser, &page, &planned, first, Vec::new());
    assert_eq!((second.id.clone(), second.entry(&victim).unwrap().end), (guid(7), End::Saved));
    let left_out = RULES[1].as_str();
    assert!(!sent_to(&browser, &victim).iter().any(|rule| rule == left_out), "{:?}", sent_to(&browser, &victim));
    assert_eq!(sent_to(&browser, &victim).len(), 2);
    assert!(sent_to(&browser, &subjects[4]).is_empty());
}

#[test]
fn reading_the_plan_again_or_a_reload_in_the_middle_brings_nothing_back() {
    let (browser, subjects, proposal) = ground();
    let mut choice = Choice { proposal: Some(KeptProposal::of(&proposal)), planned: true, ..Choice::default() };
    choice.taken_out.exclude(&subjects[0], true);
    choice.taken_out.leave_out(&subjects[2], Setting::ActivationDuration, true);
    // This needs no rows: it is what is stored while they are read.
    let restored = Choice::restored(&choice.kept(1_000).unwrap(), 2_000);
    assert_eq!(restored, choice);
    let items = restored.proposal.unwrap().proposal().items;
    for _ in 0..2 {
        let planned = rows(&browser, items.clone(), &restored.taken_out);
        let fates: Vec<Fate> = planned.iter().map(PlannedPolicy::fate).collect();
        assert_eq!(fates, [Fate::Excluded, Fate::Change, Fate::Change, Fate::Change, Fate::Change, Fate::Change]);
        assert_eq!(planned[2].effect.changes.len(), 2);
    }
    let mut out = restored.taken_out;
    out.exclude(&subjects[0], false);
    out.leave_out(&subjects[2], Setting::ActivationDuration, false);
    assert_eq!(out, TakenOut::default());
}

#[test]
fn trying_one_again_keeps_the_plan_of_the_others() {
    let (_, subjects, proposal) = ground();
    let mut out = TakenOut::default();
    out.leave_out(&subjects[1], Setting::ActiveExpiry, true);
    out.exclude(&subjects[5], true);
    let first = KeptPlan::of(&proposal, &out);
    let (again, mut newer) = first.again(&subjects[1..2]);
    newer.leave_out(&subjects[1], Setting::ActiveExpiry, false);
    newer.leave_out(&subjects[1], Setting::ActivationDuration, true);
    let text = first.followed_by(&again, &newer).to_json();
    let (all, out) = KeptPlan::from_json(&text).unwrap().again(&subjects);
    assert_eq!(all.items.len(), 6);
    assert!(all.items.iter().all(|item| item.wanted == wanted()));
    assert_eq!(out.settings_of(&subjects[1]), [Setting::ActivationDuration]);
    assert!(out.excludes(&subjects[5]));
}

#[test]
fn shared_values_are_kept_once_and_damaged_plans_give_nothing() {
    let (_, subjects, proposal) = ground();
    let many: Vec<Item> = (0..500).flat_map(|_| proposal.items.clone()).take(500).collect();
    let large = KeptPlan::of(&Proposal { items: many, ..proposal.clone() }, &TakenOut::default()).to_json();
    assert!(large.len() < 60_000, "{}", large.len());
    let text = KeptPlan::of(&proposal, &TakenOut::default()).to_json();
    assert_eq!(KeptPlan::from_json(&text.replace("\"version\":1", "\"version\":2")), None);
    assert_eq!(KeptPlan::from_json(&text[..text.len() / 2]), None);
    let astray = text.replace("\"wanted\":0", "\"wanted\":9");
    assert!(KeptPlan::from_json(&astray).unwrap().again(&subjects).0.items.is_empty());
}

#[test]
fn a_record_is_gone_on_with_only_where_nobody_else_writes_it() {
    let (_, _, proposal) = ground();
    let mut known = record();
    assert!(known.may_go_on(&proposal, Some(true)));
    assert!(!known.may_go_on(&proposal, Some(false)), "another window holds its lock");
    assert!(!known.may_go_on(&proposal, None), "without locks, one that has not ended may be another window's");
    known.ended_unix_ms = Some(1);
    assert!(known.may_go_on(&proposal, None) && !known.may_go_on(&proposal, Some(false)));
    let other = Proposal { title: "Copy 2 settings".into(), ..proposal };
    assert!(!known.may_go_on(&other, Some(true)), "the person made another change of it");
}
