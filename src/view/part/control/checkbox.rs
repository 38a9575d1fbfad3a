//! A checkbox, alone or in a setting row.

use leptos::{ev, prelude::*};

use crate::view::part::Field;

/// A native checkbox. In a setting row leave `label` out: the row names it.
#[component]
pub fn Checkbox(
    /// Ticked or not.
    #[prop(into)]
    checked: Signal<bool>,
    /// The person wants the other state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Text after the box.
    #[prop(optional, into)]
    label: Signal<String>,
    /// Why it is disabled; it stays focusable, and the row shows the reason, or the checkbox beside its label.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    let row = use_context::<Field>();
    let own_label = row.is_none() || !label.with_untracked(String::is_empty);
    let field = if own_label { Field::new(Signal::default()) } else { Field::current() };
    let described_by = match row {
        None => field.reason_id(),
        Some(row) if own_label => [field.reason_id(), row.described_by()].join(" "),
        Some(row) => row.described_by(),
    };
    let blocked = move || disabled_reason.with(Option::is_some);
    // A click flips the box before handlers run; reverting that keeps it equal to the signal.
    let on_click = move |event: ev::MouseEvent| {
        if untrack(blocked) {
            event.prevent_default();
        }
    };
    let on_input = move |event: ev::Event| {
        if !untrack(blocked) {
            on_change.run(event_target_checked(&event));
        }
    };
    let input = view! {
        <input
            type="checkbox"
            id=field.control_id()
            prop:checked=checked
            aria-disabled=move || blocked().then_some("true")
            aria-invalid=move || field.invalid()
            aria-describedby=described_by
            on:click=on_click
            on:change=on_input
        />
    };
    if own_label {
        view! {
            <span class="check-line">
                {input} <label for=field.control_id()>{label}</label> <span class="reason-line" id=field.reason_id()>
                    {disabled_reason}
                </span>
            </span>
        }
        .into_any()
    } else {
        input.into_any()
    }
}
