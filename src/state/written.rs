//! What a save wrote to is read again where it is shown: in the table with the reports that follow it, and beside the open
//! snapshot. Many saves are gathered, and read again together.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::matrix::MatrixState;
use super::receipts::Receipts;
use super::rollouts::Rollouts;
use super::snapshots::SnapshotState;
use crate::browser::BrowserWorld;
use crate::desk::gather::Gathered;
use crate::guid::Guid;
use crate::policy::Subject;
use crate::world::Clock;

/// The policies that were written to and are not read again yet.
#[derive(Clone, Copy)]
pub struct Written {
    matrix: StoredValue<MatrixState>,
    snapshots: StoredValue<SnapshotState>,
    rollouts: Rollouts,
    subjects: StoredValue<Vec<Subject>>,
}

impl Written {
    /// Hears of every save that ends in this tab, of whatever page.
    pub fn follow(receipts: Receipts, rollouts: Rollouts, matrix: MatrixState, snapshots: SnapshotState) {
        let written = Self {
            matrix: StoredValue::new(matrix),
            snapshots: StoredValue::new(snapshots),
            rollouts,
            subjects: StoredValue::default(),
        };
        receipts.when_ended(Callback::new(move |subject| written.note(subject)));
    }

    fn note(self, subject: Subject) {
        let first = self.subjects.try_update_value(|subjects| {
            subjects.push(subject);
            subjects.len() == 1
        });
        if first == Some(true) {
            spawn_local(self.read_when_quiet());
        }
    }

    /// A change of many is read again at its end, in batches; what is being read is not overtaken by older answers.
    async fn read_when_quiet(self) {
        loop {
            BrowserWorld.sleep(GATHER_MS).await;
            let Some(matrix) = self.matrix.try_get_value() else { return };
            let looks = self.snapshots.try_get_value().is_some_and(SnapshotState::is_looking);
            if self.rollouts.running().is_none() && !matrix.is_running() && !looks {
                break;
            }
        }
        let (Some(subjects), Some(snapshots)) =
            (self.subjects.try_update_value(std::mem::take), self.snapshots.try_get_value())
        else {
            return;
        };
        let (mut groups, mut roles): (Vec<Guid>, Vec<Guid>) = (Vec::new(), Vec::new());
        for subject in subjects {
            let (list, id) = match subject {
                Subject::Group { group, .. } => (&mut groups, group),
                Subject::Role { template } => (&mut roles, template),
            };
            if !list.contains(&id) {
                list.push(id);
            }
        }
        self.read(snapshots, false, &groups);
        self.read(snapshots, true, &roles);
    }

    /// One reading serves the table and the snapshot.
    fn read(self, snapshots: SnapshotState, roles: bool, ids: &[Guid]) {
        let Some(matrix) = self.matrix.try_get_value() else { return };
        let looks_at: Vec<Guid> = ids.iter().filter(|id| snapshots.looks_at(roles, id)).cloned().collect();
        if !matrix.has_begun(roles) {
            return snapshots.look_again(roles, looks_at);
        }
        if looks_at.is_empty() {
            return matrix.renew(roles, ids, None);
        }
        let gathered = Rc::new(RefCell::new(Gathered::default()));
        let left = RefCell::new(looks_at);
        matrix.renew(
            roles,
            ids,
            Some(Rc::new(move |_, news| {
                let Some(id) = gathered.borrow_mut().take_policies(news) else { return };
                left.borrow_mut().retain(|known| *known != id);
                if left.borrow().is_empty() {
                    snapshots.learn(gathered.take());
                }
            })),
        );
    }
}

/// Saves that end within this time of each other are read again together, ms.
const GATHER_MS: u32 = 200;
