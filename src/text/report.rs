//! Words of the report on which policy meets which line of a baseline: `#/report`.

pub mod baseline;

use serde_json::{Value as Json, json};

use crate::baseline::{Baseline, Finding, Need, Show, Totals, View};
use crate::guid::Guid;
use crate::matrix::{Class, Row};
use crate::policy::{Reading, Setting};

use super::matrix::not_shown;
use super::paper::{self, Gaps};
use super::policy::change::count;
use super::policy::value::Names;
use super::rollout::policies;
use super::subject;

/// Title of the page.
pub const TITLE: &str = "Report";
/// Label of the choice of the baseline.
pub const BASELINE: &str = "Baseline";
/// Label of the choice of the verdict.
pub const VERDICT: &str = "Verdict";
/// Choice of all verdicts except "does not apply".
pub const APPLICABLE: &str = "All that apply";
/// Label of the choice of kinds of policies.
pub const CLASS: &str = "Policies";
/// Choice of all kinds.
pub const ALL_CLASSES: &str = "All policies";
/// Label of the search.
pub const SEARCH: &str = "Name, ID or line";
/// Label of the switch of the grouping.
pub const GROUPED: &str = "Grouped by";
/// Choice of grouping.
pub const BY_LINE: &str = "Line";
/// Choice of grouping.
pub const BY_POLICY: &str = "Policy";
/// Saves the findings.
pub const SAVE_CSV: &str = "Save as CSV";
/// Saves the findings.
pub const SAVE_JSON: &str = "Save as JSON";
/// Prints the findings.
pub const PRINT: &str = "Print";
/// Stops reading.
pub const STOP: &str = "Cancel";
/// Reads again.
pub const AGAIN: &str = "Read again";
/// Shows the matrix with the baseline as its reference.
pub const AS_REFERENCE: &str = "Show in the matrix";
/// No finding matches.
pub const NO_HIT: &str = "No finding matches these filters.";
/// No line applies to any of the policies.
pub const ABOUT_NOBODY: &str = "No line of this baseline applies to the policies that were read.";
/// Removes the filters.
pub const SHOW_ALL: &str = "Show all";
/// There are no policies.
pub const EMPTY: &str = "No group in this tenant is in PIM yet. Open one under Groups: saving the first change to its \
     policy brings it into PIM.";
/// Roles are not read.
pub const NO_ROLES: &str = "Entra roles are not part of this report yet";
/// What it means that roles are not read.
pub const NO_ROLES_HELP: &str = "Until they are, lines about roles and about groups that hold roles stay not known.";
/// Column headers.
pub const COLUMNS: [&str; 4] = ["", "Policy", "Verdict", "Why"];
/// Column headers when grouped by policy.
pub const COLUMNS_BY_POLICY: [&str; 4] = ["", "Line", "Verdict", "Why"];
/// Shows the rest of a group.
pub const MORE: &str = "Show more";
/// Name of the bar about the selection.
pub const SELECTED: &str = "Selected findings";
/// Clears the selection.
pub const UNSELECT: &str = "Clear selection";
/// Opens the dialog.
pub const FIX: &str = "Propose fixes…";
/// Title of the dialog.
pub const FIX_TITLE: &str = "Propose fixes";
/// What proposing fixes does.
pub const FIX_HELP: &str =
    "The next page shows the plan: before and after, policy by policy. Nothing is sent until you confirm it there.";
/// Label of a field.
pub const MAILBOX: &str = "Also send alerts to";
/// Help of that field.
pub const MAILBOX_HELP: &str = "A baseline says that someone must be notified, not who. These addresses are added to \
     those that a policy already has.";
/// Label of a field.
pub const APPROVERS: &str = "Approvers for policies that have none";
/// Help of that field.
pub const APPROVERS_HELP: &str = "Groups have no default approvers. Policies that already have approvers keep them.";
/// Closes the dialog.
pub const CANCEL: &str = "Cancel";
/// None of the selected findings can be fixed.
pub const NOTHING_TO_FIX: &str = "None of the selected findings can be fixed with what you entered.";
/// An address is invalid.
pub const NOT_AN_ADDRESS: &str = "One of these is not an email address.";
/// Name of the CSV file.
pub const FILE_CSV: &str = "pim-desk-report.csv";
/// Name of the JSON file.
pub const FILE_JSON: &str = "pim-desk-report.json";

/// A kind of policies, as shown in the choice.
pub const fn class(class: Class) -> &'static str {
    super::templates::class(Some(class))
}

/// The progress of reading. `done` includes those that failed; `at` is when the oldest were read, empty while it runs.
pub fn progress(done: usize, found: usize, failed: usize, listed: bool, at: &str) -> String {
    let of = if listed { found.to_string() } else { format!("at least {found}") };
    let failed_words = if failed > 0 { format!(", {failed} failed") } else { String::new() };
    let at = if at.is_empty() { String::new() } else { [" at ", at].concat() };
    format!("{} of {of} read{at}{failed_words}", done.saturating_sub(failed))
}

/// What the filters show.
pub fn only(view: &View) -> String {
    let show = match view.show {
        Show::Applicable => "",
        Show::Only(outcome) => baseline::outcome(outcome),
    };
    paper::only(&[show, view.class.map_or("", class), &paper::sought(&view.text)])
}

/// The totals.
pub fn sum(totals: Totals) -> String {
    format!(
        "{} met, {} not met, {} not known; {} not applicable",
        totals.met, totals.not_met, totals.not_known, totals.not_applicable
    )
}

