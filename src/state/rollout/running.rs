//! A running rollout: the saves, the person's control of them, and another try.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Content, Line, Phase, RolloutState};
use crate::auth::request_id::request_id;
use crate::browser::{BrowserWorld, locks, unload};
use crate::desk::rollout::{
    Control, Fate, Halt, Host, PlannedPolicy, PolicyProgress, RunNews, Work, note, permissions, run,
};
use crate::desk::tabs::Doing;
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::policy::Subject;
use crate::receipt::{Author, Receipt};
use crate::rollout::Proposal;
use crate::rollout::choice::Choice;
use crate::rollout::kept::KeptProposal;
use crate::rollout::record::Record;
use crate::rollout::undo;
use crate::route::Route;
use crate::state::rollout::records::lock_of;
use crate::text;
use crate::world::Clock;

impl RolloutState {
    /// Sends what is planned. The permission to write is requested first: a sign-in must not interrupt the run.
    pub fn start(self) {
        let rows: Vec<PlannedPolicy> =
            self.rows.with_untracked(|rows| rows.iter().filter(|row| row.fate() == Fate::Change).cloned().collect());
        if rows.is_empty() || self.phase.get_untracked() != Phase::Planned {
            return;
        }
        let Some(proposal) = self.put_together() else { return };
        self.begin_reading();
        self.phase.set(Phase::Running);
        self.refused.set(None);
        self.course().halted.set(None);
        self.course().cancelled.set(false);
        self.course().comes_back.set_value(false);
        self.course().paused_unkept.set_value(false);
        self.course().ended.set(0);
        self.course().began.set(BrowserWorld.unix_ms());
        let control = Control::default();
        self.course().control.set_value(control.clone());
        self.around().nav.stay(true);
        spawn_local(async move {
            if let Err(error) = self.around().desk.client().ready(&permissions(&rows)).await {
                self.around().nav.stay(false);
                self.refused.try_set(Some(error));
                self.phase.try_set(Phase::Planned);
                self.keep();
                return;
            }
            self.go(rows, proposal, control).await;
        });
    }

    async fn go(self, rows: Vec<PlannedPolicy>, proposal: Proposal, control: Control) {
        let Some((mut record, _lock)) = self.record(&proposal).await else { return self.around().nav.stay(false) };
        // Stored before anything is sent: if the tab is closed half-way, what remains can be tried again.
        self.around().rollouts.keep_plan(&record.id, &proposal, &self.taken_out.get_value());
        self.continues.set_value(Some(record.id.clone()));
        self.keep();
        self.rows.with_untracked(|rows| note(&mut record, rows));
        let taken_out = self.taken_out.get_value();
        let left_out = proposal.left_out.iter().filter(|one| !taken_out.excludes(&one.target.subject));
        record.leave_out(&left_out.cloned().collect::<Vec<_>>());
        let undone = proposal.undoes.clone();
        let lines: Vec<Line> = rows.iter().map(|row| self.line(row, undone.as_ref())).collect();
        let works: Vec<Work> = lines.iter().map(|line| (*line.work).clone()).collect();
        self.course().lines.set(lines.clone());
        let page = PageHost { state: self, lines };
        let client = self.around().desk.client();
        let ended = run(&client, &works, record, &control, &page).await;
        self.around().notices.announce(text::rollout::summary(&ended));
        let open = ended.targets.iter().filter(|entry| entry.end.may_try_again());
        let open: Vec<Subject> = open.map(|entry| entry.subject.clone()).collect();
        let rest = self.course().comes_back.get_value().then(|| self.rest(&open)).flatten();
        self.course().lines.try_set(Vec::new());
        self.forget();
        self.around().nav.stay(false);
        // If the person returns from a sign-in, what is left is planned again.
        let Some(rest) = rest else { return self.around().nav.go(&Route::rollout_receipt(ended.id)) };
        self.take_up(rest);
        self.keep();
        self.around().nav.go(&Route::ROLLOUT);
    }

