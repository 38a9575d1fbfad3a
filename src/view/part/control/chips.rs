//! Selected entries that can be removed again, by mouse and by keyboard.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};

use crate::view::part::{Field, Glyph, Icon, Tone, UserText, words};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// Reported on removal; unique in the list.
    pub key: String,
    /// The name shown.
    pub label: String,
    /// A few words after the name: "group", "not an address"; may be empty.
    pub note: String,
    /// `Danger` for an invalid entry.
    pub tone: Tone,
}

/// A list of chips. Delete or Backspace on a chip's button removes it, like a press; the focus moves to the next chip,
/// else to the previous one, else to the control of the row.
#[component]
pub fn Chips(
    /// The entries.
    #[prop(into)]
    items: Signal<Vec<Chip>>,
    /// The person removes the entry with this key; without it the list is read-only.
    #[prop(optional, into)]
    on_remove: Option<Callback<String>>,
) -> impl IntoView {
    let field = Field::current();
    let render = move |chip: Chip| {
        let key = chip.key.clone();
        let remove = on_remove.map(|on_remove| {
            let take_out = move |button: Option<web_sys::Element>| {
                if let Some(button) = button {
                    focus_neighbour(&button, &field.control_id());
                }
                on_remove.run(key.clone());
            };
            let by_key = take_out.clone();
            let on_key = move |event: ev::KeyboardEvent| {
                if matches!(event.key().as_str(), "Delete" | "Backspace") {
                    event.prevent_default();
                    by_key(button_of(&event));
                }
            };
            let label = words::remove(&chip.label);
            view! {
                <button
                    type="button"
                    class="chip-remove"
                    title=label.clone()
                    aria-label=label
                    on:keydown=on_key
                    on:click=move |event| take_out(button_of(&event))
                >
                    <Icon glyph=Glyph::Close />
                </button>
            }
        });
        view! {
            <li class=["chip ", chip.tone.class()].concat()>
                <UserText text=chip.label />
                {(!chip.note.is_empty()).then(|| view! { <span class="chip-note">{chip.note}</span> })}
                {remove}
            </li>
        }
    };
    let identity = |chip: &Chip| [&chip.key, "\n", &chip.label, "\n", &chip.note, chip.tone.class()].concat();
    view! {
        <ul class="chips">
            <For each=move || items.get() key=identity children=render />
        </ul>
    }
    .into_any()
}

fn button_of(event: &web_sys::Event) -> Option<web_sys::Element> {
    event.current_target()?.dyn_into().ok()
}

/// Focuses the button of the chip after, or before, the one that is about to be removed; else the element with the ID
/// `fallback`.
fn focus_neighbour(button: &web_sys::Element, fallback: &str) {
    let chip = button.parent_element();
    let neighbour = chip.as_ref().and_then(|chip| chip.next_element_sibling().or(chip.previous_element_sibling()));
    let target =
        neighbour.and_then(|chip| chip.last_element_child()).or_else(|| document().get_element_by_id(fallback));
    if let Some(target) = target.and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Fails only for an element that has left the document.
        let _ = target.focus();
    }
}
