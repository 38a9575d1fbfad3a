//! What is recorded of a rollout while it runs: the record, and a receipt for each save, both stored before anything is
//! sent.

use std::cell::RefCell;

use super::host::{Host, Work};
use crate::auth::request_id::request_id;
use crate::desk::receipts::{self, Opening};
use crate::desk::save::{NotStarted, Outcome, Planned, RuleProgress};
use crate::policy::Setting;
use crate::receipt::{Receipt, Refused};
use crate::rollout::record::{End, Record, Why};
use crate::world::World;

/// The record and the receipts of a rollout.
pub(super) struct Book<'a, W> {
    world: &'a W,
    around: &'a dyn Host,
    record: RefCell<Record>,
    /// The receipt of each running save, by the position of its work.
    open: RefCell<Vec<Option<Receipt>>>,
}

impl<'a, W: World> Book<'a, W> {
    /// Starts recording: the record is stored before anything begins.
    pub(super) fn open(world: &'a W, around: &'a dyn Host, mut record: Record, works: &[Work]) -> Self {
        record.queue(works.iter().map(|work| &work.target));
        let book = Self {
            world,
            around,
            record: RefCell::new(record),
            open: RefCell::new(works.iter().map(|_| None).collect()),
        };
        book.keep();
        book
    }

    fn keep(&self) {
        let mut record = self.record.borrow_mut();
        record.updated_unix_ms = self.world.unix_ms();
        self.around.keep_record(&record);
    }

    fn set(&self, work: &Work, end: End) {
        if let Some(entry) = self.record.borrow_mut().entry_mut(&work.target.subject) {
            entry.set(end);
        }
        self.keep();
    }

    fn waits_again(&self, work: &Work) {
        if let Some(entry) = self.record.borrow_mut().entry_mut(&work.target.subject) {
            entry.wait_again();
        }
        self.keep();
    }

    pub(super) fn begins(&self, work: &Work) {
        self.set(work, End::Running);
    }

    /// It was stopped while it was still being read.
    pub(super) fn gave_up(&self, work: &Work) {
        self.set(work, End::NothingSent(Why::NotBegun));
    }

    /// Opens the receipt of a save, before its first write.
    pub(super) fn planned(&self, at: usize, work: &Work, planned: &Planned) {
        let Ok(id) = request_id(self.world).parse() else { return };
        let (by, rollout) = {
            let record = self.record.borrow();
            (record.by.clone(), record.id.clone())
        };
        let opening =
            Opening { id, by, subject_name: work.label.clone(), undoes: work.undoes.clone(), rollout: Some(rollout) };
        let receipt = receipts::open(opening, planned, self.world.unix_ms());
        if let Some(entry) = self.record.borrow_mut().entry_mut(&work.target.subject) {
            entry.receipts.push(receipt.id.clone());
        }
        self.around.keep(receipt.clone());
        self.keep();
        self.hold(at, Some(receipt));
    }

    fn hold(&self, at: usize, receipt: Option<Receipt>) -> Option<Receipt> {
        self.open.borrow_mut().get_mut(at).and_then(|place| std::mem::replace(place, receipt))
    }

    pub(super) fn follow(&self, at: usize, rules: &[RuleProgress]) {
        if let Some(mut receipt) = self.hold(at, None) {
            receipts::follow(&mut receipt, rules, self.world.unix_ms());
            self.around.keep(receipt.clone());
            self.hold(at, Some(receipt));
        }
    }

    /// Closes the receipt of one save. `again`: the save is resumed when the person says so.
    pub(super) fn ended(&self, at: usize, work: &Work, outcome: &Outcome, again: bool) {
        let end = match (outcome, self.hold(at, None)) {
            (Outcome::Finished(finished), Some(mut receipt)) => {
                receipts::close(&mut receipt, finished, self.world.unix_ms());
                let standing = receipt.standing();
                self.around.keep(receipt);
                End::of(standing)
            }
            (Outcome::Finished(_), None) => End::NothingSent(Why::Already),
            (Outcome::Conflicts { .. }, _) => End::NothingSent(Why::Conflict),
            (Outcome::NotStarted(why), _) => End::NothingSent(match why {
                NotStarted::Error(_) | NotStarted::Unsteady => Why::NotRead,
                NotStarted::NoPolicy(_) => Why::NoPolicy,
                NotStarted::Invalid { .. } => Why::Invalid,
                NotStarted::SavedElsewhere => Why::SavedElsewhere,
                NotStarted::Stopped => Why::NotBegun,
            }),
        };
        let (refused, about) = hindrance(outcome);
        if let Some(entry) = self.record.borrow_mut().entry_mut(&work.target.subject) {
            (entry.refused, entry.about) = (refused, about);
        }
        self.set(work, end);
        if again {
            self.waits_again(work);
        }
    }

    /// The rollout is over: a policy that still waits, also after an earlier try that was interrupted, counts as not
    /// started, or keeps the result of its earlier tries.
    pub(super) fn close(self) -> Record {
        let now = self.world.unix_ms();
        let mut record = self.record.into_inner();
        for entry in &mut record.targets {
            if entry.end == End::Waiting || entry.end == End::Running && entry.receipts.is_empty() {
                entry.set(End::NothingSent(Why::NotBegun));
            }
        }
        record.ended_unix_ms = Some(now);
        record.updated_unix_ms = now;
        self.around.keep_record(&record);
        record
    }
}

/// What kept a save from sending anything, beyond its kind.
fn hindrance(outcome: &Outcome) -> (Option<Refused>, Vec<Setting>) {
    match outcome {
        Outcome::Conflicts { conflicts, .. } => (None, conflicts.iter().map(|conflict| conflict.setting).collect()),
        Outcome::NotStarted(NotStarted::Error(error)) => (Some(receipts::refused(error)), Vec::new()),
        Outcome::NotStarted(NotStarted::Invalid { issues, .. }) => {
            (None, issues.iter().map(|issue| issue.setting).collect())
        }
        Outcome::NotStarted(_) | Outcome::Finished(_) => (None, Vec::new()),
    }
}
