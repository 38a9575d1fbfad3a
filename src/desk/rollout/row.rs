//! One policy of a plan: what was read, what the person took out of it, and what would happen to it.

use std::sync::Arc;

use super::look::{Seen, Unreadable};
use crate::auth::scope::Scope;
use crate::desk::receipts;
use crate::graph::endpoint;
use crate::policy::preflight::Reason;
use crate::policy::{Setting, Subject};
use crate::rollout::Target;
use crate::rollout::aspect::Aspect;
use crate::rollout::not_sent::NotSent;
use crate::rollout::plan::{Around, Effect, Totals, effect};
use crate::rollout::record::{Record, Why};
use crate::rollout::taken_out::TakenOut;

/// What would happen to a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It would be changed.
    Change,
    /// It already has every value that can be carried over.
    NothingToDo,
    /// A finding prevents it.
    Blocked,
    /// It has no single policy, or could not be read.
    Unreadable,
    /// The person took it out.
    Excluded,
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedPolicy {
    /// The policy as it was read.
    pub seen: Arc<Seen>,
    /// The settings that the person took out.
    pub without: Vec<Setting>,
    /// The person took out the whole policy.
    pub excluded: bool,
    /// What would happen; nothing if there is no policy.
    pub effect: Arc<Effect>,
}

impl PlannedPolicy {
    /// Computes a line.
    pub fn new(seen: Arc<Seen>, without: Vec<Setting>, excluded: bool) -> Self {
        let around = Around { facts: &seen.facts, without: &without };
        let effect = seen.policy.as_ref().map(|policy| effect(&seen.item, policy, around)).unwrap_or_default();
        Self { effect: Arc::new(effect), seen, without, excluded }
    }

    /// The policy's subject.
    pub fn subject(&self) -> &Subject {
        &self.seen.item.target.subject
    }

    /// Takes a setting out, or puts it back in.
    pub fn turn(&mut self, setting: Setting, out: bool) {
        let mut without = std::mem::take(&mut self.without);
        without.retain(|known| *known != setting);
        if out {
            without.push(setting);
        }
        *self = Self::new(self.seen.clone(), without, self.excluded);
    }

    /// What would happen to it.
    pub fn fate(&self) -> Fate {
        match &self.seen.policy {
            Err(_) => Fate::Unreadable,
            Ok(_) if self.effect.draft.is_empty() => Fate::NothingToDo,
            Ok(_) if self.excluded => Fate::Excluded,
            Ok(_) if self.effect.is_blocked() => Fate::Blocked,
            Ok(_) => Fate::Change,
        }
    }

    /// Why nothing is sent to it though it was to be changed; `None` if it will be changed, already has all values, or
    /// was taken out.
    pub fn not_sent(&self) -> Option<NotSent> {
        match (self.fate(), &self.seen.policy) {
            (Fate::Change | Fate::Excluded, _) => None,
            (Fate::NothingToDo, _) => NotSent::left_alone(&self.effect),
            (Fate::Blocked, _) => Some(NotSent::blocked(&self.effect)),
            (Fate::Unreadable, Err(Unreadable::NoPolicy(_))) => Some(NotSent::unread(Why::NoPolicy, None)),
            (Fate::Unreadable, Err(Unreadable::Error(error))) => {
                Some(NotSent::unread(Why::NotRead, Some(receipts::refused(error))))
            }
            (Fate::Unreadable, _) => Some(NotSent::unread(Why::NotRead, None)),
        }
    }

    /// Whether there is something to look at besides the changes.
    pub fn has_findings(&self) -> bool {
        self.seen.policy.is_err() || self.effect.has_findings()
    }

    /// Whether saving it brings a group into PIM for good, certainly or possibly.
    pub fn onboards(&self) -> bool {
        self.effect.preflight.findings.iter().any(|finding| matches!(finding.reason, Reason::Onboards(_)))
    }
}

impl Aspect {
    /// Whether it applies to a policy.
    pub fn shows(self, row: &PlannedPolicy) -> bool {
        match self {
            Self::All => true,
            Self::Findings => row.has_findings(),
            Self::Weakens => row.effect.weakens(),
            Self::Gap => row.effect.gap,
            Self::Onboards => row.onboards(),
            Self::Blocked => row.effect.is_blocked(),
            Self::Excluded => row.fate() == Fate::Excluded,
        }
    }

    /// The policies it applies to that could be changed, and that the person took out (`out`) or did not.
    pub fn subjects(self, rows: &[PlannedPolicy], out: bool) -> Vec<Subject> {
        let one = |row: &&PlannedPolicy| self.shows(row) && !row.effect.draft.is_empty() && row.excluded == out;
        rows.iter().filter(one).map(|row| row.subject().clone()).collect()
    }
}

/// The lines of a plan, marked with what the person took out before.
pub fn rows_of(seen: Vec<Seen>, taken_out: &TakenOut) -> Vec<PlannedPolicy> {
    let row = |seen: Seen| {
        let subject = seen.item.target.subject.clone();
        PlannedPolicy::new(Arc::new(seen), taken_out.settings_of(&subject), taken_out.excludes(&subject))
    };
    seen.into_iter().map(row).collect()
}

/// The permissions needed to save these, each once: groups and roles need different ones.
pub fn permissions(rows: &[PlannedPolicy]) -> Vec<Scope> {
    let mut all: Vec<Scope> = Vec::new();
    for scope in rows.iter().flat_map(|row| endpoint::policy_write(row.subject())) {
        if !all.contains(scope) {
            all.push(*scope);
        }
    }
    all
}

/// Adds a plan to the record of its rollout: what will be changed, and what will not, and why. A policy that earlier
/// tries left over and that now has every value is no longer to be tried.
pub fn note(record: &mut Record, rows: &[PlannedPolicy]) {
    let is_left = |row: &PlannedPolicy| record.entry(row.subject()).is_some_and(|entry| entry.end.may_try_again());
    let told = rows.iter().filter_map(|row| {
        let not_sent = match row.fate() {
            Fate::NothingToDo => Some(row.not_sent().or_else(|| is_left(row).then(NotSent::already))?),
            Fate::Change => None,
            _ => Some(row.not_sent()?),
        };
        Some((&row.seen.item.target, not_sent))
    });
    let told: Vec<(&Target, Option<NotSent>)> = told.collect();
    record.take_in(told);
}

/// The totals of what would happen.
pub fn totals(rows: &[PlannedPolicy]) -> Totals {
    let mut totals = Totals::default();
    for row in rows {
        match row.fate() {
            Fate::Change => {
                totals.policies += 1;
                totals.settings += row.effect.changes.len();
                totals.weakened += usize::from(row.effect.weakens());
                totals.gaps += usize::from(row.effect.gap);
                totals.onboarded += usize::from(row.onboards());
            }
            Fate::NothingToDo => totals.nothing_to_do += 1,
            Fate::Blocked => totals.blocked += 1,
            Fate::Unreadable => totals.unreadable += 1,
            Fate::Excluded => totals.excluded += 1,
        }
    }
    totals
}
