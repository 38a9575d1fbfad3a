//! Words of policies kept in a file, and what has changed since: `#/snapshots`.

mod copies;
mod files;
mod people;
mod sum;
mod table;

use super::paper;
use super::policy::change::count;
use super::rollout::policies;
use crate::matrix::Class;
use crate::policy::Subject;
use crate::rollout::Target;
use crate::snapshot::drift::{Drift, Fate};
use crate::snapshot::view::{Order, View};
use crate::snapshot::{LARGEST, MOST_POLICIES, Severity, Snapshot};

pub use copies::{as_csv, as_json, as_text};
pub use files::{fault, left, place, unmatched};
pub use people::People;
pub use sum::sum;
pub use table::{as_table, facts};

/// Title of the page.
pub const TITLE: &str = "Snapshots";
/// Heading of the section for taking one.
pub const TAKE: &str = "Take a snapshot";
/// What taking one does.
pub const TAKE_HELP: &str =
    "Reads the current policies and gives you a file. The file contains no token and stays with you.";
/// Label of the choice of policies.
pub const SCOPE: &str = "Policies to include";
/// Choice: all groups.
pub const ALL_GROUPS: &str = "All groups in PIM";
/// Choice: all roles.
pub const ALL_ROLES: &str = "All Entra roles";
/// Label of the search for some.
pub const CHOOSE: &str = "Or only these";
/// Choice: include names of groups and roles.
pub const NAMES_OF_HOLDERS: &str = "Names of groups and roles in the file";
/// Choice: include names of people.
pub const NAMES_OF_PEOPLE: &str = "Names of people in the file (who took it, who last changed a policy, who approves)";
/// What is in the file in any case.
pub const ALWAYS_IN_IT: &str = "In any case the file contains the IDs of approvers and the email addresses that \
     notifications go to: they are settings.";
/// Starts taking it.
pub const TAKE_NOW: &str = "Take snapshot";
/// Stops reading.
pub const CANCEL: &str = "Cancel";
/// Why it cannot start: nothing is selected.
pub const NOTHING_CHOSEN: &str = "First choose what to include.";
/// Saves the file.
pub const SAVE: &str = "Save file";
/// Opens the snapshot just taken.
pub const COMPARE_LATER: &str = "Open it here";
/// Heading of the section for opening one.
pub const OPEN: &str = "Open a file";
/// What can be opened.
pub const OPEN_HELP: &str = "A snapshot, the JSON of one policy from its page, EasyPIM's JSON (PolicyTemplates, \
     GroupRoles, EntraRoles, a saved Get-PIM…Policy) or a table of its exports. Choose it, or drop it on this page. \
     It is read in your browser and not sent anywhere; opening it changes nothing.";
/// Label of the file button.
pub const FILE: &str = "Choose a file";
/// Shown while a file is dragged over the page.
pub const DROP: &str = "Drop the file to open it";
/// The file is being read.
pub const READING: &str = "Reading the file…";
/// Heading of the faults.
pub const DAMAGED: &str = "This file cannot be opened. Nothing was taken from it.";
/// Closes the file.
pub const CLOSE: &str = "Close file";
/// The open snapshot belongs to another tenant.
pub const OTHER_TENANT: &str =
    "This snapshot is from another tenant. You can view it, but not compare or restore it here.";
