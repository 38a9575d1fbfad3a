//! Which groups are in PIM (beta): IDs only.

use serde_json::json;

use super::call::{Call, Reply};
use super::refusal::Refusal;
use super::{ok, page};
use crate::tenant::Tenant;

const SET: &str = "identityGovernance/privilegedAccess/group/resources";
const SCOPES: [&str; 2] = ["PrivilegedAccess.Read.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup"];

/// `GET …/group/resources`: any member of the tenant may call it.
pub(super) fn list(tenant: &Tenant, call: &Call<'_>) -> Reply {
    call.need_pim_scope(&SCOPES)?;
    let resources = tenant.visible(call.now).onboarded().map(|id| json!({ "id": id })).collect();
    page::filtered(call, SET, resources)
}

/// `GET …/group/resources/{id}`
pub(super) fn get(tenant: &Tenant, call: &Call<'_>, id: &str) -> Reply {
    call.need_pim_scope(&SCOPES)?;
    if tenant.visible(call.now).is_onboarded(id) {
        ok(json!({ "@odata.context": call.context(SET), "id": id }))
    } else {
        Err(Refusal::nested(404, "ResourceNotFound", "The resource is not found."))
    }
}
