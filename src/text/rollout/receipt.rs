//! The outcome of a change of many policies, as text.

use crate::policy::Setting;
use crate::receipt::{Refused, RuleEnd, RuleRecord};
use crate::rollout::outcome::{TargetOutcome, Which, unsaved};
use crate::rollout::record::{End, Record, TargetRecord, Why};

use super::course::{end, summary};
use super::policies;
use crate::text::quoted::one_line;

/// This browser has no record of this change.
pub const UNKNOWN: &str = "This browser has no record of this change. It may have been forgotten, or made elsewhere.";
/// Undoes all of it.
pub const UNDO_ALL: &str = "Undo all";
/// Undoes one policy.
pub const UNDO: &str = "Undo";
/// Column headers.
pub const COLUMNS: [&str; 4] = ["Policy", "Outcome", "Rules", ""];
/// Caption of the table.
pub const TABLE: &str = "Policies of this change";
/// Copies a report.
pub const COPY: &str = "Copy report";
/// Announced after copying.
pub const COPIED: &str = "Report copied";
/// Saves it as a table.
pub const SAVE_CSV: &str = "Save as CSV";
/// Saves everything as JSON.
pub const SAVE_JSON: &str = "Save as JSON";
/// Starts a new change for the policies to which it was not applied.
pub const CHOOSE_AGAIN: &str = "Copy to the remaining policies…";
/// Plans one policy again.
pub const RETRY: &str = "Retry";
/// Deletes the record.
pub const FORGET: &str = "Forget";
/// The change was interrupted.
const CUT_SHORT: &str = "This change was interrupted; nothing was sent for policies that were not started.";
/// The browser could not store the later part of the record.
const DOUBTFUL: &str = "This browser could not record everything this change did: policies marked uncertain may have \
     been changed. Each policy's page shows its current values.";
/// Why the outcome of one policy is unknown.
const NOT_KEPT: &str = "this browser could not record what was sent";
/// Why the rules of one policy are not listed.
const GONE: &str = "its receipt is no longer kept";
/// Why the rules of one policy are not listed.
const UNREAD: &str = "its receipt could not be read, perhaps because a newer version of PIM Desk wrote it";
/// It undoes another change.
pub const UNDOES: &str = "Undoes";
/// It is still running.
pub const RUNS: &str = "It is still running, in this tab or another one.";
/// Nothing can be undone.
pub const NOTHING_TO_UNDO: &str = "No receipts of this change are kept here, so nothing can be undone.";
/// Label of the choice of policies to show.
pub const SHOW: &str = "Show";
/// No policy has that outcome.
pub const NONE_SO: &str = "No policy in this change has this outcome.";
/// Shown before what was left out of an undo.
const NOT_UNDONE: &str = "not undone, because it is not known whether it was saved: ";
/// Separates two parts of a reason.
const THEN: &str = "; then ";

/// Opens the receipt of a change that was interrupted.
pub const SEE: &str = "See the result";

/// What it means that it was interrupted, or that the browser stored only a part of its record.
pub fn left_off(record: &Record) -> Option<&'static str> {
    if record.doubtful && record.count(|end| end == End::Uncertain) > 0 {
        return Some(DOUBTFUL);
    }
    record.interrupted.then_some(CUT_SHORT)
}

/// The heading of the notice about an interrupted change.
pub fn found(record: &Record) -> String {
    format!("“{}” was interrupted", record.title)
}

/// What it means that receipts are gone.
pub const GONE_HELP: &str = "Their receipts are no longer kept. Each policy's page shows its current values.";

/// What it means that receipts cannot be read.
pub const UNREAD_HELP: &str = "Perhaps a newer version of PIM Desk wrote them. They are left as they are; until they \
     can be read, these policies cannot be undone from here, or only in part. Reload to get the newest version.";

/// How many have receipts that cannot be read.
pub fn unread(number: usize) -> String {
    format!("The receipts of {} could not be read", policies(number))
}

