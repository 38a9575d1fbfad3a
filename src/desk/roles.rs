//! Reads the tenant's Entra roles.

use std::collections::BTreeMap;

use futures_util::future::join;

use super::pace::may_pass;
use crate::directory::Role;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Request, Tokens, Version, decode, endpoint};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::world::World;

/// All roles by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    /// The roles, each template once.
    pub roles: Vec<Role>,
    /// Whether the privileged marks could be read (beta only).
    pub marked: bool,
}

/// Reads up to [`PARTS`](crate::graph::batch::PARTS) roles, without their privileged marks. Roles that are gone are
/// missing. What was throttled is requested once more, together; the first error that remains is returned along with
/// what was read.
pub async fn some<W: World, T: Tokens>(
    client: &Client<W, T>,
    templates: &[Guid],
    patience: &Patience,
) -> (Vec<Role>, Option<Error>) {
    let (mut roles, mut left, mut refused) = (Vec::new(), templates.to_vec(), None::<Error>);
    for last in [false, true] {
        let calls: Vec<Request> = left.iter().map(endpoint::role).collect();
        let answers = match client.batch_once(&calls, Version::V1).await {
            Ok(answers) => answers,
            Err(error) => calls.iter().map(|_| Err(error.clone())).collect(),
        };
        let (mut passing, mut again) = (None::<Error>, Vec::new());
        for (template, answer) in left.into_iter().zip(answers) {
            match answer {
                Ok(body) => roles.extend(decode::role(&body)),
                Err(error) if error.status() == Some(404) => {}
                Err(error) if may_pass(&error) => {
                    again.push(template);
                    passing = passing.or(Some(error));
                }
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        let Some(error) = passing else { break };
        let wait = error.refusal().filter(|_| !last);
        let goes_on = match wait {
            Some(refusal) => client.wait_as_told(refusal, 0, patience).await,
            None => false,
        };
        if !goes_on {
            return (roles, refused.or(Some(error)));
        }
        left = again;
    }
    (roles, refused)
}

/// Reads all roles and, alongside, which are marked as privileged. The list does not depend on the marks.
pub async fn list<W: World, T: Tokens>(client: &Client<W, T>) -> Result<Roles, Error> {
    let (roles, marks) = (endpoint::roles(), endpoint::roles_privileged());
    let (roles, marks) = join(client.whole(&roles), client.whole(&marks)).await;
    let mut named: Vec<(String, Role)> =
        roles?.iter().filter_map(decode::role).map(|role| (role.name.to_lowercase(), role)).collect();
    sort_by(&mut named, |left, right| left.0.cmp(&right.0).then_with(|| left.1.template_id.cmp(&right.1.template_id)));
    named.dedup_by(|left, right| left.1.template_id == right.1.template_id);
    let marked = marks.is_ok();
    let marks: BTreeMap<Guid, bool> = marks
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| Some((entry["id"].as_str()?.parse().ok()?, entry["isPrivileged"].as_bool()?)))
        .collect();
    let mark = |role: Role| Role { privileged: marks.get(&role.id).copied(), ..role };
    Ok(Roles { roles: named.into_iter().map(|(_, role)| mark(role)).collect(), marked })
}
