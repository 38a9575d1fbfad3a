//! A live region that exists from the start, so that screen readers hear later changes.

use leptos::prelude::*;

/// Announces `news` when the screen reader is idle. Place it once, at the root.
#[component]
pub fn Announcer(
    /// For example a view change or a finished save.
    #[prop(into)]
    news: Signal<String>,
) -> impl IntoView {
    view! { <div class="unseen" role="status" aria-live="polite">{news}</div> }.into_any()
}
