//! What the pages about many policies share.

use leptos::prelude::*;

use crate::route::Route;
use crate::state::frame::nav::Nav;
use crate::state::matrix::browsing::Browsing;
use crate::text;
use crate::view::part::{LinkTabs, TabLink, TabsLook};

/// Links to the pages about many policies, side by side.
#[component]
pub fn ManyTabs() -> impl IntoView {
    let (nav, browsing) = (Nav::current(), Browsing::current());
    let route = nav.route;
    let link = move |label: &str, to: Route, here: fn(&Route) -> bool| {
        TabLink::new(label, Signal::stored(to.to_string()), Signal::derive(move || route.with(here)))
    };
    let matrix = link(text::matrix::TITLE, Route::MATRIX, |route| matches!(route, Route::Matrix(_)));
    let tabs = vec![
        TabLink { href: Signal::derive(move || browsing.href(nav)), ..matrix },
        link(text::dead_ends::TITLE, Route::DEAD_ENDS, |route| matches!(route, Route::DeadEnds(_))),
        link(text::report::TITLE, Route::REPORT, |route| matches!(route, Route::Report(_))),
        link(text::templates::TITLE, Route::Templates, |route| {
            matches!(route, Route::Templates | Route::Template { .. })
        }),
        link(text::snapshots::TITLE, Route::SNAPSHOTS, |route| matches!(route, Route::Snapshots(_))),
    ];
    view! { <LinkTabs label=text::page::MANY tabs look=TabsLook::Tabs /> }.into_any()
}
