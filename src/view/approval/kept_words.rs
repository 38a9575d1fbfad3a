//! Words that were typed for a request and are in no form any more.

use leptos::prelude::*;

use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::part::{Button, ButtonKind, Glyph, UserText};

/// The words, to copy.
#[component]
pub fn KeptWords(
    /// What they are.
    title: &'static str,
    /// The words.
    text: String,
    /// Discards them, where they are kept.
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
