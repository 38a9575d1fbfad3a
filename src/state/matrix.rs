//! The policies of all groups in PIM and of all roles: read once, kept while the app runs, filled row by row.

pub mod browsing;
pub mod held_roles;
mod majority;
pub mod standard;

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::held_roles::HeldRoles;
use self::majority::of_most;
use self::standard::needs_held_roles;
use super::desk::Desk;
use super::directory::names::Names;
use super::lasting::lasting;
use super::reread::Reread;
use crate::browser::{BrowserWorld, task};
pub use crate::desk::survey::progress::{ReadingProgress, ReadingStage};
use crate::desk::survey::rows::MatrixRows;
use crate::desk::survey::{self, Board, End, News, Scope};
use crate::graph::Error;
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::matrix::{HolderKind, Reference, Row, Standard};
use crate::policy::Subject;
use crate::text::paper::Gaps;
use crate::world::Clock;

/// Is called with everything read, and with `None` at the end, however it came.
pub type Hears = Rc<dyn Fn(Option<&News>)>;

/// The table's rows and the progress of reading them.
#[derive(Clone, Copy)]
pub struct MatrixState {
    around: StoredValue<(Desk, Names, HeldRoles)>,
    /// All rows, in the order they were found; a group's members and owners are next to each other.
    pub rows: RwSignal<Vec<Row>>,
    /// The progress of reading groups.
    pub groups: RwSignal<ReadingProgress>,
    /// The progress of reading roles.
    pub roles: RwSignal<ReadingProgress>,
    /// Why a group or role could not be read.
    pub errors: RwSignal<Vec<(Guid, Error)>>,
    /// Why a list is incomplete, or names are missing.
    pub troubles: RwSignal<Vec<Error>>,
    /// What most policies of each class say.
    pub majority: Memo<Standard>,
    table: StoredValue<MatrixRows>,
    /// What was left when a first reading was stopped: groups, roles.
    left: StoredValue<[Option<Board>; 2], LocalStorage>,
    /// How many readings are running: groups, roles.
    running: StoredValue<[u32; 2]>,
    /// Counts how often everything was discarded: results of an earlier round are ignored.
    round: StoredValue<u32>,
    heard: StoredValue<Vec<(HolderKind, News)>, LocalStorage>,
    /// How long results are collected before they are shown, ms.
    gather_ms: StoredValue<u32>,
    patience: StoredValue<Patience, LocalStorage>,
    /// The people and groups the policies name: looked up at the end, all in one call.
    approvers: StoredValue<Vec<Guid>>,
}

impl MatrixState {
    /// Starts with nothing read.
    fn new() -> Self {
        let (desk, names) = (Desk::current(), Names::current());
        let (rows, groups, roles) = (RwSignal::default(), RwSignal::default(), RwSignal::default());
        let table = Self {
            around: StoredValue::new((desk, names, HeldRoles::current())),
            rows,
            groups,
            roles,
            majority: Memo::new(move |before| of_most(rows, groups, roles, before)),
            left: StoredValue::new_local([None, None]),
            running: StoredValue::default(),
            errors: RwSignal::default(),
            troubles: RwSignal::default(),
            table: StoredValue::default(),
            round: StoredValue::new(0),
            heard: StoredValue::new_local(Vec::new()),
            gather_ms: StoredValue::new(GATHER_MS),
            patience: StoredValue::new_local(Patience::default()),
            approvers: StoredValue::default(),
        };
        Reread::current().shows_table(table);
        table
    }

    /// The page's table.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Reads all groups in PIM, unless they were or are being read.
    pub fn want_groups(self) {
        if self.groups.with_untracked(|progress| progress.stage == ReadingStage::NotBegun) {
            self.run(Board::new(&Scope::GroupsInPim), false, None);
        }
    }

    /// Reads all roles, unless they were or are being read.
    pub fn want_roles(self) {
        if self.roles.with_untracked(|progress| progress.stage == ReadingStage::NotBegun) {
            self.run(Board::new(&Scope::Roles), false, None);
        }
    }

    /// Discards everything and reads it again.
    pub fn again(self) {
        let roles = self.roles.with_untracked(|progress| progress.stage != ReadingStage::NotBegun);
        self.stop();
        self.round.update_value(|round| *round += 1);
        self.heard.set_value(Vec::new());
        self.rows.set(Vec::new());
        self.errors.set(Vec::new());
        self.troubles.set(Vec::new());
        self.groups.set(ReadingProgress::default());
        self.roles.set(ReadingProgress::default());
        self.table.set_value(MatrixRows::default());
        self.around.get_value().2.again(true);
        self.patience.set_value(Patience::default());
        self.left.set_value([None, None]);
        self.running.set_value([0, 0]);
        self.want_groups();
        if roles {
            self.want_roles();
        }
    }

