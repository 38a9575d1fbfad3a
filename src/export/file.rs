//! The policy as a file: what Graph's list of policy assignments returns for it, without the ids that change.

use serde_json::json;

use super::Export;

pub(super) fn text(export: &Export) -> String {
    let file = json!({
        "scopeId": export.subject.scope_id(),
        "scopeType": export.subject.scope_types().first(),
        "roleDefinitionId": export.subject.definition(),
        "policy": { "rules": export.rules },
    });
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}
