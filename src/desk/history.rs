//! Reads how the requests of the last 30 days ended.

use std::collections::BTreeSet;

use futures_util::future::join;
use serde_json::Value as Json;

use super::approvals::Missing;
use crate::approval::evidence::{Part, Unreadable};
use crate::approval::history::{PastRequest, REACH_MS};
use crate::approval::{Ending, Kind, Request, Stage};
use crate::graph::{Client, Error, Tokens, batch, decode, endpoint};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::world::World;

/// A history as read at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The requests that ended, latest creation first.
    pub entries: Vec<PastRequest>,
    /// The kinds that could not be read, and why.
    pub missing: Vec<(Kind, Missing)>,
    /// Groups whose requests this person may not read.
    pub closed_groups: Vec<Guid>,
    /// How many list entries could not be understood at all.
    pub unreadable: usize,
    /// Why reading stopped before all requests and reviews were read, if it did.
    pub stopped: Option<Stopped>,
    /// When it was read, ms since 1970.
    pub read_unix_ms: i64,
}

impl History {
    /// Whether everything wanted, as far as this cloud offers it, was read and understood: only then can it be said
    /// that nothing ended.
    pub fn is_whole(&self) -> bool {
        let is_there = |(_, why): &(Kind, Missing)| matches!(why, Missing::NotAsked | Missing::NotOffered(_));
        self.missing.iter().all(is_there) && self.stopped.is_none() && self.unreadable == 0
    }
}

/// Why reading stopped early. An entry whose review was not read says so.
#[derive(Clone, Debug, PartialEq)]
pub enum Stopped {
    /// The person stopped it.
    Cancelled,
    /// A call failed.
    Failed(Error),
}

/// Reads the requests this person could have decided, and all requests of `groups` if allowed; then the reviews, 20 at
/// a time. `cancelled` is asked between groups and between batches; `tell` is called with how many reviews of how many
/// were read.
pub async fn history<W: World, T: Tokens>(
    client: &Client<W, T>,
    with_roles: bool,
    groups: &[Guid],
    cancelled: &dyn Fn() -> bool,
    tell: &dyn Fn(usize, usize),
) -> History {
    let now = client.world().unix_ms();
    let mut read = History {
        entries: Vec::new(),
        missing: Vec::new(),
        closed_groups: Vec::new(),
        unreadable: 0,
        stopped: None,
        read_unix_ms: now,
    };
    let requests = lists(client, with_roles, groups, cancelled, &mut read).await;
    let mut requests: Vec<Request> =
        requests.into_iter().filter(|request| belongs(request, now) && request.has_approval).collect();
    sort_by(&mut requests, |left, right| {
        right.created_unix_ms.cmp(&left.created_unix_ms).then_with(|| left.id.cmp(&right.id))
    });
    // Whether to read no more reviews. A list that lacks some requests does not hide the reviews of the others.
    let mut ended = false;
    let total = requests.len();
    tell(0, total);
    while !requests.is_empty() {
        // A batch uses one version of the API: groups and roles are read separately, each in order.
        let kind = requests.first().map_or(Kind::Group, Request::kind);
        let (mut chunk, mut rest) = (Vec::new(), Vec::new());
        for request in requests {
            if request.kind() == kind && chunk.len() < batch::PARTS { &mut chunk } else { &mut rest }.push(request);
        }
        requests = rest;
        if !ended && cancelled() {
            ended = true;
            read.stopped.get_or_insert(Stopped::Cancelled);
        }
        let unread = vec![Err(Unreadable::Failed); chunk.len()];
        let stages = if ended { Ok(unread.clone()) } else { reviews(client, kind, &chunk).await };
        let stages = stages.unwrap_or_else(|error| {
            ended = true;
            read.stopped.get_or_insert(Stopped::Failed(error));
            unread
        });
        for (request, stages) in chunk.into_iter().zip(stages) {
            read.entries.push(PastRequest::of(request, stages.as_ref().map(Vec::as_slice).map_err(|why| *why)));
        }
        tell(read.entries.len(), total);
    }
    sort_by(&mut read.entries, |left, right| right.request.created_unix_ms.cmp(&left.request.created_unix_ms));
    read
}

