//! Placeholder.

use leptos::prelude::*;

/// Placeholder.
#[component]
pub fn ApprovalPage(
    /// The request.
    request: String,
) -> impl IntoView {
    view! { <h1 id="page-title" tabindex="-1">{request}</h1> }
}
