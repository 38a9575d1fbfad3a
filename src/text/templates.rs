//! Words of templates: `#/templates`.

use crate::matrix::Class;
use crate::policy::Issue;
use crate::policy::plain::{Fault, Kind, MOST_ENTRIES};
use crate::template::file::{LARGEST, Problem, What};
use crate::template::{Taken, Template};

use super::policy::change::count;

/// Title of the page.
pub const TITLE: &str = "Templates";
/// What templates are and where they are kept.
pub const INTRO: &str = "A template is a set of settings with a name; settings it leaves out stay as they are. \
     Templates are kept in this browser for this tenant, with the IDs of approvers and the email addresses. They go \
     nowhere else: export those you must not lose.";
/// Makes an empty one.
pub const NEW: &str = "New template";
/// Takes a file in.
pub const IMPORT: &str = "Import a file";
/// Gives all as a file.
pub const EXPORT_ALL: &str = "Export all";
/// Gives one as a file.
pub const EXPORT: &str = "Export";
/// Makes one more like it.
pub const DUPLICATE: &str = "Duplicate";
/// Deletes it.
pub const DELETE: &str = "Delete";
/// Takes the deletion back.
pub const UNDO: &str = "Undo";
/// To the rollout.
pub const COPY_TO: &str = "Copy to…";
/// To the matrix.
pub const AS_REFERENCE: &str = "Use as reference";
/// There is none.
pub const EMPTY: &str = "This browser keeps no template for this tenant. Make one here, or on the page of a policy.";
/// Caption of the list.
pub const TABLE: &str = "Templates";
/// Heads of the list.
pub const COLUMNS: [&str; 4] = ["Name", "For", "Settings", "From"];
/// Where it is from.
pub const OWN: &str = "this browser";
/// Where it is from.
pub const TEAM: &str = "your team";
/// Mark of one that cannot be used as it is.
pub const NEEDS_WORK: &str = "needs work";
/// Mark of one that the browser refused to keep.
pub const NOT_KEPT_MARK: &str = "not kept";
/// Why one cannot be used.
pub const NOT_USABLE: &str = "Correct the marked fields first.";
/// Why an empty one cannot be used.
pub const NO_SETTINGS: &str = "It has no settings yet.";
/// The browser refused to keep a template.
pub const NOT_KEPT: &str = "The browser did not keep the last change";
/// What to do about it.
pub const NOT_KEPT_HELP: &str =
    "Its storage is full or turned off. The templates stay until this page is closed or reloaded: export them now.";
/// Name of the choice of a template to lay over this one.
pub const LAY_OVER: &str = "Merge another template into this one";
/// None is chosen.
pub const CHOOSE_TEMPLATE: &str = "Choose a template";
/// Why the button does nothing.
pub const CHOOSE_TEMPLATE_FIRST: &str = "Choose a template first.";
/// Lays it over.
pub const LAY: &str = "Apply its settings";

/// What came of it.
pub fn laid(laid: crate::template::Laid) -> String {
    let settings = |number: usize| if number == 1 { "1 setting".to_owned() } else { format!("{number} settings") };
    match (laid.added, laid.replaced) {
        (0, 0) => "Nothing changed: this template already has these settings".to_owned(),
        (added, 0) => format!("{} added", settings(added)),
        (0, replaced) => format!("{} replaced", settings(replaced)),
        (added, replaced) => format!("{} added, {replaced} replaced", settings(added)),
    }
}

/// The team's file is being read.
pub const READING: &str = "Looking for your team's templates…";
/// The team's file did not come.
pub const UNREAD: &str = "Your team's templates could not be read";
/// The team's file is not where the configuration says.
pub const MISSING: &str = "config.json says that your team hosts templates, but templates.json is not next to it";
/// The team's file is wrong.
pub const WRONG: &str =
    "Your team's templates.json has errors. None of it is used. The people who run PIM Desk here can correct this:";
/// The imported file is wrong.
pub const WRONG_IMPORT: &str = "This file has errors. Nothing was imported.";
/// Reads again.
pub const AGAIN: &str = "Try again";
/// The browser could not read the file.
pub const UNREADABLE_FILE: &str = "The browser could not read this file, or it is not text.";
/// A template nobody knows.
pub const UNKNOWN: &str = "This browser keeps no template of this name for this tenant, and your team hosts none.";
/// Back to the list.
pub const SHOW_ALL: &str = "Show all templates";
/// Field.
pub const NAME: &str = "Name";
/// Field.
pub const DESCRIPTION: &str = "Description";
/// Field.
pub const FOR: &str = "For";
/// What that means.
pub const FOR_HELP: &str = "Only these policies are compared with it, and it is copied only to them.";
/// A name is missing.
pub const NAME_MISSING: &str = "Enter a name. Until then the previous one is kept.";
/// Choice of a setting.
pub const ADD_SETTING: &str = "Setting to add";
/// Adds it.
pub const ADD: &str = "Add setting";
/// Entry while none is chosen.
pub const CHOOSE: &str = "Choose a setting…";
/// Why none can be added.
pub const CHOOSE_FIRST: &str = "Choose a setting first.";
/// No settings yet.
pub const NOTHING_YET: &str = "No settings yet. Settings that a template leaves out stay as they are.";
/// Edits are kept.
pub const KEPT: &str = "Changes are kept as you make them.";
/// A team's template cannot be changed.
pub const READ_ONLY: &str = "Your team hosts this template. To change it, duplicate it or edit the file.";
/// Checkbox.
pub const ON: &str = "On";
/// On the policy page.
pub const SAVE_AS: &str = "Save as template…";
/// Which settings.
pub const WHICH: &str = "Settings to include";
/// Selects all.
pub const ALL: &str = "Select all";
/// Selects none.
pub const NONE: &str = "Select none";
/// Leaves the dialog.
pub const CANCEL: &str = "Cancel";
/// What is taken.
pub const SAVE_HELP: &str = "Takes the values on screen, unsaved changes included. Settings that cannot be read or that \
     Microsoft does not support are not offered.";
