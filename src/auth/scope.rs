//! The delegated Microsoft Graph permissions PIM Desk asks for, and when.

use serde::{Deserialize, Serialize};

/// A delegated permission (scope) of Microsoft Graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// Read the signed-in person's own profile.
    UserRead,
    /// Find people to add as approvers, and show names instead of IDs.
    UserReadBasicAll,
    /// Find groups and read their basic properties and members.
    GroupMemberReadAll,
    /// List the groups that are in PIM.
    PrivilegedAccessRead,
    /// Read the PIM policies of groups.
    PolicyRead,
    /// Read the requests for groups that wait for approval.
    AssignmentScheduleRead,
    /// Read the tenant's authentication contexts.
    AuthenticationContextRead,
    /// Change the PIM policies of groups. Asked for at the first save.
    PolicyWrite,
    /// Decide requests for groups. Asked for at the first decision.
    AssignmentScheduleWrite,
    /// Read Entra roles, their assignments, and their policies.
    RoleRead,
    /// List and decide requests for Entra roles: there is no read-only permission for it (graph.md G28).
    RoleScheduleWrite,
    /// Read the PIM policies of Entra roles.
    RolePolicyRead,
    /// Change the PIM policies of Entra roles. Asked for at the first save.
    RolePolicyWrite,
    /// Read who is eligible for groups, to check a change against it. Asked for only if the person wants it.
    EligibilityRead,
    /// Read Conditional Access policies, to check an authentication context. Asked for only if the person wants it.
    AccessPolicyRead,
}

/// The name is not that of a permission PIM Desk uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a permission PIM Desk uses")]
pub struct UnknownScope;

impl Scope {
    /// Every permission the product uses.
    pub const ALL: [Self; 15] = [
        Self::UserRead,
        Self::UserReadBasicAll,
        Self::GroupMemberReadAll,
        Self::PrivilegedAccessRead,
        Self::PolicyRead,
        Self::AssignmentScheduleRead,
        Self::AuthenticationContextRead,
        Self::PolicyWrite,
        Self::AssignmentScheduleWrite,
        Self::RoleRead,
        Self::RoleScheduleWrite,
        Self::RolePolicyRead,
        Self::RolePolicyWrite,
        Self::EligibilityRead,
        Self::AccessPolicyRead,
    ];

    /// What sign-in asks for: enough to read.
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
            Self::RoleRead => "RoleManagement.Read.Directory",
            Self::RoleScheduleWrite => "RoleAssignmentSchedule.ReadWrite.Directory",
            Self::RolePolicyRead => "RoleManagementPolicy.Read.Directory",
            Self::RolePolicyWrite => "RoleManagementPolicy.ReadWrite.Directory",
            Self::EligibilityRead => "PrivilegedEligibilitySchedule.Read.AzureADGroup",
            Self::AccessPolicyRead => "Policy.Read.All",
        }
    }

    /// The permission with this name in a token answer: bare or as an address
    /// (`https://graph.microsoft.com/User.Read`), in any case.
    pub fn from_name(text: &str) -> Option<Self> {
        let bare = text.rsplit('/').next().unwrap_or(text);
        Self::ALL.into_iter().find(|scope| scope.name().eq_ignore_ascii_case(bare))
    }

    /// Whether only people who work with Entra roles need it.
    pub const fn is_for_roles(self) -> bool {
        matches!(self, Self::RoleScheduleWrite | Self::RoleRead | Self::RolePolicyRead | Self::RolePolicyWrite)
    }

    /// Whether having this permission allows everything that `other` allows.
    pub fn covers(self, other: Self) -> bool {
        self == other
            || matches!(
                (self, other),
                (Self::PolicyWrite, Self::PolicyRead)
                    | (Self::AssignmentScheduleWrite, Self::AssignmentScheduleRead)
                    | (Self::RolePolicyWrite | Self::RoleRead, Self::RolePolicyRead)
            )
    }
}

impl TryFrom<String> for Scope {
    type Error = UnknownScope;

    fn try_from(text: String) -> Result<Self, UnknownScope> {
        Self::from_name(&text).ok_or(UnknownScope)
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.name().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_services_write_them() {
        assert_eq!(Scope::from_name("https://graph.microsoft.com/user.READ"), Some(Scope::UserRead));
        assert_eq!(Scope::from_name("openid"), None);
        for scope in Scope::ALL {
            assert_eq!(Scope::from_name(scope.name()), Some(scope));
        }
    }

    #[test]
    fn writing_covers_reading_only() {
        assert!(Scope::PolicyWrite.covers(Scope::PolicyRead));
        assert!(!Scope::PolicyRead.covers(Scope::PolicyWrite));
        assert!(!Scope::PolicyWrite.covers(Scope::AssignmentScheduleRead));
        assert!(Scope::RoleRead.covers(Scope::RolePolicyRead) && !Scope::RoleRead.covers(Scope::RolePolicyWrite));
    }
}