/// The title of an undo's plan: how many policies it cannot undo because their receipts are gone or cannot be read, for
/// how many it is unknown whether everything was saved, and for how many whether the change itself wrote everything
/// that is undone.
pub fn undo_title(title: &str, [gone, unread]: [usize; 2], uncertain: usize, held: usize) -> String {
    let mut notes: Vec<String> = Vec::new();
    for (number, why) in [(gone, "are gone"), (unread, "could not be read")] {
        if number > 0 {
            notes.push(format!("without {}, whose receipts {why}", policies(number)));
        }
    }
    if uncertain > 0 {
        notes.push(format!("without what is uncertain in {}", policies(uncertain)));
    }
    if held > 0 {
        notes.push(format!("with what this change is not known to have written in {}", policies(held)));
    }
    let notes = notes.join(", and ");
    if notes.is_empty() { format!("Undo: {title}") } else { format!("Undo: {title} ({notes})") }
}

/// For how many it is unknown whether everything was saved.
pub fn uncertain(number: usize) -> String {
    format!("In {} it is not known whether all of it was saved", policies(number))
}

/// What to do about that.
pub const UNCERTAIN_HELP: &str =
    "Undo takes back only what was read back. Check again first: what is known to be saved by then is undone too.";

/// Checks all policies with an unknown outcome.
pub const CHECK_ALL: &str = "Check all that is uncertain";

/// How many cannot be undone.
pub fn gone(number: usize) -> String {
    format!("{} cannot be undone from here, or only in part", policies(number))
}

/// Plans again what was not applied.
pub fn retry(number: usize) -> String {
    format!("Retry {}", policies(number))
}

/// The name of one policy.
pub fn name(entry: &TargetRecord) -> String {
    super::label(&crate::rollout::Target { subject: entry.subject.clone(), name: entry.name.clone() })
}

/// A choice of policies to show, with how many there are.
pub fn which(which: Which, number: usize) -> String {
    format!("{} ({number})", words_of(which))
}

/// What the filter shows, for printing.
pub fn only(which: Which) -> String {
    if which == Which::All { String::new() } else { words_of(which).to_owned() }
}

fn words_of(which: Which) -> &'static str {
    match which {
        Which::All => "All",
        Which::Others => "All except saved",
        Which::Ended(End::NothingSent(Why::Conflict)) => "not sent",
        Which::Ended(other) => end(other),
    }
}

/// The outcome of one rule, in a word or two.
pub const fn rule_end(end: RuleEnd) -> &'static str {
    match end {
        RuleEnd::Queued | RuleEnd::NotAttempted => "not sent",
        RuleEnd::Sending | RuleEnd::Accepted | RuleEnd::Lost => "not read back yet",
        RuleEnd::Verified => "saved",
        RuleEnd::NotVisibleYet => "accepted, not visible yet",
        RuleEnd::Unknown => "the answer was lost",
        RuleEnd::Failed => "refused",
        RuleEnd::NotSaved => "not saved: the policy still has the old value",
        RuleEnd::ChangedSince => "the policy has another value now",
        RuleEnd::Held => "the policy has it now; it is not known whether this change wrote it",
    }
}

/// One rule: what it is about, its outcome, why.
pub fn rule(rule: &RuleRecord) -> String {
    let name = rule.id().map_or_else(|| rule.rule.clone(), super::super::policy::save::rule_name);
    let mut words = [&name, ": ", rule_end(rule.end)].concat();
    if let Some(why) = rule.refused.as_ref().map(refused) {
        words.push_str(&[" (", &why, ")"].concat());
    }
    words
}

