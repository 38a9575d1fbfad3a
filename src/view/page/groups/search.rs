//! The results of a search.

use leptos::prelude::*;

use super::list::{GroupList, ListHead, More};
use super::row::Place;
use crate::desk::groups::Hits;
use crate::guid::Guid;
use crate::route::Route;
use crate::state::directory::finder::Finder;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{Button, ButtonLink, EmptyState, Glyph, Skeleton, SkeletonShape};
use crate::view::problem::Trouble;

/// The matches: groups in PIM first, then the others.
#[component]
pub fn SearchResults(
    /// What was typed, trimmed; not empty.
    query: Memo<String>,
    /// What matches.
    hits: Memo<Hits>,
) -> impl IntoView {
    let finder = Finder::current();
    let answered = Memo::new(move |_| finder.is_answered(&query.get()));
    let total = Signal::derive(move || total(finder, &hits.get()));
    announce(answered, total);

    let in_pim = Memo::new(move |_| hits.with(|hits| hits.in_pim.clone()));
    let others = Memo::new(move |_| hits.with(|hits| hits.others.clone()));
    let some_in_pim = Memo::new(move |_| in_pim.with(|groups| !groups.is_empty()));
    let some_others = Memo::new(move |_| others.with(|groups| !groups.is_empty()));
    let title =
        Signal::derive(move || if some_in_pim.get() { text::group::OTHERS } else { text::group::FOUND }.to_owned());
    let failed = Memo::new(move |_| {
        finder.found.answer.with(|answer| answer.as_ref().and_then(|answer| answer.page.as_ref().err().cloned()))
    });
    // A person who chose to read on is shown that there were no more.
    let read_on = RwSignal::new(String::new());
    let more = More {
        there: Signal::derive(move || answered.get() && finder.found.has_more()),
        reading: finder.found.reading.into(),
        read: Callback::new(move |()| {
            read_on.set(query.get_untracked());
            finder.found.more();
        }),
    };
    let none_came = move || answered.get() && some_in_pim.get() && read_on.with(|text| *text == query.get());
    let other_total = Signal::derive(move || {
        Some(total.get().saturating_sub(in_pim.with(Vec::len))).filter(|_| answered.get() || !some_others.get())
    });
    let again = Callback::new(move |()| finder.found.read(query.get_untracked(), 0));
    let rest = move || match (answered.get(), failed.get()) {
        (true, Some(error)) => {
            view! { <Trouble problem=problem(&error, Doing::FindingGroups) error on_retry=again /> }.into_any()
        }
        (true, None) if !some_in_pim.get() && !some_others.get() && !more.there.get() => {
            view! { <Nothing query /> }.into_any()
        }
        (false, _) if !some_others.get() => view! {
            <section class="group-list">
                <ListHead place=Place::Directory title note=Signal::stored(text::group::SEARCHING.to_owned()) />
                <Skeleton shape=SkeletonShape::Table rows=3 />
            </section>
        }
        .into_any(),
        _ => ().into_any(),
    };
    view! {
        <Show when=move || some_in_pim.get()>
            <GroupList
                place=Place::InPim
                title=Signal::stored(text::group::IN_PIM.to_owned())
                groups=in_pim
                total=Signal::derive(move || Some(in_pim.with(Vec::len)))
            />
        </Show>
        // All matches on the first page may be in PIM.
        <Show when=move || some_others.get() || more.there.get() || none_came()>
            <GroupList place=Place::Directory title groups=others total=other_total more />
        </Show>
        {rest}
        {move || {
            let error = finder.found.answer.with(|answer| answer.as_ref().and_then(|answer| answer.stopped.clone()))?;
            let again = Callback::new(move |()| finder.found.more());
            Some(view! { <Trouble problem=problem(&error, Doing::FindingGroups) error on_retry=again /> })
        }}
    }
    .into_any()
}

/// How many match in all. The directory's own count may miss a group in PIM whose name contains the text inside a word.
fn total(finder: Finder, hits: &Hits) -> usize {
    let told = finder.found.answer.with(|answer| answer.as_ref().and_then(|answer| answer.page.as_ref().ok()?.total));
    if finder.found.has_more() {
        told.and_then(|told| usize::try_from(told).ok()).unwrap_or_default().max(hits.len())
    } else {
        hits.len()
    }
}

/// Announces how many groups match; an error announces itself.
fn announce(answered: Memo<bool>, total: Signal<usize>) {
    let (notices, finder) = (Notices::current(), Finder::current());
    let read = move || finder.found.answer.with(|answer| answer.as_ref().is_some_and(|answer| answer.page.is_ok()));
    Effect::new(move |_| {
        if answered.get() && read() {
            notices.announce(text::group::hits(total.get()));
        }
    });
}

/// Nothing matches.
#[component]
fn Nothing(
    /// What was typed.
    query: Memo<String>,
) -> impl IntoView {
    let clear = move |()| Nav::current().refine(Route::HOME);
    let typed = query.get_untracked();
    match typed.parse::<Guid>() {
        Ok(id) => view! {
            <EmptyState text=text::group::NO_SUCH_ID glyph=Glyph::Search>
                <ButtonLink href=Route::group(id).to_string()>{text::group::OPEN_ANYWAY}</ButtonLink>
            </EmptyState>
        }
        .into_any(),
        Err(_) => view! {
            <EmptyState text=text::group::no_match(&typed) glyph=Glyph::Search>
                <Button on_press=clear>{text::group::CLEAR_SEARCH}</Button>
            </EmptyState>
        }
        .into_any(),
    }
}
