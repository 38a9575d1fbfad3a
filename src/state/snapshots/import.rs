//! Settings of another tool: looked up when the person says so, and brought in through the plan.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{OpenFile, SnapshotState};
use crate::desk::imports;
use crate::graph::patience::Patience;
use crate::policy::Access;
use crate::rollout::Proposal;
use crate::snapshot::import::resolve::{Known, resolve};
use crate::text;

impl SnapshotState {
    /// Looks up what an import names: nothing is asked of Microsoft for the sake of a file before the person wants it.
    pub fn look_up(self) {
        let OpenFile::Import(_, import) = self.file.get_untracked() else { return };
        if self.looking_up.with_untracked(Option::is_some) {
            return;
        }
        self.resolved.set(None);
        self.looking_up.set(Some((0, 0)));
        let (client, round, patience) = (self.desk.client(), self.round.get_value(), Patience::default());
        self.patience.update_value(|all| all[2] = patience.clone());
        spawn_local(async move {
            let is_meant = || self.round.try_get_value() == Some(round);
            let tell = |done, of| {
                if is_meant() {
                    self.looking_up.try_set(Some((done, of)));
                }
            };
            let known = imports::look_up(&client, &import, &patience, &tell).await;
            if !is_meant() {
                return;
            }
            self.looking_up.try_set(None);
            match known {
                Ok(Some(known)) => {
                    self.known.try_set_value(Some(known));
                    self.match_import();
                }
                Ok(None) => {}
                Err(error) => drop(self.resolved.try_set(Some(Err(error)))),
            }
        });
    }

    /// Ends the looking up.
    pub fn stop_looking_up(self) {
        self.patience.with_value(|[_, _, import]| import.stop());
    }

    /// Says what is meant where the file says neither members nor owners.
    pub fn mean(self, access: Option<Access>) {
        self.access.set(access);
        self.match_import();
    }

    fn match_import(self) {
        let access = self.access.get_untracked();
        let resolved = self.file.with_untracked(|file| match file {
            OpenFile::Import(_, import) => {
                self.known.with_value(|known: &Option<Known>| Some(resolve(import, known.as_ref()?, access)))
            }
            _ => None,
        });
        self.resolved.set(resolved.map(Ok));
    }

    /// Proposes what an import says.
    pub fn bring_in(self) {
        let name = self.file.with_untracked(|file| match file {
            OpenFile::Import(name, _) => name.clone(),
            _ => String::new(),
        });
        if let Some(Ok(resolved)) = self.resolved.get_untracked() {
            let title = text::snapshots::import_title(&name);
            self.rollout.get_value().propose(Proposal {
                title,
                items: resolved.items,
                undoes: None,
                left_out: Vec::new(),
            });
        }
    }
}
