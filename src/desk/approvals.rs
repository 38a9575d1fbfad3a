//! Reads the requests that wait for the signed-in approver, and one request with its approval.

use serde_json::Value as Json;

use crate::approval::{ActivationRequest, Stage, inbox_order};
use crate::graph::{Client, Error, Tokens, Version, decode, endpoint};
use crate::world::World;

/// The inbox as read at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Inbox {
    /// Requests that wait, least time left first. One with a status nobody knows is among them.
    pub requests: Vec<ActivationRequest>,
    /// Entries that could not be understood at all.
    pub unreadable: usize,
    /// When it was read, ms since 1970.
    pub read_unix_ms: i64,
}

/// Reads the inbox.
pub async fn inbox<W: World, T: Tokens>(client: &Client<W, T>) -> Result<Inbox, Error> {
    let entries = client.all(&endpoint::pending_requests()).await?;
    let read: Vec<_> = entries.iter().filter_map(decode::activation_request).collect();
    let unreadable = entries.len() - read.len();
    let mut requests: Vec<ActivationRequest> = Vec::with_capacity(read.len());
    for request in read.into_iter().filter(|request| !request.is_settled()) {
        if !requests.iter().any(|other| other.id == request.id) {
            requests.push(request);
        }
    }
    inbox_order(&mut requests);
    Ok(Inbox { requests, unreadable, read_unix_ms: client.world().unix_ms() })
}

/// One request and the state of its approval.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenRequest {
    /// The request. An approver may not be allowed to read one that was decided.
    pub request: Result<ActivationRequest, Error>,
    /// The stages of its approval.
    pub stages: Result<Vec<Stage>, Error>,
}

/// Reads one request and its approval in one call.
pub async fn open<W: World, T: Tokens>(client: &Client<W, T>, id: &str) -> OpenRequest {
    let parts = [endpoint::request(id), endpoint::approval(id)];
    match client.batch(&parts, Version::V1).await {
        Ok(answers) => {
            let mut answers = answers.into_iter();
            let mut next = || answers.next().unwrap_or(Ok(Json::Null));
            let (request, approval) = (next(), next());
            OpenRequest {
                request: request.and_then(|body| {
                    decode::activation_request(&body).ok_or_else(|| Error::Unexpected {
                        call: "GET assignmentScheduleRequests".to_owned(),
                        what: "the request has no id".to_owned(),
                        ids: crate::graph::error::Ids::default(),
                    })
                }),
                stages: approval.map(|body| decode::stages(&body)),
            }
        }
        Err(error) => OpenRequest { request: Err(error.clone()), stages: Err(error) },
    }
}

/// Reads the stages of an approval.
pub async fn stages<W: World, T: Tokens>(client: &Client<W, T>, id: &str) -> Result<Vec<Stage>, Error> {
    client.send(&endpoint::approval(id)).await.map(|body| decode::stages(&body))
}
