//! Settings that another tool wrote: EasyPIM's orchestrator configuration, the JSON of its `Get-…Policy`, and the tables
//! of its exports. What is understood becomes values for groups and roles; the rest is listed with its place.

pub mod approvers;
mod cells;
pub mod config;
pub mod resolve;
pub mod table;
mod values;

use crate::guid::Guid;
use crate::policy::{Access, ApproverKind, Setting, Value};

use super::fault::Place;

/// What was understood of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// One for each policy that the file speaks of, in its order.
    pub entries: Vec<Entry>,
    /// What was not taken in, and where.
    pub left: Vec<(Place, Left)>,
}

/// What a file says of one policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where.
    pub place: Place,
    /// Whose policy.
    pub whose: Whose,
    /// What it is to hold, but for approvers.
    pub wanted: Vec<(Setting, Value)>,
    /// Who is to approve, if the file says.
    pub approvers: Option<Vec<Named>>,
}

/// Whose policy, as the file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A group by id.
    GroupId(Guid, Access),
    /// A group by name.
    GroupName(String, Access),
    /// A role by the id of its template.
    RoleId(Guid),
    /// A role by name.
    RoleName(String),
}

/// An approver as the file names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The object id, where it is one.
    pub id: Option<Guid>,
    /// A name or an address; may be empty beside an id.
    pub name: String,
    /// What kind, if the file says.
    pub kind: Option<ApproverKind>,
}

impl Named {
    /// What it is looked up by.
    pub fn key(&self) -> String {
        self.id.as_ref().map_or_else(|| self.name.to_lowercase(), ToString::to_string)
    }
}

/// Why something in a file was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// A part that this program has nothing for: assignments, Azure roles, …
    Part(String),
    /// A property that is not known.
    Property(String),
    /// A value that cannot be meant: the property, and the value.
    Value(String, String),
    /// Ticket information cannot be demanded where people are assigned.
    Ticketing(String),
    /// The file does not say whether members or owners are meant.
    NoAccess,
    /// The file does not say whose policy it is.
    NoName,
    /// Without a word about authentication contexts nobody can say what activation is to require.
    NoContext,
    /// This mail takes no further recipients.
    NoRecipients(String),
}
