//! The plan: what would happen to each policy, in total and one by one, and the button that starts it.

use leptos::prelude::*;

use super::plan_row::PlanRow;
use super::room::{Room, shortage};
use super::shifts::Shifts;
use crate::desk::rollout::{PlannedPolicy, totals};
use crate::rollout::aspect::Aspect;
use crate::route::Route;
use crate::state::frame::nav::Nav;
use crate::state::frame::online::Online;
use crate::state::receipts::Receipts;
use crate::state::rollout::{Content, Phase, RolloutState};
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{Button, ButtonKind, Choice, Dialog, EmptyState, Notice, Select, Tone};
use crate::view::problem::Trouble;

/// The plan, or the progress of reading it.
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
    let nav = Nav::current();
    let only = Memo::new(move |_| match nav.route.get() {
        Route::Rollout(only) => only,
        _ => Aspect::All,
    });
    let asks = RwSignal::new(false);
    let takes_back = |content: &Content| content.proposal().is_some_and(|all| all.undoes.is_some());
    let undoes = Memo::new(move |_| state.content.with(takes_back));
    let online = Online::current();
    let blocked = Signal::derive(move || {
        let nothing = || (sum.get().policies == 0).then(|| text::rollout::plan::NOTHING_TO_SEND.to_owned());
        online.why_not().or_else(nothing)
    });
    let receipts = Receipts::current();
    let short = Memo::new(move |_| shortage(state, receipts));
    let send = move |()| {
        let sum = sum.get_untracked();
        if sum.asks() || short.get_untracked().is_some() {
            asks.set(true);
        } else {
            state.start();
        }
    };
    let is_copy = state.content.with_untracked(|content| content.proposal().is_none());
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
            <Shifts />
            <Room short />
            <div class="rollout-bar">
                <Shown only />
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
        <Confirm open=asks sum undoes short />
    }
    .into_any()
}

/// Which policies are shown, and what can be done with all of them at once.
#[component]
fn Shown(
    /// Which policies are shown.
    only: Memo<Aspect>,
) -> impl IntoView {
    let state = RolloutState::current();
    let place = |aspect: Aspect| Aspect::ALL.iter().position(|known| *known == aspect).unwrap_or_default().to_string();
    let numbers = Memo::new(move |_| {
        let count = |rows: &[PlannedPolicy], aspect: Aspect| rows.iter().filter(|row| aspect.shows(row)).count();
        state.rows.with(|rows| Aspect::ALL.map(|aspect| count(rows, aspect)))
    });
    let choices = Signal::derive(move || {
        let all = Aspect::ALL.into_iter().zip(numbers.get());
        let some = all.filter(|(aspect, number)| *number > 0 || *aspect == only.get());
        some.map(|(aspect, number)| Choice { value: place(aspect), label: text::rollout::plan::aspect(aspect, number) })
            .collect::<Vec<_>>()
    });
    let choose = move |value: String| {
        let chosen = value.parse().ok().and_then(|at: usize| Aspect::ALL.get(at).copied());
        Nav::current().refine(Route::Rollout(chosen.unwrap_or_default()));
    };
    let of = move |out: bool| state.rows.with(|rows| only.get().subjects(rows, out));
    let (inside, outside) = (Memo::new(move |_| of(false).len()), Memo::new(move |_| of(true).len()));
    view! {
        <div class="rollout-bar">
            <Select
                label=text::rollout::plan::SHOW
                choices
                value=Signal::derive(move || place(only.get()))
                on_change=choose
            />
            <Show when=move || { inside.get() > 0 }>
                <Button kind=ButtonKind::Quiet on_press=move |()| state.exclude(&untrack(|| of(false)), true)>
                    {move || text::rollout::plan::leave_out_these(inside.get())}
                </Button>
            </Show>
            <Show when=move || { outside.get() > 0 }>
                <Button kind=ButtonKind::Quiet on_press=move |()| state.exclude(&untrack(|| of(true)), false)>
                    {move || text::rollout::plan::put_these_back(outside.get())}
                </Button>
            </Show>
        </div>
    }
    .into_any()
}

/// The policies. Each line follows its own row, so that a tick changes one line and an open line stays open.
#[component]
fn Rows(
    /// Which policies are shown.
    only: Memo<Aspect>,
) -> impl IntoView {
    let state = RolloutState::current();
    let places = Memo::new(move |_| {
        let only = only.get();
        state.rows.with(|rows| {
            let shown = |(at, row): (usize, &PlannedPolicy)| only.shows(row).then_some(at);
            rows.iter().enumerate().filter_map(shown).collect::<Vec<_>>()
        })
    });
    let is_empty = Memo::new(move |_| places.with(Vec::is_empty));
    move || {
        if is_empty.get() {
            return view! { <EmptyState text=text::rollout::plan::NONE_SO /> }.into_any();
        }
        view! {
            <ul class="rollout-plan">
                <For each=move || places.get() key=|at| *at let(at)>
                    <PlanRow at />
                </For>
            </ul>
        }
        .into_any()
    }
}

/// Asks if something becomes weaker, for a moment or for good, or if a group comes into PIM.
#[component]
fn Confirm(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The totals of the plan.
    sum: Memo<crate::rollout::plan::Totals>,
    /// It undoes another change.
    undoes: Memo<bool>,
    /// How many receipts of how many fit, if not all.
    short: Memo<Option<(usize, usize)>>,
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
                .map(|(title, more)| view! { <Notice tone=Tone::Warn title>{more}</Notice> })
                .collect_view()}
            <Room short />
            <p class="help">{text::rollout::plan::UNDO_LATER}</p>
        </Dialog>
    }
    .into_any()
}
