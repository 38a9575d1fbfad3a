//! Reads what helps to decide requests: one `$batch` per version of the API for a page of them, and not again within
//! five minutes for the same request.

mod build;
mod facts;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use futures_util::future::{join, join3};
use serde_json::Value as Json;

use crate::approval::evidence::{Part, Unreadable};
use crate::approval::{Evidence, Kind, Request, Target};
use crate::graph::{Client, Error, Tokens, Version, answer, batch, decode, endpoint};
use crate::guid::Guid;
use crate::policy::{Approver, Subject};
use crate::world::World;
use build::build;
use facts::Facts;

/// How many approvals of roles are requested to find out whether this cloud has them: one may be gone by then.
const PROBES: usize = 2;

/// How long a part that failed to be read is not requested again, ms.
const AGAIN_MS: i64 = 60_000;

/// After this long, something is read again when it is asked for, ms: a policy, a person or what a group grants may
/// have changed.
const FRESH_MS: i64 = 5 * 60_000;

/// The evidence of one request.
#[derive(Debug)]
struct Known {
    /// When it was put together, ms since 1970.
    at_unix_ms: i64,
    /// When the oldest answer in it may have been read.
    since_unix_ms: i64,
    evidence: Evidence,
}

/// The evidence gathered so far. Kept as long as the session.
#[derive(Debug, Default)]
pub struct Evidences {
    known: RefCell<BTreeMap<(Kind, String), Known>>,
    facts: RefCell<Facts>,
    role_steps: Cell<Option<bool>>,
}

impl Evidences {
    /// What is known about a request.
    pub fn get(&self, request: &Request) -> Option<Evidence> {
        self.known.borrow().get(&(request.kind(), request.id.clone())).map(|known| known.evidence.clone())
    }

    /// Whether this cloud is known to lack the approval step that decides a request for an Entra role, though it lists
    /// them.
    pub fn lacks_role_steps(&self) -> bool {
        self.role_steps.get() == Some(false)
    }

    /// Forgets everything: the next gathering reads it all again.
    pub fn forget(&self) {
        self.known.borrow_mut().clear();
        *self.facts.borrow_mut() = Facts::default();
    }

    /// Reads what is not yet known about these requests or was read too long ago; the old evidence is shown until the
    /// new is there. What could not be read is noted in the evidence.
    pub async fn gather<W: World, T: Tokens>(&self, client: &Client<W, T>, requests: &[Request]) {
        let now = client.world().unix_ms();
        let lacking: Vec<&Request> = requests.iter().filter(|request| self.lacks(request, now)).collect();
        if lacking.is_empty() {
            return;
        }
        if is_old(self.facts.borrow().since_unix_ms, now) {
            *self.facts.borrow_mut() = Facts::since(now);
        }
        let parts: Vec<_> = lacking.iter().flat_map(|request| calls(request)).collect();
        let marks = lacking.iter().any(|request| may_be_privileged(&request.target));
        let past = async {
            for kind in Kind::ALL {
                if lacking.iter().any(|request| request.kind() == kind) {
                    self.read_past(client, kind, &lacking).await;
                }
            }
        };
        join3(self.read(client, parts, Version::V1), self.read_beta(client, marks, &lacking), past).await;

        // A role's policy may be filed under another type of scope (graph.md G18).
        let subjects: Vec<Subject> = lacking.iter().filter_map(|request| request.target.subject()).collect();
        let (next, approvers) = {
            let facts = self.facts.borrow();
            let none = |subject: &&Subject| facts.policy(subject) == Err(Unreadable::NotFound);
            let other = |subject: &Subject| {
                subject.scope_types().iter().skip(1).map(|scope| endpoint::policy(subject, scope)).collect::<Vec<_>>()
            };
            let approvers: Vec<Guid> = subjects
                .iter()
                .filter_map(|subject| facts.policy(subject).ok())
                .flat_map(|policy| facts.unnamed(&policy))
                .collect();
            (subjects.iter().filter(none).flat_map(other).collect::<Vec<_>>(), approvers)
        };
        join(self.read(client, next, Version::V1), self.read_names(client, approvers)).await;

        let facts = self.facts.borrow();
        let mut known = self.known.borrow_mut();
        for request in lacking {
            let (key, evidence) = ((request.kind(), request.id.clone()), build(request, &facts));
            let mut found = Known { at_unix_ms: now, since_unix_ms: facts.since_unix_ms, evidence };
            if let Some(before) = known.get(&key)
                && found.evidence.fill_from(&before.evidence)
            {
                found.since_unix_ms = before.since_unix_ms;
            }
            known.insert(key, found);
        }
    }

    /// Whether it is no longer known, or a part of it failed a while ago.
    fn lacks(&self, request: &Request, now: i64) -> bool {
        self.known.borrow().get(&(request.kind(), request.id.clone())).is_none_or(|known| {
            let evidence = &known.evidence;
            let failed = has_failed(evidence.grants.as_ref())
                || has_failed(evidence.demands.as_ref())
                || has_failed(evidence.requester.as_ref())
                || has_failed(evidence.past.as_ref());
            (failed || is_old(known.since_unix_ms, now)) && (now - known.at_unix_ms).abs() >= AGAIN_MS
        })
    }

