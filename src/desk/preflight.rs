//! Reads what a change would meet in the tenant, while it is being made and when the review opens: one `$batch`, and
//! one more for each further page of longer lists and if someone else has changed the approvers. What cannot be read to
//! its end, or needs a permission that was not granted, is missing from the facts and never an error.

pub mod many;
mod pages;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use self::pages::Pages;
use super::editing::meanwhile;
use super::policies;
use super::rights::WriteRight;
use super::save::Start;
use crate::graph::client::call_of;
use crate::graph::{Client, Error, Request, Tokens, Version, answer, decode, endpoint};
use crate::guid::Guid;
use crate::policy::preflight::{AccessPolicy, Contexts, Facts, Holding, Member, Missing, Who, Why};
use crate::policy::{Approver, ApproverKind, Draft, Policy, Requirement, Setting, Value};
use crate::world::{Moment, World};

/// Most groups of approvers whose members are read.
const GROUPS: usize = 8;

/// What is known from opening the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whether the person can probably write.
    pub write: WriteRight,
    /// Whether the save brings the group into PIM: certainly, perhaps (`None`), or not.
    pub onboards: Option<bool>,
}

impl Known {
    /// The facts before anything is read.
    fn facts(self) -> Facts {
        let may_write = match self.write {
            WriteRight::Likely => Some(true),
            WriteRight::Unlikely => Some(false),
            WriteRight::Unknown => None,
        };
        Facts { may_write, onboards: self.onboards, ..Facts::default() }
    }
}

/// One thing to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Approvers,
    Members(Guid),
    Eligible,
    Active,
    Owners,
    Contexts,
    AccessPolicies,
    Policy,
}

impl Part {
    /// What is missing if it cannot be read.
    const fn missing(&self) -> Option<Missing> {
        Some(match self {
            Self::Approvers => Missing::Approvers,
            Self::Members(_) => Missing::ApproverMembers,
            Self::Eligible => Missing::Eligible,
            Self::Active => Missing::Active,
            Self::Owners => Missing::Owners,
            Self::Contexts => Missing::Contexts,
            Self::AccessPolicies => Missing::AccessPolicies,
            Self::Policy => return None,
        })
    }
}

/// The facts, and the policy if it was read too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    /// The facts that a draft's findings need.
    pub facts: Facts,
    /// The policy itself, for a save that follows at once.
    pub start: Option<Start>,
}

/// Reads the facts that a draft's findings need; with `to_save` also the policy, so that a save that follows at once
/// need not read it first. If someone else has changed the approvers in it, the facts are read again for that policy.
pub async fn read<W: World, T: Tokens>(
    client: &Client<W, T>,
    policy: &Policy,
    draft: &Draft,
    known: Known,
    to_save: bool,
) -> Looked {
    let looked = read_for(client, policy, draft, known, to_save).await;
    let others = |start: &&Start| {
        let is_newer = meanwhile(draft, policy, &start.policy).is_some();
        is_newer && approvers(&start.policy, draft) != approvers(policy, draft)
    };
    match looked.start.as_ref().filter(others) {
        Some(start) => {
            let facts = read_for(client, &start.policy, draft, known, false).await.facts;
            Looked { facts, ..looked }
        }
        None => looked,
    }
}

async fn read_for<W: World, T: Tokens>(
    client: &Client<W, T>,
    policy: &Policy,
    draft: &Draft,
    known: Known,
    to_save: bool,
) -> Looked {
    let approvers = approvers(policy, draft);
    let mut parts = needed(policy, draft, &approvers);
    parts.extend(to_save.then_some(Part::Policy));
    let mut facts = known.facts();
    parts.retain(|part| may_ask(client, part, &call(policy, &approvers, part), &mut facts));
    let calls: Vec<Request> = parts.iter().map(|part| call(policy, &approvers, part)).collect();
    let mut start = None;
    if calls.is_empty() {
        return Looked { facts, start };
    }
    let asked_at = Moment::now(client.world());
    let answers = answers(client, &parts, calls).await;
    let mut members: BTreeMap<String, Vec<Who>> = BTreeMap::new();
    for (part, answered) in parts.iter().zip(answers) {
        if *part == Part::Policy {
            start = as_start(answered, policy, asked_at);
        } else {
            take_in(part, &answered, policy, &mut facts, &mut members);
        }
    }
    if let Some(found) = &mut facts.approvers {
        for (id, member) in found.iter_mut() {
            if let Member::Group(_, list) = member {
                *list = members.remove(id);
            }
        }
    }
    Looked { facts, start }
}

