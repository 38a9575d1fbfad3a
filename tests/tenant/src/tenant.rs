//! The tenant: its state, the one entry for requests, and what tests change bypassing the product.

use std::borrow::Borrow;

use serde_json::Value;

use crate::arrival::Arrival;
use crate::directory::{Access, Directory, Group, Person, RoleDefinition};
use crate::fault::{Armed, Effect, Fault};
use crate::graph;
use crate::http::{Outcome, Request, Response};
use crate::ids::Random;
use crate::pim::{Decision, Pim, Policy, ScopeType, Subject};
use crate::seed::{self, Seed};
use crate::sign_in::{self, SignIn};
use crate::url::{Url, percent_decode};

/// The most exchanges kept; the older half is dropped beyond that.
const LOG_LIMIT: usize = 20_000;

/// One request and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The request as it arrived.
    pub request: Request,
    /// Its result.
    pub outcome: Summary,
}

/// The result of a request, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The status code; `None` if the connection ended without an answer.
    pub status: Option<u16>,
    /// The body of the answer.
    pub body: String,
    /// For a dropped connection: whether the request took effect.
    pub applied: bool,
}

/// What some reads show instead of the current state.
#[derive(Clone, Debug)]
struct Lagged {
    pim: Pim,
    until: i64,
    /// Which reads, as in [`Effect::Turns`]; the lowest bit is the current one.
    old: u32,
}

/// An emulated tenant.
#[derive(Clone, Debug)]
pub struct Tenant {
    pub(crate) seed: Seed,
    pub(crate) directory: Directory,
    pub(crate) pim: Pim,
    lagged: Option<Lagged>,
    pub(crate) sign_in: SignIn,
    pub(crate) random: Random,
    faults: Vec<Armed>,
    log: Vec<Exchange>,
}

impl Tenant {
    /// A tenant made from its seed.
    pub fn new(seed: &Seed) -> Self {
        let directory = seed::directory(seed);
        let pim = seed::pim(seed, &directory);
        Self {
            sign_in: SignIn::new(seed),
            random: Random::new(seed.seed),
            directory,
            pim,
            lagged: None,
            faults: Vec::new(),
            log: Vec::new(),
            seed: seed.clone(),
        }
    }

    /// Answers one request at one time (milliseconds since 1970). The request is logged.
    pub fn handle(&mut self, request: &Request, now_ms: i64) -> Outcome {
        let mut outcome = self.exchange(request, now_ms);
        // Every answer is delayed once: the parts of a batch have no delay of their own.
        if let Outcome::Answer(answer) = &mut outcome {
            answer.delay_ms = answer.delay_ms.saturating_add(self.seed.latency_ms);
        }
        if self.log.len() >= LOG_LIMIT {
            self.log.drain(..LOG_LIMIT / 2);
        }
        let summary = match &outcome {
            Outcome::Answer(answer) => {
                Summary { status: Some(answer.status), body: answer.body.clone(), applied: true }
            }
            Outcome::Dropped { applied } => Summary { status: None, body: String::new(), applied: *applied },
        };
        self.log.push(Exchange { at_ms: now_ms, request: request.clone(), outcome: summary });
        outcome
    }

