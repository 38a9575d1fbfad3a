//! The tab "Activation".

use leptos::prelude::*;

use super::approvers::ApproversRow;
use super::length::Length;
use super::requirement::RequirementRow;
use super::row::{FlagRow, PolicyView, Row};
use crate::policy::{Setting, Value};
use crate::text;

/// What activation requires.
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

#[component]
fn DurationRow() -> impl IntoView {
    let editor = PolicyView::current().editor;
    let setting = Setting::ActivationDuration;
    let stored = Memo::new(move |_| {
        let value = editor.policy.with(|policy| policy.read(setting).value)?;
        text::duration::stored(value.as_duration()?)
    });
    view! {
        <Row setting group=true>
            <Length
                value=Signal::derive(move || editor.value(setting))
                on_set=move |value: Value| editor.set(setting, value)
            />
            {move || stored.get().map(|words| view! { <p class="help user-text">{words}</p> })}
        </Row>
    }
    .into_any()
}
