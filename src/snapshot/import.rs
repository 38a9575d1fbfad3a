//! Settings written by another tool: EasyPIM's orchestrator configuration, the JSON of its `Get-…Policy`, and the
//! tables of its exports. What is understood becomes values for groups and roles; the rest is listed with its place.

pub mod approvers;
mod cells;
pub mod config;
pub mod resolve;
pub mod table;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use crate::guid::Guid;
use crate::policy::{Access, ApproverKind, Setting, Value};

use super::fault::Place;

/// What was understood of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// One for each policy in the file, in order.
    pub entries: Vec<ImportedPolicy>,
    /// What was not imported, and where.
    pub left: Leftovers,
}

impl Import {
    /// How many policies there are for which only the person can say whether members or owners are meant.
    pub fn without_access(&self) -> usize {
        let is_open =
            |entry: &&ImportedPolicy| matches!(entry.whose, Whose::GroupId(_, None) | Whose::GroupName(_, None));
        self.entries.iter().filter(is_open).count()
    }

    /// Names to look up in the directory, each once: of groups, and of approvers.
    pub fn names(&self) -> (BTreeSet<&str>, BTreeMap<String, &Named>) {
        let groups = self.entries.iter().filter_map(|entry| match &entry.whose {
            Whose::GroupName(name, _) => Some(name.trim()),
            _ => None,
        });
        let approvers = self.entries.iter().flat_map(|entry| entry.approvers.iter().flatten());
        let nameless = approvers.filter(|one| one.id.is_none()).map(|one| (one.key(), one));
        (groups.collect(), nameless.collect())
    }
}

/// Most leftovers of a file that are listed.
pub const MOST_LEFT: usize = 200;

/// What was not imported from a file: the first ones, and the number of the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leftovers {
    /// Where, and why.
    pub told: Vec<(Place, Left)>,
    /// How many more there are.
    pub more: usize,
}

impl Leftovers {
    fn push(&mut self, place: Place, why: Left) {
        if self.told.len() < MOST_LEFT { self.told.push((place, why)) } else { self.more += 1 }
    }

    fn append(&mut self, other: Self) {
        self.more += other.more;
        other.told.into_iter().for_each(|(place, why)| self.push(place, why));
    }
}

/// The settings that a file has for one policy.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedPolicy {
    /// Where it is in the file.
    pub place: Place,
    /// The policy's subject.
    pub whose: Whose,
    /// The wanted values, except for approvers.
    pub wanted: Vec<(Setting, Value)>,
    /// The wanted approvers, if the file has any.
    pub approvers: Option<Vec<Named>>,
}

/// The subject of a policy, as named in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A group by ID; `None` if the file does not say whether members or owners are meant.
    GroupId(Guid, Option<Access>),
    /// A group by name.
    GroupName(String, Option<Access>),
    /// A role by its template ID.
    RoleId(Guid),
    /// A role by name.
    RoleName(String),
}

/// An approver as named in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The object ID, if it is one.
    pub id: Option<Guid>,
    /// A name or an address; may be empty next to an ID.
    pub name: String,
    /// The kind, if the file says.
    pub kind: Option<ApproverKind>,
}

impl Named {
    /// The key by which it is looked up.
    pub fn key(&self) -> String {
        self.id.as_ref().map_or_else(|| self.name.to_lowercase(), ToString::to_string)
    }
}

/// Why something in a file was not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// A part that does not belong in this program, or is unknown: assignments, Azure roles, …
    Part(String),
    /// An unknown property.
    Property(String),
    /// An invalid value: the property, and the value.
    Value(String, String),
    /// Ticket information cannot be required for assignments.
    Ticketing(String),
    /// The file does not say whether members or owners are meant.
    NoAccess,
    /// The file does not say whose policy it is.
    NoName,
    /// The file does not mention authentication contexts, so it is unknown what activation is to require.
    NoContext,
    /// This property is half of what activation is to require, and the other half is missing.
    Half(String),
    /// This email takes no additional recipients.
    NoRecipients(String),
}
