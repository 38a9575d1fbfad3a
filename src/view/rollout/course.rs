//! A running rollout: its progress, the person's control of it, policy by policy.

use leptos::prelude::*;

use super::course_row::course_row;
use crate::browser::BrowserWorld;
use crate::desk::rollout::{Halt, MOST_AT_ONCE, PolicyProgress};
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::state::frame::online::Online;
use crate::state::rollout::{Line, RolloutState};
use crate::text;
use crate::text::problem::problem;
use crate::view::part::{Button, ButtonKind, Notice, ProgressList, Tone, UserText};
use crate::view::problem::ProblemPanel;
use crate::view::sign_in_again::sign_in_of;
use crate::world::Clock;

/// An estimate of the time left is shown after this long, ms.
const GUESS_AFTER_MS: i64 = 5_000;

/// The progress.
#[component]
pub fn Course() -> impl IntoView {
    let state = RolloutState::current();
    let course = state.course();
    let all = Signal::derive(move || course.lines.with(Vec::len));
    let left = move || {
        let (ended, all) = (course.ended.get(), all.get());
        let took = BrowserWorld.unix_ms() - course.began.get();
        let (done, open) = (i64::try_from(ended).unwrap_or(0), i64::try_from(all.saturating_sub(ended)).unwrap_or(0));
        (took > GUESS_AFTER_MS && done > 0 && open > 0)
            .then(|| text::rollout::course::time_left(took / done * open / 1_000))
    };
    let stopping = Signal::derive(move || course.cancelled.get().then(|| text::rollout::course::CANCELLING.to_owned()));
    let hand = move || {
        if course.halted.with(Option::is_some) {
            view! {
                <Button kind=ButtonKind::Primary on_press=move |()| state.resume()>{text::rollout::course::RESUME}</Button>
            }
            .into_any()
        } else {
            view! {
                <Button disabled_reason=stopping on_press=move |()| state.pause()>{text::rollout::course::PAUSE}</Button>
            }
            .into_any()
        }
    };
    let nav = Nav::current();
    let turned_back = move || nav.turned_back.get() > 0;
    Effect::new(move |_| {
        if turned_back() {
            Notices::current().announce(text::rollout::course::STAYS.to_owned());
        }
    });
    let rows = move || {
        let lines = course.lines.get();
        lines.into_iter().map(course_row).collect_view()
    };
    let half_saved = Memo::new(move |_| {
        let is_halted = course.halted.with(Option::is_some);
        if is_halted { course.lines.with(|lines| half_saved(lines)) } else { Vec::new() }
    });
    let uncertain = Memo::new(move |_| {
        let is_uncertain = |line: &&Line| line.progress.with(text::rollout::course::is_uncertain);
        let is_halted = course.halted.with(Option::is_some);
        if is_halted { course.lines.with(|lines| lines.iter().filter(is_uncertain).count()) } else { 0 }
    });
    let back = RwSignal::new(false);
    Online::current().on_return(move || back.set(true));
    Effect::new(move |_| course.halted.with(|_| back.set(false)));
    let is_back = move || back.get() && course.halted.with(|halt| matches!(halt, Some(Halt::NoAnswer(_))));
    view! {
        <section class="rollout" aria-label=text::rollout::course::RUNNING>
            <h2>{text::rollout::course::RUNNING}</h2>
            <div class="progress rollout-progress">
                <p class="progress-words" role="status">
                    {move || text::rollout::course::progress(course.ended.get(), all.get())}
                </p>
                <span class="progress-left">{left}</span>
                {hand}
                <Button disabled_reason=stopping on_press=move |()| state.cancel()>{text::rollout::course::CANCEL}</Button>
                <progress
                    max=move || all.get().max(1).to_string()
                    value=move || course.ended.get().to_string()
                    aria-label=text::rollout::course::RUNNING
                ></progress>
            </div>
            <Show when=turned_back>
                <p>{text::rollout::course::STAYS}</p>
            </Show>
            <Show when=move || { (1..MOST_AT_ONCE).contains(&course.at_once.get()) }>
                <p class="help">{text::rollout::course::SLOWED}</p>
            </Show>
            {move || course.halted.get().map(|halt| halted(&halt))}
            {move || half_way(half_saved.get())}
            <Show when=move || { uncertain.get() > 0 }>
                <p role="status">{move || text::rollout::course::may_be_there(uncertain.get())}</p>
            </Show>
            <Show when=is_back>
                <p role="status">{text::rollout::course::NETWORK_BACK}</p>
            </Show>
            <ProgressList label=text::rollout::course::RESULTS>{rows}</ProgressList>
        </section>
    }
    .into_any()
}

fn halted(halt: &Halt) -> AnyView {
    let error = match halt {
        Halt::ByPerson | Halt::Uncertain => None,
        Halt::SignIn(error) | Halt::Throttled(error) | Halt::NoAnswer(error) => Some(error.clone()),
    };
    let help = match halt {
        Halt::SignIn(_) => text::rollout::course::SIGN_IN_HELP,
        Halt::Uncertain => text::rollout::course::UNCERTAIN_HELP,
        Halt::ByPerson | Halt::Throttled(_) | Halt::NoAnswer(_) => text::rollout::course::PAUSED_HELP,
    };
    view! {
        <Notice tone=Tone::Warn title=text::rollout::halted(halt)>{help}</Notice>
        {error.map(|error| view! {
            <ProblemPanel problem=problem(&error, text::problem::Doing::SavingPolicy)>
                {sign_in_of(&error)}
            </ProblemPanel>
        })}
    }
    .into_any()
}

/// The names of the policies that wait half saved.
fn half_saved(lines: &[Line]) -> Vec<String> {
    let waits = |line: &&Line| line.progress.with(PolicyProgress::waits_half_way);
    lines.iter().filter(waits).map(|line| line.work.label.clone()).collect()
}

fn half_way(names: Vec<String>) -> AnyView {
    if names.is_empty() {
        return ().into_any();
    }
    let title = text::rollout::course::half_way(names.len());
    let lines = names.into_iter().map(|name| view! { <li><UserText text=name /></li> }).collect_view();
    view! {
        <Notice tone=Tone::Danger title urgent=true>
            <p>{text::rollout::course::PAUSED_EXPOSED_HELP}</p>
            <ul>{lines}</ul>
        </Notice>
    }
    .into_any()
}
