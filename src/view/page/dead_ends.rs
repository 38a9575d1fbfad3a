//! What would not work, across all policies: `#/dead-ends`.

mod files;
mod filters;
mod list;
mod state_of;

use leptos::prelude::*;

use self::files::Files;
use self::filters::Filters;
use self::list::List;
use self::state_of::{Reading, Unchecked};
use crate::auth::extras::Extra;
use crate::dead_end::listing::{Query, listing};
use crate::route::Route;
use crate::state::dead_ends::DeadEndsState;
use crate::state::extras::ExtrasState;
use crate::state::frame::heading::name_page;
use crate::state::frame::nav::Nav;
use crate::text;
use crate::view::copy_link::CopyLink;
use crate::view::many_tabs::ManyTabs;
use crate::view::part::{Button, EmptyState, Glyph, PageHeader, Skeleton, SkeletonShape};
use crate::view::printing::PrintedAbout;

/// The page.
#[component]
pub fn DeadEndsPage() -> impl IntoView {
    let (state, nav, wanted) = (DeadEndsState::current(), Nav::current(), ExtrasState::current());
    let title = name_page(text::dead_ends::TITLE);
    let query = nav.asked(|route| if let Route::DeadEnds(query) = route { Some(query) } else { None });
    let shown = Memo::new(move |_| {
        state.report.with(|report| {
            let ends = report.as_ref().map_or(&[][..], |report| &report.ends);
            query.with(|query| listing(ends, query))
        })
    });
    let count = Memo::new(move |_| state.report.with(|report| report.as_ref().map_or(0, |report| report.ends.len())));
    let any = Memo::new(move |_| count.get() > 0);
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    let policies_run = Memo::new(move |_| state.policies().is_some());
    // Roles and checks may be allowed while the page is open.
    Effect::new(move |_| {
        state.with_roles();
        state.enter();
    });
    Effect::new(move |_| {
        wanted.has(Extra::Checks);
        if !policies_run.get() {
            state.check();
        }
    });
    let whole = RwSignal::new(false);
    let busy = Signal::derive(move || policies_run.get() || state.reading.get());
    let actions = move || {
        view! {
            <Show when=move || any.get()>
                <Files shown query whole />
            </Show>
            <Button glyph=Glyph::Refresh busy on_press=move |()| state.again()>{text::dead_ends::READ_AGAIN}</Button>
            <CopyLink />
        }
    };
    let clear = move |()| nav.refine(Route::DeadEnds(query.with_untracked(Query::unfiltered)));
    let is_judged = Memo::new(move |_| state.report.with(Option::is_some));
    view! {
        <PageHeader title actions>{text::dead_ends::INTRO}</PageHeader>
        <ManyTabs />
        <PrintedAbout only=Signal::derive(move || query.with(text::dead_ends::only)) />
        <Reading />
        <Unchecked />
        {move || match (is_judged.get(), any.get(), none.get()) {
            (false, ..) => view! { <Skeleton shape=SkeletonShape::Table rows=6 /> }.into_any(),
            // "Nothing found" is said only when nothing is left to check.
            (true, false, _) => nothing(state, busy),
            (true, true, none) => view! {
                <Filters query />
                {if none {
                    view! {
                        <EmptyState text=text::dead_ends::NO_MATCH glyph=Glyph::Search>
                            <Button on_press=clear>{text::dead_ends::CLEAR}</Button>
                        </EmptyState>
                    }
                    .into_any()
                } else {
                    view! { <List shown query whole /> }.into_any()
                }}
            }
            .into_any(),
        }}
    }
    .into_any()
}

fn nothing(state: DeadEndsState, busy: Signal<bool>) -> AnyView {
    let words = Signal::derive(move || {
        let said = |report: &crate::dead_end::Report| text::dead_ends::nothing(report.judged, &report.unchecked);
        state.report.with(|report| report.as_ref().map(said)).unwrap_or_default()
    });
    view! {
        <Show when=move || !busy.get()>
            <EmptyState text=words glyph=Glyph::Check />
        </Show>
    }
    .into_any()
}
