//! Opens a group: its properties, both policies, and whether it is in PIM, in one round trip.

use futures_util::future::join;
use serde_json::Value as Json;

use crate::directory::Group;
use crate::graph::{Client, Error, Tokens, Version, answer, decode, endpoint};
use crate::guid::Guid;
use crate::policy::{Access, Policy};
use crate::world::World;

use super::rights::{WriteRight, judge};

/// A group as it opens. Each part stands alone: one that cannot be read does not hide the others.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenGroup {
    /// The group's properties.
    pub group: Result<Group, Error>,
    /// The policies that were returned: normally one for members and one for owners.
    pub policies: Result<Vec<Policy>, Error>,
    /// Whether it is in PIM; `None` when that could not be read.
    pub in_pim: Option<bool>,
    /// Whether the signed-in person can probably change the policies.
    pub write: WriteRight,
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

/// Reads group, policies, PIM membership and what tells the right to write, all at the same time: one `$batch` for
/// each version of the API. `me` is the signed-in person's object id.
pub async fn open<W: World, T: Tokens>(client: &Client<W, T>, id: &Guid, me: &Guid) -> OpenGroup {
    let parts = [endpoint::group(id), endpoint::policies(id), endpoint::my_roles(), endpoint::owners(id)];
    let (batched, in_pim) = join(client.batch(&parts, Version::V1), in_pim(client, id)).await;
    match batched {
        Ok(answers) => {
            let mut answers = answers.into_iter();
            let mut next = || answers.next().unwrap_or(Ok(Json::Null));
            let (group, policies) = (group(next()), policies(id, next()));
            let (roles, owners) = (next(), next());
            let write = group.as_ref().map_or(WriteRight::Unknown, |group| judge(me, group, &roles, &owners));
            OpenGroup { group, policies, in_pim, write }
        }
        Err(error) => OpenGroup { group: Err(error.clone()), policies: Err(error), in_pim, write: WriteRight::Unknown },
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
    // In a batch of its own, because "no" is a 404, which a browser would report as an error on its console.
    let answers = client.batch(&[endpoint::group_in_pim(id)], Version::Beta).await.ok()?;
    match answers.into_iter().next()? {
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
