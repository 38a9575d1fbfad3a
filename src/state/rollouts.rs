//! The rollouts this browser remembers for the signed-in person, beside the receipts of their saves.

mod plans;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::receipts::Receipts;
use crate::browser::storage::{self, Key};
use crate::browser::{BrowserWorld, event, locks};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::receipt::keep::to_drop;
use crate::rollout::kept::KeptPlan;
use crate::rollout::record::Record;
use crate::world::Clock;

/// The records. Where the browser stores nothing, they live as long as the page.
#[derive(Clone, Copy)]
pub struct Rollouts {
    receipts: Receipts,
    owner: StoredValue<String>,
    /// All, the newest first.
    pub list: RwSignal<Vec<Record>>,
    running: StoredValue<Option<Guid>>,
    /// The plans of this page's rollouts.
    plans: StoredValue<Vec<(Guid, KeptPlan)>>,
}

impl Rollouts {
    /// What this browser kept; follows what other tabs keep.
    pub fn new(desk: Desk, receipts: Receipts) -> Self {
        let account = desk.account();
        let owner = [account.tid.as_str(), ".", account.oid.as_str(), "."].concat();
        let rollouts = Self {
            receipts,
            owner: StoredValue::new(owner),
            list: RwSignal::default(),
            running: StoredValue::new(None),
            plans: StoredValue::default(),
        };
        rollouts.load();
        let listening = StoredValue::new_local(event::on_storage_change(move || rollouts.load()));
        on_cleanup(move || listening.dispose());
        rollouts
    }

    /// The page's records.
    pub fn current() -> Self {
        expect_context()
    }

    fn load(self) {
        let Some(stored) = self.owner.try_with_value(|owner| storage::all(Key::RolloutRecord(owner))) else { return };
        let mut list: Vec<Record> = stored.iter().filter_map(|(_, text)| Record::from_json(text)).collect();
        sort_by(&mut list, |left, right| right.started_unix_ms.cmp(&left.started_unix_ms));
        self.list.try_set(list);
    }

    /// Keeps a record in place of its earlier form.
    pub fn keep(self, record: &Record) {
        let is_over = record.ended_unix_ms.is_some();
        self.running.try_set_value((!is_over).then(|| record.id.clone()));
        if let Some(key) = self.key(&record.id) {
            let stored = storage::write(Key::RolloutRecord(&key), &record.to_json());
            if !stored {
                self.receipts.not_kept.try_set(true);
            }
        }
        self.list.try_update(|list| match list.iter_mut().find(|known| known.id == record.id) {
            Some(known) => *known = record.clone(),
            None => list.insert(0, record.clone()),
        });
        if is_over {
            self.drop_plan_of(record);
            self.drop_the_oldest();
        }
    }

    fn key(self, id: &Guid) -> Option<String> {
        self.owner.try_with_value(|owner| [owner.as_str(), id.as_str()].concat())
    }

    fn drop_the_oldest(self) {
        let size = |record: &Record| {
            (record.id.clone(), record.started_unix_ms, record.to_json().len(), record.ended_unix_ms.is_none())
        };
        let sizes = self.list.try_with_untracked(|list| list.iter().map(size).collect::<Vec<_>>()).unwrap_or_default();
        for id in to_drop(&sizes, BrowserWorld.unix_ms()) {
            self.forget(&id);
        }
    }

    /// Forgets one; the receipts of its saves stay.
    pub fn forget(self, id: &Guid) {
        if let Some(key) = self.key(id) {
            storage::remove(Key::RolloutRecord(&key));
        }
        self.drop_plan(id);
        self.list.try_update(|list| list.retain(|record| record.id != *id));
    }

    /// The one that runs in this tab.
    pub fn running(self) -> Option<Guid> {
        self.running.try_get_value().flatten()
    }

    /// One record, with what its receipts know now; views that call it follow both.
    pub fn get(self, id: &Guid) -> Option<Record> {
        let record = self.list.with(|list| list.iter().find(|record| record.id == *id).cloned())?;
        Some(record.with_receipts(&|id| self.receipts.get(id)))
    }

    /// Finds rollouts that were cut short: by a closed tab, a crash. One that another tab runs is left to it: that tab
    /// holds its lock.
    pub fn find_interrupted(self) {
        let running = self.running.get_value();
        let open: Vec<Record> = self.list.with_untracked(|list| {
            let cut = |record: &&Record| record.ended_unix_ms.is_none() && running.as_ref() != Some(&record.id);
            list.iter().filter(cut).cloned().collect()
        });
        for mut record in open {
            spawn_local(async move {
                let taking = locks::take(&lock_of(&record.id)).await;
                let quiet = || BrowserWorld.unix_ms() - record.updated_unix_ms > QUIET_MS;
                if matches!(taking, locks::Taking::Held(_)) || matches!(taking, locks::Taking::Unknown) && quiet() {
                    record.cut_short(BrowserWorld.unix_ms());
                    self.keep(&record);
                }
            });
        }
    }
}

/// The name of the lock that a running rollout holds.
pub fn lock_of(id: &Guid) -> String {
    ["pim-desk.rollout.", id.as_str()].concat()
}

/// Without locks, a rollout that has not moved for this long is taken to be cut short, ms.
const QUIET_MS: i64 = 600_000;
