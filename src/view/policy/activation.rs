//! The tab "Activation".

use leptos::prelude::*;

use super::approvers::ApproversRow;
use super::length::Length;
use super::requirement::RequirementRow;
use super::row::{FlagRow, PolicyView, Row};
use crate::policy::{Setting, Value};

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

#[component]
fn DurationRow() -> impl IntoView {
    let editor = PolicyView::current().editor;
    let setting = Setting::ActivationDuration;
    view! {
        <Row setting group=true>
            <Length
                value=Signal::derive(move || editor.value(setting))
                on_set=move |value: Value| editor.set(setting, value)
            />
        </Row>
    }
    .into_any()
}
