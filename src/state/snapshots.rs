//! Snapshots: the one that is taken, the file that is open, and what is so now.

mod again;
mod import;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::directory::names::Names;
use super::lasting::lasting;
use super::reread::Reread;
use super::rollout::RolloutState;
use crate::browser::BrowserWorld;
use crate::browser::file::Given;
use crate::desk::directory;
use crate::desk::gather::{Gathered, SnapshotHead, not_read_yet, scopes_of};
use crate::desk::survey::{Scope, survey};
use crate::graph::Error;
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::instant;
use crate::matrix::{Class, Standard};
use crate::policy::{Access, Subject};
use crate::rollout::Proposal;
use crate::snapshot::drift::Now;
use crate::snapshot::file::Naming;
use crate::snapshot::import::resolve::{Known, Resolved};
use crate::snapshot::restore::{Pick, WayBack, items, way_back};
use crate::snapshot::{Drift, Fault, Import, LARGEST, Opened, Snapshot, What, drift, open};
use crate::text;
use crate::world::Clock;

/// How far a reading is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// It goes on.
    pub running: bool,
    /// Groups and roles that were found.
    pub found: usize,
    /// Those that are read, whatever came of it.
    pub read: usize,
    /// Those of them that could not be read.
    pub failed: usize,
    /// Microsoft asked to slow down.
    pub slowed: bool,
    /// The first thing that went wrong.
    pub error: Option<Error>,
}

/// A file as it stands.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenFile {
    /// None is open.
    None,
    /// It is being read.
    Reading(String),
    /// It cannot be read, and why.
    Damaged(String, Vec<Fault>),
    /// A snapshot.
    Snapshot(String, Snapshot),
    /// Settings of another tool.
    Import(String, Import),
}

/// The page's snapshots.
#[derive(Clone, Copy)]
pub struct SnapshotState {
    desk: Desk,
    names: StoredValue<Names>,
    rollout: StoredValue<RolloutState>,
    /// How far the taking is.
    pub taking: RwSignal<Course>,
    /// What was taken last, with all names, and which of them the file is to hold.
    pub taken: RwSignal<Option<(Snapshot, Naming)>>,
    /// The file that is open.
    pub file: RwSignal<OpenFile>,
    /// How far the reading of now is.
    pub looking: RwSignal<Course>,
    /// What is so now.
    pub now: RwSignal<Option<Now>>,
    /// What changed since the open snapshot was taken.
    pub drift: RwSignal<Option<Drift>>,
    /// When what is so now was read: the oldest of it, ms since 1970.
    pub compared_unix_ms: RwSignal<Option<i64>>,
    /// What of it can go back.
    pub way: RwSignal<WayBack>,
    /// What is ticked to go back.
    pub picked: RwSignal<BTreeSet<Pick>>,
    /// More than one file was given at once: none was opened.
    pub several: RwSignal<bool>,
    /// What an import means here, or why that is not known; `None` while it was not looked up.
    pub resolved: RwSignal<Option<Result<Resolved, Error>>>,
    /// How many names of how many are looked up; `None` while that does not run.
    pub looking_up: RwSignal<Option<(usize, usize)>>,
    /// What is meant where an import says neither members nor owners.
    pub access: RwSignal<Option<Access>>,
    known: StoredValue<Option<Known>>,
    round: StoredValue<u32>,
    patience: StoredValue<[Patience; 3], LocalStorage>,
}

impl SnapshotState {
    /// Nothing is taken and nothing open.
    fn new() -> Self {
        let snapshots = Self {
            desk: Desk::current(),
            names: StoredValue::new(Names::current()),
            rollout: StoredValue::new(RolloutState::current()),
            taking: RwSignal::default(),
            taken: RwSignal::default(),
            file: RwSignal::new(OpenFile::None),
            looking: RwSignal::default(),
            now: RwSignal::default(),
            drift: RwSignal::default(),
            compared_unix_ms: RwSignal::default(),
            way: RwSignal::default(),
            picked: RwSignal::default(),
            several: RwSignal::default(),
            resolved: RwSignal::default(),
            looking_up: RwSignal::default(),
            access: RwSignal::default(),
            known: StoredValue::default(),
            round: StoredValue::new(0),
            patience: StoredValue::new_local(std::array::from_fn(|_| Patience::default())),
        };
        Reread::current().shows_snapshots(snapshots);
        snapshots
    }

