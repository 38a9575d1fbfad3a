//! Reads the requests that wait for the signed-in approver, and one request with its approval.

mod arrivals;
mod side;

pub use arrivals::arrivals;
pub use side::{Missing, Side};

use futures_util::future::join;
use serde_json::Value as Json;

use crate::approval::{Kind, Request, Stage, inbox_order};
use crate::graph::client::call_of;
use crate::graph::error::Ids;
use crate::graph::{self, Client, Error, Tokens, Version, decode, endpoint, retry};
use crate::world::World;

/// The longest wait before something that should be read quickly is read once more, ms.
const LONGEST_WAIT_MS: u32 = 2_000;

/// The inbox as read at one moment: requests for groups and for roles, each side separately.
#[derive(Clone, Debug, PartialEq)]
pub struct Inbox {
    /// Requests that wait, least time left first. One with an unknown status is among them. If a side could not be
    /// read, its rows are those of the last successful read.
    pub requests: Vec<Request>,
    /// The requests for groups.
    pub groups: Side,
    /// The requests for Entra roles.
    pub roles: Side,
    /// When it was read, ms since 1970.
    pub read_unix_ms: i64,
    /// Microsoft is throttling a side or its renewals: until when, ms since 1970. If it named no time, this is when the
    /// inbox was read.
    pub throttled_until_unix_ms: Option<i64>,
}

impl Inbox {
    /// The side of one kind.
    pub const fn side(&self, kind: Kind) -> &Side {
        match kind {
            Kind::Group => &self.groups,
            Kind::Role => &self.roles,
        }
    }

    /// The time since which everything shown is known: when the older of the two sides was read, ms since 1970.
    pub fn checked_unix_ms(&self) -> Option<i64> {
        [&self.groups, &self.roles].into_iter().filter_map(|side| side.read_unix_ms).min()
    }

    /// Entries of both sides that could not be parsed at all.
    pub const fn unreadable(&self) -> usize {
        self.groups.unreadable + self.roles.unreadable
    }

    /// Whether everything that is wanted, and that this cloud has, was read and understood: only then may the page say
    /// that nothing waits.
    pub fn is_whole(&self) -> bool {
        let is_there = |side: &Side| matches!(side.missing, None | Some(Missing::NotAsked | Missing::NotOffered(_)));
        is_there(&self.groups) && is_there(&self.roles) && self.unreadable() == 0
    }

    /// Whether renewals and extensions of either side could not be read.
    pub const fn lacks_renewals(&self) -> bool {
        self.groups.lacks_renewals || self.roles.lacks_renewals
    }

    /// Whether nothing could be read, now or before.
    pub const fn is_blank(&self) -> bool {
        self.groups.read_unix_ms.is_none() && self.roles.read_unix_ms.is_none()
    }
}

/// Reads both sides at the same time; one that cannot be read does not hide the other. `with_roles` says whether
/// requests for Entra roles are wanted, `before` is the inbox as known so far.
pub async fn inbox<W: World, T: Tokens>(client: &Client<W, T>, with_roles: bool, before: Option<&Inbox>) -> Inbox {
    let (groups, roles) = join(read(client, Kind::Group, true), read(client, Kind::Role, with_roles)).await;
    let now = client.world().unix_ms();
    let refused = [&groups, &roles].into_iter().filter_map(|answer| match answer {
        Ok(lists) => lists.renewals.as_ref().err(),
        Err(missing) => missing.error(),
    });
    let throttled_until_unix_ms = refused.filter_map(|error| throttled_until(error, now)).max();
    let mut requests = Vec::new();
    let mut side = |kind, answer: Result<Lists, Missing>| match answer {
        Ok(Lists { waiting, renewals }) => {
            let (mut found, mut unreadable) = decode::requests(kind, &waiting);
            let lacks_renewals = renewals.is_err();
            if let Ok(entries) = renewals {
                let (more, odd) = decode::requests(kind, &entries);
                found.extend(more);
                unreadable += odd;
            } else {
                let old = before.iter().flat_map(|inbox| &inbox.requests);
                found.extend(old.filter(|old| old.kind() == kind && !old.is_pending() && old.is_extension()).cloned());
            }
            for request in found.into_iter().filter(|request| !request.is_settled()) {
                if !requests.iter().any(|other: &Request| other.kind() == kind && other.id == request.id) {
                    requests.push(request);
                }
            }
            Side { missing: None, unreadable, lacks_renewals, read_unix_ms: Some(now) }
        }
        Err(missing) => {
            let kept = before.filter(|_| missing != Missing::NotAsked);
            requests.extend(kept.iter().flat_map(|inbox| &inbox.requests).filter(|old| old.kind() == kind).cloned());
            let read_unix_ms = kept.and_then(|inbox| inbox.side(kind).read_unix_ms);
            Side { missing: Some(missing), unreadable: 0, lacks_renewals: false, read_unix_ms }
        }
    };
    let (groups, roles) = (side(Kind::Group, groups), side(Kind::Role, roles));
    inbox_order(&mut requests);
    Inbox { requests, groups, roles, read_unix_ms: now, throttled_until_unix_ms }
}

