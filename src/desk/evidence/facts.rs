//! The answers that evidence is built from, by the call they answer: rows that share a group, a policy or a person
//! share the answer.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{approver_id, list};
use crate::approval::evidence::{Demands, Part, Unreadable};
use crate::approval::{Kind, Request};
use crate::graph::{decode, endpoint};
use crate::guid::Guid;
use crate::policy::{Policy, Subject};

/// The answers read so far, by call.
#[derive(Debug, Default)]
pub struct Facts {
    /// When the first of it was read, ms since 1970: all of it expires together.
    pub since_unix_ms: i64,
    answers: BTreeMap<String, Part<Json>>,
    /// The requests this person could have decided, of any status.
    pub past: BTreeMap<Kind, Part<Vec<Request>>>,
    /// Names of approvers.
    pub names: BTreeMap<Guid, String>,
}

impl Facts {
    /// Nothing read yet, starting at this time.
    pub fn since(unix_ms: i64) -> Self {
        Self { since_unix_ms: unix_ms, ..Self::default() }
    }

    /// Whether the call has an answer that need not be asked for again.
    pub fn has(&self, path: &str) -> bool {
        self.answers.get(path).is_some_and(|answer| *answer != Err(Unreadable::Failed))
    }

    /// Stores an answer.
    pub fn keep(&mut self, path: String, answer: Part<Json>) {
        self.answers.insert(path, answer);
    }

    /// Removes an answer that is valid only briefly.
    pub fn take(&mut self, path: &str) -> Option<Part<Json>> {
        self.answers.remove(path)
    }

    /// The answer to a call.
    pub fn answer(&self, path: &str) -> Part<&Json> {
        self.answers.get(path).map_or(Err(Unreadable::Failed), |answer| answer.as_ref().map_err(|why| *why))
    }

    /// The one policy of a subject, under whichever scope type it was found.
    pub fn policy(&self, subject: &Subject) -> Part<Policy> {
        let mut missing = Err(Unreadable::NotFound);
        for scope in subject.scope_types() {
            let path = endpoint::policy(subject, scope).path;
            if !self.answers.contains_key(&path) {
                continue;
            }
            match self.answer(&path).and_then(list) {
                Ok(entries) => {
                    let mut found = decode::policies(subject, entries.to_vec());
                    if found.len() == 1 {
                        return found.pop().ok_or(Unreadable::NotFound);
                    }
                }
                Err(why) => missing = Err(why),
            }
        }
        missing
    }

    /// The approvers of a policy that have no name yet.
    pub fn unnamed(&self, policy: &Policy) -> Vec<Guid> {
        let approvers = Demands::of(policy).approvers.unwrap_or_default();
        let ids = approvers.iter().filter_map(|named| approver_id(&named.approver));
        ids.filter(|id| !self.names.contains_key(id)).collect()
    }

    /// Whether a role is marked as privileged, by template ID.
    pub fn privileged(&self, template: &Guid) -> Option<bool> {
        let body = self.answer(&endpoint::roles_privileged().path).ok()?;
        let entries = body["value"].as_array()?;
        let same = |entry: &&Json| entry["id"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(template.as_str()));
        entries.iter().find(same)?["isPrivileged"].as_bool()
    }
}
