//! One policy of a running rollout: its progress, and rule by rule once it is opened.

use leptos::prelude::*;

use crate::browser::locale;
use crate::desk::rollout::{PolicyProgress, SaveStage};
use crate::desk::save::{NotStarted, Outcome};
use crate::graph::Error;
use crate::policy::Change;
use crate::state::rollout::{Line, RolloutState};
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{Button, Disclosure, ProgressList, ProgressRow, StepState};
use crate::view::policy::{ChangeLine, exposed, rule_row};
use crate::view::problem::ProblemPanel;

/// The row of one policy.
pub fn course_row(line: Line) -> AnyView {
    let state = RolloutState::current();
    let (progress, wait) = (line.progress, line.wait);
    let step = Signal::derive(move || if wait.with(Option::is_some) { StepState::Paused } else { progress.with(step) });
    let detail = Signal::derive(move || match wait.get() {
        Some(waiting) => text::page::continues_at(&locale::time_to_the_second(waiting.until_unix_ms)),
        None => progress.with(text::rollout::course::state),
    });
    let (label, changes) = (line.work.label.clone(), line.changes);
    let doing = text::subject::saving(&line.work.target.subject);
    let failed =
        move || progress.with(not_begun).map(|error| view! { <ProblemPanel problem=problem(&error, doing) /> });
    let open = move || progress.with(open_now);
    let summary = Signal::derive(move || progress.with(text::rollout::course::rules));
    view! {
        <ProgressRow label state=step detail>
            {failed}
            {open}
            <Show when=move || wait.with(Option::is_some)>
                <Button on_press=move |()| state.hurry()>{text::policy::review::RETRY_NOW}</Button>
            </Show>
            <Disclosure summary>
                {
                    let changes = changes.clone();
                    move || progress.with(|progress| rules(progress, &changes, doing))
                }
            </Disclosure>
        </ProgressRow>
    }
    .into_any()
}

/// The changes, and the progress of each rule once the rules are known.
fn rules(progress: &PolicyProgress, changes: &[Change], doing: Doing) -> AnyView {
    let rules = text::rollout::course::known_rules(progress);
    if rules.is_empty() {
        let lines = changes.iter().map(|change| view! { <ChangeLine change=change.clone() /> });
        return view! { <ul class="changes">{lines.collect_view()}</ul> }.into_any();
    }
    let rows: Vec<AnyView> = rules.iter().map(|rule| rule_row(rule, changes, doing)).collect();
    view! { <ProgressList label=text::policy::review::PROGRESS>{rows}</ProgressList> }.into_any()
}

/// Why nothing was started; the error of a rule is shown with the rule, and the first one here too. Why it is paused is
/// shown above the list.
fn not_begun(progress: &PolicyProgress) -> Option<Error> {
    let (PolicyProgress::Ended(outcome) | PolicyProgress::Left(_, outcome)) = progress else { return None };
    match outcome.as_ref() {
        Outcome::NotStarted(NotStarted::Error(error)) => Some(error.clone()),
        Outcome::Finished(finished) => finished.failure().cloned(),
        _ => None,
    }
}

/// What is weaker now than before and than wanted.
fn open_now(progress: &PolicyProgress) -> Option<AnyView> {
    let finished = text::rollout::course::left(progress)?;
    let help = match progress {
        PolicyProgress::Paused(_) => text::rollout::course::PAUSED_EXPOSED_HELP,
        _ => text::rollout::course::EXPOSED_HELP,
    };
    Some(exposed(finished, help, text::rollout::course::MAY_BE_EXPOSED_HELP))
}

fn step(progress: &PolicyProgress) -> StepState {
    match progress {
        PolicyProgress::Waiting => StepState::Queued,
        PolicyProgress::Running(rules) => match SaveStage::of(rules) {
            SaveStage::Reading => StepState::Reading,
            SaveStage::Sending => StepState::Sending,
            SaveStage::Accepted => StepState::Accepted,
        },
        PolicyProgress::Paused(_) => StepState::Paused,
        PolicyProgress::NotBegun => StepState::NotAttempted,
        PolicyProgress::Left(finished, _) if finished.uncertain() > 0 => StepState::Unknown,
        PolicyProgress::Left(..) => StepState::Failed,
        PolicyProgress::Ended(outcome) => match outcome.as_ref() {
            Outcome::Finished(finished) if finished.is_complete() => StepState::Verified,
            Outcome::Finished(finished) if finished.uncertain() > 0 => StepState::Unknown,
            Outcome::Finished(_) => StepState::Failed,
            Outcome::Conflicts { .. } | Outcome::NotStarted(_) => StepState::NotAttempted,
        },
    }
}
