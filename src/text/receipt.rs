//! The changes stored in this browser, as text.

use std::collections::BTreeSet;

use crate::receipt::listing::{Filter, Since};
use crate::receipt::{Receipt, RuleEnd, RuleRecord, Standing};

use super::paper;
use super::policy::change::count;

/// What the page is for.
pub const INTRO: &str = "What you saved from this browser, with the result of each rule. It is kept only here, for \
     at most 180 days and 1,000 changes, and contains names and values but no tokens.";
/// Label of the search field.
pub const SEARCH: &str = "Search changes";
/// Its placeholder.
pub const SEARCH_HINT: &str = "Group, role or person";
/// Label of the choice of a period.
pub const SINCE: &str = "Period";
/// Label of the choice of an outcome.
pub const OUTCOME: &str = "Outcome";
/// No filter by outcome.
pub const ANY_OUTCOME: &str = "Any outcome";
/// Caption of the table.
pub const TABLE: &str = "Changes saved from this browser";
/// Column headers.
pub const COLUMNS: [&str; 4] = ["Policy", "Changed", "Outcome", "When"];
/// Nothing is stored.
pub const EMPTY: &str = "Nothing was saved from this browser yet, or it was forgotten.";
/// Nothing matches the filters.
pub const NO_HIT: &str = "No change matches these filters.";
/// Removes the filters.
pub const SHOW_ALL: &str = "Show all";
/// Saves the shown ones as a table.
pub const SAVE_CSV: &str = "Save as CSV";
/// Saves the shown ones with everything.
pub const SAVE_JSON: &str = "Save as JSON";
/// The browser did not save the file.
pub const FILE_REFUSED: &str = "The browser did not save the file";
/// Deletes all.
pub const FORGET_ALL: &str = "Forget all";
/// Deletes one.
pub const FORGET: &str = "Forget this change";
/// What deleting means.
pub const FORGET_HELP: &str = "The policies stay as they are. This browser's record of the changes is deleted, so \
     they can no longer be undone from here.";
/// Does not delete them.
pub const KEEP: &str = "Keep";
/// The address names a change that is not stored in this browser.
pub const UNKNOWN: &str = "This browser has no record of this change. It may have been made in another browser or by \
     another person, or it was forgotten.";
/// Opens the list.
pub const TO_CHANGES: &str = "Go to changes";
/// Opens the policy.
pub const OPEN_POLICY: &str = "Open the policy";
/// Label of the list of rules.
pub const RULES: &str = "Rules";
/// Plans the undo.
pub const UNDO: &str = "Undo…";
/// The policy is being read before planning the undo, or the rest of a save.
pub const READING: &str = "Reading the policy…";
/// It is read again.
pub const READING_AGAIN: &str = "Reading the policy again, until two answers in a row agree…";
/// Ends the reading.
pub const STOP_READING: &str = "Cancel";
/// The person ended the reading.
pub const STOPPED_READING: &str = "Cancelled. Nothing was changed.";
/// Nothing of it can be undone.
pub const NOTHING_TO_UNDO: &str = "Nothing is left to undo";
/// The settings already have their old values.
pub const ALREADY_BACK: &str = "The settings already have the values they had before this change.";
/// What to do if reads of the policy kept disagreeing.
pub const UNSTEADY_HELP: &str =
    "A change made a moment ago has not reached all of Microsoft's servers yet. Try again in a minute.";
/// Someone has changed settings since.
pub const CHANGED_SINCE: &str = "Someone has changed these settings since; they are left as they are";
/// Continues with the others.
pub const REVIEW_UNDO: &str = "Review undoing the others";
/// Unsaved changes are in the way.
pub const REPLACES: &str = "This would replace your unsaved changes to the same settings";
/// Continues anyway.
pub const REPLACE: &str = "Replace my changes and review";
/// Loads what was not saved.
pub const TAKE_UP: &str = "Review what was not saved";
/// Nothing of it can be saved any more.
pub const NOTHING_LEFT: &str = "Nothing is left to save";
/// What that means for the values.
pub const ALREADY_HELD: &str = "The policy already has the values you wanted, or they can no longer be changed.";
/// Reads the outcome again.
pub const LOOK_AGAIN: &str = "Check again";
/// The browser stores nothing.
pub const NO_STORAGE: &str =
    "This browser stores nothing for this site, so the change cannot be taken to the policy's page";
