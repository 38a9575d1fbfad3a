//! The page without a search: groups at hand, groups in PIM, all groups.

use leptos::prelude::*;

use super::list::{GroupList, ListHead, More};
use super::row::Place;
use super::shelf::AtHand;
use crate::state::directory::finder::Finder;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{EmptyState, Glyph, Skeleton, SkeletonShape};
use crate::view::problem::Trouble;

/// The lists, each independent: one that cannot be read does not hide the others.
#[component]
pub fn Browse() -> impl IntoView {
    view! {
        <AtHand />
        <InPim />
        <All />
    }
    .into_any()
}

/// The state of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Reading,
    Failed,
    Empty,
    Rows,
}

#[component]
fn InPim() -> impl IntoView {
    let finder = Finder::current();
    let title = text::group::IN_PIM;
    let groups = Memo::new(move |_| {
        finder.in_pim.with(|list| match list {
            Some(Ok(list)) => list.groups.clone(),
            _ => Vec::new(),
        })
    });
    let stand = Memo::new(move |_| {
        finder.in_pim.with(|list| match list {
            None => Stand::Reading,
            Some(Err(_)) => Stand::Failed,
            Some(Ok(list)) if list.groups.is_empty() && list.unreadable == 0 => Stand::Empty,
            Some(Ok(_)) => Stand::Rows,
        })
    });
    let unreadable = move || {
        let count = finder.in_pim.with(|list| list.as_ref()?.as_ref().ok().map(|list| list.unreadable))?;
        (count > 0).then(|| view! { <p class="help">{text::group::unreadable(count)}</p> })
    };
    let total = Signal::derive(move || Some(groups.with(Vec::len)));
    move || match stand.get() {
        Stand::Rows => view! {
            <GroupList place=Place::InPim title groups total />
            {unreadable}
        }
        .into_any(),
        Stand::Reading => view! { <Reading place=Place::InPim title /> }.into_any(),
        Stand::Empty => view! {
            <section class="group-list">
                <ListHead place=Place::InPim title />
                <p class="help">{text::group::NONE_IN_PIM}</p>
            </section>
        }
        .into_any(),
        Stand::Failed => {
            let error =
                finder.in_pim.with_untracked(|list| list.as_ref().and_then(|list| list.as_ref().err().cloned()));
            error
                .map(|error| {
                    let problem = text::group::no_list_of_pim(&error);
                    let again = Callback::new(move |()| finder.read_in_pim());
                    view! {
                        <section class="group-list">
                            <ListHead place=Place::InPim title />
                            <Trouble problem error on_retry=again />
                        </section>
                    }
                })
                .into_any()
        }
    }
}

#[component]
fn All() -> impl IntoView {
    let finder = Finder::current();
    let title = text::group::ALL;
    let answer = finder.all.answer;
    let groups = Memo::new(move |_| {
        answer.with(|answer| match answer {
            Some(answer) => answer.page.as_ref().map(|page| page.groups.clone()).unwrap_or_default(),
            None => Vec::new(),
        })
    });
    let stand = Memo::new(move |_| {
        answer.with(|answer| match answer.as_ref().map(|answer| &answer.page) {
            None => Stand::Reading,
            Some(Err(_)) => Stand::Failed,
            Some(Ok(page)) if page.groups.is_empty() && page.next.is_none() => Stand::Empty,
            Some(Ok(_)) => Stand::Rows,
        })
    });
    let total = Signal::derive(move || {
        let read = groups.with(Vec::len);
        let told = answer.with(|answer| answer.as_ref().and_then(|answer| answer.page.as_ref().ok()?.total));
        match told.and_then(|told| usize::try_from(told).ok()) {
            Some(told) if finder.all.has_more() => Some(told.max(read)),
            None if finder.all.has_more() => None,
            _ => Some(read),
        }
    });
    let more = More {
        there: Signal::derive(move || finder.all.has_more()),
        reading: finder.all.reading.into(),
        read: Callback::new(move |()| finder.all.more()),
    };
    let stopped = move || {
        let error = answer.with(|answer| answer.as_ref().and_then(|answer| answer.stopped.clone()))?;
        let again = Callback::new(move |()| finder.all.more());
        Some(view! { <Trouble problem=problem(&error, Doing::FindingGroups) error on_retry=again /> })
    };
    move || match stand.get() {
        Stand::Rows => view! {
            <GroupList place=Place::Directory title groups total more />
            {stopped}
        }
        .into_any(),
        Stand::Reading => view! { <Reading place=Place::Directory title /> }.into_any(),
        Stand::Empty => view! { <EmptyState text=text::group::NONE glyph=Glyph::Groups /> }.into_any(),
        Stand::Failed => {
            let error = answer.with(|answer| answer.as_ref().and_then(|answer| answer.page.as_ref().err().cloned()));
            let again = Callback::new(move |()| finder.read_all());
            error
                .map(|error| {
                    view! {
                        <section class="group-list">
                            <ListHead place=Place::Directory title />
                            <Trouble problem=problem(&error, Doing::FindingGroups) error on_retry=again />
                        </section>
                    }
                })
                .into_any()
        }
    }
}

/// Placeholder for a list that is being read.
#[component]
fn Reading(
    /// Which list.
    place: Place,
    /// The heading.
    title: &'static str,
) -> impl IntoView {
    view! {
        <section class="group-list">
            <ListHead place title />
            <Skeleton shape=SkeletonShape::Table rows=5 />
        </section>
    }
    .into_any()
}
