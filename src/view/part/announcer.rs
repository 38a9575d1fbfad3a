//! Two live regions that exist from the start, so that screen readers hear later changes.

use leptos::prelude::*;

/// Speaks `polite` when the reader is idle and `urgent` at once. Place it once, at the root.
#[component]
pub fn Announcer(
    /// News that may wait: a view change, a finished save.
    #[prop(into)]
    polite: Signal<String>,
    /// Errors.
    #[prop(optional, into)]
    urgent: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="unseen" role="status" aria-live="polite">{polite}</div>
        <div class="unseen" role="alert" aria-live="assertive">{urgent}</div>
    }
    .into_any()
}
