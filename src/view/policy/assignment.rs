//! The tab "Assignment".

use leptos::prelude::*;

use super::period::PeriodSelect;
use super::row::{FlagRow, PolicyView, Row};
use crate::policy::Setting;
use crate::text;
use crate::view::part::SettingGroup;

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

/// The row of a period.
#[component]
fn ExpiryRow(
    /// The period.
    setting: Setting,
    /// The flag that turns it off.
    permanent: Setting,
) -> impl IntoView {
    let editor = PolicyView::current().editor;
    let value = Memo::new(move |_| editor.value(setting));
    let stored = Memo::new(move |_| editor.policy.with(|policy| policy.read(setting).value));
    let disabled_reason = Signal::derive(move || {
        let on = editor.value(permanent).and_then(|value| value.as_flag()) == Some(true);
        on.then(|| text::policy::setting::PERIOD_POINTLESS.to_owned())
    });
    view! {
        <Row setting nested=true disabled_reason>
            <PeriodSelect value stored on_set=move |value| editor.set(setting, value) disabled_reason />
        </Row>
    }
    .into_any()
}
