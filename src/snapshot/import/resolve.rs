//! What a file means in this tenant: its groups, roles and approvers, by ID or by an unambiguous name.

use std::collections::{BTreeMap, BTreeSet};

use super::super::fault::{Place, clip};
use super::{Import, ImportedPolicy, MOST_LEFT, Whose};
use crate::guid::Guid;
use crate::policy::{Access, Approver, Setting, Subject, Value};
use crate::rollout::{Item, Target};

/// What was found in the directory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Names of groups by ID.
    pub groups: BTreeMap<Guid, String>,
    /// Names of roles by template ID.
    pub roles: BTreeMap<Guid, String>,
    /// The approvers by the key that was looked up; only those with exactly one match.
    pub approvers: BTreeMap<String, Approver>,
}

/// Why an entry, or a part of it, was not matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmatched {
    /// Nothing has this ID or name.
    NotFound,
    /// Several have this name.
    Several,
    /// Neither the file nor the person says whether members or owners are meant.
    NoAccess,
    /// The file contains it twice.
    Twice,
    /// None of its values was understood.
    Nothing,
    /// This approver was not found, or is ambiguous; approval is left as it is.
    Approver(String),
}

/// What a file means here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The wanted values of the policies.
    pub items: Vec<Item>,
    /// What was not matched: where, its name in the file, why. At most [`MOST_LEFT`].
    pub left: Vec<(Place, String, Unmatched)>,
    /// How much more there is.
    pub more_left: usize,
}

/// Matches a file's entries. `access` is used if the file says neither members nor owners.
pub fn resolve(import: &Import, known: &Known, access: Option<Access>) -> Resolved {
    let mut resolved = Resolved::default();
    let names = Names::of(known);
    let mut seen: BTreeSet<Subject> = BTreeSet::new();
    for entry in &import.entries {
        let called = called(&entry.whose);
        let (told, more) = (&mut resolved.left, &mut resolved.more_left);
        let mut leave = |why| {
            if told.len() < MOST_LEFT {
                told.push((entry.place.clone(), called.clone(), why));
            } else {
                *more += 1;
            }
        };
        let target = match target(&entry.whose, known, &names, access) {
            Ok(target) => target,
            Err(why) => {
                leave(why);
                continue;
            }
        };
        if !seen.insert(target.subject.clone()) {
            leave(Unmatched::Twice);
            continue;
        }
        let (wanted, missing) = wanted(entry, known);
        for name in missing {
            leave(Unmatched::Approver(name));
        }
        if wanted.is_empty() {
            leave(Unmatched::Nothing);
        } else {
            resolved.items.push(Item { target, wanted, only_from: Vec::new() });
        }
    }
    resolved
}

/// Its name in the file.
fn called(whose: &Whose) -> String {
    let with = |name: &str, access: &Option<Access>| match access {
        Some(access) => [name, " (", access.as_str(), ")"].concat(),
        None => name.to_owned(),
    };
    match whose {
        Whose::GroupId(id, access) => with(id.as_str(), access),
        Whose::GroupName(name, access) => with(&clip(name), access),
        Whose::RoleId(id) => id.to_string(),
        Whose::RoleName(name) => clip(name),
    }
}

/// IDs by name in lower case.
struct Names<'a> {
    groups: BTreeMap<String, Vec<&'a Guid>>,
    roles: BTreeMap<String, Vec<&'a Guid>>,
}

impl<'a> Names<'a> {
    fn of(known: &'a Known) -> Self {
        let by_name = |names: &'a BTreeMap<Guid, String>| {
            let mut ids: BTreeMap<String, Vec<&'a Guid>> = BTreeMap::new();
            for (id, name) in names {
                ids.entry(key(name)).or_default().push(id);
            }
            ids
        };
        Self { groups: by_name(&known.groups), roles: by_name(&known.roles) }
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

fn target(whose: &Whose, known: &Known, names: &Names<'_>, meant: Option<Access>) -> Result<Target, Unmatched> {
    let by_id = |names: &BTreeMap<Guid, String>, id: &Guid| {
        names.get_key_value(id).map(|(id, name)| (id.clone(), name.clone())).ok_or(Unmatched::NotFound)
    };
    let by_name = |ids: &BTreeMap<String, Vec<&Guid>>, all: &BTreeMap<Guid, String>, name: &str| match ids
        .get(&key(name))
        .map(Vec::as_slice)
    {
        Some([id]) => by_id(all, id),
        Some([_, ..]) => Err(Unmatched::Several),
        _ => Err(Unmatched::NotFound),
    };
    let group = |(group, name): (Guid, String), access: Option<Access>| {
        let access = access.or(meant).ok_or(Unmatched::NoAccess)?;
        Ok(Target { subject: Subject::Group { group, access }, name })
    };
    let role = |(template, name): (Guid, String)| Target { subject: Subject::Role { template }, name };
    match whose {
        Whose::GroupId(id, access) => by_id(&known.groups, id).and_then(|found| group(found, *access)),
        Whose::GroupName(name, access) => {
            by_name(&names.groups, &known.groups, name).and_then(|found| group(found, *access))
        }
        Whose::RoleId(id) => by_id(&known.roles, id).map(role),
        Whose::RoleName(name) => by_name(&names.roles, &known.roles, name).map(role),
    }
}

/// The wanted values, and the approvers that are missing. Unless all are found, approval is left alone: it would be
/// required of nobody, or of too few.
fn wanted(entry: &ImportedPolicy, known: &Known) -> (Vec<(Setting, Value)>, Vec<String>) {
    let mut wanted = entry.wanted.clone();
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for named in entry.approvers.iter().flatten() {
        match known.approvers.get(&named.key()) {
            Some(approver) if named.kind.is_none_or(|kind| kind == approver.kind) => found.push(approver.clone()),
            _ => missing.push(if named.name.is_empty() { named.key() } else { clip(&named.name) }),
        }
    }
    if !missing.is_empty() {
        wanted.retain(|(setting, _)| *setting != Setting::ApprovalRequired);
    } else if entry.approvers.is_some() {
        found.dedup();
        wanted.push((Setting::Approvers, Value::Approvers(found)));
    }
    (wanted, missing)
}
