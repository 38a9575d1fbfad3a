//! One request: `#/approvals/{requestId}`.

use leptos::prelude::*;

use crate::approval::Request;
use crate::browser::page;
use crate::desk::approvals;
use crate::route::Route;
use crate::state::clip::CopyText;
use crate::state::desk::Desk;
use crate::state::heading::name_view;
use crate::state::inbox::InboxState;
use crate::state::justification::Justification;
use crate::text;
use crate::view::approval::{Opened, look_up_missing, told};
use crate::view::part::{Button, Crumb, PageHeader, Skeleton, SkeletonShape};

/// The page of one request.
#[component]
pub fn ApprovalPage(
    /// The request's id.
    request: String,
) -> impl IntoView {
    let (desk, inbox) = (Desk::current(), InboxState::current());
    inbox.decisions.put_away_refusal(&request);
    let came_for = inbox.came_for(&request);
    let words = Justification::open(&desk.account(), &request, came_for);
    let decided = untrack(|| inbox.decisions.get(&request)).map(|case| case.request);
    let known = StoredValue::new(decided.or_else(|| inbox.known(&request)));
    let id = StoredValue::new(request);
    let opened = LocalResource::new(move || {
        let (client, id) = (desk.client(), id.get_value());
        let kind = known.with_value(|known| known.as_ref().map(Request::kind));
        async move { approvals::open(&client, kind, &id).await }
    });
    let shown = Memo::new(move |_| {
        let read = opened.get().map(|opened| opened.request.ok());
        let settled = read.is_some();
        (read.flatten().or_else(|| known.get_value()), settled)
    });
    Effect::new(move |_| shown.with(|(request, _)| look_up_missing(request)));
    let heading = Signal::derive(move || match shown.get() {
        (Some(request), _) => text::approval::request_title(&told(&request)),
        (None, true) => text::approval::REQUEST.to_owned(),
        (None, false) => text::approval::LOADING_REQUEST.to_owned(),
    });
    name_view(heading, heading);
    let crumbs = vec![Crumb {
        label: Signal::stored(text::page::APPROVALS.to_owned()),
        href: Signal::stored(Route::APPROVALS.to_string()),
    }];
    let actions = move || {
        view! {
            <Button on_press=move |()| CopyText::current().copy(&page::link(), text::page::LINK_COPIED)>
                {text::page::COPY_LINK}
            </Button>
        }
    };
    let retry = Callback::new(move |()| opened.refetch());
    view! {
        <PageHeader title=heading crumbs actions />
        {move || match opened.get() {
            Some(opened) => {
                let (known, came_for) = (known.get_value(), came_for.is_some());
                view! { <Opened id=id.get_value() opened known words came_for retry /> }.into_any()
            }
            None => view! { <div class="request"><Skeleton shape=SkeletonShape::Settings rows=5 /></div> }.into_any(),
        }}
    }
}
