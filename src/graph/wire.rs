//! JSON exactly as Graph sends it: the only place with its field names for directory objects and requests. Every field
//! is optional, because Graph leaves out what it does not want to tell.

#![expect(clippy::struct_field_names, reason = "the names are Graph's")]

use serde::Deserialize;

/// `user`
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct User {
    pub id: Option<String>,
    pub display_name: Option<String>,
    pub user_principal_name: Option<String>,
    pub user_type: Option<String>,
    pub account_enabled: Option<bool>,
}

/// `group`
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Group {
    pub id: Option<String>,
    pub display_name: Option<String>,
    pub description: Option<String>,
    pub group_types: Option<Vec<String>>,
    pub is_assignable_to_role: Option<bool>,
    pub on_premises_sync_enabled: Option<bool>,
}

/// `privilegedAccessGroupAssignmentScheduleRequest`
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ScheduleRequest {
    pub id: Option<String>,
    pub status: Option<String>,
    pub action: Option<String>,
    pub principal_id: Option<String>,
    pub principal: Option<User>,
    pub group_id: Option<String>,
    pub group: Option<Group>,
    pub access_id: Option<String>,
    pub justification: Option<String>,
    pub ticket_info: Option<TicketInfo>,
    pub schedule_info: Option<ScheduleInfo>,
    pub created_date_time: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct TicketInfo {
    pub ticket_number: Option<String>,
    pub ticket_system: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ScheduleInfo {
    pub start_date_time: Option<String>,
    pub expiration: Option<Expiration>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Expiration {
    pub r#type: Option<String>,
    pub duration: Option<String>,
    pub end_date_time: Option<String>,
}

/// `approvalStage` (v1.0) and `approvalStep` (beta)
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ApprovalStage {
    pub id: Option<String>,
    pub status: Option<String>,
    pub assigned_to_me: Option<bool>,
    pub review_result: Option<String>,
    pub reviewed_by: Option<Identity>,
    pub reviewed_date_time: Option<String>,
    pub justification: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Identity {
    pub id: Option<String>,
    pub display_name: Option<String>,
    /// In an `identitySet` the person stands one level deeper.
    pub user: Option<Box<Self>>,
}

/// `authenticationContextClassReference`
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ContextReference {
    pub id: Option<String>,
    pub display_name: Option<String>,
    pub description: Option<String>,
    pub is_available: Option<bool>,
}
