//! The receipts this browser keeps for the signed-in person, and the saves among them that were cut short.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::auth::request_id::request_id;
use crate::browser::storage::{self, Key};
use crate::browser::{BrowserWorld, event, locks};
use crate::desk::policies::NoPolicy;
use crate::desk::receipts::{self, Opening};
use crate::desk::tabs;
use crate::graph::Error;
use crate::guid::Guid;
use crate::policy::Subject;
use crate::receipt::keep::{newest_first, to_drop};
use crate::receipt::{Author, Receipt, Standing};
use crate::world::Clock;

/// Why the outcome of a save could not be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Unread {
    /// Reading failed.
    Error(Error),
    /// There is no policy any more, or more than one.
    NoPolicy(NoPolicy),
}

/// The receipts. Where the browser stores nothing, they live as long as the page.
#[derive(Clone, Copy)]
pub struct Receipts {
    desk: Desk,
    owner: StoredValue<String>,
    /// All, the newest first.
    pub list: RwSignal<Vec<Receipt>>,
    /// Those that were found cut short since the page was loaded and whose outcome is told above the page.
    pub found: RwSignal<Vec<Guid>>,
    /// Why an outcome could not be read, by receipt.
    pub unread: RwSignal<Vec<(Guid, Unread)>>,
    /// The browser refused to keep one.
    pub not_kept: RwSignal<bool>,
    running: StoredValue<Vec<Guid>>,
    /// Who is told whose policy a save of this tab was about, when it ends.
    ended: StoredValue<Option<Callback<Subject>>>,
    /// How long the kept form of each is, in characters.
    sizes: StoredValue<BTreeMap<Guid, usize>>,
}

impl Receipts {
    /// What this browser kept; follows what other tabs keep.
    pub fn new(desk: Desk) -> Self {
        let account = desk.account();
        let owner = [account.tid.as_str(), ".", account.oid.as_str(), "."].concat();
        let receipts = Self {
            desk,
            owner: StoredValue::new(owner),
            list: RwSignal::default(),
            found: RwSignal::default(),
            unread: RwSignal::default(),
            not_kept: RwSignal::new(false),
            running: StoredValue::default(),
            ended: StoredValue::new(None),
            sizes: StoredValue::default(),
        };
        receipts.load();
        let listening = StoredValue::new_local(event::on_storage_change(move || receipts.load()));
        on_cleanup(move || listening.dispose());
        receipts
    }

    /// The page's receipts.
    pub fn current() -> Self {
        expect_context()
    }

    fn load(self) {
        let Some(stored) = self.owner.try_with_value(|owner| storage::all(Key::Receipt(owner))) else { return };
        let read: Vec<(usize, Receipt)> =
            stored.iter().filter_map(|(_, text)| Some((text.len(), Receipt::from_json(text)?))).collect();
        let sizes = read.iter().map(|(size, receipt)| (receipt.id.clone(), *size)).collect();
        self.sizes.try_set_value(sizes);
        let mut list: Vec<Receipt> = read.into_iter().map(|(_, receipt)| receipt).collect();
        newest_first(&mut list);
        self.list.try_set(list);
    }

    /// What a new receipt says besides the save itself.
    pub fn opening(self, subject_name: String, undoes: Option<Guid>) -> Option<Opening> {
        let account = self.desk.account();
        let id = request_id(&BrowserWorld).parse().ok()?;
        let by = Author { tenant: account.tid, id: account.oid, name: account.name };
        Some(Opening { id, by, subject_name, undoes, rollout: None })
    }

    /// Tells whose policy each save was about that ends in this tab, or whose end is read here.
    pub fn when_ended(self, tell: Callback<Subject>) {
        self.ended.set_value(Some(tell));
    }

