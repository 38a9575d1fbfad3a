//! Looks up what a file of another tool names: groups, roles, approvers.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt;
use futures_util::stream;

use super::{directory, groups, roles};
use crate::directory::Entry;
use crate::graph::{Client, Error, Tokens};
use crate::guid::Guid;
use crate::policy::{Approver, ApproverKind};
use crate::snapshot::Import;
use crate::snapshot::import::resolve::Known;
use crate::snapshot::import::{Named, Whose};
use crate::world::World;

/// Searches at a time.
const AT_ONCE: usize = 4;

/// Looks it all up. What is not found, or not without doubt, is missing; a call that fails ends it, because what is
/// missing would then look as if it were not there.
pub async fn look_up<W: World, T: Tokens>(client: &Client<W, T>, import: &Import) -> Result<Known, Error> {
    let mut known = Known::default();
    let (mut ids, mut names): (BTreeSet<Guid>, BTreeSet<&str>) = (BTreeSet::new(), BTreeSet::new());
    let mut with_roles = false;
    for entry in &import.entries {
        match &entry.whose {
            Whose::GroupId(id, _) => drop(ids.insert(id.clone())),
            Whose::GroupName(name, _) => drop(names.insert(name)),
            Whose::RoleId(_) | Whose::RoleName(_) => with_roles = true,
        }
    }
    let approvers: BTreeMap<String, &Named> =
        import.entries.iter().flat_map(|entry| entry.approvers.iter().flatten()).map(|one| (one.key(), one)).collect();
    ids.extend(approvers.values().filter_map(|one| one.id.clone()));
    if with_roles {
        let found = roles::list(client).await?.roles;
        known.roles.extend(found.into_iter().map(|role| (role.template_id, role.name)));
    }
    let ids: Vec<Guid> = ids.into_iter().collect();
    let entries = if ids.is_empty() { BTreeMap::new() } else { directory::names(client, &ids).await? };
    for (id, entry) in &entries {
        if let Entry::Group(group) = entry {
            known.groups.insert(id.clone(), group.name.clone());
        }
    }
    let names: Vec<&str> = names.into_iter().collect();
    let mut found = stream::iter(names).map(|name| groups::find(client, name)).buffered(AT_ONCE);
    while let Some(page) = found.next().await {
        known.groups.extend(page?.groups.into_iter().map(|group| (group.id, group.name)));
    }
    for (key, named) in approvers {
        let hit = match &named.id {
            Some(id) => entries.get(id).cloned(),
            None => directory::named(&directory::search(client, &named.name).await?, &named.name).cloned(),
        };
        known.approvers.extend(hit.map(|hit| (key, approver(&hit))));
    }
    Ok(known)
}

fn approver(entry: &Entry) -> Approver {
    let kind = match entry {
        Entry::Person(_) => ApproverKind::User,
        Entry::Group(_) => ApproverKind::Group,
    };
    Approver { kind, id: entry.id().to_string() }
}
