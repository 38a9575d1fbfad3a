//! The receipts this browser stores for the signed-in person, and the interrupted saves among them.

pub(in crate::state) mod kept_list;
mod looking;
pub mod unfinished;

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

pub use self::looking::{ChecksAll, Look, not_read};
use self::unfinished::owner_of;
use super::desk::Desk;
use super::frame::unkept::Unkept;
use super::lasting::lasting;
use crate::auth::request_id::request_id;
use crate::browser::storage::{self, Key};
use crate::browser::{BrowserWorld, event};
use crate::desk::receipts::Opening;
use crate::guid::Guid;
use crate::policy::Subject;
use crate::receipt::keep::{Going, ORIGIN, ROOM, StoredSize, Way, going, newest_first, next_way, store_with_room};
use crate::receipt::{Author, Receipt};
use crate::world::Clock;

/// The receipts. If the browser stores nothing, they live as long as the page.
#[derive(Clone, Copy)]
pub struct Receipts {
    desk: Desk,
    owner: StoredValue<String>,
    /// All receipts, the newest first.
    pub list: RwSignal<Vec<Receipt>>,
    /// Interrupted saves found since the page was loaded, whose outcome is shown above the page.
    pub found: RwSignal<Vec<Guid>>,
    /// Those that the person dismissed.
    away: StoredValue<BTreeSet<Guid>>,
    /// The last look at each receipt whose outcome was read.
    pub looks: RwSignal<BTreeMap<Guid, Look>>,
    /// Receipts, and records of changes of many policies, that the browser refused to store in their current form, and
    /// that therefore live as long as the page.
    pub(super) unkept: RwSignal<BTreeSet<Guid>>,
    pub(super) unkept_seen: RwSignal<bool>,
    running: StoredValue<Vec<Guid>>,
    /// Whether a search for interrupted saves is running, and whether another one was requested.
    looking: StoredValue<Option<bool>>,
    /// Called with the subject of each save of this tab, when it ends.
    ended: StoredValue<Option<Callback<Subject>>>,
    /// The stored length of each in characters, and that of its short form, if computed.
    sizes: StoredValue<BTreeMap<Guid, (usize, Option<usize>)>>,
    /// The changes of many policies whose receipts stay however much room they take: the running and the latest.
    held: StoredValue<BTreeSet<Guid>>,
    /// Called as soon as the browser refuses to store one.
    on_refused: StoredValue<Option<Callback<()>>>,
}

impl Receipts {
    /// What this browser stored; follows what other tabs store.
    fn new() -> Self {
        let desk = Desk::current();
        let owner = owner_of(&desk.account());
        let unkept = Unkept::current();
        let receipts = Self {
            desk,
            owner: StoredValue::new(owner),
            list: RwSignal::default(),
            found: RwSignal::default(),
            away: StoredValue::default(),
            looks: RwSignal::default(),
            unkept: unkept.ids,
            unkept_seen: unkept.seen,
            running: StoredValue::default(),
            looking: StoredValue::default(),
            ended: StoredValue::new(None),
            sizes: StoredValue::default(),
            held: StoredValue::default(),
            on_refused: StoredValue::default(),
        };
        receipts.load();
        let listening = StoredValue::new_local(event::on_storage_change(move || receipts.load()));
        on_cleanup(move || listening.dispose());
        receipts
    }

    /// The page's receipts.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// What is stored, and what could not be stored and exists here only.
    fn load(self) {
        let Some(stored) = self.owner.try_with_value(|owner| storage::all(Key::Receipt(owner))) else { return };
        let read: Vec<(usize, Receipt)> =
            stored.iter().filter_map(|(_, text)| Some((text.len(), Receipt::from_json(text)?))).collect();
        self.sizes.try_update_value(|sizes| {
            for (size, receipt) in &read {
                sizes.insert(receipt.id.clone(), (*size, None));
            }
        });
        let stored = read.into_iter().map(|(_, receipt)| receipt).collect();
        let mut list = kept_list::with_unkept(stored, self.list, self.unkept);
        newest_first(&mut list);
        self.list.try_set(list);
    }

    /// What a new receipt contains besides the save itself.
    pub fn opening(self, subject_name: String, undoes: Option<Guid>) -> Option<Opening> {
        let account = self.desk.account();
        let id = request_id(&BrowserWorld).parse().ok()?;
        let by = Author { tenant: account.tid, id: account.oid, name: account.name };
        Some(Opening { id, by, subject_name, undoes, rollout: None })
    }

