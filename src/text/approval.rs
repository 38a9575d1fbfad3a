//! Words of the approvals: the list and an open request.

pub mod alert;
pub mod bulk;
pub mod decision;
pub mod evidence;
pub mod history;
pub mod inbox;

use crate::approval::{Decision, DirectoryScope, Length, Request, Target, Urgency};
use crate::guid::Guid;
use crate::policy::Access;

use super::duration::{duration, span};
use super::policy::setting;
use super::quoted::one_line;

/// Reads the inbox again.
pub const CHECK_NOW: &str = "Check now";
/// The inbox is empty.
pub const NOTHING_WAITS: &str = "No requests are waiting for you.";
/// Name of the list of waiting requests.
pub const WAITING_LIST: &str = "Requests waiting for you";
/// Name of the list of the person's own requests.
pub const OWN_LIST: &str = "Your own requests";
/// Why the person's own requests cannot be decided.
pub const OWN_HELP: &str = "You cannot approve your own request. Another approver must decide it.";
/// The same, for a disabled button.
pub const OWN_REASON: &str = "You cannot approve your own request";
/// Adds the requests that came since to the list.
pub const SHOW: &str = "Show";
/// Column header.
pub const REQUESTER: &str = "Requester";
/// Column header.
pub const ACCESS: &str = "Access";
/// Column header.
pub const REASON: &str = "Reason";
/// Column header.
pub const WAITS: &str = "Time";
/// No reason was given.
pub const NO_REASON: &str = "No reason given";
/// Badge of a request that the latest reading no longer contained.
pub const GONE: &str = "No longer waiting";
/// Mark of an extension or renewal.
pub const EXTENSION: &str = "extension or renewal";
/// Why an extension or renewal cannot be decided here.
pub const EXTENSION_HELP: &str = "Microsoft Graph cannot decide requests that extend or renew an assignment. An administrator must decide them \
     in the admin center.";
/// Link to the admin center.
pub const ADMIN_CENTRE: &str = "Open admin center";
/// Renewals and extensions could not be read.
pub const NO_RENEWALS: &str =
    "Renewals and extensions could not be read this time. You can find them in the admin center.";
/// Shown in place of a request's title while it is read.
pub const LOADING_REQUEST: &str = "Opening the request…";
/// Shown in place of the title of a request that could not be read.
pub const REQUEST: &str = "Request";
/// Name of a fact.
pub const ASKED: &str = "Requested";
/// Name of a fact.
pub const WINDOW: &str = "Requested period";
/// Name of a fact.
pub const TICKET: &str = "Ticket";
/// Name of a fact.
pub const LEFT: &str = "Time left";
/// Name of a fact.
pub const STATUS: &str = "Status";
/// Name of a fact.
pub const ACTION: &str = "Action";
/// Name of a fact.
pub const REQUEST_ID: &str = "Request ID";
/// Name of a fact.
pub const PERSON_ID: &str = "Requester ID";
/// Name of a fact.
pub const GROUP_ID: &str = "Group ID";
/// Name of a fact.
pub const ROLE_ID: &str = "Role definition ID";
/// Label of the section with IDs that can be opened.
pub const IDS: &str = "IDs";
/// Copies the reason.
pub const COPY_REASON: &str = "Copy reason";
/// Announced after copying.
pub const REASON_COPIED: &str = "Reason copied";
/// Copies the IDs.
pub const COPY_IDS: &str = "Copy IDs";
/// Announced after copying.
pub const IDS_COPIED: &str = "IDs copied";
/// Link to the group's page.
pub const GROUP_POLICY: &str = "Policy of this group";
/// Link to the role's page.
pub const ROLE_POLICY: &str = "Policy of this role";
/// Link back to the list.
pub const BACK: &str = "Back to approvals";
/// The last reading of the list failed.
pub const OLD_ROWS: &str = "The list below is from the last successful check.";

/// The names used for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestNames {
    /// The requester's display name.
    pub person: String,
    /// The requester's user name; may be empty.
    pub username: String,
    /// The display name of the group or role.
    pub target: String,
}

/// The title of the browser tab with the list.
pub fn list_title(waiting: Option<u32>) -> String {
    waiting.map_or_else(|| super::page::APPROVALS.to_owned(), |count| format!("({count}) {}", super::page::APPROVALS))
}

/// A request in a list of others: "Ana → Member of Tier-0 Operators".
pub fn request_named(request: &Request, told: &RequestNames) -> String {
    format!("{} → {}", one_line(&told.person), one_line(&whole_access(&request.target, &told.target)))
}

/// The title of an open request.
pub fn request_title(told: &RequestNames) -> String {
    format!("{} → {}", one_line(&told.person), one_line(&told.target))
}

/// Shown for a person whose name cannot be read.
pub fn unknown_person(id: Option<&Guid>) -> String {
    id.map_or_else(|| "Unknown person".to_owned(), |id| format!("Unknown person ({id})"))
}

