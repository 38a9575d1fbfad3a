//! The present state compared with the open snapshot: what changed, and what of it is to be changed back.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{GatherProgress, OpenFile, SnapshotState};
use crate::browser::BrowserWorld;
use crate::desk::gather::scopes_of;
use crate::graph::patience::Patience;
use crate::policy::Subject;
use crate::rollout::Proposal;
use crate::snapshot::drift::Now;
use crate::snapshot::restore::{Pick, WayBack, items, way_back};
use crate::snapshot::{Drift, drift};
use crate::text;
use crate::world::Clock;

/// The comparison of the open snapshot with the present state.
#[derive(Clone, Copy)]
pub struct DriftState {
    /// The progress of reading the present state.
    pub progress: RwSignal<GatherProgress>,
    /// The present state.
    pub now: RwSignal<Option<Now>>,
    /// What changed since the open snapshot was taken.
    pub drift: RwSignal<Option<Drift>>,
    /// When the oldest part of the present state was read, ms since 1970.
    pub read_unix_ms: RwSignal<Option<i64>>,
    /// What of it can be changed back.
    pub way: RwSignal<WayBack>,
    /// What is ticked to be changed back.
    pub picked: RwSignal<BTreeSet<Pick>>,
    patience: StoredValue<Patience, LocalStorage>,
}

impl DriftState {
    /// Starts without a comparison.
    pub(super) fn new() -> Self {
        Self {
            progress: RwSignal::default(),
            now: RwSignal::default(),
            drift: RwSignal::default(),
            read_unix_ms: RwSignal::default(),
            way: RwSignal::default(),
            picked: RwSignal::default(),
            patience: StoredValue::new_local(Patience::default()),
        }
    }

    /// Stops the reading; what was read is compared.
    pub fn stop(self) {
        self.patience.with_value(Patience::stop);
    }

    /// Discards the comparison.
    pub(super) fn forget(self) {
        self.progress.set(GatherProgress::default());
        self.now.set(None);
        self.drift.set(None);
        self.way.set(WayBack::default());
        self.picked.set(BTreeSet::new());
    }
}

impl SnapshotState {
    /// Reads the present state and compares.
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
        let DriftState { progress, drift, read_unix_ms, patience, .. } = self.compared;
        drift.set(None);
        spawn_local(async move {
            let began_unix_ms = BrowserWorld.unix_ms();
            let Some(gathered) = self.gather(scopes, progress, patience, is_meant).await else { return };
            self.names().look_up(gathered.approvers());
            read_unix_ms.set(Some(began_unix_ms));
            self.compare(gathered.now);
        });
    }

    pub(super) fn compare(self, now: Now) {
        let found = self.file.with_untracked(|file| match file {
            OpenFile::Snapshot(_, snapshot) => {
                let found = drift(snapshot, &now);
                let way = way_back(snapshot, &now, &found);
                Some((found, way))
            }
            _ => None,
        });
        let Some((found, way)) = found else { return };
        let compared = self.compared;
        compared.picked.update(|picked| way.keep_possible(picked));
        compared.way.set(way);
        compared.now.set(Some(now));
        compared.drift.set(Some(found));
    }

    /// Proposes to change back what is ticked.
    pub fn restore(self) {
        let DriftState { drift, way, picked, .. } = self.compared;
        let picked = picked.get_untracked();
        let proposal = self.file.with_untracked(|file| {
            let OpenFile::Snapshot(_, snapshot) = file else { return None };
            let items = drift.with_untracked(|drift| {
                way.with_untracked(|way| Some(items(snapshot, drift.as_ref()?, way, &|pick| picked.contains(pick))))
            })?;
            Some(Proposal {
                title: text::snapshots::restore_title(&snapshot.taken_at),
                items,
                undoes: None,
                left_out: Vec::new(),
            })
        });
        if let Some(proposal) = proposal.filter(|proposal| !proposal.items.is_empty()) {
            self.rollout().propose(proposal);
        }
    }
}
