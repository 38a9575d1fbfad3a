//! Before roles are shown for the first time: what it takes; afterwards: how to turn them off again.

use leptos::prelude::*;

use crate::auth::extras::Extra;
use crate::state::extras::ExtrasState;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{Button, ButtonKind, Notice, Tone};
use crate::view::problem::ProblemPanel;

/// Says which permission roles need and what else, and asks for it if the person wants it.
#[component]
pub fn Gate() -> impl IntoView {
    let wanted = ExtrasState::current();
    let show = move || {
        view! {
            <Button kind=ButtonKind::Primary busy=wanted.asking on_press=move |()| wanted.want(Extra::RolePolicies)>
                {text::role::SHOW_ROLES}
            </Button>
        }
    };
    let trouble = move || {
        let error = wanted.error.get()?;
        Some(view! {
            <ProblemPanel
                problem=problem(&error, Doing::FindingRoles)
                on_retry=Callback::new(move |()| wanted.want(Extra::RolePolicies))
            />
        })
    };
    view! {
        <div class="page-notices">
            <Notice tone=Tone::Info title=text::role::GATE_TITLE actions=show>
                <p>{text::role::gate(Extra::RolePolicies.scopes())}</p>
                <p>{text::role::GATE_TAKES}</p>
            </Notice>
            {trouble}
        </div>
    }
    .into_any()
}

/// Turns roles off again, if the person turned them on.
#[component]
pub fn Forget() -> impl IntoView {
    let wanted = ExtrasState::current();
    move || {
        wanted.is_own(Extra::RolePolicies).then(|| {
            view! {
                <p class="help list-foot">
                    {text::role::FORGET_HELP} " "
                    <Button kind=ButtonKind::Quiet on_press=move |()| wanted.forget(Extra::RolePolicies)>
                        {text::role::FORGET}
                    </Button>
                </p>
            }
        })
    }
}
