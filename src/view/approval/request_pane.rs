//! One request, beside the list or instead of it.

use leptos::prelude::*;

use crate::approval::kept::would_show;
use crate::approval::{Request, Standing, standing};
use crate::auth::extras::Extra;
use crate::browser::{BrowserWorld, document, scroll};
use crate::desk::approvals::{self, OpenRequest};
use crate::graph::Error;
use crate::guid::Guid;
use crate::route::Route;
use crate::state::approval::inbox::InboxState;
use crate::state::approval::justification::Justification;
use crate::state::desk::Desk;
use crate::state::extras::ExtrasState;
use crate::state::frame::heading::name_view;
use crate::state::frame::notice::Notices;
use crate::state::frame::online::Online;
use crate::text;
use crate::view::approval::names::{look_up_missing, names_of};
use crate::view::approval::queue::Queue;
use crate::view::approval::request_detail::RequestDetail;
use crate::view::copy_link::CopyLink;
use crate::view::part::{ButtonKind, ButtonLink, Crumb, PageHeader};
use crate::world::Clock;

/// Whether it can still be decided, as read.
fn is_open(read: &OpenRequest, me: &Guid) -> bool {
    let found = |stages: &Vec<_>| standing(read.request.as_ref().ok(), stages, me);
    read.stages.as_ref().is_ok_and(|stages| found(stages) == Standing::Open)
}

/// A request: what the list knows is shown at once, the rest once it is read.
#[component]
pub fn RequestPane(
    /// The request's ID.
    request: String,
) -> impl IntoView {
    let (desk, inbox, notices) = (Desk::current(), InboxState::current(), Notices::current());
    inbox.decisions.put_away_refusal(&request);
    let words = Justification::open(&desk.account(), &request, None);
    let was_sent = words.sent.is_some();
    // Whether the last look began when a decision of before would have shown.
    let counts = RwSignal::new(!was_sent);
    let decided = untrack(|| inbox.decisions.get(&request)).map(|case| case.request);
    let known = StoredValue::new(decided.or_else(|| inbox.known(&request)));
    let id = StoredValue::new(request);
    let reading = RwSignal::new(false);
    // The permission for roles may be granted meanwhile: a request not found among groups may be one for a role.
    let wanted = ExtrasState::current();
    let opened = LocalResource::new(move || {
        wanted.has(Extra::RoleRequests);
        let (client, id) = (desk.client(), id.get_value());
        let kind = known.with_value(|known| known.as_ref().map(Request::kind));
        async move {
            let began = BrowserWorld.unix_ms();
            let read = approvals::open(&client, kind, &id).await;
            counts.try_set(words.sent.is_none_or(|sent| would_show(sent.sent_unix_ms, began)));
            let asked = reading.try_get_untracked() == Some(true);
            reading.try_set(false);
            // If nothing changed on screen, the check is announced.
            if asked && was_sent && is_open(&read, &desk.account().oid) {
                notices.announce(text::approval::decision::STILL_OPEN.to_owned());
            }
            read
        }
    });
    let retry = Callback::new(move |()| {
        reading.set(true);
        opened.refetch();
    });
    let answer = Memo::new(move |_| opened.get());
    Online::current().on_return(move || {
        let lost = |read: &OpenRequest| {
            let unanswered = |error: &Error| matches!(error, Error::NoAnswer { .. });
            read.request.as_ref().is_err_and(unanswered) || read.stages.as_ref().is_err_and(unanswered)
        };
        if answer.with_untracked(|answer| answer.as_ref().is_some_and(lost)) {
            retry.run(());
        }
    });
    let shown = Memo::new(move |_| {
        let read = answer.with(|answer| answer.as_ref()?.request.as_ref().ok().cloned());
        read.or_else(|| known.get_value())
    });
    Effect::new(move |_| shown.with(|request| look_up_missing(request)));
    // The answer first: Leptos does not run an effect again for a memo that it reads after another one derived from it,
    // if that one stays the same.
    let heading = Signal::derive(move || {
        let is_read = answer.with(Option::is_some);
        match shown.get() {
            Some(request) => text::approval::request_title(&names_of(&request)),
            None if is_read => text::approval::REQUEST.to_owned(),
            None => text::approval::LOADING_REQUEST.to_owned(),
        }
    });
    name_view(heading, heading);
    // The list may have been scrolled: the request starts at its top, and its row stays visible beside it.
    request_animation_frame(move || {
        if let Some(row) = id.try_with_value(|id| Queue::link_id(id)) {
            document::reveal(&row);
        }
        // Last, because scrolling to the row may move the page as well.
        scroll::show_top();
    });
    let list = Signal::derive(move || Route::Approvals(inbox.filter.get()).to_string());
    let crumbs = vec![Crumb { label: Signal::stored(text::page::APPROVALS.to_owned()), href: list }];
    let actions = move || {
        view! {
            <CopyLink quiet=true />
            <ButtonLink href=list kind=ButtonKind::Quiet>{text::page::CLOSE}</ButtonLink>
        }
    };
    view! {
        <section class="inbox-open" aria-labelledby="page-title">
            <PageHeader title=heading crumbs actions />
            <RequestDetail id=id.get_value() answer shown words counts retry reading />
        </section>
    }
    .into_any()
}
