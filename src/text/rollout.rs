//! Words of a change of many policies: `#/rollout`.

pub mod course;
pub mod plan;
pub mod receipt;
pub mod shift;

use crate::desk::rollout::Resolved;
use crate::matrix::Class;
use crate::policy::Access;
use crate::rollout::Target;
use crate::rollout::choice::Choice;
use crate::rollout::paste::MOST;

use super::policy::change::count;
pub use course::{halted, summary};
pub use plan::plan_ready;

/// Title of the page.
pub const TITLE: &str = "Copy settings";
/// What the page does.
pub const INTRO: &str =
    "Copies settings from one policy to others. You see what changes in each before anything is sent.";
/// The same for a template, or for a complete proposal from another page.
pub const INTRO_PROPOSED: &str = "You see what changes in each policy before anything is sent.";
/// Another change was begun in place of this one.
pub const ASIDE: &str = "Your earlier selection is kept";
/// Goes back to that one.
pub const TAKE_UP: &str = "Resume it";
/// Discards it.
pub const DROP_ASIDE: &str = "Discard it";

/// What the set-aside change is.
pub fn aside(choice: &Choice) -> String {
    let mut parts = Vec::new();
    if !choice.targets.is_empty() {
        parts.push(policies(choice.targets.len()));
    }
    if !choice.pasting.trim().is_empty() {
        parts.push("a pasted list".to_owned());
    }
    if choice.proposal.is_some() {
        parts.push("a plan that you edited".to_owned());
    }
    ["It has ", &parts.join(" and "), "."].concat()
}

/// Heading of the first step.
pub const FROM: &str = "1. From";
/// Heading of the second step.
pub const SETTINGS: &str = "2. Settings";
/// Heading of the third step.
pub const TARGETS: &str = "3. Policies to change";
/// Label of the search for a source.
pub const FIND_SOURCE: &str = "Find a group or role to copy from";
/// Chooses another source.
pub const ANOTHER: &str = "Choose another source";
/// Shown before a source is chosen.
pub const SETTINGS_LATER: &str = "First choose what to copy from.";
/// Selects all settings of a tab.
pub const ALL_OF: &str = "Select all of";
/// Clears all settings of a tab.
pub const NONE_OF: &str = "Select none of";
/// Label of the search for targets.
pub const FIND_TARGET: &str = "Add a policy";
/// Label of the field for a list.
pub const PASTE: &str = "Paste IDs or names";
/// What may be pasted.
pub const PASTE_HELP: &str = "One per line: object IDs, full names, or links to policy pages. Add “(members)” or \
     “(owners)” after a name to say which policy you mean.";
/// Label of the choice of members or owners for the list.
pub const PASTE_MEANS: &str = "If neither is given";
/// Choice: the members of each.
pub const MEANS_MEMBERS: &str = "Members";
/// Choice: the owners of each.
pub const MEANS_OWNERS: &str = "Owners";
/// Choice: both.
pub const MEANS_BOTH: &str = "Members and owners";
/// Looks up the list.
pub const ADD_LIST: &str = "Add these";
/// Cancels the look-up.
pub const STOP_LOOK_UP: &str = "Cancel the lookup";
/// The list is empty.
pub const NOTHING_PASTED: &str = "Paste a list first.";
/// Opens the matrix to select targets.
pub const FROM_MATRIX: &str = "Select in the matrix";
/// Removes all targets.
pub const REMOVE_ALL: &str = "Remove all";
/// Shows the plan.
pub const SHOW_PLAN: &str = "Show the plan";
/// Starts over.
pub const START_OVER: &str = "Start over";
/// Why there is no plan yet.
pub const STILL_LOOKED_UP: &str = "The pasted list is still being looked up.";
/// Why there is no plan yet.
pub const NO_SOURCE: &str = "Choose what to copy from.";
/// Why there is no plan yet.
pub const NO_SETTING: &str = "Select at least one setting.";
/// Why there is no plan yet.
pub const NO_TARGET: &str = "Add at least one policy to change.";
/// Heading of names or IDs that were not found.
pub const UNKNOWN: &str = "Not found";
/// What was not found may be a role, because roles were not looked up.
pub const WITHOUT_ROLES: &str = "Entra roles were not looked up: this session has no permission to read them.";
/// Heading of names that several groups have.
pub const SEVERAL: &str = "More than one group has this name; paste the ID";
/// Label of the list of targets.
pub const TARGET_LIST: &str = "Policies to change";
/// Opens copying to others, on a policy's page.
pub const OPEN: &str = "Copy settings to…";

/// The title of a copy.
pub fn copy_title(settings: usize, source: &str) -> String {
    format!("Copy {} from {source}", count(settings, "setting"))
}

/// A policy's name: "Tier-0 Operators (members)", with the ID if its name is not known.
pub fn label(target: &Target) -> String {
    if target.name.trim().is_empty() {
        super::subject::by_id(&target.subject)
    } else {
        super::subject::policy_of(&target.subject, &target.name)
    }
}

/// How many policies are selected.
pub fn chosen(number: usize) -> String {
    match number {
        0 => "No policy is chosen yet.".to_owned(),
        1 => "1 policy is chosen.".to_owned(),
        more => format!("{more} policies are chosen."),
    }
}

/// Policies for which the template is not meant.
pub fn not_meant(number: usize, class: Class) -> String {
    let are = if number == 1 { "is not one" } else { "are not" };
    format!(
        "The template is meant for {}: {} of these {are} and stay{} as before.",
        super::templates::class(Some(class)).to_lowercase().replace("entra", "Entra"),
        number,
        if number == 1 { "s" } else { "" }
    )
}

/// Policies of owners that get the settings of members, or the reverse; `from` is whom the source is about.
pub fn of_other_access(number: usize, from: Access) -> String {
    let (from, to) = match from {
        Access::Member => ("members", "owners"),
        Access::Owner => ("owners", "members"),
    };
    let (are, get) = if number == 1 { ("is", "gets") } else { ("are", "get") };
    format!("The source is a policy of {from}: {number} of these {are} of {to} and {get} its settings too.")
}

/// How many settings are selected.
pub fn ticked(number: usize) -> String {
    format!("{} selected", count(number, "setting"))
}

/// The result of looking up a pasted list.
pub fn pasted(resolved: &Resolved) -> String {
    let found = policies(resolved.targets.len());
    let words = match resolved.unknown.len() + resolved.several.len() {
        0 => format!("{found} found."),
        missing => format!("{found} found, {missing} not."),
    };
    match resolved.beyond {
        0 => words,
        1 => format!("{words} 1 more stays in the field, because at most {MOST} are looked up at a time. Add it next."),
        more => format!(
            "{words} {more} more stay in the field, because at most {MOST} are looked up at a time. Add them next."
        ),
    }
}

/// "1 policy", "12 policies".
pub fn policies(number: usize) -> String {
    if number == 1 { "1 policy".to_owned() } else { format!("{number} policies") }
}