/// Microsoft's answer: status, code and message.
fn refused(refused: &Refused) -> String {
    let status = if refused.status > 0 { refused.status.to_string() } else { String::new() };
    let parts = [[status.as_str(), &refused.code].join(" ").trim().to_owned(), refused.message.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Why a policy does not have the wanted values, beyond its outcome and its rules; empty if there is nothing to add.
pub fn beyond_rules(told: &TargetOutcome) -> String {
    let entry = &told.entry;
    let mut parts: Vec<String> = Vec::new();
    if let Some(why) = entry.last {
        parts.push(end(End::NothingSent(why)).to_owned());
    }
    if !entry.about.is_empty() {
        parts.push(super::super::policy::setting::labels(&entry.about));
    }
    parts.extend(entry.refused.as_ref().map(refused));
    let missing = match (told.unread, told.missing().is_empty()) {
        (true, _) => Some(UNREAD),
        (false, false) => Some(GONE),
        (false, true) => (entry.end == End::Uncertain && told.saves.is_empty()).then_some(NOT_KEPT),
    };
    parts.extend(missing.map(str::to_owned));
    parts.join(": ")
}

/// What an undo left out of a policy, though it may have been saved.
pub fn unsure(entry: &TargetRecord) -> Option<String> {
    let labels = || super::super::policy::setting::labels(&entry.unsure);
    (!entry.unsure.is_empty()).then(|| [NOT_UNDONE, &labels()].concat())
}

/// Why a policy does not have the wanted values, beyond its result; empty if there is nothing to add.
pub fn reason(told: &TargetOutcome) -> String {
    let last = beyond_rules(told);
    let rules: Vec<String> = unsaved(told).into_iter().map(rule).collect();
    let why = match (rules.is_empty(), last.is_empty()) {
        (true, _) => last,
        (false, true) => rules.join("; "),
        (false, false) => [&rules.join("; "), THEN, &last].concat(),
    };
    let parts = [Some(why), unsure(&told.entry)].into_iter().flatten();
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// What was left weaker than before and than wanted, in how many policies.
pub fn left_open(number: usize) -> String {
    if number == 1 {
        "1 policy was left weaker than before and weaker than you wanted".to_owned()
    } else {
        format!("{number} policies were left weaker than before and weaker than you wanted")
    }
}

/// What to do about that.
pub const LEFT_OPEN_HELP: &str =
    "Only half of the change was saved there: retry or undo it. The last known values are shown below.";

/// What was left weaker in one policy.
fn left_open_in(settings: &[Setting]) -> String {
    ["Left weaker than before and weaker than you wanted: ", &super::super::policy::setting::labels(settings)].concat()
}

/// What may also be left weaker, in how many policies.
pub fn may_be_open(number: usize) -> String {
    if number == 1 {
        "1 policy may have been left weaker than before and weaker than you wanted".to_owned()
    } else {
        format!("{number} policies may have been left weaker than before and weaker than you wanted")
    }
}

/// What to do about that.
pub const MAY_BE_OPEN_HELP: &str = "Perhaps only half of the change was saved there. Check each again in its row until it is known, then retry \
     or undo it.";

/// What may be left weaker in one policy.
fn may_be_open_in(settings: &[Setting]) -> String {
    ["Perhaps left weaker than before and weaker than you wanted: ", &super::super::policy::setting::labels(settings)]
        .concat()
}

/// What was left weaker in one policy, and what may be: a line for each that applies.
pub fn left_weaker(told: &TargetOutcome) -> Vec<String> {
    let said =
        |settings: Vec<Setting>, words: fn(&[Setting]) -> String| (!settings.is_empty()).then(|| words(&settings));
    [said(told.exposed(), left_open_in), said(told.may_be_exposed(), may_be_open_in)].into_iter().flatten().collect()
}

/// The cells of a policy for the file: its name, why, what was left weaker, and what may be.
pub fn csv_words(told: &TargetOutcome) -> [String; 4] {
    let labels = super::super::policy::setting::labels;
    [name(&told.entry), reason(told), labels(&told.exposed()), labels(&told.may_be_exposed())]
}

/// Plain text for a ticket: no name and no message has lines of its own. `at` formats a time for people.
pub fn report(record: &Record, all: &[TargetOutcome], at: fn(i64) -> String) -> String {
    let mut lines = vec![
        one_line(&record.title),
        format!("By {}, {}", one_line(&record.by.name), at(record.started_unix_ms)),
        format!("{}: {}", policies(record.targets.len()), summary(record)),
        String::new(),
    ];
    for told in all {
        lines.push(format!("{}: {}", one_line(&name(&told.entry)), end(told.entry.end)));
        let why = reason(told);
        if !why.is_empty() {
            lines.push(["    ", &one_line(&why)].concat());
        }
        for words in left_weaker(told) {
            lines.push(["    ", &words].concat());
        }
    }
    lines.push(String::new());
    lines.push(format!("ID: {}", record.id));
    lines.join("\n")
}
