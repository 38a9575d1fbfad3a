//! Words that differ between the subjects of policies: a group's members and owners, and an Entra role.

use crate::directory::Holder;
use crate::policy::{Setting, Subject, Tab};

use super::problem::Doing;
use super::{page, policy::setting};

/// An example of what to type to find a group or role.
pub const PICK_EXAMPLE: &str = "Name of a group or role";
/// An example of what to type to find a group.
pub const PICK_GROUP_EXAMPLE: &str = "Name of a group";

/// What kind of subject it is; used instead of a name that could not be read.
pub const fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Group { .. } => "Group",
        Subject::Role { .. } => "Entra role",
    }
}

/// Shown instead of the name while it is read.
pub const fn opening(subject: &Subject) -> &'static str {
    match subject {
        Subject::Group { .. } => "Opening the group…",
        Subject::Role { .. } => "Opening the role…",
    }
}

/// The list that contains it.
pub const fn list(subject: &Subject) -> &'static str {
    match subject {
        Subject::Group { .. } => page::GROUPS,
        Subject::Role { .. } => page::ROLES,
    }
}

/// The name of a group or role, or what is shown for one that has none.
pub fn name(holder: &Holder) -> String {
    match holder {
        Holder::Group(group) => super::group::name(group),
        Holder::Role(role) => super::role::name(role),
    }
}

/// What opening it is called in the message if that fails.
pub const fn reading(subject: &Subject) -> Doing {
    match subject {
        Subject::Group { .. } => Doing::ReadingPolicy,
        Subject::Role { .. } => Doing::ReadingRolePolicy,
    }
}

/// What saving it is called in the message if that fails.
pub const fn saving(subject: &Subject) -> Doing {
    match subject {
        Subject::Group { .. } => Doing::SavingPolicy,
        Subject::Role { .. } => Doing::SavingRolePolicy,
    }
}

/// The help below a setting's label.
pub const fn help(subject: &Subject, setting: Setting) -> &'static str {
    match (subject, setting) {
        (Subject::Group { .. }, Setting::Approvers) => {
            "People or groups; they need not be members or owners. There are no default approvers for a group."
        }
        (Subject::Role { .. }, Setting::Approvers) => {
            "People or groups. If none is selected, the active Privileged Role Administrators and Global \
             Administrators approve."
        }
        _ => setting::help(setting),
    }
}

/// The title of the browser's tab on a page of policies.
pub fn page_title(subject: &Subject, tab: Tab, name: &str) -> String {
    let tab = setting::tab(tab);
    match subject.access() {
        Some(access) => format!("{} {} settings – {name}", setting::access_one(access), tab.to_lowercase()),
        None => format!("{tab} settings – {name}"),
    }
}

/// The name of a policy: "Tier-0 Operators (members)", "Global Reader".
pub fn policy_of(subject: &Subject, name: &str) -> String {
    match subject.access() {
        Some(access) => format!("{name} ({})", setting::access(access).to_lowercase()),
        None => name.to_owned(),
    }
}

/// The name of a policy, with the ID if the name could not be read and is empty.
pub fn called(subject: &Subject, name: &str) -> String {
    if name.is_empty() { by_id(subject) } else { policy_of(subject, name) }
}

/// A policy by ID, for reports: "group 7e52… (member)".
pub fn by_id(subject: &Subject) -> String {
    let kind = match subject {
        Subject::Group { .. } => "group",
        Subject::Role { .. } => "Entra role",
    };
    match subject.access() {
        Some(access) => format!("{kind} {} ({access})", subject.id()),
        None => format!("{kind} {}", subject.id()),
    }
}

/// What changing a policy requires; `None` if the group or role could not be read.
pub fn changing_takes(holder: Option<&Holder>) -> String {
    let who = match holder {
        Some(Holder::Role(_)) => super::help::WHO_ROLE,
        Some(Holder::Group(group)) if group.role_assignable => super::help::WHO_ROLE_ASSIGNABLE,
        _ => super::help::WHO_OTHER_GROUP,
    };
    ["Who can change it: ", who, ". If you are eligible for one of these, activate it first, then sign in again."]
        .concat()
}
