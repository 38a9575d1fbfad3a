//! The progress of reading, and what could not be checked.

use leptos::prelude::*;

use crate::auth::extras::Extra;
use crate::browser::locale;
use crate::dead_end::Why;
use crate::dead_end::need::Check;
use crate::graph::Error;
use crate::state::dead_ends::DeadEndsState;
use crate::state::extras::ExtrasState;
use crate::state::matrix::{MatrixState, ReadingStage};
use crate::text;
use crate::text::problem::Doing;
use crate::view::matrix::progress::listing;
use crate::view::part::{Button, Dotted, Notice, Tone};
use crate::view::problem::AccessTrouble;

/// The progress of reading, and the button that stops it; afterwards, how old the data is.
#[component]
pub fn Reading() -> impl IntoView {
    let state = DeadEndsState::current();
    let counts = move || match state.policies() {
        Some(reading) => (reading.read, reading.found),
        None => (state.progress.get().read, state.progress.get().found),
    };
    let words = move || match state.policies() {
        Some(reading) => text::dead_ends::reading_policies(reading.read, reading.found, reading.failed),
        None => text::dead_ends::reading_facts(state.progress.get().read, state.progress.get().found),
    };
    let bar = move || {
        let (read, found) = counts();
        (found > 0).then(|| {
            view! { <progress max=found.to_string() value=read.to_string() aria-label=text::dead_ends::TITLE></progress> }
        })
    };
    let read_at = move || {
        let time = |at: Option<i64>| at.map(locale::date_time).unwrap_or_default();
        text::dead_ends::read_at(&time(state.read_unix_ms()), &time(state.facts_unix_ms.get()))
    };
    view! {
        <Show
            when=move || state.policies().is_some() || state.reading.get()
            fallback=move || view! { <p class="help">{read_at}</p> }
        >
            <div class="progress">
                <p class="progress-words" role="status">{words}</p>
                <Button on_press=move |()| state.stop()>{text::dead_ends::CANCEL}</Button>
                {bar}
            </div>
        </Show>
    }
    .into_any()
}

/// What was not checked and why, once nothing is being read any more.
#[component]
pub fn Unchecked() -> impl IntoView {
    let (state, matrix, wanted) = (DeadEndsState::current(), MatrixState::current(), ExtrasState::current());
    move || {
        if state.reading.get() || state.policies().is_some() {
            return ().into_any();
        }
        let troubles = matrix.troubles.with(|troubles| {
            let panel = |error: &Error| {
                let retry = Callback::new(move |()| state.again());
                view! { <AccessTrouble error=error.clone() doing=listing(matrix) on_retry=retry /> }
            };
            troubles.iter().take(2).map(panel).collect_view()
        });
        let stopped = [matrix.groups, matrix.roles]
            .into_iter()
            .any(|progress| progress.with(|progress| progress.stage == ReadingStage::Stopped));
        let asking = wanted.error.with(|error| {
            let error = error.as_ref()?;
            let retry = Callback::new(move |()| wanted.want(Extra::Checks));
            Some(view! { <AccessTrouble error=error.clone() doing=Doing::ReadingPolicy on_retry=retry /> })
        });
        let lines = lines(state);
        view! {
            {troubles}
            {stopped.then(|| view! { <Notice tone=Tone::Warn title=text::dead_ends::STOPPED /> })}
            {lines}
            {asking}
        }
        .into_any()
    }
}

fn lines(state: DeadEndsState) -> Option<AnyView> {
    let wanted = ExtrasState::current();
    let (unchecked, unread) =
        state.report.with(|report| report.as_ref().map(|report| (report.unchecked.clone(), report.unread)))?;
    let roles = state.with_roles();
    let mut items: Vec<String> = unchecked.iter().map(text::dead_ends::unchecked).collect();
    if !roles {
        items.push(text::dead_ends::ROLES.to_owned());
    }
    if unread > 0 {
        items.push(text::dead_ends::unread(unread));
    }
    if items.is_empty() {
        return None;
    }
    let lacks =
        |checks: &[Check]| unchecked.iter().any(|one| one.why == Why::NotGranted && checks.contains(&one.check));
    let asks_checks = lacks(&[Check::Eligible, Check::AccessPolicies]);
    let asks_roles = !roles || lacks(&[Check::GroupRoles, Check::RoleEligible, Check::RolePolicies]);
    let failed = unread > 0 || unchecked.iter().any(|one| matches!(one.why, Why::Failed | Why::NotAsked));
    // One after another: the sign-in for the first comes back here.
    let ask = move |()| wanted.want(if asks_checks { Extra::Checks } else { Extra::RolePolicies });
    let actions = move || {
        view! {
            {(asks_checks || asks_roles).then(|| view! {
                <Button busy=wanted.asking on_press=ask>{text::dead_ends::ASK}</Button>
            })}
            {failed.then(|| view! { <Button on_press=move |()| state.retry()>{text::dead_ends::RETRY}</Button> })}
        }
    };
    let items = items.into_iter().map(|words| view! { <li><Dotted text=words /></li> }).collect_view();
    Some(
        view! {
            <Notice tone=Tone::Info title=text::dead_ends::UNCHECKED actions>
                <ul class="unchecked">{items}</ul>
            </Notice>
        }
        .into_any(),
    )
}
