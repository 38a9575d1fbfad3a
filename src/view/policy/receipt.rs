//! A save in progress, and its outcome.

use leptos::prelude::*;

use super::findings::MeanwhileNote;
use super::rule_row::{exposed, rule_row};
use crate::auth::session::Reason;
use crate::desk::save::{Finished, NotStarted, Outcome, RuleProgress, RuleState};
use crate::graph::Error;
use crate::state::directory::names::Names;
use crate::state::frame::clip::CopyText;
use crate::state::policy::editor::{Again, Editor, Saving};
use crate::text;
use crate::text::problem::problem;
use crate::view::dialog_wait::wait_notice;
use crate::view::part::{Button, Notice, ProgressList, Skeleton, SkeletonShape, Tone, UserText};
use crate::view::problem::AccessTrouble;
use crate::view::problem::ProblemPanel;
use crate::view::sign_in_again::SignInAgain;

/// The rules one by one, then the summary and what can be done.
#[component]
pub fn Receipt(
    /// The policy.
    editor: Editor,
) -> impl IntoView {
    move || {
        editor.saving.with(|saving| match saving {
            Saving::No => ().into_any(),
            Saving::Running(rules) if rules.is_empty() => view! {
                <UnderWay editor />
                <p role="status">{text::policy::review::READING_FIRST}</p>
                <Skeleton shape=SkeletonShape::Table rows=2 />
            }
            .into_any(),
            Saving::Running(rules) => view! {
                <UnderWay editor />
                {rows(editor, rules)}
            }
            .into_any(),
            Saving::Ended(outcome) => match outcome.as_ref() {
                Outcome::Finished(finished) => view! { <Ended editor finished=finished.clone() /> }.into_any(),
                Outcome::Conflicts { .. } => ().into_any(),
                Outcome::NotStarted(why) => view! { <DidNotStart editor why=why.clone() /> }.into_any(),
            },
        })
    }
}

fn rows(editor: Editor, rules: &[RuleProgress]) -> AnyView {
    let sent = editor.sent.get_untracked();
    let rows: Vec<AnyView> = rules.iter().map(|rule| rule_row(rule, &sent, editor.doing())).collect();
    view! { <ProgressList label=text::policy::review::PROGRESS>{rows}</ProgressList> }.into_any()
}

/// A wait that Microsoft asked for, and the button to stop.
#[component]
fn UnderWay(
    /// The policy.
    editor: Editor,
) -> impl IntoView {
    let hurry = Callback::new(move |()| editor.retry_now());
    let wait = move || editor.waiting.get().map(|waiting| wait_notice(waiting, hurry));
    view! {
        {wait}
        <Show when=move || editor.stopping.get()>
            <p role="status">{move || stop_words(editor).1}</p>
        </Show>
    }
    .into_any()
}

/// The button that stops a save, and what is said once it was pressed.
pub fn stop_words(editor: Editor) -> (&'static str, &'static str) {
    editor.saving.with(|saving| {
        let rules: &[RuleProgress] = if let Saving::Running(rules) = saving { rules } else { &[] };
        editor.sent.with(|sent| text::policy::review::stop(rules, sent))
    })
}

#[component]
fn Ended(
    /// The policy.
    editor: Editor,
    /// Its outcome.
    finished: Finished,
) -> impl IntoView {
    let complete = finished.is_complete();
    let can_undo = finished.can_undo();
    let uncertain = finished.uncertain();
    let help = text::policy::save::exposed_help(&finished);
    let sum = text::policy::save::outcome(&Outcome::Finished(finished.clone()));
    let refused = text::policy::save::refused(&finished);
    let left_out = text::policy::save::not_undone(&finished).filter(|_| can_undo).map(|words| [" ", &words].concat());
    let report = text::policy::save::report(&finished, crate::browser::locale::date_time);
    let left = untrack(|| editor.edits(|draft| finished.left_of(draft)));
    let names = Names::current();
    let differing = finished.differing().into_iter().map(move |(setting, now)| {
        let words = Signal::derive(move || text::policy::save::reads_now(setting, now.as_ref(), &names.known()));
        view! { <p><UserText text=words /></p> }
    });
    let looks = Signal::derive(move || editor.again.with(|again| *again == Again::Reading));
    let sign_in = finished.rules.iter().find_map(|rule| match &rule.state {
        RuleState::Failed(Error::SignIn(needed)) => Some((**needed).clone()),
        _ => None,
    });
    view! {
        <Notice tone=if complete { Tone::Ok } else { Tone::Warn } title=sum>
            {refused.map(|words| view! { <p class="user-text">{words}</p> })}
            {differing.collect_view()}
            {(uncertain > 0).then_some(text::policy::review::UNCERTAIN)}
            {left_out}
            {(!complete && left > 0).then(|| text::policy::review::still_unsaved(left))}
        </Notice>
        <MeanwhileNote editor />
        {exposed(&finished, help, text::policy::review::MAY_BE_EXPOSED_HELP)}
        {rows(editor, &finished.rules)}
        {(uncertain > 0).then(|| view! { <LookedAgain editor /> })}
        <p class="actions">
            {sign_in.map(|needed| view! { <SignInAgain needed /> })}
            {(uncertain > 0).then(|| view! {
                <Button busy=looks on_press=move |()| editor.look_again()>{text::policy::review::LOOK_AGAIN}</Button>
            })}
            {(left > 0).then(|| view! {
                <Button on_press=move |()| editor.put_away()>{text::policy::review::REVIEW_THE_REST}</Button>
            })}
            {can_undo.then(|| view! {
                <Button on_press=move |()| editor.undo()>{text::policy::review::UNDO}</Button>
            })}
            <Button on_press=move |()| CopyText::current().copy(&report, text::policy::review::REPORT_COPIED)>
                {text::policy::review::COPY_REPORT}
            </Button>
        </p>
    }
    .into_any()
}

