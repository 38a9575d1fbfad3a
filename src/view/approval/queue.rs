//! The list on screen: filtered, sorted, in pages, with a current row.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::names::names_of;
use crate::approval::{Decision, Facets, Filter, Row, Selection};
use crate::browser::document;
use crate::route::Route;
use crate::state::approval::inbox::InboxState;
use crate::state::context::provided;
use crate::state::desk::Desk;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::text;
use crate::view::portions::PORTION;

/// How many of the person's own requests are shown: there are few.
pub const OWN_PORTION: usize = 10;

/// Positions in the listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Order {
    waiting: Vec<usize>,
    own: Vec<usize>,
}

/// The list on screen, a context of the approvals page.
#[derive(Clone, Copy)]
pub struct Queue {
    inbox: InboxState,
    nav: Nav,
    notices: Notices,
    order: Memo<Order>,
    /// The requests that are shown, in order, on all pages of the list; without the person's own.
    pub ids: Memo<Vec<String>>,
    /// Those of them that can be selected.
    pub selectable: Memo<Vec<String>>,
    /// Rows that a later reading no longer contained.
    pub gone: Memo<BTreeSet<String>>,
    /// Which page of the list is shown, counted from 0.
    pub portion: RwSignal<usize>,
    /// The current row.
    pub current: RwSignal<Option<String>>,
    /// The position of that row, in case it disappears.
    place: StoredValue<usize>,
    /// The request that is open beside the list.
    pub open: Memo<Option<String>>,
}

impl Queue {
    /// Starts following the inbox and the address.
    pub fn start() -> Self {
        let (inbox, nav) = (InboxState::current(), Nav::current());
        let me = Desk::current().account().oid;
        let facets =
            Memo::new(move |_| inbox.listing.with(|listing| listing.rows().iter().map(facets_of).collect::<Vec<_>>()));
        let order = Memo::new(move |_| {
            let places = inbox.filter.with(|filter| facets.with(|facets| filter.arrange(facets)));
            inbox.listing.with(|listing| {
                let is_own = |place: &usize| listing.rows().get(*place).is_some_and(|row| row.request.is_from(&me));
                let (own, waiting) = places.into_iter().partition(is_own);
                Order { waiting, own }
            })
        });
        let ids = Memo::new(move |_| {
            order.with(|order| {
                inbox.listing.with(|listing| {
                    let id = |place: &usize| listing.rows().get(*place).map(|row| row.request.id.clone());
                    order.waiting.iter().filter_map(id).collect::<Vec<_>>()
                })
            })
        });
        let can_be_decided = move |row: &Row| {
            let waits = !row.gone && row.request.is_pending() && !row.request.is_extension();
            waits && inbox.decisions.is_free(&row.request.id)
        };
        let selectable = Memo::new(move |_| {
            order.with(|order| {
                inbox.listing.with(|listing| {
                    let rows = order.waiting.iter().filter_map(|place| listing.rows().get(*place));
                    rows.filter(|row| can_be_decided(row)).map(|row| row.request.id.clone()).collect::<Vec<_>>()
                })
            })
        });
        let gone = Memo::new(move |_| {
            inbox.listing.with(|listing| {
                listing.rows().iter().filter(|row| row.gone).map(|row| row.request.id.clone()).collect()
            })
        });
        let open = Memo::new(move |_| match nav.route.get() {
            Route::Approval { request } => Some(request),
            _ => None,
        });
        let queue = Self {
            inbox,
            nav,
            notices: Notices::current(),
            order,
            ids,
            selectable,
            gone,
            portion: RwSignal::new(0),
            current: RwSignal::new(None),
            place: StoredValue::new(0),
            open,
        };
        // Evidence is read for the rows on screen; after a later reading of the list, what is too old by then is read
        // again. Not while a request is open.
        let rows = queue.rows();
        Effect::new(move |_| {
            if open.with(Option::is_none) {
                inbox.inbox.track();
            }
            let requests = rows.with(|rows| rows.iter().map(|row| row.request.clone()).collect());
            inbox.evidence.gather(requests);
        });
        // A selection survives filters and readings, but ends when a request can no longer be decided.
        Effect::new(move |_| {
            let free: BTreeSet<String> = inbox.listing.with(|listing| {
                listing.rows().iter().filter(|row| can_be_decided(row)).map(|row| row.request.id.clone()).collect()
            });
            if inbox.selection.with_untracked(|selection| selection.clone().keep(|id| free.contains(id)) > 0) {
                inbox.selection.update(|selection| {
                    selection.keep(|id| free.contains(id));
                });
            }
        });
        Effect::new(move |before: Option<()>| {
            inbox.filter.track();
            if before.is_some() {
                queue.portion.set(0);
            }
        });
        Effect::new(move |_| {
            let last = queue.portions().saturating_sub(1);
            if queue.portion.get() > last {
                queue.portion.set(last);
            }
        });
        queue
    }

    /// The page's list.
    pub fn current() -> Self {
        provided()
    }

    /// The rows on this page of the list.
    pub fn rows(self) -> Memo<Vec<Row>> {
        Memo::new(move |_| {
            let from = self.portion.get() * PORTION;
            self.order.with(|order| self.taken(order.waiting.iter().skip(from).take(PORTION)))
        })
    }

    /// The person's own requests that are shown, and how many there are.
    pub fn own(self) -> Memo<(Vec<Row>, usize)> {
        Memo::new(move |_| self.order.with(|order| (self.taken(order.own.iter().take(OWN_PORTION)), order.own.len())))
    }

