//! Long names with dots, as permissions have: where the room ends they break after a dot, not inside a word.

use leptos::prelude::*;

/// The text, with a place to break after each dot. Copied, it is the same text.
#[component]
pub fn Dotted(
    /// The text.
    text: String,
) -> impl IntoView {
    let parts: Vec<AnyView> =
        text.split_inclusive('.').map(|part| view! { {part.to_owned()} <wbr /> }.into_any()).collect();
    parts.into_any()
}
