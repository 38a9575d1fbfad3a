//! A row: one policy, as far as it was read.

use std::sync::Arc;

use crate::directory::Holder;
use crate::guid::Guid;
use crate::policy::{Access, Sheet, Subject};

/// What is known of a row's policy.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Its policy is being read, or its turn has not come.
    Waiting,
    /// The policy's settings.
    Read(Arc<Sheet>),
    /// Microsoft returned no policy.
    NoPolicy,
    /// Microsoft returned more than one policy for it: which one applies is unknown.
    Several,
    /// It could not be read. The error is kept outside the table, by subject.
    Failed,
    /// The person stopped reading before its turn.
    NotRead,
}

/// The state of a row, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Read.
    Read,
    /// Being read, or its turn has not come.
    Waiting,
    /// Reading stopped before its turn.
    NotRead,
    /// It could not be read.
    Failed,
    /// There is no policy.
    NoPolicy,
    /// There is more than one policy.
    Several,
}

impl State {
    /// Every state, in the order of the filter.
    pub const ALL: [Self; 6] = [Self::Read, Self::Waiting, Self::NotRead, Self::Failed, Self::NoPolicy, Self::Several];

    /// Its name, used in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Waiting => "waiting",
            Self::NotRead => "not-read",
            Self::Failed => "failed",
            Self::NoPolicy => "no-policy",
            Self::Several => "several",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// A policy in the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The policy's subject.
    pub subject: Subject,
    /// The group or role, once its name is read.
    pub holder: Option<Arc<Holder>>,
    /// What is known of the policy.
    pub standing: Standing,
    /// When it was last changed, RFC 3339, if Graph says.
    pub modified_at: Option<String>,
    /// Who last changed it, if Graph says.
    pub modified_by: Option<String>,
}

/// The kind of policy in a row. Only policies of one class are similar enough to have a majority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Of a group's members.
    Members,
    /// Of a group's owners.
    Owners,
    /// Of an Entra role.
    Roles,
}

impl Class {
    /// Every class, in table order.
    pub const ALL: [Self; 3] = [Self::Members, Self::Owners, Self::Roles];

    /// The class of a subject.
    pub const fn of(subject: &Subject) -> Self {
        match subject {
            Subject::Group { access: Access::Member, .. } => Self::Members,
            Subject::Group { access: Access::Owner, .. } => Self::Owners,
            Subject::Role { .. } => Self::Roles,
        }
    }

    /// Its name, used in addresses and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Owners => "owners",
            Self::Roles => "roles",
        }
    }

    /// The class with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str().eq_ignore_ascii_case(name))
    }
}

impl Row {
    /// A row whose policy is not read yet.
    pub const fn waiting(subject: Subject, holder: Option<Arc<Holder>>) -> Self {
        Self { subject, holder, standing: Standing::Waiting, modified_at: None, modified_by: None }
    }

    /// The policy's settings, if it was read.
    pub fn sheet(&self) -> Option<&Sheet> {
        if let Standing::Read(sheet) = &self.standing { Some(sheet) } else { None }
    }

    /// Its state, in one word.
    pub const fn state(&self) -> State {
        match self.standing {
            Standing::Waiting => State::Waiting,
            Standing::Read(_) => State::Read,
            Standing::NoPolicy => State::NoPolicy,
            Standing::Several => State::Several,
            Standing::Failed => State::Failed,
            Standing::NotRead => State::NotRead,
        }
    }

    /// Whether its settings are unknown because it was not read.
    pub const fn is_unread(&self) -> bool {
        matches!(self.standing, Standing::Waiting | Standing::Failed | Standing::NotRead)
    }

    /// The group's or role's name; its ID if there is no name.
    pub fn name(&self) -> &str {
        let name = self.holder.as_ref().map(|holder| holder.name()).filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| self.id().as_str())
    }

    /// The ID of the group or role.
    pub const fn id(&self) -> &Guid {
        self.subject.id()
    }

    /// Its class.
    pub const fn class(&self) -> Class {
        Class::of(&self.subject)
    }
}
