//! Text that other people wrote, isolated so that it cannot disturb ours.

use leptos::prelude::*;

/// A name or a reason that someone typed, isolated from the writing direction of the text around it.
#[component]
pub fn UserText(
    /// The text, shown as it is.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <bdi dir="auto" class="user-text">{text}</bdi> }.into_any()
}

/// An ID in a fixed-width font, never translated.
#[component]
pub fn IdText(
    /// The ID.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <code class="id" translate="no">{text}</code> }.into_any()
}
