//! Saves that wait for their page: another tab looks at the outcome of a save there, or saves.
#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::any::Any;
use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::sample::browser::Browser;
use crate::sample::latency::{Latency, slow_client};
use crate::sample::rolling::{Page as RolloutPage, guid, item, record, works};
use crate::sample::saving::{GROUP, draft, finished, read, subject, writes};
use futures_executor::block_on;
use futures_util::future::{LocalBoxFuture, join3};
use pim_desk::desk::editing;
use pim_desk::desk::rollout::{Host, PolicyProgress, RunNews, look, run};
use pim_desk::desk::save::{NotStarted, Outcome, save_watched};
use pim_desk::desk::turn::{Page, take_turn};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Draft, RuleId, Setting, Subject, Value};
use pim_desk::receipt::Receipt;
use pim_desk::rollout::record::{End, Record, Why};
use pim_desk::world::Clock;
use pim_desk_tenant::Seed;

/// What the tabs of a browser share: who holds the page's lock, and who says that they save.
#[derive(Default)]
struct Shared {
    holder: Cell<Option<u32>>,
    saves: Cell<Option<u32>>,
    /// A look of the own tab is reading.
    looks: Cell<bool>,
}

struct Held<'a>(&'a Shared);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.holder.set(None);
        self.0.saves.set(None);
    }
}

impl Shared {
    fn hold(&self, tab: u32) -> Option<Held<'_>> {
        self.holder.get().is_none().then(|| {
            self.holder.set(Some(tab));
            Held(self)
        })
    }
}

/// One of the tabs.
#[derive(Clone, Copy)]
struct Tab<'a> {
    number: u32,
    shared: &'a Shared,
    world: &'a Latency,
}

impl<'a> Page for Tab<'a> {
    type Lock = Held<'a>;

    fn is_looked_at(&self) -> bool {
        self.shared.looks.get()
    }

    async fn take(&self) -> Option<Held<'a>> {
        self.world.sleep(2).await;
        self.shared.hold(self.number)
    }

    fn is_saved_elsewhere(&self) -> bool {
        self.shared.saves.get().is_some_and(|tab| tab != self.number)
    }
}

impl Tab<'_> {
    /// Saves as the editor does; returns whether it had to wait, too.
    async fn save(self, job: (&Desk, &Draft), patience: &Patience) -> (Outcome, bool) {
        let (desk, draft) = job;
        let Some(turn) = take_turn(&self, self.world, patience).await else {
            return (Outcome::NotStarted(NotStarted::Stopped), true);
        };
        let Some(lock) = turn.lock else { return (Outcome::NotStarted(NotStarted::SavedElsewhere), turn.waited) };
        self.shared.saves.set(Some(self.number));
        let saved = save_watched(&desk.client, &desk.subject, draft, None, None, &|_| (), patience).await;
        drop(lock);
        (saved, turn.waited)
    }
}

struct Desk {
    client: pim_desk::graph::Client<Latency, pim_desk::auth::session::Session<Browser>>,
    subject: Subject,
}

fn ground() -> (Browser, Latency, Desk, [Draft; 2]) {
    let browser = Browser::new(&Seed::default());
    let subject = subject(&browser, GROUP);
    let policy = read(&browser.client("ana"), &subject);
    let mail = Setting::MailRecipients(RuleId::ActivationRequestor);
    let drafts = [
        draft(&policy, &[(Setting::ActivationDuration, Value::Duration("PT2H".into()))]),
        draft(&policy, &[(mail, Value::Recipients(vec!["soc@contoso.com".into()]))]),
    ];
    let (world, client) = slow_client(&browser, "ana", 80);
    browser.play(Vec::new());
    (browser, world, Desk { client, subject }, drafts)
}

/// Runs a job that is stopped after `ms`; it must end without any time passing after that.
fn stopped<T>(world: &Latency, ms: i64, patience: &Patience, job: impl Future<Output = T>) -> T {
    let (mut job, mut context) = (pin!(job), Context::from_waker(Waker::noop()));
    for _ in 0..ms {
        assert!(job.as_mut().poll(&mut context).is_pending());
        world.pass(1);
    }
    patience.stop();
    match job.as_mut().poll(&mut context) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("the stop after {ms} ms is not heard"),
    }
}

