//! A change for many policies: `#/rollout`.

use leptos::prelude::*;

use crate::rollout::Target;
use crate::state::frame::heading::name_view;
use crate::state::rollout::{Phase, RolloutState};
use crate::text;
use crate::view::part::{Button, ButtonKind, Notice, PageHeader, Tone, UserText};
use crate::view::rollout::{Course, Plan, Settings, SourceStep, Targets};

/// The page.
#[component]
pub fn RolloutPage() -> impl IntoView {
    let state = RolloutState::current();
    state.open();
    let title = Signal::derive(move || {
        state.content.with(|content| {
            content.proposal().map_or_else(|| text::rollout::TITLE.to_owned(), |proposal| proposal.title.clone())
        })
    });
    name_view(title, title);
    let phase = Memo::new(move |_| state.phase.get());
    let is_copy = Memo::new(move |_| state.content.with(|content| content.proposal().is_none()));
    let of_policy = move || is_copy.get() && state.content.with(|content| content.values().is_none());
    view! {
        <PageHeader title>
            <p class="help">
                {move || if of_policy() { text::rollout::INTRO } else { text::rollout::INTRO_PROPOSED }}
            </p>
        </PageHeader>
        {move || aside(state)}
        {move || match (phase.get(), is_copy.get()) {
            (Phase::Choosing, true) => view! { <Choosing /> }.into_any(),
            (Phase::Choosing, false) => view! { <Proposed /> }.into_any(),
            (Phase::Reading | Phase::Planned, _) => view! { <Plan /> }.into_any(),
            (Phase::Running, _) => view! { <Course /> }.into_any(),
        }}
    }
    .into_any()
}

/// What was being put together when this change began, and a link back to it.
fn aside(state: RolloutState) -> Option<AnyView> {
    let words = state.aside.with(|aside| aside.as_ref().map(text::rollout::aside))?;
    let is_running = state.phase.with(|phase| *phase == Phase::Running);
    let actions = move || {
        view! {
            <Button on_press=move |()| state.take_up_again()>{text::rollout::TAKE_UP}</Button>
            <Button on_press=move |()| state.drop_aside()>{text::rollout::DROP_ASIDE}</Button>
        }
    };
    (!is_running).then(|| {
        view! {
            <Notice tone=Tone::Info title=text::rollout::ASIDE actions>
                <p>{words}</p>
            </Notice>
        }
        .into_any()
    })
}

/// What is chosen for a copy, step by step.
#[component]
fn Choosing() -> impl IntoView {
    let state = RolloutState::current();
    let lacks = Signal::derive(move || {
        let reason = if state.pasting.get() {
            Some(text::rollout::STILL_LOOKED_UP)
        } else if !state.has_source() {
            Some(text::rollout::NO_SOURCE)
        } else if !state.has_ticks() {
            Some(text::rollout::NO_SETTING)
        } else {
            let content = state.content.get();
            let is_other = |one: &Target| {
                content.source() != Some(&one.subject) && content.values().is_none_or(|all| all.fits(&one.subject))
            };
            let others = state.targets.with(|all| all.iter().any(is_other));
            (!others).then_some(text::rollout::NO_TARGET)
        };
        reason.map(str::to_owned)
    });
    view! {
        <div class="rollout">
            <SourceStep />
            <Settings />
            <Targets />
            <p class="actions">
                <Button kind=ButtonKind::Primary disabled_reason=lacks on_press=move |()| state.plan()>
                    {text::rollout::SHOW_PLAN}
                </Button>
                <Button on_press=move |()| state.forget()>{text::rollout::START_OVER}</Button>
            </p>
        </div>
    }
    .into_any()
}

/// A proposal from another page whose plan is not on screen.
#[component]
fn Proposed() -> impl IntoView {
    let state = RolloutState::current();
    let number = move || state.content.with(|content| content.proposal().map_or(0, |all| all.items.len()));
    let nothing = Signal::derive(move || (number() == 0).then(|| text::rollout::receipt::NOTHING_TO_UNDO.to_owned()));
    view! {
        <div class="rollout">
            {move || nothing.get().map(|words| view! { <Notice tone=Tone::Info title=words /> })}
            <p>
                <UserText text=Signal::derive(move || text::rollout::chosen(number())) />
            </p>
            <p class="actions">
                <Button kind=ButtonKind::Primary disabled_reason=nothing on_press=move |()| state.plan()>
                    {text::rollout::SHOW_PLAN}
                </Button>
                <Button on_press=move |()| state.forget()>{text::rollout::plan::DISCARD}</Button>
            </p>
        </div>
    }
    .into_any()
}
