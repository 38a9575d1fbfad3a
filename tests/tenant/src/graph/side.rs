//! The two sides of PIM, groups and directory roles: where each has its requests and approvals, and who may see them.

use super::call::Call;
use super::refusal::Refusal;
use super::rights;
use crate::pim::{AccessRequest, Target};
use crate::tenant::Tenant;

const GROUP_READ: [&str; 2] =
    ["PrivilegedAssignmentSchedule.Read.AzureADGroup", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"];
const ROLE_WRITE: &str = "RoleAssignmentSchedule.ReadWrite.Directory";
const ROLE_ALL: &str = "RoleManagement.ReadWrite.Directory";

/// A side of PIM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// `/identityGovernance/privilegedAccess/group`
    Groups,
    /// `/roleManagement/directory`
    Roles,
}

impl Side {
    /// The path of the requests.
    pub(super) const fn requests(self) -> &'static str {
        match self {
            Self::Groups => "identityGovernance/privilegedAccess/group/assignmentScheduleRequests",
            Self::Roles => "roleManagement/directory/roleAssignmentScheduleRequests",
        }
    }

    /// The path of the approvals.
    pub(super) const fn approvals(self) -> &'static str {
        match self {
            Self::Groups => "identityGovernance/privilegedAccess/group/assignmentApprovals",
            Self::Roles => "roleManagement/directory/roleAssignmentApprovals",
        }
    }

    /// Scopes that list requests. Those for roles need a scope that may write, or one for all roles (graph.md G28).
    pub(super) const fn list_scopes(self) -> &'static [&'static str] {
        match self {
            Self::Groups => &GROUP_READ,
            Self::Roles => &[ROLE_WRITE, "RoleManagement.Read.Directory", ROLE_ALL],
        }
    }

    /// Scopes that read one request.
    pub(super) const fn read_scopes(self) -> &'static [&'static str] {
        match self {
            Self::Groups => &GROUP_READ,
            Self::Roles => &[ROLE_WRITE, ROLE_ALL],
        }
    }

    /// Scopes that read approvals.
    pub(super) const fn approval_scopes(self) -> &'static [&'static str] {
        match self {
            Self::Groups => &GROUP_READ,
            Self::Roles => &["RoleAssignmentSchedule.Read.Directory", ROLE_WRITE],
        }
    }

    /// The scope for deciding.
    pub(super) const fn decide_scopes(self) -> &'static [&'static str] {
        match self {
            Self::Groups => &["PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"],
            Self::Roles => &[ROLE_WRITE],
        }
    }

    /// Whether a request is on this side.
    pub(super) const fn has(self, request: &AccessRequest) -> bool {
        matches!((self, &request.target), (Self::Groups, Target::Group { .. }) | (Self::Roles, Target::Role { .. }))
    }

    /// A request on this side that the caller may see: as an approver, as the requester, or through a role.
    pub(super) fn readable<'t>(
        self,
        tenant: &'t Tenant,
        call: &Call<'_>,
        id: &str,
    ) -> Result<&'t AccessRequest, Refusal> {
        let request = tenant.visible(call.now).request(id).filter(|request| self.has(request));
        let request = request.ok_or_else(|| Refusal::nested(404, "ResourceNotFound", "The request is not found."))?;
        let me = call.me();
        let sees = request.principal == me
            || rights::is_approver(tenant, request, me, call.now)
            || rights::may_read_request(tenant, request, me, call.now);
        if sees { Ok(request) } else { Err(Refusal::no_pim_right()) }
    }
}
