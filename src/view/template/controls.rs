//! The control for a template's setting, by the kind of its value.

use std::sync::Arc;

use leptos::prelude::*;

use crate::policy::check::{is_address, pasted_entries};
use crate::policy::duration::same_length;
use crate::policy::plain::Kind;
use crate::policy::{Approver, Requirement, Setting, Value};
use crate::state::directory::names::Names;
use crate::text;
use crate::view::part::{Checkbox, Chip, Chips, Choice, Recipients, Select, Tone};
use crate::view::policy::{AddApprover, ContextPicker, Length, PERIODS, RequirementRadios, approver_chip};

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
        Kind::Duration => view! { <Period value on_set /> }.into_any(),
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
fn Period(value: Memo<Option<Value>>, on_set: Callback<Value>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let value = value.get();
        let text = value.as_ref().and_then(Value::as_duration).unwrap_or_default().to_owned();
        PERIODS.iter().find(|(period, _)| same_length(period, &text)).map_or(text, |(period, _)| (*period).to_owned())
    });
    let choices = Signal::derive(move || {
        let mut choices: Vec<Choice> = PERIODS
            .iter()
            .map(|(period, words)| Choice { value: (*period).to_owned(), label: (*words).to_owned() })
            .collect();
        let text = shown.get();
        if !choices.iter().any(|choice| choice.value == text) {
            choices.insert(0, Choice { label: text::duration::duration(&text), value: text });
        }
        choices
    });
    view! { <Select choices value=shown on_change=move |text: String| on_set.run(Value::Duration(text)) /> }.into_any()
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

/// Addresses as chips, and the field for more.
#[component]
pub fn Addresses(
    /// Accessible name.
    #[prop(into)]
    label: String,
    /// The addresses in the list.
    #[prop(into)]
    list: Signal<Vec<String>>,
    /// The person changed the list.
    #[prop(into)]
    on_set: Callback<Vec<String>>,
) -> impl IntoView {
    let chip = |address: String| {
        let good = is_address(&address);
        Chip {
            key: address.clone(),
            label: address,
            note: (if good { "" } else { text::policy::setting::NOT_AN_ADDRESS }).to_owned(),
            tone: if good { Tone::Neutral } else { Tone::Danger },
        }
    };
    let chips = Memo::new(move |_| list.get().into_iter().map(chip).collect::<Vec<_>>());
    let add = move |raw: String| {
        let mut wanted = list.get_untracked();
        for address in pasted_entries(&raw) {
            if !wanted.iter().any(|other| other.eq_ignore_ascii_case(address)) {
                wanted.push(address.to_owned());
            }
        }
        on_set.run(wanted);
    };
    let remove = move |key: String| {
        let mut wanted = list.get_untracked();
        wanted.retain(|address| *address != key);
        on_set.run(wanted);
    };
    view! { <Recipients placeholder=label.clone() label items=chips on_add=add on_remove=remove /> }.into_any()
}
