//! Hours and minutes as two inputs.

use leptos::{ev, prelude::*};

use crate::typed_duration::TypedDuration;
use crate::view::part::{Field, words};

/// A duration. Any value is kept and shown, whether a multiple of a step or not; limits are up to the caller, as an
/// error of the row. Used in a setting row with `group`. The caller must accept each report.
#[component]
pub fn DurationField(
    /// What was typed or stored.
    #[prop(into)]
    value: Signal<TypedDuration>,
    /// The person typed.
    #[prop(into)]
    on_change: Callback<TypedDuration>,
    /// Why it is disabled; the row shows it.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    let field = Field::current();
    // What is in the inputs. Text that equals the value was typed there and is not set again: a slow device would do
    // that before painting the key. A value from elsewhere (reset, undo) replaces it, even if it is the same as before:
    // its number makes it a new one.
    let typed = StoredValue::new(TypedDuration::default());
    let set = Memo::new(move |before: Option<&(u32, TypedDuration)>| {
        let value = value.get();
        match before {
            Some(before) if typed.with_value(|typed| typed.means(&value)) => before.clone(),
            _ => {
                typed.set_value(value.clone());
                (before.map_or(0, |(number, _)| number.wrapping_add(1)), value)
            }
        }
    });
    let report = move |hours: String, minutes: String| {
        let input = TypedDuration::of_texts(hours, minutes);
        typed.set_value(input.clone());
        on_change.run(input);
    };
    let part = move |of_hours: bool| {
        let (name, unit) =
            if of_hours { (words::HOURS_NAME, words::HOURS) } else { (words::MINUTES_NAME, words::MINUTES) };
        let text = move || set.with(|(_, set)| if of_hours { &set.hours_text } else { &set.minutes_text }.clone());
        let on_input = move |event: ev::Event| {
            let (new, old) = (event_target_value(&event), typed.get_value());
            if of_hours { report(new, old.minutes_text) } else { report(old.hours_text, new) }
        };
        view! {
            <input
                type="text"
                class="number"
                inputmode="numeric"
                autocomplete="off"
                id=of_hours.then(|| field.control_id())
                aria-label=name
                aria-invalid=move || field.invalid()
                aria-describedby=field.described_by()
                aria-disabled=move || disabled_reason.with(Option::is_some).then_some("true")
                readonly=move || disabled_reason.with(Option::is_some)
                prop:value=text
                on:input=on_input
            />
            <span class="unit" aria-hidden="true">
                {unit}
            </span>
        }
        .into_any()
    };
    view! { <span class="duration"><span class="duration-parts">{part(true)} {part(false)}</span></span> }.into_any()
}
