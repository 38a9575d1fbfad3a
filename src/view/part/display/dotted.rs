//! Long names with dots, such as permissions: at the end of a line they break after a dot, not inside a word.

use leptos::prelude::*;

/// The text, with a possible line break after each dot. When copied, it is the same text.
#[component]
pub fn Dotted(
    /// The text.
    text: String,
) -> impl IntoView {
    let parts: Vec<AnyView> =
        text.split_inclusive('.').map(|part| view! { {part.to_owned()} <wbr /> }.into_any()).collect();
    parts.into_any()
}
