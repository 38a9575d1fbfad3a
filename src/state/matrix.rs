//! The policies of all groups in PIM, and of all roles: read once, kept while the page lives, filled row by row.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::names::Names;
use crate::browser::BrowserWorld;
use crate::desk::survey::{self, End, News, Scope};
use crate::desk::table::{Table, Told};
use crate::graph::Error;
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::matrix::Row;
use crate::world::Clock;

/// What the reading is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It has not begun.
    #[default]
    NotBegun,
    /// Calls are under way.
    Running,
    /// Everything was asked for.
    Complete,
    /// The person stopped it.
    Stopped,
}

/// How far the reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing.
    pub stage: Stage,
    /// Groups and roles that were found.
    pub found: usize,
    /// Those that are read, whatever came of it.
    pub read: usize,
    /// Those of them that could not be read.
    pub failed: usize,
    /// All of them are found.
    pub listed: bool,
    /// Microsoft asked to slow down.
    pub slowed: bool,
    /// When the reading began, ms since 1970; for the time that is left.
    pub began_unix_ms: i64,
    /// When it ended, ms since 1970.
    pub ended_unix_ms: Option<i64>,
}

impl Progress {
    fn count(&mut self, told: &Told) {
        self.found += told.found;
        self.read += told.read;
        self.failed += usize::from(told.error.is_some());
        self.listed |= told.listed;
        self.slowed |= told.slowed;
    }
}

/// The table's rows and how far they are.
#[derive(Clone, Copy)]
pub struct MatrixState {
    around: StoredValue<(Desk, Names)>,
    /// All rows, in the order in which they were found; a group's members and owners stand together.
    pub rows: RwSignal<Vec<Row>>,
    /// How far the reading of groups is.
    pub groups: RwSignal<Progress>,
    /// How far the reading of roles is.
    pub roles: RwSignal<Progress>,
    /// Why a group or role could not be read.
    pub errors: RwSignal<Vec<(Guid, Error)>>,
    /// Why a list broke off, or names are missing.
    pub troubles: RwSignal<Vec<Error>>,
    table: StoredValue<Table>,
    /// Counts how often everything was forgotten: what an earlier reading still tells is not taken in.
    round: StoredValue<u32>,
    heard: StoredValue<Vec<(bool, News)>, LocalStorage>,
    /// How long news are gathered, ms.
    gather_ms: StoredValue<u32>,
    patience: StoredValue<Patience, LocalStorage>,
    /// Whom the policies name: looked up at the end, in one call for all.
    approvers: StoredValue<Vec<Guid>>,
}

impl MatrixState {
    /// Has read nothing yet.
    pub fn new(desk: Desk, names: Names) -> Self {
        Self {
            around: StoredValue::new((desk, names)),
            rows: RwSignal::default(),
            groups: RwSignal::default(),
            roles: RwSignal::default(),
            errors: RwSignal::default(),
            troubles: RwSignal::default(),
            table: StoredValue::default(),
            round: StoredValue::new(0),
            heard: StoredValue::new_local(Vec::new()),
            gather_ms: StoredValue::new(GATHER_MS),
            patience: StoredValue::new_local(Patience::default()),
            approvers: StoredValue::default(),
        }
    }

    /// The page's table.
    pub fn current() -> Self {
        expect_context()
    }

    /// Reads all groups in PIM, unless they were read or are being read.
    pub fn want_groups(self) {
        if self.groups.with_untracked(|progress| progress.stage == Stage::NotBegun) {
            self.run(Scope::GroupsInPim);
        }
    }

    /// Reads all roles, unless they were read or are being read.
    pub fn want_roles(self) {
        if self.roles.with_untracked(|progress| progress.stage == Stage::NotBegun) {
            self.run(Scope::Roles);
        }
    }

    /// Forgets everything and reads again what was read.
    pub fn again(self) {
        let roles = self.roles.with_untracked(|progress| progress.stage != Stage::NotBegun);
        self.stop();
        self.round.update_value(|round| *round += 1);
        self.heard.set_value(Vec::new());
        self.rows.set(Vec::new());
        self.errors.set(Vec::new());
        self.troubles.set(Vec::new());
        self.groups.set(Progress::default());
        self.roles.set(Progress::default());
        self.table.set_value(Table::default());
        self.patience.set_value(Patience::default());
        self.want_groups();
        if roles {
            self.want_roles();
        }
    }