/// Until when Microsoft wants nothing to be sent; now, if it is throttling without naming a time.
fn throttled_until(error: &Error, now_unix_ms: i64) -> Option<i64> {
    let refusal = error.refusal()?;
    let asked = refusal.retry_after.as_deref().and_then(|text| retry::asked_ms(text, now_unix_ms));
    let asked = asked.or_else(|| Missing::is_throttling(error).then_some(0))?;
    Some(now_unix_ms.saturating_add(asked))
}

/// The two lists of a side.
struct Lists {
    waiting: Vec<Json>,
    /// If they could not be read, the waiting requests are still shown.
    renewals: Result<Vec<Json>, Error>,
}

async fn read<W: World, T: Tokens>(client: &Client<W, T>, kind: Kind, wanted: bool) -> Result<Lists, Missing> {
    if !wanted {
        return Err(Missing::NotAsked);
    }
    // For permissions that sign-in always asks for, the client itself notices and offers a sign-in. The others are
    // asked for only if the person wants them, so that a read never leads to a refused token request.
    if kind == Kind::Role && !client.granted(endpoint::approvals::reading(kind)) {
        return Err(Missing::NotGranted);
    }
    let (pending, renewals) = (endpoint::approvals::pending(kind), endpoint::approvals::renewals(kind));
    let (waiting, renewals) = join(list(client, pending), list(client, renewals)).await;
    Ok(Lists { waiting: waiting.map_err(|error| Missing::of(kind, error))?, renewals })
}

/// Reads a list, waiting no longer than for a short fault: the other lists may be there, and the inbox is read again by
/// itself, more slowly if Microsoft asks for that.
async fn list<W: World, T: Tokens>(client: &Client<W, T>, call: graph::Request) -> Result<Vec<Json>, Error> {
    let call = call.once();
    soon(client, || client.whole(&call)).await
}

/// Reads, once more after a short fault.
async fn soon<W: World, T: Tokens, A, F: Future<Output = Result<A, Error>>>(
    client: &Client<W, T>,
    read: impl Fn() -> F,
) -> Result<A, Error> {
    let first = read().await;
    let retry_after = match &first {
        Err(Error::NoAnswer { timed_out: false, .. }) => None,
        Err(Error::Refused(refusal)) if retry::read_may_repeat(refusal.status) => refusal.retry_after.as_deref(),
        _ => return first,
    };
    let world = client.world();
    match retry::wait_within(LONGEST_WAIT_MS, retry_after, 0, world.random()[0], world.unix_ms()) {
        Some(wait_ms) => {
            world.sleep(wait_ms).await;
            read().await
        }
        None => first,
    }
}

