//! Words about Entra roles and the page that finds them.

use super::paper;
use super::problem::Doing;
use crate::auth::scope::Scope;
use crate::directory::{Role, RoleFilter};
use crate::problem::Problem;

/// Badge, if groups and roles are listed together.
pub const ONE: &str = "Entra role";
/// Badge.
pub const PRIVILEGED: &str = "privileged";
/// Badge.
pub const BUILT_IN: &str = "built-in";
/// Badge.
pub const CUSTOM: &str = "custom";
/// Name of the search box.
pub const SEARCH: &str = "Find a role";
/// Its placeholder: what can be typed.
pub const SEARCH_HINT: &str = "Name or template ID";
/// Label of the choice of kinds.
pub const SHOW: &str = "Show";
/// Heading of a list.
pub const CUSTOM_ROLES: &str = "Custom roles";
/// Heading of a list.
pub const BUILT_IN_ROLES: &str = "Built-in roles";
/// Removes search and filter.
pub const SHOW_ALL: &str = "Show all";
/// The privileged marks could not be read.
pub const NO_MARKS: &str = "Could not read which roles are privileged: Microsoft offers this only in a preview API.";
/// No role has this ID.
pub const NO_SUCH_ID: &str = "No role in this tenant has this ID.";

/// Says which permission is missing, what for, and what else is needed, if a task with roles waits for consent.
pub fn explain_consent(problem: &mut Problem, doing: Doing) {
    let (title, scope, purpose, takes) = match doing {
        Doing::FindingRoles | Doing::ReadingRolePolicy => (
            "Entra roles need one more permission",
            Scope::RoleRead,
            "It lists the roles of this tenant and reads their policies; it changes nothing.",
            "Reading a policy also needs a directory role, such as Global Reader, Security Reader or Privileged Role \
             Administrator.",
        ),
        Doing::SavingRolePolicy => (
            "Saving needs one more permission",
            Scope::RolePolicyWrite,
            "It changes the policies of Entra roles; nothing was sent yet, and your changes are kept.",
            "You must also be a Privileged Role or Global Administrator.",
        ),
        _ => return,
    };
    title.clone_into(&mut problem.title);
    problem.detail = format!("The permission is {}. {purpose} {takes}", scope.name());
    "Sign in to grant it. If Microsoft says that an administrator must approve, forward its message to one."
        .clone_into(&mut problem.next_step);
}

/// Heading of what is shown before roles are shown for the first time.
pub const GATE_TITLE: &str = "Entra roles need more permissions";
/// What is needed besides permissions.
pub const GATE_TAKES: &str = "Reading a policy also needs a directory role: Global Reader, Security Reader, Security \
     Operator, or Security, Privileged Role or Global Administrator. Only the last two may change a policy; \
     permission to write is asked for when you first save.";
/// Asks for the permissions that roles need.
pub const SHOW_ROLES: &str = "Show Entra roles";
/// Shown before the button that stops asking.
pub const FORGET_HELP: &str =
    "This browser asks for these permissions at each sign-in because you chose to see Entra roles.";
/// Stops asking for these permissions.
pub const FORGET: &str = "Stop asking";

/// Which permissions roles need, and what for.
pub fn gate(scopes: &[Scope]) -> String {
    let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
    format!(
        "To list the roles of this tenant and read their policies, PIM Desk asks Microsoft for {}. They only read. \
         If they are not granted yet, you go to Microsoft's sign-in page and come back here.",
        names.join(" and ")
    )
}

/// What the filters of the list show; empty if they show everything.
pub fn only(typed: &str, show: RoleFilter) -> String {
    let kind = if show == RoleFilter::All { "" } else { filter(show) };
    paper::only(&[kind, &paper::sought(typed)])
}

/// A kind of roles, as shown in the choice.
pub const fn filter(filter: RoleFilter) -> &'static str {
    match filter {
        RoleFilter::All => "All roles",
        RoleFilter::Privileged => "Privileged roles",
        RoleFilter::BuiltIn => BUILT_IN_ROLES,
        RoleFilter::Custom => CUSTOM_ROLES,
    }
}

/// A role's name, or what is shown for one that has none.
pub fn name(role: &Role) -> String {
    if role.name.trim().is_empty() { super::group::no_name(role.template_id.as_str()) } else { role.name.clone() }
}

/// How many match, as an announcement.
pub fn hits(count: usize) -> String {
    match count {
        1 => "1 role matches".to_owned(),
        more => format!("{more} roles match"),
    }
}

/// Nothing matches the search, or nothing is of this kind. `marked` says whether it is known which roles are privileged.
pub fn no_match(text: &str, show: RoleFilter, marked: bool) -> String {
    let kind = filter(show).to_lowercase();
    match (show, text) {
        (RoleFilter::Privileged, _) if !marked => {
            "It is not known which roles are privileged, so none are shown.".to_owned()
        }
        (RoleFilter::All, "") => "There is no role in this tenant.".to_owned(),
        (RoleFilter::All, _) => format!("No role matches “{text}”."),
        (_, "") => format!("There are no {kind} in this tenant."),
        _ => format!("None of the {kind} matches “{text}”."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_filter_hides_is_not_denied() {
        assert_eq!(no_match("zebra", RoleFilter::All, true), "No role matches “zebra”.");
        assert_eq!(no_match("reader", RoleFilter::Custom, false), "None of the custom roles matches “reader”.");
        assert_eq!(no_match("", RoleFilter::Custom, true), "There are no custom roles in this tenant.");
        for text in ["", "global"] {
            assert!(no_match(text, RoleFilter::Privileged, false).contains("not known"));
        }
    }
}
