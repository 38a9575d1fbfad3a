//! Authentication contexts of Conditional Access.

use serde_json::json;

use super::call::{Call, Reply};
use super::page;
use crate::tenant::Tenant;

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
