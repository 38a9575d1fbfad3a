//! What a record says about a policy after several tries: a later one, whatever its outcome, never denies what an
//! earlier one wrote.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::rolling::{Page, RULES, in_pim, item, members, record, tenant, wanted, works};
use futures_executor::block_on;
use futures_util::future::LocalBoxFuture;
use pim_desk::desk::rollout::{Host, PolicyProgress, RunNews, SaveStage, Seen, Work, look, run};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::Subject;
use pim_desk::receipt::{Receipt, RuleEnd, Standing};
use pim_desk::rollout::record::{End, Record, Why};
use pim_desk_tenant::{Access as TenantAccess, Effect, Fault};
use serde_json::json;

const WHYS: [Why; 7] =
    [Why::NotBegun, Why::Already, Why::Conflict, Why::NoPolicy, Why::Invalid, Why::SavedElsewhere, Why::NotRead];

fn ground() -> (Browser, Subject) {
    let browser = tenant(14);
    let subject = members(&in_pim(&browser)[1]);
    (browser, subject)
}

fn planned(browser: &Browser, subject: &Subject) -> Vec<Work> {
    let me: Guid = "00000000-0000-4000-8000-000000000002".parse().unwrap();
    let items = vec![item(subject.clone(), &wanted())];
    let seen: Vec<Seen> = block_on(look(&browser.client("ana"), items, &me, &Patience::default(), &|_, _| ()));
    works(&seen)
}

fn ran(browser: &Browser, page: &Page, works: &[Work], record: Record, faults: Vec<Fault>) -> Record {
    let (world, client) = slow_client(browser, "ana", 20);
    browser.play(faults);
    world.run(run(&client, works, record, &page.control, page))
}

fn refuse(method: &str, path: &str, skip: u32, status: u16, retry_after: Option<&str>) -> Fault {
    let effect = Effect::Refuse { status, retry_after: retry_after.map(Into::into) };
    Fault { method: Some(method.into()), path: path.into(), skip, times: Some(1), effect }
}

/// The first rule is saved, the second refused: half of the policy is written.
fn half_saved(browser: &Browser, page: &Page, subject: &Subject) -> Record {
    let works = planned(browser, subject);
    let first = ran(browser, page, &works, record(), vec![refuse("PATCH", "/rules/", 1, 403, None)]);
    assert_eq!((first.entry(subject).unwrap().end, page.receipts_of(subject).len()), (End::Partly, 1));
    first
}

fn end(page: &Page, subject: &Subject) -> End {
    let kept = page.record();
    let told = kept.clone().with_receipts(&|id| page.receipts.borrow().get(id).cloned());
    assert_eq!(kept.entry(subject).unwrap().end, told.entry(subject).unwrap().end, "receipts and record agree");
    told.entry(subject).unwrap().end
}

#[test]
fn a_retry_that_is_cancelled_before_its_turn_denies_nothing() {
    let ((browser, subject), page) = (ground(), Page::default());
    let first = half_saved(&browser, &page, &subject);
    let works = planned(&browser, &subject);
    let again = Page { receipts: page.receipts.clone(), ..Page::default() };
    again.control.cancel();
    ran(&browser, &again, &works, first, Vec::new());
    assert_eq!(end(&again, &subject), End::Partly);
    assert_eq!(again.record().entry(&subject).unwrap().last, Some(Why::NotBegun));
}

#[test]
fn a_pause_after_half_of_it_and_a_reading_that_fails_then_deny_nothing() {
    let ((browser, subject), page) = (ground(), Page::default());
    let works = planned(&browser, &subject);
    // The read before the first write and the two right after it pass.
    let reading = Fault { times: None, ..refuse("GET", subject.id().as_str(), 3, 429, Some("7200")) };
    let faults = vec![refuse("PATCH", "/rules/", 1, 429, Some("7200")), reading];
    let halts = Rc::new(Cell::new(0));
    let told = halts.clone();
    *page.on_news.borrow_mut() = Some(Box::new(move |control, news| {
        if matches!(news, RunNews::Halted(_)) {
            told.set(told.get() + 1);
            if told.get() == 1 {
                control.resume();
            } else {
                control.cancel();
            }
        }
    }));
    let ended = ran(&browser, &page, &works, record(), faults);
    assert_eq!(halts.get(), 2, "{ended:?}");
    assert_eq!(page.receipts_of(&subject).len(), 1);
    assert_eq!(page.receipts_of(&subject)[0].rules[0].end, RuleEnd::Verified);
    assert_eq!(end(&page, &subject), End::Partly, "{ended:?}");
}