    /// The page's snapshots.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// The tenant one is signed in to.
    pub fn tenant(self) -> Guid {
        self.desk.account().tid
    }

    /// Takes a snapshot: of all groups, all roles, or these subjects. `false` where one is being taken already, and where
    /// it would be of nothing.
    pub fn take(self, whole: Vec<Class>, only: Vec<Subject>, naming: Naming) -> bool {
        if self.taking.with_untracked(|course| course.running) || (whole.is_empty() && only.is_empty()) {
            return false;
        }
        self.taken.set(None);
        let scopes = if only.is_empty() { scopes_of(&whole, &[]) } else { scopes_of(&[], &only) };
        let only = (!only.is_empty()).then_some(only);
        spawn_local(async move {
            let Some(gathered) = self.gather(scopes, self.taking, 0, || true).await else { return };
            let approvers = gathered.approvers();
            let wanted = naming.people && !approvers.is_empty();
            // Without their names the snapshot is as good.
            let people = if wanted {
                directory::names(&self.desk.client(), &approvers).await.unwrap_or_default()
            } else {
                BTreeMap::new()
            };
            let account = self.desk.account();
            let about = SnapshotHead {
                tenant: account.tid,
                taken_at: instant::to_rfc3339(BrowserWorld.unix_ms()),
                taken_by: account.name,
                whole,
                only,
                people: people.into_iter().map(|(id, entry)| (id, entry.name().to_owned())).collect(),
            };
            self.taken.try_set(Some((gathered.snapshot(about).named(naming), naming)));
        });
        true
    }

    /// Ends the taking; what is read becomes the snapshot.
    pub fn stop_taking(self) {
        self.patience.with_value(|[taking, ..]| taking.stop());
    }

    /// Ends the reading of now; what is read is compared.
    pub fn stop_looking(self) {
        self.patience.with_value(|[_, looking, _]| looking.stop());
    }

    /// Reads a file that was given.
    pub fn give(self, mut files: Vec<Given>) {
        self.several.set(files.len() > 1);
        let (Some(given), true) = (files.pop(), files.is_empty()) else { return };
        let name = given.name();
        self.close();
        let largest = u32::try_from(LARGEST).unwrap_or(u32::MAX);
        if given.bytes() > f64::from(largest) {
            return self.file.set(OpenFile::Damaged(name, vec![Fault::file(What::TooLarge)]));
        }
        self.file.set(OpenFile::Reading(name.clone()));
        let round = self.round.get_value();
        spawn_local(async move {
            let read = given.read().await.map_or_else(|| Err(vec![Fault::file(What::NotText)]), |bytes| open(&bytes));
            if self.round.try_get_value() != Some(round) {
                return;
            }
            match read {
                Ok(Opened::Snapshot(snapshot)) => self.open(name, snapshot),
                Ok(Opened::Import(import)) => drop(self.file.try_set(OpenFile::Import(name, import))),
                Err(faults) => drop(self.file.try_set(OpenFile::Damaged(name, faults))),
            }
        });
    }

    /// Opens a snapshot and compares it with now, if it is of this tenant.
    pub fn open(self, name: String, snapshot: Snapshot) {
        self.close();
        let here = snapshot.tenant == self.tenant();
        self.file.set(OpenFile::Snapshot(name, snapshot));
        if here {
            self.look();
        }
    }

    /// Closes the file.
    pub fn close(self) {
        self.round.update_value(|round| *round = round.wrapping_add(1));
        self.stop_looking();
        self.stop_looking_up();
        self.file.set(OpenFile::None);
        self.looking.set(Course::default());
        self.now.set(None);
        self.drift.set(None);
        self.way.set(WayBack::default());
        self.picked.set(BTreeSet::new());
        self.resolved.set(None);
        self.looking_up.set(None);
        self.access.set(None);
        self.known.set_value(None);
    }

