//! Which Entra roles groups hold: many groups in few batches, and only if the permission is granted.

use futures_util::StreamExt;
use futures_util::stream;
use serde_json::Value as Json;

use crate::baseline::Held;
use crate::graph::{Client, Error, Tokens, Version, answer, batch, endpoint};
use crate::guid::Guid;
use crate::world::World;

/// Most batches in flight.
const AT_ONCE: usize = 3;

/// Whether the roles of a group may be read, as far as is known without asking.
pub fn may_read<W: World, T: Tokens>(client: &Client<W, T>, group: &Guid) -> bool {
    client.granted(endpoint::evidence::held_roles(group).scopes)
}

/// Reads the roles of groups that can hold some. `tell` is called once for each group. Nothing is sent without the
/// permission.
pub async fn read<W: World, T: Tokens>(client: &Client<W, T>, groups: &[Guid], tell: &dyn Fn(Vec<(Guid, Held)>)) {
    let Some(first) = groups.first() else { return };
    if !may_read(client, first) {
        return tell(groups.iter().map(|group| (group.clone(), Held::NotGranted)).collect());
    }
    let batches = groups.chunks(batch::PARTS).map(|chunk| async move {
        let parts: Vec<_> = chunk.iter().map(endpoint::evidence::held_roles).collect();
        let answers = client.batch(&parts, Version::V1).await;
        let held = |at: usize| match &answers {
            Ok(answers) => answers.get(at).map_or(Held::Failed, of_answer),
            Err(_) => Held::Failed,
        };
        chunk.iter().enumerate().map(|(at, group)| (group.clone(), held(at))).collect()
    });
    let mut running = stream::iter(batches).buffer_unordered(AT_ONCE);
    while let Some(told) = running.next().await {
        tell(told);
    }
}

/// A role without a template ID makes the whole answer unusable: it could be the one that counts. So does a list that
/// has more pages.
fn of_answer(answer: &Result<Json, Error>) -> Held {
    let Ok(body) = answer else { return Held::Failed };
    if body["@odata.nextLink"].is_string() {
        return Held::Failed;
    }
    let Ok(entries) = answer::list(body, "GET") else { return Held::Failed };
    let template = |entry: &Json| {
        let role = &entry["roleDefinition"];
        let id = role["templateId"].as_str().or_else(|| entry["roleDefinitionId"].as_str())?;
        id.parse().ok()
    };
    let roles: Option<Vec<Guid>> = entries.iter().map(template).collect();
    roles.map_or(Held::Failed, Held::Known)
}
