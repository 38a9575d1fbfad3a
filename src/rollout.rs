//! One change for many policies: what each is to contain, as a person chose it. From here it is handled like every
//! change: read again, merged, checked, planned, saved and read back, policy by policy (`desk::rollout`).

pub mod aspect;
pub mod choice;
pub mod kept;
pub mod listed;
pub mod not_sent;
pub mod outcome;
pub mod paste;
pub mod plan;
pub mod record;
pub mod shift;
pub mod taken_out;
pub mod undo;

use crate::guid::Guid;
use crate::policy::{Setting, Subject, Value};

/// A policy to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The policy's subject.
    pub subject: Subject,
    /// The name of the group or role; empty if unknown.
    pub name: String,
}

/// What one policy is to contain.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The policy.
    pub target: Target,
    /// The settings to set, with their values.
    pub wanted: Vec<(Setting, Value)>,
    /// For an undo: the only values from which a setting may be changed. If it has another value, someone changed it
    /// since, and it is left alone, which is reported. Settings not listed may be changed from any value.
    pub only_from: Vec<(Setting, Value)>,
}

/// A proposed change of many policies, reviewed before anything is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Its title, for people: "Copy 4 settings from Tier-0 Operators (members)".
    pub title: String,
    /// The items, at most one for each subject.
    pub items: Vec<Item>,
    /// The earlier rollout that it undoes.
    pub undoes: Option<Guid>,
    /// What it does not undo of that one, because it is not known whether it was saved.
    pub left_out: Vec<Unsure>,
}

/// A policy that is not undone, or not completely, because it is not known whether the rest was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsure {
    /// The policy.
    pub target: Target,
    /// The settings left out; unknown (empty) in a plan stored by an older version.
    pub settings: Vec<Setting>,
}
