//! Placeholder.

use leptos::prelude::*;

/// Placeholder.
#[component]
pub fn GroupsPage() -> impl IntoView {
    view! { <h1 id="page-title" tabindex="-1">"GroupsPage"</h1> }
}
