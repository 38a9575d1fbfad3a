//! The main navigation: a rail on the left, narrow below 1180 px, and a bar at the bottom below 700 px.

use leptos::prelude::*;

use crate::view::part::{Glyph, Icon, words};

/// A place to go.
#[derive(Debug, Clone, Copy)]
pub struct NavItem {
    /// Icon.
    pub glyph: Glyph,
    /// The word; at most four items, one word each, to fit a phone.
    pub label: &'static str,
    /// The address.
    pub href: Signal<String>,
    /// The page is inside this place.
    pub current: Signal<bool>,
    /// How many things wait there; shown and read out.
    pub count: Signal<Option<u32>>,
}

/// The links. `current` marks the place with `aria-current="page"`.
#[component]
pub fn Rail(
    /// The places, most used first.
    items: Vec<NavItem>,
) -> impl IntoView {
    let links = items
        .into_iter()
        .map(|item| {
            view! {
                <li>
                    <a href=item.href aria-current=move || item.current.get().then_some("page")>
                        <Icon glyph=item.glyph />
                        <span class="nav-word">{item.label}</span>
                        {move || item.count.get().map(|count| view! { <span class="count">{count}</span> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="nav" aria-label=words::MAIN_NAVIGATION>
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}
