//! Reads the outcomes of interrupted saves, and of those whose outcome was unknown.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Receipts;
use crate::browser::storage::{self, Key};
use crate::browser::{BrowserWorld, locks};
use crate::desk::policies::NoPolicy;
use crate::desk::turn::{ASK_AGAIN_MS, Page, take_turn};
use crate::desk::{receipts, tabs};
use crate::graph::Error;
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::policy::Subject;
use crate::receipt::keep::may_be_open;
use crate::receipt::{Receipt, Standing};
use crate::state::frame::notice::Notices;
use crate::state::frame::tabs::Tabs;
use crate::state::lasting::lasting;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::world::Clock;

/// A look at the outcome of a save.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// In progress.
    Reading,
    /// It was read because the person asked; the receipt has the result.
    Seen,
    /// Reading failed.
    Failed(Error),
    /// There is no policy any more, or several.
    NoPolicy(NoPolicy),
}

/// Whether several receipts are being checked, on any page.
#[derive(Clone, Copy)]
pub struct ChecksAll(pub RwSignal<bool>);

impl ChecksAll {
    /// The page's single flag.
    pub fn current() -> Self {
        lasting(|| Self(RwSignal::default()))
    }
}

/// The result of asking for the lock of a page.
pub struct TakenPage {
    /// The lock, if it was given.
    pub taking: locks::Taking,
    /// It took a while, so what was read before may be outdated.
    pub waited: bool,
}

/// A page in this browser, as a save of this tab sees it.
struct PageHere<'a> {
    receipts: Receipts,
    tabs: Tabs,
    subject: &'a Subject,
    name: String,
}

impl Page for PageHere<'_> {
    type Lock = locks::Taking;

    fn is_looked_at(&self) -> bool {
        self.receipts.is_looked_at(self.subject)
    }

    async fn take(&self) -> Option<locks::Taking> {
        match locks::take(&self.name).await {
            locks::Taking::Taken => None,
            taking => Some(taking),
        }
    }

    fn is_saved_elsewhere(&self) -> bool {
        untrack(|| self.tabs.others_on(self.subject)) == tabs::Doing::Saves
    }
}

impl Receipts {
    /// Looks for interrupted saves and reads their outcome, one after another: members and owners of a group share one
    /// lock. A save that another tab runs is left to that tab, which holds the lock.
    pub fn find_interrupted(self) {
        let ask = |asked: &mut Option<bool>| asked.replace(true).is_some();
        if self.looking.try_update_value(ask) != Some(false) {
            return;
        }
        spawn_local(async move {
            let mut rests = 0;
            while self.looking.try_update_value(|asked| asked.replace(false)) == Some(Some(true)) {
                rests = 0;
                for receipt in self.cut_short() {
                    rests = self.find(receipt).await.max(rests);
                }
            }
            self.looking.try_set_value(None);
            if rests > 0 {
                BrowserWorld.sleep(rests).await;
                self.find_interrupted();
            }
        });
    }

    fn cut_short(self) -> Vec<Receipt> {
        let running = self.running.try_get_value().unwrap_or_default();
        let cut = |receipt: &&Receipt| receipt.standing() == Standing::Open && !running.contains(&receipt.id);
        self.list.try_with_untracked(|list| list.iter().filter(cut).cloned().collect()).unwrap_or_default()
    }

    /// Reads the outcome of an interrupted save. Returns how long to wait until it can be known, ms.
    async fn find(self, receipt: Receipt) -> u32 {
        // The stored receipt is enough to see that it ended in its own tab, which still needs the lock.
        let kept = self.key(&receipt.id).and_then(|key| storage::read(Key::Receipt(&key)));
        if kept.is_some_and(|text| !may_be_open(&text)) {
            self.load();
            return 0;
        }
        let taking = locks::take(&tabs::lock_name(&receipt.by.tenant, &receipt.subject)).await;
        let rests = QUIET_MS - (BrowserWorld.unix_ms() - receipt.updated_unix_ms);
        match &taking {
            locks::Taking::Held(_) => {}
            locks::Taking::Unknown if rests <= 0 => {}
            // That tab may disappear without notice: then only its lock shows it.
            locks::Taking::Taken => return HELD_AGAIN_MS,
            locks::Taking::Unknown => return u32::try_from(rests.min(QUIET_MS)).unwrap_or_default(),
        }
        // It may have ended in its own tab a moment ago.
        self.load();
        if !self.cut_short().iter().any(|cut| cut.id == receipt.id) {
            return 0;
        }
        let id = receipt.id.clone();
        // What was dismissed comes back with its outcome, not before.
        if self.away.try_with_value(|away| away.contains(&id)) == Some(false) {
            self.tell(&id);
        }
        if self.read_outcome(receipt).await.is_some() {
            self.tell(&id);
        }
        0
    }

    fn tell(self, id: &Guid) {
        self.found.try_update(|found| {
            if !found.contains(id) {
                found.push(id.clone());
            }
        });
    }

    /// Whether a look of this tab holds the page's lock.
    fn is_looked_at(self, subject: &Subject) -> bool {
        let reads = |id: &Guid| self.looks.try_with_untracked(|looks| looks.get(id) == Some(&Look::Reading));
        let of_page = |receipt: &Receipt| receipt.subject.shares_page_with(subject) && reads(&receipt.id) == Some(true);
        self.list.try_with_untracked(|list| list.iter().any(of_page)) == Some(true)
    }

