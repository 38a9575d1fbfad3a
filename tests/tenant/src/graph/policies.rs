//! Reading policies, policy assignments and rules.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::filter::Filter;
use super::odata::{Expand, find, select};
use super::refusal::Refusal;
use super::{ok, page, rights};
use crate::directory::Access;
use crate::ids::Random;
use crate::pim::{Pim, Policy, ScopeType, Subject};
use crate::tenant::Tenant;
use crate::time::timestamp;

/// Scopes that read the policies of groups.
const GROUP_READ: [&str; 2] = ["RoleManagementPolicy.Read.AzureADGroup", "RoleManagementPolicy.ReadWrite.AzureADGroup"];
/// Scopes that read the policies of roles.
const ROLE_READ: [&str; 5] = [
    "RoleManagementPolicy.Read.Directory",
    "RoleManagement.Read.Directory",
    "RoleManagement.Read.All",
    "RoleManagementPolicy.ReadWrite.Directory",
    "RoleManagement.ReadWrite.Directory",
];

/// What a policy is for, and the scope type it was requested under.
pub(super) type Named = (Subject, ScopeType);

/// `GET /policies/roleManagementPolicies`
pub(super) fn list(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let subjects = scope(tenant, call)?;
    let expand = Expand::parse(call.query.get("$expand"));
    let mut order = Random::new(tenant.random.next());
    let pim = tenant.visible(call.now);
    let policies = subjects.iter().map(|named| policy_body(pim, named, call.beta, &expand, &mut order)).collect();
    page::filtered(call, "policies/roleManagementPolicies", policies)
}

/// `GET /policies/roleManagementPolicies/{id}`
pub(super) fn get(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let named = known(tenant, call, call.part(2))?;
    let expand = Expand::parse(call.query.get("$expand"));
    let mut order = Random::new(tenant.random.next());
    let body = policy_body(tenant.visible(call.now), &named, call.beta, &expand, &mut order);
    entity(call, "policies/roleManagementPolicies/$entity", body, &expand)
}

/// `GET /policies/roleManagementPolicies/{id}/rules`
pub(super) fn rules(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (subject, _) = known(tenant, call, call.part(2))?;
    let mut order = Random::new(tenant.random.next());
    let policy = tenant.visible(call.now).policy(&subject);
    let set = format!("policies/roleManagementPolicies('{}')/{}", call.part(2), call.part(3));
    page::filtered(call, &set, rule_bodies(&policy, call.beta, &mut order))
}

/// `GET /policies/roleManagementPolicies/{id}/rules/{id}`
pub(super) fn rule(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (subject, _) = known(tenant, call, call.part(2))?;
    let policy = tenant.visible(call.now).policy(&subject);
    let rule = policy.rule(call.part(4)).ok_or_else(|| Refusal::invalid_rule(call.part(4)))?;
    let set = format!("policies/roleManagementPolicies('{}')/rules/$entity", call.part(2));
    entity(call, &set, rule_body(rule, call.beta), &[])
}

/// `GET /policies/roleManagementPolicyAssignments`
pub(super) fn list_assignments(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let subjects = scope(tenant, call)?;
    let expand = Expand::parse(call.query.get("$expand"));
    let mut order = Random::new(tenant.random.next());
    let pim = tenant.visible(call.now);
    let all = subjects.iter().map(|named| assignment_body(pim, named, call.beta, &expand, &mut order)).collect();
    page::filtered(call, "policies/roleManagementPolicyAssignments", all)
}

/// `GET /policies/roleManagementPolicyAssignments/{policy id}_{member|owner|role definition id}`
pub(super) fn get_assignment(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (policy, role) = call.part(2).rsplit_once('_').unwrap_or_default();
    let named = known(tenant, call, policy)?;
    if !named.0.role_definition().eq_ignore_ascii_case(role) {
        return Err(no_such_policy());
    }
    let expand = Expand::parse(call.query.get("$expand"));
    let mut order = Random::new(tenant.random.next());
    let body = assignment_body(tenant.visible(call.now), &named, call.beta, &expand, &mut order);
    entity(call, "policies/roleManagementPolicyAssignments/$entity", body, &expand)
}

/// Whose policies are requested. `$filter` on `scopeId` and `scopeType` is required; those of all roles are returned
/// together unless one is requested.
fn scope(tenant: &Tenant, call: &Call<'_>) -> Result<Vec<Named>, Refusal> {
    let missing = || Refusal::nested(400, "MissingProvider", "The provider is missing.");
    let nothing = || Refusal::nested(404, "ResourceNotFound", "The resource is not found.");
    let filter = call.query.get("$filter").and_then(Filter::parse).ok_or_else(missing)?;
    let id = filter.required("scopeId").ok_or_else(missing)?;
    let kind = filter.required("scopeType").and_then(ScopeType::parse).ok_or_else(missing)?;
    call.need_pim_scope(if kind == ScopeType::Group { &GROUP_READ } else { &ROLE_READ })?;
    let subjects: Vec<Subject> = if kind == ScopeType::Group {
        let group = tenant.directory.group(id).ok_or_else(nothing)?;
        Access::ALL.into_iter().map(|access| Subject::group(&group.id, access)).collect()
    } else if id == "/" {
        let wanted = filter.required("roleDefinitionId");
        let roles = tenant.directory.roles.iter();
        let roles = roles.filter(|role| wanted.is_none_or(|wanted| role.id.eq_ignore_ascii_case(wanted)));
        roles.map(|role| Subject::Role(role.id.clone())).collect()
    } else {
        return Err(nothing());
    };
    let readable = match subjects.first() {
        Some(subject) => may_read(tenant, call, subject),
        None => rights::may_read_roles(tenant, call.me(), call.now),
    };
    if readable {
        Ok(subjects.into_iter().map(|subject| (subject, kind)).collect())
    } else {
        Err(Refusal::no_pim_right())
    }
}

