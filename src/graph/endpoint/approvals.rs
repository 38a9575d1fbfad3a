//! Requests and approvals, of groups (v1.0) and of Entra roles. Requests for roles are in v1.0 too, their approvals in
//! beta only (graph.md G22).

use serde_json::json;

use crate::approval::{Decision, Kind};
use crate::auth::scope::Scope;
use crate::graph::odata::literal;
use crate::graph::request::{Request, Version};
use crate::guid::Guid;
use crate::percent::encode;

const GROUPS: &str = "/identityGovernance/privilegedAccess/group";
const ROLES: &str = "/roleManagement/directory";

/// The permissions to read requests and approvals. For roles even the least privileged one also allows deciding
/// (graph.md G28).
pub const fn reading(kind: Kind) -> &'static [Scope] {
    match kind {
        Kind::Group => &[Scope::AssignmentScheduleRead],
        Kind::Role => &[Scope::RoleScheduleWrite],
    }
}

/// The permissions to decide requests.
pub const fn deciding(kind: Kind) -> &'static [Scope] {
    match kind {
        Kind::Group => &[Scope::AssignmentScheduleWrite],
        Kind::Role => &[Scope::RoleScheduleWrite],
    }
}

/// The version of the API that has approvals.
pub const fn version(kind: Kind) -> Version {
    match kind {
        Kind::Group => Version::V1,
        Kind::Role => Version::Beta,
    }
}

const fn requests(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Group => (GROUPS, "assignmentScheduleRequests", "group,principal"),
        // The scope contains the name of an administrative unit.
        Kind::Role => (ROLES, "roleAssignmentScheduleRequests", "roleDefinition,principal,directoryScope"),
    }
}

/// The requests that wait for the signed-in approver. Without the filter on status, decided ones are returned too
/// (graph.md G25).
pub fn pending(kind: Kind) -> Request {
    waiting(kind, "PendingApproval")
}

/// The renewals and extensions that wait for an administrator, as far as this person may read them; they can be decided
/// in the admin center only (graph.md G26). A separate call, because the filter is not documented to accept two
/// statuses.
pub fn renewals(kind: Kind) -> Request {
    waiting(kind, "PendingAdminDecision")
}

fn waiting(kind: Kind, status: &str) -> Request {
    let (service, list, expand) = requests(kind);
    let path = format!(
        "{service}/{list}/filterByCurrentUser(on='approver')\
         ?$filter=status%20eq%20'{status}'&$expand={expand}"
    );
    Request::get(path, reading(kind))
}

/// The requests that the signed-in person may or could decide, of any status, with only the fields that tell them
/// apart.
pub fn past(kind: Kind) -> Request {
    let (service, list, _) = requests(kind);
    let target = match kind {
        Kind::Group => "groupId,accessId",
        Kind::Role => "roleDefinitionId,directoryScopeId",
    };
    let path = format!(
        "{service}/{list}/filterByCurrentUser(on='approver')\
         ?$select=id,status,action,principalId,{target},scheduleInfo,createdDateTime,completedDateTime"
    );
    Request::get(path, reading(kind))
}

/// The same with all fields that a history shows.
pub fn history(kind: Kind) -> Request {
    let (service, list, expand) = requests(kind);
    Request::get(format!("{service}/{list}/filterByCurrentUser(on='approver')?$expand={expand}"), reading(kind))
}

/// All requests for one group, whoever decides them; only some people may read them.
pub fn history_of_group(group: &Guid) -> Request {
    let (service, list, expand) = requests(Kind::Group);
    let path = format!("{service}/{list}?$filter=groupId%20eq%20{}&$expand={expand}", literal(group.as_str()));
    Request::get(path, reading(Kind::Group))
}

/// One request, whatever its state.
pub fn request(kind: Kind, id: &str) -> Request {
    let (service, list, expand) = requests(kind);
    Request::get(format!("{service}/{list}/{}?$expand={expand}", encode(id)), reading(kind))
}

/// The stages (v1.0) or steps (beta) of an approval.
pub fn stages(kind: Kind, id: &str) -> Request {
    let id = encode(id);
    match kind {
        Kind::Group => Request::get(format!("{GROUPS}/assignmentApprovals/{id}?$expand=stages"), reading(kind)),
        Kind::Role => Request::get(format!("{ROLES}/roleAssignmentApprovals/{id}/steps"), reading(kind)).beta(),
    }
}

/// Decides a stage. Sent only once: after any failure the stage is read before the person may try again.
pub fn decide(kind: Kind, approval_id: &str, stage_id: &str, decision: Decision, justification: &str) -> Request {
    let (approval_id, stage_id) = (encode(approval_id), encode(stage_id));
    let body = json!({"reviewResult": decision.verb(), "justification": justification});
    match kind {
        Kind::Group => {
            let path = format!("{GROUPS}/assignmentApprovals/{approval_id}/stages/{stage_id}");
            Request::patch(path, body, deciding(kind)).once()
        }
        Kind::Role => {
            let path = format!("{ROLES}/roleAssignmentApprovals/{approval_id}/steps/{stage_id}");
            Request::patch(path, body, deciding(kind)).once().beta()
        }
    }
}
