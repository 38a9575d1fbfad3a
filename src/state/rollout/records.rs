//! The rollouts of the signed-in person stored in this browser, besides the receipts of their saves.

mod plans;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::storage::{self, Key};
use crate::browser::{BrowserWorld, event, locks};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::receipt::keep::{StoredSize, going};
use crate::rollout::kept::KeptPlan;
use crate::rollout::record::Record;
use crate::state::desk::Desk;
use crate::state::lasting::lasting;
use crate::state::receipts::Receipts;
use crate::state::receipts::kept_list;
use crate::state::receipts::unfinished::owner_of;
use crate::world::Clock;

/// The records. If the browser stores nothing, they last as long as the page.
#[derive(Clone, Copy)]
pub struct RolloutRecords {
    receipts: Receipts,
    owner: StoredValue<String>,
    /// All records, newest first.
    pub list: RwSignal<Vec<Record>>,
    /// Rollouts that were found interrupted since the page was loaded, and that the person has not seen.
    pub found: RwSignal<Vec<Guid>>,
    running: RwSignal<Option<Guid>>,
    /// The plans of this page's rollouts.
    plans: StoredValue<Vec<(Guid, KeptPlan)>>,
}

impl RolloutRecords {
    /// Reads what this browser stored; follows what other tabs store.
    fn new() -> Self {
        let receipts = Receipts::current();
        let owner = owner_of(&Desk::current().account());
        let rollouts = Self {
            receipts,
            owner: StoredValue::new(owner),
            list: RwSignal::default(),
            found: RwSignal::default(),
            running: RwSignal::default(),
            plans: StoredValue::default(),
        };
        rollouts.load();
        let listening = StoredValue::new_local(event::on_storage_change(move || rollouts.load()));
        on_cleanup(move || listening.dispose());
        rollouts
    }

