//! Saves many policies, a few at a time. A fault of one policy ends only that one; a fault of the session or the
//! network pauses all, and what could not be sent is sent when the person says so.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;

use super::book::Book;
use super::control::{Control, Halt};
use super::host::{Host, PolicyProgress, RunNews, Work};
use super::tries::Try;
use crate::desk::pace::Steps;
use crate::desk::save::{NotStarted, Outcome, RuleState, Step, save_watched};
use crate::graph::client::Waiting;
use crate::graph::patience::Patience;
use crate::graph::{Client, Tokens};
use crate::rollout::record::Record;
use crate::world::World;

/// How many saves run at once to begin with. Each makes one call at a time, so this is also the number of calls.
pub const MOST_AT_ONCE: usize = 3;

/// What a finished save says about the pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slowing {
    /// It was not throttled.
    Well,
    /// It was throttled, while only reading.
    Slower,
    /// It was throttled, and has already slowed all saves down.
    Known,
}

/// After this many unknown outcomes in a row the other saves are paused: they would probably meet the same fault.
pub const UNCERTAIN_IN_A_ROW: usize = 3;

/// The number of saves in a row with an unknown outcome.
#[derive(Default)]
struct InARow(usize);

impl InARow {
    fn hear(&mut self, outcome: &Outcome) {
        match outcome {
            _ if has_uncertain(outcome) => self.0 += 1,
            Outcome::Finished(_) => self.0 = 0,
            // Nothing was sent, which says nothing about the others.
            _ => {}
        }
    }

    fn halt(&mut self) -> Option<Halt> {
        (self.0 >= UNCERTAIN_IN_A_ROW).then(|| {
            self.0 = 0;
            Halt::Uncertain
        })
    }
}

/// The result of one save; no outcome if it was stopped while it waited for its page or was being read.
type Ended = (usize, Option<Outcome>, Slowing);

/// Runs all saves; returns the record as stored.
pub async fn run<W: World, T: Tokens>(
    client: &Client<W, T>,
    works: &[Work],
    record: Record,
    control: &Control,
    around: &dyn Host,
) -> Record {
    let book = Book::open(client.world(), around, record, works);
    let mut tries: Vec<Try> = works.iter().map(|work| Try::first(&work.draft)).collect();
    let mut queue: VecDeque<usize> = (0..works.len()).collect();
    let mut at_work: Vec<usize> = Vec::new();
    let mut in_a_row = InARow::default();
    let pace = Rc::new(Cell::new(Steps::new(MOST_AT_ONCE)));
    let waits = Rc::new(Cell::new(0_usize));
    let mut running: FuturesUnordered<LocalBoxFuture<'_, Ended>> = FuturesUnordered::new();
    loop {
        if control.halted().is_some() {
            in_a_row = InARow::default();
        }
        while control.halted().is_none()
            && !control.is_cancelled()
            && waits.get() == 0
            && running.len() < pace.get().at_once()
        {
            let Some(at) = next(&mut queue, &at_work, works) else { break };
            at_work.push(at);
            let hold = Shared { control, around, pace: &pace, waits: &waits };
            let next = tries.get(at).cloned().unwrap_or_default();
            running.push(Box::pin(one(client, (at, next), works, &book, hold)));
        }
        if running.is_empty() && (queue.is_empty() || control.is_cancelled()) {
            break;
        }
        let ended = poll_fn(|context| {
            if control.changed(context.waker()) {
                return Poll::Ready(None);
            }
            // An empty set counts as finished, but more saves may start: then only the person can go on.
            if running.is_empty() { Poll::Pending } else { running.poll_next_unpin(context) }
        })
        .await;
        let Some((at, outcome, told)) = ended else { continue };
        at_work.retain(|known| *known != at);
        let Some(outcome) = outcome else {
            // It is not begun again, whoever stopped it.
            around.tell(RunNews::At(at, tries.get(at).cloned().unwrap_or_default().closed()));
            continue;
        };
        let mut now = pace.get();
        match told {
            Slowing::Well => now.went_well(),
            Slowing::Slower => drop(now.slow_down()),
            Slowing::Known => {}
        }
        pace.set(now);
        around.tell(RunNews::Pace(now.at_once()));
        let mut halt = halt_of(&outcome).filter(|_| !control.is_cancelled());
        let again = halt.is_some() && !has_uncertain(&outcome);
        in_a_row.hear(&outcome);
        let is_left = !queue.is_empty() || !running.is_empty();
        if halt.is_none() && is_left && !control.is_cancelled() {
            halt = in_a_row.halt();
        }
        if let Some(work) = works.get(at) {
            book.ended(at, work, &outcome, again);
        }
        if let Some(one) = tries.get_mut(at) {
            around.tell(RunNews::At(at, one.ended(outcome, again)));
        }
        if again {
            queue.push_front(at);
        }
        if let Some(halt) = halt {
            control.halt(halt.clone());
            around.tell(RunNews::Halted(&halt));
        }
    }
    drop(running);
    for at in queue {
        around.tell(RunNews::At(at, tries.get(at).cloned().unwrap_or_default().closed()));
    }
    book.close()
}