/// Shown for a group or role whose name cannot be read.
pub fn unknown_target(target: &Target) -> String {
    let what = match target {
        Target::Group { .. } => "Unknown group",
        Target::Role { .. } => "Unknown role",
    };
    target.id().map_or_else(|| what.to_owned(), |id| format!("{what} ({id})"))
}

/// "Member of", "Owner of", the text Graph sent, or "Role": shown before the name.
pub fn access(target: &Target) -> String {
    match target {
        Target::Group { access: Ok(access), .. } => format!("{} of", setting::access_one(*access)),
        Target::Group { access: Err(word), .. } if word.is_empty() => "Access to".to_owned(),
        Target::Group { access: Err(word), .. } => format!("“{word}” of"),
        Target::Role { .. } => "Role".to_owned(),
    }
}

/// Where a role applies, if not in the whole tenant; shown after the name.
pub fn directory_scope(target: &Target) -> Option<String> {
    match target {
        Target::Group { .. } | Target::Role { scope: DirectoryScope::Tenant, .. } => None,
        Target::Role { scope: DirectoryScope::Unit(id), place, .. } => {
            Some(format!("in the administrative unit {}", place.as_deref().unwrap_or(id.as_str())))
        }
        Target::Role { scope: DirectoryScope::Other(text), .. } if text.is_empty() => None,
        Target::Role { scope: DirectoryScope::Other(text), place, .. } => {
            Some(format!("for {} only", place.as_deref().unwrap_or(text)))
        }
    }
}

/// All of it, with the name of the group or role: "Role User Administrator in the administrative unit Lisbon office".
pub fn whole_access(target: &Target, name: &str) -> String {
    let scope = directory_scope(target).map(|scope| format!(" {scope}")).unwrap_or_default();
    format!("{} {name}{scope}", access(target))
}

/// For how long: "for 4 h". `date_time` formats a time (ms since 1970) for people.
pub fn length(length: &Length, date_time: fn(i64) -> String) -> String {
    match length {
        Length::For(text) => format!("for {}", duration(text)),
        Length::Until(end) => format!("until {}", date_time(*end)),
        Length::Permanent => "permanently".to_owned(),
        Length::Unknown => "for an unknown time".to_owned(),
    }
}

/// From when: "now", or "from …" if the start is more than five minutes after the request.
pub fn start(request: &Request, date_time: fn(i64) -> String) -> String {
    let asked = request.created_unix_ms.unwrap_or(i64::MIN);
    match request.start_unix_ms {
        Some(start) if start > asked.saturating_add(5 * 60_000) => format!("from {}", date_time(start)),
        _ => "now".to_owned(),
    }
}

/// How long it has been waiting: "waiting 12 min".
pub fn waits(now_unix_ms: i64, created_unix_ms: i64) -> String {
    format!("waiting {}", span((now_unix_ms - created_unix_ms).max(0)))
}

/// The time left to decide, as text, so that nothing depends on color alone.
pub fn left(left_ms: i64) -> String {
    match Urgency::of(left_ms) {
        Urgency::Calm => format!("{} left", span(left_ms)),
        Urgency::Soon => format!("only {} left", span(left_ms)),
        Urgency::LastHour => format!("last hour: {} left", span(left_ms)),
        Urgency::Over => "over 24 h old".to_owned(),
    }
}

/// When the list was read.
pub fn last_checked(time: &str) -> String {
    format!("Last checked {time}.")
}

/// Requests that came while the list was on screen.
pub fn new_requests(count: usize) -> String {
    super::policy::change::count(count, "new request")
}

/// Entries that could not be understood.
pub fn unreadable(count: usize) -> String {
    match count {
        1 => "1 more request could not be understood.".to_owned(),
        more => format!("{more} more requests could not be understood."),
    }
}

const fn one(access: Access) -> &'static str {
    match access {
        Access::Member => "a member",
        Access::Owner => "an owner",
    }
}

/// What approving does, shown after the requester's name and before that of the group or role.
pub fn becomes(request: &Request) -> String {
    match &request.target {
        Target::Group { access: Ok(access), .. } => format!("becomes {} of", one(*access)),
        Target::Group { access: Err(word), .. } => format!("gets “{word}” in"),
        Target::Role { .. } => "gets the role".to_owned(),
    }
}

/// What denying does, shown in the same place.
fn becomes_not(request: &Request) -> String {
    match &request.target {
        Target::Group { access: Ok(access), .. } => format!("does not become {} of", one(*access)),
        Target::Group { access: Err(word), .. } => format!("does not get “{word}” in"),
        Target::Role { .. } => "does not get the role".to_owned(),
    }
}

/// What a decision does, in a sentence.
pub fn effect(request: &Request, decision: Decision, told: &RequestNames, date_time: fn(i64) -> String) -> String {
    let (person, target) = (one_line(&told.person), one_line(&told.target));
    let does = match decision {
        Decision::Approve => becomes(request),
        Decision::Deny => becomes_not(request),
    };
    let scope = directory_scope(&request.target).map(|scope| one_line(&scope));
    let scope = scope.map(|scope| format!(" {scope}")).unwrap_or_default();
    format!("{person} {does} {target}{scope} {}", length(&request.length, date_time))
}
