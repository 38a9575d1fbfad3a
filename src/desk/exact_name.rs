//! What has exactly this name: never guessed from a search, which shows the first matches and hides the rest.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::desk::directory::names;
use crate::desk::pool::read_all;
use crate::directory::{DirectoryObject, Group};
use crate::graph::client::call_of;
use crate::graph::pages::Trail;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Request, Tokens, answer, decode, endpoint};
use crate::guid::Guid;
use crate::world::World;

/// Longest name that is looked up, in characters: the directory has no longer ones.
const LONGEST: usize = 256;

/// What has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exactly {
    /// One person or group.
    One(DirectoryObject),
    /// Nothing.
    Nobody,
    /// More than one.
    Several,
}

/// The groups with these names, in order; `None` if stopped. If one cannot be read, the whole look-up fails: what is
/// missing would look as if it did not exist.
pub async fn groups<W: World, T: Tokens>(
    client: &Client<W, T>,
    wanted: &[&str],
    patience: &Patience,
    tell: &dyn Fn(usize),
) -> Result<Option<Vec<Vec<Group>>>, Error> {
    let calls = wanted.iter().map(|name| endpoint::groups_named(&clipped(name))).collect();
    let Some(lists) = read(client, calls, patience, tell).await? else { return Ok(None) };
    let of_name = |(name, list): (&&str, Vec<Json>)| {
        list.iter().filter_map(decode::group).filter(|group| is(&group.name, name)).collect()
    };
    Ok(Some(wanted.iter().zip(lists).map(of_name).collect()))
}

/// The people with these names, sign-in names or email addresses and the groups with these names, in order; `None` if
/// stopped.
pub async fn people_and_groups<W: World, T: Tokens>(
    client: &Client<W, T>,
    wanted: &[&str],
    patience: &Patience,
    tell: &dyn Fn(usize),
) -> Result<Option<Vec<Exactly>>, Error> {
    let of_one =
        |name: &&str| [endpoint::people_named(&clipped(name)), endpoint::approving_groups_named(&clipped(name))];
    let calls = wanted.iter().flat_map(of_one).collect();
    let halved = |done: usize| tell(done / 2);
    let Some(lists) = read(client, calls, patience, &halved).await? else { return Ok(None) };
    let mut found = Vec::new();
    for (name, pair) in wanted.iter().zip(lists.chunks(2)) {
        let [people, groups] = pair else { return Ok(None) };
        let is_called = |person: &&Json| {
            endpoint::PERSON_NAMES.iter().any(|property| person[property].as_str().is_some_and(|own| is(own, name)))
        };
        let people = people.iter().filter(is_called).filter_map(decode::person).map(DirectoryObject::Person);
        let groups =
            groups.iter().filter_map(decode::group).filter(|group| is(&group.name, name)).map(DirectoryObject::Group);
        let mut hits = people.chain(groups);
        found.push(match (hits.next(), hits.next()) {
            (Some(one), None) => Exactly::One(one),
            (None, _) => Exactly::Nobody,
            (Some(_), Some(_)) => Exactly::Several,
        });
    }
    Ok(Some(found))
}

/// The one that a text names in full: by ID, sign-in name, email address or display name.
pub async fn one<W: World, T: Tokens>(client: &Client<W, T>, text: &str) -> Result<Exactly, Error> {
    if let Ok(id) = text.parse::<Guid>() {
        let found: BTreeMap<Guid, DirectoryObject> = names(client, &[id]).await?;
        return Ok(found.into_values().next().map_or(Exactly::Nobody, Exactly::One));
    }
    let found = people_and_groups(client, &[text], &Patience::default(), &|_| ()).await?;
    Ok(found.into_iter().flatten().next().unwrap_or(Exactly::Several))
}

fn is(name: &str, wanted: &str) -> bool {
    name.trim().to_lowercase() == wanted.trim().to_lowercase()
}

fn clipped(name: &str) -> String {
    name.trim().chars().take(LONGEST).collect()
}

/// What the calls list, in order, page by page, each entry once. `tell` is called with how many are done.
async fn read<W: World, T: Tokens>(
    client: &Client<W, T>,
    calls: Vec<Request>,
    patience: &Patience,
    tell: &dyn Fn(usize),
) -> Result<Option<Vec<Vec<Json>>>, Error> {
    let lists: RefCell<Vec<Vec<Json>>> = RefCell::new(calls.iter().map(|_| Vec::new()).collect());
    let (trails, done) = (RefCell::new(vec![Trail::default(); calls.len()]), Cell::new(0));
    let failed: RefCell<Option<Error>> = RefCell::default();
    let number = calls.len();
    let take = |at: usize, request: &Request, answered: Result<Json, Error>| {
        let mut trails = trails.borrow_mut();
        let trail = trails.get_mut(at)?;
        let page = answered.and_then(|body| {
            let next = trail.follow(request, client.next(request, &body))?;
            Ok((answer::take_list(body, &call_of(request))?, next))
        });
        let next = match page {
            Ok((mut list, next)) => {
                trail.drop_known(&mut list);
                lists.borrow_mut().get_mut(at)?.append(&mut list);
                next
            }
            Err(error) => {
                failed.borrow_mut().get_or_insert(error);
                patience.stop();
                return None;
            }
        };
        if next.is_none() {
            done.set(done.get() + 1);
            tell(done.get());
        }
        next
    };
    read_all(client, calls, patience, &take, &|| ()).await;
    match failed.into_inner() {
        Some(error) => Err(error),
        None => Ok((done.get() == number).then(|| lists.into_inner())),
    }
}
