//! Snapshots: taking one, opening a file, and comparing with the present state.

mod again;
mod drift;
mod import;
mod progress;
mod taking;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

pub use self::drift::DriftState;
pub use self::import::ImportState;
pub use self::progress::GatherProgress;
pub use self::taking::TakingState;
use super::desk::Desk;
use super::directory::names::Names;
use super::lasting::lasting;
use super::reread::Reread;
use super::rollout::RolloutState;
use crate::browser::file::Given;
use crate::desk::gather::{Gathered, not_read_yet};
use crate::desk::survey::{Scope, survey};
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::matrix::Standard;
use crate::snapshot::{Fault, Import, LARGEST, Opened, Snapshot, What, open};

/// The state of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenFile {
    /// No file is open.
    None,
    /// It is being read.
    Reading(String),
    /// It cannot be read, with the reasons.
    Damaged(String, Vec<Fault>),
    /// A snapshot.
    Snapshot(String, Snapshot),
    /// Settings of another tool.
    Import(String, Import),
}

/// The state of the snapshots page.
#[derive(Clone, Copy)]
pub struct SnapshotState {
    around: StoredValue<(Desk, Names, RolloutState)>,
    /// The snapshot being taken.
    pub taking: TakingState,
    /// The open file.
    pub file: RwSignal<OpenFile>,
    /// Several files were given at once: none was opened.
    pub several: RwSignal<bool>,
    /// The open snapshot compared with the present state.
    pub compared: DriftState,
    /// What the open import refers to in this tenant.
    pub import: ImportState,
    /// Counts opened files: results for an earlier one are ignored.
    round: StoredValue<u32>,
}

impl SnapshotState {
    /// Starts with nothing taken and nothing open.
    fn new() -> Self {
        let snapshots = Self {
            around: StoredValue::new((Desk::current(), Names::current(), RolloutState::current())),
            taking: TakingState::new(),
            file: RwSignal::new(OpenFile::None),
            several: RwSignal::default(),
            compared: DriftState::new(),
            import: ImportState::new(),
            round: StoredValue::new(0),
        };
        Reread::current().shows_snapshots(snapshots);
        snapshots
    }

    /// The page's snapshots.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    fn desk(self) -> Desk {
        self.around.get_value().0
    }

    fn names(self) -> Names {
        self.around.get_value().1
    }

    fn rollout(self) -> RolloutState {
        self.around.get_value().2
    }

    /// The tenant the person is signed in to.
    pub fn tenant(self) -> Guid {
        self.desk().account().tid
    }

    /// Reads the given file.
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

    /// Opens a snapshot, and compares it with the present state if it is of this tenant.
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
        self.compared.stop();
        self.import.stop();
        self.file.set(OpenFile::None);
        self.compared.forget();
        self.import.forget();
    }

    /// The open snapshot as a reference for the rows of a table; empty if none of this tenant is open. Views that call
    /// it follow it.
    pub fn standard(self) -> Standard {
        let tenant = self.tenant();
        self.file.with(|file| match file {
            OpenFile::Snapshot(_, snapshot) if snapshot.tenant == tenant => snapshot.standard(),
            _ => Standard::default(),
        })
    }

    /// Reads policies, one scope after another, until `stops` ends it. `None` if the result is no longer wanted.
    async fn gather(
        self,
        scopes: Vec<Scope>,
        progress: RwSignal<GatherProgress>,
        stops: StoredValue<Patience, LocalStorage>,
        is_meant: impl Fn() -> bool,
    ) -> Option<Gathered> {
        let (client, patience) = (self.desk().client(), Patience::default());
        stops.set_value(patience.clone());
        progress.set(GatherProgress { running: true, ..GatherProgress::default() });
        let gathered = Rc::new(RefCell::new(Gathered::default()));
        for scope in scopes {
            let Some(scope) = not_read_yet(scope, &gathered.borrow()) else { continue };
            let tell = |news| {
                let mut gathered = gathered.borrow_mut();
                gathered.take_in(scope.kind(), news);
                if is_meant() {
                    progress.try_update(|progress| progress.tell(&gathered));
                }
            };
            survey(&client, &scope, &patience, &tell).await;
        }
        if !is_meant() {
            return None;
        }
        progress.try_update(|progress| progress.running = false);
        Some(gathered.take())
    }
}