/// The snapshot is incomplete.
pub const INCOMPLETE: &str = "This snapshot is incomplete: not every chosen policy was read.";
/// Heading of the changes.
pub const DRIFT: &str = "What changed since";
/// Reads and compares again.
pub const LOOK_AGAIN: &str = "Compare again";
/// No change matches.
pub const NO_HIT: &str = "No change matches these filters.";
/// Removes the filters.
pub const SHOW_ALL: &str = "Show all changes";
/// Label of a filter.
pub const SEVERITY: &str = "Severity";
/// Label of a filter.
pub const CLASS: &str = "Policies";
/// Label of a filter.
pub const SEARCH: &str = "Search changes";
/// Its placeholder: what can be typed.
pub const SEARCH_HINT: &str = "Name, ID, or who changed it";
/// Label of the sort order.
pub const ORDER: &str = "Sort by";
/// No filter by severity.
pub const ANY_SEVERITY: &str = "Any severity";
/// No filter by kind.
pub const ANY_CLASS: &str = "All policies";
/// Column headers of a policy's changes.
pub const COLUMNS: [&str; 5] = ["Restore", "Setting", "Before", "Now", "Severity"];
/// Shown in place of a missing value.
pub const ABSENT: &str = "missing";
/// Shows the raw rules.
pub const RULE_JSON: &str = "Show the rule as it was and is";
/// A rule changed in a part that belongs to no setting.
pub const RULE_CHANGED: &str = "changed in a part that no setting shows";
/// Rules are not restored.
pub const RULE_NOT_RESTORED: &str = "A rule's other properties are never written by this page.";
/// Selects all settings of a policy.
pub const PICK_POLICY: &str = "All settings of this policy";
/// Selects everything that is shown.
pub const PICK_SHOWN: &str = "Select all shown";
/// Selects nothing.
pub const PICK_NONE: &str = "Select none";
/// Why nothing can be restored: nothing is selected.
pub const PICK_FIRST: &str = "First select what to restore.";
/// Copies as text.
pub const COPY_TEXT: &str = "Copy as text";
/// Saves as CSV.
pub const SAVE_CSV: &str = "Save as CSV";
/// Saves as JSON.
pub const SAVE_JSON: &str = "Save as JSON";
/// Prints.
pub const PRINT: &str = "Print";
/// Announced after copying.
pub const COPIED: &str = "Changes copied";
/// Shows more policies.
pub const MORE: &str = "Show more policies";
/// Heading of the exports of the open snapshot.
pub const EXPORT: &str = "Export these policies as";
/// The same for the one just taken.
pub const EXPORT_TAKEN: &str = "Export this snapshot as";
/// Only one snapshot can be taken at a time.
pub const BUSY: &str = "A snapshot is already being taken. Cancel it or wait until it is done, then take the next one.";
/// Export as a table.
pub const TABLE: &str = "CSV";
/// Export as a table that the import reads.
pub const SETTINGS_TABLE: &str = "CSV for import";
/// Heading of an import.
pub const IMPORT: &str = "Settings from another tool";
/// Column headers of an import.
pub const IMPORT_COLUMNS: [&str; 2] = ["Policy", "Settings in the file"];
/// Nothing in it could be understood.
pub const NOTHING_UNDERSTOOD: &str = "This file contains no policy settings.";
/// Looks up groups and names.
pub const LOOK_UP: &str = "Look up groups and names";
/// Several files were dropped.
pub const SEVERAL: &str = "Open one file at a time; none of them was opened";
/// They are being looked up.
pub const LOOKING_UP: &str = "Looking up groups, roles and approvers…";
/// Heading of what was not matched.
pub const NOT_MATCHED: &str = "Not matched";
/// Heading of what was not imported.
pub const NOT_TAKEN: &str = "Not imported";
/// Nothing can be imported.
pub const NOTHING_MATCHED: &str = "Nothing in this file matches a group or role of this tenant.";

/// A severity.
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "High",
        Severity::Medium => "Medium",
        Severity::Low => "Low",
    }
}

/// A kind of policies.
pub const fn class(class: Class) -> &'static str {
    match class {
        Class::Members => "Members of groups",
        Class::Owners => "Owners of groups",
        Class::Roles => "Entra roles",
    }
}

/// A sort order.
pub const fn order(order: Order) -> &'static str {
    match order {
        Order::Severity => "Most serious first",
        Order::Name => "By name",
        Order::Latest => "Latest change first",
    }
}

/// What the filters show.
pub fn only(view: &View) -> String {
    let (severity, class) = (view.severity.map_or("", severity), view.class.map_or("", class));
    paper::only(&[severity, class, &paper::sought(&view.text)])
}

/// What happened to a policy; empty if it only changed.
pub const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Changed => "",
        Fate::Gone => "gone",
        Fate::New => "new",
    }
}

/// What that means.
pub const fn fate_help(fate: Fate) -> &'static str {
    match fate {
        Fate::Changed => "",
        Fate::Gone => "It was in the snapshot and has no policy now. It cannot be restored from here.",
        Fate::New => "It was not in the snapshot, which covered all policies of its kind.",
    }
}

/// The progress of a read.
pub fn course(read: usize, found: usize, failed: usize, slowed: bool) -> String {
    let mut text = format!("{read} of {found} groups and roles read");
    if failed > 0 {
        text.push_str(&[", ", &failed.to_string(), " failed"].concat());
    }
    if slowed {
        text.push_str(". Microsoft is limiting requests");
    }
    text + "."
}

/// The snapshot's file would be too large to open.
pub fn too_large() -> String {
    format!(
        "This snapshot is too large to open again: the limit is {},{:03} policies and {} MB. Take fewer policies, or \
         several snapshots.",
        MOST_POLICIES / 1000,
        MOST_POLICIES % 1000,
        LARGEST / 1024 / 1024
    )
}

