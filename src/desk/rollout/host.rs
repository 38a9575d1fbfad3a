//! What a rollout works on, what it reports, and what it needs from the page.

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
    /// Its name in the receipt: "Tier-0 Operators (members)".
    pub label: String,
    /// The planned change.
    pub draft: Draft,
    /// The reading that the plan was made from.
    pub seen: Arc<Seen>,
    /// The receipt whose changes it takes back.
    pub undoes: Option<Guid>,
}

/// How far the saves of one policy are.
#[derive(Clone, Debug, PartialEq)]
pub enum PolicyProgress {
    /// It waits for its turn, or for the person to go on.
    Waiting,
    /// It is being read before the first write, or its rules are being sent.
    Running(Vec<RuleProgress>),
    /// A part of it is written; it waits for the person to go on.
    Paused(Box<Finished>),
    /// The outcome of its save. If pauses made several saves of it, they are reported as one.
    Ended(Box<Outcome>),
    /// The last of several saves sent nothing, with this outcome; the earlier ones left this.
    Left(Box<Finished>, Box<Outcome>),
    /// Its turn never came.
    NotBegun,
}

impl PolicyProgress {
    /// Whether it waits half saved for the person, weaker than before and than wanted: then going on sends the rest.
    pub fn waits_half_way(&self) -> bool {
        matches!(self, Self::Paused(finished) if !finished.exposed().is_empty())
    }
}

/// What a rollout reports.
#[derive(Debug)]
pub enum RunNews<'a> {
    /// The state of a policy changed.
    At(usize, PolicyProgress),
    /// A save waits because Microsoft asked for it, or goes on (`None`).
    Wait(usize, Option<Waiting>),
    /// From now on this many saves run at once.
    Pace(usize),
    /// It is paused until the person says so.
    Halted(&'a Halt),
}

/// What a rollout needs from the page.
pub trait Host {
    /// Takes the lock of a policy's page; `None` if another tab holds it. Dropping the value releases it. `patience`
    /// ends the wait for it.
    fn enter<'a>(&'a self, subject: &'a Subject, patience: &'a Patience) -> LocalBoxFuture<'a, Option<Box<dyn Any>>>;
    /// Stores a receipt in place of its earlier form.
    fn keep(&self, receipt: Receipt);
    /// Stores the record in place of its earlier form.
    fn keep_record(&self, record: &Record);
    /// Takes a report.
    fn tell(&self, news: RunNews<'_>);
}
