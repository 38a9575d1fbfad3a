//! Words of the list of requests: searching, sorting, selecting.

use crate::approval::{Filter, Kind, Sort};

use crate::text::paper;
use crate::text::policy::change::count;

/// Label of the search.
pub const SEARCH: &str = "Search requests";
/// What can be searched for.
pub const SEARCH_HINT: &str = "Name, access, reason, ticket";
/// Name of a filter.
pub const KIND: &str = "Kind";
/// Name of a filter.
pub const ACCESS: &str = "Group or role";
/// Name of a filter.
pub const REQUESTER: &str = "Requester";
/// Label of the sort order.
pub const SORT: &str = "Sort by";
/// The choice that filters nothing.
pub const ANY_KIND: &str = "Groups and roles";
/// The choice that filters nothing.
pub const ANY_ACCESS: &str = "Any group or role";
/// The choice that filters nothing.
pub const ANY_REQUESTER: &str = "Any requester";
/// Removes the filters.
pub const CLEAR: &str = "Show all";
/// Nothing matches the filters.
pub const NO_MATCH: &str = "No request matches these filters.";
/// Name of the region with search and filters.
pub const FINDING: &str = "Find requests";
/// Shows the previous page of the list.
pub const BACK: &str = "Previous";
/// Shows the next page of the list.
pub const ON: &str = "Next";
/// Why there is no previous page.
pub const FIRST_PORTION: &str = "This is the first page";
/// Why there is no next page.
pub const LAST_PORTION: &str = "This is the last page";
/// Name of the region with these two buttons.
pub const PORTIONS: &str = "Pages of the list";
/// Name of the bar for the selection.
pub const SELECTED: &str = "Selected requests";
/// Deselects everything.
pub const CLEAR_SELECTION: &str = "Clear selection";
/// Requests for roles were not asked for.
pub const ROLES_OFF: &str = "Requests for groups only.";
/// A request was not found, and only groups were asked for.
pub const MAY_BE_ROLE: &str = "It may be a request for an Entra role; those are not shown yet.";
/// Asks for requests for roles too.
pub const ROLES_SHOW: &str = "Also show requests for Entra roles";
/// The permission for requests for roles is missing.
pub const ROLES_NOT_GRANTED: &str = "Requests for Entra roles need more permissions";
/// How to get the permission.
pub const ROLES_NOT_GRANTED_HELP: &str = "You sign in again and come back here. An administrator may have to approve this first. \
     Requests for groups work without it.";
/// The cloud has no requests for roles.
pub const ROLES_NOT_OFFERED: &str = "Requests for Entra roles are not available in this Microsoft cloud.";
/// What still works.
pub const ROLES_GROUPS_ONLY: &str = "Requests for groups still work.";
/// Reading requests for roles was throttled.
pub const ROLES_THROTTLED: &str = "Requests for Entra roles could not be read now: Microsoft is limiting requests.";
/// Reading requests for roles was refused.
pub const ROLES_REFUSED: &str = "Microsoft does not let you read requests for Entra roles";
/// Who may read them.
pub const ROLES_REFUSED_HELP: &str = "Approvers named in a role's policy can read them, and so can Privileged Role Administrators, Global Readers and \
     Security Readers. If you are eligible for such a role, activate it, then sign in again. Requests for groups still work.";
/// The cloud lists requests for roles but has no approvals for them.
pub const ROLES_NOT_DECIDED: &str = "Requests for Entra roles can be read here, but not decided";
/// What still works.
pub const ROLES_NOT_DECIDED_HELP: &str = "In this Microsoft cloud, apps cannot decide requests for Entra roles yet. Decide them in the admin center. \
     Requests for groups still work.";
/// Requests for roles could not be read.
pub const ROLES_FAILED: &str = "Requests for Entra roles could not be read";
/// Label of the preference.
pub const ROLES_CHOICE: &str = "Show requests for Entra roles";
/// What the preference does.
pub const ROLES_CHOICE_HELP: &str = "For this browser. The first time, you sign in again for a permission that also allows deciding them: Microsoft has \
     none that only lists them.";

/// The time of the rows of a kind that could not be read now.
pub fn rows_from(time: Option<&str>) -> String {
    time.map_or_else(
        || "Requests for groups still work.".to_owned(),
        |time| format!("The ones below are from {time}. Requests for groups still work."),
    )
}

/// A kind, as a choice of the filter.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Group => "Groups only",
        Kind::Role => "Entra roles only",
    }
}

/// A sort order.
pub const fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Left => "Least time left",
        Sort::Newest => "Newest first",
        Sort::Requester => "By requester",
        Sort::Access => "By group or role",
    }
}

/// How many of the requests are shown: "3 of 40 requests", "40 requests".
pub fn shown(shown: usize, all: usize) -> String {
    if shown == all { count(all, "request") } else { format!("{shown} of {}", count(all, "request")) }
}

/// Which page of the list is shown: "51–100 of 500".
pub fn portion(from: usize, to: usize, of: usize) -> String {
    format!("{from}–{to} of {of}")
}

/// Selects everything that is shown and can be decided.
pub fn select_all(how_many: usize) -> String {
    match how_many {
        1 => "Select the one that can be decided".to_owned(),
        _ => format!("Select all {how_many}"),
    }
}

/// Label of a row's checkbox.
pub fn select(request: &str) -> String {
    format!("Select {request}")
}

/// How many are selected; `hidden` of them do not match the filters.
pub fn selected(selected: usize, hidden: usize) -> String {
    match hidden {
        0 => format!("{selected} selected"),
        _ => format!("{selected} selected, {hidden} of them not shown"),
    }
}

/// Selects the other requests that have the same in common: "Select all 7: Tier-0 Operators".
pub fn select_same(how_many: usize, name: &str) -> String {
    format!("Select all {how_many}: {name}")
}

/// How many of the person's own requests are not listed.
pub fn more_own(hidden: usize) -> String {
    format!("Not listed: {hidden} more of your own requests. Filter the list to see them.")
}

/// What the filters of the list show, without names; empty if they show everything.
pub fn only(filter: &Filter) -> String {
    let access = if filter.target.is_some() { "one group or role" } else { "" };
    let requester = if filter.requester.is_some() { "one requester" } else { "" };
    paper::only(&[filter.kind.map_or("", kind), access, requester, &paper::sought(&filter.text)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_like_speech() {
        assert_eq!(shown(1, 1), "1 request");
        assert_eq!(shown(3, 40), "3 of 40 requests");
        assert_eq!(selected(5, 2), "5 selected, 2 of them not shown");
        assert_eq!(portion(51, 100, 500), "51–100 of 500");
    }

    #[test]
    fn a_filtered_list_says_so() {
        assert_eq!(only(&Filter::default()), "");
        let filter = Filter { text: " admin".into(), kind: Some(Kind::Role), ..Filter::default() };
        assert_eq!(only(&filter), "Entra roles only; “admin”");
    }
}
