//! The policy as a file: what Graph's list of policy assignments returns for it, without the IDs that change, and where
//! it comes from. The snapshots page can open it.

use serde_json::json;

use super::Export;

pub(super) fn text(export: &Export) -> String {
    let mut file = json!({
        "scopeId": export.subject.scope_id(),
        "scopeType": export.subject.scope_types().first(),
        "roleDefinitionId": export.subject.definition(),
        "policy": { "rules": export.rules },
    });
    if let Some(taken_at) = &export.taken_at {
        file["tenant"] = export.tenant.as_str().into();
        file["takenAt"] = taken_at.as_str().into();
    }
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}