/// The contents of a snapshot: "3 policies of 1 group and 1 role".
pub fn holds(snapshot: &Snapshot) -> String {
    let (groups, roles) = snapshot.counts();
    let policies = policies(snapshot.policies.len());
    let of = |number: usize, noun: &str| (number > 0).then(|| count(number, noun));
    let whose: Vec<String> = [of(groups, "group"), of(roles, "role")].into_iter().flatten().collect();
    if whose.is_empty() { policies } else { [&policies, " of ", &whose.join(" and ")].concat() }
}

/// When and by whom it was taken. `at` is the formatted moment.
pub fn taken(snapshot: &Snapshot, at: &str) -> String {
    let by = snapshot.taken_by.as_ref().map(|by| [" by ", by].concat()).unwrap_or_default();
    ["Taken ", at, &by, "."].concat()
}

/// How many policies are missing from it.
pub fn gaps(snapshot: &Snapshot) -> String {
    let number = snapshot.not_read.len();
    let are = if number == 1 { " is" } else { " are" };
    [&policies(number), are, " listed in the file as not read."].concat()
}

/// When it was compared. `at` is the formatted moment.
pub fn compared(at: &str) -> String {
    ["Compared at ", at, "."].concat()
}

/// Most policies not read this time that are named.
const NAMED: usize = 10;

/// Heading of the policies that were not read this time.
pub const UNREAD: &str = "Not read this time";
/// Why they were not read.
pub const UNREAD_HELP: &str = "They could not be read, or reading was stopped before their turn. They are missing \
     below. Choose Compare again to read them.";

/// Added to the name of one that the snapshot does not have.
const NOT_KEPT: &str = ": not in the snapshot, may be new";

/// The policies that were not read this time, by name.
pub fn unread(snapshot: &Snapshot, drift: &Drift) -> Vec<String> {
    let name = |subject: &Subject| {
        let name = snapshot.of(subject).map(|kept| kept.name.clone()).unwrap_or_default();
        super::rollout::label(&Target { subject: subject.clone(), name })
    };
    let found = |(subject, name): &(Subject, String)| {
        super::rollout::label(&Target { subject: subject.clone(), name: name.clone() }) + NOT_KEPT
    };
    let all = drift.unread.len() + drift.maybe_new.len();
    let named = drift.unread.iter().map(name).chain(drift.maybe_new.iter().map(found));
    let mut names: Vec<String> = named.take(NAMED).collect();
    if all > NAMED {
        names.push(and_more(all - NAMED));
    }
    names
}

/// Who last changed it and when.
pub fn changed_by(by: Option<&str>, at: Option<&str>) -> String {
    match (by, at) {
        (None, None) => "Microsoft does not say who last changed it.".to_owned(),
        (Some(by), None) => ["Last changed by ", by, "."].concat(),
        (None, Some(at)) => ["Last changed ", at, "."].concat(),
        (Some(by), Some(at)) => ["Last changed ", at, " by ", by, "."].concat(),
    }
}

/// The button that restores.
pub fn restore(picked: usize) -> String {
    if picked == 0 { "Review restore".to_owned() } else { ["Review restore of ", &count(picked, "setting")].concat() }
}

/// The title of a change of many policies that restores it.
pub fn restore_title(taken_at: &str) -> String {
    ["Restore to the snapshot of ", taken_at].concat()
}

/// The title of a change of many policies from an import.
pub fn import_title(file: &str) -> String {
    ["Settings from ", &super::quoted::one_line(file)].concat()
}

/// The button that imports.
pub fn bring_in(number: usize) -> String {
    ["Review changes for ", &policies(number)].concat()
}

/// The contents of a file, before anything is looked up.
pub fn speaks_of(number: usize, names: usize) -> String {
    let by_name = if names == 0 {
        String::new()
    } else {
        ["; ", &count(names, "name"), " in it must be looked up in the directory"].concat()
    };
    [
        "The file contains settings for ",
        &policies(number),
        &by_name,
        ". Nothing is changed until you have seen the plan.",
    ]
    .concat()
}

/// There are more names than can be looked up.
pub fn too_many_names(names: usize, most: usize) -> String {
    format!(
        "The file has {names} names of groups and approvers; at most {most} are looked up. Use IDs, or a smaller file."
    )
}

/// Asks whether members or owners are meant if a file does not say.
pub fn meant(number: usize) -> String {
    ["The file does not say for ", &policies(number), " whether members or owners are meant. Treat them as:"].concat()
}

/// More than are listed: how many.
pub fn and_more(number: usize) -> String {
    ["and ", &number.to_string(), " more"].concat()
}

/// How many settings an import has for a policy.
pub fn import_settings(settings: usize) -> String {
    count(settings, "setting")
}

/// Label of the checkbox of a setting.
pub fn pick(setting: &str) -> String {
    ["Restore ", setting].concat()
}
