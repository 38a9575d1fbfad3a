//! A message above the content it is about.

use leptos::prelude::*;

use crate::view::part::{Glyph, Icon, IconButton, Tone, words};

/// A banner: the situation, and what can be done about it. It stays until its cause is gone or it is dismissed.
#[component]
pub fn Notice(
    /// Color and icon.
    #[prop(optional)]
    tone: Tone,
    /// The sentence with the message.
    #[prop(into)]
    title: Signal<String>,
    /// Interrupts the screen reader: for errors that stop the work at hand.
    #[prop(optional)]
    urgent: bool,
    /// Buttons or links.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// If given, a dismiss button calls it.
    #[prop(optional, into)]
    on_dismiss: Option<Callback<()>>,
    /// More text.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let glyph = match tone {
        Tone::Ok => Glyph::Check,
        Tone::Warn | Tone::Danger => Glyph::Alert,
        Tone::Neutral | Tone::Info => Glyph::Info,
    };
    view! {
        <div class=["notice ", tone.class()].concat() role=if urgent { "alert" } else { "status" }>
            <Icon glyph />
            <div class="notice-text">
                <p class="notice-title">{title}</p>
                {children.map(|children| children())}
            </div>
            <div class="actions">{actions.run()}</div>
            {on_dismiss
                .map(|on_dismiss| view! { <IconButton glyph=Glyph::Close label=words::DISMISS on_press=on_dismiss /> })}
        </div>
    }
    .into_any()
}