/// Whether the permission for a call is granted; without it, what is missing is noted.
fn may_ask<W: World, T: Tokens>(client: &Client<W, T>, part: &Part, call: &Request, facts: &mut Facts) -> bool {
    let granted = client.granted(call.scopes);
    if let Some(missing) = part.missing().filter(|_| !granted) {
        facts.lacks(missing, Why::NotGranted);
    }
    granted
}

/// Why a call gave no fact.
pub(super) fn why(error: &Error) -> Why {
    if error.is_forbidden() { Why::Refused } else { Why::Failed }
}

/// Sends the calls in one batch and further pages of their lists in more batches; returns the answers in order.
async fn answers<W: World, T: Tokens>(
    client: &Client<W, T>,
    parts: &[Part],
    calls: Vec<Request>,
) -> Vec<Result<Json, Error>> {
    let mut pages: Vec<Pages> = parts.iter().map(Pages::of).collect();
    let mut asked: Vec<(&mut Pages, Request)> = pages.iter_mut().zip(calls).collect();
    while !asked.is_empty() {
        let requests: Vec<Request> = asked.iter().map(|(_, request)| request.clone()).collect();
        let answered = client.batch(&requests, Version::V1).await;
        let answered = answered.unwrap_or_else(|error| requests.iter().map(|_| Err(error.clone())).collect());
        let further = asked.into_iter().zip(answered).filter_map(|((pages, request), answered)| {
            let next = pages.take(client, &request, answered)?;
            Some((pages, next))
        });
        asked = further.collect();
    }
    pages.into_iter().filter_map(|pages| pages.answer).collect()
}

/// The policy for a save, if exactly one was returned.
fn as_start(answered: Result<Json, Error>, policy: &Policy, asked_at: Moment) -> Option<Start> {
    let found = policies::decoded(&policy.subject, answered).ok()?;
    let policy = policies::of_subject(&found, &policy.subject).ok()?.clone();
    Some(Start { policy, asked_at })
}

/// The approvers as the draft has them, if it changes approval.
fn approvers(policy: &Policy, draft: &Draft) -> Vec<Approver> {
    let touched = [Setting::ApprovalRequired, Setting::Approvers].iter().any(|setting| draft.edit(*setting).is_some());
    let wanted = draft.value(policy, Setting::ApprovalRequired).and_then(|value| value.as_flag()) == Some(true);
    match draft.value(policy, Setting::Approvers) {
        Some(Value::Approvers(list)) if touched && wanted => list,
        _ => Vec::new(),
    }
}

fn ids(approvers: &[Approver], kind: Option<ApproverKind>) -> Vec<Guid> {
    let of_kind = |approver: &&Approver| kind.is_none_or(|kind| approver.kind == kind);
    approvers.iter().filter(of_kind).filter_map(|approver| approver.id.parse().ok()).collect()
}

