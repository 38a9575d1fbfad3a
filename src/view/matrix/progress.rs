//! The progress of the survey, its failures, and reading again.

use leptos::prelude::*;

use crate::browser::{BrowserWorld, locale};
use crate::graph::Error;
use crate::state::frame::time::Now;
use crate::state::matrix::held_roles::HeldRoles;
use crate::state::matrix::{MatrixState, ReadingProgress, ReadingStage};
use crate::text;
use crate::text::matrix::progress;
use crate::text::problem::{Doing, problem};
use crate::view::matrix::shown::Shown;
use crate::view::part::{Button, ButtonKind, Disclosure, Notice, Tone, UserText};
use crate::view::problem::AccessTrouble;
use crate::view::sign_in_again::sign_in_of;
use crate::world::Clock;

/// Failures that are listed; all of them are retried.
const LISTED: usize = 50;

/// While reading: a bar with Cancel.
#[component]
pub fn ReadingLine(
    /// The rows.
    table: MatrixState,
) -> impl IntoView {
    let now = Memo::new(move |_| table.whole());
    let stage = Memo::new(move |_| now.get().stage);
    let bar = move || {
        view! {
            <div class="progress matrix-progress">
                <p class="progress-words" role="status">
                    {move || {
                        let now = now.get();
                        if now.found == 0 {
                            progress::LISTING.to_owned()
                        } else {
                            progress::counts(now.read, now.found, now.failed, now.is_listed())
                        }
                    }}
                </p>
                <p class="progress-left">{move || left(&now.get())}</p>
                <Button on_press=move |()| table.stop()>{progress::CANCEL}</Button>
                <progress
                    max=move || now.get().found.max(1).to_string()
                    value=move || now.get().read.to_string()
                    aria-label=progress::READING
                ></progress>
                <Show when=move || now.get().slowed>
                    <p class="help">{progress::SLOWED}</p>
                </Show>
            </div>
        }
    };
    move || match stage.get() {
        ReadingStage::Running => bar().into_any(),
        ReadingStage::NotBegun | ReadingStage::Complete | ReadingStage::Stopped => ().into_any(),
    }
}

/// Once it has ended: when it was read, and the button to read again.
#[component]
pub fn ReadAgain(
    /// The table as it is on screen.
    shown: Shown,
) -> impl IntoView {
    let table = shown.table();
    let now = Memo::new(move |_| table.whole());
    let stage = Memo::new(move |_| now.get().stage);
    let clock = Now::current();
    let today = Memo::new(move |_| locale::day(clock.get()));
    let words = move || {
        let now = now.get();
        today.track();
        match now.stage {
            ReadingStage::Stopped => progress::stopped(now.read, now.found, now.is_listed()),
            _ => progress::read_at(&now.read_unix_ms.map(locale::time_or_date).unwrap_or_default()),
        }
    };
    let go_on = move |()| table.go_on(&shown.view.with_untracked(|view| view.reference.clone()));
    let ended = move || {
        let stopped = stage.get() == ReadingStage::Stopped;
        view! {
            <div class="matrix-read">
                <p class="help" role="status">
                    {words}
                </p>
                <HeldReading />
                {stopped
                    .then(|| {
                        view! {
                            <Button kind=ButtonKind::Quiet on_press=go_on>
                                {progress::GO_ON}
                            </Button>
                        }
                    })}
                <Button kind=ButtonKind::Quiet on_press=move |()| table.again()>
                    {progress::AGAIN}
                </Button>
            </div>
        }
    };
    move || match stage.get() {
        ReadingStage::NotBegun | ReadingStage::Running => ().into_any(),
        ReadingStage::Complete | ReadingStage::Stopped => ended().into_any(),
    }
}

/// How long it will still take, once that is known.
fn left(now: &ReadingProgress) -> String {
    now.left_ms(BrowserWorld.unix_ms()).map(progress::left).unwrap_or_default()
}

