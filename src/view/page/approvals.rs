//! Placeholder.

use leptos::prelude::*;

/// Placeholder.
#[component]
pub fn ApprovalsPage() -> impl IntoView {
    view! { <h1 id="page-title" tabindex="-1">"ApprovalsPage"</h1> }
}
