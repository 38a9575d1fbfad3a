//! Finding a group: `#/groups`, with `?q=…` during a search.

mod browse;
mod list;
mod row;
mod search;
mod shelf;

use leptos::prelude::*;

use self::browse::Browse;
use self::search::SearchResults;
use crate::route::Route;
use crate::state::directory::finder::Finder;
use crate::state::frame::heading::name_page;
use crate::state::frame::nav::Nav;
use crate::text;
use crate::view::copy_link::CopyLink;
use crate::view::part::{PageHeader, TextField, TextKind};
use crate::view::printing::PrintedAbout;

/// The page of groups.
#[component]
pub fn GroupsPage() -> impl IntoView {
    let (nav, finder) = (Nav::current(), Finder::current());
    let heading = name_page(text::page::GROUPS);
    finder.enter();

    let typed = nav.asked(|route| if let Route::Groups { query } = route { Some(query) } else { None });
    let query = Memo::new(move |_| typed.with(|typed| typed.trim().to_owned()));
    let hits = Memo::new(move |_| query.with(|query| finder.hits(query)));
    // Enter opens the only match; pressed too early, it does so when the answer arrives.
    let opens = RwSignal::new(false);
    Effect::new(move |_| query.with(|query| finder.search(query)));
    Effect::new(move |_| {
        if opens.get() && query.with(|query| !query.is_empty() && finder.is_answered(query)) {
            opens.set(false);
            if let Some(group) = hits.with_untracked(|hits| hits.only().map(|group| group.id.clone())) {
                nav.go(&Route::group(group));
            }
        }
    });
    let on_input = move |query: String| {
        opens.set(false);
        nav.refine(Route::Groups { query });
    };
    let searches = Memo::new(move |_| query.with(|query| !query.is_empty()));
    let actions = move || {
        view! {
            <Show when=move || searches.get()>
                <CopyLink />
            </Show>
        }
    };
    view! {
        <PageHeader title=heading actions />
        <PrintedAbout only=Signal::derive(move || query.with(|query| text::paper::sought(query))) />
        <div class="group-search" role="search">
            <TextField
                label=text::group::SEARCH
                kind=TextKind::Search
                value=typed
                on_input
                on_enter=Callback::new(move |()| opens.set(true))
                placeholder=text::group::SEARCH_HINT
            />
        </div>
        <div class="group-lists">
            {move || {
                if searches.get() {
                    view! { <SearchResults query hits /> }.into_any()
                } else {
                    view! { <Browse /> }.into_any()
                }
            }}
        </div>
    }
}
