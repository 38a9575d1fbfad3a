//! Conditional Access: authentication contexts, and the policies that may apply to them.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::odata::select;
use super::refusal::Refusal;
use super::{ok, page, rights};
use crate::directory::AccessRule;
use crate::ids::guid;
use crate::tenant::Tenant;
use crate::time::{DAY_MS, timestamp};

const SCOPES: [&str; 3] = ["AuthenticationContext.Read.All", "Policy.Read.ConditionalAccess", "Policy.Read.All"];

/// `GET /identity/conditionalAccess/authenticationContextClassReferences`
pub(super) fn list(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_directory_scope(&SCOPES)?;
    let contexts = tenant.directory.contexts.iter().map(|context| {
        json!({
            "id": context.id,
            "displayName": context.name,
            "description": context.description,
            "isAvailable": context.available,
        })
    });
    page::directory(call, "identity/conditionalAccess/authenticationContextClassReferences", contexts.collect())
}

/// `GET /identity/conditionalAccess/policies`
pub(super) fn policies(tenant: &Tenant, call: &Call<'_>) -> Reply {
    may_read(tenant, call)?;
    let all = tenant.directory.access_rules.iter().map(|rule| policy(tenant, rule));
    page::filtered(call, "identity/conditionalAccess/policies", all.collect())
}

/// `GET /identity/conditionalAccess/policies/{id}`
pub(super) fn one_policy(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    may_read(tenant, call)?;
    let found = tenant.directory.access_rules.iter().map(|rule| policy(tenant, rule)).find(|rule| rule["id"] == id);
    let mut body = select(found.ok_or_else(|| Refusal::no_such_object(id))?, call.query.get("$select"), &[]);
    body["@odata.context"] = call.context("identity/conditionalAccess/policies/$entity").into();
    ok(body)
}

/// Reading requires `Policy.Read.All`, and one of a few roles.
fn may_read(tenant: &Tenant, call: &Call<'_>) -> Result<(), Refusal> {
    if call.has_scope(&["Policy.Read.All"]) && rights::may_read_access_rules(tenant, call.me(), call.now) {
        return Ok(());
    }
    let message = "You cannot perform the requested operation, required scopes are missing in the token.";
    Err(Refusal::new(403, "AccessDenied", message))
}

fn policy(tenant: &Tenant, rule: &AccessRule) -> Value {
    let applications: &[&str] = if rule.contexts.is_empty() { &["All"] } else { &[] };
    json!({
        "id": guid("access-rule", rule.name),
        "templateId": null,
        "displayName": rule.name,
        "createdDateTime": timestamp(tenant.seed.now_ms - 400 * DAY_MS),
        "modifiedDateTime": null,
        "state": rule.state,
        "sessionControls": null,
        "conditions": {
            "clientAppTypes": ["all"],
            "applications": {
                "includeApplications": applications,
                "excludeApplications": [],
                "includeUserActions": [],
                "includeAuthenticationContextClassReferences": rule.contexts,
                "applicationFilter": null,
            },
            "users": {
                "includeUsers": ["All"],
                "excludeUsers": [],
                "includeGroups": [],
                "excludeGroups": [],
                "includeRoles": [],
                "excludeRoles": [],
            },
        },
        "grantControls": {
            "operator": "OR",
            "builtInControls": rule.controls,
            "customAuthenticationFactors": [],
            "termsOfUse": [],
        },
    })
}
