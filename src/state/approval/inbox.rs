//! The inbox: it is read automatically, and knows what this person has decided since the page was loaded.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::approval::{Decision, Filter, Listing, Pace, Request, Selection};
use crate::auth::extras::Extra;
use crate::browser::{BrowserWorld, event, locale};
use crate::desk::approvals::{self, Inbox, Missing};
use crate::graph::Error;
use crate::route::Route;
use crate::state::approval::alerts::Alerts;
use crate::state::approval::bulk::Bulk;
use crate::state::approval::decisions::Decisions;
use crate::state::approval::evidence::EvidenceState;
use crate::state::approval::inbox_count::InboxCount;
use crate::state::approval::microsoft_clock::MicrosoftClock;
use crate::state::approval::session_ending::{SessionEnding, ended};
use crate::state::desk::Desk;
use crate::state::extras::ExtrasState;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::state::frame::time::Now;
use crate::state::lasting::lasting;
use crate::text;
use crate::world::Clock;

/// An inbox younger than this is not read again when the page is shown again, ms.
const FRESH_MS: i64 = 10_000;

/// The inbox of the signed-in person.
#[derive(Clone, Copy)]
pub struct InboxState {
    desk: Desk,
    wanted: ExtrasState,
    nav: Nav,
    notices: Notices,
    /// The clock by which requests expire.
    pub clock: MicrosoftClock,
    /// Today's local date: views with [`locale::time_or_date`] follow it.
    pub today: Memo<String>,
    /// How new requests are announced.
    pub alerts: Alerts,
    /// The last reading; `None` before the first answer.
    pub inbox: RwSignal<Option<Inbox>>,
    /// Why the last reading failed, if it did.
    pub error: RwSignal<Option<Error>>,
    /// A reading is in progress.
    pub reading: RwSignal<bool>,
    /// The list on screen.
    pub listing: RwSignal<Listing>,
    /// The decisions of this session.
    pub decisions: Decisions,
    /// The evidence for the requests.
    pub evidence: EvidenceState,
    /// Many decisions at once.
    pub bulk: Bulk,
    /// Which requests are selected.
    pub selection: RwSignal<Selection>,
    /// The filter of the list, kept while a request is open.
    pub filter: RwSignal<Filter>,
    /// Requests for Entra roles were last asked for from the open request, beside the list.
    pub asked_beside: RwSignal<bool>,
    aim: RwSignal<Option<(String, Decision)>>,
    build_anew: StoredValue<bool>,
    /// The same for the reading after the one that runs.
    anew_next: StoredValue<bool>,
    read_again: StoredValue<bool>,
    ending: SessionEnding,
    throttled: StoredValue<u32>,
    throttled_until: StoredValue<Option<i64>>,
    timer: StoredValue<Option<TimeoutHandle>, LocalStorage>,
}

impl InboxState {
    /// Starts unread; after the first reading it is read repeatedly.
    fn new() -> Self {
        let (desk, wanted, nav) = (Desk::current(), ExtrasState::current(), Nav::current());
        let (decisions, now) = (Decisions::new(desk), Now::current());
        let state = Self {
            desk,
            wanted,
            nav,
            notices: Notices::current(),
            clock: MicrosoftClock::start(desk),
            today: Memo::new(move |_| locale::day(now.get())),
            alerts: Alerts::kept(),
            inbox: RwSignal::new(None),
            error: RwSignal::new(None),
            reading: RwSignal::new(false),
            listing: RwSignal::default(),
            decisions,
            evidence: EvidenceState::new(desk),
            bulk: Bulk::new(desk, decisions),
            selection: RwSignal::default(),
            filter: RwSignal::default(),
            asked_beside: RwSignal::new(false),
            aim: RwSignal::new(None),
            build_anew: StoredValue::new(false),
            anew_next: StoredValue::new(false),
            read_again: StoredValue::new(false),
            ending: SessionEnding::start(),
            throttled: StoredValue::new(0),
            throttled_until: StoredValue::new(None),
            timer: StoredValue::new_local(None),
        };
        InboxCount::current().follow(state.count());
        let back = move |is_back: bool| {
            if is_back && state.is_stale() {
                state.refresh();
            } else {
                state.wait();
            }
        };
        let listening = StoredValue::new_local((
            event::on_visibility_change(back),
            event::on_online_change(back),
            event::on_focus(move || back(true)),
        ));
        on_cleanup(move || {
            listening.dispose();
            state.stop_waiting();
        });
        Effect::new(move |_| {
            if let Route::Approvals(filter) = nav.route.get()
                && state.filter.with_untracked(|before| *before != filter)
            {
                state.filter.set(filter);
            }
        });
        // A decision changes what waits; the count comes from reading, never from guessing.
        Effect::new(move |before: Option<u32>| {
            let ended = state.decisions.ended();
            if before.is_some_and(|before| before != ended) && state.asked_ms().is_none() {
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
        lasting(Self::new)
    }

    /// Reads it for the first time, unless a page already did.
    pub fn begin(self) {
        if self.inbox.with_untracked(Option::is_none) && self.is_stale() {
            self.refresh();
        }
    }

    /// Reads it now. One reading at a time: asked for during one, another follows it.
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
            self.wait();
            let anew = self.anew_next.try_update_value(std::mem::take);
            if self.read_again.try_get_value() == Some(true) {
                self.read_again.set_value(false);
                if self.asked_ms().is_none() {
                    self.build_anew.set_value(anew == Some(true));
                    self.refresh();
                }
            }
        });
    }