/// The policy with this ID, if the caller may read it.
fn known(tenant: &Tenant, call: &Call<'_>, id: &str) -> Result<Named, Refusal> {
    call.need_pim_scope(if is_of_group(id) { &GROUP_READ } else { &ROLE_READ })?;
    let named = tenant.visible(call.now).resolve(id, &tenant.directory).ok_or_else(no_such_policy)?;
    if may_read(tenant, call, &named.0) { Ok(named) } else { Err(Refusal::no_pim_right()) }
}

fn may_read(tenant: &Tenant, call: &Call<'_>, subject: &Subject) -> bool {
    match subject {
        Subject::Group { group, .. } => {
            let group = tenant.directory.group(group);
            group.is_some_and(|group| rights::may_read_policy(tenant, group, call.me(), call.now))
        }
        Subject::Role(_) => rights::may_read_roles(tenant, call.me(), call.now),
    }
}

/// Whether a policy ID is one of a group's.
pub(super) fn is_of_group(policy_id: &str) -> bool {
    policy_id.starts_with("Group_")
}

/// The answer for a policy ID that was never valid, or no longer is.
pub(super) fn no_such_policy() -> Refusal {
    Refusal::new(404, "ResourceNotFound", "The policy is not found.")
}

fn entity(call: &Call<'_>, set: &str, body: Value, expand: &[Expand]) -> Reply {
    let mut body = select(body, call.query.get("$select"), expand);
    body["@odata.context"] = call.context(set).into();
    ok(body)
}

fn assignment_body(pim: &Pim, named: &Named, beta: bool, expand: &[Expand], order: &mut Random) -> Value {
    let (subject, kind) = named;
    let policy_id = pim.policy_id(subject, *kind);
    let mut body = json!({
        "id": format!("{policy_id}_{}", subject.role_definition()),
        "policyId": policy_id,
        "scopeId": subject.scope(),
        "scopeType": kind.as_str(),
        "roleDefinitionId": subject.role_definition(),
    });
    if let Some(item) = find(expand, "policy") {
        body["policy"] = item.project(policy_body(pim, named, beta, &item.inner(), order));
    }
    body
}

fn policy_body(pim: &Pim, named: &Named, beta: bool, expand: &[Expand], order: &mut Random) -> Value {
    let policy = pim.policy(&named.0);
    let mut body = head(pim, named, &policy);
    for name in ["rules", "effectiveRules"] {
        if let Some(item) = find(expand, &name.to_ascii_lowercase()) {
            let rules = rule_bodies(&policy, beta, order).into_iter().map(|rule| item.project(rule));
            body[name] = rules.collect();
        }
    }
    body
}

/// A policy without its rules. It does not say which access or role it is for (graph.md G3), nor the ID of who changed
/// it (graph.md G16).
pub(super) fn head(pim: &Pim, (subject, kind): &Named, policy: &Policy) -> Value {
    json!({
        "id": pim.policy_id(subject, *kind),
        "displayName": kind.as_str(),
        "description": kind.as_str(),
        "isOrganizationDefault": false,
        "scopeId": subject.scope(),
        "scopeType": kind.as_str(),
        "lastModifiedDateTime": policy.modified.as_ref().map(|(at, _)| timestamp(*at)),
        "lastModifiedBy": { "displayName": policy.modified.as_ref().map(|(_, by)| by), "id": null },
    })
}

/// All rules, in no reliable order (graph.md G15).
fn rule_bodies(policy: &Policy, beta: bool, order: &mut Random) -> Vec<Value> {
    let mut rules: Vec<Value> = policy.rules.iter().map(|rule| rule_body(rule, beta)).collect();
    order.shuffle(&mut rules);
    rules
}

/// A rule in the shape of the requested version: beta names approvers by `id` and adds `isBackup` (graph.md G11).
pub(super) fn rule_body(rule: &Value, beta: bool) -> Value {
    let mut rule = rule.clone();
    if beta && let Some(stages) = rule.pointer_mut("/setting/approvalStages").and_then(Value::as_array_mut) {
        for approver in stages.iter_mut().filter_map(|stage| stage["primaryApprovers"].as_array_mut()).flatten() {
            for own in ["userId", "groupId"] {
                if let Some(id) = approver.as_object_mut().and_then(|approver| approver.remove(own)) {
                    approver["id"] = id;
                    approver["isBackup"] = false.into();
                }
            }
        }
    }
    rule
}
