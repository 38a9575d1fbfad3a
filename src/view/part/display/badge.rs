//! A short word with a tone.

use leptos::prelude::*;

/// The mood of an element. Never the only carrier of meaning: a word or icon goes with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// A plain fact.
    #[default]
    Neutral,
    /// A note, or a group that is in PIM.
    Info,
    /// Verified, approved.
    Ok,
    /// Needs attention, not visible yet.
    Warn,
    /// Denied, failed, weakens security.
    Danger,
}

impl Tone {
    /// The class that colors an element.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Info => "tone-info",
            Self::Ok => "tone-ok",
            Self::Warn => "tone-warn",
            Self::Danger => "tone-danger",
        }
    }
}

/// A word in a pill, for example "role-assignable".
#[component]
pub fn Badge(
    /// The word.
    #[prop(into)]
    text: Signal<String>,
    /// Its color.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! { <span class=["badge ", tone.class()].concat()>{text}</span> }.into_any()
}
