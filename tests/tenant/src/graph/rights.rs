//! What the signed-in person may do, beside the scopes of the token (endpoints.md 1.6 and 3).

use crate::directory::{Access, Group, Role};
use crate::pim::{AccessRequest, Approver};
use crate::tenant::Tenant;

/// Whether the person may change the policies of a group: a role that covers it, or active ownership.
pub(super) fn may_write_policy(tenant: &Tenant, group: &Group, person: &str, now: i64) -> bool {
    manages(tenant, group, person) || is_owner(tenant, group, person, now)
}

/// Whether the person may read the policies of a group: as for writing, or any tie to the group.
pub(super) fn may_read_policy(tenant: &Tenant, group: &Group, person: &str, now: i64) -> bool {
    manages(tenant, group, person) || is_tied(tenant, group, person, now)
}

/// Whether the person may read the requests of a group: as for policies, and Global Readers.
pub(super) fn may_read_requests(tenant: &Tenant, group: &Group, person: &str, now: i64) -> bool {
    may_read_policy(tenant, group, person, now) || has(tenant, person, &[Role::GlobalReader])
}

/// Whether the person is an approver of a request, by name or through a group.
pub(super) fn is_approver(tenant: &Tenant, request: &AccessRequest, person: &str) -> bool {
    request.approvers.iter().any(|approver| match approver {
        Approver::User(id) => id == person,
        Approver::Group(id) => tenant.directory.group(id).is_some_and(|group| lists(&group.members, person)),
    })
}

fn manages(tenant: &Tenant, group: &Group, person: &str) -> bool {
    let roles: &[Role] = if group.role_assignable {
        &[Role::GlobalAdministrator, Role::PrivilegedRoleAdministrator]
    } else {
        &[Role::GlobalAdministrator, Role::GroupsAdministrator, Role::IdentityGovernanceAdministrator]
    };
    has(tenant, person, roles)
}

fn is_owner(tenant: &Tenant, group: &Group, person: &str, now: i64) -> bool {
    lists(&group.owners, person) || tenant.pim.has_activated(&group.id, Access::Owner, person, now)
}

fn is_tied(tenant: &Tenant, group: &Group, person: &str, now: i64) -> bool {
    [&group.owners, &group.members, &group.eligible_owners, &group.eligible_members]
        .into_iter()
        .any(|ids| lists(ids, person))
        || Access::ALL.into_iter().any(|access| tenant.pim.has_activated(&group.id, access, person, now))
}

fn has(tenant: &Tenant, person: &str, roles: &[Role]) -> bool {
    tenant.directory.person(person).is_some_and(|person| person.roles.iter().any(|role| roles.contains(role)))
}

fn lists(ids: &[String], person: &str) -> bool {
    ids.iter().any(|id| id == person)
}
