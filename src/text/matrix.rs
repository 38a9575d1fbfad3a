//! Words of the table of policies: `#/matrix`.

pub mod cell;
pub mod filter;
pub mod progress;
pub mod table;

use crate::matrix::{Class, Column, Reference};
use crate::policy::{RuleId, Setting};

use super::policy::change::count;
use super::policy::setting;
use super::rollout::policies;

/// Title of the page.
pub const TITLE: &str = "Matrix";
/// What the table is.
pub const CAPTION: &str = "Policies, one on each row";
/// Keys of the table, for screen readers and everyone.
pub const KEYS: &str = "Arrow keys move in the table. Enter opens, the space bar selects.";
/// Header of the first column.
pub const SELECT: &str = "Select";
/// Header of the names.
pub const NAME: &str = "Name";
/// Header of the number of deviations.
pub const DEVIATIONS: &str = "Deviations";
/// Label above the first columns.
pub const POLICY: &str = "Policy";
/// Selects every row that the filters show.
pub const SELECT_SHOWN: &str = "Select all rows shown";
/// Name of the search.
pub const SEARCH: &str = "Find by name or ID";
/// Its placeholder: what can be typed.
pub const SEARCH_HINT: &str = "Name or ID";
/// Label of the choice of the reference.
pub const HELD_AGAINST: &str = "Compare with";
/// In a file: when the rows were read.
pub const READ_AT: &str = "Read at";
/// In a file: the tenant.
pub const TENANT: &str = "Tenant";
/// In a file: how many rows.
pub const ROWS: &str = "Rows";
/// In a header, before the reference's value.
pub const IN_HEAD: &str = "Ref.";
/// Switch: only rows that deviate.
pub const ONLY_DEVIATING: &str = "Only deviations";
/// Switch: the nine emails.
pub const MAILS: &str = "Notification columns";
/// Label of the choice of kinds of policies.
pub const SHOW: &str = "Show";
/// Opens the choice of columns and how many stay in place.
pub const COLUMNS: &str = "Columns…";
/// Copies the rows that are shown.
pub const COPY_CSV: &str = "Copy as CSV";
/// Saves them.
pub const SAVE_CSV: &str = "Save as CSV";
/// Announced after copying.
pub const COPIED: &str = "Table copied";
/// Name of the file.
pub const FILE: &str = "pim-desk-matrix.csv";
/// Prints what is shown.
pub const PRINT: &str = "Print";
/// Removes all filters.
pub const SHOW_ALL: &str = "Show all rows";
/// The filters match nothing.
pub const NO_HIT: &str = "No policy matches these filters.";
/// The tenant has no policies to show.
pub const EMPTY: &str = "No group in this tenant is in PIM yet. Open one under Groups: saving the first change to its \
     policy brings it into PIM.";
/// Name of the bar about selected rows.
pub const SELECTED: &str = "Selected policies";
/// Why nothing can be done with the selected rows while some of them are missing.
pub const SELECTED_MISSING: &str = "Not all selected rows are read yet. Wait for them, or clear the selection.";
/// Clears the selection.
pub const UNSELECT: &str = "Clear selection";
/// Makes the selected policy the reference.
pub const AS_REFERENCE: &str = "Use as reference";
/// Compares the two selected policies.
pub const COMPARE: &str = "Compare these two";
/// Takes a snapshot of the selected policies, to save or to export.
pub const TAKE: &str = "Take a snapshot or export…";
/// Leads from a policy's page back to the table as it was.
pub const BACK: &str = "Back to the matrix";
/// Closes a dialog.
pub const DONE: &str = "Done";
/// Choice of a policy as the reference, which is then searched for.
pub const PICK: &str = "A group or role…";
/// Title of the dialog with that search.
pub const PICK_TITLE: &str = "Compare with a group or role";
/// The reference's policy was not found.
pub const REFERENCE_MISSING: &str =
    "The reference is not known or could not be read, so nothing is marked. Choose another one, or read again.";
/// The lines of the baseline apply to none of the policies.
pub const ABOUT_NOBODY: &str = "No line of this baseline is known to apply to these policies, so nothing is marked.";
/// The same while roles are not read.
pub const ABOUT_NOBODY_YET: &str = "No line of this baseline is known to apply to these policies, so nothing is \
     marked. Lines about Entra roles, and about groups that hold them, need the permissions for Entra roles.";
/// Why a row may have deviations that are not marked.
pub const IN_DOUBT: &str = "It is not known whether lines of the baseline apply to this policy.";
/// What is missing for these rows.
pub const IN_DOUBT_HELP: &str = "Lines about Entra roles apply to members of the groups that hold them, and the roles of \
     these groups are not known. Deviations from such lines are neither marked nor counted, and no column \
     filter finds them.";
/// Why nothing is marked yet.
pub const MAJORITY_LATER: &str = "The majority is known once all policies are read.";
/// Why nothing is marked, and will not be.
pub const NO_MAJORITY: &str = "Fewer than three policies of a kind have no majority, so they are not compared.";
/// Goes back to the majority.
pub const USE_MAJORITY: &str = "Compare with the majority";
/// Why "only deviations" is not available.
pub const NOTHING_TO_DEVIATE_FROM: &str = "First choose what to compare with.";
/// Opens the page of the policy.
pub const OPEN_POLICY: &str = "Open the policy";
/// Column header: the policy's value.
pub const VALUE: &str = "This policy";
/// Column header: the reference's value.
pub const REFERENCE: &str = "Reference";
/// Column header: how the two compare.
pub const COMPARED: &str = "Comparison";
/// Nothing deviates.
pub const DEVIATES_NOWHERE: &str = "This policy has no deviations.";
/// Nothing is compared.
pub const NOT_COMPARED: &str = "This policy is not compared with anything yet.";

