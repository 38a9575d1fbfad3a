//! A button that copies and says so.

use leptos::prelude::*;

use super::{Button, ButtonKind, Glyph, Icon, words};

/// Runs `on_copy`; while `copied` holds it shows a tick, and the word is announced.
#[component]
pub fn CopyButton(
    /// What it copies, verb first.
    #[prop(into)]
    label: Signal<String>,
    /// Puts the text on the clipboard.
    #[prop(into)]
    on_copy: Callback<()>,
    /// The text got there; the caller ends this after a few seconds.
    #[prop(into)]
    copied: Signal<bool>,
) -> impl IntoView {
    let glyph = move || if copied.get() { Glyph::Check } else { Glyph::Copy };
    let words = move || if copied.get() { words::COPIED.to_owned() } else { label.get() };
    view! {
        <Button kind=ButtonKind::Quiet on_press=on_copy>
            <Icon glyph=Signal::derive(glyph) />
            {words}
        </Button>
        <span class="unseen" role="status">{move || copied.get().then_some(words::COPIED)}</span>
    }
    .into_any()
}