    /// Sets who is called with the subject of each save that ends in this tab, or whose outcome is read here.
    pub fn when_ended(self, tell: Callback<Subject>) {
        self.ended.set_value(Some(tell));
    }

    /// Stores a receipt in place of its earlier form. While its save runs in this tab it does not count as interrupted.
    pub fn keep(self, receipt: Receipt) {
        self.running.try_update_value(|running| {
            running.retain(|id| *id != receipt.id);
            if receipt.ended_unix_ms.is_none() {
                running.push(receipt.id.clone());
            }
        });
        if receipt.ended_unix_ms.is_some()
            && let Some(tell) = self.ended.try_get_value().flatten()
        {
            tell.run(receipt.subject.clone());
        }
        let was_open = self.list.try_with_untracked(|list| {
            let known = list.iter().find(|known| known.id == receipt.id);
            known.is_none_or(|known| known.ended_unix_ms.is_none())
        });
        // An older form says that what was sent is waiting: better one that leaves it open, for which there is room.
        if !self.store(&receipt) && was_open == Some(true) {
            self.store_in_doubt(&receipt);
        }
        let is_new = self.list.try_update(|list| {
            if let Some(known) = list.iter_mut().find(|known| known.id == receipt.id) {
                *known = receipt;
                return false;
            }
            list.insert(0, receipt);
            true
        });
        // A change of many policies stores thousands of steps; only a new receipt can be one too many.
        if is_new == Some(true) {
            self.make_room();
        }
    }

    fn key(self, id: &Guid) -> Option<String> {
        self.owner.try_with_value(|owner| [owner.as_str(), id.as_str()].concat())
    }

    fn store_in_doubt(self, receipt: &Receipt) {
        let Some(key) = self.key(&receipt.id) else { return };
        if !storage::write(Key::Receipt(&key), &receipt.in_doubt().to_json()) {
            storage::remove(Key::Receipt(&key));
        }
    }

    /// Stores one, and returns whether that worked. If the browser has no room for it, the oldest that are stored and
    /// not needed are deleted, one after another.
    fn store(self, receipt: &Receipt) -> bool {
        let (text, Some(key)) = (receipt.to_json(), self.key(&receipt.id)) else { return true };
        self.sizes.try_update_value(|known| known.insert(receipt.id.clone(), (text.len(), None)));
        let length = key.len() + text.len();
        let stored = self.store_with_room(&receipt.id, length, &|| storage::write(Key::Receipt(&key), &text));
        self.told(&receipt.id, stored);
        stored
    }

    /// Records whether a receipt, or the record of a change of many policies, is stored as it is now. What is not must
    /// not be taken for stored, and what writes must not continue without asking.
    pub(super) fn told(self, id: &Guid, stored: bool) {
        let is_known = self.unkept.try_with_untracked(|unkept| unkept.contains(id)) != Some(false);
        match (stored, is_known) {
            (true, true) => drop(self.unkept.try_update(|unkept| unkept.remove(id))),
            (false, false) => {
                let first = self.unkept.try_with_untracked(BTreeSet::is_empty) == Some(true);
                self.unkept.try_update(|unkept| unkept.insert(id.clone()));
                if first {
                    self.unkept_seen.try_set(false);
                }
                if let Some(refused) = self.on_refused.try_get_value().flatten() {
                    refused.run(());
                }
            }
            _ => {}
        }
    }

    /// Sets what is called at once whenever the browser refuses another one, before the save that it concerns
    /// continues.
    pub fn when_refused(self, act: Callback<()>) {
        self.on_refused.set_value(Some(act));
    }

    /// Keeps the receipts of these changes of many policies, however much room they take.
    pub(super) fn hold(self, rollouts: BTreeSet<Guid>) {
        self.held.try_set_value(rollouts);
    }

