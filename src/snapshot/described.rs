//! The descriptions of approvers in raw rules: Graph may write the name of a person or group there.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::policy::{Approver, ApproverKind};

const DESCRIPTION: &str = "description";

/// The person or group that an entry names by its ID.
fn approver(entry: &Json) -> Option<Approver> {
    entry.get("@odata.type")?;
    Some(Approver::read(entry)).filter(|approver| approver.kind != ApproverKind::Other)
}

/// Leaves out the descriptions of these approvers.
pub(super) fn strip(rule: &mut Json, which: &dyn Fn(&Approver) -> bool) {
    let is_stripped = approver(rule).is_some_and(|approver| which(&approver));
    match rule {
        Json::Object(fields) => {
            if is_stripped {
                fields.remove(DESCRIPTION);
            }
            fields.values_mut().for_each(|value| strip(value, which));
        }
        Json::Array(list) => list.iter_mut().for_each(|entry| strip(entry, which)),
        _ => {}
    }
}

/// Adds the approvers that stand somewhere without a description.
pub(super) fn add_bare(rule: &Json, bare: &mut BTreeSet<Approver>) {
    match rule {
        Json::Object(fields) => {
            if fields.get(DESCRIPTION).is_none_or(Json::is_null) {
                bare.extend(approver(rule));
            }
            fields.values().for_each(|value| add_bare(value, bare));
        }
        Json::Array(list) => list.iter().for_each(|entry| add_bare(entry, bare)),
        _ => {}
    }
}
