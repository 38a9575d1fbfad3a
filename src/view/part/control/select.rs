//! One of several choices, in a drop-down list.

use leptos::{ev, prelude::*};

use crate::view::part::Field;

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value that is reported.
    pub value: String,
    /// The text.
    pub label: String,
}

impl Choice {
    /// A choice with this value and text.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }

    /// Choices from pairs of value and text.
    pub fn all_of(words: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<Self> {
        words.into_iter().map(|(value, label)| Self::new(value, label)).collect()
    }

    /// The same, after a choice for any of them, which reports an empty value.
    pub fn any_of(any: &'static str, words: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<Self> {
        Self::all_of(std::iter::once(("", any)).chain(words))
    }
}

/// A native select. While disabled it can have the focus but not change.
#[component]
pub fn Select(
    /// Accessible name outside a setting row.
    #[prop(optional, into)]
    label: Option<String>,
    /// The choices. Include the stored value, even an unusual one.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// The person chose another.
    #[prop(into)]
    on_change: Callback<String>,
    /// Why it is disabled.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    let field = Field::current();
    let blocked = move || disabled_reason.with(Option::is_some);
    let described = label.is_none().then(|| field.described_by());
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let own = choice.value.clone();
                view! {
                    <option value=choice.value prop:selected=move || value.with(|value| *value == own)>
                        {choice.label}
                    </option>
                }
            })
            .collect_view()
    };
    let on_change = move |event: ev::Event| {
        if !untrack(blocked) {
            on_change.run(event_target_value(&event));
        }
    };
    // A native select would still open: these two block mouse and keys, except Tab.
    let on_mouse = move |event: ev::MouseEvent| {
        if untrack(blocked) {
            event.prevent_default();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if untrack(blocked) && event.key() != "Tab" {
            event.prevent_default();
        }
    };
    view! {
        <select
            id=field.control_id()
            aria-label=label
            aria-disabled=move || blocked().then_some("true")
            aria-invalid=move || field.invalid()
            aria-describedby=described
            on:mousedown=on_mouse
            on:keydown=on_key
            on:change=on_change
        >
            {options}
        </select>
    }
    .into_any()
}
