//! What a rollout works on, what it tells, and what it needs of the page.

use std::any::Any;
use std::sync::Arc;

use futures_util::future::LocalBoxFuture;

use super::control::Halt;
use super::look::Seen;
use crate::desk::save::{Finished, Outcome, RuleProgress};
use crate::graph::client::Waiting;
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::policy::{Draft, Subject};
use crate::receipt::Receipt;
use crate::rollout::Target;
use crate::rollout::record::Record;

/// One policy to save.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The policy.
    pub target: Target,
    /// What it is called in its receipt: "Tier-0 Operators (members)".
    pub label: String,
    /// What is changed, as it was planned.
    pub draft: Draft,
    /// What the plan was made from.
    pub seen: Arc<Seen>,
    /// The receipt that it takes back.
    pub undoes: Option<Guid>,
}

/// How far one policy is.
#[derive(Clone, Debug, PartialEq)]
pub enum PolicyProgress {
    /// Waits for its turn, or for the person's word.
    Waiting,
    /// Read before the first write, or its rules on their way.
    Running(Vec<RuleProgress>),
    /// A part of it is written; it waits for the person's word to go on.
    Paused(Box<Finished>),
    /// Its save ended so. Several saves, of which a pause ended all but the last, are told as one.
    Ended(Box<Outcome>),
    /// The last of several saves sent nothing and ended so; those before it left this.
    Left(Box<Finished>, Box<Outcome>),
    /// Its turn never came.
    NotBegun,
}

impl PolicyProgress {
    /// Whether it waits half saved for the person's word, weaker than it was and than wanted: then going on sends the rest.
    pub fn waits_half_way(&self) -> bool {
        matches!(self, Self::Paused(finished) if !finished.exposed().is_empty())
    }
}

/// What happened.
#[derive(Debug)]
pub enum RunNews<'a> {
    /// A policy moved on.
    At(usize, PolicyProgress),
    /// A save waits because Microsoft asked for it, or goes on (`None`).
    Wait(usize, Option<Waiting>),
    /// So many saves run at once from now on.
    Pace(usize),
    /// It stands still until the person says so.
    Halted(&'a Halt),
}

/// What a rollout needs of the page.
pub trait Host {
    /// Takes the lock of a policy's page, or says that another tab holds it. It is given free when the value is dropped.
    /// `patience` ends the wait for it.
    fn enter<'a>(&'a self, subject: &'a Subject, patience: &'a Patience) -> LocalBoxFuture<'a, Option<Box<dyn Any>>>;
    /// Keeps a receipt in place of its earlier form.
    fn keep(&self, receipt: Receipt);
    /// Keeps the record in place of its earlier form.
    fn keep_record(&self, record: &Record);
    /// Hears what happens.
    fn tell(&self, news: RunNews<'_>);
}