    /// Keeps a receipt in place of its earlier form. While its save runs in this tab it is not looked for as cut short.
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
        let text = receipt.to_json();
        self.sizes.try_update_value(|sizes| sizes.insert(receipt.id.clone(), text.len()));
        let stored = self.key(&receipt.id).is_some_and(|key| storage::write(Key::Receipt(&key), &text));
        self.not_kept.try_set(!stored);
        let is_new = self.list.try_update(|list| {
            if let Some(known) = list.iter_mut().find(|known| known.id == receipt.id) {
                *known = receipt;
                return false;
            }
            list.insert(0, receipt);
            true
        });
        // A change of many policies keeps thousands of steps; only a new receipt can be one too many.
        if is_new == Some(true) {
            self.drop_the_oldest();
        }
    }

    fn key(self, id: &Guid) -> Option<String> {
        self.owner.try_with_value(|owner| [owner.as_str(), id.as_str()].concat())
    }

    fn drop_the_oldest(self) {
        let Some(known) = self.sizes.try_get_value() else { return };
        let size = |receipt: &Receipt| {
            let size = known.get(&receipt.id).copied().unwrap_or_default();
            (receipt.id.clone(), receipt.started_unix_ms, size, receipt.ended_unix_ms.is_none())
        };
        let sizes = self.list.try_with_untracked(|list| list.iter().map(size).collect::<Vec<_>>()).unwrap_or_default();
        for id in to_drop(&sizes, BrowserWorld.unix_ms()) {
            self.forget(&id);
        }
    }

    /// One receipt; views that call it follow the list.
    pub fn get(self, id: &Guid) -> Option<Receipt> {
        self.list.with(|list| list.iter().find(|receipt| receipt.id == *id).cloned())
    }

    /// Forgets one.
    pub fn forget(self, id: &Guid) {
        if let Some(key) = self.key(id) {
            storage::remove(Key::Receipt(&key));
        }
        self.list.try_update(|list| list.retain(|receipt| receipt.id != *id));
        self.put_away(id);
    }

    /// Forgets all but those whose save still runs.
    pub fn forget_all(self) {
        let ended = |receipt: &&Receipt| receipt.ended_unix_ms.is_some();
        let ids: Vec<Guid> =
            self.list.with_untracked(|list| list.iter().filter(ended).map(|receipt| receipt.id.clone()).collect());
        for id in ids {
            self.forget(&id);
        }
    }

    /// The person has seen the outcome of a save that was cut short.
    pub fn put_away(self, id: &Guid) {
        self.found.try_update(|found| found.retain(|known| known != id));
    }

    /// Looks for saves that were cut short and reads their outcome. One that another tab runs is left to it: that tab
    /// holds the lock.
    pub fn find_interrupted(self) {
        let running = self.running.get_value();
        let open: Vec<Receipt> = self.list.with_untracked(|list| {
            let cut = |receipt: &&Receipt| receipt.standing() == Standing::Open && !running.contains(&receipt.id);
            list.iter().filter(cut).cloned().collect()
        });
        for receipt in open {
            spawn_local(async move {
                let taking = locks::take(&tabs::lock_name(&receipt.by.tenant, &receipt.subject)).await;
                let elsewhere = match &taking {
                    locks::Taking::Held(_) => false,
                    locks::Taking::Taken => true,
                    locks::Taking::Unknown => BrowserWorld.unix_ms() - receipt.updated_unix_ms < QUIET_MS,
                };
                if !elsewhere {
                    self.found.try_update(|found| found.push(receipt.id.clone()));
                    self.read_outcome(receipt).await;
                }
            });
        }
    }

    /// Reads again how a save ended.
    pub fn look_again(self, receipt: Receipt) {
        spawn_local(self.read_outcome(receipt));
    }

    async fn read_outcome(self, receipt: Receipt) {
        let id = receipt.id.clone();
        self.unread.try_update(|unread| unread.retain(|(known, _)| *known != id));
        let unread = match receipts::read_outcome(&self.desk.client(), &receipt).await {
            Ok(Ok(told)) => return self.keep(told),
            Ok(Err(none)) => Unread::NoPolicy(none),
            Err(error) => Unread::Error(error),
        };
        self.unread.try_update(|list| list.push((id, unread)));
    }
}

/// Without locks, a save that has not moved for this long is taken to be cut short, ms.
const QUIET_MS: i64 = 120_000;