    /// The record of the rollout, and its lock: of the rollout that is continued, unless another window writes it, or
    /// new ones.
    async fn record(self, proposal: &Proposal) -> Option<(Record, locks::Taking)> {
        if let Some(id) = self.continues.get_value() {
            let lock = locks::take(&lock_of(&id)).await;
            let ours = match lock {
                locks::Taking::Held(_) => Some(true),
                locks::Taking::Taken => Some(false),
                locks::Taking::Unknown => None,
            };
            let known = untrack(|| self.around().rollouts.get(&id));
            if let Some(known) = known.filter(|known| known.may_go_on(proposal, ours)) {
                return Some((known, lock));
            }
        }
        let account = self.around().desk.account();
        let by = Author { tenant: account.tid, id: account.oid, name: account.name };
        let id: Guid = request_id(&BrowserWorld).parse().ok()?;
        let lock = locks::take(&lock_of(&id)).await;
        Some((Record::begin(id, proposal.title.clone(), by, proposal.undoes.clone(), BrowserWorld.unix_ms()), lock))
    }

    /// For a plan that continues a rollout and changes nothing: records there what is not sent, and why.
    pub(super) async fn note_nothing_to_send(self) {
        let changes = |rows: &Vec<PlannedPolicy>| rows.iter().any(|row| row.fate() == Fate::Change);
        let Some(continued) = self.continues.try_get_value().flatten() else { return };
        let Some(proposal) = self.put_together().filter(|_| !self.rows.with_untracked(changes)) else { return };
        let Some((mut record, _lock)) = self.record(&proposal).await else { return };
        if record.id == continued && record.ended_unix_ms.is_some() {
            self.rows.with_untracked(|rows| note(&mut record, rows));
            record.updated_unix_ms = BrowserWorld.unix_ms();
            record.ended_unix_ms = Some(record.updated_unix_ms);
            self.around().rollouts.keep(&record);
        }
    }

    fn line(self, row: &PlannedPolicy, undone: Option<&Guid>) -> Line {
        let target = row.seen.item.target.clone();
        let undoes = undone.and_then(|id| {
            let record = untrack(|| self.around().rollouts.get(id))?;
            record.entry(&target.subject)?.receipts.last().cloned()
        });
        let label = text::rollout::label(&target);
        Line {
            work: Rc::new(Work { target, label, draft: row.effect.draft.clone(), seen: row.seen.clone(), undoes }),
            changes: Arc::new(row.effect.changes.clone()),
            progress: RwSignal::new(PolicyProgress::Waiting),
            wait: RwSignal::new(None),
        }
    }

    /// Sends nothing more until [`resume`](Self::resume); what is being sent is finished.
    pub fn pause(self) {
        self.course().control.with_value(Control::pause);
        self.course().halted.set(Some(Halt::ByPerson));
    }

    /// The browser does not store what it should: pauses, once in each rollout, to ask before more is sent.
    pub fn pause_unkept(self) {
        if self.is_running()
            && self.course().paused_unkept.try_update_value(|paused| std::mem::replace(paused, true)) == Some(false)
        {
            self.around().receipts.unkept_seen.set(false);
            self.pause();
        }
    }

    /// Ends the pause.
    pub fn resume(self) {
        self.course().halted.set(None);
        unload::guard(true);
        self.course().control.with_value(Control::resume);
    }

    /// Cancels it: what is being sent is read back, the rest is not started.
    pub fn cancel(self) {
        self.course().cancelled.set(true);
        self.course().halted.set(None);
        self.course().control.with_value(Control::cancel);
    }

    /// The session is about to be left: cancels a running rollout. What is left is stored if the same person will
    /// return.
    pub fn wind_up(self, comes_back: bool) {
        if self.is_running() {
            self.course().comes_back.set_value(comes_back);
            self.cancel();
        }
    }

    /// Ends the present waits.
    pub fn hurry(self) {
        self.course().control.with_value(Control::hurry);
    }

    /// Whether the plan of a rollout is still known here, so that it can be tried again.
    pub fn can_retry(self, id: &Guid) -> bool {
        self.around().rollouts.plan(id).is_some()
    }

    /// Plans again what was not applied to these policies, without what the person had taken out; what is sent belongs
    /// to the same rollout.
    pub fn retry(self, id: &Guid, subjects: &[Subject]) {
        let around = self.around();
        let Some((proposal, taken_out)) = around.rollouts.plan(id).map(|plan| plan.again(subjects)) else {
            return;
        };
        self.begin(Content::Nothing, Vec::new());
        if self.is_running() {
            return;
        }
        self.continues.set_value(Some(id.clone()));
        self.taken_out.set_value(taken_out);
        self.content.set(Content::Proposal(proposal));
        self.go_on_with(Some(id));
        self.name_left_out();
        self.plan();
    }

