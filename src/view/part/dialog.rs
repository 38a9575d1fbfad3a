//! The browser's own modal dialog, tied to a signal.

use leptos::{ev, html, prelude::*};

use super::{Glyph, IconButton, Toast, control::field::unique_id, words};

/// What has the focus when a dialog opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DialogFocus {
    /// Its title: if there is something to read, and whenever a wrong key would do harm.
    #[default]
    Title,
    /// The control marked with `first_focus` or `autofocus`.
    Marked,
}

/// The short notices of the page. If provided, the newest is shown in an open dialog too: what is behind a modal dialog
/// is not read out and may not be visible.
#[derive(Clone, Copy)]
pub struct DialogNews(pub RwSignal<Vec<Toast>>);

/// The latest notice that came while the dialog is open, until it goes.
fn news() -> impl IntoView {
    use_context::<DialogNews>().map(|DialogNews(all)| {
        let before = all.with_untracked(|all| all.last().map(|latest| latest.key));
        let mut seen = before;
        let newest = move || {
            all.with(|all| {
                let latest = all.last()?;
                let key = Some(latest.key);
                seen = seen.max(key);
                // A repeated text differs by a space that nobody hears, or it would not be read out again.
                let space = if latest.key.is_multiple_of(2) { "" } else { "\u{a0}" };
                (key > before && key == seen).then(|| [latest.text.as_str(), space].concat())
            })
        };
        view! { <p class="dialog-news" role="status">{newest}</p> }
    })
}

/// A modal dialog. It opens and closes with `open`, returns the focus, and calls `on_close` on Esc, on its close button
/// and on the system's back gesture: the caller decides whether it closes.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its name.
    #[prop(into)]
    title: Signal<String>,
    /// The person wants to leave it.
    #[prop(into)]
    on_close: Callback<()>,
    /// First focus.
    #[prop(optional)]
    focus: DialogFocus,
    /// For lists and comparisons: up to 880 px instead of 480.
    #[prop(optional)]
    wide: bool,
    /// Buttons at its foot: the safe one first, the primary one last.
    #[prop(optional, into)]
    footer: ViewFn,
    /// Content; rebuilt at each opening.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let title_id = unique_id("d");
    Effect::new(move |_| {
        let open = open.get();
        let Some(element) = element.get() else { return };
        if open && !element.open() {
            // Fails only for an element that has left the document.
            let _ = element.show_modal();
        } else if !open && element.open() {
            element.close();
        }
    });
    on_cleanup(move || {
        if let Some(element) = element.try_get_untracked().flatten() {
            element.close();
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            on_close.run(());
        }
    };
    let on_cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    // A browser may close it without asking (a second Esc): then the caller is asked here, and it may stay open.
    let on_closed = move |_| {
        // The event also comes after the page with this dialog has gone, and its signals with it.
        let is_open = move || open.try_get_untracked().unwrap_or(false);
        if !is_open() {
            return;
        }
        on_close.run(());
        if let Some(element) = element.try_get_untracked().flatten().filter(|_| is_open()) {
            let _ = element.show_modal();
        }
    };
    let labelled = title_id.clone();
    view! {
        <dialog
            node_ref=element
            class=if wide { "dialog wide" } else { "dialog" }
            aria-labelledby=labelled
            on:keydown=on_key
            on:cancel=on_cancel
            on:close=on_closed
        >
            <Show when=move || open.get()>
                <div class="dialog-head">
                    <h2 id=title_id.clone() tabindex="-1" autofocus=focus == DialogFocus::Title>
                        {title}
                    </h2>
                    <IconButton glyph=Glyph::Close label=words::CLOSE on_press=on_close />
                </div>
                <div class="dialog-body">{children()}</div>
                {news()}
                <div class="dialog-foot">{footer.run()}</div>
            </Show>
        </dialog>
    }
    .into_any()
}
