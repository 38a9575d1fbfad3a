//! What a save wrote to is read again where it is shown: in the table with the reports that follow it, and beside the open
//! snapshot. Many saves are gathered, and read again together.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::lasting::lasting;
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
    /// The table and the snapshots, once a page asked for them.
    table: StoredValue<Option<MatrixState>>,
    snapshots: StoredValue<Option<SnapshotState>>,
    rollouts: Rollouts,
    subjects: StoredValue<Vec<Subject>>,
}

impl Written {
    /// Hears of every save that ends in this tab, of whatever page.
    fn new() -> Self {
        let written = Self {
            table: StoredValue::new(None),
            snapshots: StoredValue::new(None),
            rollouts: Rollouts::current(),
            subjects: StoredValue::default(),
        };
        Receipts::current().when_ended(Callback::new(move |subject| written.note(subject)));
        written
    }

    /// The page's. Before a table or snapshots show policies nothing is to be read again.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// The table shows policies from now on.
    pub fn shows_table(self, table: MatrixState) {
        self.table.set_value(Some(table));
    }

    /// Snapshots are compared from now on.
    pub fn shows_snapshots(self, snapshots: SnapshotState) {
        self.snapshots.set_value(Some(snapshots));
    }

    fn table(self) -> Option<MatrixState> {
        self.table.try_get_value().flatten()
    }

    fn snapshots(self) -> Option<SnapshotState> {
        self.snapshots.try_get_value().flatten()
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
            let reads = self.table().is_some_and(MatrixState::is_running);
            let looks = self.snapshots().is_some_and(SnapshotState::is_looking);
            if self.rollouts.running().is_none() && !reads && !looks {
                break;
            }
        }
        let Some(subjects) = self.subjects.try_update_value(std::mem::take) else { return };
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
        self.read(false, &groups);
        self.read(true, &roles);
    }

    /// One reading serves the table and the snapshot.
    fn read(self, roles: bool, ids: &[Guid]) {
        let table = self.table().filter(|table| table.has_begun(roles));
        let looks = |snapshots: SnapshotState| {
            let looks_at: Vec<Guid> = ids.iter().filter(|id| snapshots.looks_at(roles, id)).cloned().collect();
            (!looks_at.is_empty()).then_some((snapshots, looks_at))
        };
        let (table, snapshots, looks_at) = match (table, self.snapshots().and_then(looks)) {
            (None, None) => return,
            (None, Some((snapshots, looks_at))) => return snapshots.look_again(roles, looks_at),
            (Some(table), None) => return table.renew(roles, ids, None),
            (Some(table), Some((snapshots, looks_at))) => (table, snapshots, looks_at),
        };
        let gathered = Rc::new(RefCell::new(Gathered::default()));
        let left = RefCell::new(looks_at);
        table.renew(
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