    /// Makes the proposal continue from what earlier tries of this rollout left.
    pub(super) fn go_on_with(self, id: Option<&Guid>) {
        let around = self.around();
        let Some(record) = id.and_then(|id| untrack(|| around.rollouts.get(id))) else { return };
        self.content.update(|content| {
            if let Some(proposal) = content.proposal_mut() {
                around.receipts.list.with_untracked(|kept| undo::go_on(proposal, &record, kept));
            }
        });
    }

    /// Microsoft requires a sign-in: what is left is stored, so that it can be planned again afterwards.
    fn keep_rest(self) {
        let left: Vec<Subject> = self.course().lines.with_untracked(|lines| {
            let open = lines.iter().filter(|line| !is_over(&line.progress.get_untracked()));
            open.map(|line| line.work.target.subject.clone()).collect()
        });
        if let Some(rest) = self.rest(&left) {
            self.keep_choice(&rest);
        }
    }

    /// What is left of the rollout for these policies, in its stored form.
    fn rest(self, left: &[Subject]) -> Option<Choice> {
        let mut proposal = self.put_together()?;
        proposal.items.retain(|item| left.contains(&item.target.subject));
        let is_some = !proposal.items.is_empty();
        // The copy it was made from is no longer needed: what is left of it is in the proposal.
        is_some.then(|| Choice {
            proposal: Some(KeptProposal::of(&proposal)),
            taken_out: self.taken_out.get_value(),
            planned: true,
            continues: self.continues.get_value(),
            aside: self.aside.get_untracked().map(Box::new),
            ..Choice::default()
        })
    }
}

/// Whether the saves of a policy have ended.
const fn is_over(progress: &PolicyProgress) -> bool {
    matches!(progress, PolicyProgress::Ended(_) | PolicyProgress::Left(..))
}

/// What the saves need from the page.
struct PageHost {
    state: RolloutState,
    lines: Vec<Line>,
}

impl Host for PageHost {
    fn enter<'a>(&'a self, subject: &'a Subject, patience: &'a Patience) -> LocalBoxFuture<'a, Option<Box<dyn Any>>> {
        let state = self.state;
        let tenant = state.around().desk.account().tid;
        Box::pin(async move {
            let (receipts, tabs) = (state.around().receipts, state.around().tabs);
            let taking = receipts.take_page(tabs, &tenant, subject, patience).await?.taking;
            let elsewhere = untrack(|| tabs.others_on(subject));
            match taking {
                locks::Taking::Taken => None,
                locks::Taking::Unknown if elsewhere == Doing::Saves => None,
                lock => {
                    state.around().tabs.doing(subject, Doing::Saves);
                    let held: Box<dyn Any> = Box::new(Saving { state, subject: subject.clone(), _lock: lock });
                    Some(held)
                }
            }
        })
    }

    fn keep(&self, receipt: Receipt) {
        self.state.around().receipts.keep(receipt);
    }

    fn keep_record(&self, record: &Record) {
        self.state.around().rollouts.keep(record);
    }

    fn tell(&self, news: RunNews<'_>) {
        let state = self.state;
        match news {
            RunNews::At(at, progress) => {
                let Some(line) = self.lines.get(at) else { return };
                if is_over(&progress) || progress == PolicyProgress::NotBegun {
                    line.wait.try_set(None);
                    state.course().ended.try_update(|ended| *ended += 1);
                }
                line.progress.try_set(progress);
            }
            RunNews::Wait(at, waiting) => {
                if let Some(line) = self.lines.get(at) {
                    line.wait.try_set(waiting);
                }
            }
            RunNews::Pace(at_once) => {
                if state.course().at_once.try_get_untracked() != Some(at_once) {
                    state.course().at_once.try_set(at_once);
                }
            }
            RunNews::Halted(halt) => {
                state.course().halted.try_set(Some(halt.clone()));
                state.around().notices.announce(text::rollout::halted(halt).to_owned());
                if matches!(halt, Halt::SignIn(_)) {
                    state.keep_rest();
                }
            }
        }
    }
}

/// When dropped, tells the other tabs that the save has ended, and releases the lock.
struct Saving {
    state: RolloutState,
    subject: Subject,
    _lock: locks::Taking,
}

impl Drop for Saving {
    fn drop(&mut self) {
        self.state.around().tabs.doing(&self.subject, Doing::Nothing);
    }
}
