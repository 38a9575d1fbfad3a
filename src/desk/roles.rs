//! Reads the tenant's Entra roles.

use std::collections::BTreeMap;

use futures_util::future::join;

use crate::directory::Role;
use crate::graph::{Client, Error, Tokens, decode, endpoint};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::world::World;

/// All roles by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    /// The roles, each template once.
    pub roles: Vec<Role>,
    /// Whether the marks as privileged could be read (beta only).
    pub marked: bool,
}

/// Reads all roles, and beside them which are marked as privileged. Without the marks the list still stands.
pub async fn list<W: World, T: Tokens>(client: &Client<W, T>) -> Result<Roles, Error> {
    let (roles, marks) = (endpoint::roles(), endpoint::roles_privileged());
    let (roles, marks) = join(client.all(&roles), client.all(&marks)).await;
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
