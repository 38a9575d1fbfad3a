//! The requests that wait for the signed-in person: `#/approvals`, and beside them the one that is open:
//! `#/approvals/{requestId}`.

use leptos::prelude::*;

use crate::approval::{Decision, Selection};
use crate::browser::document;
use crate::shortcut::Action;
use crate::state::approval::inbox::InboxState;
use crate::state::frame::keyboard::Keyboard;
use crate::view::approval::{BulkDialog, InboxHead, InboxPane, Queue, RequestPane, SEARCH_ID, chosen, look_up_missing};

/// The inbox. The list stays as it is while a request is open: next to it if there is room, hidden otherwise.
#[component]
pub fn ApprovalsPage() -> impl IntoView {
    let inbox = InboxState::current();
    let queue = Queue::start();
    provide_context(queue);
    Effect::new(move |_| {
        inbox.inbox.with(|inbox| look_up_missing(inbox.iter().flat_map(|inbox| &inbox.requests)));
    });
    // The list is rebuilt when the person opens it, from what is known then, never while a request is open next to it.
    inbox.open_list();
    Effect::new(move |before: Option<Option<String>>| {
        let open = queue.open.get();
        if open.is_some() {
            inbox.open_request();
        }
        if let (Some(Some(from)), None) = (before, &open) {
            inbox.open_list();
            queue.at(&from);
            request_animation_frame(move || queue.come_back(&from));
        }
        open
    });
    Keyboard::current().serve(move |action| serve(&inbox, &queue, action));
    let is_open = Memo::new(move |_| queue.open.with(Option::is_some));
    view! {
        <div class="inbox" class:opened=is_open>
            <div class="inbox-list">
                <Show when=move || !is_open.get()>
                    <InboxHead />
                </Show>
                <InboxPane />
            </div>
            {move || queue.open.get().map(|request| view! { <RequestPane request /> })}
        </div>
        <BulkDialog />
    }
}

/// Carries out the action of a key.
fn serve(inbox: &InboxState, queue: &Queue, action: Action) -> bool {
    let open = queue.open.get_untracked();
    // Keys typed now are meant for the text of a decision.
    if inbox.is_coming() {
        if action != Action::Back {
            return true;
        }
        inbox.turn_back();
    }
    let at = open.clone().or_else(|| queue.current.get_untracked());
    // A row that has left the list is a place to move on from, but cannot be acted on.
    let here = at.clone().filter(|request| open.is_some() || queue.has(request));
    let step = |step| {
        let next = queue.neighbour(at.as_deref(), step);
        match (&open, &next) {
            (Some(_), Some(next)) => queue.show(next),
            (None, Some(next)) => queue.go_to(next),
            (_, None) => {}
        }
    };
    let decide = |decision| match (&open, &here) {
        (None, _) if inbox.selection.with_untracked(|selection| !selection.is_empty()) => {
            inbox.bulk.review(untrack(|| chosen(inbox)), decision);
        }
        (Some(request), _) => inbox.come_for(request, decision),
        (None, Some(request)) => queue.decide(request, decision),
        (None, None) => {}
    };
    match action {
        Action::Next => step(1),
        Action::Previous => step(-1),
        Action::Open if open.is_none() => {
            if let Some(request) = &here {
                queue.show(request);
            }
        }
        Action::Select | Action::SelectRange if open.is_none() => {
            if let Some(request) = &here {
                queue.toggle(request, action == Action::SelectRange);
            }
        }
        Action::Approve => decide(Decision::Approve),
        Action::Deny => decide(Decision::Deny),
        Action::Search if open.is_none() => {
            document::focus_in(SEARCH_ID);
        }
        Action::Refresh if open.is_some() => inbox.refresh(),
        Action::Refresh => inbox.check_now(),
        Action::Back if open.is_some() => queue.leave(),
        Action::Back if inbox.selection.with_untracked(|selection| !selection.is_empty()) => {
            inbox.selection.update(Selection::clear);
        }
        _ => return false,
    }
    true
}