    /// Reads the missing parts in as few batches as possible. A failed batch does not affect the others.
    async fn read<W: World, T: Tokens>(
        &self,
        client: &Client<W, T>,
        parts: Vec<crate::graph::Request>,
        version: Version,
    ) {
        let mut asked: Vec<crate::graph::Request> = Vec::new();
        for part in parts {
            let known = self.facts.borrow().has(&part.path) || asked.iter().any(|other| other.path == part.path);
            if !known && client.granted(part.scopes) {
                asked.push(part);
            } else if !known {
                self.facts.borrow_mut().keep(part.path, Err(Unreadable::NotGranted));
            }
        }
        for chunk in asked.chunks(batch::PARTS) {
            let answers = client.batch(chunk, version).await;
            let mut facts = self.facts.borrow_mut();
            for (at, part) in chunk.iter().enumerate() {
                let answer = match &answers {
                    Ok(answers) => answers.get(at).cloned().unwrap_or(Ok(Json::Null)),
                    Err(error) => Err(error.clone()),
                };
                facts.keep(part.path.clone(), answer.map_err(|error| why(&error)));
            }
        }
    }

    /// What only beta has: which roles are privileged (one list for all), and whether approvals of roles exist.
    async fn read_beta<W: World, T: Tokens>(&self, client: &Client<W, T>, marks: bool, requests: &[&Request]) {
        let mut parts: Vec<crate::graph::Request> = Vec::new();
        if marks {
            parts.push(endpoint::roles_privileged());
        }
        let is_probe = |request: &&&Request| {
            request.kind() == Kind::Role && request.is_pending() && request.has_approval && !request.is_extension()
        };
        let known = self.role_steps.get().is_some();
        let probes: Vec<_> = requests.iter().filter(is_probe).take(if known { 0 } else { PROBES }).collect();
        let probes: Vec<_> =
            probes.into_iter().map(|request| endpoint::approvals::stages(Kind::Role, &request.id)).collect();
        let paths: Vec<String> = probes.iter().map(|probe| probe.path.clone()).collect();
        parts.extend(probes);
        self.read(client, parts, Version::Beta).await;
        let mut facts = self.facts.borrow_mut();
        let answers: Vec<_> = paths.iter().filter_map(|path| facts.take(path)).collect();
        let there = answers.iter().any(Result::is_ok);
        if there || (!answers.is_empty() && answers.iter().all(|answer| *answer == Err(Unreadable::NotFound))) {
            self.role_steps.set(Some(there));
        }
    }

    /// Everything this person could have decided: it contains the earlier requests of everyone who asks now. A list
    /// without one of these requests was read before it was made, so what preceded it may have ended since.
    async fn read_past<W: World, T: Tokens>(&self, client: &Client<W, T>, kind: Kind, requests: &[&Request]) {
        let holds_all = |past: &Vec<Request>| {
            let mut asked = requests.iter().filter(|request| request.kind() == kind);
            asked.all(|request| past.iter().any(|other| other.id == request.id))
        };
        if matches!(self.facts.borrow().past.get(&kind), Some(Ok(past)) if holds_all(past)) {
            return;
        }
        let call = endpoint::approvals::past(kind);
        let answer = if client.granted(call.scopes) {
            client.whole(&call).await.map_err(|error| why(&error))
        } else {
            Err(Unreadable::NotGranted)
        };
        let past = answer.map(|entries| decode::requests(kind, &entries).0);
        self.facts.borrow_mut().past.insert(kind, past);
    }

    async fn read_names<W: World, T: Tokens>(&self, client: &Client<W, T>, ids: Vec<Guid>) {
        if ids.is_empty() {
            return;
        }
        // Names that cannot be read stay IDs.
        if let Ok(found) = super::directory::names(client, &ids).await {
            let names = found.into_iter().map(|(id, entry)| (id, entry.name().to_owned()));
            self.facts.borrow_mut().names.extend(names);
        }
    }
}

/// Whether what was read then must be read again; also if the clock was set back.
const fn is_old(read_unix_ms: i64, now: i64) -> bool {
    (now - read_unix_ms).abs() >= FRESH_MS
}

fn has_failed<T>(part: Result<&T, &Unreadable>) -> bool {
    part.err() == Some(&Unreadable::Failed)
}

/// The calls that a request needs, apart from the lists that serve all.
fn calls(request: &Request) -> Vec<crate::graph::Request> {
    let mut calls = Vec::new();
    if let Some(subject) = request.target.subject() {
        calls.extend(subject.scope_types().first().map(|scope| endpoint::policy(&subject, scope)));
    }
    calls.extend(request.requester().map(endpoint::evidence::person));
    match (&request.target, request.target.id()) {
        (Target::Group { group, .. }, Some(id)) => {
            if group.is_none() {
                calls.push(endpoint::group(id));
            }
            if may_be_privileged(&request.target) {
                calls.extend([endpoint::evidence::held_roles(id), endpoint::evidence::eligible_roles(id)]);
            }
        }
        (Target::Role { role: None, .. }, Some(id)) => calls.push(endpoint::role(id)),
        _ => {}
    }
    calls
}

/// Only role-assignable groups can hold Entra roles.
fn may_be_privileged(target: &Target) -> bool {
    match target {
        Target::Group { group, .. } => group.as_ref().is_none_or(|group| group.role_assignable),
        Target::Role { .. } => true,
    }
}

/// An error, reduced to what matters here.
fn why(error: &Error) -> Unreadable {
    match error.status() {
        _ if error.wants_other_token() => Unreadable::Failed,
        Some(403) => Unreadable::Refused,
        Some(400 | 404 | 405 | 501) => Unreadable::NotFound,
        _ => Unreadable::Failed,
    }
}

/// The list in an answer.
fn list(body: &Json) -> Part<&[Json]> {
    answer::list(body, "GET").map_err(|error| why(&error))
}

/// The ID of an approver that has a name to look up.
fn approver_id(approver: &Approver) -> Option<Guid> {
    approver.id.parse().ok()
}
