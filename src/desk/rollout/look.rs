//! Reads what a plan needs: the policies once more, in the survey's batches, and the facts to check them against.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::desk::policies::{NoPolicy, of_subject};
use crate::desk::preflight::many::{self, Asked};
use crate::desk::survey::{News, Scope, survey};
use crate::directory::Holder;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Tokens};
use crate::guid::Guid;
use crate::policy::preflight::Facts;
use crate::policy::{Draft, Policy, Subject};
use crate::rollout::plan::{self, effect};
use crate::rollout::{Item, Target};
use crate::world::World;

/// Why a policy cannot be planned.
#[derive(Clone, Debug, PartialEq)]
pub enum Unreadable {
    /// There is no policy, or more than one.
    NoPolicy(NoPolicy),
    /// Reading failed.
    Error(Error),
    /// The person stopped the reading first.
    NotRead,
}

/// One policy as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The item, with its name if that could be read.
    pub item: Item,
    /// The group or role.
    pub holder: Option<Holder>,
    /// The policy, or why there is none to change.
    pub policy: Result<Policy, Unreadable>,
    /// The facts to check its change against.
    pub facts: Facts,
}

#[derive(Default)]
struct Found {
    policies: BTreeMap<Guid, Result<Vec<Policy>, Error>>,
    holders: BTreeMap<Guid, Holder>,
    list_failed: Option<Error>,
}

/// Reads them all. `tell` is called with how many steps of how many are done; `patience` ends the reading.
pub async fn look<W: World, T: Tokens>(
    client: &Client<W, T>,
    items: Vec<Item>,
    me: &Guid,
    patience: &Patience,
    tell: &dyn Fn(usize, usize),
) -> Vec<Seen> {
    let mut groups: Vec<Guid> = Vec::new();
    for item in &items {
        if let Subject::Group { group, .. } = &item.target.subject
            && !groups.contains(group)
        {
            groups.push(group.clone());
        }
    }
    let roles: Vec<&Item> = items.iter().filter(|item| matches!(item.target.subject, Subject::Role { .. })).collect();
    let steps = groups.len() + roles.len();
    let has_roles = !roles.is_empty();
    let (found, read) = (RefCell::new(Found::default()), RefCell::new(0_usize));
    let hear = |news: News| {
        let mut found = found.borrow_mut();
        match news {
            News::Policies(id, policies) => {
                if items.iter().any(|item| *item.target.subject.id() == id) {
                    *read.borrow_mut() += 1;
                    tell(*read.borrow(), steps);
                    found.policies.insert(id, policies);
                }
            }
            News::Named(holders) => found.holders.extend(holders.into_iter().map(|holder| {
                let id = match &holder {
                    Holder::Group(group) => group.id.clone(),
                    Holder::Role(role) => role.template_id.clone(),
                };
                (id, holder)
            })),
            News::ListFailed(error) => found.list_failed = Some(error),
            News::Found(_) | News::NotNamed(_) | News::Listed(_) | News::Slowed(_) => {}
        }
    };
    if !groups.is_empty() {
        survey(client, &Scope::Groups(groups), patience, &hear).await;
    }
    if has_roles && !patience.is_stopped() {
        survey(client, &Scope::Roles, patience, &hear).await;
    }
    let found = found.into_inner();
    let mut seen: Vec<Seen> = items.into_iter().map(|item| seen(item, &found, patience)).collect();
    if !patience.is_stopped() {
        add_facts(client, &mut seen, me, patience, tell).await;
    }
    seen
}

fn seen(item: Item, found: &Found, patience: &Patience) -> Seen {
    let subject = &item.target.subject;
    let policy = match found.policies.get(subject.id()) {
        Some(Ok(policies)) => of_subject(policies, subject).cloned().map_err(Unreadable::NoPolicy),
        Some(Err(error)) => Err(Unreadable::Error(error.clone())),
        None if patience.is_stopped() => Err(Unreadable::NotRead),
        None => Err(found.list_failed.clone().map_or(Unreadable::NoPolicy(NoPolicy::NotReturned), Unreadable::Error)),
    };
    let holder = found.holders.get(subject.id()).cloned();
    let name = holder.as_ref().map(|holder| holder.name().to_owned()).filter(|name| !name.trim().is_empty());
    let target = Target { name: name.unwrap_or_else(|| item.target.name.clone()), ..item.target };
    Seen { item: Item { target, ..item }, holder, policy, facts: Facts::default() }
}

/// Reads the facts for the policies that would change.
async fn add_facts<W: World, T: Tokens>(
    client: &Client<W, T>,
    seen: &mut [Seen],
    me: &Guid,
    patience: &Patience,
    tell: &dyn Fn(usize, usize),
) {
    let drafts: Vec<Draft> = seen.iter().map(draft).collect();
    let with = |(at, one): (usize, &Seen)| {
        let asks = one.policy.is_ok() && drafts.get(at).is_some_and(|draft| !draft.is_empty());
        asks.then_some(at)
    };
    let places: Vec<usize> = seen.iter().enumerate().filter_map(with).collect();
    let asked: Vec<Asked<'_>> = places
        .iter()
        .filter_map(|at| {
            let (one, draft) = (seen.get(*at)?, drafts.get(*at)?);
            Some(Asked { policy: one.policy.as_ref().ok()?, draft, holder: one.holder.as_ref() })
        })
        .collect();
    if asked.is_empty() {
        return;
    }
    let facts = many::read(client, &asked, me, patience, tell).await;
    drop(asked);
    for (at, facts) in places.into_iter().zip(facts) {
        if let Some(one) = seen.get_mut(at) {
            one.facts = facts;
        }
    }
}

fn draft(seen: &Seen) -> Draft {
    let around = plan::Around { facts: &seen.facts, without: &[] };
    seen.policy.as_ref().map(|policy| effect(&seen.item, policy, around).draft).unwrap_or_default()
}
