//! Nothing here: one sentence, one action.

use leptos::prelude::*;

use crate::view::part::{Glyph, Icon};

/// Shown in place of rows if there are none.
#[component]
pub fn EmptyState(
    /// The sentence.
    #[prop(into)]
    text: Signal<String>,
    /// An icon above it.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    /// The one action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {glyph.map(|glyph| view! { <Icon glyph /> })} <p>{text}</p> {children.map(|children| children())}
        </div>
    }
    .into_any()
}