    /// Reads what is so now, and compares.
    pub fn look(self) {
        let Some(scopes) = self.file.with_untracked(|file| match file {
            OpenFile::Snapshot(_, snapshot) => {
                let subjects: Vec<Subject> = snapshot.policies.iter().map(|kept| kept.policy.subject.clone()).collect();
                Some(scopes_of(&snapshot.whole, &subjects))
            }
            _ => None,
        }) else {
            return;
        };
        let round = self.round.get_value();
        let is_meant = move || self.round.try_get_value() == Some(round);
        self.drift.set(None);
        spawn_local(async move {
            let began_unix_ms = BrowserWorld.unix_ms();
            let Some(gathered) = self.gather(scopes, self.looking, 1, is_meant).await else { return };
            self.names.get_value().look_up(gathered.approvers());
            self.compared_unix_ms.set(Some(began_unix_ms));
            self.compare(gathered.now);
        });
    }

    fn compare(self, now: Now) {
        let found = self.file.with_untracked(|file| match file {
            OpenFile::Snapshot(_, snapshot) => {
                let found = drift(snapshot, &now);
                let way = way_back(snapshot, &now, &found);
                Some((found, way))
            }
            _ => None,
        });
        let Some((found, way)) = found else { return };
        self.picked.update(|picked| way.keep_possible(picked));
        self.way.set(way);
        self.now.set(Some(now));
        self.drift.set(Some(found));
    }

    /// Proposes to take back what is ticked.
    pub fn restore(self) {
        let picked = self.picked.get_untracked();
        let proposal = self.file.with_untracked(|file| {
            let OpenFile::Snapshot(_, snapshot) = file else { return None };
            let items = self.drift.with_untracked(|drift| {
                self.way
                    .with_untracked(|way| Some(items(snapshot, drift.as_ref()?, way, &|pick| picked.contains(pick))))
            })?;
            Some(Proposal {
                title: text::snapshots::restore_title(&snapshot.taken_at),
                items,
                undoes: None,
                left_out: Vec::new(),
            })
        });
        if let Some(proposal) = proposal.filter(|proposal| !proposal.items.is_empty()) {
            self.rollout.get_value().propose(proposal);
        }
    }

    /// The open snapshot as what a table's rows are held against; empty where none of this tenant is open. Views that
    /// call it follow it.
    pub fn standard(self) -> Standard {
        let tenant = self.tenant();
        self.file.with(|file| match file {
            OpenFile::Snapshot(_, snapshot) if snapshot.tenant == tenant => snapshot.standard(),
            _ => Standard::default(),
        })
    }

    /// Reads policies, one scope after another. `None` where it is no longer meant.
    async fn gather(
        self,
        scopes: Vec<Scope>,
        course: RwSignal<Course>,
        which: usize,
        is_meant: impl Fn() -> bool,
    ) -> Option<Gathered> {
        let (client, patience) = (self.desk.client(), Patience::default());
        self.patience.update_value(|all| all[which] = patience.clone());
        course.set(Course { running: true, ..Course::default() });
        let gathered = Rc::new(RefCell::new(Gathered::default()));
        for scope in scopes {
            let Some(scope) = not_read_yet(scope, &gathered.borrow()) else { continue };
            let tell = |news| {
                let mut gathered = gathered.borrow_mut();
                gathered.take_in(scope.kind(), news);
                if is_meant() {
                    course.try_update(|course| tell_course(course, &gathered));
                }
            };
            survey(&client, &scope, &patience, &tell).await;
        }
        if !is_meant() {
            return None;
        }
        course.try_update(|course| course.running = false);
        Some(gathered.take())
    }
}

fn tell_course(course: &mut Course, gathered: &Gathered) {
    course.found = gathered.found();
    course.read = gathered.read();
    course.failed = gathered.failed.len();
    course.slowed = gathered.slowed;
    if course.error.is_none() {
        course.error = gathered.troubles.first().or(gathered.failed.values().next()).cloned();
    }
}
