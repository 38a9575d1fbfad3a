//! What would not work, across all policies: the facts read along with the table, and the report based on them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::extras::ExtrasState;
use super::lasting::lasting;
use super::matrix::{MatrixState, ReadingProgress, ReadingStage};
use crate::auth::extras::Extra;
use crate::browser::BrowserWorld;
use crate::dead_end::{DeadEnd, Mark, Report, TenantFacts, Why, judge};
use crate::desk::dead_ends::{self, FactsProgress};
use crate::graph::patience::Patience;
use crate::text::paper::Gaps;
use crate::world::Clock;

/// Facts older than this are read again when they are asked for, ms.
const FRESH_MS: i64 = 600_000;

/// The shortest time between two updates of the report while facts come in, ms.
const GATHER_MS: i64 = 300;

/// The signed-in person's report.
#[derive(Clone, Copy)]
pub struct DeadEndsState {
    desk: Desk,
    matrix: StoredValue<MatrixState>,
    wanted: ExtrasState,
    /// What was found; `None` before the policies are read.
    pub report: RwSignal<Option<Report>>,
    /// How far reading the facts is.
    pub progress: RwSignal<FactsProgress>,
    /// Facts are being read.
    pub reading: RwSignal<bool>,
    /// When the oldest of the facts came, ms since 1970.
    pub facts_unix_ms: RwSignal<Option<i64>>,
    /// The selected dead ends: kept while more is read, as long as the report contains them.
    pub selected: RwSignal<BTreeSet<Mark>>,
    tenant: StoredValue<Rc<RefCell<TenantFacts>>, LocalStorage>,
    patience: StoredValue<Patience, LocalStorage>,
    judged_unix_ms: StoredValue<i64>,
    /// The person stopped reading the policies, so the facts are not read either.
    cancelled: StoredValue<bool>,
    /// Counts reads: one that has been superseded changes nothing.
    round: StoredValue<u32>,
}

impl DeadEndsState {
    /// Nothing read yet.
    fn new() -> Self {
        Self {
            desk: Desk::current(),
            matrix: StoredValue::new(MatrixState::current()),
            wanted: ExtrasState::current(),
            report: RwSignal::default(),
            progress: RwSignal::default(),
            reading: RwSignal::default(),
            facts_unix_ms: RwSignal::default(),
            selected: RwSignal::default(),
            tenant: StoredValue::new_local(Rc::default()),
            patience: StoredValue::new_local(Patience::default()),
            judged_unix_ms: StoredValue::new(0),
            cancelled: StoredValue::new(false),
            round: StoredValue::new(0),
        }
    }

    fn matrix(self) -> MatrixState {
        self.matrix.get_value()
    }

    /// The page's report.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Whether roles are in the report; views follow it.
    pub fn with_roles(self) -> bool {
        self.wanted.has(Extra::RolePolicies)
    }

    /// The person opened the page: reads the policies that were not read yet.
    pub fn enter(self) {
        self.cancelled.set_value(false);
        self.matrix().want_groups();
        if self.with_roles() {
            self.matrix().want_roles();
        }
    }

    /// The progress of reading policies, if they are being read; views follow it.
    pub fn policies(self) -> Option<ReadingProgress> {
        let (groups, roles) = (self.matrix().groups.get(), self.matrix().roles.get());
        let runs = |reading: &ReadingProgress| reading.stage == ReadingStage::Running;
        (runs(&groups) || runs(&roles) || groups.stage == ReadingStage::NotBegun).then(|| groups.and(roles))
    }

    /// When the oldest policies were read, ms since 1970; views follow it.
    pub fn read_unix_ms(self) -> Option<i64> {
        self.matrix().whole().read_unix_ms
    }

    /// Which policies are missing; views follow it.
    pub fn gaps(self) -> Gaps {
        self.matrix().gaps(true)
    }

