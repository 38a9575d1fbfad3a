//! Tabs and switches as links: each choice has an address, opens in a new tab and can be bookmarked.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use leptos::{html, prelude::*};

/// One choice.
#[derive(Debug, Clone, Copy)]
pub struct TabLink {
    /// The word.
    pub label: Signal<String>,
    /// The address.
    pub href: Signal<String>,
    /// Whether it is the current choice of the page.
    pub current: Signal<bool>,
    /// A short mark after the word, for example "2 changed"; empty for none.
    pub note: Signal<String>,
}

impl TabLink {
    /// A choice without a mark.
    pub fn new(label: &str, href: Signal<String>, current: Signal<bool>) -> Self {
        Self { label: Signal::stored(label.to_owned()), href, current, note: Signal::default() }
    }
}

/// How a row of choices looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TabsLook {
    /// Underlined words: parts of one thing.
    #[default]
    Tabs,
    /// Joined boxes: one of two things.
    Switch,
}

/// A row of links, one of which is the current page. The link elements are kept, so the focus stays too.
#[component]
pub fn LinkTabs(
    /// Name of the navigation landmark.
    #[prop(into)]
    label: String,
    /// The choices.
    tabs: Vec<TabLink>,
    /// How the row looks.
    #[prop(optional)]
    look: TabsLook,
) -> impl IntoView {
    let class = match look {
        TabsLook::Tabs => "tabs",
        TabsLook::Switch => "switch",
    };
    let row = NodeRef::<html::Nav>::new();
    // On a narrow screen the row scrolls sideways: the current choice must not be out of view.
    Effect::new(move |_| {
        let Some(row) = row.get() else { return };
        let current = row.query_selector("[aria-current]").ok().flatten();
        if let Some(current) = current.and_then(|current| current.dyn_into::<HtmlElement>().ok()) {
            row.set_scroll_left(current.offset_left() - (row.client_width() - current.offset_width()) / 2);
        }
    });
    let links = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a href=tab.href aria-current=move || tab.current.get().then_some("page")>
                        {tab.label}
                        <span class="tab-note">{tab.note}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class=class aria-label=label node_ref=row>
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}
