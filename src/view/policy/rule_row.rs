//! The rules of a save while it runs and once it has ended.

use leptos::prelude::*;

use super::change_line::ChangeLine;
use crate::desk::save::{Finished, RuleProgress, RuleState};
use crate::graph::Error;
use crate::policy::{Change, Setting};
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{Notice, ProgressRow, StepState, Tone};
use crate::view::problem::AccessTrouble;
use crate::view::problem::ProblemPanel;

/// One rule: its state, what it changes, why it failed.
pub fn rule_row(rule: &RuleProgress, sent: &[Change], doing: Doing) -> AnyView {
    let state = match &rule.state {
        RuleState::Queued => StepState::Queued,
        RuleState::Sending => StepState::Sending,
        RuleState::Accepted => StepState::Accepted,
        RuleState::Lost => StepState::Reading,
        RuleState::Verified => StepState::Verified,
        RuleState::NotVisibleYet => StepState::NotVisibleYet,
        RuleState::Unknown => StepState::Unknown,
        RuleState::Failed(_) => StepState::Failed,
        RuleState::NotAttempted | RuleState::Overtaken => StepState::NotAttempted,
    };
    let detail = match &rule.state {
        RuleState::Verified => rule.at_unix_ms.map(crate::browser::locale::time_or_date).unwrap_or_default(),
        RuleState::Accepted | RuleState::Lost | RuleState::Overtaken => {
            text::policy::save::state(&rule.state).to_owned()
        }
        _ => String::new(),
    };
    let changes: Vec<_> = sent
        .iter()
        .filter(|change| rule.settings.contains(&change.setting))
        .map(|change| view! { <ChangeLine change=change.clone() /> })
        .collect();
    let failure = match &rule.state {
        // The button for a sign-in that holds up the whole save is below the rules.
        RuleState::Failed(error @ Error::SignIn(_)) => {
            Some(view! { <ProblemPanel problem=problem(error, doing) /> }.into_any())
        }
        RuleState::Failed(error) => Some(view! { <AccessTrouble error=error.clone() doing /> }.into_any()),
        _ => None,
    };
    view! {
        <ProgressRow label=text::policy::save::rule_name(rule.rule) state=Signal::stored(state) detail>
            <ul class="changes">{changes}</ul>
            {failure}
        </ProgressRow>
    }
    .into_any()
}

/// What is, or may be, weaker now than before and than wanted, because only half of it was saved; `help` and `may_help`
/// say what to do about it from this view.
pub fn exposed(finished: &Finished, help: &'static str, may_help: &'static str) -> AnyView {
    let notice = |settings: Vec<Setting>, title: fn(&str) -> String, help: &'static str| {
        let title = (!settings.is_empty()).then(|| title(&text::policy::setting::labels(&settings)));
        title.map(|title| view! { <Notice tone=Tone::Danger title urgent=true>{help}</Notice> })
    };
    view! {
        {notice(finished.exposed(), text::policy::review::exposed, help)}
        {notice(finished.may_be_exposed(), text::policy::review::may_be_exposed, may_help)}
    }
    .into_any()
}
