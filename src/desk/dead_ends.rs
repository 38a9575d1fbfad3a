//! Reads what is needed from the tenant to judge many policies: what several need is read once, in overlapping batches.
//! What would need a permission that was not granted is not asked for.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::pool::read_all;
use super::preflight::{access_policy, member, why};
use crate::dead_end::need::Need;
use crate::dead_end::needs;
use crate::dead_end::tenant::{Grant, TenantFact, TenantFacts, Why};
use crate::graph::client::call_of;
use crate::graph::pages::Trail;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Request, Tokens, answer, decode, endpoint};
use crate::guid::Guid;
use crate::matrix::Row;
use crate::policy::Subject;
use crate::policy::preflight::Holding;
use crate::world::World;

/// The progress of the read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactsProgress {
    /// Things to read, as far as known so far.
    pub found: usize,
    /// Those that are done, successful or not.
    pub read: usize,
    /// Microsoft is throttling.
    pub slowed: bool,
}

/// Reads until nothing more is needed or the person stops it. `tell` is called with the progress; what was read is then
/// in `tenant`.
pub async fn read<W: World, T: Tokens>(
    client: &Client<W, T>,
    rows: &[Row],
    tenant: &RefCell<TenantFacts>,
    patience: &Patience,
    tell: &dyn Fn(FactsProgress),
) {
    let progress = Cell::new(FactsProgress::default());
    while !patience.is_stopped() {
        let mut wanted = needs(rows, &tenant.borrow(), endpoint::NAMES_PER_CALL);
        if wanted.is_empty() {
            break;
        }
        wanted.retain(|need| {
            let granted = client.granted(call(need).scopes);
            if !granted {
                tenant.borrow_mut().lacks(need.clone(), Why::NotGranted);
            }
            granted
        });
        let count = |change: &dyn Fn(&mut FactsProgress)| {
            let mut now = progress.get();
            change(&mut now);
            progress.set(now);
            tell(now);
        };
        count(&|progress| progress.found += wanted.len());
        let requests = wanted.iter().map(call).collect();
        let (trails, ended) = (RefCell::new(vec![Trail::default(); wanted.len()]), RefCell::new(BTreeSet::new()));
        let take = |at: usize, request: &Request, answered: Result<Json, Error>| {
            let need = wanted.get(at)?;
            let mut trails = trails.borrow_mut();
            let trail = trails.get_mut(at)?;
            let page = answered.and_then(|mut body| {
                let next = trail.follow(request, client.next(request, &body));
                if let Some(Json::Array(list)) = body.get_mut("value") {
                    trail.drop_known(list);
                }
                let next = if goes_on(need, &body) { next? } else { None };
                Ok((learn(need, request, &body)?, next))
            });
            let next = match page {
                Ok((known, next)) => {
                    tenant.borrow_mut().learn(known);
                    next
                }
                Err(error) => {
                    tenant.borrow_mut().lacks(need.clone(), why(&error));
                    ended.borrow_mut().insert(at);
                    count(&|progress| progress.read += 1);
                    return None;
                }
            };
            if next.is_none() && ended.borrow_mut().insert(at) {
                count(&|progress| progress.read += 1);
            }
            next
        };
        read_all(client, requests, patience, &take, &|| count(&|progress| progress.slowed = true)).await;
        // A list that was not read to its end is not known.
        let ended = ended.into_inner();
        for (at, need) in wanted.iter().enumerate() {
            if !ended.contains(&at) {
                tenant.borrow_mut().lacks(need.clone(), Why::NotAsked);
            }
        }
    }
}

fn call(need: &Need) -> Request {
    match need {
        Need::Approvers(ids) => endpoint::people_and_groups(ids),
        Need::Members(group) => endpoint::members(group),
        Need::Owners(group) => endpoint::owners(group),
        Need::Eligible(subject) => endpoint::eligible(subject),
        Need::Held(group) => endpoint::evidence::held_roles(group),
        Need::Activatable(group) => endpoint::evidence::eligible_roles(group),
        Need::Contexts => endpoint::authentication_contexts(),
        Need::AccessPolicies => endpoint::access_policies(),
    }
}

/// Whether the next page can matter: for a group of approvers, two members who can approve are enough.
fn goes_on(need: &Need, body: &Json) -> bool {
    match (need, body["value"].as_array()) {
        (Need::Members(_), Some(list)) => list.iter().filter_map(decode::who).filter(|who| !who.disabled).count() < 2,
        _ => true,
    }
}

/// The fact in an answer.
fn learn(need: &Need, request: &Request, body: &Json) -> Result<TenantFact, Error> {
    let entries = answer::list(body, &call_of(request))?;
    let known = match need {
        Need::Approvers(ids) => {
            let found = entries.iter().filter_map(member).filter_map(|(id, member)| Some((id.parse().ok()?, member)));
            TenantFact::Approvers(ids.clone(), found.collect())
        }
        Need::Members(group) => TenantFact::Members(group.clone(), entries.iter().filter_map(decode::who).collect()),
        Need::Owners(group) => TenantFact::Owners(group.clone(), entries.iter().filter_map(decode::who).collect()),
        Need::Eligible(page) => {
            TenantFact::Eligible(page.clone(), entries.iter().filter_map(|entry| holding(page, entry)).collect())
        }
        Need::Held(group) => TenantFact::Held(group.clone(), grants(body)),
        Need::Activatable(group) => TenantFact::Activatable(group.clone(), grants(body)),
        Need::Contexts => {
            let known = entries.iter().filter_map(decode::context).map(|context| (context.id, context.available));
            TenantFact::Contexts(known.collect())
        }
        Need::AccessPolicies => TenantFact::AccessPolicies(entries.iter().map(access_policy).collect()),
    };
    Ok(known)
}

/// An assignment, with the policy of the page that applies to it.
fn holding(page: &Subject, entry: &Json) -> Option<(Subject, Holding)> {
    let own = page.of_page().into_iter().find(|subject| decode::is_of(entry, subject))?;
    Some((own, decode::holding(entry)?))
}

fn grants(body: &Json) -> Vec<Grant> {
    let grant = |template: Guid, name: String| {
        let name = if name.trim().is_empty() { template.as_str().to_owned() } else { name };
        Grant { template, name }
    };
    decode::held_roles(body).into_iter().map(|held| grant(held.role.template_id, held.role.name)).collect()
}
