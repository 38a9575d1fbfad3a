//! The delegated Microsoft Graph permissions PIM Desk asks for, and when.

/// A delegated permission (scope) of Microsoft Graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Read the signed-in person's own profile.
    UserRead,
    /// Find people to name as approvers, and show names instead of ids.
    UserReadBasicAll,
    /// Find groups and read their basic properties and members.
    GroupMemberReadAll,
    /// List the groups that are in PIM.
    PrivilegedAccessRead,
    /// Read the PIM policies of groups.
    PolicyRead,
    /// Read the requests that wait for approval.
    AssignmentScheduleRead,
    /// Read the tenant's authentication contexts.
    AuthenticationContextRead,
    /// Change the PIM policies of groups. Asked for on the first edit.
    PolicyWrite,
    /// Decide requests. Asked for on the first decision.
    AssignmentScheduleWrite,
}

impl Scope {
    /// What sign-in asks for: reading only.
    pub const SIGN_IN: [Self; 7] = [
        Self::UserRead,
        Self::UserReadBasicAll,
        Self::GroupMemberReadAll,
        Self::PrivilegedAccessRead,
        Self::PolicyRead,
        Self::AssignmentScheduleRead,
        Self::AuthenticationContextRead,
    ];

    /// The permission's name as Microsoft Graph spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserRead => "User.Read",
            Self::UserReadBasicAll => "User.ReadBasic.All",
            Self::GroupMemberReadAll => "GroupMember.Read.All",
            Self::PrivilegedAccessRead => "PrivilegedAccess.Read.AzureADGroup",
            Self::PolicyRead => "RoleManagementPolicy.Read.AzureADGroup",
            Self::AssignmentScheduleRead => "PrivilegedAssignmentSchedule.Read.AzureADGroup",
            Self::AuthenticationContextRead => "AuthenticationContext.Read.All",
            Self::PolicyWrite => "RoleManagementPolicy.ReadWrite.AzureADGroup",
            Self::AssignmentScheduleWrite => "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
        }
    }
}
