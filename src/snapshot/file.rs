//! A snapshot as a file.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::described::strip;
use super::{KIND, Snapshot, SnapshotPolicy, VERSION, is_opened};
use crate::policy::{Approver, ApproverKind, Rule};

/// Which names are included in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    /// Of groups and roles.
    pub holders: bool,
    /// Of people: who took the snapshot, who last changed a policy, who approves.
    pub people: bool,
}

impl Default for Naming {
    fn default() -> Self {
        Self { holders: true, people: false }
    }
}

impl Snapshot {
    /// A copy with only the names that were asked for.
    #[must_use]
    pub fn named(mut self, naming: Naming) -> Self {
        if !naming.holders {
            self.policies.iter_mut().for_each(|kept| kept.name.clear());
        }
        if !naming.people {
            self.taken_by = None;
            self.people = BTreeMap::new();
            self.policies.iter_mut().for_each(|kept| kept.policy.modified_by = None);
        }
        let unnamed = |approver: &Approver| match approver.kind {
            ApproverKind::User => !naming.people,
            ApproverKind::Group => !naming.holders,
            ApproverKind::Other => false,
        };
        for rule in self.policies.iter_mut().flat_map(|kept| &mut kept.policy.rules) {
            let mut raw = rule.raw().clone();
            strip(&mut raw, &unnamed);
            if raw != *rule.raw() {
                *rule = Rule::new(raw);
            }
        }
        self
    }

    /// Its file name: `pim-desk-snapshot-2026-11-27T1030Z.json`.
    pub fn file_name(&self) -> String {
        let time: String = self.taken_at.chars().take(16).filter(|c| *c != ':').collect();
        ["pim-desk-snapshot-", &time, "Z.json"].concat()
    }
}

/// The file's text: one policy on each line, so that two snapshots can be compared with any tool.
pub fn to_file(snapshot: &Snapshot) -> String {
    let mut head = head(snapshot);
    head.insert("policies".to_owned(), Json::Array(Vec::new()));
    let mut text = serde_json::to_string_pretty(&Json::Object(head)).unwrap_or_default();
    let lines: Vec<String> =
        snapshot.policies.iter().map(|kept| ["    ", &policy(kept).to_string()].concat()).collect();
    if !lines.is_empty() {
        text = text.replacen("\"policies\": []", &["\"policies\": [\n", &lines.join(",\n"), "\n  ]"].concat(), 1);
    }
    text.push('\n');
    text
}

/// Whether its file can be opened again.
pub fn can_be_opened(snapshot: &Snapshot) -> bool {
    let entries = snapshot.policies.len().max(snapshot.not_read.len());
    is_opened(0, entries) && is_opened(to_file(snapshot).len(), entries)
}

/// The same as a value.
pub fn to_json(snapshot: &Snapshot) -> Json {
    let mut head = head(snapshot);
    head.insert("policies".to_owned(), snapshot.policies.iter().map(policy).collect());
    Json::Object(head)
}

fn head(snapshot: &Snapshot) -> serde_json::Map<String, Json> {
    let not_read: Vec<Json> = snapshot
        .not_read
        .iter()
        .map(|(subject, why)| json!({"subject": subject.to_string(), "why": why.as_str()}))
        .collect();
    let mut head = serde_json::Map::new();
    let mut put = |name: &str, value: Json| head.insert(name.to_owned(), value);
    put("kind", KIND.into());
    put("version", VERSION.into());
    put("tenant", snapshot.tenant.as_str().into());
    put("takenAt", snapshot.taken_at.as_str().into());
    if let Some(by) = &snapshot.taken_by {
        put("takenBy", by.as_str().into());
    }
    put("whole", snapshot.whole.iter().map(|class| class.as_str()).collect());
    put("complete", snapshot.complete.into());
    put("notRead", not_read.into());
    if !snapshot.people.is_empty() {
        let people: serde_json::Map<String, Json> =
            snapshot.people.iter().map(|(id, name)| (id.to_string(), name.as_str().into())).collect();
        put("people", people.into());
    }
    head
}

fn policy(kept: &SnapshotPolicy) -> Json {
    let mut entry = serde_json::Map::new();
    let mut put = |name: &str, value: Json| entry.insert(name.to_owned(), value);
    put("subject", kept.policy.subject.to_string().into());
    if !kept.name.is_empty() {
        put("name", kept.name.as_str().into());
    }
    if let Some(at) = &kept.policy.modified_at {
        put("modifiedAt", at.as_str().into());
    }
    if let Some(by) = &kept.policy.modified_by {
        put("modifiedBy", by.as_str().into());
    }
    put("rules", kept.policy.rules.iter().map(Rule::raw).cloned().collect());
    Json::Object(entry)
}
