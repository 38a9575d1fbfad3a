//! From Graph's JSON to the product's own types. Lists are read entry by entry: one odd entry never hides the others.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::wire;
use crate::approval::{ActivationRequest, Decision, Length, Review, Stage, Ticket};
use crate::directory::{AuthenticationContext, Entry, Group, Person};
use crate::guid::Guid;
use crate::instant;
use crate::policy::{Access, Policy, Rule, Subject};

/// The policies in a list of `unifiedRoleManagementPolicyAssignment` with expanded policy and rules. Entries that are
/// not for members or owners of `group`, or carry no rules, are left out.
pub fn policies(group: &Guid, entries: &[Json]) -> Vec<Policy> {
    entries.iter().filter_map(|entry| policy(group, entry)).collect()
}

fn policy(group: &Guid, assignment: &Json) -> Option<Policy> {
    let access: Access = assignment["roleDefinitionId"].as_str()?.parse().ok()?;
    let scope = assignment["scopeId"].as_str();
    if scope.is_some_and(|id| !id.eq_ignore_ascii_case(group.as_str())) {
        return None;
    }
    let policy = &assignment["policy"];
    let id = policy["id"].as_str().or_else(|| assignment["policyId"].as_str())?;
    let modified_at = policy["lastModifiedDateTime"].as_str().filter(|text| instant::parse(text).is_some());
    let modified_by = policy["lastModifiedBy"]["displayName"].as_str().filter(|name| !name.trim().is_empty());
    Some(Policy {
        id: id.to_owned(),
        subject: Subject { group: group.clone(), access },
        rules: rules(policy["rules"].as_array()?),
        modified_at: modified_at.map(str::to_owned),
        modified_by: modified_by.map(str::to_owned),
    })
}

/// Rules as sent.
pub fn rules(entries: &[Json]) -> Vec<Rule> {
    entries.iter().cloned().map(Rule::new).collect()
}

/// A group. `None` without a usable id.
pub fn group(entry: &Json) -> Option<Group> {
    to_group(wire::<wire::Group>(entry)?)
}

fn to_group(group: wire::Group) -> Option<Group> {
    Some(Group {
        id: group.id?.parse().ok()?,
        name: group.display_name.unwrap_or_default(),
        description: group.description.unwrap_or_default(),
        role_assignable: group.is_assignable_to_role == Some(true),
        dynamic: group.group_types.unwrap_or_default().iter().any(|kind| kind == "DynamicMembership"),
        synced: group.on_premises_sync_enabled == Some(true),
    })
}

/// A person. `None` without a usable id.
pub fn person(entry: &Json) -> Option<Person> {
    to_person(wire::<wire::User>(entry)?)
}

fn to_person(user: wire::User) -> Option<Person> {
    Some(Person {
        id: user.id?.parse().ok()?,
        name: user.display_name.unwrap_or_default(),
        username: user.user_principal_name.unwrap_or_default(),
        guest: user.user_type.is_some_and(|kind| kind.eq_ignore_ascii_case("Guest")),
        disabled: user.account_enabled == Some(false),
    })
}

/// A directory object that says what it is in `@odata.type`.
pub fn entry(object: &Json) -> Option<Entry> {
    match object["@odata.type"].as_str()? {
        "#microsoft.graph.user" => person(object).map(Entry::Person),
        "#microsoft.graph.group" => group(object).map(Entry::Group),
        _ => None,
    }
}

/// An authentication context. `None` without an id.
pub fn context(entry: &Json) -> Option<AuthenticationContext> {
    let context = wire::<wire::ContextReference>(entry)?;
    Some(AuthenticationContext {
        id: context.id.filter(|id| !id.is_empty())?,
        name: context.display_name.unwrap_or_default(),
        description: context.description.unwrap_or_default(),
        available: context.is_available == Some(true),
    })
}

/// A request for activation. `None` without an id: nothing could be done with it.
pub fn activation_request(entry: &Json) -> Option<ActivationRequest> {
    let request = wire::<wire::ScheduleRequest>(entry)?;
    let access = request.access_id.unwrap_or_default();
    let schedule = request.schedule_info.unwrap_or_default();
    let ticket = request.ticket_info.unwrap_or_default();
    let moment = |text: Option<String>| text.and_then(|text| instant::parse(&text));
    Some(ActivationRequest {
        id: request.id.filter(|id| !id.is_empty())?,
        status: request.status.unwrap_or_default(),
        action: request.action.unwrap_or_default(),
        principal_id: request.principal_id.and_then(|id| id.parse().ok()),
        principal: request.principal.and_then(to_person),
        group_id: request.group_id.and_then(|id| id.parse().ok()),
        group: request.group.and_then(to_group),
        access: access.parse().map_err(|()| access),
        justification: request.justification.unwrap_or_default(),
        ticket: Ticket {
            number: ticket.ticket_number.unwrap_or_default(),
            system: ticket.ticket_system.unwrap_or_default(),
        },
        start_unix_ms: moment(schedule.start_date_time),
        length: length(schedule.expiration.unwrap_or_default()),
        created_unix_ms: moment(request.created_date_time),
    })
}

fn length(expiration: wire::Expiration) -> Length {
    let kind = expiration.r#type.unwrap_or_default().to_ascii_lowercase();
    let end = expiration.end_date_time.and_then(|text| instant::parse(&text));
    match (expiration.duration.filter(|text| !text.is_empty()), end) {
        (Some(duration), _) if kind != "afterdatetime" => Length::For(duration),
        (_, Some(end)) => Length::Until(end),
        _ if kind == "noexpiration" => Length::Permanent,
        _ => Length::Unknown,
    }
}

/// The stages (v1.0) or steps (beta) of an approval.
pub fn stages(approval: &Json) -> Vec<Stage> {
    let list = approval["stages"].as_array().or_else(|| approval["steps"].as_array());
    list.map(|entries| entries.iter().filter_map(stage).collect()).unwrap_or_default()
}

/// One stage or step.
pub fn stage(entry: &Json) -> Option<Stage> {
    let stage = wire::<wire::ApprovalStage>(entry)?;
    let by = stage.reviewed_by.map(|identity| {
        identity.user.map_or_else(
            || (identity.id.clone(), identity.display_name.clone()),
            |user| (user.id.clone(), user.display_name.clone()),
        )
    });
    let (by_id, by_name) = by.unwrap_or_default();
    let justification = stage.justification.unwrap_or_default();
    let at = stage.reviewed_date_time.and_then(|text| instant::parse(&text));
    let decision = stage.review_result.as_deref().and_then(Decision::from_result);
    Some(Stage {
        id: stage.id.filter(|id| !id.is_empty())?,
        status: stage.status.unwrap_or_default(),
        assigned_to_me: stage.assigned_to_me == Some(true),
        review: decision.map(|decision| Review {
            decision,
            by: by_name.unwrap_or_default(),
            by_id: by_id.and_then(|id| id.parse().ok()),
            at_unix_ms: at,
            justification,
        }),
    })
}

fn wire<T: DeserializeOwned>(entry: &Json) -> Option<T> {
    T::deserialize(entry).ok()
}
