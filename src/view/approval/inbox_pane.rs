//! The list of requests and everything around it.

use leptos::prelude::*;

use crate::approval::Filter;
use crate::desk::approvals::Inbox;
use crate::state::approval::inbox::InboxState;
use crate::state::desk::Desk;
use crate::text;
use crate::view::approval::alerts::AlertSettings;
use crate::view::approval::decided_list::DecidedList;
use crate::view::approval::filters::Filters;
use crate::view::approval::inbox_head::{NewOnes, failure};
use crate::view::approval::queue::{OWN_PORTION, Queue};
use crate::view::approval::request_list::{Portions, RequestList};
use crate::view::approval::roles::RoleSide;
use crate::view::approval::selection::{SelectAll, SelectionBar};
use crate::view::part::{Button, EmptyState, Glyph, Notice, Skeleton, SkeletonShape, Tone};

/// Problems, new requests, filters, waiting requests, the person's own requests, decisions.
#[component]
pub fn InboxPane() -> impl IntoView {
    let (inbox, queue) = (InboxState::current(), Queue::current());
    let read = Memo::new(move |_| inbox.inbox.with(Option::is_some));
    let failed = Memo::new(move |_| inbox.error.with(Option::is_some));
    let count = Memo::new(move |_| inbox.listing.with(|listing| listing.rows().len()));
    let narrowed = Memo::new(move |_| inbox.filter.with(Filter::narrows));
    let shown = Memo::new(move |_| queue.ids.with(Vec::len));
    let whole = Memo::new(move |_| inbox.inbox.with(|inbox| inbox.as_ref().is_some_and(Inbox::is_whole)));
    // If only the person's own requests are listed, new ones are waiting to be shown.
    let held_back = Memo::new(move |_| inbox.listing.with(|listing| !listing.held_back().is_empty()));
    let own = queue.own();
    let unreadable = Memo::new(move |_| inbox.inbox.with(|inbox| inbox.as_ref().map_or(0, Inbox::unreadable)));
    let lacks_renewals =
        Memo::new(move |_| inbox.inbox.with(|inbox| inbox.as_ref().is_some_and(Inbox::lacks_renewals)));
    let rows: Signal<_> = queue.rows().into();
    let clock = Desk::current().session().token_age_ms().and_then(text::help::clock);
    view! {
        {clock.map(|title| view! { <Notice tone=Tone::Warn title>{text::help::CLOCK_HELP}</Notice> })}
        {move || inbox.error.get().map(|error| failure(&error))}
        <RoleSide />
        <NewOnes />
        <Show when=move || { count.get() > 1 || narrowed.get() }>
            <Filters />
            <SelectAll />
        </Show>
        {move || match (read.get(), failed.get(), shown.get() == 0) {
            (false, false, _) => view! { <Skeleton shape=SkeletonShape::Table rows=4 /> }.into_any(),
            (true, _, true) if narrowed.get() && count.get() > 0 => no_match(),
            (true, _, true) if whole.get() && !held_back.get() => nothing(),
            (false, true, _) | (true, _, true) => ().into_any(),
            (true, _, false) => view! { <RequestList caption=text::approval::WAITING_LIST rows /> }.into_any(),
        }}
        <Portions />
        <Show when=move || lacks_renewals.get()>
            <p class="help">{text::approval::NO_RENEWALS}</p>
        </Show>
        <Show when=move || { unreadable.get() > 0 }>
            <p class="help">{move || text::approval::unreadable(unreadable.get())}</p>
        </Show>
        <Show when=move || own.with(|(rows, _)| !rows.is_empty())>
            <section class="requests-part own">
                <h2>{text::approval::OWN_LIST}</h2>
                <p class="help">{text::approval::OWN_HELP}</p>
                <RequestList
                    caption=text::approval::OWN_LIST
                    rows=Signal::derive(move || own.with(|(rows, _)| rows.clone()))
                    own=true
                />
                {move || {
                    let hidden = own.with(|(_, all)| all.saturating_sub(OWN_PORTION));
                    (hidden > 0).then(|| view! { <p class="help">{text::approval::inbox::more_own(hidden)}</p> })
                }}
            </section>
        </Show>
        <DecidedList />
        <AlertSettings />
        <SelectionBar />
    }
    .into_any()
}

fn nothing() -> AnyView {
    let inbox = InboxState::current();
    view! {
        <EmptyState text=text::approval::NOTHING_WAITS glyph=Glyph::Approvals>
            <Button busy=inbox.reading on_press=move |()| inbox.check_now()>{text::approval::CHECK_NOW}</Button>
        </EmptyState>
    }
    .into_any()
}

fn no_match() -> AnyView {
    let (inbox, queue) = (InboxState::current(), Queue::current());
    let clear = move |()| queue.narrow(inbox.filter.with_untracked(Filter::widened));
    view! {
        <EmptyState text=text::approval::inbox::NO_MATCH glyph=Glyph::Search>
            <Button on_press=clear>{text::approval::inbox::CLEAR}</Button>
        </EmptyState>
    }
    .into_any()
}