    /// Reads these groups again: those that failed, those that were not read, those that were written to.
    pub fn read_again(self, groups: Vec<Guid>) {
        if groups.is_empty() {
            return;
        }
        self.errors.update(|errors| errors.retain(|(id, _)| !groups.contains(id)));
        self.patience.set_value(Patience::default());
        self.rows.update(|rows| self.table.update_value(|table| table.wait_again(rows, &groups)));
        self.run(Scope::Groups(groups));
    }

    /// Ends the reading; what is read stays.
    pub fn stop(self) {
        self.patience.with_value(Patience::stop);
    }

    fn run(self, scope: Scope) {
        let roles = scope == Scope::Roles;
        let progress = if roles { self.roles } else { self.groups };
        let again = matches!(scope, Scope::Groups(_));
        progress.update(|progress| {
            progress.stage = Stage::Running;
            progress.listed |= again;
            progress.began_unix_ms = BrowserWorld.unix_ms();
            progress.ended_unix_ms = None;
        });
        if self.patience.with_value(Patience::is_stopped) {
            self.patience.set_value(Patience::default());
        }
        let (client, patience, round) =
            (self.around.get_value().0.client(), self.patience.get_value(), self.round.get_value());
        spawn_local(async move {
            let is_meant = move || self.round.try_get_value() == Some(round);
            let tell = |news| {
                if is_meant() {
                    self.hear(roles, news);
                }
            };
            let end = survey::survey(&client, &scope, &patience, &tell).await;
            if !is_meant() {
                return;
            }
            self.take_in();
            self.rows.try_update(|rows| self.table.try_with_value(|table| table.end(rows, roles)));
            progress.try_update(|progress| {
                progress.stage = if end == End::Stopped { Stage::Stopped } else { Stage::Complete };
                progress.ended_unix_ms = Some(BrowserWorld.unix_ms());
            });
            let approvers = self.approvers.try_update_value(std::mem::take);
            if let (Some(approvers), Some((_, names))) = (approvers, self.around.try_get_value()) {
                names.look_up(approvers);
            }
        });
    }

    /// Takes news in, a few at a time: each change of the rows costs the page a look at all of them.
    fn hear(self, roles: bool, news: News) {
        let first = self.heard.try_update_value(|heard| {
            heard.push((roles, news));
            heard.len() == 1
        });
        if first == Some(true) {
            // The first policies are shown at once; afterwards a part of the time is enough for showing.
            let is_first = self.groups.with_untracked(|groups| groups.read) < FEW;
            let gather_ms =
                if is_first { FIRST_GATHER_MS } else { self.gather_ms.try_get_value().unwrap_or(GATHER_MS) };
            spawn_local(async move {
                BrowserWorld.sleep(gather_ms).await;
                let began = BrowserWorld.unix_ms();
                self.take_in();
                // Whatever follows the rows is done when the browser comes back here.
                BrowserWorld.sleep(0).await;
                let took = u32::try_from(BrowserWorld.unix_ms() - began).unwrap_or_default();
                self.gather_ms.try_set_value((took * REST_PER_WORK).clamp(GATHER_MS, LONGEST_GATHER_MS));
            });
        }
    }

    fn take_in(self) {
        let Some(heard) = self.heard.try_update_value(std::mem::take).filter(|heard| !heard.is_empty()) else { return };
        let (mut errors, mut troubles, mut approvers) = (Vec::new(), Vec::new(), Vec::new());
        let (mut groups, mut roles) = (Vec::new(), Vec::new());
        self.rows.try_update(|rows| {
            self.table.try_update_value(|table| {
                for (of_roles, news) in heard {
                    let mut told = table.take_in(rows, of_roles, news);
                    errors.extend(told.error.clone());
                    troubles.extend(told.trouble.take());
                    approvers.append(&mut told.approvers);
                    if of_roles { roles.push(told) } else { groups.push(told) }
                }
            });
        });
        for (progress, told) in [(self.groups, groups), (self.roles, roles)] {
            if !told.is_empty() {
                progress.try_update(|progress| told.iter().for_each(|told| progress.count(told)));
            }
        }
        if !errors.is_empty() {
            self.errors.try_update(|known| known.extend(errors));
        }
        if !troubles.is_empty() {
            self.troubles.try_update(|known| known.extend(troubles));
        }
        self.approvers.update_value(|known| known.append(&mut approvers));
    }
}

/// News that come within this time are taken in together, ms.
const GATHER_MS: u32 = 80;

/// The same, at most, however slow the device is.
const LONGEST_GATHER_MS: u32 = 400;

/// So much longer than the last change of the rows took is waited before the next.
const REST_PER_WORK: u32 = 4;

/// The same while few groups are read.
const FIRST_GATHER_MS: u32 = 16;

/// So many groups are few.
const FEW: usize = 20;