/// What another look showed, if the rules do not show it.
#[component]
fn LookedAgain(
    /// The policy.
    editor: Editor,
) -> impl IntoView {
    move || {
        editor.again.with(|again| match again {
            Again::Seen => view! { <p>{text::receipt::STILL_UNCERTAIN}</p> }.into_any(),
            Again::Failed(NotStarted::Error(error)) => {
                view! { <AccessTrouble error=error.clone() doing=text::subject::reading(&editor.subject()) /> }
                    .into_any()
            }
            Again::Failed(NotStarted::NoPolicy(none)) => {
                view! { <Notice tone=Tone::Warn title=text::policy::save::no_policy(*none) /> }.into_any()
            }
            _ => ().into_any(),
        })
    }
}

#[component]
fn DidNotStart(
    /// The policy.
    editor: Editor,
    /// Why it did not start.
    why: NotStarted,
) -> impl IntoView {
    let again = move || {
        view! {
            <Button on_press=move |()| editor.put_away()>{text::policy::review::BACK_TO_REVIEW}</Button>
        }
    };
    let later = |title: &'static str, help: &'static str| {
        view! {
            <Notice tone=Tone::Warn title>{help}</Notice>
            <p class="actions">{again()}</p>
        }
        .into_any()
    };
    match why {
        NotStarted::Error(Error::SignIn(needed)) => {
            let (title, help) = text::policy::review::sign_in_to_save(needed.reason);
            let problem = (needed.reason != Reason::Consent)
                .then(|| view! { <ProblemPanel problem=problem(&Error::SignIn(needed.clone()), editor.doing()) /> });
            view! {
                <Notice tone=Tone::Info title>{help}</Notice>
                {problem}
                <p class="actions">
                    <SignInAgain needed=*needed />
                    {again()}
                </p>
            }
            .into_any()
        }
        NotStarted::Error(error) => view! {
            <AccessTrouble error doing=editor.doing() />
            <p class="actions">{again()}</p>
        }
        .into_any(),
        NotStarted::Invalid { issues, .. } => {
            let lines = issues.into_iter().map(|issue| {
                let words =
                    [&text::policy::setting::full_label(issue.setting), ": ", &text::policy::issue::issue(&issue)]
                        .concat();
                view! { <li class="user-text">{words}</li> }
            });
            view! {
                <Notice tone=Tone::Danger title=text::policy::review::INVALID>
                    <ul>{lines.collect_view()}</ul>
                </Notice>
                <MeanwhileNote editor />
                <p class="actions">{again()}</p>
            }
            .into_any()
        }
        NotStarted::SavedElsewhere => {
            later(text::policy::review::SAVED_ELSEWHERE, text::policy::review::SAVED_ELSEWHERE_HELP)
        }
        NotStarted::Unsteady => later(text::policy::review::UNSTEADY, text::policy::review::UNSTEADY_HELP),
        NotStarted::Stopped => view! {
            <Notice tone=Tone::Info title=text::policy::review::STOPPED_WAITING />
            <p class="actions">{again()}</p>
        }
        .into_any(),
        NotStarted::NoPolicy(none) => view! {
            <Notice tone=Tone::Warn title=text::policy::save::no_policy(none) />
            <p class="actions">{again()}</p>
        }
        .into_any(),
    }
}
