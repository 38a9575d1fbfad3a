//! Which policies a line applies to: those of roles, and of groups that have such roles.

use crate::directory::Holder;
use crate::guid::Guid;
use crate::matrix::{Class, Row};
use crate::policy::Subject;

/// Template ID of Global Administrator.
pub const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

/// Template ID of Exchange Administrator.
pub const EXCHANGE_ADMINISTRATOR: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/// Template ID of Helpdesk Administrator.
pub const HELPDESK_ADMINISTRATOR: &str = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

/// The highly privileged roles other than Global Administrator, as listed by CISA: Privileged Role, User, `SharePoint`,
/// Exchange, Hybrid Identity, Application and Cloud Application Administrator.
pub const OTHER_HIGHLY_PRIVILEGED: [&str; 7] = [
    "e8611ab8-c189-46e8-94e1-60213ab1f814",
    "fe930be7-5e62-47db-91af-98c3a49a38b1",
    "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",
    EXCHANGE_ADMINISTRATOR,
    "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2",
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
    "158c047a-c907-4556-b7ef-446551a6b5f7",
];

/// Which policies a line applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppliesTo {
    /// Highly privileged roles, and members of groups that have one.
    HighlyPrivileged,
    /// Global Administrator, and members of groups that have it.
    GlobalAdministrator,
    /// Highly privileged roles except Global Administrator, and members of groups that have one.
    OtherHighlyPrivileged,
    /// Members of every group.
    Members,
    /// Owners of every group.
    Owners,
    /// One role, by template ID.
    Role(&'static str),
}

/// The Entra roles that a group has, as far as known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// These roles, by template ID.
    Known(Vec<Guid>),
    /// They are being read or will be.
    Waiting,
    /// The permission to read them is not granted.
    NotGranted,
    /// They could not be read.
    Failed,
    /// The person stopped reading before their turn.
    NotRead,
}

/// Whether a line applies to a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It applies.
    Yes,
    /// It does not apply.
    No,
    /// The properties of the group could not be read yet.
    HolderUnread,
    /// The group's roles are still being read.
    RolesWaiting,
    /// The permission to read the group's roles is not granted.
    RolesNotGranted,
    /// The group's roles could not be read.
    RolesFailed,
    /// The person stopped reading before the group's roles.
    RolesNotRead,
}

impl AppliesTo {
    fn names(self, template: &Guid) -> bool {
        let id = template.as_str();
        match self {
            Self::HighlyPrivileged => id == GLOBAL_ADMINISTRATOR || OTHER_HIGHLY_PRIVILEGED.contains(&id),
            Self::GlobalAdministrator => id == GLOBAL_ADMINISTRATOR,
            Self::OtherHighlyPrivileged => OTHER_HIGHLY_PRIVILEGED.contains(&id),
            Self::Role(one) => id == one,
            Self::Members | Self::Owners => false,
        }
    }

    /// Whether it also covers groups that have the roles.
    pub const fn reaches_groups(self) -> bool {
        matches!(self, Self::HighlyPrivileged | Self::GlobalAdministrator | Self::OtherHighlyPrivileged)
    }

    /// Whether the line applies to a row's policy. `held` returns the Entra roles of a role-assignable group.
    pub fn is_about(self, row: &Row, held: &dyn Fn(&Guid) -> Held) -> Applies {
        let yes = |yes: bool| if yes { Applies::Yes } else { Applies::No };
        match (self, row.class()) {
            (Self::Members, class) => return yes(class == Class::Members),
            (Self::Owners, class) => return yes(class == Class::Owners),
            (_, Class::Roles) => {
                return yes(matches!(&row.subject, Subject::Role { template } if self.names(template)));
            }
            // Becoming an owner does not grant the group's roles.
            (_, Class::Owners) => return Applies::No,
            (_, Class::Members) => {}
        }
        if !self.reaches_groups() {
            return Applies::No;
        }
        match row.holder.as_deref() {
            None => Applies::HolderUnread,
            // Only role-assignable groups can have Entra roles.
            Some(Holder::Group(group)) if !group.role_assignable => Applies::No,
            Some(_) => match held(row.id()) {
                Held::Known(roles) => yes(roles.iter().any(|role| self.names(role))),
                Held::Waiting => Applies::RolesWaiting,
                Held::NotGranted => Applies::RolesNotGranted,
                Held::Failed => Applies::RolesFailed,
                Held::NotRead => Applies::RolesNotRead,
            },
        }
    }
}
