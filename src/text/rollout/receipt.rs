//! What a rollout left behind, in words.

use crate::rollout::record::{Entry, Record};

use super::course::{end, summary};
use super::policies;

/// This browser keeps no such rollout.
pub const UNKNOWN: &str = "This browser remembers no such change. It may have been forgotten, or made elsewhere.";
/// Takes all back.
pub const UNDO_ALL: &str = "Undo all";
/// Takes one back.
pub const UNDO: &str = "Undo";
/// Opens the receipt of one save.
pub const RECEIPT: &str = "Receipt";
/// Columns of the table.
pub const COLUMNS: [&str; 4] = ["Policy", "Outcome", "Receipt", ""];
/// Caption of the table.
pub const TABLE: &str = "Policies of this change";
/// Copies the report.
pub const COPY: &str = "Copy report";
/// It is on the clipboard.
pub const COPIED: &str = "Report copied";
/// Saves a table.
pub const SAVE_CSV: &str = "Download CSV";
/// Saves everything.
pub const SAVE_JSON: &str = "Download JSON";
/// Chooses what was not applied, for a new change.
pub const CHOOSE_AGAIN: &str = "Choose the others again";
/// Looks again at one.
pub const LOOK_AGAIN: &str = "Look again";
/// Forgets it.
pub const FORGET: &str = "Forget";
/// The rollout was cut short.
pub const CUT_SHORT: &str = "This change was cut short; what was never begun was not sent.";
/// It takes another one back.
pub const UNDOES: &str = "Takes back";
/// Still runs.
pub const RUNS: &str = "It still runs, in this or another tab.";
/// Nothing to take back.
pub const NOTHING_TO_UNDO: &str = "Nothing that was saved is kept here, so nothing can be taken back.";
/// Head of the columns of the file.
pub const CSV: [&str; 7] = ["change", "title", "started", "policy of", "subject", "outcome", "receipts"];

/// Opens the receipt of a change that was cut short.
pub const SEE: &str = "See what became of it";

/// A change was cut short.
pub fn found(record: &Record) -> String {
    format!("“{}” was cut short", record.title)
}

/// What it means that receipts are gone.
pub const GONE_HELP: &str = "Their receipts are not kept any more. Each policy's own page shows what it holds.";

/// The plan of an undo, and how many policies it cannot take back for want of their receipts.
pub fn undo_title(title: &str, gone: usize) -> String {
    match gone {
        0 => format!("Undo: {title}"),
        some => format!("Undo: {title} (without {}, whose receipts are gone)", policies(some)),
    }
}

/// Some cannot be taken back.
pub fn gone(number: usize) -> String {
    format!("{} cannot be taken back from here, or not wholly", policies(number))
}

/// Plans again what was not applied.
pub fn retry(number: usize) -> String {
    format!("Retry {}", if number == 1 { "1 policy".to_owned() } else { policies(number) })
}

/// One policy.
pub fn name(entry: &Entry) -> String {
    super::label(&crate::rollout::Target { subject: entry.subject.clone(), name: entry.name.clone() })
}

/// Plain text for a ticket. `at` writes a time for people.
pub fn report(record: &Record, at: fn(i64) -> String) -> String {
    let mut lines = vec![
        record.title.clone(),
        format!("By {}, {}", record.by.name, at(record.started_unix_ms)),
        format!("{}: {}", policies(record.targets.len()), summary(record)),
        String::new(),
    ];
    for entry in &record.targets {
        lines.push(format!("{}: {}", name(entry), end(entry.end)));
    }
    lines.push(String::new());
    lines.push(format!("Id: {}", record.id));
    lines.join("\n")
}