#[test]
fn a_second_try_that_meets_a_conflict_or_fails_as_a_whole_denies_nothing() {
    let edit = |subject: &Subject| Fault {
        method: Some("GET".into()),
        path: subject.id().to_string(),
        skip: 0,
        times: Some(1),
        effect: Effect::EditBefore {
            group: subject.id().to_string(),
            access: TenantAccess::Member,
            rule: RULES[1].as_str().into(),
            patch: json!({"maximumDuration": "P9D"}),
            by: "olga".into(),
        },
    };
    let ((browser, subject), page) = (ground(), Page::default());
    let first = half_saved(&browser, &page, &subject);
    let works = planned(&browser, &subject);
    ran(&browser, &page, &works, first, vec![edit(&subject)]);
    assert_eq!(end(&page, &subject), End::Partly);
    assert_eq!(page.record().entry(&subject).unwrap().last, Some(Why::Conflict));

    let ((browser, subject), page) = (ground(), Page::default());
    let first = half_saved(&browser, &page, &subject);
    let works = planned(&browser, &subject);
    let second = ran(&browser, &page, &works, first, vec![refuse("PATCH", "/rules/", 0, 403, None)]);
    assert_eq!(page.receipts_of(&subject).last().unwrap().standing(), Standing::NotSaved);
    assert_eq!(end(&page, &subject), End::Partly);
    assert_eq!(second.entry(&subject).unwrap().receipts.len(), 2);
    let works = planned(&browser, &subject);
    ran(&browser, &page, &works, second, Vec::new());
    assert_eq!(end(&page, &subject), End::Saved);
}

#[test]
fn a_record_that_denies_its_receipts_is_corrected_by_them() {
    let ((browser, subject), page) = (ground(), Page::default());
    let mut kept = half_saved(&browser, &page, &subject);
    kept.entry_mut(&subject).unwrap().end = End::NothingSent(Why::NotBegun);
    let receipts = |id: &Guid| page.receipts.borrow().get(id).cloned();
    assert_eq!(kept.clone().with_receipts(&receipts).entry(&subject).unwrap().end, End::Partly);
    // The save was interrupted, and its outcome is read later.
    let open = |id: &Guid| receipts(id).map(|receipt| Receipt { ended_unix_ms: None, ..receipt });
    kept.entry_mut(&subject).unwrap().end = End::Running;
    assert_eq!(kept.clone().with_receipts(&open).entry(&subject).unwrap().end, End::Running);
    assert_eq!(kept.clone().with_receipts(&receipts).entry(&subject).unwrap().end, End::Partly);
    // It is tried again before that: whatever the outcome, nobody can say that nothing was written.
    let mut again = kept.with_receipts(&open);
    let target = item(subject.clone(), &[]).target;
    again.queue([&target]);
    again.entry_mut(&subject).unwrap().set(End::NothingSent(Why::NotRead));
    assert_eq!(again.entry(&subject).unwrap().end, End::Uncertain);
    assert_eq!(again.with_receipts(&receipts).entry(&subject).unwrap().end, End::Partly, "until it was read");
}

#[test]
fn what_waited_when_the_tab_was_closed_is_over_once_the_rest_is_done() {
    let ((browser, subject), page) = (ground(), Page::default());
    let other = members(&in_pim(&browser)[3]);
    let mut kept = record();
    kept.queue([&item(other.clone(), &[]).target, &item(subject.clone(), &[]).target]);
    // The person left the other one out of the plan before continuing.
    let works = planned(&browser, &subject);
    let ended = ran(&browser, &page, &works, kept, Vec::new());
    assert_eq!(ended.entry(&other).unwrap().end, End::NothingSent(Why::NotBegun));
    assert_eq!(ended.entry(&subject).unwrap().end, End::Saved);
}

