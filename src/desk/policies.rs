//! Opens a subject: the group or role, its policies, and whether it is in PIM, in one round trip.

use futures_util::future::join;
use serde_json::Value as Json;

use super::holder::{self, Beside};
use super::readback::reading;
use super::rights::{WriteRight, judge};
use crate::directory::Holder;
use crate::graph::client::call_of;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Refusal, Request, Tokens, Version, answer, decode, endpoint, retry};
use crate::guid::Guid;
use crate::policy::preflight::mail::Owners;
use crate::policy::{Policy, Subject};
use crate::world::World;

/// A subject as opened, with the other policy of its page. Each part is independent: one that cannot be read does not
/// hide the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The group or the role.
    pub holder: Result<Holder, Error>,
    /// The policies that were returned: normally one for members and one for owners, or the one of a role.
    pub policies: Result<Vec<Policy>, Error>,
    /// Whether it is in PIM; `None` when that could not be read.
    pub in_pim: Option<bool>,
    /// Whether the signed-in person can probably change the policies.
    pub write: WriteRight,
    /// How many owners the group has, if all of them could be read; a role has none.
    pub owners: Option<Owners>,
}

impl Opened {
    /// Combines this read with an earlier one of the same page: what could not be read now keeps its earlier value, and
    /// so does each policy, which may have been edited or saved in the meantime.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        let policies = match (self.policies, &before.policies) {
            (later, Err(_)) => later,
            (Err(_), Ok(known)) => Ok(known.clone()),
            (Ok(later), Ok(known)) => {
                let stays = |policy: &Policy| of_subject(known, &policy.subject).is_ok();
                let new = later.into_iter().filter(|policy| !stays(policy));
                Ok(known.iter().filter(|policy| stays(policy)).cloned().chain(new).collect())
            }
        };
        let write = if self.write == WriteRight::Unknown { before.write } else { self.write };
        let holder = self.holder.or_else(|error| before.holder.clone().map_err(|_| error));
        let owners = self.owners.or(before.owners);
        Self { holder, policies, in_pim: self.in_pim.or(before.in_pim), write, owners }
    }
}

/// Why there is no policy to show or change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPolicy {
    /// Microsoft returned none. It may appear a while after a group is created.
    NotReturned,
    /// Microsoft returned more than one: writing could hit the wrong one.
    Several,
}

/// The one policy of a subject.
pub fn of_subject<'a>(policies: &'a [Policy], subject: &Subject) -> Result<&'a Policy, NoPolicy> {
    let mut found = policies.iter().filter(|policy| policy.subject == *subject);
    match (found.next(), found.next()) {
        (Some(policy), None) => Ok(policy),
        (None, _) => Err(NoPolicy::NotReturned),
        (Some(_), Some(_)) => Err(NoPolicy::Several),
    }
}

/// Reads group or role, policies, PIM membership and what decides the right to write, all at the same time: one
/// `$batch` for each version of the API. `me` is the signed-in person's object ID.
pub async fn open<W: World, T: Tokens>(client: &Client<W, T>, subject: &Subject, me: &Guid) -> Opened {
    let first_type = subject.scope_types().first().copied().unwrap_or_default();
    let mut parts = vec![holder::call(subject), endpoint::policies(subject, first_type), endpoint::my_roles()];
    parts.extend(holder::owners(subject));
    let (batched, beside) = join(client.batch(&parts, Version::V1), holder::beside(client, subject)).await;
    let Beside { in_pim, privileged } = beside;
    match batched {
        Ok(answers) => {
            let mut answers = answers.into_iter();
            let mut next = || answers.next().unwrap_or(Ok(Json::Null));
            let (holder, policies, roles) = (next(), decoded(subject, next()), next());
            let owners = answers.next();
            let holder = holder::read(subject, holder, privileged);
            let write = holder.as_ref().map_or(WriteRight::Unknown, |found| judge(me, found, &roles, owners.as_ref()));
            let policies = match policies {
                first if yields_nothing(&first) => read_by_next_types(client, subject, first, endpoint::policies).await,
                first => first,
            };
            let owners = owners.and_then(Result::ok).and_then(|body| counted(&body));
            Opened { holder, policies, in_pim, write, owners }
        }
        Err(error) => Opened {
            holder: Err(error.clone()),
            policies: Err(error),
            in_pim,
            write: WriteRight::Unknown,
            owners: None,
        },
    }
}

/// The owners in an answer; `None` if it has only some of them.
fn counted(body: &Json) -> Option<Owners> {
    let list = body["value"].as_array().filter(|_| body["@odata.nextLink"].is_null())?;
    Some(Owners::of(&list.iter().filter_map(decode::who).collect::<Vec<_>>()))
}

/// Reads one policy again.
pub async fn read<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
) -> Result<Result<Policy, NoPolicy>, Error> {
    read_by(client, subject, endpoint::policy).await
}

/// Reads one policy while a person watches, who sees its waits and may end them.
pub(super) async fn read_watched<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    patience: &Patience,
) -> Result<Result<Policy, NoPolicy>, Error> {
    let mut attempt = 0;
    loop {
        let read = read_by(client, subject, |subject, scope_type| endpoint::policy(subject, scope_type).once()).await;
        let refusal = match &read {
            Err(Error::Refused(refusal)) if retry::read_may_repeat(refusal.status) => (**refusal).clone(),
            Err(Error::NoAnswer { .. }) => Refusal::default(),
            _ => return read,
        };
        attempt += 1;
        if attempt >= retry::ATTEMPTS || !client.wait_as_told(&refusal, attempt - 1, patience).await {
            return read;
        }
    }
}

/// Reads one policy back after a write: no retries, and no long wait for an answer.
pub(super) async fn read_back<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
) -> Result<Result<Policy, NoPolicy>, Error> {
    read_by(client, subject, |subject, scope_type| reading(endpoint::policy(subject, scope_type))).await
}

async fn read_by<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    call: fn(&Subject, &str) -> Request,
) -> Result<Result<Policy, NoPolicy>, Error> {
    let first_type = subject.scope_types().first().copied().unwrap_or_default();
    let first = decoded(subject, client.send(&call(subject, first_type)).await);
    let found = match first {
        first if yields_nothing(&first) => read_by_next_types(client, subject, first, call).await?,
        first => first?,
    };
    Ok(of_subject(&found, subject).cloned())
}

/// Whether it is worth asking for another scope type: no policy was found, or the type is not known there.
fn yields_nothing(read: &Result<Vec<Policy>, Error>) -> bool {
    match read {
        Ok(found) => found.is_empty(),
        Err(error) => error.status() == Some(400),
    }
}

/// Asks for the other scope types in turn. If none has a policy, the answer for the first type counts.
async fn read_by_next_types<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    first: Result<Vec<Policy>, Error>,
    call: fn(&Subject, &str) -> Request,
) -> Result<Vec<Policy>, Error> {
    for scope_type in subject.scope_types().iter().skip(1) {
        let next = decoded(subject, client.send(&call(subject, scope_type)).await);
        let is_answer = match &next {
            Ok(found) => !found.is_empty(),
            // This says nothing about the type: it may be asked for again.
            Err(Error::NoAnswer { .. }) => true,
            Err(error) => error.status().is_some_and(retry::read_may_repeat),
        };
        if is_answer {
            return next;
        }
    }
    first
}

pub(super) fn decoded(subject: &Subject, answer: Result<Json, Error>) -> Result<Vec<Policy>, Error> {
    let entries = answer::take_list(answer?, &call_of(&endpoint::policy(subject, "")))?;
    Ok(decode::policies(subject, entries))
}
