//! What the signed-in person may do, in addition to the scopes of the token (graph.md G20, G31).

use super::call::Call;
use super::filter::Filter;
use super::refusal::Refusal;
use crate::directory::{Access, Group, Role};
use crate::pim::{AccessRequest, Approver, Target};
use crate::tenant::Tenant;

/// Whether the person may change the policies of a group: through a role that covers it, or active ownership.
pub(super) fn may_write_policy(tenant: &Tenant, group: &Group, person: &str, now: i64) -> bool {
    manages(tenant, group, person, now) || is_owner(tenant, group, person, now)
}

/// Whether the person may read the policies of a group: the same as for writing, or any relationship with the group.
pub(super) fn may_read_policy(tenant: &Tenant, group: &Group, person: &str, now: i64) -> bool {
    manages(tenant, group, person, now) || is_tied(tenant, group, person, now)
}

/// Whether the person may read the requests of a group: the same as for policies, and Global Readers.
pub(super) fn may_read_requests(tenant: &Tenant, group: &Group, person: &str, now: i64) -> bool {
    may_read_policy(tenant, group, person, now) || has(tenant, person, &[Role::GlobalReader], now)
}

/// Whether the person may read PIM data of all directory roles: requests, schedules, policies.
pub(super) fn may_read_roles(tenant: &Tenant, person: &str, now: i64) -> bool {
    let readers = [
        Role::GlobalReader,
        Role::SecurityOperator,
        Role::SecurityReader,
        Role::SecurityAdministrator,
        Role::PrivilegedRoleAdministrator,
        Role::GlobalAdministrator,
    ];
    has(tenant, person, &readers, now)
}

/// Refuses a list of requests or instances of groups that the caller may not read: `$filter` on `groupId` or
/// `principalId` is required.
pub(super) fn may_list_of_groups(tenant: &Tenant, call: &Call<'_>) -> Result<(), Refusal> {
    let (me, now) = (call.me(), call.now);
    let filter = call.query.get("$filter").and_then(Filter::parse);
    let required = |name| filter.as_ref().and_then(|filter| filter.required(name));
    let allowed = match (required("groupId"), required("principalId")) {
        (_, Some(person)) if person.eq_ignore_ascii_case(me) => true,
        (Some(group), _) => {
            let group = tenant.directory.group(group);
            let group = group.ok_or_else(|| Refusal::nested(404, "ResourceNotFound", "The resource is not found."))?;
            may_read_requests(tenant, group, me, now)
        }
        (None, Some(_)) => reads_everything(tenant, me, now),
        (None, None) => {
            return Err(Refusal::nested(400, "MissingFilter", "A filter on groupId or principalId is required."));
        }
    };
    if allowed { Ok(()) } else { Err(Refusal::no_pim_right()) }
}

/// Whether the person may read who has directory roles.
pub(super) fn may_read_role_assignments(tenant: &Tenant, person: &str, now: i64) -> bool {
    has(tenant, person, &[Role::DirectoryReaders, Role::PrivilegedRoleAdministrator], now)
        || reads_everything(tenant, person, now)
}

/// Whether the person may read Conditional Access policies.
pub(super) fn may_read_access_rules(tenant: &Tenant, person: &str, now: i64) -> bool {
    let readers = [Role::SecurityReader, Role::SecurityAdministrator, Role::ConditionalAccessAdministrator];
    has(tenant, person, &readers, now) || reads_everything(tenant, person, now)
}

/// Whether the person may read the requests of every group.
fn reads_everything(tenant: &Tenant, person: &str, now: i64) -> bool {
    has(tenant, person, &[Role::GlobalReader, Role::GlobalAdministrator], now)
}

/// Whether the person may change the policies of directory roles.
pub(super) fn may_write_role_policies(tenant: &Tenant, person: &str, now: i64) -> bool {
    has(tenant, person, &[Role::PrivilegedRoleAdministrator, Role::GlobalAdministrator], now)
}

/// Whether the person may read a request through a role, besides requesters and approvers.
pub(super) fn may_read_request(tenant: &Tenant, request: &AccessRequest, person: &str, now: i64) -> bool {
    match &request.target {
        Target::Group { group, .. } => {
            tenant.directory.group(group).is_some_and(|group| may_read_requests(tenant, group, person, now))
        }
        Target::Role { .. } => may_read_roles(tenant, person, now),
    }
}

/// Whether the person is an approver of a request, directly or through a group. If no approver is set for a role, the
/// Privileged Role and Global Administrators are approvers.
pub(super) fn is_approver(tenant: &Tenant, request: &AccessRequest, person: &str, now: i64) -> bool {
    if request.approvers.is_empty() && request.role().is_some() {
        return has(tenant, person, &[Role::PrivilegedRoleAdministrator, Role::GlobalAdministrator], now);
    }
    request.approvers.iter().any(|approver| match approver {
        Approver::User(id) => id == person,
        Approver::Group(id) => tenant.directory.group(id).is_some_and(|group| lists(&group.members, person)),
    })
}

fn manages(tenant: &Tenant, group: &Group, person: &str, now: i64) -> bool {
    let roles: &[Role] = if group.role_assignable {
        &[Role::GlobalAdministrator, Role::PrivilegedRoleAdministrator]
    } else {
        &[
            Role::GlobalAdministrator,
            Role::GroupsAdministrator,
            Role::IdentityGovernanceAdministrator,
            Role::UserAdministrator,
            Role::DirectoryWriters,
        ]
    };
    has(tenant, person, roles, now)
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

/// Whether the person has one of the roles, permanently or through activation.
pub(super) fn has(tenant: &Tenant, person: &str, roles: &[Role], now: i64) -> bool {
    let Some(person) = tenant.directory.person(person) else { return false };
    let holds =
        |role: &Role| person.roles.contains(role) || tenant.pim.has_activated_role(role.template(), &person.id, now);
    roles.iter().any(holds)
}

fn lists(ids: &[String], person: &str) -> bool {
    ids.iter().any(|id| id == person)
}
