//! One change carried to many policies: what each is to hold, as a person chose it. From here it goes the way of every
//! change: read again, merged, checked, planned, saved and read back, policy by policy (`desk::rollout`).

pub mod aspect;
pub mod choice;
pub mod kept;
pub mod not_sent;
pub mod outcome;
pub mod paste;
pub mod plan;
pub mod record;
pub mod taken_out;
pub mod undo;

use crate::guid::Guid;
use crate::policy::{Setting, Subject, Value};

/// A policy that is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Whose policy.
    pub subject: Subject,
    /// The name of the group or role; empty when unknown.
    pub name: String,
}

/// What one policy is to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The policy.
    pub target: Target,
    /// The settings it is to hold, with their values.
    pub wanted: Vec<(Setting, Value)>,
    /// Values from which alone a setting may be changed; what holds something else was changed by someone since and is
    /// left alone, and said so. Settings that are not named may be changed from whatever they hold. For an undo.
    pub only_from: Vec<(Setting, Value)>,
}

/// What is proposed: to be looked at before anything is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What it is, in a person's words: "Copy 4 settings from Tier-0 Operators (members)".
    pub title: String,
    /// The policies, each subject once.
    pub items: Vec<Item>,
    /// The earlier rollout that it takes back.
    pub undoes: Option<Guid>,
    /// What it leaves out of that one, because nobody knows how it was saved.
    pub left_out: Vec<Unsure>,
}

/// A policy of which an undo takes nothing back, or not all, because nobody knows how the rest was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsure {
    /// The policy.
    pub target: Target,
    /// The settings that are left out; of a plan that an older version kept none are known.
    pub settings: Vec<Setting>,
}