/// What could not be read: the list, names, single groups.
#[component]
pub fn Failures(
    /// The rows.
    table: MatrixState,
) -> impl IntoView {
    let troubles = move || {
        let again = Callback::new(move |()| table.again());
        let shown = |error: Error| view! { <AccessTrouble error doing=listing(table) on_retry=again /> };
        table.troubles.get().into_iter().take(2).map(shown).collect_view()
    };
    let failed = Memo::new(move |_| table.errors.with(Vec::len));
    let ids = move || table.errors.with_untracked(|errors| errors.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>());
    let sign_in = move || table.errors.with(|errors| errors.iter().find_map(|(_, error)| sign_in_of(error)));
    let actions = move || {
        view! { <Button on_press=move |()| table.read_again(&ids())>{progress::RETRY_ALL}</Button> }
    };
    let title =
        Signal::derive(move || progress::failed(failed.get(), table.groups.get().found + table.roles.get().found));
    // If nothing at all may be read, the reason replaces a list that would repeat it.
    let nothing = Memo::new(move |_| {
        let now = table.whole();
        now.stage != ReadingStage::Running && failed.get() > 0 && failed.get() == now.found
    });
    let why = move || {
        let error = table.errors.with(|errors| errors.first().map(|(_, error)| error.clone()))?;
        let again = Callback::new(move |()| table.again());
        Some(view! { <AccessTrouble error doing=Doing::ReadingPolicy on_retry=again /> })
    };
    view! {
        {troubles}
        {move || nothing.get().then(why)}
        <Show when=move || { failed.get() > 0 && !nothing.get() }>
            <Notice tone=Tone::Warn title actions>
                {sign_in}
                <Disclosure summary=progress::FAILURES>
                    <ul class="matrix-failures">{move || listed(table)}</ul>
                </Disclosure>
            </Notice>
        </Show>
    }
    .into_any()
}

/// Of how many groups the Entra roles are still being read, with Cancel.
#[component]
pub fn HeldReading() -> impl IntoView {
    let held = HeldRoles::current();
    let waiting = Memo::new(move |_| held.waiting());
    view! {
        <Show when=move || { waiting.get() > 0 }>
            <p class="help">{move || progress::roles_waiting(waiting.get())}</p>
            <Button on_press=move |()| held.stop()>{progress::CANCEL}</Button>
        </Show>
    }
    .into_any()
}

/// Of how many groups the Entra roles could not be read, why, and another try; of how many they were not, and the rest.
#[component]
pub fn HeldFailures(
    /// The rows.
    table: MatrixState,
) -> impl IntoView {
    let held = HeldRoles::current();
    let failed = Memo::new(move |_| held.failed());
    let again = move |()| table.rows.with_untracked(|rows| held.retry(rows));
    let left = Memo::new(move |_| held.left());
    let rest = move |()| table.rows.with_untracked(|rows| held.go_on(rows));
    let actions = move || view! { <Button on_press=again>{progress::RETRY}</Button> };
    let why = move || {
        let error = held.why()?;
        let problem = problem(&error, Doing::FindingRoles);
        let words = [&problem.title, ". ", &problem.detail].concat();
        Some(view! { <p>{words}</p> {sign_in_of(&error)} })
    };
    view! {
        <Show when=move || { failed.get() > 0 }>
            <Notice tone=Tone::Warn title=Signal::derive(move || progress::roles_failed(failed.get())) actions>
                {why}
            </Notice>
        </Show>
        <Show when=move || { left.get() > 0 }>
            <Notice
                tone=Tone::Info
                title=Signal::derive(move || progress::roles_left(left.get()))
                actions=move || view! { <Button on_press=rest>{progress::GO_ON}</Button> }
            />
        </Show>
    }
    .into_any()
}

/// The phrase for what was being done when a list could not be read.
pub fn listing(table: MatrixState) -> Doing {
    let roles = table.roles.with_untracked(|roles| roles.stage != ReadingStage::NotBegun);
    let groups_fine = table.groups.with_untracked(|groups| groups.found > 0);
    if roles && groups_fine { Doing::FindingRoles } else { Doing::FindingGroups }
}

fn listed(table: MatrixState) -> AnyView {
    let errors = table.errors.get();
    let more = errors.len().saturating_sub(LISTED);
    let lines: Vec<AnyView> = errors
        .into_iter()
        .take(LISTED)
        .map(|(id, error)| {
            let name = table.rows.with_untracked(|rows| {
                rows.iter().find(|row| *row.id() == id).map_or_else(|| id.to_string(), |row| row.name().to_owned())
            });
            let why = problem(&error, Doing::ReadingPolicy).title;
            let label = [" ", name.as_str()].concat();
            view! {
                <li>
                    <span class="matrix-failed-name">
                        <UserText text=name />
                    </span>
                    <span>{why}</span>
                    <Button kind=ButtonKind::Quiet on_press=move |()| table.read_again(std::slice::from_ref(&id))>
                        {progress::RETRY}
                        <span class="unseen">{label}</span>
                    </Button>
                </li>
            }
            .into_any()
        })
        .collect();
    let more = (more > 0).then(|| view! { <li>{text::matrix::progress::more(more)}</li> });
    view! {
        {lines}
        {more}
    }
    .into_any()
}
