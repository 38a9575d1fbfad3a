//! What a copy from a policy needs: its source once more, and only then the policies that get its values.

use super::look::{Seen, look};
use crate::desk::policies::{NoPolicy, read_watched};
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Tokens};
use crate::guid::Guid;
use crate::policy::{Policy, Subject};
use crate::rollout::Item;
use crate::world::World;

/// Reads the source again, then what its values are copied to: `items` makes that from the source as it is now. If the
/// source cannot be read, nothing else is.
pub async fn look_from<W: World, T: Tokens>(
    client: &Client<W, T>,
    source: &Subject,
    items: impl FnOnce(&Policy) -> Vec<Item>,
    me: &Guid,
    patience: &Patience,
    tell: &dyn Fn(usize, usize),
) -> Result<Result<(Policy, Vec<Seen>), NoPolicy>, Error> {
    let policy = match read_watched(client, source, patience).await? {
        Ok(policy) => policy,
        Err(none) => return Ok(Err(none)),
    };
    let items = if patience.is_stopped() { Vec::new() } else { items(&policy) };
    let seen = if items.is_empty() { Vec::new() } else { look(client, items, me, patience, tell).await };
    Ok(Ok((policy, seen)))
}
