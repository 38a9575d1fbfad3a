//! Placeholder.

use leptos::prelude::*;

/// Placeholder.
#[component]
pub fn HelpPage() -> impl IntoView {
    view! { <h1 id="page-title" tabindex="-1">"HelpPage"</h1> }
}
