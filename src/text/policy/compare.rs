//! Two policies side by side, as text.

use crate::policy::Tab;
use crate::policy::compare::{Also, Comparison, Line, Side, Verdict};
use crate::receipt::{Receipt, Standing};
use crate::text::policy::change::count;
use crate::text::policy::value::{Names, WithIds};

/// Title of the page.
pub const TITLE: &str = "Compare policies";
/// Opens the page from a policy.
pub const OPEN: &str = "Compare…";
/// The names of the sides.
pub const SIDES: [&str; 2] = ["Left", "Right"];
/// Labels of the search for each side.
pub const PICK: [&str; 2] = ["Choose the left policy", "Choose the right policy"];
/// Picks another policy.
pub const ANOTHER: &str = "Choose another";
/// Swaps the sides.
pub const SWAP: &str = "Swap sides";
/// Name of the switch between differences and everything.
pub const SHOW: &str = "Show";
/// Only what differs.
pub const DIFFERENCES: &str = "Differences";
/// Every setting.
pub const ALL: &str = "All settings";
/// Column of the settings.
pub const SETTING: &str = "Setting";
/// Mark of the stricter value.
pub const STRICTER: &str = "stricter";
/// Mark of a line that cannot be judged.
pub const UNKNOWN: &str = "cannot be compared";
/// A side is not picked yet.
pub const PICK_BOTH: &str = "Choose two policies: members or owners of a group, or an Entra role.";
/// The same policy is on both sides.
pub const SAME_POLICY: &str = "Both sides show the same policy. Choose a different one for either side.";
/// Copies the table as lines of text.
pub const COPY_TEXT: &str = "Copy as text";
/// Copies it as CSV.
pub const COPY_CSV: &str = "Copy as CSV";
/// Announced after copying.
pub const COPIED: &str = "Comparison copied";

/// Compares the policy before a change with the policy as it is now.
pub const BEFORE_AND_NOW: &str = "Compare before and now";
/// Compares the policy after a change with the policy as it is now.
pub const AFTER_AND_NOW: &str = "Compare after and now";

/// A side with the policy before a change. `at` is when it began.
pub fn before(receipt: &Receipt, at: &str) -> String {
    [receipt.subject_name.as_str(), ", before the change on ", at].concat()
}

/// A side with the policy that a change left, or was meant to leave.
pub fn after(receipt: &Receipt, at: &str) -> String {
    let words = match receipt.standing() {
        Standing::Saved => ", after the change on ",
        _ => ", as intended by the change on ",
    };
    [receipt.subject_name.as_str(), words, at].concat()
}

/// How many settings differ, which side is stricter how often, and what cannot be compared.
pub fn sum(comparison: &Comparison) -> String {
    let total = comparison.lines.len();
    let mut text = match comparison.differing() {
        0 => format!("None of {} differs", count(total, "setting")),
        1 => format!("1 of {} differs", count(total, "setting")),
        more => format!("{more} of {} differ", count(total, "setting")),
    };
    let stricter = [
        (comparison.count(|verdict| verdict == Verdict::Differs(Some(Side::Left))), "left is stricter in"),
        (comparison.count(|verdict| verdict == Verdict::Differs(Some(Side::Right))), "right is stricter in"),
        (comparison.count(|verdict| verdict == Verdict::Unknown), "not comparable:"),
        (comparison.left_out, "on one side only:"),
        (comparison.also.iter().filter(|also| !also.is_same()).count(), "other requirements that differ:"),
    ];
    for (number, words) in stricter {
        if number > 0 {
            text.push_str(&["; ", words, " ", &number.to_string()].concat());
        }
    }
    text + "."
}

/// Nothing that can be compared differs.
pub const fn no_difference(comparison: &Comparison) -> &'static str {
    match comparison.left_out {
        0 => "No differences: both policies have the same settings.",
        _ => "No differences in the settings that both sides have.",
    }
}

/// The mark of a line on one side; empty for none.
pub const fn mark(verdict: Verdict, side: Side) -> &'static str {
    match (verdict, side) {
        (Verdict::Differs(Some(Side::Left)), Side::Left) | (Verdict::Differs(Some(Side::Right)), Side::Right) => {
            STRICTER
        }
        (Verdict::Unknown, Side::Right) => UNKNOWN,
        _ => "",
    }
}

/// A line's cells: setting, left, right, and the result.
fn cells(line: &Line, names: &dyn Names) -> [String; 4] {
    let verdict = match line.verdict {
        Verdict::Same => "same",
        Verdict::Differs(Some(Side::Left)) => "left is stricter",
        Verdict::Differs(Some(Side::Right)) => "right is stricter",
        Verdict::Differs(None) => "differs",
        Verdict::Unknown => UNKNOWN,
    };
    [
        crate::text::policy::setting::full_label(line.setting),
        crate::text::policy::value::reading(&line.left, names),
        crate::text::policy::value::reading(&line.right, names),
        verdict.to_owned(),
    ]
}

/// The cells of what is required beyond all settings.
pub fn also_cells(also: &Also) -> [String; 3] {
    let listed = |entries: &[String]| crate::text::policy::setting::listed(entries);
    [crate::text::policy::setting::also_label(also.setting), listed(&also.left), listed(&also.right)]
}

/// The cells with the result.
fn also_row(also: &Also) -> [String; 4] {
    let [setting, left, right] = also_cells(also);
    [setting, left, right, if also.is_same() { "same" } else { "differs" }.to_owned()]
}

/// The lines that are shown, as text for the clipboard.
pub fn as_text(comparison: &Comparison, sides: &[String; 2], all: bool, names: &dyn Names) -> String {
    let [left, right] = sides.each_ref().map(|name| crate::text::quoted::one_line(name));
    let mut text = format!("{left} | {right}\n{}\n", sum(comparison));
    for tab in Tab::ALL {
        let lines = comparison.of_tab(tab, all).map(|line| cells(line, names));
        let lines: Vec<[String; 4]> = lines.chain(comparison.also_of_tab(tab, all).map(also_row)).collect();
        if !lines.is_empty() {
            text.push_str(&["\n", crate::text::policy::setting::tab(tab), "\n"].concat());
        }
        for line in lines {
            let [setting, left, right, verdict] = line.map(|cell| crate::text::quoted::one_line(&cell));
            text.push_str(&[&setting, ": ", &left, " | ", &right, " (", &verdict, ")\n"].concat());
        }
    }
    text
}

/// The same as CSV.
pub fn as_csv(comparison: &Comparison, sides: &[String; 2], all: bool, names: &dyn Names) -> String {
    let names: &dyn Names = &WithIds(names);
    let rows = Tab::ALL.into_iter().flat_map(|tab| {
        let lines = comparison.of_tab(tab, all).map(move |line| cells(line, names));
        lines.chain(comparison.also_of_tab(tab, all).map(also_row)).map(move |[setting, left, right, verdict]| {
            vec![crate::text::policy::setting::tab(tab).to_owned(), setting, left, right, verdict]
        })
    });
    let [left, right] = sides;
    crate::csv::table(&["Tab", SETTING, left, right, "Result"], rows.collect::<Vec<_>>())
}
