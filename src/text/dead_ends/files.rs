//! Dead ends for files and the clipboard: as a table, as JSON, as text.

use serde_json::json;

use super::{TITLE, class, mend, unchecked, what, why};
use crate::dead_end::{DeadEnd, judge::Unchecked};
use crate::matrix::Class;
use crate::text::quoted::one_line;
use crate::text::report::About;

/// The column headers of the file.
const COLUMNS: [&str; 9] =
    ["severity", "kind", "policy", "name", "class", "setting", "what", "why it matters", "how to mend it"];

/// The facts about a file. `facts_at` is when the facts besides the policies were read, empty if none were.
fn facts(about: &About, facts_at: &str) -> Vec<(&'static str, String)> {
    let mut told = vec![("Report", TITLE.to_owned())];
    told.extend(about.facts());
    if !facts_at.is_empty() {
        told.push(("Approvers, owners, contexts and roles read at", facts_at.to_owned()));
    }
    told
}

/// The same, with a line for each thing that was not checked.
fn all_facts(about: &About, facts_at: &str, missing: &[Unchecked]) -> Vec<(&'static str, String)> {
    let mut told = facts(about, facts_at);
    told.extend(missing.iter().map(|one| ("Not checked", unchecked(one))));
    told
}

/// As a table, below lines with the facts about it and what was not checked.
pub fn as_csv(ends: &[DeadEnd], missing: &[Unchecked], about: &About, facts_at: &str) -> String {
    crate::csv::table_about(&all_facts(about, facts_at, missing), &COLUMNS, ends.iter().map(row))
}

/// As JSON.
pub fn as_json(ends: &[DeadEnd], missing: &[Unchecked], about: &About, facts_at: &str) -> String {
    let told: serde_json::Map<_, _> =
        facts(about, facts_at).into_iter().map(|(name, fact)| (name.to_owned(), fact.into())).collect();
    let entry = |end: &DeadEnd| {
        let fields = COLUMNS.into_iter().zip(row(end));
        fields.map(|(name, cell)| (name.to_owned(), cell.into())).collect::<serde_json::Map<_, _>>()
    };
    let file = json!({
        "about": told,
        "deadEnds": ends.iter().map(entry).collect::<Vec<_>>(),
        "notChecked": missing.iter().map(unchecked).collect::<Vec<_>>(),
    });
    format!("{file:#}\n")
}

/// As lines of text.
pub fn as_text(ends: &[DeadEnd], missing: &[Unchecked], about: &About, facts_at: &str) -> String {
    let told =
        all_facts(about, facts_at, missing).into_iter().map(|(name, fact)| [name, ": ", &one_line(&fact)].concat());
    let lines = ends.iter().map(|end| one_line(&line(end)));
    told.chain([String::new()]).chain(lines).collect::<Vec<_>>().join("\n")
}

fn row(end: &DeadEnd) -> Vec<String> {
    vec![
        end.severity.as_str().to_owned(),
        end.kind.as_str().to_owned(),
        end.subject.to_string(),
        end.name.clone(),
        Class::of(&end.subject).as_str().to_owned(),
        end.setting.key(),
        what(end),
        why(end).to_owned(),
        mend(end).to_owned(),
    ]
}

fn line(end: &DeadEnd) -> String {
    let policy = format!("{} ({})", end.name, class(Class::of(&end.subject)));
    format!("{}: {policy}: {} {}", super::severity(end.severity), what(end), mend(end))
}
