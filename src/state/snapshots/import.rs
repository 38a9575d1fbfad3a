//! Settings of another tool: looked up when the person asks for it, and applied through the plan.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{OpenFile, SnapshotState};
use crate::desk::imports;
use crate::graph::Error;
use crate::graph::patience::Patience;
use crate::policy::Access;
use crate::rollout::Proposal;
use crate::snapshot::import::resolve::{Known, Resolved, resolve};
use crate::text;

/// What the open import refers to in this tenant.
#[derive(Clone, Copy)]
pub struct ImportState {
    /// The result of the look-up, or why it failed; `None` before it.
    pub resolved: RwSignal<Option<Result<Resolved, Error>>>,
    /// How many names of how many were looked up; `None` if no look-up runs.
    pub looking_up: RwSignal<Option<(usize, usize)>>,
    /// What is meant if an import says neither members nor owners.
    pub access: RwSignal<Option<Access>>,
    known: StoredValue<Option<Known>>,
    patience: StoredValue<Patience, LocalStorage>,
}

impl ImportState {
    /// Starts with nothing looked up.
    pub(super) fn new() -> Self {
        Self {
            resolved: RwSignal::default(),
            looking_up: RwSignal::default(),
            access: RwSignal::default(),
            known: StoredValue::default(),
            patience: StoredValue::new_local(Patience::default()),
        }
    }

    /// Stops the look-up.
    pub fn stop(self) {
        self.patience.with_value(Patience::stop);
    }

    /// Discards what is known about an import.
    pub(super) fn forget(self) {
        self.resolved.set(None);
        self.looking_up.set(None);
        self.access.set(None);
        self.known.set_value(None);
    }
}

impl SnapshotState {
    /// Looks up what an import names: nothing in a file is asked of Microsoft before the person wants it.
    pub fn look_up(self) {
        let OpenFile::Import(_, import) = self.file.get_untracked() else { return };
        if self.import.looking_up.with_untracked(Option::is_some) {
            return;
        }
        self.import.resolved.set(None);
        self.import.looking_up.set(Some((0, 0)));
        let (client, round, patience) = (self.desk().client(), self.round.get_value(), Patience::default());
        self.import.patience.set_value(patience.clone());
        spawn_local(async move {
            let is_meant = || self.round.try_get_value() == Some(round);
            let tell = |done, of| {
                if is_meant() {
                    self.import.looking_up.try_set(Some((done, of)));
                }
            };
            let known = imports::look_up(&client, &import, &patience, &tell).await;
            if !is_meant() {
                return;
            }
            self.import.looking_up.try_set(None);
            match known {
                Ok(Some(known)) => {
                    self.import.known.try_set_value(Some(known));
                    self.match_import();
                }
                Ok(None) => {}
                Err(error) => drop(self.import.resolved.try_set(Some(Err(error)))),
            }
        });
    }

    /// Sets what is meant if the file says neither members nor owners.
    pub fn mean(self, access: Option<Access>) {
        self.import.access.set(access);
        self.match_import();
    }

    fn match_import(self) {
        let access = self.import.access.get_untracked();
        let resolved = self.file.with_untracked(|file| match file {
            OpenFile::Import(_, import) => {
                self.import.known.with_value(|known: &Option<Known>| Some(resolve(import, known.as_ref()?, access)))
            }
            _ => None,
        });
        self.import.resolved.set(resolved.map(Ok));
    }

    /// Proposes the settings of the import.
    pub fn bring_in(self) {
        let name = self.file.with_untracked(|file| match file {
            OpenFile::Import(name, _) => name.clone(),
            _ => String::new(),
        });
        if let Some(Ok(resolved)) = self.import.resolved.get_untracked() {
            let title = text::snapshots::import_title(&name);
            self.rollout().propose(Proposal { title, items: resolved.items, undoes: None, left_out: Vec::new() });
        }
    }
}