    /// After the policies were read: reads the facts needed to judge them that are unknown or too old, and judges. Old
    /// facts are used until all of them are read again. After Cancel it only judges.
    pub fn check(self) {
        if self.cancelled.try_update_value(std::mem::take) == Some(true) {
            return self.judge();
        }
        self.patience.with_value(Patience::stop);
        self.patience.set_value(Patience::default());
        self.round.update_value(|round| *round += 1);
        self.reading.set(true);
        self.progress.set(FactsProgress::default());
        let read_unix_ms = self.facts_unix_ms.get_untracked();
        let is_old = read_unix_ms.is_some_and(|at| BrowserWorld.unix_ms().saturating_sub(at) > FRESH_MS);
        let tenant = if is_old { Rc::default() } else { self.tenant.get_value() };
        tenant.borrow_mut().retry();
        let client = self.desk.client();
        let (patience, round) = (self.patience.get_value(), self.round.get_value());
        spawn_local(async move {
            let rows = self.matrix().rows.get_untracked();
            let is_meant = move || self.round.try_get_value() == Some(round);
            self.judge();
            let tell = |now: FactsProgress| {
                if is_meant() {
                    self.progress.try_set(now);
                    let at = self.judged_unix_ms.try_get_value().unwrap_or(i64::MAX);
                    if BrowserWorld.unix_ms().saturating_sub(at) > GATHER_MS {
                        self.judge();
                    }
                }
            };
            let began_unix_ms = BrowserWorld.unix_ms();
            dead_ends::read(&client, &rows, &tenant, &patience, &tell).await;
            if is_meant() {
                // All old facts are better than half of the new ones.
                if !(is_old && patience.is_stopped()) {
                    self.tenant.try_set_value(tenant);
                    let kept = read_unix_ms.filter(|_| !is_old);
                    self.facts_unix_ms.try_set(kept.or(Some(began_unix_ms)));
                }
                self.judge();
                self.reading.try_set(false);
            }
        });
    }

    fn judge(self) {
        let roles_why = untrack(|| match self.with_roles() {
            false => Why::NotGranted,
            true if self.matrix().roles.with(|roles| roles.stage == ReadingStage::Stopped) => Why::NotAsked,
            true => Why::Failed,
        });
        let report = self.tenant.try_with_value(|tenant| {
            self.matrix().rows.try_with_untracked(|rows| judge(rows, &tenant.borrow(), roles_why))
        });
        self.judged_unix_ms.try_update_value(|at| *at = BrowserWorld.unix_ms());
        let Some(report) = report.flatten() else { return };
        if self.report.try_with_untracked(|known| known.as_ref() != Some(&report)) == Some(true) {
            let held: BTreeSet<Mark> = report.ends.iter().map(DeadEnd::mark).collect();
            if self.selected.try_with_untracked(|selected| selected.is_subset(&held)) == Some(false) {
                self.selected.try_update(|selected| selected.retain(|mark| held.contains(mark)));
            }
            self.report.try_set(Some(report));
        }
    }

    /// Reads everything again.
    pub fn again(self) {
        self.stop_checking();
        self.report.set(None);
        self.selected.set(BTreeSet::new());
        self.tenant.set_value(Rc::default());
        self.facts_unix_ms.set(None);
        self.matrix().again();
        self.enter();
    }

    /// Tries again what could not be read.
    pub fn retry(self) {
        self.cancelled.set_value(false);
        let mut unread: Vec<crate::guid::Guid> = self.matrix().rows.with_untracked(|rows| {
            let lost = |row: &&crate::matrix::Row| {
                matches!(row.standing, crate::matrix::Standing::Failed | crate::matrix::Standing::NotRead)
            };
            rows.iter().filter(lost).map(|row| row.id().clone()).collect()
        });
        unread.dedup();
        if unread.is_empty() {
            self.check();
        } else {
            self.matrix().read_again(&unread);
        }
    }

    /// Stops reading; what was read stays.
    pub fn stop(self) {
        self.cancelled.set_value(untrack(|| self.policies().is_some()));
        self.matrix().stop();
        self.patience.with_value(Patience::stop);
    }

    fn stop_checking(self) {
        self.patience.with_value(Patience::stop);
        self.round.update_value(|round| *round += 1);
        self.reading.set(false);
    }
}
