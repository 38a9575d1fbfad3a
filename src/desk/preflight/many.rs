//! The same facts for many policies: shared facts are read once, the rest in full batches.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::pages::Pages;
use super::{Known, Part, approvers, call, may_ask, needed, take_in};
use crate::desk::pool;
use crate::desk::rights::{WriteRight, judge};
use crate::directory::Holder;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Request, Tokens, endpoint};
use crate::guid::Guid;
use crate::policy::preflight::{Facts, Member, Missing, Why};
use crate::policy::{Approver, Draft, Policy};
use crate::world::World;

/// One policy and what would be saved to it.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The policy as it was read.
    pub policy: &'a Policy,
    /// What would be saved to it.
    pub draft: &'a Draft,
    /// The group or role, if it could be read.
    pub holder: Option<&'a Holder>,
}

/// The calls for all policies, each once, in order.
#[derive(Default)]
struct Calls {
    list: Vec<(Request, Pages)>,
    places: BTreeMap<String, usize>,
}

impl Calls {
    fn place(&mut self, request: Request) -> usize {
        self.place_in(request, Pages::default())
    }

    fn place_in(&mut self, request: Request, pages: Pages) -> usize {
        let body = request.body.as_ref().map(Json::to_string).unwrap_or_default();
        let key = [request.version.as_str(), &request.path, &body].concat();
        *self.places.entry(key).or_insert_with(|| {
            self.list.push((request, pages));
            self.list.len() - 1
        })
    }
}

/// What one policy needs: its own parts, and where their answers are among the shared calls.
struct Needs {
    parts: Vec<(Part, usize)>,
    /// What needs a permission that is not granted.
    unread: BTreeMap<Missing, Why>,
    owners: Option<usize>,
    in_pim: Option<usize>,
}

/// Reads the facts of all, in order. `me` is the signed-in person's object ID; `patience` ends it; `tell` is called
/// with how many calls of how many are answered.
pub async fn read<W: World, T: Tokens>(
    client: &Client<W, T>,
    asked: &[Asked<'_>],
    me: &Guid,
    patience: &Patience,
    tell: &dyn Fn(usize, usize),
) -> Vec<Facts> {
    let shared = shared_approvers(asked);
    let (mut v1, mut beta) = (Calls::default(), Calls::default());
    let roles = v1.place(endpoint::my_roles());
    let people: Vec<(Part, usize)> =
        approver_calls(&shared).into_iter().map(|call| (Part::Approvers, v1.place(call))).collect();
    let needs: Vec<Needs> = asked.iter().map(|one| needs(client, one, &mut v1, &mut beta)).collect();
    let (total, done) = (v1.list.len() + beta.list.len(), Cell::new(0));
    let answered = || {
        done.set(done.get() + 1);
        tell(done.get(), total);
    };
    let v1 = answers(client, v1.list, patience, &answered).await;
    let beta = answers(client, beta.list, patience, &answered).await;
    let lost = || Err(Error::Refused(Box::default()));
    let answer = |list: &[Option<Result<Json, Error>>], at: usize| {
        list.get(at).and_then(Option::as_ref).cloned().unwrap_or_else(lost)
    };
    let my_roles = answer(&v1, roles);
    let judged = asked.iter().zip(needs).map(|(one, needs)| {
        let owners = needs.owners.map(|at| answer(&v1, at));
        let right = one.holder.map_or(WriteRight::Unknown, |holder| judge(me, holder, &my_roles, owners.as_ref()));
        let onboards = match needs.in_pim.map(|at| answer(&beta, at)) {
            None | Some(Ok(_)) => Some(false),
            Some(Err(error)) if error.status() == Some(404) => Some(true),
            Some(Err(_)) => None,
        };
        let mut facts = Known { write: right, onboards }.facts();
        facts.unread.extend(needs.unread);
        let mut members = BTreeMap::new();
        let own_people = needs.parts.iter().any(|(part, _)| matches!(part, Part::Approvers));
        let all_people = people.iter().filter(|_| own_people);
        for (part, at) in all_people.chain(needs.parts.iter().filter(|(part, _)| !matches!(part, Part::Approvers))) {
            let before = facts.approvers.take();
            take_in(part, &answer(&v1, *at), one.policy, &mut facts, &mut members);
            facts.approvers = match (before, facts.approvers.take()) {
                (Some(mut known), Some(more)) => {
                    known.extend(more);
                    Some(known)
                }
                (known, more) => more.or(known),
            };
        }
        for (id, member) in facts.approvers.iter_mut().flatten() {
            if let Member::Group(_, list) = member {
                *list = members.remove(id);
            }
        }
        facts
    });
    judged.collect()
}

/// The approvers of all drafts together, each once.
fn shared_approvers(asked: &[Asked<'_>]) -> Vec<Approver> {
    let mut all: BTreeMap<String, Approver> = BTreeMap::new();
    for one in asked {
        all.extend(approvers(one.policy, one.draft).into_iter().map(|approver| (approver.id.clone(), approver)));
    }
    all.into_values().collect()
}

fn approver_calls(all: &[Approver]) -> Vec<Request> {
    let ids = super::ids(all, None);
    ids.chunks(endpoint::NAMES_PER_CALL).map(endpoint::people_and_groups).collect()
}

fn needs<W: World, T: Tokens>(client: &Client<W, T>, one: &Asked<'_>, v1: &mut Calls, beta: &mut Calls) -> Needs {
    let own = approvers(one.policy, one.draft);
    let (mut parts, mut facts) = (Vec::new(), Facts::default());
    for part in needed(one.policy, one.draft, &own) {
        let call = call(one.policy, &own, &part);
        if may_ask(client, &part, &call, &mut facts) {
            // The approvers are looked up together, whichever draft names them.
            let at = if matches!(part, Part::Approvers) { 0 } else { v1.place_in(call, Pages::of(&part)) };
            parts.push((part, at));
        }
    }
    let is_group = one.policy.subject.can_be_outside_pim();
    let id = one.policy.subject.id();
    Needs {
        parts,
        unread: facts.unread,
        owners: is_group.then(|| v1.place(endpoint::owners(id))),
        in_pim: is_group.then(|| beta.place(endpoint::group_in_pim(id))),
    }
}

/// Sends the calls in batches, at the pace that Microsoft allows; returns the answers in order. Calls that were stopped
/// before they were answered have none.
async fn answers<W: World, T: Tokens>(
    client: &Client<W, T>,
    calls: Vec<(Request, Pages)>,
    patience: &Patience,
    answered: &dyn Fn(),
) -> Vec<Option<Result<Json, Error>>> {
    let (calls, pages): (Vec<Request>, Vec<Pages>) = calls.into_iter().unzip();
    let pages = RefCell::new(pages);
    let take = |at: usize, request: &Request, answer| {
        let next = pages.borrow_mut().get_mut(at).and_then(|pages| pages.take(client, request, answer));
        if next.is_none() {
            answered();
        }
        next
    };
    pool::read_all(client, calls, patience, &take, &|| ()).await;
    pages.into_inner().into_iter().map(|pages| pages.answer).collect()
}
