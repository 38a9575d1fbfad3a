//! Words of templates: `#/templates`.

use crate::matrix::Class;
use crate::policy::Issue;
use crate::policy::plain::{Fault, Kind, MOST_ENTRIES};
use crate::template::file::{LARGEST, Problem, What};
use crate::template::{Taken, Template};

use super::policy::change::count;

/// Title of the page.
pub const TITLE: &str = "Templates";
/// What templates are and where they are stored.
pub const INTRO: &str = "A template is a set of settings with a name; settings it leaves out stay as they are. \
     Templates are kept in this browser for this tenant, with the IDs of approvers and the email addresses. They go \
     nowhere else: export those you must not lose.";
/// Creates an empty one.
pub const NEW: &str = "New template";
/// Imports a file.
pub const IMPORT: &str = "Import a file";
/// Exports all as a file.
pub const EXPORT_ALL: &str = "Export all";
/// Exports one as a file.
pub const EXPORT: &str = "Export";
/// Creates a copy.
pub const DUPLICATE: &str = "Duplicate";
/// Deletes it.
pub const DELETE: &str = "Delete";
/// Undoes the deletion.
pub const UNDO: &str = "Undo";
/// Starts a change of many policies with it.
pub const COPY_TO: &str = "Copy to…";
/// Opens the matrix with it as the reference.
pub const AS_REFERENCE: &str = "Use as reference";
/// There are no templates.
pub const EMPTY: &str = "This browser keeps no template for this tenant. Make one here, or on the page of a policy.";
/// Caption of the list.
pub const TABLE: &str = "Templates";
/// Column headers of the list.
pub const COLUMNS: [&str; 4] = ["Name", "For", "Settings", "From"];
/// Where it comes from.
pub const OWN: &str = "this browser";
/// Where it comes from.
pub const TEAM: &str = "your team";
/// Mark of one that cannot be used as it is.
pub const NEEDS_WORK: &str = "needs work";
/// Mark of one that the browser refused to store.
pub const NOT_KEPT_MARK: &str = "not kept";
/// Why one cannot be used.
pub const NOT_USABLE: &str = "Correct the marked fields first.";
/// Why one without settings cannot be used.
pub const NO_SETTINGS: &str = "It has no settings yet.";
/// The browser refused to store a template.
pub const NOT_KEPT: &str = "The browser did not keep the last change";
/// What to do about it.
pub const NOT_KEPT_HELP: &str =
    "Its storage is full or turned off. The templates stay until this page is closed or reloaded: export them now.";
/// Label of the choice of a template to put over this one.
pub const LAY_OVER: &str = "Merge another template into this one";
/// Shown while none is chosen.
pub const CHOOSE_TEMPLATE: &str = "Choose a template";
/// Why the button does nothing.
pub const CHOOSE_TEMPLATE_FIRST: &str = "Choose a template first.";
/// Puts it over this one.
pub const LAY: &str = "Apply its settings";

/// The result of putting one over another.
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
/// The team's file could not be read.
pub const UNREAD: &str = "Your team's templates could not be read";
/// The team's file is not where the configuration says.
pub const MISSING: &str = "config.json says that your team hosts templates, but templates.json is not next to it";
/// The team's file has errors.
pub const WRONG: &str =
    "Your team's templates.json has errors. None of it is used. The people who run PIM Desk here can correct this:";
/// The imported file has errors.
pub const WRONG_IMPORT: &str = "This file has errors. Nothing was imported.";
/// Reads the file again.
pub const AGAIN: &str = "Try again";
/// The browser could not read the file.
pub const UNREADABLE_FILE: &str = "The browser could not read this file, or it is not text.";
/// The address names an unknown template.
pub const UNKNOWN: &str = "This browser keeps no template of this name for this tenant, and your team hosts none.";
/// Opens the list.
pub const SHOW_ALL: &str = "Show all templates";
/// Label of a field.
pub const NAME: &str = "Name";
/// Label of a field.
pub const DESCRIPTION: &str = "Description";
/// Label of a field.
pub const FOR: &str = "For";
/// Help of that field.
pub const FOR_HELP: &str = "Only these policies are compared with it, and it is copied only to them.";
/// A name is missing.
pub const NAME_MISSING: &str = "Enter a name. Until then the previous one is kept.";
/// A text is too long.
pub fn shorten(longest: usize) -> String {
    ["Shorten it to ", &longest.to_string(), " characters."].concat()
}

/// A text is too long, and a shorter one is stored.
pub fn too_long(longest: usize) -> String {
    [&shorten(longest), " Until then the previous one is kept."].concat()
}

/// Label of the choice of a setting.
pub const ADD_SETTING: &str = "Setting to add";
/// Adds the setting.
pub const ADD: &str = "Add setting";
/// Shown while none is chosen.
pub const CHOOSE: &str = "Choose a setting…";
/// Why none can be added.
pub const CHOOSE_FIRST: &str = "Choose a setting first.";
/// There are no settings yet.
pub const NOTHING_YET: &str = "No settings yet. Settings that a template leaves out stay as they are.";
/// That edits are stored at once.
pub const KEPT: &str = "Changes are kept as you make them.";
/// A team's template cannot be changed.
pub const READ_ONLY: &str = "Your team hosts this template. To change it, duplicate it or edit the file.";
/// Text of a checkbox.
pub const ON: &str = "On";
/// Opens saving a policy as a template, on its page.
pub const SAVE_AS: &str = "Save as template…";
/// Heading of the settings to include.
pub const WHICH: &str = "Settings to include";
/// Selects all.
pub const ALL: &str = "Select all";
/// Selects none.
pub const NONE: &str = "Select none";
/// Closes the dialog.
pub const CANCEL: &str = "Cancel";
/// What a template made from a policy contains.
pub const SAVE_HELP: &str = "Takes the values on screen, unsaved changes included. Settings that cannot be read or that \
     Microsoft does not support are not offered.";
/// Why it cannot be saved: nothing is selected.
pub const NOTHING_PICKED: &str = "First select a setting.";
/// Why it cannot be saved: it has no name.
pub const NAME_FIRST: &str = "Enter a name first.";
/// Why it cannot be saved: its name is too long.
pub const SHORTER_NAME: &str = "Shorten the name first.";
/// Name of a new template.
pub const UNTITLED: &str = "New template";

/// Name of the file with all templates.
pub const FILE: &str = "pim-desk-templates.json";

/// Name of the file with one template.
pub fn file_of(template: &Template) -> String {
    ["pim-desk-template-", &template.key, ".json"].concat()
}

/// The kind of policies a template is for.
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

/// The button that saves the selected settings.
pub fn save(number: usize) -> String {
    format!("Save {} as a template", settings(number))
}

/// Announced after creating one.
pub fn made(name: &str) -> String {
    format!("Template “{name}” created")
}

/// Shown after deleting one.
pub fn deleted(name: &str) -> String {
    format!("“{name}” was deleted.")
}

/// The name of a copy.
pub fn copy_of(name: &str) -> String {
    let short: String = name.chars().take(crate::template::LONGEST_NAME - 8).collect();
    format!("{short} (copy)")
}

/// The title of a change of many policies with it.
pub fn copying(name: &str) -> String {
    format!("Template “{name}”")
}

/// Removes a setting.
pub fn remove(label: &str) -> String {
    format!("Remove: {label}")
}

/// How many stored templates could not be read.
pub fn unreadable(number: usize) -> String {
    let some = count(number, "template");
    format!("{some} in this browser could not be read, perhaps made by a newer version. They are left as they are.")
}

/// The result of an import.
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

/// Why the team's file could not be read.
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
