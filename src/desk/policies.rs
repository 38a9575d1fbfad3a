//! Opens a group: its properties, both policies, and whether it is in PIM, in one round trip.

use serde_json::Value as Json;

use crate::directory::Group;
use crate::graph::{Client, Error, Tokens, Version, answer, decode, endpoint};
use crate::guid::Guid;
use crate::policy::{Access, Policy};
use crate::world::World;

/// A group as it opens. Each part stands alone: one that cannot be read does not hide the others.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenGroup {
    /// The group's properties.
    pub group: Result<Group, Error>,
    /// The policies that were returned: normally one for members and one for owners.
    pub policies: Result<Vec<Policy>, Error>,
    /// Whether it is in PIM; `None` when that could not be read.
    pub in_pim: Option<bool>,
}

/// Why there is no policy to show or change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPolicy {
    /// Microsoft returned none. It may appear a while after a group is created (T-N10).
    NotReturned,
    /// Microsoft returned more than one: writing could hit the wrong one.
    Several,
}

/// The one policy for an access.
pub fn of_access(policies: &[Policy], access: Access) -> Result<&Policy, NoPolicy> {
    let mut found = policies.iter().filter(|policy| policy.subject.access == access);
    match (found.next(), found.next()) {
        (Some(policy), None) => Ok(policy),
        (None, _) => Err(NoPolicy::NotReturned),
        (Some(_), Some(_)) => Err(NoPolicy::Several),
    }
}

/// Reads group, policies and PIM membership at the same time: one `$batch` and one beta call.
pub async fn open<W: World, T: Tokens>(client: &Client<W, T>, id: &Guid) -> OpenGroup {
    let parts = [endpoint::group(id), endpoint::policies(id)];
    let (batched, in_pim) = futures_util::join!(client.batch(&parts, Version::V1), in_pim(client, id));
    match batched {
        Ok(answers) => {
            let mut answers = answers.into_iter();
            let mut next = || answers.next().unwrap_or(Ok(Json::Null));
            OpenGroup { group: group(next()), policies: policies(id, next()), in_pim }
        }
        Err(error) => OpenGroup { group: Err(error.clone()), policies: Err(error), in_pim },
    }
}

/// Reads one policy afresh.
pub async fn read<W: World, T: Tokens>(
    client: &Client<W, T>,
    id: &Guid,
    access: Access,
) -> Result<Result<Policy, NoPolicy>, Error> {
    let found = policies(id, client.send(&endpoint::policy(id, access)).await)?;
    Ok(of_access(&found, access).cloned())
}

async fn in_pim<W: World, T: Tokens>(client: &Client<W, T>, id: &Guid) -> Option<bool> {
    match client.send(&endpoint::group_in_pim(id)).await {
        Ok(_) => Some(true),
        Err(error) if error.status() == Some(404) => Some(false),
        Err(_) => None,
    }
}

fn group(answer: Result<Json, Error>) -> Result<Group, Error> {
    let body = answer?;
    decode::group(&body).ok_or_else(|| Error::Unexpected {
        call: "GET /v1.0/groups".to_owned(),
        what: "the group has no id".to_owned(),
        ids: crate::graph::error::Ids::default(),
    })
}

fn policies(id: &Guid, answer: Result<Json, Error>) -> Result<Vec<Policy>, Error> {
    let body = answer?;
    Ok(decode::policies(id, answer::list(&body, "GET /v1.0/policies/roleManagementPolicyAssignments")?))
}
