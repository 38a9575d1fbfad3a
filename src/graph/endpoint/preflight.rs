//! Calls that read what a change of a policy would meet: assignments in force, approvers, Conditional Access.

use serde_json::json;

use crate::auth::scope::Scope;
use crate::graph::odata::literal;
use crate::graph::request::Request;
use crate::guid::Guid;
use crate::policy::Subject;

/// People and groups, with the fields that show whether they could approve, which must be selected explicitly.
/// `getByIds` leaves out those that do not exist.
pub fn people_and_groups(ids: &[Guid]) -> Request {
    let ids: Vec<&str> = ids.iter().take(super::NAMES_PER_CALL).map(Guid::as_str).collect();
    Request::post(
        format!("/directoryObjects/getByIds?$select={USER}"),
        json!({"ids": ids, "types": ["user", "group"]}),
        &[Scope::UserReadBasicAll, Scope::GroupMemberReadAll],
    )
}

/// The people in a group, including nested groups; the first page.
pub fn members(group: &Guid) -> Request {
    let path = format!("/groups/{group}/transitiveMembers/microsoft.graph.user?$count=true&$top=100&$select={USER}");
    Request::get(path, &[Scope::GroupMemberReadAll]).eventually()
}

const USER: &str = "id,displayName,userType,accountEnabled";

/// Who is eligible for a subject now.
pub fn eligible(subject: &Subject) -> Request {
    match subject {
        Subject::Group { .. } => instances(subject, "eligibilityScheduleInstances", &[Scope::EligibilityRead]),
        Subject::Role { .. } => instances(subject, "roleEligibilityScheduleInstances", &[Scope::RoleRead]),
    }
}

/// Who is active in a subject now.
pub fn active(subject: &Subject) -> Request {
    match subject {
        Subject::Group { .. } => instances(subject, "assignmentScheduleInstances", &[Scope::AssignmentScheduleRead]),
        Subject::Role { .. } => instances(subject, "roleAssignmentScheduleInstances", &[Scope::RoleRead]),
    }
}

fn instances(subject: &Subject, list: &str, scopes: &'static [Scope]) -> Request {
    let id = literal(subject.id().as_str());
    let path = match subject {
        Subject::Group { .. } => {
            format!("/identityGovernance/privilegedAccess/group/{list}?$filter=groupId%20eq%20{id}&$expand=principal")
        }
        Subject::Role { .. } => {
            format!("/roleManagement/directory/{list}?$filter=roleDefinitionId%20eq%20{id}&$expand=principal")
        }
    };
    Request::get(path, scopes)
}

/// The tenant's Conditional Access policies.
pub fn access_policies() -> Request {
    let path = "/identity/conditionalAccess/policies?$select=id,state,conditions";
    Request::get(path.to_owned(), &[Scope::AccessPolicyRead])
}