    /// The page's records.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    fn load(self) {
        let Some(stored) = self.owner.try_with_value(|owner| storage::all(Key::RolloutRecord(owner))) else { return };
        let mut list: Vec<Record> = stored.iter().filter_map(|(_, text)| Record::from_json(text)).collect();
        for record in &mut list {
            let sure = self.key(&record.id).and_then(|key| storage::read(Key::RolloutSure(&key)));
            if sure.is_none() {
                record.doubt();
            }
        }
        let mut list = kept_list::with_unkept(list, self.list, self.receipts.unkept);
        sort_by(&mut list, |left, right| right.started_unix_ms.cmp(&left.started_unix_ms));
        self.list.try_set(list);
        self.hold();
    }

    /// Holds on to the receipts of rollouts that run, and of the latest: without them nothing of those could be undone.
    fn hold(self) {
        let held = self.list.try_with_untracked(|list| {
            let running = list.iter().filter(|record| record.ended_unix_ms.is_none());
            let latest = list.iter().max_by_key(|record| record.started_unix_ms.max(record.updated_unix_ms));
            let undone = latest.and_then(|record| record.undoes.as_ref());
            running.chain(latest).map(|record| &record.id).chain(undone).cloned().collect()
        });
        self.receipts.hold(held.unwrap_or_default());
    }

    /// Stores a record in place of its earlier form. If the browser refuses, the mark beside the earlier form is
    /// removed, which always works: without the mark, nobody takes that form for the latest.
    pub fn keep(self, record: &Record) {
        let is_over = record.ended_unix_ms.is_some();
        let runs = (!is_over).then(|| record.id.clone());
        if self.running.try_with_untracked(|running| *running != runs) == Some(true) {
            self.running.try_set(runs);
        }
        if let Some(key) = self.key(&record.id) {
            let text = record.to_json();
            let store =
                || storage::write(Key::RolloutSure(&key), SURE) && storage::write(Key::RolloutRecord(&key), &text);
            let stored = self.receipts.store_with_room(&record.id, key.len() + text.len(), &store);
            if !stored {
                storage::remove(Key::RolloutSure(&key));
            }
            self.receipts.told(&record.id, stored);
        }
        self.list.try_update(|list| match list.iter_mut().find(|known| known.id == record.id) {
            Some(known) => *known = record.clone(),
            None => list.insert(0, record.clone()),
        });
        self.hold();
        if is_over {
            self.drop_plan_of(record);
            self.drop_the_oldest();
        }
    }

    fn key(self, id: &Guid) -> Option<String> {
        self.owner.try_with_value(|owner| [owner.as_str(), id.as_str()].concat())
    }

    fn drop_the_oldest(self) {
        let unkept = self.receipts.unkept.try_get_untracked().unwrap_or_default();
        let known = |record: &Record| {
            let size = record.to_json().len();
            StoredSize {
                id: record.id.clone(),
                started_unix_ms: record.started_unix_ms,
                size,
                small: size,
                held: record.ended_unix_ms.is_none(),
                stored: !unkept.contains(&record.id),
            }
        };
        let known = self.list.try_with_untracked(|list| list.iter().map(known).collect::<Vec<_>>()).unwrap_or_default();
        for id in going(&known, BrowserWorld.unix_ms()).dropped {
            self.forget(&id);
        }
    }

    /// Deletes one record; the receipts of its saves stay.
    pub fn forget(self, id: &Guid) {
        if let Some(key) = self.key(id) {
            storage::remove(Key::RolloutRecord(&key));
            storage::remove(Key::RolloutSure(&key));
        }
        self.drop_plan(id);
        self.list.try_update(|list| list.retain(|record| record.id != *id));
        self.receipts.told(id, true);
        self.put_away(id);
        self.hold();
    }

    /// Deletes all records except those that run.
    pub fn forget_all(self) {
        for id in kept_list::over(self.list) {
            self.forget(&id);
        }
    }

    /// The person has seen that it was interrupted.
    pub fn put_away(self, id: &Guid) {
        kept_list::put_away(self.found, id);
    }

    /// Whether one runs or is paused in this tab; views that call it follow it.
    pub fn is_running(self) -> bool {
        self.running.with(Option::is_some)
    }

    /// One record, updated from its receipts; views that call it follow both.
    pub fn get(self, id: &Guid) -> Option<Record> {
        let mut record = self.list.with(|list| list.iter().find(|record| record.id == *id).cloned())?;
        self.receipts.list.with(|list| record.claim(list));
        Some(record.with_receipts(&|id| self.receipts.get(id)))
    }

    /// The records that are stored but could not be read, perhaps because a newer version wrote them; views that call
    /// it follow the list.
    pub fn unreadable(self) -> Vec<Guid> {
        let stored = self.owner.with_value(|owner| storage::all(Key::RolloutRecord(owner)));
        kept_list::unreadable(self.list, &stored, |text| Record::from_json(text).is_some())
    }

    /// Finds rollouts that were interrupted by a closed tab or a crash. One that another tab runs is left alone: that
    /// tab holds its lock.
    pub fn find_interrupted(self) {
        let running = self.running.get_untracked();
        let open: Vec<Record> = self.list.with_untracked(|list| {
            let cut = |record: &&Record| record.ended_unix_ms.is_none() && running.as_ref() != Some(&record.id);
            list.iter().filter(cut).cloned().collect()
        });
        for found in open {
            spawn_local(async move {
                let taking = locks::take(&lock_of(&found.id)).await;
                // It may have ended in its own tab a moment ago.
                self.load();
                let now = self.list.try_with_untracked(|list| list.iter().find(|one| one.id == found.id).cloned());
                let Some(mut record) = now.flatten().filter(|one| one.ended_unix_ms.is_none()) else { return };
                let quiet = || BrowserWorld.unix_ms() - record.updated_unix_ms > QUIET_MS;
                if matches!(taking, locks::Taking::Held(_)) || matches!(taking, locks::Taking::Unknown) && quiet() {
                    let kept = self.receipts.list.get_untracked();
                    record.claim(&kept);
                    record.cut_short(BrowserWorld.unix_ms());
                    record.lose(&|id| kept.iter().any(|receipt| receipt.id == *id));
                    self.keep(&record);
                    self.found.try_update(|found| found.push(record.id.clone()));
                }
            });
        }
    }
}

/// The name of the lock that a running rollout holds.
pub fn lock_of(id: &Guid) -> String {
    ["pim-desk.rollout.", id.as_str()].concat()
}

/// The content of the mark; only its presence matters.
const SURE: &str = "1";

/// Without locks, a rollout that did not progress for this long counts as interrupted, ms.
const QUIET_MS: i64 = 600_000;
