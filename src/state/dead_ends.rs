//! What would not work, over all policies: the facts that were read beside the table, and the report that follows.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::lasting::lasting;
use super::matrix::{MatrixState, Progress as Reading, Stage};
use super::wanted::WantedState;
use crate::auth::wanted::Extra;
use crate::browser::BrowserWorld;
use crate::dead_end::{Report, Tenant, Why, judge};
use crate::desk::dead_ends::{self, Progress};
use crate::graph::patience::Patience;
use crate::world::Clock;

/// The report is made anew at most this often while facts come in, ms.
const GATHER_MS: i64 = 300;

/// The report of the signed-in person.
#[derive(Clone, Copy)]
pub struct DeadEndsState {
    desk: Desk,
    matrix: StoredValue<MatrixState>,
    wanted: WantedState,
    /// What was found; `None` before the policies are read.
    pub report: RwSignal<Option<Report>>,
    /// How far the reading beside the policies is.
    pub progress: RwSignal<Progress>,
    /// That reading is under way.
    pub reading: RwSignal<bool>,
    /// What is selected: places in the report.
    pub selected: RwSignal<Vec<usize>>,
    tenant: StoredValue<Rc<RefCell<Tenant>>, LocalStorage>,
    patience: StoredValue<Patience, LocalStorage>,
    judged_unix_ms: StoredValue<i64>,
    /// Counts readings: one that another has overtaken changes nothing.
    round: StoredValue<u32>,
}

impl DeadEndsState {
    /// Has read nothing yet.
    fn new() -> Self {
        Self {
            desk: Desk::current(),
            matrix: StoredValue::new(MatrixState::current()),
            wanted: WantedState::current(),
            report: RwSignal::default(),
            progress: RwSignal::default(),
            reading: RwSignal::default(),
            selected: RwSignal::default(),
            tenant: StoredValue::new_local(Rc::default()),
            patience: StoredValue::new_local(Patience::default()),
            judged_unix_ms: StoredValue::new(0),
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

    /// The person came: the policies are read where they were not.
    pub fn enter(self) {
        self.matrix().want_groups();
        if self.with_roles() {
            self.matrix().want_roles();
        }
    }

    /// The reading of policies that is under way, if one is; views follow it.
    pub fn policies(self) -> Option<Reading> {
        let (groups, roles) = (self.matrix().groups.get(), self.matrix().roles.get());
        let runs = |reading: &Reading| reading.stage == Stage::Running;
        (runs(&groups) || runs(&roles) || groups.stage == Stage::NotBegun).then(|| groups.and(roles))
    }

    /// The policies are read: reads what it takes to judge them, as far as it is not known, and judges.
    pub fn check(self) {
        self.patience.with_value(Patience::stop);
        self.patience.set_value(Patience::default());
        self.round.update_value(|round| *round += 1);
        self.reading.set(true);
        self.progress.set(Progress::default());
        self.tenant.with_value(|tenant| tenant.borrow_mut().retry());
        let (client, tenant) = (self.desk.client(), self.tenant.get_value());
        let (patience, round) = (self.patience.get_value(), self.round.get_value());
        spawn_local(async move {
            let rows = self.matrix().rows.get_untracked();
            let is_meant = move || self.round.try_get_value() == Some(round);
            self.judge();
            let tell = |now: Progress| {
                if is_meant() {
                    self.progress.try_set(now);
                    let at = self.judged_unix_ms.try_get_value().unwrap_or(i64::MAX);
                    if BrowserWorld.unix_ms().saturating_sub(at) > GATHER_MS {
                        self.judge();
                    }
                }
            };
            dead_ends::read(&client, &rows, &tenant, &patience, &tell).await;
            if is_meant() {
                self.judge();
                self.reading.try_set(false);
            }
        });
    }

    fn judge(self) {
        let roles_why = untrack(|| match self.with_roles() {
            false => Why::NotGranted,
            true if self.matrix().roles.with(|roles| roles.stage == Stage::Stopped) => Why::NotAsked,
            true => Why::Failed,
        });
        let report = self.tenant.try_with_value(|tenant| {
            self.matrix().rows.try_with_untracked(|rows| judge(rows, &tenant.borrow(), roles_why))
        });
        self.judged_unix_ms.try_update_value(|at| *at = BrowserWorld.unix_ms());
        let Some(report) = report.flatten() else { return };
        if self.report.try_with_untracked(|known| known.as_ref() != Some(&report)) == Some(true) {
            self.selected.try_set(Vec::new());
            self.report.try_set(Some(report));
        }
    }

    /// Reads everything again.
    pub fn again(self) {
        self.stop_checking();
        self.report.set(None);
        self.selected.set(Vec::new());
        self.tenant.set_value(Rc::default());
        self.matrix().again();
        self.enter();
    }

    /// Tries again what could not be read.
    pub fn retry(self) {
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

    /// Ends the reading; what is read stays.
    pub fn stop(self) {
        self.matrix().stop();
        self.patience.with_value(Patience::stop);
    }

    fn stop_checking(self) {
        self.patience.with_value(Patience::stop);
        self.round.update_value(|round| *round += 1);
        self.reading.set(false);
    }
}