#[test]
fn no_later_end_denies_a_write() {
    let lasts: Vec<End> = [End::Saved, End::Partly, End::NotSaved, End::Uncertain]
        .into_iter()
        .chain(WHYS.map(End::NothingSent))
        .collect();
    for earlier in [End::Saved, End::Partly, End::Uncertain, End::Running] {
        for last in &lasts {
            let told = earlier.then(*last);
            assert!(matches!(told, End::Saved | End::Partly | End::Uncertain), "{earlier:?} then {last:?}: {told:?}");
            assert!(told != End::Saved || *last == End::Saved, "{earlier:?} then {last:?}: {told:?}");
        }
    }
    for last in lasts {
        assert_eq!(
            End::NothingSent(Why::Conflict).then(last),
            match last {
                End::NothingSent(Why::NotBegun) => End::NothingSent(Why::Conflict),
                last => last,
            }
        );
    }
}

/// The stages shown for one policy, without immediate repetitions.
fn stages(faults: Vec<Fault>) -> Vec<SaveStage> {
    let (browser, subject) = ground();
    let (page, told) = (Page::default(), Rc::new(RefCell::new(Vec::new())));
    let heard = told.clone();
    *page.on_news.borrow_mut() = Some(Box::new(move |_, news| {
        if let RunNews::At(_, PolicyProgress::Running(rules)) = news {
            heard.borrow_mut().push(SaveStage::of(rules));
        }
    }));
    ran(&browser, &page, &planned(&browser, &subject), record(), faults);
    let mut stages = told.borrow().clone();
    stages.dedup();
    stages
}

#[test]
fn a_line_says_accepted_only_once_microsoft_said_yes_to_all_of_it() {
    assert_eq!(stages(Vec::new()), [SaveStage::Reading, SaveStage::Sending, SaveStage::Accepted]);
    // What was refused, lost or left out was not accepted; with nothing left to send it is read back.
    let read_back = [SaveStage::Reading, SaveStage::Sending, SaveStage::Reading];
    for at in 0..3 {
        assert_eq!(stages(vec![refuse("PATCH", "/rules/", at, 403, None)]), read_back, "refused at {at}");
        let lost = Fault { effect: Effect::DropBefore, ..refuse("PATCH", "/rules/", at, 403, None) };
        assert_eq!(stages(vec![lost]), read_back, "lost at {at}");
    }
}

/// A page at which every save is given up while it waits for its turn.
struct GivesUp<'a>(&'a Page, Cell<usize>);

impl Host for GivesUp<'_> {
    fn enter<'a>(&'a self, _: &'a Subject, patience: &'a Patience) -> LocalBoxFuture<'a, Option<Box<dyn Any>>> {
        self.1.set(self.1.get() + 1);
        assert!(self.1.get() < 10, "begun without end");
        patience.stop();
        Box::pin(async { None })
    }

    fn keep(&self, receipt: Receipt) {
        self.0.keep(receipt);
    }

    fn keep_record(&self, record: &Record) {
        self.0.keep_record(record);
    }

    fn tell(&self, news: RunNews<'_>) {
        self.0.tell(news);
    }
}

#[test]
fn a_save_that_gave_up_waiting_for_its_page_is_not_begun_again() {
    let (browser, subject) = ground();
    let (works, page) = (planned(&browser, &subject), Page::default());
    let (world, client) = slow_client(&browser, "ana", 20);
    browser.play(Vec::new());
    let host = GivesUp(&page, Cell::default());
    let done = world.run(run(&client, &works, record(), &page.control, &host));
    assert_eq!((host.1.get(), browser.sent().len()), (1, 0));
    assert_eq!(done.entry(&subject).unwrap().end, End::NothingSent(Why::NotBegun));
    assert_eq!(page.progress.borrow()[&0], PolicyProgress::NotBegun);
}