    /// Plays the faults that hit the request around its handling; also called for the parts of a batch.
    pub(crate) fn exchange(&mut self, request: &Request, now: i64) -> Outcome {
        let Some(url) = Url::parse(&request.url) else {
            return Outcome::Answer(Response::empty(400));
        };
        let target = percent_decode(&format!("{}?{}", url.path, url.raw_query), true);
        let effects: Vec<Effect> =
            self.faults.iter_mut().filter_map(|fault| fault.hit(&request.method, &target)).collect();
        let mut delay: u64 = 0;
        let mut replaced = None;
        let (mut drop_after, mut forget, mut rotate, mut lag) = (false, false, false, None);
        if let Some(lagged) = self.lagged.as_mut().filter(|_| request.method == "GET") {
            lagged.old = lagged.old.rotate_right(1);
        }
        for effect in effects {
            match effect {
                Effect::Latency { ms } => delay += ms,
                Effect::DropBefore => return Outcome::Dropped { applied: false },
                Effect::DropAfter => drop_after = true,
                Effect::NeverStored => forget = true,
                Effect::RotateIds => rotate = true,
                Effect::Lag { ms } => lag = Some((ms, u32::MAX)),
                // The next read rotates to the lowest bit.
                Effect::Turns { ms, old } => lag = Some((ms, old.rotate_left(1))),
                Effect::EditBefore { group, access, rule, patch, by } => {
                    self.edit_rule(&group, access.as_str(), &rule, patch, &by, now);
                }
                Effect::DecideBefore { request, by, approve, justification } => {
                    self.decide(&request, &by, approve, &justification, now);
                }
                Effect::RevokeToken => self.sign_in.revoke(request),
                Effect::Refuse { status, retry_after } => {
                    let answer = if sign_in::owns(&url) {
                        sign_in::refuse(self, request, status, now)
                    } else {
                        graph::refuse(self, request, status, now)
                    };
                    replaced.get_or_insert(match retry_after {
                        Some(value) => answer.with_header("retry-after", &value),
                        None => answer,
                    });
                }
                Effect::Replace { status, content_type, body } => {
                    let answer = Response { body, ..Response::empty(status) };
                    let answer = answer.with_header("content-type", &content_type);
                    replaced.get_or_insert(graph::with_cors(self, answer));
                }
                Effect::StepUp { context } => {
                    if let Some(answer) = graph::step_up(self, request, &context, now) {
                        replaced.get_or_insert(answer);
                    }
                }
            }
        }
        let before = (forget || lag.is_some()).then(|| self.pim.clone());
        let mut answer = replaced.unwrap_or_else(|| self.dispatch(request, &url, now));
        match (before, lag) {
            (Some(old), _) if forget => self.pim = old,
            (Some(pim), Some((ms, old))) => {
                let pim = self.lagged.take().filter(|lagged| now < lagged.until).map_or(pim, |lagged| lagged.pim);
                self.lagged = Some(Lagged { pim, until: now.saturating_add(ms), old });
            }
            _ => {}
        }
        if rotate {
            self.pim.rotate();
        }
        if drop_after {
            return Outcome::Dropped { applied: true };
        }
        answer.delay_ms = answer.delay_ms.saturating_add(delay);
        Outcome::Answer(answer)
    }

    fn dispatch(&mut self, request: &Request, url: &Url, now: i64) -> Response {
        if sign_in::owns(url) {
            sign_in::answer(self, request, url, now)
        } else if graph::owns(url) {
            graph::answer(self, request, url, now)
        } else {
            Response::empty(404)
        }
    }

    /// The state that reads see: the current one, or an older one while a write is still spreading.
    pub(crate) fn visible(&self, now: i64) -> &Pim {
        match &self.lagged {
            Some(lagged) if now < lagged.until && lagged.old & 1 == 1 => &lagged.pim,
            _ => &self.pim,
        }
    }

    /// Whether a request to this address is for the sign-in service or for Graph, not for static files.
    pub fn owns(url: &str) -> bool {
        Url::parse(url).is_some_and(|url| sign_in::owns(&url) || graph::owns(&url))
    }

    /// The exchanges so far, oldest first; the parts of a batch are not listed separately.
    pub fn log(&self) -> &[Exchange] {
        &self.log
    }

    /// Clears the list of exchanges.
    pub fn clear_log(&mut self) {
        self.log.clear();
    }

    /// Replaces all faults; their counters start over.
    pub fn set_faults(&mut self, faults: Vec<Fault>) {
        self.faults = faults.into_iter().map(Armed::new).collect();
    }

    /// Everyone in the directory.
    pub fn people(&self) -> &[Person] {
        &self.directory.people
    }

    /// All groups in the directory.
    pub fn groups(&self) -> &[Group] {
        &self.directory.groups
    }

    /// Another administrator changes the display name of a group or person. Unknown IDs change nothing.
    pub fn rename(&mut self, id: &str, name: &str) {
        let groups = self.directory.groups.iter_mut().map(|group| (&group.id, &mut group.name));
        let people = self.directory.people.iter_mut().map(|person| (&person.id, &mut person.name));
        if let Some((_, own)) = groups.chain(people).find(|(known, _)| *known == id) {
            name.clone_into(own);
        }
    }

    /// A group by object ID or display name.
    pub fn group(&self, id_or_name: &str) -> Option<&Group> {
        let by_name = || self.directory.groups.iter().find(|group| group.name == id_or_name);
        self.directory.group(id_or_name).or_else(by_name)
    }

    /// All role definitions, the built-in ones first.
    pub fn roles(&self) -> &[RoleDefinition] {
        &self.directory.roles
    }

    /// A role definition by ID or display name.
    pub fn role(&self, id_or_name: &str) -> Option<&RoleDefinition> {
        let by_name = || self.directory.roles.iter().find(|role| role.name == id_or_name);
        self.directory.role(id_or_name).or_else(by_name)
    }

    /// A person by short name, user principal name or object ID.
    pub fn person(&self, who: &str) -> Option<&Person> {
        self.directory.find(who)
    }

    /// Whether a group (ID or name) is in PIM.
    pub fn is_onboarded(&self, group: &str) -> bool {
        self.group(group).is_some_and(|group| self.pim.is_onboarded(&group.id))
    }

