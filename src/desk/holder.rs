//! The group or role a policy is about: how each kind is read.

use serde_json::Value as Json;

use crate::directory::Holder;
use crate::graph::{Client, Error, Request, Tokens, Version, decode, endpoint};
use crate::policy::Subject;
use crate::world::World;

/// What only beta has; `None` if it could not be read or does not apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Beside {
    /// Whether the subject is in PIM.
    pub in_pim: Option<bool>,
    /// Whether the role is marked as privileged.
    pub privileged: Option<bool>,
}

/// The call that reads the group or role.
pub(super) fn call(subject: &Subject) -> Request {
    match subject {
        Subject::Group { group, .. } => endpoint::group(group),
        Subject::Role { template } => endpoint::role(template),
    }
}

/// The call that reads its owners, if it can have any.
pub(super) fn owners(subject: &Subject) -> Option<Request> {
    match subject {
        Subject::Group { group, .. } => Some(endpoint::owners(group)),
        Subject::Role { .. } => None,
    }
}

/// Parses the answer to [`call`].
pub(super) fn read(subject: &Subject, answer: Result<Json, Error>, privileged: Option<bool>) -> Result<Holder, Error> {
    let body = answer?;
    let found = match subject {
        Subject::Group { .. } => decode::group(&body).map(Holder::Group),
        Subject::Role { .. } => {
            decode::role(&body).map(|role| Holder::Role(crate::directory::Role { privileged, ..role }))
        }
    };
    found.ok_or_else(|| Error::Unexpected {
        call: crate::graph::client::call_of(&call(subject)),
        what: "the answer has no ID".to_owned(),
        ids: crate::graph::error::Ids::default(),
    })
}

/// Reads what only beta has. In a batch of its own, because a group outside PIM is a 404, which a browser would log to
/// its console.
pub(super) async fn beside<W: World, T: Tokens>(client: &Client<W, T>, subject: &Subject) -> Beside {
    let call = match subject {
        Subject::Group { group, .. } => endpoint::group_in_pim(group),
        Subject::Role { template } => endpoint::role_privileged(template),
    };
    let answer = client.batch(&[call], Version::Beta).await.ok().and_then(|answers| answers.into_iter().next());
    match (subject, answer) {
        (Subject::Group { .. }, Some(Ok(_))) => Beside { in_pim: Some(true), privileged: None },
        (Subject::Group { .. }, Some(Err(error))) if error.status() == Some(404) => {
            Beside { in_pim: Some(false), privileged: None }
        }
        (Subject::Group { .. }, _) => Beside::default(),
        (Subject::Role { .. }, answer) => Beside {
            in_pim: Some(true),
            privileged: answer.and_then(Result::ok).and_then(|body| body["isPrivileged"].as_bool()),
        },
    }
}
