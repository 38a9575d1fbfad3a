//! Who may approve: people, groups, and kinds PIM may add, identified as in Graph.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// What kind of approver it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ApproverKind {
    /// One person (`singleUser`).
    User,
    /// Every member of a group (`groupMembers`).
    Group,
    /// Anything else (a manager, a sponsor, …): kept and shown, never created here.
    Other,
}

/// An approver by identity. Names are looked up elsewhere: Graph does not send them here (graph.md G12).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Approver {
    /// The kind.
    pub kind: ApproverKind,
    /// The object ID; for [`ApproverKind::Other`] the whole entry as JSON text.
    pub id: String,
}

impl Approver {
    /// Parses an entry of `primaryApprovers`, in the v1.0 shape (`userId`, `groupId`) or beta's (`id`; graph.md G11).
    pub fn read(entry: &Json) -> Self {
        let id_of = |key: &str| {
            let id = entry[key].as_str().or_else(|| entry["id"].as_str())?;
            (!id.is_empty()).then(|| id.to_ascii_lowercase())
        };
        let known = match entry["@odata.type"].as_str().unwrap_or_default() {
            "#microsoft.graph.singleUser" => id_of("userId").map(|id| Self { kind: ApproverKind::User, id }),
            "#microsoft.graph.groupMembers" => id_of("groupId").map(|id| Self { kind: ApproverKind::Group, id }),
            _ => None,
        };
        known.unwrap_or_else(|| Self { kind: ApproverKind::Other, id: entry.to_string() })
    }

    /// A new entry in the v1.0 shape. [`ApproverKind::Other`] returns the entry it was parsed from.
    pub fn to_entry(&self) -> Json {
        match self.kind {
            ApproverKind::User => json!({"@odata.type": "#microsoft.graph.singleUser", "userId": self.id}),
            ApproverKind::Group => json!({"@odata.type": "#microsoft.graph.groupMembers", "groupId": self.id}),
            ApproverKind::Other => serde_json::from_str(&self.id).unwrap_or(Json::Null),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_shapes_and_keeps_the_rest() {
        let v1 = json!({"@odata.type": "#microsoft.graph.singleUser", "userId": "AB", "description": null});
        let beta = json!({"@odata.type": "#microsoft.graph.singleUser", "id": "ab", "isBackup": false});
        assert_eq!(Approver::read(&v1), Approver::read(&beta));
        for odd in [
            json!({"@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1}),
            json!({"@odata.type": "#microsoft.graph.singleUser", "userId": ""}),
            json!(null),
            json!("text"),
        ] {
            let approver = Approver::read(&odd);
            assert_eq!(approver.kind, ApproverKind::Other);
            assert_eq!(approver.to_entry(), odd);
        }
    }
}
