//! Names of people and groups, and the search for them.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::directory::{AuthenticationContext, DirectoryObject};
use crate::graph::client::call_of;
use crate::graph::{Client, Error, Tokens, Version, answer, decode, endpoint};
use crate::guid::Guid;
use crate::world::World;

/// How many people and how many groups a search for approvers shows.
const FOUND: usize = 8;

/// What a search for approvers found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// People first, then groups.
    pub entries: Vec<DirectoryObject>,
    /// The directory has more that match.
    pub more: bool,
}

/// Looks up names. IDs that the directory does not know or does not reveal are missing from the map (graph.md G34).
pub async fn names<W: World, T: Tokens>(
    client: &Client<W, T>,
    ids: &[Guid],
) -> Result<BTreeMap<Guid, DirectoryObject>, Error> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(endpoint::NAMES_PER_CALL) {
        let call = endpoint::names(chunk);
        let body = client.send(&call).await?;
        let entries = answer::list(&body, &call_of(&call))?;
        found.extend(entries.iter().filter_map(decode::entry).map(|entry| (entry.id().clone(), entry)));
    }
    Ok(found)
}

/// Finds people and groups by name, people also by sign-in name and email address, or the one with a pasted ID: people
/// first.
pub async fn search<W: World, T: Tokens>(client: &Client<W, T>, text: &str) -> Result<Hits, Error> {
    if let Ok(id) = text.parse::<Guid>() {
        return Ok(Hits { entries: names(client, &[id]).await?.into_values().collect(), more: false });
    }
    let parts = [endpoint::search_people(text, FOUND), endpoint::search_approving_groups(text, FOUND)];
    let mut answers = client.batch(&parts, Version::V1).await?.into_iter();
    let people = answers.next().transpose()?.unwrap_or_default();
    let goes_on = |body: &Json| !body["@odata.nextLink"].is_null();
    let more_people = goes_on(&people);
    let [call, _] = &parts;
    let people = answer::list(&people, &call_of(call))?.iter().filter_map(decode::person).map(DirectoryObject::Person);
    // Someone who may not read groups can still pick people.
    let groups = match answers.next().transpose() {
        Err(error) if error.is_forbidden() => Json::Null,
        groups => groups?.unwrap_or_default(),
    };
    let more = more_people || goes_on(&groups);
    let entries =
        people.chain(answer::entries(&groups).iter().filter_map(decode::group).map(DirectoryObject::Group)).collect();
    Ok(Hits { entries, more })
}

/// The tenant's authentication contexts.
pub async fn authentication_contexts<W: World, T: Tokens>(
    client: &Client<W, T>,
) -> Result<Vec<AuthenticationContext>, Error> {
    let entries = client.whole(&endpoint::authentication_contexts()).await?;
    Ok(entries.iter().filter_map(decode::context).collect())
}

/// The tenant's display name; `None` when it cannot be read.
pub async fn tenant_name<W: World, T: Tokens>(client: &Client<W, T>) -> Option<String> {
    let body = client.send(&endpoint::organization()).await.ok()?;
    body["value"][0]["displayName"].as_str().filter(|name| !name.is_empty()).map(str::to_owned)
}
