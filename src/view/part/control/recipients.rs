//! A list of addresses: typed, pasted, shown as chips.

use leptos::{ev, prelude::*};

use crate::view::part::{Chip, Chips, Field, words};

/// Chips and an input. Enter, `;`, `,`, a paste or leaving the input passes on the raw text: the caller splits and
/// checks it, keeps invalid entries as chips in tone `Danger` with a note, and drops duplicates.
#[component]
pub fn Recipients(
    /// Accessible name of the input: "Additional recipients, role activation alert".
    #[prop(into)]
    label: String,
    /// The addresses.
    #[prop(into)]
    items: Signal<Vec<Chip>>,
    /// Raw text to add.
    #[prop(into)]
    on_add: Callback<String>,
    /// The person removes the address with this key.
    #[prop(into)]
    on_remove: Callback<String>,
    /// An example of what to type.
    #[prop(optional, into)]
    placeholder: String,
) -> impl IntoView {
    let field = Field::current();
    let text = RwSignal::new(String::new());
    let add = move |raw: String| {
        text.set(String::new());
        if !raw.trim().is_empty() {
            on_add.run(raw);
        }
    };
    let on_input = move |event: ev::Event| {
        let typed = event_target_value(&event);
        if typed.ends_with([';', ',']) { add(typed) } else { text.set(typed) }
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            add(text.get_untracked());
        }
        "Escape" if !text.with_untracked(String::is_empty) => {
            event.prevent_default();
            text.set(String::new());
        }
        _ => {}
    };
    // The input also loses the focus when its page goes: its text is gone then too.
    let on_blur = move |_| add(text.try_get_untracked().unwrap_or_default());
    let on_paste = move |event: ev::ClipboardEvent| {
        let Some(pasted) = event.clipboard_data().and_then(|data| data.get_data("text").ok()) else { return };
        if pasted.trim().contains([';', ',', '\n']) {
            event.prevent_default();
            add([text.get_untracked(), pasted].join("\n"));
        }
    };
    view! {
        <div class="recipients">
            <Chips items on_remove />
            <span class="recipients-input">
                <input
                    type="text"
                    inputmode="email"
                    id=field.control_id()
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=label
                    aria-invalid=move || field.invalid()
                    aria-describedby=field.described_by()
                    placeholder=placeholder
                    prop:value=text
                    on:input=on_input
                    on:keydown=on_key
                    on:paste=on_paste
                    on:blur=on_blur
                />
                <Show when=move || text.with(|text| !text.trim().is_empty())>
                    <button type="button" class="button" on:click=move |_| add(text.get_untracked())>
                        {words::ADD}
                    </button>
                </Show>
            </span>
        </div>
    }
    .into_any()
}
