//! Text that was typed for a request and is no longer in a form.

use leptos::prelude::*;

use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::part::{Button, ButtonKind, Glyph, UserText};

/// The text, to copy.
#[component]
pub fn KeptWords(
    /// Its heading.
    title: &'static str,
    /// The text.
    text: String,
    /// Discards the text, if it is stored.
    #[prop(optional)]
    on_discard: Option<Callback<()>>,
) -> impl IntoView {
    let copied = text.clone();
    view! {
        <section class="reason-given">
            <div class="reason-head">
                <h2>{title}</h2>
                <Button
                    kind=ButtonKind::Quiet
                    glyph=Glyph::Copy
                    on_press=move |()| CopyText::current().copy(&copied, text::approval::decision::WORDS_COPIED)
                >
                    {text::approval::decision::COPY_WORDS}
                </Button>
                {on_discard.map(|discard| view! {
                    <Button kind=ButtonKind::Quiet on_press=discard>{text::page::DISCARD}</Button>
                })}
            </div>
            <blockquote><UserText text /></blockquote>
        </section>
    }
    .into_any()
}
