//! What is reported for a change of many policies whose record or receipts could not all be stored, because the
//! browser's storage was full.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample;
use crate::sample::rolling::{Page, in_pim, item, members, record, tenant, wanted, works};
use futures_executor::block_on;
use pim_desk::desk::rollout::{Fate, Seen, look, note, rows_of, run};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::{RuleId, Setting, Subject, Value};
use pim_desk::receipt::Receipt;
use pim_desk::receipt::listing::{Filter, Line, Since, lines};
use pim_desk::rollout::Item;
use pim_desk::rollout::record::{End, Record, Why};
use pim_desk::rollout::taken_out::TakenOut;
use pim_desk::text::rollout::summary;
use pim_desk_tenant::{Effect, Fault};

/// A change of four policies, all saved: the record at its beginning, the record at its end, the receipts.
fn ran() -> (Record, Record, Vec<Receipt>) {
    let browser = tenant(14);
    let subjects: Vec<Subject> = in_pim(&browser).iter().take(4).map(members).collect();
    let me: Guid = "00000000-0000-4000-8000-000000000002".parse().unwrap();
    let client = browser.client("ana");
    let items = subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect();
    let works = works(&block_on(look(&client, items, &me, &Patience::default(), &|_, _| ())));
    let page = Page::default();
    let ended = block_on(run(&client, &works, record(), &page.control, &page));
    assert!(ended.targets.iter().all(|entry| entry.end == End::Saved));
    let mut begun = record();
    begun.queue(works.iter().map(|work| &work.target));
    (begun, ended, page.all_receipts())
}

/// What the page finds at its next start.
fn found(mut stored: Record, kept: &[Receipt]) -> Record {
    stored.claim(kept);
    stored.cut_short(9_000);
    stored.lose(&|id| kept.iter().any(|receipt| receipt.id == *id));
    stored.with_receipts(&|id| kept.iter().find(|receipt| receipt.id == *id).cloned())
}

#[test]
fn a_record_that_was_never_written_again_still_tells_what_was_sent() {
    let (begun, ended, receipts) = ran();
    let told = found(begun.clone(), &receipts);
    assert!(told.targets.iter().all(|entry| entry.end == End::Saved), "{told:?}");
    for (told, ended) in told.targets.iter().zip(&ended.targets) {
        assert_eq!(told.receipts, ended.receipts);
    }
    let told = found(begun, &receipts[..1]);
    assert_eq!(told.count(|end| end == End::Saved), 1);
    assert_eq!(told.count(|end| end == End::NothingSent(Why::NotBegun)), 3);
}

#[test]
fn a_save_whose_receipt_is_gone_is_uncertain_and_not_unknown_for_ever() {
    let (_, mut ended, receipts) = ran();
    for entry in &mut ended.targets {
        entry.end = End::Running;
    }
    let told = found(ended.clone(), &receipts[..2]);
    assert_eq!((told.count(|end| end == End::Saved), told.count(|end| end == End::Uncertain)), (2, 2));
    let told = found(ended, &[]);
    assert!(told.targets.iter().all(|entry| entry.end == End::Uncertain));
}

/// What the page finds if the browser refused to update the stored record.
fn found_stale(mut stored: Record, kept: &[Receipt]) -> Record {
    stored.doubt();
    let told = found(stored, kept);
    Record::from_json(&told.to_json()).unwrap().with_receipts(&|id| kept.iter().find(|known| known.id == *id).cloned())
}

#[test]
fn what_may_have_been_sent_after_the_browser_refused_is_never_called_not_begun() {
    let (begun, ended, receipts) = ran();
    let told = found_stale(begun.clone(), &[]);
    assert!(told.targets.iter().all(|entry| entry.end == End::Uncertain), "{told:?}");
    let told = found_stale(begun.clone(), &receipts[..1]);
    assert_eq!((told.count(|end| end == End::Saved), told.count(|end| end == End::Uncertain)), (1, 3));
    // It was being read before the first write when the browser refused.
    let mut running = begun;
    for entry in &mut running.targets {
        entry.set(End::Running);
    }
    assert!(found_stale(running, &[]).targets.iter().all(|entry| entry.end == End::Uncertain));
    assert!(found_stale(ended, &receipts).targets.iter().all(|entry| entry.end == End::Saved));
}

#[test]
fn an_ended_record_denies_no_later_try_that_could_not_be_kept() {
    let (mut stored, ..) = ran();
    let ends = [End::NothingSent(Why::Conflict), End::NotSaved, End::NothingSent(Why::Already), End::Saved];
    for (entry, end) in stored.targets.iter_mut().zip(ends) {
        entry.set(end);
    }
    stored.ended_unix_ms = Some(1);
    stored.doubt();
    let told = stored.with_receipts(&|_| None);
    let told: Vec<End> = told.targets.iter().map(|entry| entry.end).collect();
    assert_eq!(told, [End::Uncertain, End::Uncertain, End::NothingSent(Why::Already), End::Saved]);
}

