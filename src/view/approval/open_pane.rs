//! One request, beside the list or in its place.

use leptos::prelude::*;

use super::names::{look_up_missing, told};
use super::opened::Opened;
use super::queue::Queue;
use crate::approval::Request;
use crate::browser::{document, page};
use crate::desk::approvals;
use crate::route::Route;
use crate::state::clip::CopyText;
use crate::state::desk::Desk;
use crate::state::heading::name_view;
use crate::state::inbox::InboxState;
use crate::state::justification::Justification;
use crate::text;
use crate::view::part::{Button, ButtonKind, ButtonLink, Crumb, Glyph, PageHeader};

/// A request: what the list knows of it is there at once, the rest when it is read.
#[component]
pub fn RequestPane(
    /// The request's id.
    request: String,
) -> impl IntoView {
    let (desk, inbox) = (Desk::current(), InboxState::current());
    inbox.decisions.put_away_refusal(&request);
    let words = Justification::open(&desk.account(), &request, None);
    let decided = untrack(|| inbox.decisions.get(&request)).map(|case| case.request);
    let known = StoredValue::new(decided.or_else(|| inbox.known(&request)));
    let id = StoredValue::new(request);
    let reading = RwSignal::new(false);
    let opened = LocalResource::new(move || {
        let (client, id) = (desk.client(), id.get_value());
        let kind = known.with_value(|known| known.as_ref().map(Request::kind));
        async move {
            let read = approvals::open(&client, kind, &id).await;
            reading.try_set(false);
            read
        }
    });
    let retry = Callback::new(move |()| {
        reading.set(true);
        opened.refetch();
    });
    let answer = Memo::new(move |_| opened.get());
    let shown = Memo::new(move |_| {
        let read = answer.with(|answer| answer.as_ref()?.request.as_ref().ok().cloned());
        read.or_else(|| known.get_value())
    });
    Effect::new(move |_| shown.with(|request| look_up_missing(request)));
    let heading = Signal::derive(move || match shown.get() {
        Some(request) => text::approval::request_title(&told(&request)),
        None if answer.with(Option::is_some) => text::approval::REQUEST.to_owned(),
        None => text::approval::LOADING_REQUEST.to_owned(),
    });
    name_view(heading, heading);
    // The list may have been scrolled: the request begins at its head, and its row stays in sight beside it.
    request_animation_frame(move || {
        if let Some(row) = id.try_with_value(|id| Queue::link_id(id)) {
            document::reveal(&row);
        }
        // Last, because revealing the row may move the page as well.
        document::show_top();
    });
    let list = Signal::derive(move || Route::Approvals(inbox.filter.get()).to_string());
    let crumbs = vec![Crumb { label: Signal::stored(text::page::APPROVALS.to_owned()), href: list }];
    let actions = move || {
        view! {
            <Button
                kind=ButtonKind::Quiet
                glyph=Glyph::Copy
                on_press=move |()| CopyText::current().copy(&page::link(), text::page::LINK_COPIED)
            >
                {text::page::COPY_LINK}
            </Button>
            <ButtonLink href=list kind=ButtonKind::Quiet>{text::page::CLOSE}</ButtonLink>
        }
    };
    view! {
        <section class="inbox-open" aria-labelledby="page-title">
            <PageHeader title=heading crumbs actions />
            <Opened id=id.get_value() answer shown words retry reading />
        </section>
    }
    .into_any()
}