/// The totals of a group of findings.
pub fn part(totals: Totals) -> String {
    let parts = [(totals.not_met, "not met"), (totals.not_known, "not known"), (totals.met, "met")];
    let told: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")).collect();
    if told.is_empty() { "none applies".to_owned() } else { told.join(", ") }
}

/// How many are selected, and how many of them are hidden.
pub fn selected(number: usize, hidden: usize) -> String {
    not_shown(format!("{} selected", count(number, "finding")), hidden)
}

/// Selects all findings of a group that can be fixed.
pub fn select_all(number: usize) -> String {
    format!("Select all {number} that are not met")
}

/// Selects one finding.
pub fn select(name: &str, line: &str) -> String {
    format!("Select {name}, {line}")
}

/// Opens the plan with the fixes.
pub fn propose(number: usize) -> String {
    format!("Show the plan for {}", policies(number))
}

/// What is still left out.
pub fn left_out(needs: &[Need]) -> String {
    let of = |need: Need| needs.iter().filter(|other| **other == need).count();
    let mut words = Vec::new();
    if of(Need::Mailbox) > 0 {
        words.push(format!("{} without an address", count(of(Need::Mailbox), "finding")));
    }
    if of(Need::Approver) > 0 {
        words.push(format!("{} without an approver", count(of(Need::Approver), "finding")));
    }
    if words.is_empty() { String::new() } else { format!("Left out: {}.", words.join(", ")) }
}

/// The title of the proposal.
pub fn title(name: &str, findings: usize) -> String {
    format!("Fix {} of {name}", count(findings, "finding"))
}

/// The name of a row's policy.
pub fn policy(row: &Row) -> String {
    subject::policy_of(&row.subject, row.name())
}

fn reading(row: &Row) -> impl Fn(Setting) -> Option<Reading> {
    move |setting| row.sheet()?.reading(setting).cloned()
}

/// Why a finding is as it is.
pub fn why(finding: &Finding, row: &Row, names: &dyn Names) -> String {
    baseline::why(finding, &reading(row), names)
}

/// Facts that make a file evidence: the tenant, how current and complete the data is, who saved it, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The tenant's ID.
    pub tenant: Guid,
    /// The name of the person who saved it.
    pub by: String,
    /// When it was saved, RFC 3339.
    pub at: String,
    /// What the filters show; empty if they show everything.
    pub only: String,
    /// When the policies were read, RFC 3339; empty if none were.
    pub read_at: String,
    /// What was not read.
    pub gaps: Gaps,
}

impl About {
    /// As name and value.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut told = vec![
            ("Tenant", self.tenant.to_string()),
            ("Saved by", self.by.clone()),
            ("Saved at", self.at.clone()),
            ("Filtered", self.only.clone()),
            ("Read at", self.read_at.clone()),
        ];
        told.retain(|(_, fact)| !fact.is_empty());
        told.extend(self.gaps.facts());
        told
    }
}

/// The facts about the baseline and the file, as name and value.
pub fn about(of: &Baseline, about: &About) -> Vec<(&'static str, String)> {
    let mut told = vec![("Report", baseline::name(of).to_owned()), ("Source", baseline::source(of).to_owned())];
    told.extend(about.facts());
    told
}

/// Findings as a table for spreadsheets, below lines with the facts about it.
pub fn as_csv(of: &Baseline, findings: &[&Finding], rows: &[Row], names: &dyn Names, told: &About) -> String {
    let head = ["Baseline", "Line", "What it asks", "How binding", "Policy", "Kind", "ID", "Verdict", "Why"];
    let cells = |finding: &&Finding| {
        let row = rows.get(finding.row)?;
        Some(vec![
            baseline::name(of).to_owned(),
            finding.line.id.to_owned(),
            baseline::line(&finding.line),
            baseline::strength(finding.line.strength).to_owned(),
            policy(row),
            row.class().as_str().to_owned(),
            row.id().to_string(),
            baseline::outcome(finding.verdict.outcome()).to_owned(),
            why(finding, row, names),
        ])
    };
    let mut facts = about(of, told);
    if !of.not_judged.is_empty() {
        facts.insert(2, ("Not judged", of.not_judged.join(", ")));
    }
    crate::csv::table_about(&facts, &head, findings.iter().filter_map(cells))
}

/// Findings as JSON.
pub fn as_json(of: &Baseline, findings: &[&Finding], rows: &[Row], names: &dyn Names, told: &About) -> String {
    let one = |finding: &&Finding| -> Option<Json> {
        let row = rows.get(finding.row)?;
        Some(json!({
            "line": finding.line.id,
            "asks": baseline::line(&finding.line),
            "strength": baseline::strength(finding.line.strength),
            "subject": row.subject.to_string(),
            "name": row.name(),
            "verdict": finding.verdict.outcome().as_str(),
            "why": why(finding, row, names),
        }))
    };
    let totals = Totals::of(findings.iter().copied());
    let mut file = json!({
        "format": "pim-desk/report",
        "version": 1,
        "at": told.at,
        "readAt": told.read_at,
        "policiesNotRead": told.gaps.unread,
        "noPolicyOrSeveral": told.gaps.unclear,
        "listIncomplete": told.gaps.cut_off,
        "rolesRead": !told.gaps.no_roles,
        "tenant": told.tenant,
        "savedBy": told.by,
        "baseline": {"key": of.key, "name": baseline::name(of), "source": baseline::source(of), "notJudged": of.not_judged},
        "totals": {"met": totals.met, "notMet": totals.not_met, "notKnown": totals.not_known, "notApplicable": totals.not_applicable},
        "findings": findings.iter().filter_map(one).collect::<Vec<_>>(),
    });
    if !told.only.is_empty() {
        file["filtered"] = told.only.as_str().into();
    }
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}
