//! Changing rules: one, or several in one call.

use serde_json::Value;

use super::call::{Call, Reply};
use super::refusal::Refusal;
use super::{check, ok, policies, rights};
use crate::directory::Access;
use crate::pim::Policy;
use crate::tenant::Tenant;

const WRITE: [&str; 1] = ["RoleManagementPolicy.ReadWrite.AzureADGroup"];

/// `PATCH /policies/roleManagementPolicies/{id}/rules/{id}`: 200 and the rule (quirk 15).
pub(super) fn patch_rule(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (group, access, mut policy) = writable(tenant, call)?;
    let id = call.part(4);
    let rule = apply(&mut policy, id, &call.body)?;
    save(tenant, call, &group, access, policy);
    let mut body = policies::rule_body(&rule, call.beta);
    body["@odata.context"] =
        call.context(&format!("policies/roleManagementPolicies('{}')/rules/$entity", call.part(2))).into();
    ok(body)
}

/// `PATCH /policies/roleManagementPolicies/{id}` with `{"rules": […]}`: all or none; 200 and the policy without rules.
pub(super) fn patch_policy(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (group, access, mut policy) = writable(tenant, call)?;
    let rules = call.body["rules"].as_array().filter(|rules| !rules.is_empty()).ok_or_else(Refusal::invalid_policy)?;
    let id = |rule: &Value| rule["id"].as_str().unwrap_or("").to_owned();
    let (contexts, others): (Vec<&Value>, Vec<&Value>) = rules.iter().partition(|rule| check::is_context(&id(rule)));
    for rule in contexts.into_iter().chain(others) {
        apply(&mut policy, &id(rule), rule)?;
    }
    save(tenant, call, &group, access, policy);
    let mut body = policies::head(&tenant.pim, &group, access, &tenant.pim.policy(&group, access));
    body["@odata.context"] = call.context("policies/roleManagementPolicies/$entity").into();
    ok(body)
}

/// The policy behind the id in the path, if the caller may change it.
fn writable(tenant: &Tenant, call: &Call<'_>) -> Result<(String, Access, Policy), Refusal> {
    call.need_pim_scope(&WRITE)?;
    let (id, access) = tenant.pim.resolve(call.part(2)).ok_or_else(policies::no_such_policy)?;
    let group = tenant.directory.group(&id).ok_or_else(policies::no_such_policy)?;
    if !rights::may_write_policy(tenant, group, call.me(), call.now) {
        return Err(Refusal::no_pim_right());
    }
    if !group.can_be_in_pim() {
        let message = "Dynamic groups and groups synchronized from on-premises cannot be managed in Privileged Identity Management.";
        return Err(Refusal::nested(400, "ResourceTypeNotSupported", message));
    }
    let policy = tenant.pim.policy(&id, access);
    Ok((id, access, policy))
}

fn apply(policy: &mut Policy, id: &str, body: &Value) -> Result<Value, Refusal> {
    let stored = policy.rule(id).ok_or_else(|| Refusal::invalid_rule(id))?;
    let rule = check::merged(policy, stored, body)?;
    if check::is_bare(&rule["target"]) {
        policy.wrecked_by = rule["id"].as_str().map(str::to_owned);
    }
    if let Some(slot) = policy.rule_mut(id) {
        *slot = rule.clone();
    }
    Ok(rule)
}

/// Stores the policy. The first write brings the group into PIM, which changes the ids (quirks 1, 2).
fn save(tenant: &mut Tenant, call: &Call<'_>, group: &str, access: Access, mut policy: Policy) {
    let by = tenant.directory.person(call.me()).map(|person| person.name.clone()).unwrap_or_default();
    policy.modified = Some((call.now, by));
    tenant.pim.store(group, access, policy);
    tenant.pim.onboard(group);
}
