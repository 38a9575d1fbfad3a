//! The requests that wait for the signed-in person: `#/approvals`.

use leptos::prelude::*;

use crate::approval::Row;
use crate::browser::locale;
use crate::desk::approvals::Inbox;
use crate::graph::Error;
use crate::instant;
use crate::state::desk::Desk;
use crate::state::heading::name_view;
use crate::state::inbox::InboxState;
use crate::state::notice::Notices;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::approval::{DecidedList, RequestList, look_up_missing};
use crate::view::part::{Button, EmptyState, Glyph, Notice, PageHeader, Skeleton, SkeletonShape, TimeText, Tone};
use crate::view::problem::ProblemPanel;
use crate::view::sign_in::SignInAgain;

/// The inbox.
#[component]
pub fn ApprovalsPage() -> impl IntoView {
    let inbox = InboxState::current();
    inbox.open_list();
    let count = inbox.count();
    name_view(
        Signal::stored(text::page::APPROVALS.to_owned()),
        Signal::derive(move || text::approval::list_title(count.get())),
    );
    Effect::new(move |_| {
        inbox.inbox.with(|inbox| look_up_missing(inbox.iter().flat_map(|inbox| &inbox.requests)));
    });
    let actions = move || {
        view! {
            <Button glyph=Glyph::Refresh busy=inbox.reading on_press=move |()| inbox.check_now()>
                {text::approval::CHECK_NOW}
            </Button>
        }
    };
    let checked = move || {
        let at = inbox.inbox.with(|inbox| inbox.as_ref().map(|inbox| inbox.read_unix_ms))?;
        let words = text::approval::last_checked(&locale::time_of_day(at));
        Some(view! { <TimeText iso=instant::to_rfc3339(at) text=words exact=locale::date_time(at) /> })
    };
    view! {
        <PageHeader title=text::page::APPROVALS actions>
            {checked}
        </PageHeader>
        {move || inbox.error.get().map(|error| failure(&error))}
        <NewOnes inbox />
        <Lists inbox />
        <DecidedList />
    }
}

fn failure(error: &Error) -> AnyView {
    let inbox = InboxState::current();
    let sign_in = if let Error::SignIn(needed) = error { Some((**needed).clone()) } else { None };
    let has_rows = inbox.listing.with_untracked(|listing| !listing.rows().is_empty());
    view! {
        <ProblemPanel
            problem=problem(error, Doing::ReadingApprovals)
            on_retry=Callback::new(move |()| inbox.check_now())
        >
            {sign_in.map(|needed| view! { <SignInAgain needed /> })}
        </ProblemPanel>
        {has_rows.then(|| view! { <p class="help">{text::approval::OLD_ROWS}</p> })}
    }
    .into_any()
}

/// Tells of requests that came while the list stands still.
#[component]
fn NewOnes(
    /// The inbox.
    inbox: InboxState,
) -> impl IntoView {
    let waiting = Memo::new(move |_| inbox.listing.with(|listing| listing.held_back().len()));
    let notices = Notices::current();
    Effect::new(move |before: Option<usize>| {
        let waiting = waiting.get();
        if waiting > before.unwrap_or_default() {
            notices.announce(text::approval::new_requests(waiting));
        }
        waiting
    });
    let show = move || {
        view! {
            <Button on_press=move |()| inbox.show_all()>{text::approval::SHOW}</Button>
        }
    };
    view! {
        <Show when=move || { waiting.get() > 0 }>
            <Notice
                tone=Tone::Info
                title=Signal::derive(move || text::approval::new_requests(waiting.get()))
                actions=show
            />
        </Show>
    }
}

/// What waits, the person's own requests apart.
#[component]
fn Lists(
    /// The inbox.
    inbox: InboxState,
) -> impl IntoView {
    let me = StoredValue::new(Desk::current().account().oid);
    let part = move |own: bool| {
        Memo::new(move |_| {
            let belongs = |row: &&Row| me.with_value(|me| row.request.is_from(me)) == own;
            inbox.listing.with(|listing| listing.rows().iter().filter(belongs).cloned().collect::<Vec<_>>())
        })
    };
    let (others, own) = (part(false), part(true));
    let none = Memo::new(move |_| others.with(Vec::is_empty));
    let read = Memo::new(move |_| inbox.inbox.with(Option::is_some));
    let failed = Memo::new(move |_| inbox.error.with(Option::is_some));
    let unreadable = Memo::new(move |_| inbox.inbox.with(|inbox| inbox.as_ref().map_or(0, Inbox::unreadable)));
    let empty = move || {
        view! {
            <EmptyState text=text::approval::NOTHING_WAITS glyph=Glyph::Approvals>
                <Button busy=inbox.reading on_press=move |()| inbox.check_now()>{text::approval::CHECK_NOW}</Button>
            </EmptyState>
        }
    };
    view! {
        {move || match (read.get(), failed.get(), none.get()) {
            (false, false, _) => view! { <Skeleton shape=SkeletonShape::Table rows=4 /> }.into_any(),
            (false, true, _) => ().into_any(),
            (true, _, true) => empty().into_any(),
            (true, _, false) => view! { <RequestList caption=text::approval::WAITING_LIST rows=others /> }.into_any(),
        }}
        <Show when=move || { unreadable.get() > 0 }>
            <p class="help">{move || text::approval::unreadable(unreadable.get())}</p>
        </Show>
        <Show when=move || own.with(|own| !own.is_empty())>
            <section class="requests">
                <h2>{text::approval::OWN_LIST}</h2>
                <p class="help">{text::approval::OWN_HELP}</p>
                <RequestList caption=text::approval::OWN_LIST rows=own own=true />
            </section>
        </Show>
    }
}
