//! Builds evidence from what was read; makes no calls.

use super::facts::Facts;
use super::{approver_id, list};
use crate::approval::evidence::{Demands, Earlier, Grants, HeldRole, PAST_MS, Part, Past, Requester, Unreadable};
use crate::approval::{Ending, Evidence, Request, Target};
use crate::directory::{Group, Role};
use crate::graph::{decode, endpoint};
use crate::order::sort_by;

/// The evidence of one request.
pub fn build(request: &Request, facts: &Facts) -> Evidence {
    Evidence {
        grants: grants(&request.target, facts),
        demands: demands(request, facts),
        requester: requester(request, facts),
        past: past(request, facts),
    }
}

fn grants(target: &Target, facts: &Facts) -> Part<Grants> {
    let id = target.id().ok_or(Unreadable::NotTold)?;
    match target {
        Target::Group { group, .. } => {
            let read = || facts.answer(&endpoint::group(id).path).map(decode::group);
            let group: Group = group.clone().map_or_else(|| read()?.ok_or(Unreadable::NotFound), Ok)?;
            let held = |call: crate::graph::Request| {
                if group.role_assignable { held(&call.path, facts) } else { Ok(Vec::new()) }
            };
            let roles = held(endpoint::evidence::held_roles(id));
            let eligible = held(endpoint::evidence::eligible_roles(id));
            let Group { description, role_assignable, .. } = group;
            Ok(Grants::Group { description, role_assignable, roles, eligible })
        }
        Target::Role { role, .. } => {
            let read = || facts.answer(&endpoint::role(id).path).map(decode::role);
            let role: Role = role.clone().map_or_else(|| read()?.ok_or(Unreadable::NotFound), Ok)?;
            let privileged = role.privileged.or_else(|| facts.privileged(&role.template_id));
            Ok(Grants::Role { description: role.description, built_in: role.built_in, privileged })
        }
    }
}

/// The roles in one of a group's two lists, with their marks.
fn held(path: &str, facts: &Facts) -> Part<Vec<HeldRole>> {
    let body = facts.answer(path)?;
    // Without the list the roles are unknown.
    list(body)?;
    let mut held = decode::held_roles(body);
    for one in &mut held {
        one.role.privileged = one.role.privileged.or_else(|| facts.privileged(&one.role.template_id));
    }
    sort_by(&mut held, |left, right| left.role.name.cmp(&right.role.name));
    Ok(held)
}

fn demands(request: &Request, facts: &Facts) -> Part<Demands> {
    let subject = request.target.subject().ok_or(Unreadable::NotTold)?;
    let mut demands = Demands::of(&facts.policy(&subject)?);
    demands.name(|approver| facts.names.get(&approver_id(approver)?).filter(|name| !name.is_empty()).cloned());
    Ok(demands)
}

fn requester(request: &Request, facts: &Facts) -> Part<Requester> {
    let id = request.requester().ok_or(Unreadable::NotTold)?;
    let read = facts.answer(&endpoint::evidence::person(id).path).map(decode::requester);
    // The request may already contain the person.
    match (read, &request.principal) {
        (Err(_), Some(person)) if person.guest || person.disabled => Ok(Requester {
            guest: person.guest.then_some(true),
            disabled: person.disabled.then_some(true),
            ..Requester::default()
        }),
        (Ok(mut read), Some(person)) => {
            read.guest = read.guest.or(person.guest.then_some(true));
            read.disabled = read.disabled.or(person.disabled.then_some(true));
            Ok(read)
        }
        (read, _) => read,
    }
}

fn past(request: &Request, facts: &Facts) -> Part<Past> {
    let requester = request.requester().ok_or(Unreadable::NotTold)?;
    let all = facts.past.get(&request.kind()).ok_or(Unreadable::Failed)?.as_ref().map_err(|why| *why)?;
    // Nothing can be known to precede a request without a time.
    let asked = request.created_unix_ms.ok_or(Unreadable::NotTold)?;
    let mut earlier: Vec<Earlier> = all
        .iter()
        .filter(|other| other.id != request.id && other.is_from(requester) && other.target.is_same(&request.target))
        .filter_map(|other| {
            let created_unix_ms = other.created_unix_ms.filter(|at| (asked - PAST_MS..asked).contains(at))?;
            let (id, length) = (other.id.clone(), other.length.clone());
            Some(Earlier { id, ending: Ending::of(other), length, created_unix_ms })
        })
        .collect();
    sort_by(&mut earlier, |left, right| right.created_unix_ms.cmp(&left.created_unix_ms));
    Ok(Past { earlier })
}