    /// Reads these groups and roles again: those that failed or were not read.
    pub fn read_again(self, ids: &[Guid]) {
        for kind in HolderKind::ALL {
            let is_of_kind = |id: &&Guid| self.rows.with_untracked(|rows| MatrixRows::kind_of(rows, id)) == kind;
            let ids: Vec<Guid> = ids.iter().filter(is_of_kind).cloned().collect();
            self.renew(kind, &ids, None);
        }
    }

    /// Whether the groups, or the roles, are in the table or being read.
    pub fn has_begun(self, kind: HolderKind) -> bool {
        self.progress(kind).with_untracked(|progress| progress.stage != ReadingStage::NotBegun)
    }

    /// Whether something is being read; views that call it follow it.
    pub fn is_running(self) -> bool {
        let runs = |progress: &ReadingProgress| progress.stage == ReadingStage::Running;
        self.groups.with(runs) || self.roles.with(runs)
    }

    /// The combined progress of groups and roles; views that call it follow it.
    pub fn whole(self) -> ReadingProgress {
        self.groups.get().and(self.roles.get())
    }

    /// What is not in the table, or is in it without its policy; with or without roles. Views that call it follow it.
    pub fn gaps(self, with_roles: bool) -> Gaps {
        let is_meant = |row: &&Row| with_roles || !matches!(row.subject, Subject::Role { .. });
        let cut_off = |part: RwSignal<ReadingProgress>| part.with(ReadingProgress::is_cut_off);
        Gaps {
            cut_off: cut_off(self.groups) || (with_roles && cut_off(self.roles)),
            no_roles: with_roles && self.roles.with(|roles| roles.stage == ReadingStage::NotBegun),
            ..self.rows.with(|rows| Gaps::of(rows.iter().filter(is_meant)))
        }
    }

    fn progress(self, kind: HolderKind) -> RwSignal<ReadingProgress> {
        match kind {
            HolderKind::Groups => self.groups,
            HolderKind::Roles => self.roles,
        }
    }

    /// Reads these groups or roles again. What is not in the table yet is added. `hears` gets everything that is read.
    pub fn renew(self, kind: HolderKind, ids: &[Guid], hears: Option<Hears>) {
        if ids.is_empty() {
            return;
        }
        self.wait_for(kind, ids);
        let unnamed = self.table.with_value(|table| table.unnamed(ids));
        let scope = match kind {
            HolderKind::Groups => Scope::Again(ids.to_vec(), unnamed),
            HolderKind::Roles => Scope::RolesAgain(ids.to_vec()),
        };
        self.run(Board::new(&scope), true, hears);
    }

    fn wait_for(self, kind: HolderKind, ids: &[Guid]) {
        self.errors.update(|errors| errors.retain(|(id, _)| !ids.contains(id)));
        self.rows.update(|rows| self.table.update_value(|table| table.wait_again(rows, kind, ids)));
    }

    /// Continues where reading was stopped: the list as well as what is on it, and the roles of groups if `reference`
    /// needs them.
    pub fn go_on(self, reference: &Reference) {
        if needs_held_roles(reference) {
            self.rows.with_untracked(|rows| self.around.get_value().2.go_on(rows));
        }
        for kind in HolderKind::ALL {
            if self.progress(kind).with_untracked(|progress| progress.stage != ReadingStage::Stopped) {
                continue;
            }
            let ids = self.rows.with_untracked(|rows| MatrixRows::left(rows, kind));
            let board = self.left.try_update_value(|left| left[kind as usize].take());
            if let Some(mut board) = board.flatten() {
                board.add(&ids);
                self.wait_for(kind, &ids);
                self.run(board, false, None);
            } else {
                self.renew(kind, &ids, None);
            }
        }
    }

    /// Stops reading; what was read stays.
    pub fn stop(self) {
        self.patience.with_value(Patience::stop);
        self.around.get_value().2.stop();
    }

