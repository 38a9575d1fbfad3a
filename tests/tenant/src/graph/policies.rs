//! Reading policies, policy assignments and rules.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::filter::Filter;
use super::odata::{Expand, find, select};
use super::refusal::Refusal;
use super::{ok, page, rights};
use crate::directory::Access;
use crate::ids::Random;
use crate::pim::{Pim, Policy};
use crate::tenant::Tenant;
use crate::time::timestamp;

/// Scopes that read the policies of groups.
pub(super) const READ: [&str; 2] =
    ["RoleManagementPolicy.Read.AzureADGroup", "RoleManagementPolicy.ReadWrite.AzureADGroup"];

/// `GET /policies/roleManagementPolicies`
pub(super) fn list(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let group = scope(tenant, call)?;
    let expand = Expand::parse(call.query.get("$expand"));
    let mut order = Random::new(tenant.random.next());
    let pim = tenant.visible(call.now);
    let policies = Access::ALL.map(|access| policy_body(pim, &group, access, call.beta, &expand, &mut order));
    page::filtered(call, "policies/roleManagementPolicies", policies.to_vec())
}

/// `GET /policies/roleManagementPolicies/{id}`
pub(super) fn get(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (group, access) = known(tenant, call, call.part(2))?;
    let expand = Expand::parse(call.query.get("$expand"));
    let mut order = Random::new(tenant.random.next());
    let body = policy_body(tenant.visible(call.now), &group, access, call.beta, &expand, &mut order);
    entity(call, "policies/roleManagementPolicies/$entity", body, &expand)
}

/// `GET /policies/roleManagementPolicies/{id}/rules`
pub(super) fn rules(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (group, access) = known(tenant, call, call.part(2))?;
    let mut order = Random::new(tenant.random.next());
    let policy = tenant.visible(call.now).policy(&group, access);
    let set = format!("policies/roleManagementPolicies('{}')/{}", call.part(2), call.part(3));
    page::filtered(call, &set, rule_bodies(&policy, call.beta, &mut order))
}

/// `GET /policies/roleManagementPolicies/{id}/rules/{id}`
pub(super) fn rule(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (group, access) = known(tenant, call, call.part(2))?;
    let policy = tenant.visible(call.now).policy(&group, access);
    let rule = policy.rule(call.part(4)).ok_or_else(|| Refusal::invalid_rule(call.part(4)))?;
    let set = format!("policies/roleManagementPolicies('{}')/rules/$entity", call.part(2));
    entity(call, &set, rule_body(rule, call.beta), &[])
}

/// `GET /policies/roleManagementPolicyAssignments`
pub(super) fn list_assignments(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let group = scope(tenant, call)?;
    let expand = Expand::parse(call.query.get("$expand"));
    let mut order = Random::new(tenant.random.next());
    let pim = tenant.visible(call.now);
    let assignments = Access::ALL.map(|access| assignment_body(pim, &group, access, call.beta, &expand, &mut order));
    page::filtered(call, "policies/roleManagementPolicyAssignments", assignments.to_vec())
}

/// `GET /policies/roleManagementPolicyAssignments/{policy id}_{member|owner}`
pub(super) fn get_assignment(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (policy, role) = call.part(2).rsplit_once('_').unwrap_or_default();
    let (group, access) = known(tenant, call, policy)?;
    if Access::parse(role) != Some(access) {
        return Err(no_such_policy());
    }
    let expand = Expand::parse(call.query.get("$expand"));
    let mut order = Random::new(tenant.random.next());
    let body = assignment_body(tenant.visible(call.now), &group, access, call.beta, &expand, &mut order);
    entity(call, "policies/roleManagementPolicyAssignments/$entity", body, &expand)
}