#[test]
fn what_could_not_be_read_or_was_stopped_is_in_the_record_with_its_reason() {
    let browser = tenant(14);
    let subjects: Vec<Subject> = in_pim(&browser).iter().take(4).map(members).collect();
    let mut items: Vec<Item> = subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect();
    // The second has no policy, the third cannot be read, the fourth is to get what no policy may have.
    items[1].target.subject = Subject::Role { template: "00000000-0000-4000-8000-00000000dead".parse().unwrap() };
    let mail = Setting::MailRecipients(RuleId::ActivationAlert);
    items[3].wanted = vec![(mail, Value::Recipients(vec!["no address".into()]))];
    let fault = Fault {
        method: None,
        path: format!("scopeId eq '{}'", subjects[2].id()),
        skip: 0,
        times: None,
        effect: Effect::Refuse { status: 403, retry_after: None },
    };
    let me: Guid = "00000000-0000-4000-8000-000000000002".parse().unwrap();
    let client = browser.client("ana");
    browser.play(vec![fault]);
    let seen = block_on(look(&client, items.clone(), &me, &Patience::default(), &|_, _| ()));
    let rows = rows_of(seen, &TakenOut::default());
    let mut planned = record();
    note(&mut planned, &rows);
    let seen: Vec<Seen> = rows.iter().filter(|row| row.fate() == Fate::Change).map(|row| (*row.seen).clone()).collect();
    let page = Page::default();
    let ended = block_on(run(&client, &works(&seen), planned, &page.control, &page));
    let ends: Vec<End> = ended.targets.iter().map(|entry| entry.end).collect();
    let not = End::NothingSent;
    assert_eq!(ends, [End::Saved, not(Why::NoPolicy), not(Why::NotRead), not(Why::Blocked)]);
    assert_eq!(ended.targets[2].refused.as_ref().unwrap().status, 403);
    assert_eq!(ended.targets[3].about, [mail]);
    assert_eq!(summary(&ended), "1 saved, 3 not sent");
    assert_eq!(Record::from_json(&ended.to_json()).as_ref(), Some(&ended));
    // Another try with the same result says the same.
    let mut later = ended.clone();
    note(&mut later, &rows);
    assert_eq!(later.targets, ended.targets);
}

#[test]
fn what_holds_everything_at_another_try_is_left_to_be_tried_no_longer() {
    let browser = tenant(14);
    let subjects: Vec<Subject> = in_pim(&browser).iter().take(4).map(members).collect();
    let me: Guid = "00000000-0000-4000-8000-000000000002".parse().unwrap();
    let client = browser.client("ana");
    let look = || {
        let items = subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect();
        block_on(look(&client, items, &me, &Patience::default(), &|_, _| ()))
    };
    let works = works(&look());
    let page = Page::default();
    block_on(run(&client, &works, record(), &page.control, &page));
    let rows = rows_of(look(), &TakenOut::default());
    assert!(rows.iter().all(|row| row.fate() == Fate::NothingToDo));
    let mut told = record();
    told.queue(works.iter().take(3).map(|work| &work.target));
    let ends = [End::NothingSent(Why::NotRead), End::Saved, End::Uncertain];
    for (entry, end) in told.targets.iter_mut().zip(ends) {
        entry.set(end);
    }
    note(&mut told, &rows);
    let ends: Vec<End> = told.targets.iter().map(|entry| entry.end).collect();
    assert_eq!(ends, [End::NothingSent(Why::Already), End::Saved, End::Uncertain]);
}

#[test]
fn receipts_of_other_rollouts_and_policies_are_not_claimed() {
    let (begun, _, mut receipts) = ran();
    receipts[0].rollout = Some(sample::rolling::guid(8));
    receipts[1].subject = "roles/11111111-1111-4111-8111-111111111111".parse().unwrap();
    let told = found(begun, &receipts);
    assert_eq!(told.targets.iter().filter(|entry| !entry.receipts.is_empty()).count(), 2);
}

#[test]
fn a_rollout_without_receipts_is_found_by_its_words_and_time() {
    let day = 86_400_000;
    let fits =
        |text: &str, since| Filter { text: text.into(), since, standing: None }.fits("Copy 3\nAna", day, 3 * day);
    assert!(fits("", Since::Ever) && fits("copy ana", Since::Week));
    assert!(!fits("undo", Since::Ever) && !fits("copy", Since::Day));
}

#[test]
fn the_saves_of_a_rollout_stand_below_it_and_the_newest_first() {
    let (_, ended, receipts) = ran();
    let begun = ended.started_unix_ms;
    let alone = |digit: char, started_unix_ms| {
        let id = format!("{digit}0000000-0000-4000-8000-000000000000").parse().unwrap();
        Receipt { id, started_unix_ms, rollout: None, ..receipts[0].clone() }
    };
    let (older, newer) = (alone('a', begun - 1), alone('b', begun + 100_000_000));
    let part = |at: usize| Line::Part(receipts[at].id.clone());
    let shown = [&newer, &receipts[3], &receipts[1], &older];
    let told = lines(&shown, &[(&ended.id, begun)]);
    let whole = [Line::Rollout(ended.id.clone()), part(3), part(1)];
    assert_eq!(told, [&[Line::Alone(newer.id.clone())], &whole[..], &[Line::Alone(older.id.clone())]].concat());
    // Without a stored record, its saves are listed on their own.
    assert_eq!(lines(&[&receipts[0]], &[]), [Line::Alone(receipts[0].id.clone())]);
    assert_eq!(lines(&[], &[(&ended.id, begun)]), [Line::Rollout(ended.id)]);
}
