//! The bar at the page's foot while something is unsaved.

use leptos::prelude::*;

/// What is unsaved, and the buttons to review or discard it.
#[component]
pub fn ActionBar(
    /// Name of the region: "Unsaved changes".
    #[prop(into)]
    label: String,
    /// "3 changes, 1 weakens security".
    #[prop(into)]
    text: Signal<String>,
    /// The text is short and changes with every key: it stands in one line where there is room.
    #[prop(optional)]
    counts: bool,
    /// Buttons, the primary one last.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="action-bar" aria-label=label>
            <div class=if counts { "action-text short" } else { "action-text" }><p>{text}</p></div>
            <div class="actions">{children()}</div>
        </section>
    }
    .into_any()
}
