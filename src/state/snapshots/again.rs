//! What was changed since the open snapshot was compared is read and compared again.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{OpenFile, SnapshotState};
use crate::desk::gather::Gathered;
use crate::desk::survey::{Scope, survey};
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::matrix::HolderKind;

impl SnapshotState {
    /// Whether the present state is being read; views that call it follow it.
    pub fn is_looking(self) -> bool {
        self.compared.progress.with(|progress| progress.running)
    }

    /// Whether a group or role is part of the comparison with the open snapshot.
    pub fn looks_at(self, kind: HolderKind, id: &Guid) -> bool {
        let compared = self.compared.now.try_with_untracked(Option::is_some) == Some(true);
        let holds = self.file.try_with_untracked(|file| match file {
            OpenFile::Snapshot(_, snapshot) => {
                snapshot.whole.contains(&kind.counted())
                    || snapshot.policies.iter().any(|kept| kept.policy.subject.id() == id)
            }
            _ => false,
        });
        compared && holds == Some(true)
    }

    /// Reads these groups or roles again.
    pub fn look_again(self, kind: HolderKind, ids: Vec<Guid>) {
        if ids.is_empty() {
            return;
        }
        let (client, round) = (self.desk().client(), self.round.get_value());
        let scope = match kind {
            HolderKind::Groups => Scope::Again(ids.clone(), ids),
            HolderKind::Roles => Scope::RolesAgain(ids),
        };
        spawn_local(async move {
            let gathered = RefCell::new(Gathered::default());
            let tell = |news| gathered.borrow_mut().take_in(kind, news);
            survey(&client, &scope, &Patience::default(), &tell).await;
            if self.round.try_get_value() == Some(round) {
                self.learn(gathered.into_inner());
            }
        });
    }

    /// Takes in what was read again. What could not be read, or was not, counts as unknown.
    pub fn learn(self, gathered: Gathered) {
        let Some(mut now) = self.compared.now.try_get_untracked().flatten() else { return };
        now.learn(gathered.now);
        self.compare(now);
    }
}