/// Nothing is selected.
pub const NOTHING_PICKED: &str = "First select a setting.";
/// No name.
pub const NAME_FIRST: &str = "Enter a name first.";
/// Starting name.
pub const UNTITLED: &str = "New template";

/// Name of a file with all.
pub const FILE: &str = "pim-desk-templates.json";

/// Name of a file with one.
pub fn file_of(template: &Template) -> String {
    ["pim-desk-template-", &template.key, ".json"].concat()
}

/// Whom a template is for.
pub const fn class(class: Option<Class>) -> &'static str {
    match class {
        None => "All policies",
        Some(Class::Members) => "Members of groups",
        Some(Class::Owners) => "Owners of groups",
        Some(Class::Roles) => "Entra roles",
    }
}

/// How many settings.
pub fn settings(number: usize) -> String {
    count(number, "setting")
}

/// Takes the picked settings.
pub fn save(number: usize) -> String {
    format!("Save {} as a template", settings(number))
}

/// It was made.
pub fn made(name: &str) -> String {
    format!("Template “{name}” created")
}

/// It was deleted.
pub fn deleted(name: &str) -> String {
    format!("“{name}” was deleted.")
}

/// What a copy is called.
pub fn copy_of(name: &str) -> String {
    let short: String = name.chars().take(crate::template::LONGEST_NAME - 8).collect();
    format!("{short} (copy)")
}

/// The title of a copy to many.
pub fn copying(name: &str) -> String {
    format!("Template “{name}”")
}

/// Takes a setting out.
pub fn remove(label: &str) -> String {
    format!("Remove: {label}")
}

/// Some are kept that could not be read.
pub fn unreadable(number: usize) -> String {
    let some = count(number, "template");
    format!("{some} in this browser could not be read, perhaps made by a newer version. They are left as they are.")
}

/// What came of an import.
pub fn taken(taken: Taken) -> String {
    let mut words = vec![format!("{} imported", count(taken.added, "template"))];
    if taken.renamed > 0 {
        words.push(format!("{} under a new key", taken.renamed));
    }
    if taken.same > 0 {
        words.push(format!("{} already here", taken.same));
    }
    words.join(", ") + "."
}

/// The team's file did not come: why.
pub fn unread(status: Option<u16>) -> String {
    match status {
        Some(status) => format!("The host answered {status} for templates.json."),
        None => "No answer came for templates.json.".to_owned(),
    }
}

/// A problem's place.
pub fn place(problem: &Problem) -> &str {
    if problem.path.is_empty() { "The file" } else { &problem.path }
}

/// A problem.
pub fn problem(problem: &Problem) -> String {
    match &problem.what {
        What::TooLarge => format!("is larger than {} MB.", LARGEST / 1024 / 1024),
        What::NotJson(words) => format!("is not JSON: {words}."),
        What::NotA(what) => format!("must be {what}."),
        What::Missing => "is missing.".to_owned(),
        What::Unknown => "is not part of the format.".to_owned(),
        What::UnknownSetting => "is not a setting that this version knows.".to_owned(),
        What::OtherVersion => "is a version that PIM Desk does not read; it reads version 1.".to_owned(),
        What::OtherFormat => "is another format; it must be “pim-desk/templates”.".to_owned(),
        What::Twice => "appears twice.".to_owned(),
        What::TooLong(most) => format!("is longer than {most}."),
        What::NotText => "must be text that is not empty, without control characters.".to_owned(),
        What::NotAKey => "must be made of lowercase letters, digits and hyphens.".to_owned(),
        What::Value(fault) => fault_words(*fault),
        What::Issue(issue) => issue_words(issue),
        What::More(more) => format!("has {}.", count(*more, "more problem")),
    }
}

fn issue_words(issue: &Issue) -> String {
    ["cannot be saved: ", &super::policy::issue::issue(issue)].concat()
}

fn fault_words(fault: Fault) -> String {
    match fault {
        Fault::NotA(Kind::Duration) => "must be an ISO 8601 duration such as PT8H or P90D.".to_owned(),
        Fault::NotA(Kind::Flag) => "must be true or false.".to_owned(),
        Fault::NotA(Kind::Requirement) => {
            "must be “none”, “mfa” or a context such as {\"context\": \"c1\"}.".to_owned()
        }
        Fault::NotA(Kind::Approvers) => "must be a list of approvers.".to_owned(),
        Fault::NotA(Kind::Recipients) => "must be a list of addresses.".to_owned(),
        Fault::NotAnApprover => {
            "must name an approver: “kind” (user or group) and “id” (an object ID), nothing else.".to_owned()
        }
        Fault::NotAnAddress => "is not an email address.".to_owned(),
        Fault::Twice => "is in the list twice.".to_owned(),
        Fault::TooMany => format!("has more than {MOST_ENTRIES} entries."),
    }
}
