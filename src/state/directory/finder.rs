//! Finding groups: what was read of the directory, kept while the page lives, so that coming back shows it at once.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::desk::groups::{self, GroupPage, GroupsInPim, Hits};
use crate::directory::Group;
use crate::graph::Error;
use crate::guid::Guid;
use crate::state::desk::Desk;
use crate::state::lasting::lasting;
use crate::world::Clock;

/// How long typing must pause before the directory is searched, ms.
const TYPING_MS: u32 = 250;

/// The answer of a listing.
#[derive(Clone)]
pub struct Answer {
    /// What was searched for; empty for all groups.
    pub text: String,
    /// The groups read so far, or why there are none.
    pub page: Result<GroupPage, Error>,
    /// Why the last next page could not be read.
    pub stopped: Option<Error>,
}

/// A list of the directory that is read page by page. Only the answer to the latest request is kept.
#[derive(Clone, Copy)]
pub struct Listing {
    desk: Desk,
    turn: StoredValue<u32>,
    /// The answer; `None` before the first.
    pub answer: RwSignal<Option<Answer>>,
    /// A call is in flight.
    pub reading: RwSignal<bool>,
}

impl Listing {
    fn new(desk: Desk) -> Self {
        Self { desk, turn: StoredValue::new(0), answer: RwSignal::new(None), reading: RwSignal::new(false) }
    }

    /// Drops the call in flight; returns the number of the next turn.
    fn next_turn(self) -> u32 {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        turn
    }

    fn is_turn(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// Reads the first page after a pause, unless something else is requested in the meantime.
    pub fn read(self, text: String, pause_ms: u32) {
        let turn = self.next_turn();
        let client = self.desk.client();
        spawn_local(async move {
            if pause_ms > 0 {
                client.world().sleep(pause_ms).await;
            }
            if !self.is_turn(turn) {
                return;
            }
            self.reading.try_set(true);
            let page = groups::find(&client, &text).await;
            if self.is_turn(turn) {
                let stopped = page.as_ref().ok().and_then(|page| page.cut.clone());
                self.answer.try_set(Some(Answer { text, page, stopped }));
                self.reading.try_set(false);
            }
        });
    }

    /// Reads the next page, if there is one and no call is in flight. A list that could not be followed is read from
    /// its beginning.
    pub fn more(self) {
        let page = self.answer.with_untracked(|answer| {
            let answer = answer.as_ref()?;
            let page = answer.page.as_ref().ok()?;
            Some((page.next.clone(), page.cut.is_some().then(|| answer.text.clone())))
        });
        let Some((next, cut)) = page.filter(|_| !self.reading.get_untracked()) else { return };
        if let Some(text) = cut {
            return self.read(text, 0);
        }
        let Some(next) = next else { return };
        let turn = self.turn.get_value();
        self.reading.set(true);
        let client = self.desk.client();
        spawn_local(async move {
            let read = groups::page(&client, &next).await;
            if !self.is_turn(turn) {
                return;
            }
            self.answer.try_update(|answer| {
                let Some(Answer { page: Ok(page), stopped, .. }) = answer else { return };
                *stopped = match read {
                    Ok(more) => {
                        page.extend(more);
                        page.cut.clone()
                    }
                    Err(error) => Some(error),
                };
            });
            self.reading.try_set(false);
        });
    }

    /// Drops the call in flight; the answer stays.
    fn stay(self) {
        self.next_turn();
        self.reading.set(false);
    }

    /// Forgets the answer and drops the call in flight.
    fn end(self) {
        self.stay();
        self.answer.set(None);
    }

    /// Whether more can be read; views follow it.
    pub fn has_more(self) -> bool {
        self.answer.with(|answer| {
            answer.as_ref().and_then(|answer| answer.page.as_ref().ok()).is_some_and(|page| page.next.is_some())
        })
    }
}

/// The groups that were read.
#[derive(Clone, Copy)]
pub struct Finder {
    desk: Desk,
    /// Which groups are in PIM; `None` before the first answer.
    pub in_pim: RwSignal<Option<Result<GroupsInPim, Error>>>,
    reading_in_pim: StoredValue<bool>,
    ids_in_pim: Memo<BTreeSet<Guid>>,
    /// All groups by name.
    pub all: Listing,
    /// The answer of the last search.
    pub found: Listing,
    named: RwSignal<BTreeMap<Guid, Group>>,
    looked_up: RwSignal<BTreeSet<Guid>>,
}

impl Finder {
    /// Nothing read yet.
    fn new() -> Self {
        let desk = Desk::current();
        let in_pim = RwSignal::new(None::<Result<GroupsInPim, Error>>);
        let ids_in_pim = Memo::new(move |_| {
            in_pim.with(|list| match list {
                Some(Ok(list)) => list.groups.iter().map(|group| group.id.clone()).collect(),
                _ => BTreeSet::new(),
            })
        });
        Self {
            desk,
            in_pim,
            reading_in_pim: StoredValue::new(false),
            ids_in_pim,
            all: Listing::new(desk),
            found: Listing::new(desk),
            named: RwSignal::default(),
            looked_up: RwSignal::default(),
        }
    }

