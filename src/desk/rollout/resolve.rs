//! Finds the policies that a pasted list refers to. Nothing is guessed: a name must be the whole name, and unique.

use crate::auth::scope::Scope;
use crate::desk::{directory, exact_name, roles};
use crate::directory::{DirectoryObject as Known, Group};
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Tokens};
use crate::guid::Guid;
use crate::policy::{Access, Subject};
use crate::rollout::Target;
use crate::rollout::paste::Pasted;
use crate::world::World;

/// The result of looking up a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The policies, each once.
    pub targets: Vec<Target>,
    /// Entries that match nothing.
    pub unknown: Vec<String>,
    /// Names that more than one group has.
    pub several: Vec<String>,
    /// Something was not found and could be a role: this session may not read roles.
    pub without_roles: bool,
    /// How many entries were not looked up yet, because there were too many at once.
    pub beyond: usize,
}

impl Resolved {
    fn add(&mut self, id: &Guid, name: &str, own: Option<Access>, accesses: &[Access]) {
        let accesses = own.as_ref().map_or(accesses, std::slice::from_ref);
        for access in accesses {
            self.push(Subject::Group { group: id.clone(), access: *access }, name);
        }
    }

    /// There is no group of this name, and no role that could be looked up.
    fn miss(&mut self, called: &str, reads_roles: bool) {
        self.without_roles = !reads_roles;
        self.unknown.push(called.to_owned());
    }

    fn push(&mut self, subject: Subject, name: &str) {
        if !self.targets.iter().any(|target| target.subject == subject) {
            self.targets.push(Target { subject, name: name.to_owned() });
        }
    }
}

/// Looks up the entries; `None` if stopped. `accesses` are used if an entry says neither members nor owners.
pub async fn resolve<W: World, T: Tokens>(
    client: &Client<W, T>,
    entries: &[Pasted],
    accesses: &[Access],
    patience: &Patience,
) -> Result<Option<Resolved>, Error> {
    let mut resolved = Resolved::default();
    let ids: Vec<Guid> = entries
        .iter()
        .filter_map(|entry| match entry {
            Pasted::Id(id, _) => Some(id.clone()),
            Pasted::Policy(Subject::Group { group, .. }) => Some(group.clone()),
            Pasted::Policy(Subject::Role { .. }) | Pasted::Name(..) => None,
        })
        .collect();
    let known = if ids.is_empty() { std::collections::BTreeMap::new() } else { directory::names(client, &ids).await? };
    let names: Vec<&str> = entries
        .iter()
        .filter_map(|entry| if let Pasted::Name(name, _) = entry { Some(name.as_str()) } else { None })
        .collect();
    if patience.is_stopped() {
        return Ok(None);
    }
    let Some(searched) = exact_name::groups(client, &names, patience, &|_| ()).await? else { return Ok(None) };
    let mut searched = searched.into_iter();
    let asks_roles = entries.iter().any(|entry| !matches!(entry, Pasted::Policy(Subject::Group { .. })));
    let may_be_role = |entry: &Pasted| match entry {
        Pasted::Id(id, _) => !matches!(known.get(id), Some(Known::Group(_))),
        // A role may have the same name as a group.
        Pasted::Name(..) => true,
        Pasted::Policy(_) => false,
    };
    let reads_roles = client.granted(&[Scope::RoleRead]);
    let all_roles = if asks_roles && reads_roles {
        match roles::list(client).await {
            Ok(list) => list.roles,
            Err(error) if entries.iter().any(may_be_role) => return Err(error),
            Err(_) => Vec::new(),
        }
    } else {
        Vec::new()
    };
    for entry in entries {
        match entry {
            Pasted::Policy(subject @ Subject::Role { template }) => {
                let role = all_roles.iter().find(|role| role.template_id == *template);
                resolved.push(subject.clone(), role.map_or("", |role| role.name.as_str()));
            }
            Pasted::Policy(subject @ Subject::Group { group, .. }) => match known.get(group) {
                Some(Known::Group(found)) => resolved.push(subject.clone(), &found.name),
                _ => resolved.unknown.push(subject.to_string()),
            },
            Pasted::Id(id, access) => match known.get(id) {
                Some(Known::Group(group)) => resolved.add(id, &group.name, *access, accesses),
                _ => match all_roles.iter().find(|role| role.template_id == *id) {
                    Some(role) => resolved.push(Subject::Role { template: id.clone() }, &role.name),
                    None => resolved.miss(id.as_str(), reads_roles),
                },
            },
            Pasted::Name(name, access) => {
                let groups: Vec<Group> = searched.next().unwrap_or_default();
                let same = |other: &str| other.to_lowercase() == name.to_lowercase();
                let role = all_roles.iter().find(|role| same(&role.name));
                match (groups.as_slice(), role) {
                    ([group], None) => resolved.add(&group.id, &group.name, *access, accesses),
                    ([], Some(role)) => {
                        resolved.push(Subject::Role { template: role.template_id.clone() }, &role.name);
                    }
                    ([], None) => resolved.miss(name, reads_roles),
                    _ => resolved.several.push(name.clone()),
                }
            }
        }
    }
    Ok(Some(resolved))
}

/// What is to be looked up to name the targets that have no name.
pub fn nameless<'a>(targets: impl Iterator<Item = &'a Target>) -> Vec<Pasted> {
    targets.filter(|target| target.name.is_empty()).map(|target| Pasted::Policy(target.subject.clone())).collect()
}

/// Gives targets without a name the name that was found.
pub fn name<'a>(targets: impl Iterator<Item = &'a mut Target>, found: &[Target]) {
    for target in targets.filter(|target| target.name.is_empty()) {
        let found = found.iter().find(|found| found.subject == target.subject);
        target.name = found.map(|found| found.name.clone()).unwrap_or_default();
    }
}
