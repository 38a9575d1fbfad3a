//! The inbox: read while the page is visible, and what this person decided since the page was loaded.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::decisions::Decisions;
use super::desk::Desk;
use super::wanted::WantedState;
use crate::approval::{Decision, Listing, Request};
use crate::auth::wanted::Extra;
use crate::browser::{BrowserWorld, event};
use crate::desk::approvals::{self, Inbox, Missing};
use crate::graph::Error;
use crate::world::Clock;

/// How often the inbox is read while the page is visible.
const EVERY: Duration = Duration::from_secs(45);

/// How long the first reading waits, so that the page that was asked for comes first.
const AFTER_START: Duration = Duration::from_millis(1_500);

/// A reading younger than this is not repeated when the page comes back into view, ms.
const FRESH_MS: i64 = 10_000;

/// The inbox of the signed-in person.
#[derive(Clone, Copy)]
pub struct InboxState {
    desk: Desk,
    wanted: WantedState,
    /// As last read; `None` before the first answer.
    pub inbox: RwSignal<Option<Inbox>>,
    /// Why the last reading failed, if it did.
    pub error: RwSignal<Option<Error>>,
    /// A reading is under way.
    pub reading: RwSignal<bool>,
    /// The list on screen.
    pub listing: RwSignal<Listing>,
    /// The decisions of this session.
    pub decisions: Decisions,
    coming_for: StoredValue<Option<(String, Decision)>>,
    build_anew: StoredValue<bool>,
    read_again: StoredValue<bool>,
}

impl InboxState {
    /// Reads from now on.
    pub fn start(desk: Desk, wanted: WantedState) -> Self {
        let state = Self {
            desk,
            wanted,
            inbox: RwSignal::new(None),
            error: RwSignal::new(None),
            reading: RwSignal::new(false),
            listing: RwSignal::default(),
            decisions: Decisions::new(desk),
            coming_for: StoredValue::default(),
            build_anew: StoredValue::new(false),
            read_again: StoredValue::new(false),
        };
        set_timeout(
            move || {
                if state.inbox.try_with_untracked(Option::is_none) == Some(true) {
                    state.refresh();
                }
            },
            AFTER_START,
        );
        let ticking = set_interval_with_handle(
            move || {
                if event::is_visible() && event::is_online() {
                    state.refresh();
                }
            },
            EVERY,
        );
        let back = move |is_back: bool| {
            if is_back && state.is_stale() {
                state.refresh();
            }
        };
        let listening = StoredValue::new_local((event::on_visibility_change(back), event::on_online_change(back)));
        on_cleanup(move || {
            listening.dispose();
            if let Ok(handle) = ticking {
                handle.clear();
            }
        });
        // A decision changes what waits; the count follows from reading, never from guessing.
        Effect::new(move |before: Option<u32>| {
            let ended = state.decisions.ended();
            if before.is_some_and(|before| before != ended) {
                state.refresh();
            }
            ended
        });
        Effect::new(move |before: Option<bool>| {
            let with_roles = wanted.has(Extra::RoleRequests);
            if before.is_some_and(|before| before != with_roles) {
                state.check_now();
            }
            with_roles
        });
        state
    }

    /// The page's inbox.
    pub fn current() -> Self {
        expect_context()
    }

    /// Reads now. One reading at a time: asked during one, another follows it.
    pub fn refresh(self) {
        match self.reading.try_get_untracked() {
            Some(false) => {}
            Some(true) => {
                self.read_again.set_value(true);
                return;
            }
            None => return,
        }
        self.reading.set(true);
        let before = self.inbox.try_get_untracked().flatten();
        let with_roles = untrack(|| self.wanted.has(Extra::RoleRequests));
        spawn_local(async move {
            let read = approvals::inbox(&self.desk.client(), with_roles, before.as_ref()).await;
            self.take_in(read);
            self.reading.try_set(false);
            if self.read_again.try_get_value() == Some(true) {
                self.read_again.set_value(false);
                self.refresh();
            }
        });
    }

    /// Reads now because the person asked, and builds the list anew from it.
    pub fn check_now(self) {
        self.build_anew.set_value(true);
        self.refresh();
    }

    /// The person opened the list: it shows all that is known, and is read unless that has just happened.
    pub fn open_list(self) {
        self.show_all();
        if self.is_stale() {
            self.check_now();
        }
    }

    /// Builds the list anew from the last reading.
    pub fn show_all(self) {
        let listing = self.inbox.with_untracked(|inbox| Listing::of(inbox.as_ref().map_or(&[], |read| &read.requests)));
        self.listing.set(listing);
    }

    fn is_stale(self) -> bool {
        let read = self.inbox.try_with_untracked(|inbox| inbox.as_ref().map(|inbox| inbox.read_unix_ms)).flatten();
        read.is_none_or(|at| (BrowserWorld.unix_ms() - at).abs() > FRESH_MS)
    }

    fn take_in(self, read: Inbox) {
        // Where groups could not be read, the list says so above the rows it still has.
        self.error.try_set(read.groups.missing.as_ref().and_then(Missing::error).cloned());
        if read.is_blank() {
            return;
        }
        let anew = self.build_anew.try_get_value() == Some(true);
        self.build_anew.try_set_value(false);
        self.listing.try_update(|listing| {
            if anew {
                *listing = Listing::of(&read.requests);
            } else {
                listing.follow(&read.requests);
            }
        });
        self.inbox.try_set(Some(read));
    }

    /// Remembers which decision the person is about to open a request for.
    pub fn come_for(self, request_id: &str, decision: Decision) {
        self.coming_for.set_value(Some((request_id.to_owned(), decision)));
    }

    /// Which decision the person opened this request for, once.
    pub fn came_for(self, request_id: &str) -> Option<Decision> {
        let coming = self.coming_for.try_update_value(Option::take).flatten();
        coming.filter(|(id, _)| id == request_id).map(|(_, decision)| decision)
    }

    /// A request as the inbox knows it; does not track.
    pub fn known(self, request_id: &str) -> Option<Request> {
        let with_id = |request: &&Request| request.id == request_id;
        self.inbox.with_untracked(|inbox| inbox.as_ref()?.requests.iter().find(with_id).cloned())
    }

    /// The request with the least time left that this person could decide next; views follow it.
    pub fn next_after(self, request_id: &str) -> Option<Request> {
        let me = self.desk.account().oid;
        self.inbox.with(|inbox| {
            let waits = |request: &&Request| request.id != request_id && request.waits_for(&me);
            inbox
                .as_ref()?
                .requests
                .iter()
                .filter(waits)
                .find(|request| self.decisions.get(&request.id).is_none())
                .cloned()
        })
    }

    /// How many requests wait that this person can decide here, if any are known to.
    pub fn count(self) -> Signal<Option<u32>> {
        let me = self.desk.account().oid;
        Signal::derive(move || {
            let waits = |request: &&Request| request.waits_for(&me);
            let waiting =
                self.inbox.with(|inbox| inbox.as_ref().map_or(0, |inbox| inbox.requests.iter().filter(waits).count()));
            u32::try_from(waiting).ok().filter(|waiting| *waiting > 0)
        })
    }
}
