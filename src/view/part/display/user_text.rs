//! Text that other people wrote, kept from disturbing ours.

use leptos::prelude::*;

/// A name or a reason typed by someone: isolated from the direction of the text around it.
#[component]
pub fn UserText(
    /// The text, shown as it is.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <bdi dir="auto" class="user-text">{text}</bdi> }.into_any()
}

/// An id: fixed-width, never translated.
#[component]
pub fn IdText(
    /// The id.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <code class="id" translate="no">{text}</code> }.into_any()
}
