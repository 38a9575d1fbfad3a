//! The button that copies the address of the view on screen.

use leptos::prelude::*;

use crate::browser::page;
use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::part::{Button, ButtonKind, Glyph};

/// The button. `quiet` has it stand back, with a drawing, beside buttons that do so too.
#[component]
pub fn CopyLink(
    /// Stands back.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let copy = |()| CopyText::current().copy(&page::link(), text::page::LINK_COPIED);
    let words = text::page::COPY_LINK;
    if quiet {
        view! { <Button kind=ButtonKind::Quiet glyph=Glyph::Copy on_press=copy>{words}</Button> }.into_any()
    } else {
        view! { <Button on_press=copy>{words}</Button> }.into_any()
    }
}
