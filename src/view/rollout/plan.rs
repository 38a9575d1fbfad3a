//! The plan: what would become of each policy, in sum and one by one, and the button that does it.

use leptos::prelude::*;

use super::plan_row::PlanRow;
use crate::desk::rollout::{Row, totals};
use crate::state::rollout::{Phase, RolloutState};
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{Button, ButtonKind, Checkbox, Dialog, EmptyState, Notice, Tone};
use crate::view::trouble::Trouble;

/// The plan, or how far its reading is.
#[component]
pub fn Plan() -> impl IntoView {
    let state = RolloutState::current();
    let is_there = Memo::new(move |_| state.phase.get() == Phase::Planned);
    move || {
        if is_there.get() {
            return view! { <Planned /> }.into_any();
        }
        let (done, of) = (move || state.reading.get().0, move || state.reading.get().1);
        view! {
            <div class="rollout">
                <div class="progress">
                    <p class="progress-words" role="status">{text::rollout::plan::READING}</p>
                    <span class="progress-left">{move || text::rollout::plan::read(done(), of())}</span>
                    <Button on_press=move |()| state.choose_again()>{text::rollout::plan::STOP_READING}</Button>
                    <progress
                        max=move || of().max(1).to_string()
                        value=move || done().to_string()
                        aria-label=text::rollout::plan::READING
                    ></progress>
                </div>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Planned() -> impl IntoView {
    let state = RolloutState::current();
    let sum = Memo::new(move |_| state.rows.with(|rows| totals(rows)));
    let only = RwSignal::new(false);
    let asks = RwSignal::new(false);
    let undoes = Memo::new(move |_| state.proposal.with(|all| all.as_ref().is_some_and(|all| all.undoes.is_some())));
    let blocked =
        Signal::derive(move || (sum.get().policies == 0).then(|| text::rollout::plan::NOTHING_TO_SEND.to_owned()));
    let send = move |()| {
        let sum = sum.get_untracked();
        if sum.asks() {
            asks.set(true);
        } else {
            state.start();
        }
    };
    let is_copy = state.proposal.with_untracked(Option::is_none);
    view! {
        <section class="rollout" aria-label=text::rollout::plan::TITLE>
            <h2>{text::rollout::plan::TITLE}</h2>
            <p class="rollout-sum" role="status">{move || text::rollout::plan::sum(&sum.get())}</p>
            {move || state.refused.get().map(|error| view! {
                <Trouble
                    problem=problem(&error, Doing::SavingPolicy)
                    error
                    on_retry=Callback::new(move |()| state.start())
                />
            })}
            <div class="rollout-bar">
                <Checkbox checked=only on_change=move |on| only.set(on) label=text::rollout::plan::ONLY_FINDINGS />
                <div class="actions">
                    {if is_copy {
                        view! {
                            <Button on_press=move |()| state.choose_again()>{text::rollout::plan::CHANGE_CHOICE}</Button>
                        }.into_any()
                    } else {
                        view! { <Button on_press=move |()| state.forget()>{text::rollout::plan::DISCARD}</Button> }.into_any()
                    }}
                    <Button on_press=move |()| state.plan()>{text::rollout::plan::READ_AGAIN}</Button>
                    <Button kind=ButtonKind::Primary disabled_reason=blocked on_press=send>
                        {move || text::rollout::plan::send(sum.get().policies, undoes.get())}
                    </Button>
                </div>
            </div>
            <Rows only />
        </section>
        <Confirm open=asks sum undoes />
    }
    .into_any()
}

/// The policies. Each line follows its own row, so that a tick changes one line.
#[component]
fn Rows(
    /// Only those with findings.
    only: RwSignal<bool>,
) -> impl IntoView {
    let state = RolloutState::current();
    let places = Memo::new(move |_| {
        let only = only.get();
        state.rows.with(|rows| {
            let shown = |(at, row): (usize, &Row)| (!only || row.has_findings()).then_some(at);
            rows.iter().enumerate().filter_map(shown).collect::<Vec<_>>()
        })
    });
    move || {
        let places = places.get();
        if places.is_empty() {
            return view! { <EmptyState text=text::rollout::plan::NO_FINDINGS /> }.into_any();
        }
        let rows: Vec<AnyView> = places.into_iter().map(|at| view! { <PlanRow at /> }.into_any()).collect();
        view! { <ul class="rollout-plan">{rows}</ul> }.into_any()
    }
}

/// Asked where something weakens, for a moment or for good, or a group comes into PIM.
#[component]
fn Confirm(
    /// Open or not.
    open: RwSignal<bool>,
    /// The plan in numbers.
    sum: Memo<crate::rollout::plan::Totals>,
    /// It takes another change back.
    undoes: Memo<bool>,
) -> impl IntoView {
    let state = RolloutState::current();
    let footer = move || {
        view! {
            <Button first_focus=true on_press=move |()| open.set(false)>{text::rollout::plan::BACK}</Button>
            <Button
                kind=ButtonKind::Primary
                on_press=move |()| {
                    open.set(false);
                    state.start();
                }
            >
                {move || text::rollout::plan::send(sum.get().policies, undoes.get())}
            </Button>
        }
    };
    view! {
        <Dialog
            open
            title=Signal::stored(text::rollout::plan::CONFIRM_TITLE.to_owned())
            on_close=Callback::new(move |()| open.set(false))
            focus=crate::view::part::DialogFocus::Marked
            footer
        >
            {move || text::rollout::plan::confirm(&sum.get())
                .into_iter()
                .map(|line| view! { <Notice tone=Tone::Warn title=line /> })
                .collect_view()}
            <p class="help">{text::rollout::plan::UNDO_LATER}</p>
        </Dialog>
    }
    .into_any()
}
