//! Selecting many requests, and the bar with what can be done with them.

use leptos::prelude::*;

use crate::approval::{Decision, Request};
use crate::desk::bulk::MOST_APPROVALS;
use crate::state::approval::inbox::InboxState;
use crate::state::desk::Desk;
use crate::text;
use crate::view::approval::names::names_of;
use crate::view::approval::queue::Queue;
use crate::view::part::{ActionBar, Button, ButtonKind, Checkbox, UserText};

/// How many requests are shown, and the checkbox that selects all of them.
#[component]
pub fn SelectAll() -> impl IntoView {
    let (inbox, queue) = (InboxState::current(), Queue::current());
    let all = Memo::new(move |_| inbox.listing.with(|listing| listing.rows().len()));
    let free = Memo::new(move |_| queue.selectable.with(Vec::len));
    let every = Memo::new(move |_| {
        queue.selectable.with(|free| inbox.selection.with(|selection| free.iter().all(|id| selection.contains(id))))
    });
    let switch = move |on| {
        let free = queue.selectable.get_untracked();
        inbox.selection.update(|selection| if on { selection.add(free) } else { selection.remove(&free) });
    };
    let shown = move || {
        let own = queue.own_count();
        text::approval::inbox::shown(queue.ids.with(Vec::len) + own, all.get())
    };
    view! {
        <div class="select-line">
            <Show when=move || { free.get() > 0 }>
                <Checkbox
                    checked=every
                    on_change=switch
                    label=Signal::derive(move || text::approval::inbox::select_all(free.get()))
                />
            </Show>
            <span class="list-note" role="status">{shown}</span>
        </div>
    }
    .into_any()
}

/// How many are selected, and what can be done with them.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let (inbox, queue) = (InboxState::current(), Queue::current());
    let chosen = Memo::new(move |_| chosen(&inbox));
    let any = Memo::new(move |_| inbox.selection.with(|selection| !selection.is_empty()));
    let words = Signal::derive(move || {
        let hidden = queue
            .selectable
            .with(|shown| chosen.with(|chosen| chosen.iter().filter(|request| !shown.contains(&request.id)).count()));
        text::approval::inbox::selected(chosen.with(Vec::len), hidden)
    });
    let too_many =
        Signal::derive(move || (chosen.with(Vec::len) > MOST_APPROVALS).then(text::approval::bulk::too_many));
    let review = move |decision| inbox.bulk.review(chosen.get_untracked(), decision);
    let same = move |what: Same| {
        move || {
            let (ids, name) = alike(&inbox, what)?;
            let label = text::approval::inbox::select_same(ids.len(), &name);
            let add = move |()| inbox.selection.update(|selection| selection.add(ids.clone()));
            Some(view! { <Button kind=ButtonKind::Quiet on_press=add><UserText text=label /></Button> })
        }
    };
    view! {
        <div class="bar-slot">
            <Show when=move || any.get()>
                <ActionBar label=text::approval::inbox::SELECTED text=words>
                    {same(Same::Target)}
                    {same(Same::Requester)}
                    <Button
                        kind=ButtonKind::Quiet
                        on_press=move |()| inbox.selection.update(crate::approval::Selection::clear)
                    >
                        {text::approval::inbox::CLEAR_SELECTION}
                    </Button>
                    <Button kind=ButtonKind::Danger on_press=move |()| review(Decision::Deny)>
                        {move || text::approval::bulk::send(Decision::Deny, chosen.with(Vec::len))}
                    </Button>
                    <Button
                        kind=ButtonKind::Primary
                        disabled_reason=too_many
                        on_press=move |()| review(Decision::Approve)
                    >
                        {move || text::approval::bulk::send(Decision::Approve, chosen.with(Vec::len))}
                    </Button>
                </ActionBar>
            </Show>
        </div>
    }
    .into_any()
}

/// The selected requests, in the order of the inbox.
pub fn chosen(inbox: &InboxState) -> Vec<Request> {
    inbox.selection.with(|selection| {
        inbox.listing.with(|listing| {
            let rows = listing.rows().iter().filter(|row| selection.contains(&row.request.id));
            rows.map(|row| row.request.clone()).collect()
        })
    })
}

/// What selected requests may have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    Target,
    Requester,
}

/// All requests that share this with the selected ones, if there are more of them, and its name.
fn alike(inbox: &InboxState, what: Same) -> Option<(Vec<String>, String)> {
    let me = Desk::current().account().oid;
    inbox.listing.with(|listing| {
        inbox.selection.with(|selection| {
            let rows = || listing.rows().iter().filter(|row| !row.gone && row.request.waits_for(&me));
            let mut selected = rows().map(|row| &row.request).filter(|request| selection.contains(&request.id));
            let first = selected.next()?;
            let is_same = |other: &Request| match what {
                Same::Target => first.target.is_same(&other.target),
                Same::Requester => first.requester().is_some() && first.requester() == other.requester(),
            };
            if !selected.all(is_same) {
                return None;
            }
            let all: Vec<String> = rows()
                .map(|row| &row.request)
                .filter(|request| is_same(request) && inbox.decisions.is_free(&request.id))
                .map(|request| request.id.clone())
                .collect();
            let names = names_of(first);
            let name = if what == Same::Target { names.target } else { names.person };
            all.iter().any(|id| !selection.contains(id)).then_some((all, name))
        })
    })
}
