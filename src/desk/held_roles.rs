//! Which Entra roles groups hold: many groups in few batches, and only if the permission is granted.

use futures_util::StreamExt;
use futures_util::stream;
use serde_json::Value as Json;

use crate::baseline::Held;
use crate::graph::client::call_of;
use crate::graph::error::Ids;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Tokens, Version, answer, batch, endpoint};
use crate::guid::Guid;
use crate::world::World;

/// Most batches in flight.
const AT_ONCE: usize = 3;

/// What was read about a group.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldNews {
    /// The group.
    pub group: Guid,
    /// The roles it has.
    pub held: Held,
    /// Why they could not be read; `None` also if the person stopped reading.
    pub error: Option<Error>,
}

/// Whether the roles of a group may be read, as far as is known without asking.
pub fn may_read<W: World, T: Tokens>(client: &Client<W, T>, group: &Guid) -> bool {
    client.granted(endpoint::evidence::held_roles(group).scopes)
}

/// Reads the roles of groups that can hold some. `tell` is called once for each group. Nothing is sent without the
/// permission, nor after the person stopped reading.
pub async fn read<W: World, T: Tokens>(
    client: &Client<W, T>,
    groups: &[Guid],
    patience: &Patience,
    tell: &dyn Fn(Vec<HeldNews>),
) {
    let Some(first) = groups.first() else { return };
    let all = |groups: &[Guid], held: &Held| -> Vec<HeldNews> {
        groups.iter().map(|group| HeldNews { group: group.clone(), held: held.clone(), error: None }).collect()
    };
    if !may_read(client, first) {
        return tell(all(groups, &Held::NotGranted));
    }
    let batches = groups.chunks(batch::PARTS).map(|chunk| async move {
        let parts: Vec<_> = chunk.iter().map(endpoint::evidence::held_roles).collect();
        let mut answers = None;
        // A stop is heard at once, whatever the call waits for.
        patience.wait(async { answers = Some(client.batch(&parts, Version::V1).await) }).await;
        let news = |(group, answer): (&Guid, Result<Json, Error>)| {
            let (held, error) = match answer.and_then(|body| of_answer(group, &body)) {
                Ok(roles) => (Held::Known(roles), None),
                Err(error) => (Held::Failed, Some(error)),
            };
            HeldNews { group: group.clone(), held, error }
        };
        let answers = match answers {
            None => return all(chunk, &Held::NotRead),
            Some(Ok(answers)) => answers,
            Some(Err(error)) => chunk.iter().map(|_| Err(error.clone())).collect(),
        };
        chunk.iter().zip(answers).map(news).collect()
    });
    let mut running = stream::iter(batches).buffer_unordered(AT_ONCE);
    while let Some(told) = running.next().await {
        tell(told);
    }
}

/// A role without a template ID makes the whole answer unusable: it could be the one that counts. So does a list that
/// has more pages.
fn of_answer(group: &Guid, body: &Json) -> Result<Vec<Guid>, Error> {
    let call = || call_of(&endpoint::evidence::held_roles(group));
    let unusable = |what: &str| Error::Unexpected { call: call(), what: what.to_owned(), ids: Ids::default() };
    if body["@odata.nextLink"].is_string() {
        return Err(unusable("the list of roles has more pages"));
    }
    let template = |entry: &Json| {
        let role = &entry["roleDefinition"];
        let id = role["templateId"].as_str().or_else(|| entry["roleDefinitionId"].as_str())?;
        id.parse().ok()
    };
    let roles: Option<Vec<Guid>> = answer::list(body, &call())?.iter().map(template).collect();
    roles.ok_or_else(|| unusable("a role has no ID"))
}