    /// Takes the lock of the subject's page for a save. `None` if the person stopped the wait.
    pub async fn take_page(
        self,
        tabs: Tabs,
        tenant: &Guid,
        subject: &Subject,
        patience: &Patience,
    ) -> Option<TakenPage> {
        let page = PageHere { receipts: self, tabs, subject, name: tabs::lock_name(tenant, subject) };
        let turn = take_turn(&page, &BrowserWorld, patience).await?;
        Some(TakenPage { taking: turn.lock.unwrap_or(locks::Taking::Taken), waited: turn.waited })
    }

    /// Reads the outcome of a save again, and announces the result.
    pub fn look_again(self, receipt: Receipt, notices: Notices) {
        spawn_local(async move {
            let id = receipt.id.clone();
            let was_open = receipt.standing() == Standing::Open;
            let told = self.look(receipt).await;
            if !self.is_listed(&id) {
                return;
            }
            notices.announce(match told {
                _ if was_open => self.words_of(&id),
                Some(told) => text::receipt::seen_again(&told),
                None => text::receipt::NOT_READ.to_owned(),
            });
        });
    }

    /// The same for several, one after another, until one cannot be read. Does nothing while that is running.
    pub fn look_again_at(self, receipts: Vec<Receipt>, notices: Notices, checks: ChecksAll) {
        if checks.0.get_untracked() {
            return;
        }
        checks.0.set(true);
        spawn_local(async move {
            let (mut known, mut of) = (0, receipts.len());
            let mut words = None;
            for receipt in receipts {
                let id = receipt.id.clone();
                let is_known = |told: &Receipt| !matches!(told.standing(), Standing::Open | Standing::Uncertain);
                let told = if self.is_listed(&id) { self.look(receipt).await } else { None };
                if !self.is_listed(&id) {
                    of -= 1;
                    continue;
                }
                known += usize::from(told.is_some_and(|told| is_known(&told)));
                match self.looks.try_with_untracked(|looks| looks.get(&id).cloned()) {
                    Some(Some(Look::Failed(error))) => {
                        words = Some(not_read(&error));
                        break;
                    }
                    Some(_) => {}
                    None => break,
                }
            }
            checks.0.try_set(false);
            if let Some(words) = words.or_else(|| (of > 0).then(|| text::receipt::seen_all_again(known, of))) {
                notices.announce(words);
            }
        });
    }

    /// Whether nobody has forgotten it, here or in another tab.
    fn is_listed(self, id: &Guid) -> bool {
        self.list.try_with_untracked(|list| list.iter().any(|one| one.id == *id)) == Some(true)
    }

    /// Reads the outcome of a save; returns the updated receipt, if it could be read and nobody forgot it meanwhile.
    async fn look(self, receipt: Receipt) -> Option<Receipt> {
        let id = receipt.id.clone();
        if receipt.standing() == Standing::Open {
            // A look of this tab may hold the lock.
            while self.is_looked_at(&receipt.subject) {
                BrowserWorld.sleep(ASK_AGAIN_MS).await;
            }
            self.find(receipt).await;
            return self.list.try_with_untracked(|list| list.iter().find(|one| one.id == id).cloned()).flatten();
        }
        let told = self.read_outcome(receipt).await;
        if told.is_some() {
            self.looks.try_update(|looks| looks.insert(id, Look::Seen));
        }
        told
    }

    /// The present outcome of a save that was open, as text.
    fn words_of(self, id: &Guid) -> String {
        let told = |list: &Vec<Receipt>| {
            let ended = list.iter().find(|receipt| receipt.id == *id && receipt.standing() != Standing::Open);
            ended.map(text::receipt::found_outcome)
        };
        let was_read = self.looks.try_with_untracked(|looks| looks.contains_key(id)) == Some(true);
        let open = if was_read { text::receipt::NOT_READ } else { text::receipt::STILL_RUNS };
        self.list.try_with_untracked(told).flatten().unwrap_or_else(|| open.to_owned())
    }

    async fn read_outcome(self, receipt: Receipt) -> Option<Receipt> {
        let note = |look| self.looks.try_update(|looks| looks.insert(receipt.id.clone(), look));
        note(Look::Reading);
        match receipts::read_outcome(&self.desk.client(), &receipt).await {
            _ if !self.is_listed(&receipt.id) => self.looks.try_update(|looks| looks.remove(&receipt.id)),
            Ok(Ok(told)) => {
                self.looks.try_update(|looks| looks.remove(&receipt.id));
                self.keep(told.clone());
                return Some(told);
            }
            Ok(Err(none)) => note(Look::NoPolicy(none)),
            Err(error) => note(Look::Failed(error)),
        };
        None
    }
}

/// The sentence that a look failed, and why.
pub fn not_read(error: &Error) -> String {
    text::receipt::not_read(&problem(error, Doing::ReadingPolicy).title)
}

/// Without locks, a save without progress for this long counts as interrupted, ms.
const QUIET_MS: i64 = 120_000;

/// How soon a save whose lock another tab holds is looked at again, ms.
const HELD_AGAIN_MS: u32 = 5_000;
