//! The head of the list: when it was read, what could not be read, what is new.

use leptos::prelude::*;

use crate::approval::history::Query;
use crate::browser::locale;
use crate::desk::approvals::Inbox;
use crate::graph::Error;
use crate::instant;
use crate::route::Route;
use crate::state::approval::inbox::InboxState;
use crate::state::frame::heading::name_view;
use crate::state::frame::notice::Notices;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::copy_link::CopyLink;
use crate::view::part::{Button, ButtonKind, ButtonLink, Glyph, Notice, PageHeader, TimeText, Tone};
use crate::view::printing::PrintedAbout;
use crate::view::problem::Trouble;

/// Title, time of the last reading, and the button that checks again.
#[component]
pub fn InboxHead() -> impl IntoView {
    let inbox = InboxState::current();
    let count = inbox.count();
    name_view(
        Signal::stored(text::page::APPROVALS.to_owned()),
        Signal::derive(move || text::approval::list_title(count.get())),
    );
    let actions = move || {
        view! {
            <ButtonLink href=Route::ApprovalHistory(Query::default()).to_string() kind=ButtonKind::Quiet>
                {text::approval::history::TITLE}
            </ButtonLink>
            <CopyLink quiet=true />
            <Button glyph=Glyph::Refresh busy=inbox.reading on_press=move |()| inbox.check_now()>
                {text::approval::CHECK_NOW}
            </Button>
        }
    };
    view! {
        <PageHeader title=text::page::APPROVALS actions>
            <LastChecked />
        </PageHeader>
        <PrintedAbout only=Signal::derive(move || inbox.filter.with(text::approval::inbox::only)) />
    }
}

/// When the inbox was last read successfully.
#[component]
pub fn LastChecked() -> impl IntoView {
    let inbox = InboxState::current();
    move || {
        let at = inbox.inbox.with(|inbox| inbox.as_ref().and_then(Inbox::checked_unix_ms))?;
        inbox.today.track();
        let words = text::approval::last_checked(&locale::time_or_date(at));
        Some(view! { <TimeText iso=instant::to_rfc3339(at) text=words exact=locale::date_time_and_utc(at) /> })
    }
}

/// Why the inbox could not be read.
pub fn failure(error: &Error) -> AnyView {
    let inbox = InboxState::current();
    let has_rows = inbox.listing.with_untracked(|listing| !listing.rows().is_empty());
    view! {
        <Trouble
            problem=problem(error, Doing::ReadingApprovals)
            error=error.clone()
            on_retry=Callback::new(move |()| inbox.check_now())
        />
        {has_rows.then(|| view! { <p class="help">{text::approval::OLD_ROWS}</p> })}
    }
    .into_any()
}

/// Announces requests that came while the list is held still.
#[component]
pub fn NewOnes() -> impl IntoView {
    let inbox = InboxState::current();
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
        view! { <Button on_press=move |()| inbox.show_all()>{text::approval::SHOW}</Button> }
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
    .into_any()
}
