//! Words about groups and the page that finds them.

use super::problem::{Doing, problem};
use crate::directory::Group;
use crate::graph::Error;
use crate::problem::Problem;

/// Name of the search box.
pub const SEARCH: &str = "Find a group";
/// Its placeholder: what can be typed.
pub const SEARCH_HINT: &str = "Name or object ID";
/// Empties the search box.
pub const CLEAR_SEARCH: &str = "Clear the search";
/// Heading of a list.
pub const PINNED: &str = "Pinned";
/// Heading of a list.
pub const RECENT: &str = "Recently opened";
/// Heading of a list.
pub const IN_PIM: &str = "In PIM";
/// Heading of a list.
pub const ALL: &str = "All groups";
/// Heading of a list: what a search found besides the groups in PIM.
pub const OTHERS: &str = "Other groups";
/// Heading of a list: what a search found.
pub const FOUND: &str = "Groups";
/// Shows more rows.
pub const SHOW_MORE: &str = "Show more";
/// Nothing is in PIM.
pub const NONE_IN_PIM: &str = "No group is in PIM yet. Saving a first change to a group's policy brings the group in.";
/// There are no groups at all.
pub const NONE: &str = "You cannot see any security group or Microsoft 365 group.";
/// Nothing has this ID.
pub const NO_SUCH_ID: &str =
    "No group with this ID can be read. It may be deleted, belong to another tenant, or be hidden from you.";
/// Tries to open its policy anyway.
pub const OPEN_ANYWAY: &str = "Open it anyway";
/// Second line of a group that cannot be read any more.
pub const UNREADABLE: &str = "Deleted, or hidden from you";
/// While the directory is searched.
pub const SEARCHING: &str = "Searching…";

/// A group's name on screen.
pub fn name(group: &Group) -> String {
    if group.name.trim().is_empty() { no_name(group.id.as_str()) } else { group.name.clone() }
}

/// Shown instead of an empty or unknown name.
pub fn no_name(id: &str) -> String {
    format!("(no name) {id}")
}

/// Label of the button that pins or unpins.
pub fn pin(pinned: bool, name: &str) -> String {
    format!("{} {name}", if pinned { "Unpin" } else { "Pin" })
}

/// Announced after a pin was set or removed.
pub fn pin_done(pinned: bool, name: &str) -> String {
    format!("{} {name}", if pinned { "Pinned" } else { "Unpinned" })
}

/// How much of a list is on screen: `50 of 10,000`, or only the total if all of it is.
pub fn shown(rows: usize, total: Option<usize>) -> String {
    match total {
        Some(total) if total > rows => format!("{} of {}", number(rows), number(total)),
        Some(_) => number(rows),
        None => format!("first {}", number(rows)),
    }
}

/// Nothing of a list is on screen: there may be `more` in the directory, or not.
pub const fn none(more: bool) -> &'static str {
    if more { "none so far" } else { "none" }
}

/// What a search found, to be announced.
pub fn hits(count: usize) -> String {
    match count {
        0 => "No group matches".to_owned(),
        1 => "1 group matches".to_owned(),
        more => format!("{} groups match", number(more)),
    }
}

/// Nothing matches the search.
pub fn no_match(text: &str) -> String {
    format!("No group matches “{text}”. The search matches the beginnings of words in a name.")
}

/// Some groups in PIM cannot be read.
pub fn unreadable(count: usize) -> String {
    match count {
        1 => "1 more is in PIM, but deleted or hidden from you.".to_owned(),
        more => format!("{} more are in PIM, but deleted or hidden from you.", number(more)),
    }
}

/// It could not be read which groups are in PIM: what is missing, and that the rest works.
pub fn no_list_of_pim(error: &Error) -> Problem {
    let problem = problem(error, Doing::FindingGroups);
    let (detail, next_step) = match error.status() {
        _ if error.is_forbidden() => (
            "Microsoft Graph refused the list of groups in PIM for your account, or this app was not granted \
             PrivilegedAccess.Read.AzureADGroup.",
            "Everything else works: search for a group and open it. An administrator can grant the permission.",
        ),
        Some(404) => (
            "This Microsoft cloud does not offer the list of groups in PIM.",
            "Everything else works: search for a group and open it.",
        ),
        _ => return problem,
    };
    Problem {
        title: "The list of groups in PIM cannot be read".to_owned(),
        detail: detail.to_owned(),
        next_step: next_step.to_owned(),
        ..problem
    }
}

/// With separators for thousands.
fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guid::Guid;

    #[test]
    fn counts_are_told() {
        assert_eq!(shown(50, Some(10_000)), "50 of 10,000");
        assert_eq!(shown(12, Some(12)), "12");
        assert_eq!(shown(1_234_567, None), "first 1,234,567");
        assert_eq!((none(true), none(false)), ("none so far", "none"));
        assert_eq!((hits(0).as_str(), hits(1).as_str()), ("No group matches", "1 group matches"));
    }

    #[test]
    fn a_group_without_a_name_shows_its_id() {
        let id: Guid = "7e526275-97a8-4dc6-932a-4db521cccf96".parse().unwrap();
        let group = |name: &str| Group {
            id: id.clone(),
            name: name.to_owned(),
            description: String::new(),
            role_assignable: false,
            dynamic: false,
            synced: false,
        };
        assert_eq!(name(&group(" \n")), "(no name) 7e526275-97a8-4dc6-932a-4db521cccf96");
        assert_eq!(name(&group("<b>Ops</b>")), "<b>Ops</b>");
    }
}
