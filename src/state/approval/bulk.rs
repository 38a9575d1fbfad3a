//! Many decisions with one justification: what is reviewed, the progress of the run, and its results.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::approval::{Decision, Request};
use crate::browser::BrowserWorld;
use crate::desk::bulk::{CannotStart, Run, Step, Stopped};
use crate::state::approval::decisions::Decisions;
use crate::state::approval::justification::{self, Justification};
use crate::state::desk::Desk;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::text;
use crate::world::Clock;

/// The name under which the tab keeps the justification for approving many requests.
const APPROVING: &str = "selected";
/// The same for denying them.
const DENYING: &str = "selected-deny";

/// The requests decided together.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The decision for all of them.
    pub decision: Decision,
    /// Each request and its progress.
    pub steps: Vec<(Request, Step)>,
    /// The person has sent it.
    pub started: bool,
    /// It has ended.
    pub over: bool,
    /// Why it ended early, if it did.
    pub stopped: Option<Stopped>,
}

impl Batch {
    /// The requests, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.steps.iter().map(|(request, _)| request.clone()).collect()
    }

    /// How many requests have a result of their own.
    pub fn ended(&self) -> usize {
        self.steps.iter().filter(|(_, step)| matches!(step, Step::Ended(_))).count()
    }

    /// Whether it is being sent.
    pub const fn is_running(&self) -> bool {
        self.started && !self.over
    }
}

/// The page's batch; there is one at a time.
#[derive(Clone, Copy)]
pub struct Bulk {
    desk: Desk,
    notices: Notices,
    nav: Nav,
    decisions: Decisions,
    /// The batch being reviewed, being sent, or finished; `None`: no batch.
    pub batch: RwSignal<Option<Batch>>,
    /// The person wants to stop the run.
    pub stopping: RwSignal<bool>,
    approving: Words,
    denying: Words,
}

/// The justification for one of the two decisions.
#[derive(Clone, Copy)]
struct Words {
    name: &'static str,
    typed: Justification,
    sent: StoredValue<Option<SentWords>>,
}

impl Words {
    fn open(desk: Desk, name: &'static str, decision: Option<Decision>) -> Self {
        Self { name, typed: Justification::open(&desk.account(), name, decision), sent: StoredValue::new(None) }
    }
}

/// The justification of earlier runs, and the requests it is kept for.
#[derive(Clone, Debug, Default)]
struct SentWords {
    words: String,
    /// IDs of the requests whose result was not known when their run ended.
    requests: Vec<String>,
}

impl Bulk {
    /// Starts without a batch.
    pub fn new(desk: Desk, decisions: Decisions) -> Self {
        let approving = Words::open(desk, APPROVING, None);
        let denying = Words::open(desk, DENYING, Some(Decision::Deny));
        // Earlier versions kept one text, for the decision that was reviewed last.
        if approving.typed.aim.get_untracked() == Decision::Deny {
            denying.typed.set(approving.typed.text.get_untracked());
            approving.typed.discard();
            approving.typed.turn_to(Decision::Approve);
        }
        let bulk = Self {
            desk,
            notices: Notices::current(),
            nav: Nav::current(),
            decisions,
            batch: RwSignal::new(None),
            stopping: RwSignal::new(false),
            approving,
            denying,
        };
        Effect::new(move |_| {
            decisions.ended();
            bulk.put_words_away();
        });
        bulk.nav.winds_up_by(Callback::new(move |_| bulk.stop()));
        bulk
    }

    /// The justification the person types for this decision. A decision is final: text typed for one is never offered
    /// for the other.
    pub const fn words(self, decision: Decision) -> Justification {
        self.words_of(decision).typed
    }

    const fn words_of(self, decision: Decision) -> Words {
        match decision {
            Decision::Approve => self.approving,
            Decision::Deny => self.denying,
        }
    }

    /// Opens the review of these requests, unless a batch is running.
    pub fn review(self, requests: Vec<Request>, decision: Decision) {
        if requests.is_empty() || self.is_running() {
            return;
        }
        let words = self.words(decision);
        words.restored.set(words.text.with_untracked(|text| !text.is_empty()));
        let steps = requests.into_iter().map(|request| (request, Step::Waiting)).collect();
        self.batch.set(Some(Batch { decision, steps, started: false, over: false, stopped: None }));
    }