    /// The sizes of what is stored, for [`going`]. The shortened size is computed only if room is short, because it
    /// requires serializing.
    fn known(self, room_is_short: bool) -> Vec<StoredSize> {
        let mut sizes = self.sizes.try_get_value().unwrap_or_default();
        let held = self.held.try_get_value().unwrap_or_default();
        let unkept = self.unkept.try_get_untracked().unwrap_or_default();
        let known = |receipt: &Receipt| {
            let (size, small) = sizes.entry(receipt.id.clone()).or_default();
            let is_open = receipt.ended_unix_ms.is_none();
            // One that is still running is written at every step, so it is left as it is.
            let small = if is_open || !room_is_short {
                *size
            } else {
                *small.get_or_insert_with(|| receipt.short().to_json().len())
            };
            StoredSize {
                id: receipt.id.clone(),
                started_unix_ms: receipt.started_unix_ms,
                size: *size,
                small,
                held: is_open || receipt.rollout.as_ref().is_some_and(|id| held.contains(id)),
                stored: !unkept.contains(&receipt.id),
            }
        };
        let list = self.list.try_with_untracked(|list| list.iter().map(known).collect());
        self.sizes.try_set_value(sizes);
        list.unwrap_or_default()
    }

    fn is_short(self) -> bool {
        self.sizes.try_with_value(|sizes| sizes.values().map(|(size, _)| size).sum::<usize>() > ROOM) == Some(true)
    }

    fn make_room(self) {
        let Going { shorter, dropped } = going(&self.known(self.is_short()), BrowserWorld.unix_ms());
        for id in &dropped {
            self.forget(id);
        }
        for id in &shorter {
            self.shorten(id);
        }
    }

    /// Stores the short form of one instead; returns whether the browser did, which needs no room for it.
    fn shorten(self, id: &Guid) -> bool {
        let short =
            self.list.try_with_untracked(|list| list.iter().find(|receipt| receipt.id == *id).map(Receipt::short));
        let (Some(short), Some(key)) = (short.flatten(), self.key(id)) else { return false };
        let text = short.to_json();
        if !storage::write(Key::Receipt(&key), &text) {
            return false;
        }
        self.sizes.try_update_value(|known| known.insert(id.clone(), (text.len(), None)));
        self.list.try_update(|list| {
            if let Some(known) = list.iter_mut().find(|known| known.id == *id) {
                *known = short;
            }
        });
        true
    }

    /// Stores something of this length, and makes room for it if need be; returns whether that worked.
    pub(super) fn store_with_room(self, id: &Guid, length: usize, store: &dyn Fn() -> bool) -> bool {
        store_with_room(length, &mut || store(), &mut || self.give_way(id))
    }

    /// Shortens or deletes a stored one to make room for another; returns by how many characters. `None` if there is
    /// none, or if the browser does not even store something shorter: then it refuses for another reason than room.
    fn give_way(self, to: &Guid) -> Option<usize> {
        let mut known = self.known(true);
        known.retain(|one| one.id != *to);
        let (id, way, freed) = next_way(&known)?;
        let done = match way {
            Way::Shorter => self.shorten(id),
            Way::Gone => self.key(id).is_some_and(|key| storage::write(Key::Receipt(&key), "")),
        };
        if done && way == Way::Gone {
            self.forget(id);
        }
        done.then_some(freed)
    }

    /// About how many characters there are for new receipts, if those that are not needed are deleted.
    pub fn free_room(self) -> usize {
        let known = self.known(true);
        let gives = |one: &StoredSize| if one.held { one.size - one.small } else { one.size };
        let used = storage::used().saturating_sub(known.iter().map(gives).sum());
        ORIGIN.saturating_sub(used)
    }

    /// One receipt; views that call it follow the list.
    pub fn get(self, id: &Guid) -> Option<Receipt> {
        self.list.with(|list| list.iter().find(|receipt| receipt.id == *id).cloned())
    }

    /// Receipts that are stored but could not be read, perhaps because a newer version wrote them; views that call it
    /// follow the list.
    pub fn unreadable(self) -> Vec<Guid> {
        let stored = self.owner.with_value(|owner| storage::all(Key::Receipt(owner)));
        kept_list::unreadable(self.list, &stored, |text| Receipt::from_json(text).is_some())
    }

    /// Deletes a receipt.
    pub fn forget(self, id: &Guid) {
        if let Some(key) = self.key(id) {
            storage::remove(Key::Receipt(&key));
        }
        self.list.try_update(|list| list.retain(|receipt| receipt.id != *id));
        self.sizes.try_update_value(|sizes| sizes.remove(id));
        self.told(id, true);
        self.put_away(id);
    }

    /// Deletes all except those whose save is still running.
    pub fn forget_all(self) {
        for id in kept_list::over(self.list) {
            self.forget(&id);
        }
    }

    /// The person has seen the outcome of an interrupted save.
    pub fn put_away(self, id: &Guid) {
        self.away.try_update_value(|away| away.insert(id.clone()));
        kept_list::put_away(self.found, id);
    }
}
