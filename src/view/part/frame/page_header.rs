//! The header of a page: where it is, what it is, what can be done with it.

use leptos::{html, prelude::*};

use crate::view::part::{UserText, words};

/// A breadcrumb.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// The text; may be written by other people.
    pub label: Signal<String>,
    /// Its address.
    pub href: Signal<String>,
}

impl Crumb {
    /// A breadcrumb whose text and address do not change.
    pub fn new(label: &str, href: String) -> Self {
        Self { label: Signal::stored(label.to_owned()), href: Signal::stored(href) }
    }
}

/// Breadcrumb, title, badges and actions. The title takes the focus after navigation: pass `heading`, or focus `main
/// h1`.
#[component]
pub fn PageHeader(
    /// The title; may be written by other people.
    #[prop(into)]
    title: Signal<String>,
    /// The breadcrumbs, without the page itself.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// The title's element.
    #[prop(optional)]
    heading: NodeRef<html::H1>,
    /// Badges after the title.
    #[prop(optional, into)]
    badges: ViewFnOnce,
    /// Buttons on the right.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// A line below the title: a description, who last changed it.
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