/// The group whose policies are asked for. `$filter` on `scopeId` and `scopeType` is required.
fn scope(tenant: &Tenant, call: &Call<'_>) -> Result<String, Refusal> {
    let missing = || Refusal::nested(400, "MissingProvider", "The provider is missing.");
    let filter = call.query.get("$filter").and_then(Filter::parse).ok_or_else(missing)?;
    let id = filter.required("scopeId").ok_or_else(missing)?;
    match filter.required("scopeType").ok_or_else(missing)? {
        kind if kind.eq_ignore_ascii_case("Group") => call.need_pim_scope(&READ)?,
        "DirectoryRole" | "Directory" => {
            let scopes =
                ["RoleManagementPolicy.Read.Directory", "RoleManagement.Read.Directory", "RoleManagement.Read.All"];
            return Err(Refusal::no_pim_scope(&scopes));
        }
        _ => return Err(missing()),
    }
    let group = tenant
        .directory
        .group(id)
        .ok_or_else(|| Refusal::nested(404, "ResourceNotFound", "The resource is not found."))?;
    if rights::may_read_policy(tenant, group, call.me(), call.now) {
        Ok(group.id.clone())
    } else {
        Err(Refusal::no_pim_right())
    }
}

/// The policy behind an id, if the caller may read it.
fn known(tenant: &Tenant, call: &Call<'_>, id: &str) -> Result<(String, Access), Refusal> {
    call.need_pim_scope(&READ)?;
    let (group, access) = tenant.visible(call.now).resolve(id).ok_or_else(no_such_policy)?;
    let readable =
        tenant.directory.group(&group).is_some_and(|group| rights::may_read_policy(tenant, group, call.me(), call.now));
    if readable { Ok((group, access)) } else { Err(Refusal::no_pim_right()) }
}

/// What a policy id that was never valid, or no longer is, gives.
pub(super) fn no_such_policy() -> Refusal {
    Refusal::new(404, "ResourceNotFound", "The policy is not found.")
}

fn entity(call: &Call<'_>, set: &str, body: Value, expand: &[Expand]) -> Reply {
    let mut body = select(body, call.query.get("$select"), expand);
    body["@odata.context"] = call.context(set).into();
    ok(body)
}

fn assignment_body(pim: &Pim, group: &str, access: Access, beta: bool, expand: &[Expand], order: &mut Random) -> Value {
    let policy_id = pim.policy_id(group, access);
    let mut body = json!({
        "id": format!("{policy_id}_{}", access.as_str()),
        "policyId": policy_id,
        "scopeId": group,
        "scopeType": "Group",
        "roleDefinitionId": access.as_str(),
    });
    if let Some(item) = find(expand, "policy") {
        body["policy"] = item.project(policy_body(pim, group, access, beta, &item.inner(), order));
    }
    body
}

fn policy_body(pim: &Pim, group: &str, access: Access, beta: bool, expand: &[Expand], order: &mut Random) -> Value {
    let policy = pim.policy(group, access);
    let mut body = head(pim, group, access, &policy);
    for name in ["rules", "effectiveRules"] {
        if let Some(item) = find(expand, &name.to_ascii_lowercase()) {
            let rules = rule_bodies(&policy, beta, order).into_iter().map(|rule| item.project(rule));
            body[name] = rules.collect();
        }
    }
    body
}

/// A policy without its rules. It does not say which access it is for (quirk 3), nor the id of who changed it (quirk 17).
pub(super) fn head(pim: &Pim, group: &str, access: Access, policy: &Policy) -> Value {
    json!({
        "id": pim.policy_id(group, access),
        "displayName": "Group",
        "description": "Group",
        "isOrganizationDefault": false,
        "scopeId": group,
        "scopeType": "Group",
        "lastModifiedDateTime": policy.modified.as_ref().map(|(at, _)| timestamp(*at)),
        "lastModifiedBy": { "displayName": policy.modified.as_ref().map(|(_, by)| by), "id": null },
    })
}

/// All rules, in no order one could rely on (quirk 16).
fn rule_bodies(policy: &Policy, beta: bool, order: &mut Random) -> Vec<Value> {
    let mut rules: Vec<Value> = policy.rules.iter().map(|rule| rule_body(rule, beta)).collect();
    order.shuffle(&mut rules);
    rules
}

/// A rule in the shape of the version asked for: beta names approvers by `id` and adds `isBackup` (quirk 11).
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
