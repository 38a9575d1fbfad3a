//! The tab "Activation".

use leptos::prelude::*;

use super::approvers::ApproversRow;
use super::requirement::RequirementRow;
use super::row::{FlagRow, PolicyView, Row};
use crate::policy::{IsoDuration, Setting, Value};
use crate::view::part::{DurationField, DurationInput};

/// What activating demands.
#[component]
pub fn ActivationTab() -> impl IntoView {
    view! {
        <DurationRow />
        <RequirementRow />
        <FlagRow setting=Setting::ActivationJustification />
        <FlagRow setting=Setting::ActivationTicket />
        <FlagRow setting=Setting::ApprovalRequired />
        <ApproversRow />
    }
    .into_any()
}

/// Hours and minutes. A stored text that is no whole number of minutes stays until it is touched.
#[component]
fn DurationRow() -> impl IntoView {
    let editor = PolicyView::current().editor;
    let setting = Setting::ActivationDuration;
    let minutes = Memo::new(move |_| {
        let value = editor.value(setting)?;
        IsoDuration::parse(value.as_duration()?)?.minutes_total()
    });
    let change = move |typed: DurationInput| {
        let text = typed.minutes.map_or_else(
            || [typed.hours_text.trim(), typed.minutes_text.trim()].join(":").trim_matches(':').to_owned(),
            |minutes| IsoDuration::from_minutes(minutes).to_iso(),
        );
        editor.set(setting, Value::Duration(text));
    };
    view! {
        <Row setting group=true>
            <DurationField value=minutes on_change=change />
        </Row>
    }
    .into_any()
}
