//! The control for a template's setting, by the kind of its value.

use std::sync::Arc;

use leptos::prelude::*;

use crate::policy::plain::Kind;
use crate::policy::{Approver, Requirement, Setting, Value};
use crate::state::directory::names::Names;
use crate::text;
use crate::view::part::{Checkbox, Chips};
use crate::view::policy::{
    AddApprover, Addresses, ContextPicker, Length, PeriodSelect, RequirementRadios, approver_chip,
};

/// The control.
#[component]
pub fn Control(
    /// The setting.
    setting: Setting,
    /// Its value.
    value: Memo<Option<Value>>,
    /// The person chose another.
    on_set: Callback<Value>,
) -> impl IntoView {
    match Kind::of(setting) {
        Kind::Flag => {
            let checked = Memo::new(move |_| value.get().and_then(|value| value.as_flag()) == Some(true));
            view! { <Checkbox checked on_change=move |on: bool| on_set.run(Value::Flag(on)) /> }.into_any()
        }
        Kind::Duration if setting == Setting::ActivationDuration => view! { <Length value on_set /> }.into_any(),
        Kind::Duration => view! { <PeriodSelect value on_set /> }.into_any(),
        Kind::Requirement => view! { <Require value on_set /> }.into_any(),
        Kind::Approvers => view! { <Approvers value on_set /> }.into_any(),
        Kind::Recipients => {
            let list = Memo::new(move |_| match value.get() {
                Some(Value::Recipients(list)) => list,
                _ => Vec::new(),
            });
            view! {
                <Addresses
                    label=text::policy::setting::label(setting) list
                    on_set=move |list| on_set.run(Value::Recipients(list))
                />
            }
            .into_any()
        }
    }
}

#[component]
fn Require(value: Memo<Option<Value>>, on_set: Callback<Value>) -> impl IntoView {
    let claim = Memo::new(move |_| match value.get() {
        Some(Value::Requirement(Requirement::Context(claim))) => claim,
        _ => String::new(),
    });
    let chosen = Signal::derive(move || {
        let word = match value.get() {
            Some(Value::Requirement(Requirement::None)) => "none",
            Some(Value::Requirement(Requirement::Mfa)) => "mfa",
            Some(Value::Requirement(Requirement::Context(_))) => "context",
            _ => "",
        };
        word.to_owned()
    });
    let set = move |wanted: Requirement| on_set.run(Value::Requirement(wanted));
    let choose = move |word: String| {
        set(match word.as_str() {
            "mfa" => Requirement::Mfa,
            "context" => Requirement::Context(claim.get_untracked()),
            _ => Requirement::None,
        });
    };
    let is_context = Memo::new(move |_| chosen.with(|word| word == "context"));
    view! {
        <RequirementRadios value=chosen on_change=choose />
        <Show when=move || is_context.get()>
            <ContextPicker claim on_pick=move |claim| set(Requirement::Context(claim)) />
        </Show>
    }
    .into_any()
}

#[component]
fn Approvers(value: Memo<Option<Value>>, on_set: Callback<Value>) -> impl IntoView {
    let list = Memo::new(move |_| match value.get() {
        Some(Value::Approvers(list)) => list,
        _ => Vec::new(),
    });
    let set = move |list: Vec<Approver>| on_set.run(Value::Approvers(list));
    view! { <ApproverList list on_set=set /> }.into_any()
}

/// Approvers as chips, and the search for more.
#[component]
pub fn ApproverList(
    /// The selected approvers.
    #[prop(into)]
    list: Signal<Vec<Approver>>,
    /// The person changed the list.
    #[prop(into)]
    on_set: Callback<Vec<Approver>>,
) -> impl IntoView {
    let names = Names::current();
    let chips = Memo::new(move |_| list.get().iter().map(|one| approver_chip(one, names)).collect::<Vec<_>>());
    let add = move |approver: Approver| {
        let Some(mut wanted) = list.try_get_untracked() else { return };
        if !wanted.contains(&approver) {
            wanted.push(approver);
            on_set.run(wanted);
        }
    };
    let remove = move |key: String| {
        let mut wanted = list.get_untracked();
        wanted.retain(|approver| approver.id != key);
        on_set.run(wanted);
    };
    view! {
        <Chips items=chips on_remove=Callback::new(remove) />
        <AddApprover on_add=Arc::new(add) />
    }
    .into_any()
}