/// What it means that receipts are not stored.
pub const NOT_KEPT_HELP: &str = "Its storage is full or turned off. The receipts last until this page is closed: \
     save them as a file under Changes, or forget older ones there. A change of many policies pauses until you \
     continue; what it sends after that is uncertain once this page is closed.";
/// Something was interrupted, and the part of the program that checks it could not be loaded.
pub const NOT_LOOKED_AT: &str = "A save was interrupted, and its result could not be checked";
/// The outcome of an interrupted save is being read.
pub const READING_OUTCOME: &str = "Reading the result…";
/// A save without an outcome that is not being read.
pub const STILL_RUNS: &str = "It is still running here or in another tab, or was interrupted a moment ago.";
/// Its outcome could not be read.
pub const NOT_READ: &str = "The result could not be read";
/// It was read again and is still unknown.
pub const STILL_UNCERTAIN: &str = "Checked again: the result is still not known.";
/// Opens the receipt of an interrupted save.
pub const SEE: &str = "See what was saved";
/// The save was interrupted.
pub const INTERRUPTED: &str = "interrupted";
/// Name of a fact of a receipt.
pub const SAVED_BY: &str = "By";
/// Name of a fact of a receipt.
pub const STARTED: &str = "Started";
/// Name of a fact of a receipt.
pub const ENDED: &str = "Ended";
/// Name of a fact of a receipt.
pub const RESULT: &str = "Outcome";
/// Name of a fact of a receipt.
pub const UNDOES: &str = "Undoes the change of";

/// An outcome in a word or two.
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "not known yet",
        Standing::Saved => "saved",
        Standing::Partly => "partly saved",
        Standing::NotSaved => "not saved",
        Standing::Uncertain => "uncertain",
    }
}

/// The result of a save, in a word or two. If someone has changed the settings since, "not saved" would claim too much.
pub fn ended(receipt: &Receipt) -> &'static str {
    match receipt.standing() {
        Standing::NotSaved if changed_since(receipt) > 0 => "changed since",
        Standing::Saved if held(receipt) > 0 => "held now",
        other => standing(other),
    }
}

fn changed_since(receipt: &Receipt) -> usize {
    receipt.rules.iter().filter(|rule| rule.end == RuleEnd::ChangedSince).count()
}

fn held(receipt: &Receipt) -> usize {
    receipt.rules.iter().filter(|rule| rule.end == RuleEnd::Held).count()
}

/// A period.
pub const fn since(since: Since) -> &'static str {
    match since {
        Since::Ever => "Any time",
        Since::Day => "Last 24 hours",
        Since::Week => "Last 7 days",
        Since::Month => "Last 30 days",
    }
}

/// What the filters of the list show; empty if they show everything.
pub fn only(filter: &Filter) -> String {
    let since = if filter.since == Since::Ever { "" } else { since(filter.since) };
    paper::only(&[filter.standing.map_or("", standing), since, &paper::sought(&filter.text)])
}

/// Shown next to a rule's state, if the state alone is not enough.
pub const fn rule_note(end: RuleEnd) -> &'static str {
    match end {
        RuleEnd::NotSaved => "the policy has the old value",
        RuleEnd::ChangedSince => "the policy has another value now",
        RuleEnd::Held => "the policy has it now; it is not known whether this save wrote it",
        RuleEnd::Lost | RuleEnd::Unknown => "the answer was lost",
        _ => "",
    }
}

/// How many rules have which outcome: "2 of 3 rules saved".
pub fn sum(receipt: &Receipt) -> String {
    // A rule with a setting that someone has changed since has two entries.
    let rules: BTreeSet<&str> = receipt.rules.iter().map(|rule| rule.rule.as_str()).collect();
    let is_saved = |id: &&&str| receipt.rules.iter().all(|entry| entry.rule != **id || entry.end == RuleEnd::Verified);
    let saved = rules.iter().filter(is_saved).count();
    let mut words = format!("{saved} of {} saved", count(rules.len(), "rule"));
    for (number, what) in [(held(receipt), "held now"), (changed_since(receipt), "changed since")] {
        if number > 0 {
            words = format!("{words}, {number} {what}");
        }
    }
    words
}

/// What changed, on one line: the first two settings by name.
pub fn changed(receipt: &Receipt) -> String {
    let names: Vec<String> =
        receipt.changes.iter().take(2).map(|changed| super::policy::setting::full_label(changed.setting)).collect();
    match receipt.changes.len() {
        0..=2 => names.join(", "),
        more => format!("{}, {} more", names.join(", "), more - 2),
    }
}