    /// The subject of a policy: a group (ID or name) with `member` or `owner`, or a role (ID or name) with anything.
    fn subject(&self, name: &str, access: &str) -> Option<Subject> {
        match self.group(name) {
            Some(group) => Some(Subject::group(&group.id, Access::parse(access)?)),
            None => self.role(name).map(|role| Subject::Role(role.id.clone())),
        }
    }

    /// The current ID of the policy of a group or role (ID or name); `access` is `member` or `owner`, for roles
    /// anything.
    pub fn policy_id(&self, subject: &str, access: &str) -> Option<String> {
        let subject = self.subject(subject, access)?;
        let kind = match subject {
            Subject::Group { .. } => ScopeType::Group,
            Subject::Role(_) => ScopeType::DirectoryRole,
        };
        Some(self.pim.policy_id(&subject, kind))
    }

    /// A stored rule in the v1.0 shape, whatever reads show at the moment; arguments as for [`Self::policy_id`].
    pub fn rule(&self, subject: &str, access: &str, rule_id: &str) -> Option<Value> {
        self.pim.policy(&self.subject(subject, access)?).rule(rule_id).cloned()
    }

    /// All stored rules, as returned by [`Self::rule`]; none for an unknown subject.
    pub fn rules(&self, subject: &str, access: &str) -> Vec<Value> {
        self.subject(subject, access).map(|subject| self.pim.policy(&subject).rules).unwrap_or_default()
    }

    /// IDs of the access requests, oldest first.
    pub fn request_ids(&self) -> Vec<String> {
        self.pim.requests.iter().map(|request| request.id.clone()).collect()
    }

    /// Someone makes a request now. Returns its ID.
    ///
    /// # Errors
    /// A sentence about a person, group, role or unit that the tenant does not know.
    pub fn add_request(&mut self, arrival: &Arrival, now_ms: i64) -> Result<String, String> {
        let request = arrival.request(self, now_ms)?;
        let id = request.id.clone();
        self.pim.requests.push(request);
        Ok(id)
    }

    /// The role definition's ID of a request for a role.
    pub fn request_role(&self, id: &str) -> Option<&str> {
        self.pim.request(id)?.role()
    }

    /// The status of an access request at a time, such as `PendingApproval`.
    pub fn request_status(&self, id: &str, now_ms: i64) -> Option<&'static str> {
        self.pim.request(id).map(|request| request.status(now_ms))
    }

    /// Another administrator changes a rule of a group or role (ID or name): the properties in `patch` are overwritten
    /// unchecked, a rule with an unknown ID is added. Unknown names change nothing.
    pub fn edit_rule(
        &mut self,
        subject: &str,
        access: &str,
        rule_id: &str,
        patch: impl Borrow<Value>,
        by: &str,
        now_ms: i64,
    ) {
        let found = self.subject(subject, access);
        let by = self.directory.find(by).map(|person| person.name.clone());
        if let (Some(subject), Some(by)) = (found, by) {
            let mut policy = self.pim.policy(&subject);
            policy.overlay(rule_id, patch.borrow());
            self.date(&mut policy, by, now_ms);
            self.pim.store(subject, policy);
        }
    }

    /// Records who changed a policy, and when.
    pub(crate) fn date(&self, policy: &mut Policy, by: String, now_ms: i64) {
        if !self.seed.keeps_dates {
            policy.modified = Some((now_ms, by));
        }
    }

    /// Another approver decides a request, for a group or a role, that nobody has decided yet. Returns whether the
    /// decision was accepted.
    pub fn decide(&mut self, request_id: &str, by: &str, approve: bool, justification: &str, now_ms: i64) -> bool {
        let by = self.directory.find(by).map(|person| person.id.clone());
        match (self.pim.request_mut(request_id), by) {
            (Some(request), Some(by)) if request.has_approval() && request.status(now_ms) == "PendingApproval" => {
                let justification = justification.to_owned();
                request.decision = Some(Decision { approved: approve, by, at_ms: now_ms, justification });
                true
            }
            _ => false,
        }
    }

    /// An access token as issued by sign-in, for tests that begin after it. It declares the client capability `cp1` and
    /// is valid for an hour. For an unknown person it is a token that Graph refuses.
    pub fn issue_token(&mut self, person: &str, scopes: &[&str], now_ms: i64) -> String {
        let id = self.directory.find(person).map(|person| person.id.clone()).unwrap_or_default();
        let scopes: Vec<String> = scopes.iter().map(|&scope| scope.to_owned()).collect();
        sign_in::issue(self, &id, &scopes, true, &[], now_ms)
    }
}
