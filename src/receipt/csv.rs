//! Receipts as a table: one line for each changed setting.

use super::{Changed, Receipt, RuleEnd, Standing};
use crate::csv::table;
use crate::instant::to_rfc3339;

/// The columns; they must not change.
const HEAD: [&str; 15] = [
    "change",
    "started",
    "ended",
    "outcome",
    "tenant",
    "by",
    "by id",
    "policy of",
    "subject",
    "setting",
    "before",
    "after",
    "rules",
    "rule outcomes",
    "request ids",
];

/// The table as a file. `words` returns a setting's label and its value before and after, as people read them.
pub fn to_csv(receipts: &[Receipt], words: &dyn Fn(&Changed) -> [String; 3]) -> String {
    table(&HEAD, receipts.iter().flat_map(|receipt| receipt.changes.iter().map(|changed| row(receipt, changed, words))))
}

fn row(receipt: &Receipt, changed: &Changed, words: &dyn Fn(&Changed) -> [String; 3]) -> Vec<String> {
    let [setting, before, after] = words(changed);
    let rules: Vec<_> = receipt.rules.iter().filter(|rule| rule.settings.contains(&changed.setting)).collect();
    let join = |list: Vec<String>| list.join("; ");
    vec![
        receipt.id.to_string(),
        to_rfc3339(receipt.started_unix_ms),
        receipt.ended_unix_ms.map(to_rfc3339).unwrap_or_default(),
        outcome(receipt).to_owned(),
        receipt.by.tenant.to_string(),
        receipt.by.name.clone(),
        receipt.by.id.to_string(),
        receipt.subject_name.clone(),
        receipt.subject.to_string(),
        setting,
        before,
        after,
        join(rules.iter().map(|rule| rule.rule.clone()).collect()),
        join(rules.iter().map(|rule| rule.end.as_str().to_owned()).collect()),
        join(rules.iter().filter_map(|rule| rule.request_id.clone()).collect()),
    ]
}

/// The outcome. If it is not known whether this save wrote what the policy has, "saved" would claim too much, and so
/// would "not saved" if someone else has changed it since.
fn outcome(receipt: &Receipt) -> &'static str {
    let any = |end: RuleEnd| receipt.rules.iter().any(|rule| rule.end == end);
    match receipt.standing() {
        Standing::Saved if any(RuleEnd::Held) => RuleEnd::Held.as_str(),
        Standing::NotSaved if any(RuleEnd::ChangedSince) => RuleEnd::ChangedSince.as_str(),
        other => other.as_str(),
    }
}
