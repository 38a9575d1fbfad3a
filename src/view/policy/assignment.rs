//! The tab "Assignment".

use leptos::prelude::*;

use super::row::{FlagRow, PolicyView, Row};
use crate::policy::duration::same_length;
use crate::policy::{Setting, Value};
use crate::text;
use crate::view::part::{Choice, Select, SettingGroup};

/// The periods of the admin center, in days: Graph rejects months and years (graph.md G7).
pub const PERIODS: [(&str, &str); 5] = [
    ("P15D", "15 days"),
    ("P30D", "1 month (30 days)"),
    ("P90D", "3 months (90 days)"),
    ("P180D", "6 months (180 days)"),
    ("P365D", "1 year (365 days)"),
];

/// How long assignments last and what creating one requires.
#[component]
pub fn AssignmentTab() -> impl IntoView {
    view! {
        <FlagRow setting=Setting::EligiblePermanent />
        <ExpiryRow setting=Setting::EligibleExpiry permanent=Setting::EligiblePermanent />
        <FlagRow setting=Setting::ActivePermanent />
        <ExpiryRow setting=Setting::ActiveExpiry permanent=Setting::ActivePermanent />
        <FlagRow setting=Setting::ActiveMfa />
        <FlagRow setting=Setting::ActiveJustification />
        <SettingGroup title=text::policy::setting::HIDDEN help=text::policy::setting::HIDDEN_HELP>
            <FlagRow setting=Setting::EligibleMfa />
            <FlagRow setting=Setting::EligibleJustification />
        </SettingGroup>
    }
    .into_any()
}

/// A period. A stored one that the admin center does not offer stays in the list.
#[component]
fn ExpiryRow(
    /// The period.
    setting: Setting,
    /// The flag that turns it off.
    permanent: Setting,
) -> impl IntoView {
    let editor = PolicyView::current().editor;
    let shown = Memo::new(move |_| {
        let value = editor.value(setting);
        let text = value.as_ref().and_then(Value::as_duration).unwrap_or_default().to_owned();
        PERIODS.iter().find(|(period, _)| same_length(period, &text)).map_or(text, |(period, _)| (*period).to_owned())
    });
    let choices = Signal::derive(move || {
        let mut choices: Vec<Choice> = PERIODS
            .iter()
            .map(|(period, words)| Choice { value: (*period).to_owned(), label: (*words).to_owned() })
            .collect();
        let stored = editor.policy.with(|policy| policy.read(setting).value);
        let stored = stored.as_ref().and_then(Value::as_duration).unwrap_or_default();
        for text in [stored, &shown.get()] {
            if !choices.iter().any(|choice| same_length(&choice.value, text)) {
                let label = text::duration::duration(text);
                choices.insert(0, Choice { value: text.to_owned(), label });
            }
        }
        choices
    });
    let disabled_reason = Signal::derive(move || {
        let on = editor.value(permanent).and_then(|value| value.as_flag()) == Some(true);
        on.then(|| text::policy::setting::PERIOD_POINTLESS.to_owned())
    });
    view! {
        <Row setting nested=true disabled_reason>
            <Select
                choices
                value=shown
                on_change=move |text: String| editor.set(setting, Value::Duration(text))
                disabled_reason
            />
        </Row>
    }
    .into_any()
}
