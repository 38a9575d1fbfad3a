//! One of a few choices, all visible.

use leptos::{ev, prelude::*};

use crate::view::part::{Field, control::field::unique_id};

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RadioOption {
    /// The value that is reported.
    pub value: String,
    /// The text.
    pub label: String,
    /// A sentence below them; may be empty.
    pub help: String,
}

/// Native radios in a fieldset. In a setting row (with `group`) leave `legend` out.
#[component]
pub fn RadioGroup(
    /// Name of the group outside a row.
    #[prop(optional, into)]
    legend: String,
    /// The choices.
    options: Vec<RadioOption>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// The person chose another.
    #[prop(into)]
    on_change: Callback<String>,
    /// Choices lie side by side.
    #[prop(optional)]
    inline: bool,
    /// Why it is disabled; it stays focusable.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    let field = Field::current();
    let name = unique_id("radio");
    let blocked = move || disabled_reason.with(Option::is_some);
    let radios = options
        .into_iter()
        .map(|option| {
            let id = unique_id("o");
            let help_id = [&id, "h"].concat();
            let own = option.value.clone();
            let reported = option.value;
            let on_click = move |event: ev::MouseEvent| {
                if untrack(blocked) {
                    event.prevent_default();
                }
            };
            view! {
                <div class="radio">
                    <input
                        type="radio"
                        id=id.clone()
                        name=name.clone()
                        value=own.clone()
                        prop:checked=move || value.with(|value| *value == own)
                        aria-disabled=move || blocked().then_some("true")
                        aria-describedby=help_id.clone()
                        on:click=on_click
                        on:change=move |_| {
                            if !untrack(blocked) {
                                on_change.run(reported.clone());
                            }
                        }
                    />
                    <label for=id>{option.label}</label>
                    <p class="help" id=help_id>
                        {option.help}
                    </p>
                </div>
            }
        })
        .collect_view();
    let named = legend.is_empty();
    view! {
        <fieldset
            class=if inline { "radios inline" } else { "radios" }
            aria-labelledby=named.then(|| field.label_id())
            aria-describedby=named.then(|| field.described_by())
        >
            {(!named).then(|| view! { <legend>{legend}</legend> })}
            {radios}
        </fieldset>
    }
    .into_any()
}