/// Whether a history contains it: it ended, and not too long ago. Without a time it cannot be called old.
fn belongs(request: &Request, now: i64) -> bool {
    let recent = request.created_unix_ms.is_none_or(|created| now - created <= REACH_MS);
    recent && Ending::of(request) != Ending::Waits
}

/// All lists, with each request once.
async fn lists<W: World, T: Tokens>(
    client: &Client<W, T>,
    with_roles: bool,
    groups: &[Guid],
    cancelled: &dyn Fn() -> bool,
    read: &mut History,
) -> Vec<Request> {
    let role_call = endpoint::approvals::history(Kind::Role);
    let roles = async {
        match (with_roles, client.granted(role_call.scopes)) {
            (false, _) => Err(Missing::NotAsked),
            (true, false) => Err(Missing::NotGranted),
            (true, true) => client.begun(&role_call).await.map_err(|error| Missing::of(Kind::Role, error)),
        }
    };
    let own = async {
        let call = endpoint::approvals::history(Kind::Group);
        client.begun(&call).await.map_err(|error| Missing::of(Kind::Group, error))
    };
    let (own, roles) = join(own, roles).await;
    let mut found: Vec<Request> = Vec::new();
    let mut seen: BTreeSet<(Kind, String)> = BTreeSet::new();
    let mut take = |kind: Kind, entries: &[Json]| {
        let (requests, unreadable) = decode::requests(kind, entries);
        found.extend(requests.into_iter().filter(|request| seen.insert((kind, request.id.clone()))));
        unreadable
    };
    for (kind, answer) in [(Kind::Group, own), (Kind::Role, roles)] {
        match answer {
            Ok((entries, cut)) => {
                read.unreadable += take(kind, &entries);
                read.stopped = read.stopped.take().or(cut.map(Stopped::Failed));
            }
            Err(missing) => read.missing.push((kind, missing)),
        }
    }
    for group in groups {
        if cancelled() {
            read.stopped.get_or_insert(Stopped::Cancelled);
            break;
        }
        let failed = match client.begun(&endpoint::approvals::history_of_group(group)).await {
            Ok((entries, cut)) => {
                read.unreadable += take(Kind::Group, &entries);
                cut
            }
            Err(error) if error.is_forbidden() || error.status() == Some(404) => {
                read.closed_groups.push(group.clone());
                None
            }
            Err(error) => Some(error),
        };
        let Some(error) = failed else { continue };
        // Without a session or a network, or while throttled, the next group would fail as well.
        let answered = matches!(error, Error::Unexpected { .. });
        let hopeless = !answered && matches!(error.status(), None | Some(429 | 503));
        read.stopped.get_or_insert(Stopped::Failed(error));
        if hopeless {
            break;
        }
    }
    found
}

/// The stages of up to 20 approvals.
async fn reviews<W: World, T: Tokens>(
    client: &Client<W, T>,
    kind: Kind,
    requests: &[Request],
) -> Result<Vec<Part<Vec<Stage>>>, Error> {
    let parts: Vec<_> = requests.iter().map(|request| endpoint::approvals::stages(kind, &request.id)).collect();
    let scopes = endpoint::approvals::reading(kind);
    if !client.granted(scopes) {
        return Ok(vec![Err(Unreadable::NotGranted); requests.len()]);
    }
    let answers = client.batch(&parts, endpoint::approvals::version(kind)).await?;
    let read = |answer: Result<Json, Error>| match answer {
        Ok(body) => decode::stages(&body).map_err(|_| Unreadable::Failed),
        Err(error) => Err(match error.status() {
            _ if error.wants_other_token() => Unreadable::Failed,
            Some(403) => Unreadable::Refused,
            Some(400 | 404) => Unreadable::NotFound,
            _ => Unreadable::Failed,
        }),
    };
    Ok(answers.into_iter().map(read).collect())
}
