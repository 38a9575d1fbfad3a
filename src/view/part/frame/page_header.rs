//! The head of a page: where it is, what it is, what can be done with it.

use leptos::{html, prelude::*};

use crate::view::part::{UserText, words};

/// A step on the way to the page.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// The word; may be someone's text.
    pub label: Signal<String>,
    /// Its address.
    pub href: Signal<String>,
}

impl Crumb {
    /// A step whose word and address stay.
    pub fn new(label: &str, href: String) -> Self {
        Self { label: Signal::stored(label.to_owned()), href: Signal::stored(href) }
    }
}

/// Breadcrumb, title, badges and actions. The title takes the focus after a navigation: hand in `heading`, or focus
/// `main h1`.
#[component]
pub fn PageHeader(
    /// The title; may be someone's text.
    #[prop(into)]
    title: Signal<String>,
    /// The way here, the page itself left out.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// The title's element.
    #[prop(optional)]
    heading: NodeRef<html::H1>,
    /// Badges after the title.
    #[prop(optional, into)]
    badges: ViewFnOnce,
    /// Buttons at the right.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// A line below the title: a description, who changed it last.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let way = (!crumbs.is_empty()).then(|| {
        let links = crumbs
            .into_iter()
            .map(|crumb| view! { <li><a href=crumb.href><UserText text=crumb.label /></a></li> })
            .collect_view();
        view! {
            <nav class="crumbs" aria-label=words::BREADCRUMB>
                <ol>{links}</ol>
            </nav>
        }
    });
    view! {
        <div class="page-head">
            {way} <div class="page-title">
                <h1 id="page-title" tabindex="-1" node_ref=heading>
                    <UserText text=title />
                </h1>
                <span class="badges">{badges.run()}</span>
                <div class="actions">{actions.run()}</div>
            </div> {children.map(|children| view! { <div class="page-sub">{children()}</div> })}
        </div>
    }
    .into_any()
}