    /// Closes the review or the results. The text typed is kept for the same decision.
    pub fn close(self) {
        if !self.is_running() {
            self.batch.set(None);
            self.put_words_away();
        }
    }

    /// Sends the batch: each request once, one after another. Returns why it does not start, if so.
    pub fn start(self) -> Result<(), CannotStart> {
        let Some(batch) = self.batch.get_untracked().filter(|batch| !batch.started) else { return Ok(()) };
        let is_free = |request: &Request| untrack(|| self.decisions.is_free(&request.id));
        let free: Vec<Request> = batch.requests().into_iter().filter(is_free).collect();
        let words = self.words(batch.decision).text.get_untracked();
        let run = Run::new(&free, batch.decision, &words)?;
        self.go(run, words.trim().to_owned());
        Ok(())
    }

    /// Tries again what certainly had no effect.
    pub fn retry(self) {
        let Some(batch) = self.batch.get_untracked().filter(|batch| batch.over) else { return };
        let steps: Vec<_> = batch.steps.into_iter().filter(|(_, step)| step.had_no_effect()).collect();
        let requests: Vec<Request> = steps.into_iter().map(|(request, _)| request).collect();
        self.batch.set(None);
        self.review(requests, batch.decision);
        // These are the requests that the text was typed for.
        self.words(batch.decision).restored.set(false);
    }

    /// Stops after the request that is being sent.
    pub fn stop(self) {
        self.stopping.set(true);
    }

    fn go(self, run: Run, words: String) {
        let (requests, decision) = (run.requests().to_vec(), run.decision());
        self.stopping.set(false);
        self.batch.set(Some(Batch {
            decision,
            steps: requests.iter().map(|request| (request.clone(), Step::Waiting)).collect(),
            started: true,
            over: false,
            stopped: None,
        }));
        self.nav.decides(true);
        spawn_local(async move {
            let (client, me) = (self.desk.client(), self.desk.account().oid);
            let began = BrowserWorld.unix_ms();
            let tell = |at: usize, step: &Step| {
                let mut told = step.clone();
                if let Some(request) = requests.get(at) {
                    match &mut told {
                        Step::Sending => self.decisions.begin(request, decision, &words),
                        Step::Ended(outcome) => *outcome = self.decisions.end_one(&request.id, began, outcome),
                        Step::NotAttempted => self.decisions.withdraw(&request.id),
                        Step::Waiting | Step::Paused { .. } => {}
                    }
                }
                self.batch.try_update(|batch| {
                    if let Some((_, known)) = batch.as_mut().and_then(|batch| batch.steps.get_mut(at)) {
                        *known = told;
                    }
                });
            };
            let cancelled = || self.stopping.try_get_untracked() != Some(false);
            let finished = run.start(&client, &me, &cancelled, &tell).await;
            self.keep_words(decision, words.clone(), finished.unsettled());
            self.nav.decides(false);
            self.notices.announce(text::approval::bulk::summary(&finished.steps, decision));
            self.batch.try_update(|batch| {
                if let Some(batch) = batch {
                    (batch.over, batch.stopped) = (true, finished.stopped);
                }
            });
            self.decisions.many_ended();
        });
    }

    /// Keeps the text for these requests, and for those of earlier runs that had the same.
    fn keep_words(self, decision: Decision, words: String, mut requests: Vec<String>) {
        let sent = self.words_of(decision).sent;
        if let Some(before) = sent.try_get_value().flatten().filter(|before| before.words == words) {
            requests.extend(before.requests);
        }
        sent.try_set_value(Some(SentWords { words, requests }));
    }

    /// Deletes a text once every decision sent with it was read back, but not from under a review.
    fn put_words_away(self) {
        let is_reviewing = |batch: &Option<Batch>| batch.as_ref().is_some_and(|batch| !batch.over);
        for words in [self.approving, self.denying] {
            let Some(sent) = words.sent.try_get_value().flatten() else { continue };
            if self.batch.with_untracked(is_reviewing) || !sent.requests.iter().all(|id| self.decisions.is_known(id)) {
                continue;
            }
            words.sent.set_value(None);
            // What the person typed since is theirs.
            if words.typed.text.with_untracked(|text| text.trim() == sent.words) {
                justification::forget(&self.desk.account(), words.name);
                words.typed.text.set(String::new());
            }
        }
    }

    fn is_running(self) -> bool {
        self.batch.with_untracked(|batch| batch.as_ref().is_some_and(Batch::is_running))
    }
}
