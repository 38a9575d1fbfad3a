//! Taking a snapshot.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{GatherProgress, SnapshotState};
use crate::browser::BrowserWorld;
use crate::desk::directory;
use crate::desk::gather::{SnapshotHead, scopes_of};
use crate::graph::patience::Patience;
use crate::instant;
use crate::matrix::Class;
use crate::policy::Subject;
use crate::snapshot::Snapshot;
use crate::snapshot::file::Naming;
use crate::world::Clock;

/// The snapshot being taken, and the last one taken.
#[derive(Clone, Copy)]
pub struct TakingState {
    /// The progress of reading.
    pub progress: RwSignal<GatherProgress>,
    /// The last snapshot taken, with all names, and which of them the file is to include.
    pub taken: RwSignal<Option<(Snapshot, Naming)>>,
    patience: StoredValue<Patience, LocalStorage>,
}

impl TakingState {
    /// Starts with nothing taken.
    pub(super) fn new() -> Self {
        Self {
            progress: RwSignal::default(),
            taken: RwSignal::default(),
            patience: StoredValue::new_local(Patience::default()),
        }
    }

    /// Stops the reading; what was read becomes the snapshot.
    pub fn stop(self) {
        self.patience.with_value(Patience::stop);
    }
}

impl SnapshotState {
    /// Takes a snapshot: of all groups, all roles, or these subjects. `false` if one is already being taken, or if it
    /// would be empty.
    pub fn take(self, whole: Vec<Class>, only: Vec<Subject>, naming: Naming) -> bool {
        let TakingState { progress, taken, patience } = self.taking;
        if progress.with_untracked(|progress| progress.running) || (whole.is_empty() && only.is_empty()) {
            return false;
        }
        taken.set(None);
        let scopes = if only.is_empty() { scopes_of(&whole, &[]) } else { scopes_of(&[], &only) };
        let only = (!only.is_empty()).then_some(only);
        // Some policies are as old as this; none is older.
        let began_unix_ms = BrowserWorld.unix_ms();
        spawn_local(async move {
            let Some(gathered) = self.gather(scopes, progress, patience, || true).await else { return };
            let approvers = gathered.approvers();
            let wanted = naming.people && !approvers.is_empty();
            // Without their names the snapshot is just as usable.
            let people = if wanted {
                directory::names(&self.desk().client(), &approvers).await.unwrap_or_default()
            } else {
                BTreeMap::new()
            };
            let account = self.desk().account();
            let about = SnapshotHead {
                tenant: account.tid,
                taken_at: instant::to_rfc3339(began_unix_ms),
                taken_by: account.name,
                whole,
                only,
                people: people.into_iter().map(|(id, entry)| (id, entry.name().to_owned())).collect(),
            };
            taken.try_set(Some((gathered.snapshot(about).named(naming), naming)));
        });
        true
    }
}
