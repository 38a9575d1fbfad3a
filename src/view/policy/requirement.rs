//! "On activation, require": nothing, MFA or an authentication context, never two.

use leptos::prelude::*;

use super::row::{PolicyView, Row};
use crate::policy::{Requirement, Setting, Value};
use crate::state::directory::names::Names;
use crate::text;
use crate::view::part::{Button, Choice, RadioGroup, RadioOption, Select, TextField};

const NONE: &str = "none";
const MFA: &str = "mfa";
const CONTEXT: &str = "context";

/// The row with its three choices and the picker of contexts.
#[component]
pub fn RequirementRow() -> impl IntoView {
    let editor = PolicyView::current().editor;
    let setting = Setting::ActivationRequirement;
    let wanted = Memo::new(move |_| match editor.value(setting) {
        Some(Value::Requirement(wanted)) => Some(wanted),
        _ => None,
    });
    let chosen = Signal::derive(move || {
        let key = match wanted.get() {
            Some(Requirement::None) => NONE,
            Some(Requirement::Mfa) => MFA,
            Some(Requirement::Context(_)) => CONTEXT,
            // An unsupported mix: no choice applies, so none is selected.
            Some(Requirement::MfaAndContext(_)) | None => "",
        };
        key.to_owned()
    });
    let claim = Memo::new(move |_| match wanted.get() {
        Some(Requirement::Context(claim) | Requirement::MfaAndContext(claim)) => claim,
        _ => String::new(),
    });
    let is_context = Memo::new(move |_| matches!(wanted.get(), Some(Requirement::Context(_))));
    let is_mix = Memo::new(move |_| matches!(wanted.get(), Some(Requirement::MfaAndContext(_))));
    let set = move |wanted: Requirement| editor.set(setting, Value::Requirement(wanted));
    let choose = move |key: String| {
        set(match key.as_str() {
            MFA => Requirement::Mfa,
            CONTEXT => Requirement::Context(claim_to_start_with(
                claim.get_untracked(),
                editor.policy.with_untracked(|policy| policy.read(setting).value),
            )),
            _ => Requirement::None,
        });
    };
    view! {
        <Row setting group=true>
            <RequirementRadios value=chosen on_change=choose />
            <Show when=move || is_mix.get()>
                <p class="remark-line">{text::policy::setting::REQUIRE_BOTH}</p>
            </Show>
            <Show when=move || is_context.get()>
                <ContextPicker claim on_pick=move |claim| set(Requirement::Context(claim)) />
            </Show>
        </Row>
    }
    .into_any()
}

/// The three choices: "none", "mfa", "context".
#[component]
pub fn RequirementRadios(
    /// The choice; empty if none applies.
    value: Signal<String>,
    /// Another was chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let option = |value: &str, label: &str| RadioOption {
        value: value.to_owned(),
        label: label.to_owned(),
        help: String::new(),
    };
    let options = vec![
        option(NONE, text::policy::setting::REQUIRE_NONE),
        option(MFA, text::policy::setting::REQUIRE_MFA),
        option(CONTEXT, text::policy::setting::REQUIRE_CONTEXT),
    ];
    view! { <RadioGroup options value on_change /> }.into_any()
}

/// Going back to "context" restores the stored one.
fn claim_to_start_with(shown: String, stored: Option<Value>) -> String {
    match stored {
        Some(Value::Requirement(Requirement::Context(claim) | Requirement::MfaAndContext(claim)))
            if shown.is_empty() =>
        {
            claim
        }
        _ => shown,
    }
}

/// Published contexts to choose from, including the stored one even if the tenant does not know it, and only that one
/// while they are being read; free text if the list could not be read, until it is and nobody types there.
#[component]
pub fn ContextPicker(
    /// The chosen context's ID.
    claim: Memo<String>,
    /// Another was chosen.
    #[prop(into)]
    on_pick: Callback<String>,
) -> impl IntoView {
    let names = Names::current();
    let failed = Memo::new(move |_| names.contexts_failed());
    let reading = Memo::new(move |_| names.contexts_reading());
    let typing = RwSignal::new(false);
    let help = move || match (reading.get(), failed.get()) {
        (true, _) => text::policy::setting::CONTEXTS_READING,
        (_, true) => text::policy::setting::CONTEXTS_UNREADABLE,
        _ => "",
    };
    let choices = Signal::derive(move || {
        let known = names.known();
        let claim = claim.get();
        let mut choices: Vec<Choice> = names
            .contexts()
            .unwrap_or_default()
            .iter()
            .filter(|context| context.available || context.id == claim)
            .map(|context| Choice {
                label: text::policy::value::context(&context.id, &known),
                value: context.id.clone(),
            })
            .collect();
        if !choices.iter().any(|choice| choice.value == claim) {
            let label = if claim.is_empty() {
                text::policy::setting::CHOOSE_CONTEXT.to_owned()
            } else {
                text::policy::value::context(&claim, &known)
            };
            choices.insert(0, Choice { value: claim, label });
        }
        choices
    });
    view! {
        <div class="nested-control">
            <Show
                when=move || !failed.get() && !typing.get()
                fallback=move || {
                    view! {
                        <div on:focusin=move |_| typing.set(true) on:focusout=move |_| typing.set(false)>
                            <TextField
                                label=text::policy::setting::CONTEXT_ID
                                value=claim
                                on_input=move |typed: String| on_pick.run(typed.trim().to_owned())
                                placeholder="c1"
                            />
                        </div>
                        <p class="help">{help}</p>
                        <Show when=move || failed.get()>
                            <Button busy=reading on_press=move |()| names.read_contexts()>{text::page::TRY_AGAIN}</Button>
                        </Show>
                    }
                }
            >
                <Select label=text::policy::setting::CONTEXT_ID choices value=claim on_change=on_pick />
                <Show when=move || reading.get()>
                    <p class="help">{text::policy::setting::CONTEXTS_READING}</p>
                </Show>
            </Show>
        </div>
    }
    .into_any()
}
