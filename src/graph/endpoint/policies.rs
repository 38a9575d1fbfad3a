//! Calls that read and change policies. What differs between subjects is in [`Subject`] and in the table of scopes here.

use serde_json::Value as Json;

use crate::auth::scope::Scope;
use crate::graph::odata::literal;
use crate::graph::request::Request;
use crate::percent::encode;
use crate::policy::Subject;
use crate::policy::subject::ROLE_SCOPE_TYPES;

/// The permissions to read a subject's policy (graph.md G20).
const fn policy_read(subject: &Subject) -> &'static [Scope] {
    match subject {
        Subject::Group { .. } => &[Scope::PolicyRead],
        Subject::Role { .. } => &[Scope::RolePolicyRead],
    }
}

/// The permissions to change a subject's policy (graph.md G20).
pub const fn policy_write(subject: &Subject) -> &'static [Scope] {
    match subject {
        Subject::Group { .. } => &[Scope::PolicyWrite],
        Subject::Role { .. } => &[Scope::RolePolicyWrite],
    }
}

/// The policies shown on one page with this subject, with all rules, in one call. The filter on scope is required; only
/// the assignment says which policy is for whom (graph.md G3).
pub fn policies(subject: &Subject, scope_type: &str) -> Request {
    match subject.of_page().as_slice() {
        [one] => policy(one, scope_type),
        _ => Request::get(assignments(subject, scope_type, ""), policy_read(subject)),
    }
}

/// One policy with all rules.
pub fn policy(subject: &Subject, scope_type: &str) -> Request {
    Request::get(assignments(subject, scope_type, &only(subject)), policy_read(subject))
}

/// The ID of a subject's policy, without the policy itself.
pub fn assignment(subject: &Subject, scope_type: &str) -> Request {
    Request::get(filtered(subject, scope_type, &only(subject)), policy_read(subject))
}

fn only(subject: &Subject) -> String {
    format!("%20and%20roleDefinitionId%20eq%20{}", literal(subject.definition()))
}

fn assignments(subject: &Subject, scope_type: &str, only: &str) -> String {
    filtered(subject, scope_type, only) + "&$expand=policy($expand=rules)"
}

fn filtered(subject: &Subject, scope_type: &str, only: &str) -> String {
    format!(
        "/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20{}%20and%20scopeType%20eq%20{}{only}",
        literal(subject.scope_id()),
        literal(scope_type)
    )
}

/// Changes one rule; the body is the whole rule.
pub fn patch_rule(subject: &Subject, policy_id: &str, rule_id: &str, body: Json) -> Request {
    let path = format!("/policies/roleManagementPolicies/{}/rules/{}", encode(policy_id), encode(rule_id));
    Request::patch(path, body, policy_write(subject))
}

/// The first page of the policies of all roles, with all rules, for the nth scope type; `None` beyond the last.
pub fn all_role_policies(nth_type: usize) -> Option<Request> {
    let path = format!(
        "/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20{}%20and%20scopeType%20eq%20{}\
         &$expand=policy($expand=rules)",
        literal("/"),
        literal(ROLE_SCOPE_TYPES.get(nth_type)?)
    );
    Some(Request::get(path, &[Scope::RolePolicyRead]))
}
