//! What is compared, in an address: `#/compare?left=groups/{id}/member&right=changes/{receiptId}/before&show=all`.

use std::fmt;
use std::str::FromStr;

use super::parameter;
use crate::guid::Guid;
use crate::policy::Subject;

/// Where one side comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A policy as Microsoft has it now.
    Policy(Subject),
    /// The policy before a change, by its receipt in this browser.
    Before(Guid),
    /// The policy as a change was meant to leave it.
    After(Guid),
}

impl Source {
    /// The subject, if it is a policy.
    pub const fn subject(&self) -> Option<&Subject> {
        match self {
            Self::Policy(subject) => Some(subject),
            Self::Before(_) | Self::After(_) => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy(subject) => subject.fmt(f),
            Self::Before(id) => write!(f, "changes/{id}/before"),
            Self::After(id) => write!(f, "changes/{id}/after"),
        }
    }
}

impl FromStr for Source {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let Some(receipt) = text.strip_prefix("changes/") else {
            return text.parse().map(Self::Policy).map_err(|_| ());
        };
        let (id, moment) = receipt.split_once('/').ok_or(())?;
        let id = id.parse().map_err(|_| ())?;
        match moment {
            "before" => Ok(Self::Before(id)),
            "after" => Ok(Self::After(id)),
            _ => Err(()),
        }
    }
}

/// The two sides and how much of them is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Comparing {
    /// The left side; `None` while none is picked.
    pub left: Option<Source>,
    /// The right side; `None` while none is picked.
    pub right: Option<Source>,
    /// Shows all settings, not only those that differ.
    pub all: bool,
}

impl Comparing {
    /// Two sides, showing what differs.
    pub const fn of(left: Option<Source>, right: Option<Source>) -> Self {
        Self { left, right, all: false }
    }

    /// The same with the sides swapped.
    #[must_use]
    pub fn swapped(&self) -> Self {
        Self { left: self.right.clone(), right: self.left.clone(), all: self.all }
    }
}

/// Parses it; a side that names nothing is not picked.
pub(super) fn read(query: &str) -> Comparing {
    let side = |name: &str| parameter(query, name)?.trim().to_ascii_lowercase().parse().ok();
    let all = parameter(query, "show").is_some_and(|shown| shown.eq_ignore_ascii_case("all"));
    Comparing { left: side("left"), right: side("right"), all }
}

/// Writes it, with its `?`. Neither the path of a subject nor that of a receipt contains anything that must be escaped.
pub(super) fn write(comparing: &Comparing) -> String {
    let side = |name: &str, side: &Option<Source>| side.as_ref().map(|source| format!("{name}={source}"));
    let parts: Vec<String> = [side("left", &comparing.left), side("right", &comparing.right)]
        .into_iter()
        .flatten()
        .chain(comparing.all.then(|| "show=all".to_owned()))
        .collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}