    fn run(self, mut board: Board, again: bool, hears: Option<Hears>) {
        let kind = board.kind();
        let (progress, at) = (self.progress(kind), kind as usize);
        let runs = self.running.try_update_value(|running| {
            running[at] += 1;
            running[at]
        });
        progress.update(|progress| {
            progress.count(self.rows.with_untracked(|rows| MatrixRows::counts(rows, kind)));
            progress.begin(again, runs > Some(1), BrowserWorld.unix_ms());
        });
        if self.patience.with_value(Patience::is_stopped) {
            self.patience.set_value(Patience::default());
        }
        let (client, patience, round) =
            (self.around.get_value().0.client(), self.patience.get_value(), self.round.get_value());
        let reading = async move {
            let is_meant = move || self.round.try_get_value() == Some(round);
            let tell = |news| {
                if let Some(hears) = &hears {
                    hears(Some(&news));
                }
                if is_meant() {
                    self.hear(kind, news);
                }
            };
            let end = survey::go_on(&client, &mut board, &patience, &tell).await;
            if let Some(hears) = &hears {
                hears(None);
            }
            if is_meant() {
                self.ended(kind, again, end, board);
            }
        };
        untrack(|| task::begin(reading));
    }

    fn ended(self, kind: HolderKind, again: bool, end: End, board: Board) {
        let at = kind as usize;
        self.take_in();
        if end == End::Stopped && !again {
            self.left.try_update_value(|left| left[at] = Some(board));
        }
        let runs = self.running.try_update_value(|running| {
            running[at] = running[at].saturating_sub(1);
            running[at]
        });
        if runs == Some(0) {
            self.rows.try_update(|rows| self.table.try_with_value(|table| table.end(rows, kind)));
            let counts = self.rows.try_with_untracked(|rows| MatrixRows::counts(rows, kind)).unwrap_or_default();
            self.progress(kind).try_update(|progress| progress.end(counts));
        }
        let approvers = self.approvers.try_update_value(std::mem::take);
        if let (Some(approvers), Some((_, names, _))) = (approvers, self.around.try_get_value()) {
            names.look_up(approvers);
        }
    }

    /// Takes in what is read, a few results at a time: for each change of the rows the page looks at all of them.
    fn hear(self, kind: HolderKind, news: News) {
        // The first policies are shown at once; after that, showing may only take a part of the time.
        let is_few = self.groups.with_untracked(|groups| groups.read) < FEW;
        let at_once = is_few && matches!(news, News::Found(_) | News::Policies(..));
        let first = self.heard.try_update_value(|heard| {
            heard.push((kind, news));
            heard.len() == 1
        });
        if first == Some(true) {
            let gather_ms = if is_few { FIRST_GATHER_MS } else { self.gather_ms.try_get_value().unwrap_or(GATHER_MS) };
            spawn_local(async move {
                // The results of one call are shown together: they have all arrived when this runs.
                if !at_once {
                    BrowserWorld.sleep(gather_ms).await;
                }
                let began = BrowserWorld.unix_ms();
                self.take_in();
                // Everything that follows the rows is done when the browser returns here.
                BrowserWorld.sleep(0).await;
                let took = u32::try_from(BrowserWorld.unix_ms() - began).unwrap_or_default();
                self.gather_ms.try_set_value(took.saturating_mul(REST_PER_WORK).clamp(GATHER_MS, LONGEST_GATHER_MS));
            });
        }
    }

    fn take_in(self) {
        let Some(heard) = self.heard.try_update_value(std::mem::take).filter(|heard| !heard.is_empty()) else { return };
        let (mut errors, mut troubles, mut approvers) = (Vec::new(), Vec::new(), Vec::new());
        let mut told_of = [Vec::new(), Vec::new()];
        self.rows.try_update(|rows| {
            self.table.try_update_value(|table| {
                for (kind, news) in heard {
                    let mut told = table.take_in(rows, kind, news);
                    errors.extend(told.error.clone());
                    troubles.extend(told.trouble.take());
                    approvers.append(&mut told.approvers);
                    told_of[kind as usize].push(told);
                }
            });
        });
        for (kind, told) in HolderKind::ALL.into_iter().zip(told_of) {
            if !told.is_empty() {
                let counts = self.rows.try_with_untracked(|rows| MatrixRows::counts(rows, kind)).unwrap_or_default();
                self.progress(kind).try_update(|progress| {
                    progress.hear(&told);
                    progress.count(counts);
                });
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

/// Results within this time are shown together, ms.
const GATHER_MS: u32 = 80;

/// The longest such time, however slow the device is, ms.
const LONGEST_GATHER_MS: u32 = 400;

/// The wait before the next change of the rows, as a multiple of how long the last one took.
const REST_PER_WORK: u32 = 4;

/// The time to collect results while few groups have been read, ms.
const FIRST_GATHER_MS: u32 = 16;

/// Fewer groups than this are few.
const FEW: usize = 20;