/// The heading of the notice about an interrupted save.
pub fn found(receipt: &Receipt) -> String {
    format!("A save to {} was interrupted", receipt.subject_name)
}

/// Settings that a save left weaker than both before and after.
pub fn exposed(settings: &str) -> String {
    format!("This save left the policy weaker than before and weaker than you wanted: {settings}")
}

/// Settings that it may have left weaker.
pub fn may_be_exposed(settings: &str) -> String {
    format!("This save may have left the policy weaker than before and weaker than you wanted: {settings}")
}

/// What to do about it.
pub const EXPOSED_HELP: &str =
    "Only half of it was saved. Save the rest or undo what was saved, unless that has been done since.";
/// What to do if it is not known whether anything was left weaker, shown away from the receipt.
pub const FOUND_MAY_BE_EXPOSED_HELP: &str =
    "Perhaps only half of it was saved. See what was saved, and check again there until it is known.";

/// The result of an interrupted save.
pub fn found_outcome(receipt: &Receipt) -> String {
    match receipt.standing() {
        Standing::Saved if held(receipt) > 0 => {
            "The policy has all of it. It is not known whether this save wrote it.".to_owned()
        }
        Standing::Saved => "All of it was saved.".to_owned(),
        Standing::NotSaved if changed_since(receipt) > 0 => {
            "Someone has changed these settings since. It is no longer possible to tell whether this save got \
             through."
                .to_owned()
        }
        Standing::NotSaved => "None of it was saved; the policy is as it was.".to_owned(),
        _ => format!("{}.", sum(receipt)),
    }
}

/// What another look at a save showed.
pub fn seen_again(receipt: &Receipt) -> String {
    match receipt.standing() {
        Standing::Uncertain => STILL_UNCERTAIN.to_owned(),
        _ => found_outcome(receipt),
    }
}

/// A stored change that cannot be read.
pub const UNREADABLE: &str = "This change could not be read, perhaps because a newer version of PIM Desk recorded it. It is left as it is. \
     Reload to get the newest version.";

/// How many stored changes could not be read.
pub fn unreadable(number: usize) -> String {
    let some = count(number, "change");
    let rest = if number == 1 { "It is left as it is." } else { "They are left as they are." };
    format!(
        "{some} in this browser could not be read, perhaps recorded by a newer version of PIM Desk. {rest} Reload to \
         get the newest version."
    )
}

/// That an undo leaves these out.
pub(super) fn undo_leaves_out(names: &str) -> String {
    format!("Undo leaves out what is not known to be saved: {names}. Check again first.")
}

/// What an undo leaves out, because it is not known whether it was saved; `None` if it leaves nothing out.
pub fn not_undone(receipt: &Receipt) -> Option<String> {
    let names = rule_names(receipt.open_rules());
    (!names.is_empty()).then(|| undo_leaves_out(&names))
}

/// What undoing changes back though this save may not have changed it; `None` if there is nothing of that kind.
pub fn also_undone(receipt: &Receipt) -> Option<String> {
    let names = rule_names(receipt.held_rules());
    (!names.is_empty()).then(|| format!("Undo also takes back what this save is not known to have written: {names}."))
}

fn rule_names<'a>(rules: impl Iterator<Item = &'a RuleRecord>) -> String {
    let name = |rule: &RuleRecord| rule.id().map_or_else(|| rule.rule.clone(), super::policy::save::rule_name);
    rules.map(name).collect::<Vec<_>>().join("; ")
}

/// Why a look failed.
pub fn not_read(why: &str) -> String {
    [NOT_READ, ": ", why].concat()
}

/// How many of the uncertain changes are known after another look.
pub fn seen_all_again(known: usize, of: usize) -> String {
    format!("Checked again: {known} of {} known now.", count(of, "uncertain change"))
}

/// How many receipts could not be stored.
pub fn not_kept(number: usize) -> String {
    format!("This browser could not keep {}", count(number, "receipt"))
}

/// The question before receipts are deleted.
pub fn forget_title(number: usize) -> String {
    format!("Forget {}?", count(number, "change"))
}

/// A setting someone has changed since: its value now.
pub fn holds_now(setting: &str, value: &str) -> String {
    format!("{setting}: now {value}")
}

/// A setting with the person's unsaved value.
pub fn you_typed(setting: &str, value: &str) -> String {
    format!("{setting}: your unsaved value is {value}")
}

/// Title of a receipt's page.
pub fn title(receipt: &Receipt) -> String {
    format!("Change to {}", receipt.subject_name)
}
