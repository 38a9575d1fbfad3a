//! Receipts wherever they are shown: in the list, on their own page, and in the notice of an interrupted save.

mod exposure;
mod found;
mod undo;

use leptos::prelude::*;

use crate::policy::Value;
use crate::receipt::{Receipt, RuleEnd, RuleRecord, Standing};
use crate::state::directory::names::Names;
use crate::text;
use crate::view::moment::moment;
use crate::view::part::{Fact, FactList, ProgressList, ProgressRow, StepState, Tone};
use crate::view::policy::ChangeLine;

pub use exposure::exposure;
pub use found::{FoundSaves, LookAgain, outcome};
pub use undo::WayBack;

/// The color of an outcome.
pub const fn standing_tone(standing: Standing) -> Tone {
    match standing {
        Standing::Saved => Tone::Ok,
        Standing::Partly | Standing::Uncertain => Tone::Warn,
        Standing::NotSaved => Tone::Danger,
        Standing::Open => Tone::Neutral,
    }
}

/// When a change began and ended, as lines of its facts.
pub fn course(started_unix_ms: i64, ended_unix_ms: Option<i64>) -> AnyView {
    let line = |name: &'static str, at: i64| view! { <div><dt>{name}</dt><dd translate="no">{moment(at)}</dd></div> };
    view! {
        {line(text::receipt::STARTED, started_unix_ms)}
        {ended_unix_ms.map(|at| line(text::receipt::ENDED, at))}
    }
    .into_any()
}

/// The rules of a receipt, each with its changes and its outcome.
#[component]
pub fn ReceiptRules(
    /// The receipt.
    receipt: Receipt,
) -> impl IntoView {
    let approvers = receipt.changes.iter().flat_map(|changed| [&changed.before, &changed.after]);
    let ids = approvers.filter_map(|value| if let Value::Approvers(list) = value { Some(list) } else { None });
    Names::current().look_up(ids.flatten().filter_map(|approver| approver.id.parse().ok()));
    let rows: Vec<AnyView> = receipt.rules.iter().map(|rule| row(&receipt, rule)).collect();
    view! { <ProgressList label=text::receipt::RULES>{rows}</ProgressList> }.into_any()
}

fn row(receipt: &Receipt, rule: &RuleRecord) -> AnyView {
    let state = match rule.end {
        RuleEnd::Queued => StepState::Queued,
        RuleEnd::Sending => StepState::Sending,
        RuleEnd::Accepted => StepState::Accepted,
        RuleEnd::Verified => StepState::Verified,
        RuleEnd::NotVisibleYet => StepState::NotVisibleYet,
        RuleEnd::Lost | RuleEnd::Unknown | RuleEnd::Held => StepState::Unknown,
        RuleEnd::Failed => StepState::Failed,
        RuleEnd::NotAttempted => StepState::NotAttempted,
        RuleEnd::NotSaved | RuleEnd::ChangedSince => StepState::NotSaved,
    };
    let at = rule.at_unix_ms.map(crate::browser::locale::time_or_date).unwrap_or_default();
    let detail = [at.as_str(), text::receipt::rule_note(rule.end)].join(" ");
    let changes: Vec<_> = receipt
        .changes
        .iter()
        .filter(|changed| rule.settings.contains(&changed.setting))
        .map(|changed| view! { <ChangeLine change=receipt.judged(changed) /> })
        .collect();
    let label = rule.id().map_or_else(|| rule.rule.clone(), text::policy::save::rule_name);
    let facts = facts(rule);
    view! {
        <ProgressRow label state=Signal::stored(state) detail>
            <ul class="changes">{changes}</ul>
            {(!facts.is_empty()).then(|| view! {
                <details class="details">
                    <summary>{crate::view::part::words::DETAILS}</summary>
                    <FactList facts />
                </details>
            })}
        </ProgressRow>
    }
    .into_any()
}

fn facts(rule: &RuleRecord) -> Vec<Fact> {
    let refused = rule.refused.as_ref();
    let status = refused.filter(|refused| refused.status > 0).map(|refused| refused.status.to_string());
    [
        ("Rule", Some(rule.rule.clone())),
        ("Status", status),
        ("Code", refused.map(|refused| refused.code.clone())),
        ("Message", refused.map(|refused| refused.message.clone())),
        ("Request ID", rule.request_id.clone()),
        ("Client request ID", rule.client_request_id.clone()),
    ]
    .into_iter()
    .filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(Fact { name: name.to_owned(), value })
    })
    .collect()
}