/// How many policies may have deviations that are not marked.
pub fn in_doubt(rows: usize) -> String {
    ["For ", &policies(rows), ", it is not known whether lines of the baseline apply"].concat()
}

/// The reference's value in a header: one for all, or one for each kind.
pub fn of_reference(values: &[(Class, String)]) -> String {
    let Some((_, first)) = values.first() else { return String::new() };
    if values.iter().all(|(_, value)| value == first) {
        return [IN_HEAD, " ", first].concat();
    }
    let each = values.iter().map(|(class, value)| [class_one(*class), " ", value].concat());
    [IN_HEAD, " ", &each.collect::<Vec<_>>().join(", ")].concat()
}

/// A kind of rows.
pub const fn class(class: Class) -> &'static str {
    match class {
        Class::Members => "Members",
        Class::Owners => "Owners",
        Class::Roles => "Entra roles",
    }
}

/// The kind of one row.
pub const fn class_one(class: Class) -> &'static str {
    match class {
        Class::Members => "members",
        Class::Owners => "owners",
        Class::Roles => "role",
    }
}

/// A column's header: short, because up to 23 are side by side.
pub fn head(column: Column) -> &'static str {
    match column {
        Column::Setting(wanted) => match wanted {
            Setting::ActivationDuration => "Maximum duration",
            Setting::ActivationRequirement => "Requires",
            Setting::ActivationJustification => "Justification",
            Setting::ActivationTicket => "Ticket",
            Setting::ApprovalRequired => "Approval",
            Setting::Approvers => "Approvers",
            Setting::EligiblePermanent => "Permanent eligible",
            Setting::EligibleExpiry => "Eligible expires after",
            Setting::EligibleMfa => "MFA on eligible",
            Setting::EligibleJustification => "Justification on eligible",
            Setting::ActivePermanent => "Permanent active",
            Setting::ActiveExpiry => "Active expires after",
            Setting::ActiveMfa => "MFA on active",
            Setting::ActiveJustification => "Justification on active",
            other => setting::label(other),
        },
        Column::Mail(mail) => match mail {
            RuleId::EligibleAlert => "Eligible: alert",
            RuleId::EligibleAssignee => "Eligible: assignee",
            RuleId::EligibleApprover => "Eligible: approver",
            RuleId::ActiveAlert => "Active: alert",
            RuleId::ActiveAssignee => "Active: assignee",
            RuleId::ActiveApprover => "Active: approver",
            RuleId::ActivationAlert => "Activation: alert",
            RuleId::ActivationRequestor => "Activation: requestor",
            _ => "Activation: approver",
        },
    }
}

/// A column's full name, as on the policy's page.
pub fn full_head(column: Column) -> String {
    match column {
        Column::Setting(wanted) => setting::full_label(wanted),
        Column::Mail(mail) => [setting::mail_occasion(mail), ", ", setting::mail_row(mail)].concat(),
    }
}

/// How many rows are shown.
pub fn shown(shown: usize, all: usize) -> String {
    if shown == all { policies(all) } else { [&shown.to_string(), " of ", &policies(all)].concat() }
}

/// How many columns are filtered.
pub fn filters(columns: usize) -> String {
    [&count(columns, "column"), " filtered"].concat()
}

/// How many rows are selected, how many of them are hidden, and how many more are not read yet.
pub fn selected(rows: usize, hidden: usize, missing: usize) -> String {
    let mut words = not_shown([&count(rows, "row"), " selected"].concat(), hidden);
    if missing > 0 {
        words.push_str(&[", ", &missing.to_string(), " more not read yet"].concat());
    }
    words
}

/// Adds how many of what is selected the filters hide.
pub fn not_shown(mut words: String, hidden: usize) -> String {
    if hidden > 0 {
        words.push_str(&[", ", &hidden.to_string(), " of them not shown"].concat());
    }
    words
}

/// Selected rows that are no longer in the table.
pub fn selected_gone(rows: usize) -> String {
    let (are, were) = if rows == 1 { (" is", "was") } else { (" are", "were") };
    [&count(rows, "selected row"), are, " no longer in the table and ", were, " deselected"].concat()
}

/// Starts copying to the selected rows.
pub fn copy_to(rows: usize) -> String {
    if rows == 1 {
        "Copy settings to this one…".to_owned()
    } else {
        ["Copy settings to these ", &rows.to_string(), "…"].concat()
    }
}

/// Adds the selected rows to the copy that is being put together.
pub fn add_to_copy(rows: usize) -> String {
    if rows == 1 {
        "Add this one to the copy".to_owned()
    } else {
        ["Add these ", &rows.to_string(), " to the copy"].concat()
    }
}

/// A reference that is not a policy.
pub fn reference(reference: &Reference) -> String {
    match reference {
        Reference::Majority => "The majority".to_owned(),
        Reference::Nothing => "Nothing".to_owned(),
        Reference::Policy(subject) => subject.to_string(),
        Reference::Template(key) => template(key),
        Reference::Baseline(key) => baseline(key),
        Reference::Snapshot => "The open snapshot".to_owned(),
    }
}

/// A template by its name.
pub fn template(name: &str) -> String {
    ["Template: ", name].concat()
}

/// A baseline by its name.
pub fn baseline(name: &str) -> String {
    ["Baseline: ", name].concat()
}
