//! `/organization`: the tenant's name and domains.

use serde_json::json;

use super::call::{Call, Reply};
use super::odata::select;
use super::{ok, people};
use crate::{TENANT_ID, TENANT_NAME};

/// `GET /organization`
pub(super) fn list(call: &Call<'_>) -> Reply {
    call.need_directory_scope(&[people::OWN.as_slice(), &["Organization.Read.All"]].concat())?;
    let domain = |name: &str, is_default: bool| json!({ "capabilities": "Email", "isDefault": is_default, "isInitial": !is_default, "name": name, "type": "Managed" });
    let tenant = json!({
        "id": TENANT_ID,
        "displayName": TENANT_NAME,
        "verifiedDomains": [domain("contoso.com", true), domain("contoso.onmicrosoft.com", false)],
    });
    ok(json!({
        "@odata.context": call.context("organization"),
        "value": [select(tenant, call.query.get("$select"), &[])],
    }))
}
