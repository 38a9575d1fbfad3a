//! What a file means in this tenant: its groups, roles and approvers, by id or by a name that is not doubtful.

use std::collections::BTreeMap;

use super::super::fault::Place;
use super::{Entry, Import, Whose};
use crate::guid::Guid;
use crate::policy::{Approver, Setting, Subject, Value};
use crate::rollout::{Item, Target};

/// What was found in the directory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Names of groups by id.
    pub groups: BTreeMap<Guid, String>,
    /// Names of roles by the id of their template.
    pub roles: BTreeMap<Guid, String>,
    /// The approvers by what they were looked up by; none where there is not exactly one.
    pub approvers: BTreeMap<String, Approver>,
}

/// Why an entry, or a part of it, was not matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmatched {
    /// Nothing has this id or name.
    NotFound,
    /// Several have this name.
    Several,
    /// The file speaks of it twice.
    Twice,
    /// Nothing was understood of what it is to hold.
    Nothing,
    /// This approver was not found, or is doubtful; approval is left as it is.
    Approver(String),
}

/// What a file means here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// What the policies are to hold.
    pub items: Vec<Item>,
    /// What was not matched: where, what the file calls it, why.
    pub left: Vec<(Place, String, Unmatched)>,
}

/// Matches a file's entries.
pub fn resolve(import: &Import, known: &Known) -> Resolved {
    let mut resolved = Resolved::default();
    for entry in &import.entries {
        let called = called(&entry.whose);
        let mut leave = |why| resolved.left.push((entry.place.clone(), called.clone(), why));
        let target = match target(&entry.whose, known) {
            Ok(target) => target,
            Err(why) => {
                leave(why);
                continue;
            }
        };
        if resolved.items.iter().any(|item| item.target.subject == target.subject) {
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

/// What the file calls it.
fn called(whose: &Whose) -> String {
    match whose {
        Whose::GroupId(id, access) => [id.as_str(), " (", access.as_str(), ")"].concat(),
        Whose::GroupName(name, access) => [name, " (", access.as_str(), ")"].concat(),
        Whose::RoleId(id) => id.to_string(),
        Whose::RoleName(name) => name.clone(),
    }
}

fn target(whose: &Whose, known: &Known) -> Result<Target, Unmatched> {
    let by_id = |names: &BTreeMap<Guid, String>, id: &Guid| {
        names.get_key_value(id).map(|(id, name)| (id.clone(), name.clone())).ok_or(Unmatched::NotFound)
    };
    let by_name = |names: &BTreeMap<Guid, String>, name: &str| {
        let wanted = name.trim().to_lowercase();
        let mut found = names.iter().filter(|(_, own)| own.trim().to_lowercase() == wanted);
        match (found.next(), found.next()) {
            (Some((id, name)), None) => Ok((id.clone(), name.clone())),
            (None, _) => Err(Unmatched::NotFound),
            (Some(_), Some(_)) => Err(Unmatched::Several),
        }
    };
    let group = |(group, name): (Guid, String), access| Target { subject: Subject::Group { group, access }, name };
    let role = |(template, name): (Guid, String)| Target { subject: Subject::Role { template }, name };
    match whose {
        Whose::GroupId(id, access) => by_id(&known.groups, id).map(|found| group(found, *access)),
        Whose::GroupName(name, access) => by_name(&known.groups, name).map(|found| group(found, *access)),
        Whose::RoleId(id) => by_id(&known.roles, id).map(role),
        Whose::RoleName(name) => by_name(&known.roles, name).map(role),
    }
}

/// What it is to hold, and the approvers that are missing. Without all of them approval is left alone: it would be
/// demanded of nobody, or of too few.
fn wanted(entry: &Entry, known: &Known) -> (Vec<(Setting, Value)>, Vec<String>) {
    let mut wanted = entry.wanted.clone();
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for named in entry.approvers.iter().flatten() {
        match known.approvers.get(&named.key()) {
            Some(approver) if named.kind.is_none_or(|kind| kind == approver.kind) => found.push(approver.clone()),
            _ => missing.push(if named.name.is_empty() { named.key() } else { named.name.clone() }),
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
