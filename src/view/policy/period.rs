//! The selection of a period.

use leptos::prelude::*;

use crate::policy::Value;
use crate::policy::duration::same_length;
use crate::text;
use crate::view::part::{Choice, Select};

/// The periods of the admin center, in days: Graph refuses months and years (graph.md G7).
const PERIODS: [(&str, &str); 5] = [
    ("P15D", "15 days"),
    ("P30D", "1 month (30 days)"),
    ("P90D", "3 months (90 days)"),
    ("P180D", "6 months (180 days)"),
    ("P365D", "1 year (365 days)"),
];

/// The selection. A period that the admin center does not offer is listed as it is.
#[component]
pub fn PeriodSelect(
    /// The selected period.
    value: Memo<Option<Value>>,
    /// A period that can always be selected again.
    #[prop(optional)]
    stored: Option<Memo<Option<Value>>>,
    /// Sets the period.
    #[prop(into)]
    on_set: Callback<Value>,
    /// Why it is disabled, if it is.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    let text_of = |value: Memo<Option<Value>>| {
        value.with(|value| value.as_ref().and_then(Value::as_duration).unwrap_or_default().to_owned())
    };
    let shown = Memo::new(move |_| {
        let text = text_of(value);
        PERIODS.iter().find(|(period, _)| same_length(period, &text)).map_or(text, |(period, _)| (*period).to_owned())
    });
    let choices = Signal::derive(move || {
        let mut choices = Choice::all_of(PERIODS);
        for text in stored.map(text_of).into_iter().chain([shown.get()]) {
            if !choices.iter().any(|choice| same_length(&choice.value, &text)) {
                choices.insert(0, Choice { label: text::duration::duration(&text), value: text });
            }
        }
        choices
    });
    view! {
        <Select choices value=shown on_change=move |text: String| on_set.run(Value::Duration(text)) disabled_reason />
    }
    .into_any()
}
