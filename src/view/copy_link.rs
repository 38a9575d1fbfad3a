//! The button that copies the address of the view on screen.

use leptos::prelude::*;

use crate::browser::page;
use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::part::{Button, ButtonKind, Glyph};

/// The button. `quiet` makes it a button without a border, with an icon, like those beside it.
#[component]
pub fn CopyLink(
    /// Without a border, with an icon.
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
