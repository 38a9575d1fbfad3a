//! Finds groups: those in PIM, those whose name contains some words, or one by its ID.

use std::collections::BTreeSet;

use crate::directory::{DirectoryObject, Group};
use crate::graph::pages::Trail;
use crate::graph::{Client, Error, Request, Tokens, decode, endpoint};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::world::World;

use super::directory::names;

/// How many groups a search asks for per page.
const FOUND: usize = 25;

/// A page of groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupPage {
    /// The groups, in the order of the answer.
    pub groups: Vec<Group>,
    /// The call that reads the next page.
    pub next: Option<Request>,
    /// How many there are in all, if the answer says.
    pub total: Option<u64>,
    /// Why the rest of the list cannot be read.
    pub cut: Option<Error>,
    /// The pages read so far.
    pub trail: Trail,
}

impl GroupPage {
    /// Adds the following page. A group that is already there is not added again, and a next page that was read before
    /// ends the list, so that a server fault neither repeats rows nor loops forever.
    pub fn extend(&mut self, more: Self) {
        let known: BTreeSet<Guid> = self.groups.iter().map(|group| group.id.clone()).collect();
        self.groups.extend(more.groups.into_iter().filter(|group| !known.contains(&group.id)));
        let Some(read) = self.next.take() else { return };
        self.goes_on(&read, more.cut.map_or(Ok(more.next), Err));
    }

    /// Sets what follows the page that was read last.
    fn goes_on(&mut self, read: &Request, next: Result<Option<Request>, Error>) {
        (self.next, self.cut) = match self.trail.follow(read, next) {
            Ok(next) => (next, None),
            Err(error) => (None, Some(error)),
        };
    }
}

/// What a search shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// Groups in PIM: all of them are known, so none is left to a later page.
    pub in_pim: Vec<Group>,
    /// The others, in the order of the answer.
    pub others: Vec<Group>,
}

impl Hits {
    /// Combines the matches among the groups in PIM with what the directory found.
    pub fn of(text: &str, in_pim: &[Group], found: &[Group]) -> Self {
        let known: BTreeSet<&Guid> = in_pim.iter().map(|group| &group.id).collect();
        let (found_in_pim, others): (Vec<&Group>, Vec<&Group>) =
            found.iter().partition(|group| known.contains(&group.id));
        let found_in_pim: BTreeSet<&Guid> = found_in_pim.into_iter().map(|group| &group.id).collect();
        let matching = in_pim.iter().filter(|group| found_in_pim.contains(&group.id) || matches(group, text));
        Self { in_pim: matching.cloned().collect(), others: others.into_iter().cloned().collect() }
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.in_pim.len() + self.others.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The group, if there is exactly one.
    pub fn only(&self) -> Option<&Group> {
        let mut groups = self.in_pim.iter().chain(&self.others);
        groups.next().filter(|_| self.len() == 1)
    }
}

/// Whether a group has this ID, or its name contains all words of the text, in any case.
pub fn matches(group: &Group, text: &str) -> bool {
    if let Ok(id) = text.parse::<Guid>() {
        return group.id == id;
    }
    let name = group.name.to_lowercase();
    text.to_lowercase().split_whitespace().all(|word| name.contains(word))
}

/// The groups that are in PIM, by name. IDs whose group is gone or not readable are only counted.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupsInPim {
    /// The groups by name.
    pub groups: Vec<Group>,
    /// How many IDs have no readable group.
    pub unreadable: usize,
}

/// Reads which groups are in PIM and their names: the list of IDs and one look-up of names.
pub async fn in_pim<W: World, T: Tokens>(client: &Client<W, T>) -> Result<GroupsInPim, Error> {
    let entries = client.whole(&endpoint::groups_in_pim()).await?;
    let mut ids: Vec<Guid> = entries.iter().filter_map(|entry| entry["id"].as_str()?.parse().ok()).collect();
    sort_by(&mut ids, Ord::cmp);
    ids.dedup();
    let found = names(client, &ids).await?;
    let unreadable = ids.len() - ids.iter().filter(|id| found.contains_key(id)).count();
    let mut named: Vec<(String, Group)> =
        groups_of(found.into_values()).into_iter().map(|group| (group.name.to_lowercase(), group)).collect();
    sort_by(&mut named, |left, right| left.0.cmp(&right.0).then_with(|| left.1.id.cmp(&right.1.id)));
    Ok(GroupsInPim { groups: named.into_iter().map(|(_, group)| group).collect(), unreadable })
}

/// Groups by ID, for pinned and recent ones.
pub async fn by_ids<W: World, T: Tokens>(client: &Client<W, T>, ids: &[Guid]) -> Result<Vec<Group>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = names(client, ids).await?;
    Ok(groups_of(ids.iter().filter_map(|id| found.remove(id))))
}

/// The first page of groups: all by name, or those that match the words. A pasted ID finds the group itself.
pub async fn find<W: World, T: Tokens>(client: &Client<W, T>, text: &str) -> Result<GroupPage, Error> {
    let text = text.trim();
    if let Ok(id) = text.parse::<Guid>() {
        let groups = by_ids(client, &[id]).await?;
        return Ok(GroupPage { total: u64::try_from(groups.len()).ok(), groups, ..GroupPage::default() });
    }
    let call = if text.is_empty() { endpoint::groups() } else { endpoint::search_groups(text, FOUND) };
    page(client, &call).await
}

/// One page, the first or a next one.
pub async fn page<W: World, T: Tokens>(client: &Client<W, T>, call: &Request) -> Result<GroupPage, Error> {
    let page = client.page(call).await?;
    let groups = page.entries.iter().filter_map(decode::group).collect();
    let mut read = GroupPage { groups, total: page.total, ..GroupPage::default() };
    read.goes_on(call, page.next);
    Ok(read)
}

fn groups_of(entries: impl Iterator<Item = DirectoryObject>) -> Vec<Group> {
    entries.filter_map(|entry| if let DirectoryObject::Group(group) = entry { Some(group) } else { None }).collect()
}