fn needed(policy: &Policy, draft: &Draft, approvers: &[Approver]) -> Vec<Part> {
    let touched = |settings: &[Setting]| settings.iter().any(|setting| draft.edit(*setting).is_some());
    let mut parts = Vec::new();
    if !approvers.is_empty() {
        parts.push(Part::Approvers);
        parts.extend(ids(approvers, Some(ApproverKind::Group)).into_iter().take(GROUPS).map(Part::Members));
    }
    if !approvers.is_empty() || touched(&[Setting::EligiblePermanent, Setting::EligibleExpiry]) {
        parts.push(Part::Eligible);
    }
    if touched(&[Setting::ActivePermanent, Setting::ActiveExpiry]) {
        parts.push(Part::Active);
    }
    let mail = |setting: Setting| matches!(setting, Setting::MailDefaults(_) | Setting::MailRecipients(_));
    if policy.subject.can_be_outside_pim() && draft.edits().any(|(setting, _)| mail(setting)) {
        parts.push(Part::Owners);
    }
    if let Some(Value::Requirement(Requirement::Context(_))) = draft.value(policy, Setting::ActivationRequirement)
        && touched(&[Setting::ActivationRequirement])
    {
        parts.extend([Part::Contexts, Part::AccessPolicies]);
    }
    parts
}

fn call(policy: &Policy, approvers: &[Approver], part: &Part) -> Request {
    match part {
        Part::Approvers => endpoint::people_and_groups(&ids(approvers, None)),
        Part::Members(group) => endpoint::members(group),
        Part::Eligible => endpoint::eligible(&policy.subject),
        Part::Active => endpoint::active(&policy.subject),
        Part::Owners => endpoint::owners(policy.subject.id()),
        Part::Contexts => endpoint::authentication_contexts(),
        Part::AccessPolicies => endpoint::access_policies(),
        Part::Policy => {
            endpoint::policy(&policy.subject, policy.subject.scope_types().first().copied().unwrap_or_default())
        }
    }
}

fn take_in(
    part: &Part,
    answered: &Result<Json, Error>,
    policy: &Policy,
    facts: &mut Facts,
    members: &mut BTreeMap<String, Vec<Who>>,
) {
    let listed = answered.as_ref().map_err(why);
    let listed =
        listed.and_then(|body| answer::list(body, &call_of(&call(policy, &[], part))).map_err(|error| why(&error)));
    let entries = match (listed, part.missing()) {
        (Ok(entries), _) => entries,
        (Err(why), Some(missing)) => return facts.lacks(missing, why),
        (Err(_), None) => return,
    };
    let people = || entries.iter().filter_map(decode::who).collect::<Vec<_>>();
    match part {
        Part::Approvers => facts.approvers = Some(entries.iter().filter_map(member).collect()),
        Part::Members(group) => drop(members.insert(group.as_str().to_owned(), people())),
        Part::Policy => {}
        Part::Eligible => facts.eligible = Some(holdings(entries, policy)),
        Part::Active => facts.active = Some(holdings(entries, policy)),
        Part::Owners => facts.owners = Some(people()),
        Part::Contexts => {
            let known = entries.iter().filter_map(decode::context).map(|context| (context.id, context.available));
            facts.contexts.known = Some(known.collect());
        }
        Part::AccessPolicies => {
            facts.contexts = Contexts {
                policies: Some(entries.iter().map(access_policy).collect()),
                known: facts.contexts.known.take(),
            };
        }
    }
}

pub(super) fn member(entry: &Json) -> Option<(String, Member)> {
    let who = decode::who(entry)?;
    let id = who.id.clone();
    let is_group = entry["@odata.type"].as_str() == Some("#microsoft.graph.group");
    Some((id, if is_group { Member::Group(who, None) } else { Member::Person(who) }))
}

fn holdings(entries: &[Json], policy: &Policy) -> Vec<Holding> {
    entries.iter().filter(|entry| decode::is_of(entry, &policy.subject)).filter_map(decode::holding).collect()
}

pub(super) fn access_policy(entry: &Json) -> AccessPolicy {
    let targets = &entry["conditions"]["applications"]["includeAuthenticationContextClassReferences"];
    let contexts = targets.as_array().map(Vec::as_slice).unwrap_or_default();
    let people = entry["conditions"]["users"]["includeUsers"].as_array();
    AccessPolicy {
        enabled: entry["state"].as_str() == Some("enabled"),
        contexts: contexts.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        for_all: people.map(|people| people.iter().any(|id| id.as_str() == Some("All"))),
    }
}
