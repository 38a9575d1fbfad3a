//! Looks up what a file of another tool names: groups, roles, approvers.

use std::collections::{BTreeMap, BTreeSet};

use super::exact_name::{self, Exactly};
use super::{directory, roles};
use crate::directory::DirectoryObject;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Tokens};
use crate::guid::Guid;
use crate::policy::{Approver, ApproverKind};
use crate::snapshot::Import;
use crate::snapshot::import::Whose;
use crate::snapshot::import::resolve::Known;
use crate::world::World;

/// Most names of groups and approvers that are looked up for one file: each is a call. IDs are looked up a thousand at
/// a time and do not count.
pub const MOST_NAMES: usize = 500;

/// Looks it all up; `None` if stopped. What is not found, or is ambiguous, is missing from the result; a failed call
/// ends the look-up, because what is missing would then look as if it did not exist. `tell` is called with how many
/// names of how many are done.
pub async fn look_up<W: World, T: Tokens>(
    client: &Client<W, T>,
    import: &Import,
    patience: &Patience,
    tell: &dyn Fn(usize, usize),
) -> Result<Option<Known>, Error> {
    let mut known = Known::default();
    let (groups, approvers) = import.names();
    let all = groups.len() + approvers.len();
    let mut ids: BTreeSet<Guid> = BTreeSet::new();
    let mut with_roles = false;
    for entry in &import.entries {
        match &entry.whose {
            Whose::GroupId(id, _) => drop(ids.insert(id.clone())),
            Whose::RoleId(_) | Whose::RoleName(_) => with_roles = true,
            Whose::GroupName(..) => {}
        }
        ids.extend(entry.approvers.iter().flatten().filter_map(|one| one.id.clone()));
    }
    if with_roles {
        let found = roles::list(client).await?.roles;
        known.roles.extend(found.into_iter().map(|role| (role.template_id, role.name)));
    }
    let ids: Vec<Guid> = ids.into_iter().collect();
    let entries = if ids.is_empty() { BTreeMap::new() } else { directory::names(client, &ids).await? };
    for (id, entry) in &entries {
        if let DirectoryObject::Group(group) = entry {
            known.groups.insert(id.clone(), group.name.clone());
        }
    }
    known.approvers.extend(entries.values().map(|entry| (entry.id().to_string(), approver(entry))));
    if patience.is_stopped() {
        return Ok(None);
    }
    let names: Vec<&str> = groups.into_iter().collect();
    let number = names.len();
    let Some(found) = exact_name::groups(client, &names, patience, &|done| tell(done, all)).await? else {
        return Ok(None);
    };
    known.groups.extend(found.into_iter().flatten().map(|group| (group.id, group.name)));
    let names: Vec<&str> = approvers.values().map(|one| one.name.as_str()).collect();
    let told = |done: usize| tell(number + done, all);
    let Some(found) = exact_name::people_and_groups(client, &names, patience, &told).await? else { return Ok(None) };
    for (key, exactly) in approvers.into_keys().zip(found) {
        if let Exactly::One(entry) = exactly {
            known.approvers.insert(key, approver(&entry));
        }
    }
    Ok(Some(known))
}

fn approver(entry: &DirectoryObject) -> Approver {
    let kind = match entry {
        DirectoryObject::Person(_) => ApproverKind::User,
        DirectoryObject::Group(_) => ApproverKind::Group,
    };
    Approver { kind, id: entry.id().to_string() }
}