#[test]
fn a_cancel_while_waiting_for_the_page_is_heard_at_once_and_leaves_all_as_it_was() {
    // Another tab looks, saves after a look, or the own tab looks.
    for (holder, saves, looks) in [(Some(9), None, false), (Some(9), Some(9), false), (None, None, true)] {
        for ms in [3, 100, 1_000, 7_777] {
            let (browser, world, desk, [typed, _]) = ground();
            let shared = Shared::default();
            shared.holder.set(holder);
            shared.looks.set(looks);
            let (tab, patience) = (Tab { number: 1, shared: &shared, world: &world }, Patience::default());
            let mut left = typed.clone();
            let late = async {
                world.sleep(2).await;
                world.sleep(0).await;
                shared.saves.set(saves);
            };
            let saving = async { futures_util::future::join(tab.save((&desk, &typed), &patience), late).await.0 };
            let (outcome, waited) = stopped(&world, ms, &patience, saving);
            assert_eq!((&outcome, waited), (&Outcome::NotStarted(NotStarted::Stopped), true), "{ms} ms");
            assert!(browser.sent().is_empty() && shared.holder.get() == holder);
            assert!(editing::after(&outcome, &mut left).is_none() && left == typed, "every typed value is kept");
            let text = editing::kept(&left, None, browser.now_ms()).unwrap();
            assert_eq!(editing::restored(&text, browser.now_ms()).0, typed);
            // Once the page is free, the same values are saved.
            shared.holder.set(None);
            shared.saves.set(None);
            shared.looks.set(false);
            let (saved, _) = world.run(tab.save((&desk, &left), &Patience::default()));
            assert!(finished(saved).is_complete());
        }
    }
}

/// The lock comes while the person cancels: nothing is begun, and nobody is kept from the page.
#[test]
fn a_cancel_that_meets_the_lock_gives_it_back() {
    let (browser, world, desk, [typed, _]) = ground();
    let (shared, patience) = (Shared::default(), Patience::default());
    let tab = Tab { number: 1, shared: &shared, world: &world };
    let mut saving = pin!(tab.save((&desk, &typed), &patience));
    let mut context = Context::from_waker(Waker::noop());
    assert!(saving.as_mut().poll(&mut context).is_pending());
    patience.stop();
    world.pass(2);
    let Poll::Ready((outcome, _)) = saving.as_mut().poll(&mut context) else { panic!("still waiting") };
    assert_eq!(outcome, Outcome::NotStarted(NotStarted::Stopped));
    assert!(browser.sent().is_empty() && shared.holder.get().is_none());
}

#[test]
fn two_saves_that_wait_for_a_look_both_come_to_their_turn() {
    let (browser, world, desk, [one, other]) = ground();
    let (shared, patience) = (Shared::default(), Patience::default());
    let tab = |number| Tab { number, shared: &shared, world: &world };
    let looking = async {
        let look = shared.hold(9).unwrap();
        world.sleep(3_000).await;
        drop(look);
    };
    let saves = join3(looking, tab(1).save((&desk, &one), &patience), tab(2).save((&desk, &other), &patience));
    let ((), first, second) = world.run(saves);
    for (outcome, waited) in [first, second] {
        assert!(waited && finished(outcome).is_complete());
    }
    let rules: Vec<String> = writes(&browser).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules.len(), 2, "{rules:?}");
}

#[test]
fn a_save_that_meets_another_one_is_told_at_once_and_none_waits_for_ever() {
    let (browser, world, desk, [typed, _]) = ground();
    let shared = Shared::default();
    shared.holder.set(Some(9));
    shared.saves.set(Some(9));
    let tab = Tab { number: 1, shared: &shared, world: &world };
    let elsewhere = Outcome::NotStarted(NotStarted::SavedElsewhere);
    let began = browser.now_ms();
    assert_eq!(world.run(tab.save((&desk, &typed), &Patience::default())), (elsewhere.clone(), false));
    assert!(browser.now_ms() - began < 10);
    shared.saves.set(None);
    assert_eq!(world.run(tab.save((&desk, &typed), &Patience::default())), (elsewhere, true));
    assert!(browser.now_ms() - began < 30_000 && browser.sent().is_empty());
}

/// A page of a change of many policies that waits as the real one does.
struct Waits<'a>(&'a RolloutPage, Tab<'a>);

impl Host for Waits<'_> {
    fn enter<'a>(&'a self, _: &'a Subject, patience: &'a Patience) -> LocalBoxFuture<'a, Option<Box<dyn Any>>> {
        Box::pin(async move {
            take_turn(&self.1, self.1.world, patience).await?.lock?;
            let held: Box<dyn Any> = Box::new(());
            Some(held)
        })
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
fn a_change_of_many_that_waits_for_a_page_is_cancelled_at_once() {
    let (browser, world, desk, _) = ground();
    let items = vec![item(desk.subject.clone(), &[(Setting::ActivationDuration, Value::Duration("PT2H".into()))])];
    let quick = browser.client("ana");
    let works = works(&block_on(look(&quick, items, &guid(2), &Patience::default(), &|_, _| ())));
    browser.play(Vec::new());
    let (shared, page) = (Shared::default(), RolloutPage::default());
    shared.holder.set(Some(9));
    let host = Waits(&page, Tab { number: 1, shared: &shared, world: &world });
    let mut running = pin!(run(&desk.client, &works, record(), &page.control, &host));
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000 {
        assert!(running.as_mut().poll(&mut context).is_pending());
        world.pass(1);
    }
    page.control.cancel();
    let Poll::Ready(done) = running.as_mut().poll(&mut context) else { panic!("the cancel is not heard") };
    assert_eq!(done.entry(&desk.subject).unwrap().end, End::NothingSent(Why::NotBegun));
    assert_eq!(page.progress.borrow()[&0], PolicyProgress::NotBegun);
    assert!(browser.sent().is_empty());
}
