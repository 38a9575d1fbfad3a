//! What saves left weaker than before and than wanted, because only half of them was saved.

use leptos::prelude::*;

use crate::receipt::Receipt;
use crate::receipt::exposure::exposed;
use crate::text;
use crate::view::part::{Notice, Tone};

/// Said of one save; nothing where there is nothing to say.
pub fn exposure(receipt: &Receipt) -> AnyView {
    let settings = exposed(&[receipt]);
    if settings.is_empty() {
        return ().into_any();
    }
    let title = text::receipt::exposed(&text::setting::labels(&settings));
    view! { <Notice tone=Tone::Danger title>{text::receipt::EXPOSED_HELP}</Notice> }.into_any()
}
