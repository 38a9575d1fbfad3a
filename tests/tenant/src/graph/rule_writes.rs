//! Changing rules: one, or several in one call.

use serde_json::Value;

use super::call::{Call, Reply};
use super::policies::Named;
use super::refusal::Refusal;
use super::{check, ok, policies, rights};
use crate::pim::{Policy, Subject};
use crate::tenant::Tenant;

const GROUP_WRITE: [&str; 1] = ["RoleManagementPolicy.ReadWrite.AzureADGroup"];
const ROLE_WRITE: [&str; 2] = ["RoleManagementPolicy.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory"];

/// `PATCH /policies/roleManagementPolicies/{id}/rules/{id}`: 200 with the rule (graph.md G14).
pub(super) fn patch_rule(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (named, mut policy) = writable(tenant, call)?;
    let id = call.part(4);
    let rule = apply(&mut policy, &named.0, id, &call.body)?;
    save(tenant, call, &named, policy);
    let mut body = policies::rule_body(&rule, call.beta);
    body["@odata.context"] =
        call.context(&format!("policies/roleManagementPolicies('{}')/rules/$entity", call.part(2))).into();
    ok(body)
}

/// `PATCH /policies/roleManagementPolicies/{id}` with `{"rules": […]}`: all or none; 200 with the policy without rules.
pub(super) fn patch_policy(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let (named, mut policy) = writable(tenant, call)?;
    let rules = call.body["rules"].as_array().filter(|rules| !rules.is_empty()).ok_or_else(Refusal::invalid_policy)?;
    let id = |rule: &Value| rule["id"].as_str().unwrap_or("").to_owned();
    let (contexts, others): (Vec<&Value>, Vec<&Value>) = rules.iter().partition(|rule| check::is_context(&id(rule)));
    for rule in contexts.into_iter().chain(others) {
        apply(&mut policy, &named.0, &id(rule), rule)?;
    }
    save(tenant, call, &named, policy);
    let mut body = policies::head(&tenant.pim, &named, &tenant.pim.policy(&named.0));
    body["@odata.context"] = call.context("policies/roleManagementPolicies/$entity").into();
    ok(body)
}

/// The policy with the ID in the path, if the caller may change it.
fn writable(tenant: &Tenant, call: &Call<'_>) -> Result<(Named, Policy), Refusal> {
    let id = call.part(2);
    call.need_pim_scope(if policies::is_of_group(id) { &GROUP_WRITE } else { &ROLE_WRITE })?;
    let named = tenant.pim.resolve(id, &tenant.directory).ok_or_else(policies::no_such_policy)?;
    let allowed = match &named.0 {
        Subject::Group { group, .. } => {
            let group = tenant.directory.group(group).ok_or_else(policies::no_such_policy)?;
            let allowed = rights::may_write_policy(tenant, group, call.me(), call.now);
            if allowed && !group.can_be_in_pim() {
                let message = "Dynamic groups and groups synchronized from on-premises cannot be managed in Privileged Identity Management.";
                return Err(Refusal::nested(400, "ResourceTypeNotSupported", message));
            }
            allowed
        }
        Subject::Role(_) => rights::may_write_role_policies(tenant, call.me(), call.now),
    };
    if !allowed {
        return Err(Refusal::no_pim_right());
    }
    let policy = tenant.pim.policy(&named.0);
    Ok((named, policy))
}

fn apply(policy: &mut Policy, subject: &Subject, id: &str, body: &Value) -> Result<Value, Refusal> {
    let stored = policy.rule(id).ok_or_else(|| Refusal::invalid_rule(id))?;
    let rule = check::merged(policy, subject, stored, body)?;
    if check::is_bare(&rule["target"]) {
        policy.wrecked_by = rule["id"].as_str().map(str::to_owned);
    }
    if let Some(slot) = policy.rule_mut(id) {
        *slot = rule.clone();
    }
    Ok(rule)
}

fn save(tenant: &mut Tenant, call: &Call<'_>, (subject, _): &Named, mut policy: Policy) {
    let by = tenant.directory.person(call.me()).map(|person| person.name.clone()).unwrap_or_default();
    tenant.date(&mut policy, by, call.now);
    tenant.pim.store(subject.clone(), policy);
}