    /// How many of the person's own requests match; views follow it.
    pub fn own_count(self) -> usize {
        self.order.with(|order| order.own.len())
    }

    fn taken<'a>(self, places: impl Iterator<Item = &'a usize>) -> Vec<Row> {
        self.inbox.listing.with(|listing| places.filter_map(|place| listing.rows().get(*place).cloned()).collect())
    }

    /// How many pages the list has; views follow it.
    pub fn portions(self) -> usize {
        self.ids.with(Vec::len).div_ceil(PORTION)
    }

    /// The ID of a row's link.
    pub fn link_id(request: &str) -> String {
        ["row-", request].concat()
    }

    /// Makes this row the current one.
    pub fn at(self, request: &str) {
        // The person's own requests come after the others.
        let place = self.place_of(request).or_else(|| self.has(request).then(|| self.ids.with_untracked(Vec::len)));
        if let Some(place) = place {
            self.place.set_value(place);
        }
        if self.current.with_untracked(|current| current.as_deref() != Some(request)) {
            self.current.set(Some(request.to_owned()));
        }
    }

    fn place_of(self, request: &str) -> Option<usize> {
        self.ids.with_untracked(|ids| ids.iter().position(|id| id == request))
    }

    /// The request `step` rows away from this one, or the first one on this page if there is no current row.
    pub fn neighbour(self, from: Option<&str>, step: isize) -> Option<String> {
        let count = self.ids.with_untracked(Vec::len);
        let place = match from.map(|from| self.place_of(from)) {
            Some(Some(place)) => place.checked_add_signed(step)?,
            // The row has gone, and those below it moved up.
            Some(None) if step < 0 => self.place.get_value().min(count).checked_sub(1)?,
            Some(None) => self.place.get_value().min(count.checked_sub(1)?),
            None => self.portion.get_untracked() * PORTION,
        };
        self.ids.with_untracked(|ids| ids.get(place).cloned())
    }

    /// Moves the focus to a row, showing its page of the list first.
    pub fn go_to(self, request: &str) {
        let Some(place) = self.place_of(request) else { return };
        self.portion.set(place / PORTION);
        self.at(request);
        let link = Self::link_id(request);
        request_animation_frame(move || {
            document::focus(&link, true);
        });
    }

    /// After returning to the list: moves the focus to the row that was open, or to the one now in its place, unless
    /// the person has gone on from there.
    pub fn come_back(self, from: &str) {
        // The page itself may have gone by now.
        let is_here = self.current.try_with_untracked(|current| current.as_deref() == Some(from)) == Some(true);
        if !is_here || self.open.try_with_untracked(Option::is_none) != Some(true) {
            return;
        }
        let last = self.ids.with_untracked(Vec::len).saturating_sub(1);
        let place = self.place_of(from).unwrap_or_else(|| self.place.get_value().min(last));
        if let Some(request) = self.ids.with_untracked(|ids| ids.get(place).cloned()) {
            self.go_to(&request);
        }
    }

    /// Selects or deselects this row and all since the last one touched.
    pub fn select_range(self, request: &str, selected: bool) {
        self.selectable.with_untracked(|visible| {
            self.inbox.selection.update(|selection| selection.extend_to(request, selected, visible));
        });
    }

    /// Whether the list has a row for this request, on any page; does not track.
    pub fn has(self, request: &str) -> bool {
        let is_it = |place: &usize| {
            self.inbox
                .listing
                .with_untracked(|listing| listing.rows().get(*place).is_some_and(|row| row.request.id == request))
        };
        self.order.with_untracked(|order| order.waiting.iter().chain(&order.own).any(is_it))
    }

    /// Toggles the selection of this row, if it can be decided, and announces how many are selected.
    pub fn toggle(self, request: &str, range: bool) {
        if self.selectable.with_untracked(|free| !free.iter().any(|id| id == request)) {
            return;
        }
        if range {
            self.select_range(request, true);
        } else {
            self.inbox.selection.update(|selection| {
                selection.toggle(request);
            });
        }
        let selected = self.inbox.selection.with_untracked(Selection::len);
        self.notices.announce(text::approval::inbox::selected(selected, 0));
    }

    /// Opens a request, and shows the page of the list with its row.
    pub fn show(self, request: &str) {
        if let Some(place) = self.place_of(request) {
            self.portion.set(place / PORTION);
        }
        self.at(request);
        self.nav.go(&Route::Approval { request: request.to_owned() });
    }

    /// Opens a request to make this decision.
    pub fn decide(self, request: &str, decision: Decision) {
        self.inbox.come_for(request, decision);
        self.show(request);
    }

    /// Filters or sorts. Beside an open request the address is that of the request and stays.
    pub fn narrow(self, filter: Filter) {
        if self.open.with_untracked(Option::is_none) {
            self.nav.refine(Route::Approvals(filter));
        } else {
            self.inbox.filter.set(filter);
        }
    }

    /// Returns to the list with its filters.
    pub fn leave(self) {
        self.nav.go(&Route::Approvals(self.inbox.filter.get_untracked()));
    }
}

fn facets_of(row: &Row) -> Facets {
    let request = &row.request;
    let names = names_of(request);
    let words =
        [names.username.as_str(), &request.justification, &request.ticket.number, &request.ticket.system, &request.id];
    let mut facets =
        Facets::new(&request.id, request.kind(), &names.person, &names.target, &words, request.created_unix_ms);
    (facets.target, facets.requester) = (request.target.id().cloned(), request.requester().cloned());
    facets
}