/// One request and the state of its approval.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenRequest {
    /// The service asked last: the one that knows the request, if any does.
    pub kind: Kind,
    /// The request. An approver may not be allowed to read one that is already decided.
    pub request: Result<Request, Error>,
    /// The stages of its approval.
    pub stages: Result<Vec<Stage>, Error>,
    /// Groups do not know it, and roles could not be asked: this session may not read them.
    pub asks_groups_only: bool,
}

/// Reads one request and its approval. If the kind is unknown, as with an address that someone sent, groups are asked
/// first, then roles if groups do not know it and this session may read them.
pub async fn open<W: World, T: Tokens>(client: &Client<W, T>, kind: Option<Kind>, id: &str) -> OpenRequest {
    match kind {
        Some(Kind::Group) => open_group(client, id).await,
        Some(Kind::Role) => open_role(client, id).await,
        None => {
            let group = open_group(client, id).await;
            let unknown = |error: &Error| matches!(error.status(), Some(400 | 403 | 404)) && !error.wants_other_token();
            let neither = group.request.as_ref().is_err_and(unknown) && group.stages.is_err();
            if !neither {
                return group;
            }
            if !client.granted(endpoint::approvals::reading(Kind::Role)) {
                return OpenRequest { asks_groups_only: true, ..group };
            }
            let role = open_role(client, id).await;
            if role.request.is_err() && role.stages.is_err() { group } else { role }
        }
    }
}

async fn open_group<W: World, T: Tokens>(client: &Client<W, T>, id: &str) -> OpenRequest {
    let parts = [endpoint::approvals::request(Kind::Group, id), endpoint::approvals::stages(Kind::Group, id)];
    match client.batch(&parts, Version::V1).await {
        Ok(answers) => {
            let mut answers = answers.into_iter();
            let mut next = || answers.next().unwrap_or(Ok(Json::Null));
            opened(Kind::Group, id, next(), next())
        }
        Err(error) => opened(Kind::Group, id, Err(error.clone()), Err(error)),
    }
}

/// Requests and approvals of roles are in different versions of the API: two batches of one, because a browser logs a
/// refused call of its own to the console.
async fn open_role<W: World, T: Tokens>(client: &Client<W, T>, id: &str) -> OpenRequest {
    let request = [endpoint::approvals::request(Kind::Role, id)];
    let stages = [endpoint::approvals::stages(Kind::Role, id)];
    let (request, stages) = join(client.batch(&request, Version::V1), client.batch(&stages, Version::Beta)).await;
    let first = |answers: Result<Vec<Result<Json, Error>>, Error>| {
        answers.and_then(|answers| answers.into_iter().next().unwrap_or(Ok(Json::Null)))
    };
    opened(Kind::Role, id, first(request), first(stages))
}

fn opened(kind: Kind, id: &str, request: Result<Json, Error>, stages: Result<Json, Error>) -> OpenRequest {
    let request = request.and_then(|body| {
        decode::requests(kind, &[body]).0.pop().ok_or_else(|| Error::Unexpected {
            call: call_of(&endpoint::approvals::request(kind, id)),
            what: "the request has no ID".to_owned(),
            ids: Ids::default(),
        })
    });
    OpenRequest { kind, request, stages: stages.and_then(|body| decode::stages(&body)), asks_groups_only: false }
}

/// Reads the stages of an approval.
pub async fn stages<W: World, T: Tokens>(client: &Client<W, T>, kind: Kind, id: &str) -> Result<Vec<Stage>, Error> {
    let call = endpoint::approvals::stages(kind, id);
    let body = client.send(&call).await?;
    decode::stages(&body).map_err(|error| client.with_last_ids(&call, error))
}

/// Like [`stages`] without patience: repeated after a short fault only, so that a caller who waits longer can say so.
pub async fn stages_soon<W: World, T: Tokens>(
    client: &Client<W, T>,
    kind: Kind,
    id: &str,
) -> Result<Vec<Stage>, Error> {
    let call = endpoint::approvals::stages(kind, id).once();
    let body = soon(client, || client.send(&call)).await?;
    decode::stages(&body).map_err(|error| client.with_last_ids(&call, error))
}
