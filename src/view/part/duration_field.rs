//! Hours and minutes as two inputs.

use leptos::{ev, prelude::*};

use super::{Field, words};

/// What stands in the two inputs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DurationInput {
    /// The duration in minutes; `None` if the texts are not numbers or both are empty.
    pub minutes: Option<u32>,
    /// As typed.
    pub hours_text: String,
    /// As typed.
    pub minutes_text: String,
}

impl DurationInput {
    fn of_minutes(minutes: Option<u32>) -> Self {
        let Some(total) = minutes else { return Self::default() };
        Self { minutes, hours_text: (total / 60).to_string(), minutes_text: (total % 60).to_string() }
    }

    fn of_texts(hours_text: String, minutes_text: String) -> Self {
        let number = |text: &str| match text.trim() {
            "" => Some(0_u32),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
            _ => None,
        };
        let empty = hours_text.trim().is_empty() && minutes_text.trim().is_empty();
        let minutes = if empty {
            None
        } else {
            number(&hours_text)
                .zip(number(&minutes_text))
                .and_then(|(hours, minutes)| hours.checked_mul(60)?.checked_add(minutes))
        };
        Self { minutes, hours_text, minutes_text }
    }
}

/// A duration. Any value is kept and shown, on or off a grid; limits are the caller's, as an error of the row. Stands in
/// a setting row with `group`. The caller must take over `minutes` of each report, `None` too.
#[component]
pub fn DurationField(
    /// Minutes; `None` if nothing readable was typed or stored.
    #[prop(into)]
    value: Signal<Option<u32>>,
    /// The person typed.
    #[prop(into)]
    on_change: Callback<DurationInput>,
    /// Blocked: why; shown by the row.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    let field = Field::current();
    let typed = RwSignal::new(DurationInput::default());
    // The typed texts hold as long as they mean the value; a value from elsewhere (reset, undo) replaces them.
    let shown = Memo::new(move |_| {
        let value = value.get();
        typed.with(|typed| if typed.minutes == value { typed.clone() } else { DurationInput::of_minutes(value) })
    });
    let report = move |hours: String, minutes: String| {
        let input = DurationInput::of_texts(hours, minutes);
        typed.set(input.clone());
        on_change.run(input);
    };
    let part = move |of_hours: bool| {
        let (name, unit) =
            if of_hours { (words::HOURS_NAME, words::HOURS) } else { (words::MINUTES_NAME, words::MINUTES) };
        let text = move || shown.with(|shown| if of_hours { &shown.hours_text } else { &shown.minutes_text }.clone());
        let on_input = move |event: ev::Event| {
            let (new, old) = (event_target_value(&event), shown.get_untracked());
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
