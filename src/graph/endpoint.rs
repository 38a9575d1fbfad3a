//! Every Graph call the product makes: one function per call (`shared` facts: Microsoft Graph reference, v1.0 unless a
//! function says beta).

mod policies;

use serde_json::json;

pub use policies::{assignment, patch_rule, policies, policy, policy_write};

use super::odata::search;
use super::request::Request;
use crate::approval::Decision;
use crate::auth::scope::Scope;
use crate::guid::Guid;
use crate::percent::encode;

const GROUPS: &[Scope] = &[Scope::GroupMemberReadAll];
const PEOPLE: &[Scope] = &[Scope::UserReadBasicAll];
const NAMES: &[Scope] = &[Scope::UserReadBasicAll, Scope::GroupMemberReadAll];
const REQUESTS: &[Scope] = &[Scope::AssignmentScheduleRead];
const ROLE_READ: &[Scope] = &[Scope::RoleRead];
const DECIDE: &[Scope] = &[Scope::AssignmentScheduleWrite];

const GROUP_FIELDS: &str = "id,displayName,description,groupTypes,isAssignableToRole,onPremisesSyncEnabled";
const USER_FIELDS: &str = "id,displayName,userPrincipalName,userType,accountEnabled";
const ROLE_FIELDS: &str = "id,templateId,displayName,description,isBuiltIn,isEnabled";
const ROLES: &str = "/roleManagement/directory/roleDefinitions";
const PIM: &str = "/identityGovernance/privilegedAccess/group";

/// Most ids one `getByIds` takes.
pub const NAMES_PER_CALL: usize = 1000;

/// Groups asked for per page.
pub const GROUPS_PER_PAGE: usize = 50;

/// One group.
pub fn group(id: &Guid) -> Request {
    Request::get(format!("/groups/{id}?$select={GROUP_FIELDS}"), GROUPS)
}

/// One Entra role by its template id (a custom role's own id).
pub fn role(template: &Guid) -> Request {
    Request::get(format!("{ROLES}/{template}?$select={ROLE_FIELDS}"), ROLE_READ)
}

/// Whether one Entra role is marked as privileged (beta; v1.0 does not tell).
pub fn role_privileged(template: &Guid) -> Request {
    Request::get(format!("{ROLES}/{template}?$select=id,isPrivileged"), ROLE_READ).beta()
}

/// The first page of all security groups by name.
pub fn groups() -> Request {
    let path = format!(
        "/groups?$filter=securityEnabled%20eq%20true&$orderby=displayName&$count=true&$top={GROUPS_PER_PAGE}\
         &$select={GROUP_FIELDS}"
    );
    Request::get(path, GROUPS).eventually()
}

/// The first page of groups whose name holds the words.
pub fn search_groups(text: &str, top: usize) -> Request {
    let path = format!(
        "/groups?$search={}&$filter=securityEnabled%20eq%20true&$orderby=displayName&$count=true&$top={top}\
         &$select={GROUP_FIELDS}",
        search("displayName", text)
    );
    Request::get(path, GROUPS).eventually()
}

/// Ids of the groups that are in PIM (beta; v1.0 has none).
pub fn groups_in_pim() -> Request {
    Request::get(format!("{PIM}/resources?$select=id"), &[Scope::PrivilegedAccessRead]).beta()
}

/// Whether one group is in PIM: 200 or 404 (beta).
pub fn group_in_pim(id: &Guid) -> Request {
    Request::get(format!("{PIM}/resources/{id}"), &[Scope::PrivilegedAccessRead]).beta()
}

/// The signed-in person's active directory roles, those held through groups included.
pub fn my_roles() -> Request {
    let path = "/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true&$select=id,displayName,roleTemplateId";
    Request::get(path.to_owned(), &[Scope::UserRead]).eventually()
}

/// A group's owners.
pub fn owners(id: &Guid) -> Request {
    Request::get(format!("/groups/{id}/owners?$select=id"), GROUPS)
}

/// People whose name or sign-in name holds the words.
pub fn search_people(text: &str, top: usize) -> Request {
    let path = format!(
        "/users?$search={}%20OR%20{}&$orderby=displayName&$count=true&$top={top}&$select={USER_FIELDS}",
        search("displayName", text),
        search("userPrincipalName", text)
    );
    Request::get(path, PEOPLE).eventually()
}

/// Names of up to [`NAMES_PER_CALL`] people and groups.
pub fn names(ids: &[Guid]) -> Request {
    let ids: Vec<&str> = ids.iter().map(Guid::as_str).collect();
    Request::post("/directoryObjects/getByIds".to_owned(), json!({"ids": ids, "types": ["user", "group"]}), NAMES)
}

/// The tenant's authentication contexts.
pub fn authentication_contexts() -> Request {
    let path = "/identity/conditionalAccess/authenticationContextClassReferences";
    Request::get(path.to_owned(), &[Scope::AuthenticationContextRead])
}

/// The tenant's name.
pub fn organization() -> Request {
    Request::get("/organization?$select=id,displayName".to_owned(), &[Scope::UserRead])
}

/// The requests that wait for the signed-in approver. Without the filter on status, decided ones come too (quirk 26).
pub fn pending_requests() -> Request {
    let path = format!(
        "{PIM}/assignmentScheduleRequests/filterByCurrentUser(on='approver')\
         ?$filter=status%20eq%20'PendingApproval'&$expand=group,principal"
    );
    Request::get(path, REQUESTS)
}

/// One request, whatever its state.
pub fn request(id: &str) -> Request {
    Request::get(format!("{PIM}/assignmentScheduleRequests/{}?$expand=group,principal", encode(id)), REQUESTS)
}

/// An approval with its stages.
pub fn approval(id: &str) -> Request {
    Request::get(format!("{PIM}/assignmentApprovals/{}?$expand=stages", encode(id)), REQUESTS)
}

/// Decides a stage. Sent one time only: after any trouble the stage is read before a person says so again.
pub fn decide(approval_id: &str, stage_id: &str, decision: Decision, justification: &str) -> Request {
    let path = format!("{PIM}/assignmentApprovals/{}/stages/{}", encode(approval_id), encode(stage_id));
    Request::patch(path, json!({"reviewResult": decision.verb(), "justification": justification}), DECIDE).once()
}
