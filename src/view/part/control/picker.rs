//! Finding people and groups by typing: the combobox of the ARIA Authoring Practices.
//!
//! The focus stays in the input; `aria-activedescendant` points into the list. Esc closes the list, then clears.

use leptos::{ev, prelude::*};

use crate::view::part::{Badge, Field, Tone, UserText, words};

/// One thing that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickerItem {
    /// Reported on a pick; unique in the results.
    pub key: String,
    /// First line.
    pub title: String,
    /// Second line: the user principal name, a description.
    pub subtitle: String,
    /// Words beside the title: "guest", "group".
    pub badges: Vec<(Tone, String)>,
}

/// The state of the search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PickerResults {
    /// Too little typed to search.
    #[default]
    Idle,
    /// Search in progress.
    Searching,
    /// The results, best first; and whether there are more.
    Found(Vec<PickerItem>, bool),
    /// What went wrong, as text for the person.
    Failed(String),
}

/// A search input with a list. The caller searches (and waits for a pause in typing) and owns the picked entries.
#[component]
pub fn Picker(
    /// Accessible name: "Add approver".
    #[prop(into)]
    label: String,
    /// An example of what to type.
    #[prop(optional, into)]
    placeholder: String,
    /// The state of the search.
    #[prop(into)]
    results: Signal<PickerResults>,
    /// The text changed; empty after a pick or a clear.
    #[prop(into)]
    on_query: Callback<String>,
    /// The person picked an item; the input is cleared.
    #[prop(into)]
    on_pick: Callback<PickerItem>,
    /// Several entries were pasted, separated by `;`, a newline, or `,` between addresses; the raw text.
    #[prop(into)]
    on_paste: Callback<String>,
) -> impl IntoView {
    let field = Field::current();
    let query = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    // The key, not the index: results that arrive late must not move the choice to another person.
    let active = RwSignal::new(None::<String>);
    let list_id = [&field.control_id(), "list"].concat();

    let items = Memo::new(move |_| match results.get() {
        PickerResults::Found(items, _) => items,
        _ => Vec::new(),
    });
    let shown = Memo::new(move |_| open.get() && results.with(|results| *results != PickerResults::Idle));
    let place = Memo::new(move |_| {
        let active = active.get()?;
        items.with(|items| items.iter().position(|item| item.key == active))
    });

    let ask = move |text: String| {
        query.set(text.clone());
        active.set(None);
        open.set(true);
        on_query.run(text);
    };
    let pick = move |item: PickerItem| {
        query.set(String::new());
        active.set(None);
        open.set(false);
        on_query.run(String::new());
        on_pick.run(item);
    };
    let step = move |down: bool| {
        let count = items.with_untracked(Vec::len);
        open.set(true);
        if count == 0 {
            return;
        }
        let next = match (place.get_untracked(), down) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        active.set(items.with_untracked(|items| items.get(next).map(|item| item.key.clone())));
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => step(true),
            "ArrowUp" => step(false),
            "Enter" => {
                let at = place.get_untracked().filter(|_| shown.get_untracked());
                if let Some(item) = at.and_then(|at| items.with_untracked(|items| items.get(at).cloned())) {
                    pick(item);
                }
            }
            "Escape" if shown.get_untracked() => open.set(false),
            "Escape" if !query.with_untracked(String::is_empty) => {
                ask(String::new());
                open.set(false);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let on_paste = move |event: ev::ClipboardEvent| {
        let Some(text) = event.clipboard_data().and_then(|data| data.get_data("text").ok()) else { return };
        let several = text.trim().contains([';', '\n']) || (text.contains(',') && text.contains('@'));
        if several {
            event.prevent_default();
            on_paste.run(text);
        }
    };
    Effect::new(move |_| {
        if let Some(at) = place.get()
            && let Some(option) = document().get_element_by_id(&option_id(field, at))
        {
            option.scroll_into_view_with_bool(false);
        }
    });
    let news = move || {
        shown.get().then(|| match results.get() {
            PickerResults::Idle => String::new(),
            PickerResults::Searching => words::SEARCHING.to_owned(),
            PickerResults::Found(items, true) => words::first_results(items.len()),
            PickerResults::Found(items, false) if items.is_empty() => words::NO_MATCH.to_owned(),
            PickerResults::Found(items, false) => words::results(items.len()),
            PickerResults::Failed(text) => text,
        })
    };
    let options = move || {
        let render = |(at, item): (usize, PickerItem)| {
            let picked = item.clone();
            view! {
                <li
                    id=option_id(field, at)
                    class="option"
                    role="option"
                    aria-selected=move || if place.get() == Some(at) { "true" } else { "false" }
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| pick(picked.clone())
                >
                    <span class="option-title">
                        <UserText text=item.title />
                        {item.badges.into_iter().map(|(tone, text)| view! { <Badge tone text /> }).collect_view()}
                    </span>
                    <span class="option-sub">
                        <UserText text=item.subtitle />
                    </span>
                </li>
            }
        };
        items.get().into_iter().enumerate().map(render).collect_view()
    };
    view! {
        <div class="picker">
            <input
                type="text"
                id=field.control_id()
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                aria-label=label.clone()
                aria-autocomplete="list"
                aria-controls=list_id.clone()
                aria-expanded=move || if shown.get() { "true" } else { "false" }
                aria-activedescendant=move || {
                    shown.get().then(|| place.get()).flatten().map(|at| option_id(field, at))
                }
                aria-invalid=move || field.invalid()
                prop:value=query
                on:input=move |event| ask(event_target_value(&event))
                on:keydown=on_key
                on:paste=on_paste
                on:blur=move |_| open.set(false)
            />
            <div class="popup" class:open=move || shown.get()>
                <ul id=list_id role="listbox" aria-label=label>
                    {options}
                </ul>
                <p class="popup-note" role="status">
                    {news}
                </p>
            </div>
        </div>
    }
    .into_any()
}

fn option_id(field: Field, at: usize) -> String {
    [field.control_id(), at.to_string()].join("o")
}
