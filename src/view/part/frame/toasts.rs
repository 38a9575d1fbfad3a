//! Short notices in the page's corner: a success, or what the browser did not do. Errors in the work are shown where it
//! is done.

use leptos::prelude::*;

use crate::view::part::{Button, Glyph, Icon, IconButton, Tone, words};

/// One notice.
#[derive(Debug, Clone)]
pub struct Toast {
    /// Unique among those shown.
    pub key: u32,
    /// Color and icon.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
    /// A button's text, and what it does.
    pub action: Option<(&'static str, Callback<()>)>,
}

/// The region of notices; it exists from the start, so that they are read out. The caller removes them, but not while
/// `on_hold` has reported `true` (pointer over them, or focus inside).
#[component]
pub fn Toasts(
    /// The notices, oldest first.
    #[prop(into)]
    items: Signal<Vec<Toast>>,
    /// The person dismisses the one with this key.
    #[prop(into)]
    on_close: Callback<u32>,
    /// Pointer or focus came (`true`) or left.
    #[prop(into)]
    on_hold: Callback<bool>,
) -> impl IntoView {
    let render = move |toast: Toast| {
        let key = toast.key;
        view! {
            <div class=["toast ", toast.tone.class()].concat()>
                <Icon glyph=match toast.tone {
                    Tone::Ok => Glyph::Check,
                    Tone::Info => Glyph::Info,
                    _ => Glyph::Alert,
                } />
                <p>{toast.text}</p>
                {toast.action.map(|(words, act)| view! { <Button on_press=act>{words}</Button> })}
                <IconButton glyph=Glyph::Close label=words::DISMISS on_press=move || on_close.run(key) />
            </div>
        }
    };
    view! {
        <section
            class="toasts"
            aria-label=words::NOTICES
            on:mouseenter=move |_| on_hold.run(true)
            on:mouseleave=move |_| on_hold.run(false)
            on:focusin=move |_| on_hold.run(true)
            on:focusout=move |_| on_hold.run(false)
        >
            <div aria-live="polite">
                <For each=move || items.get() key=|toast| toast.key children=render />
            </div>
        </section>
    }
    .into_any()
}
