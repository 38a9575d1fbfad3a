//! Requests and approvals.

use serde_json::Value as Json;

use super::{group, person, role};
use crate::approval::{Decision, DirectoryScope, Kind, Length, Request, Review, Stage, Target, Ticket};
use crate::graph::Error;
use crate::graph::error::Ids;
use crate::graph::wire::{id, is, moment, object, text, text_or_empty};
use crate::guid::Guid;

/// The requests in a list, and how many entries could not be parsed at all.
pub fn requests(kind: Kind, entries: &[Json]) -> (Vec<Request>, usize) {
    let read: Vec<Request> = entries.iter().filter_map(|entry| request(kind, entry)).collect();
    let unreadable = entries.len() - read.len();
    (read, unreadable)
}

/// A request. `None` without an ID: nothing could be done with it.
pub fn request(kind: Kind, entry: &Json) -> Option<Request> {
    let (schedule, ticket) = (&entry["scheduleInfo"], &entry["ticketInfo"]);
    Some(Request {
        id: text(entry, "id").filter(|id| !id.is_empty()).map(canonical)?,
        status: text_or_empty(entry, "status"),
        action: text_or_empty(entry, "action"),
        principal_id: id(entry, "principalId"),
        principal: person(&entry["principal"]),
        target: target(kind, entry),
        justification: text_or_empty(entry, "justification"),
        ticket: Ticket { number: text_or_empty(ticket, "ticketNumber"), system: text_or_empty(ticket, "ticketSystem") },
        start_unix_ms: moment(schedule, "startDateTime"),
        length: length(&schedule["expiration"]),
        created_unix_ms: moment(entry, "createdDateTime"),
        completed_unix_ms: moment(entry, "completedDateTime"),
        has_approval: text(entry, "approvalId").is_some_and(|id| !id.is_empty()),
    })
}

fn target(kind: Kind, entry: &Json) -> Target {
    match kind {
        Kind::Group => {
            let access = text_or_empty(entry, "accessId");
            Target::Group {
                id: id(entry, "groupId"),
                group: group(&entry["group"]),
                access: access.parse().map_err(|()| access),
            }
        }
        Kind::Role => Target::Role {
            id: id(entry, "roleDefinitionId"),
            role: role(&entry["roleDefinition"]),
            scope: DirectoryScope::from_id(&text_or_empty(entry, "directoryScopeId")),
            place: text(&entry["directoryScope"], "displayName").filter(|name| !name.trim().is_empty()),
        },
    }
}

/// A request's ID in the form of the address bar, so that both compare equal.
fn canonical(id: String) -> String {
    id.parse::<Guid>().map_or(id, String::from)
}

fn length(expiration: &Json) -> Length {
    let kind = text_or_empty(expiration, "type").to_ascii_lowercase();
    match (text(expiration, "duration").filter(|text| !text.is_empty()), moment(expiration, "endDateTime")) {
        (Some(duration), _) if kind != "afterdatetime" => Length::For(duration),
        (_, Some(end)) => Length::Until(end),
        _ if kind == "noexpiration" => Length::Permanent,
        _ => Length::Unknown,
    }
}

/// The stages (v1.0) or steps (beta) of an approval, or a list of them; it may be empty. An answer without a list is an
/// error.
pub fn stages(approval: &Json) -> Result<Vec<Stage>, Error> {
    let list = ["stages", "steps", "value"].iter().find_map(|name| approval[*name].as_array());
    list.map(|entries| entries.iter().filter_map(stage).collect()).ok_or_else(|| Error::Unexpected {
        call: "GET the stages of an approval".to_owned(),
        what: "the answer has no list of stages".to_owned(),
        ids: Ids::default(),
    })
}

/// One stage or step.
pub fn stage(entry: &Json) -> Option<Stage> {
    let by = &entry["reviewedBy"];
    // In an `identitySet` the person is one level deeper.
    let by = object(by, "user").unwrap_or(by);
    let decision = entry["reviewResult"].as_str().and_then(Decision::from_result);
    Some(Stage {
        id: text(entry, "id").filter(|id| !id.is_empty())?,
        status: text_or_empty(entry, "status"),
        assigned_to_me: is(entry, "assignedToMe", true),
        review: decision.map(|decision| Review {
            decision,
            by: text_or_empty(by, "displayName"),
            by_id: id(by, "id"),
            at_unix_ms: moment(entry, "reviewedDateTime"),
            justification: text_or_empty(entry, "justification"),
        }),
    })
}