    /// Reads it now because the person asked, and rebuilds the list from the result.
    pub fn check_now(self) {
        let flag = if self.reading.get_untracked() { self.anew_next } else { self.build_anew };
        flag.set_value(true);
        self.refresh();
    }

    /// The person opened the list: it shows everything known, and is read unless that was recent. The result of that
    /// reading moves no row: the person may be about to click one.
    pub fn open_list(self) {
        self.show_all();
        if self.is_stale() {
            self.refresh();
        }
    }

    /// The person opened a request: the list beside it keeps its rows where they are.
    pub fn open_request(self) {
        self.build_anew.set_value(false);
        self.anew_next.set_value(false);
    }

    /// Rebuilds the list from the last reading.
    pub fn show_all(self) {
        let listing = self.inbox.with_untracked(|inbox| Listing::of(inbox.as_ref().map_or(&[], |read| &read.requests)));
        self.listing.set(listing);
    }

    /// How long Microsoft still asks to wait, if it does, ms.
    fn asked_ms(self) -> Option<u32> {
        let left = self.throttled_until.try_get_value().flatten()? - BrowserWorld.unix_ms();
        (left > 0).then(|| u32::try_from(left).unwrap_or(u32::MAX))
    }

    /// Whether an automatic reading is due.
    fn is_stale(self) -> bool {
        let read = self.inbox.try_with_untracked(|inbox| inbox.as_ref().map(|inbox| inbox.read_unix_ms)).flatten();
        self.asked_ms().is_none() && read.is_none_or(|at| (BrowserWorld.unix_ms() - at).abs() > FRESH_MS)
    }

    /// Waits for the next automatic reading: as long as [`Pace`] says; while the page is hidden, only if alerts for new
    /// requests are on.
    fn wait(self) {
        self.stop_waiting();
        let pace = Pace {
            hidden: !event::is_visible(),
            saves_data: event::saves_data(),
            throttled: self.throttled.try_get_value().unwrap_or_default(),
            asked_ms: self.asked_ms(),
        };
        let next = move || {
            if event::is_online() && (event::is_visible() || self.alerts.any()) {
                self.refresh();
            } else {
                self.wait();
            }
        };
        let timer = set_timeout_with_handle(next, Duration::from_millis(pace.pause_ms().into())).ok();
        self.timer.try_set_value(timer);
    }

    fn stop_waiting(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    fn take_in(self, read: Inbox) {
        let until = read.throttled_until_unix_ms;
        self.throttled.try_update_value(|count| *count = if until.is_some() { count.saturating_add(1) } else { 0 });
        self.throttled_until.try_set_value(until);
        // If groups could not be read, the list says so above the rows it still has.
        self.error.try_set(read.groups.missing.as_ref().and_then(Missing::error).cloned());
        let is_inbox = |route: &Route| matches!(route, Route::Approvals(_) | Route::Approval { .. });
        let is_shown = self.nav.route.try_with_untracked(is_inbox) == Some(true);
        match ended(&read) {
            Some(needed) => self.ending.tell(needed.clone(), self.alerts, is_shown),
            None if read.groups.missing.is_none() => self.ending.put_away(),
            None => {}
        }
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
        let me = self.desk.account().oid;
        let before = self.inbox.try_get_untracked().flatten();
        let new = before.map_or(0, |before| approvals::arrivals(&before, &read, &me));
        self.inbox.try_set(Some(read));
        self.alerts.tell(self.nav, new);
        // The list itself announces requests that are held back.
        let all_listed = self.listing.try_with_untracked(|listing| listing.held_back().is_empty()) == Some(true);
        if new > 0 && is_shown && all_listed {
            self.notices.announce(text::approval::new_requests(new));
        }
    }

    /// The person is about to open this request, or has it open, and means to make this decision. Its form takes that
    /// up; code that knows that no form will appear calls [`InboxState::came`].
    pub fn come_for(self, request_id: &str, decision: Decision) {
        self.aim.set(Some((request_id.to_owned(), decision)));
    }

    /// The decision the person means to make on this request, until its form has the focus; views follow it.
    pub fn aim_at(self, request_id: &str) -> Option<Decision> {
        self.aim.with(|aim| aim.as_ref().filter(|(id, _)| id == request_id).map(|(_, decision)| *decision))
    }

    /// Whether the person is on the way to a form, so that keys typed are meant for it; does not track.
    pub fn is_coming(self) -> bool {
        self.aim.with_untracked(Option::is_some)
    }

    /// The person went back before any form had the focus.
    pub fn turn_back(self) {
        self.aim.set(None);
    }

    /// The form of this request has the focus, or there is none.
    pub fn came(self, request_id: &str) {
        let is_it = |aim: &Option<(String, Decision)>| aim.as_ref().is_some_and(|(id, _)| id == request_id);
        if self.aim.try_with_untracked(is_it) == Some(true) {
            self.aim.try_set(None);
        }
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

    /// How many requests wait that this person can decide here, if that is known; unknown once the session has ended.
    pub fn count(self) -> Signal<Option<u32>> {
        let me = self.desk.account().oid;
        Signal::derive(move || {
            if self.ending.is_over() {
                return None;
            }
            let waits = |request: &&Request| request.waits_for(&me);
            let waiting =
                self.inbox.with(|inbox| inbox.as_ref().map_or(0, |inbox| inbox.requests.iter().filter(waits).count()));
            u32::try_from(waiting).ok().filter(|waiting| *waiting > 0)
        })
    }
}
