//! What a save wrote to, in this tab or another one, is read again where it is shown: in the table with the reports
//! based on it, and next to the open snapshot. Many saves are collected, and read again together.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::BrowserWorld;
use crate::desk::gather::Gathered;
use crate::guid::Guid;
use crate::matrix::HolderKind;
use crate::policy::Subject;
use crate::state::frame::tabs::Tabs;
use crate::state::lasting::lasting;
use crate::state::matrix::MatrixState;
use crate::state::receipts::Receipts;
use crate::state::rollout::records::RolloutRecords;
use crate::state::snapshots::SnapshotState;
use crate::world::Clock;

/// The policies that were written to and not read again yet.
#[derive(Clone, Copy)]
pub struct Reread {
    /// The table and the snapshots, once a page asked for them.
    table: RwSignal<Option<MatrixState>>,
    snapshots: RwSignal<Option<SnapshotState>>,
    subjects: StoredValue<Vec<Subject>>,
    /// There are some policies to read again.
    waits: RwSignal<bool>,
    /// Nothing is being written or read: a change of many policies is read again at its end, in batches, and older
    /// answers must not replace what is being read.
    quiet: Memo<bool>,
}

impl Reread {
    /// Is notified of every save that ends, on any page and in any tab.
    fn new() -> Self {
        let (rollouts, tabs) = (RolloutRecords::current(), Tabs::current());
        let (table, snapshots) =
            (RwSignal::<Option<MatrixState>>::new(None), RwSignal::<Option<SnapshotState>>::new(None));
        let written = Self {
            table,
            snapshots,
            subjects: StoredValue::default(),
            waits: RwSignal::new(false),
            quiet: Memo::new(move |_| {
                let reads = table.get().is_some_and(MatrixState::is_running);
                let looks = snapshots.get().is_some_and(SnapshotState::is_looking);
                !(reads || looks || rollouts.is_running() || tabs.others_save())
            }),
        };
        let note = Callback::new(move |subject| written.note(subject));
        Receipts::current().when_ended(note);
        tabs.when_saved(note);
        Effect::new(move |_| {
            if written.waits.get() && written.quiet.get() {
                spawn_local(written.read_together());
            }
        });
        written
    }

    /// The page's list of what to read again. Until a table or snapshots show policies, nothing needs to be read again.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// The table shows policies from now on.
    pub fn shows_table(self, table: MatrixState) {
        self.table.set(Some(table));
    }

    /// Snapshots are compared from now on.
    pub fn shows_snapshots(self, snapshots: SnapshotState) {
        self.snapshots.set(Some(snapshots));
    }

    fn note(self, subject: Subject) {
        self.subjects.try_update_value(|subjects| subjects.push(subject));
        if self.waits.try_get_untracked() == Some(false) {
            self.waits.try_set(true);
        }
    }

    async fn read_together(self) {
        BrowserWorld.sleep(GATHER_MS).await;
        // What began in the meantime ends first; then this is called again.
        if self.quiet.try_get_untracked() != Some(true) {
            return;
        }
        self.waits.try_set(false);
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
        self.read(HolderKind::Groups, &groups);
        self.read(HolderKind::Roles, &roles);
    }

    /// Reads for the table and the snapshot at once.
    fn read(self, kind: HolderKind, ids: &[Guid]) {
        let table = self.table.try_get_untracked().flatten().filter(|table| table.has_begun(kind));
        let looks = |snapshots: SnapshotState| {
            let looks_at: Vec<Guid> = ids.iter().filter(|id| snapshots.looks_at(kind, id)).cloned().collect();
            (!looks_at.is_empty()).then_some((snapshots, looks_at))
        };
        let (table, snapshots, looks_at) = match (table, self.snapshots.try_get_untracked().flatten().and_then(looks)) {
            (None, None) => return,
            (None, Some((snapshots, looks_at))) => return snapshots.look_again(kind, looks_at),
            (Some(table), None) => return table.renew(kind, ids, None),
            (Some(table), Some((snapshots, looks_at))) => (table, snapshots, looks_at),
        };
        let gathered = RefCell::new((Gathered::default(), looks_at));
        let hears = move |news: Option<&_>| {
            let mut held = gathered.borrow_mut();
            let (read, left) = &mut *held;
            if let Some(news) = news {
                if let Some(id) = read.take_policies(kind, news) {
                    left.retain(|known| *known != id);
                }
                return;
            }
            // If the person stopped it, what is left is outdated.
            read.miss(kind, std::mem::take(left));
            snapshots.learn(std::mem::take(read));
        };
        table.renew(kind, ids, Some(Rc::new(hears)));
    }
}

/// Saves that end within this time of each other are read again together, ms.
const GATHER_MS: u32 = 200;