    /// The page's finder.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Reads what the groups page shows first. Known groups stay on screen; which are in PIM is read again.
    pub fn enter(self) {
        self.read_in_pim();
        let has_all = self.all.answer.with_untracked(|answer| answer.as_ref().is_some_and(|all| all.page.is_ok()));
        if !has_all {
            self.read_all();
        }
    }

    /// Reads all groups by name. An earlier error is forgotten.
    pub fn read_all(self) {
        self.all.answer.set(None);
        self.all.read(String::new(), 0);
    }

    /// Reads which groups are in PIM. Keeps what was known if that fails, but for an earlier error.
    pub fn read_in_pim(self) {
        if self.reading_in_pim.get_value() {
            return;
        }
        self.reading_in_pim.set_value(true);
        if self.in_pim.with_untracked(|list| matches!(list, Some(Err(_)))) {
            self.in_pim.set(None);
        }
        let client = self.desk.client();
        spawn_local(async move {
            let read = groups::in_pim(&client).await;
            self.in_pim.try_update(|list| {
                if read.is_ok() || !matches!(list, Some(Ok(_))) {
                    *list = Some(read);
                }
            });
            self.reading_in_pim.try_set_value(false);
        });
    }

    /// Searches for the typed text: at once for a pasted ID, else after a pause. An empty text ends the search.
    pub fn search(self, text: &str) {
        let answered = self.found.answer.with_untracked(|found| found.as_ref().is_some_and(|found| found.text == text));
        if text.is_empty() {
            self.found.end();
        } else if answered {
            self.found.stay();
        } else {
            let is_id = text.parse::<Guid>().is_ok();
            self.found.read(text.to_owned(), if is_id { 0 } else { TYPING_MS });
        }
    }

    /// Whether the search for this text is answered; views follow it.
    pub fn is_answered(self, text: &str) -> bool {
        self.found.answer.with(|found| found.as_ref().is_some_and(|found| found.text == text))
    }

    /// What matches a text now; during a search, the matches among the known groups.
    pub fn hits(self, text: &str) -> Hits {
        let empty = Vec::new();
        self.in_pim.with(|in_pim| {
            let in_pim = in_pim.as_ref().and_then(|list| list.as_ref().ok()).map_or(&empty, |list| &list.groups);
            self.found.answer.with(|found| match found {
                Some(Answer { text: asked, page: Ok(page), .. }) if asked == text => {
                    Hits::of(text, in_pim, &page.groups)
                }
                Some(Answer { page: Ok(page), .. }) => {
                    let left: Vec<Group> =
                        page.groups.iter().filter(|group| groups::matches(group, text)).cloned().collect();
                    Hits::of(text, in_pim, &left)
                }
                _ => Hits::of(text, in_pim, &[]),
            })
        })
    }

    /// Whether a group is known to be in PIM; views follow it.
    pub fn is_in_pim(self, group: &Guid) -> bool {
        self.ids_in_pim.with(|ids| ids.contains(group))
    }

    /// Looks up groups known only by ID. If that fails nothing is known of them, and the next call asks again.
    pub fn look_up(self, ids: &[Guid]) {
        let missing: Vec<Guid> =
            self.named.with_untracked(|named| ids.iter().filter(|id| !named.contains_key(id)).cloned().collect());
        if missing.is_empty() {
            return;
        }
        let client = self.desk.client();
        spawn_local(async move {
            let Ok(found) = groups::by_ids(&client, &missing).await else { return };
            self.named.try_update(|named| named.extend(found.into_iter().map(|group| (group.id.clone(), group))));
            self.looked_up.try_update(|ids| ids.extend(missing));
        });
    }

    /// Remembers a group that is on screen.
    pub fn learn(self, group: &Group) {
        self.named.update(|named| {
            named.insert(group.id.clone(), group.clone());
        });
    }

    /// What is known of a group: nothing yet (`None`), that it cannot be read (`Some(None)`), or the group. Views
    /// follow it.
    pub fn named(self, id: &Guid) -> Option<Option<Group>> {
        let known = self.named.with(|named| named.get(id).cloned());
        if known.is_some() { Some(known) } else { self.looked_up.with(|ids| ids.contains(id)).then_some(None) }
    }
}