/// The next one whose page is free: a group's members and owners are never saved at once (graph.md G17).
fn next(queue: &mut VecDeque<usize>, at_work: &[usize], works: &[Work]) -> Option<usize> {
    let subject = |at: usize| works.get(at).map(|work| &work.target.subject);
    let is_free = |at: &usize| {
        let own = subject(*at);
        let taken = |other: &usize| own.zip(subject(*other)).is_some_and(|(own, other)| own.shares_page_with(other));
        !at_work.iter().any(taken)
    };
    let place = queue.iter().position(is_free)?;
    queue.remove(place)
}

/// What running saves share.
#[derive(Clone, Copy)]
struct Shared<'a> {
    control: &'a Control,
    around: &'a dyn Host,
    pace: &'a Rc<Cell<Steps>>,
    waits: &'a Rc<Cell<usize>>,
}

async fn one<W: World, T: Tokens>(
    client: &Client<W, T>,
    (at, Try { draft, seen, .. }): (usize, Try),
    works: &[Work],
    book: &Book<'_, W>,
    shared: Shared<'_>,
) -> Ended {
    let Some(work) = works.get(at) else { return (at, None, Slowing::Well) };
    let Shared { control, around, .. } = shared;
    let told = Rc::new(RefCell::new(VecDeque::new()));
    let slowed = Rc::new(Cell::new(false));
    let patience = patience(shared, &told, &slowed);
    control.begins(at, patience.clone());
    if control.halted().is_some() {
        patience.hold();
    }
    if control.is_cancelled() {
        patience.stop();
    }
    let Some(lock) = around.enter(&work.target.subject, &patience).await else {
        control.ends(at);
        let elsewhere = (!patience.is_stopped()).then_some(Outcome::NotStarted(NotStarted::SavedElsewhere));
        return (at, elsewhere, Slowing::Well);
    };
    book.begins(work);
    around.tell(RunNews::At(at, PolicyProgress::Running(Vec::new())));
    let began = client.world().unix_ms();
    let on_step = |step: Step<'_>| match step {
        Step::Planned(planned) => book.planned(at, work, planned),
        Step::Rules(rules) => {
            book.follow(at, rules);
            around.tell(RunNews::At(at, PolicyProgress::Running(rules.to_vec())));
        }
    };
    let seen = seen.as_deref().or(work.seen.policy.as_ref().ok());
    let saving = save_watched(client, &work.target.subject, &draft, None, seen, &on_step, &patience);
    let mut saving = std::pin::pin!(saving);
    let outcome = poll_fn(|context| {
        let polled = saving.as_mut().poll(context);
        while let Some(wait) = told.borrow_mut().pop_front() {
            around.tell(RunNews::Wait(at, wait));
        }
        polled
    })
    .await;
    drop(lock);
    control.ends(at);
    if outcome == Outcome::NotStarted(NotStarted::Stopped) {
        book.gave_up(work);
        return (at, None, Slowing::Well);
    }
    let throttled = |entry: &crate::graph::journal::Entry| entry.status == 429 && entry.at_unix_ms >= began;
    let told = match slowed.get() {
        true => Slowing::Known,
        false if client.journal().iter().any(throttled) => Slowing::Slower,
        false => Slowing::Well,
    };
    (at, Some(outcome), told)
}

/// A patience that reports its waits; while one lasts, no other save starts.
fn patience(shared: Shared<'_>, told: &Rc<RefCell<VecDeque<Option<Waiting>>>>, slowed: &Rc<Cell<bool>>) -> Patience {
    let (pace, waits, slowed) = (shared.pace.clone(), shared.waits.clone(), slowed.clone());
    let (control, told) = (shared.control.clone(), told.clone());
    Patience::watched(Rc::new(move |waiting| {
        told.borrow_mut().push_back(waiting);
        if let Some(waiting) = waiting {
            waits.set(waits.get() + 1);
            if waiting.throttled && !slowed.replace(true) {
                let mut now = pace.get();
                now.slow_down();
                pace.set(now);
            }
        } else {
            waits.set(waits.get().saturating_sub(1));
            control.stir();
        }
    }))
}

/// The pause that the outcome of a save requires.
fn halt_of(outcome: &Outcome) -> Option<Halt> {
    match outcome {
        Outcome::NotStarted(NotStarted::Error(error)) => Halt::by(error),
        Outcome::Finished(finished) => finished.rules.iter().find_map(|rule| match &rule.state {
            RuleState::Failed(error) => Halt::by(error),
            _ => None,
        }),
        _ => None,
    }
}

/// Whether something may have been applied that was not read back: only reading can show that, never a second write.
fn has_uncertain(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Finished(finished) if finished.uncertain() > 0)
}
