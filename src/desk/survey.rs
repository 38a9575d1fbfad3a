//! Reads the policies of many groups, and of all roles, with as few calls as there can be: the pages of the list, the
//! names and the batches of policies overlap, and what is read is told at once.
//!
//! Never more than [`MOST_AT_ONCE`] calls are in flight. At the first sign that Microsoft asks to slow down, fewer are,
//! until calls go through again. What was throttled inside a batch is put back and asked for in a later batch, so that
//! slowing down does not turn into a call for each group.

mod board;
mod job;
pub mod progress;
pub mod rows;

use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;

pub use self::board::Board;
use self::job::{Done, Job, run};
use crate::directory::Holder;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Tokens};
use crate::guid::Guid;
use crate::matrix::HolderKind;
use crate::policy::Policy;
use crate::world::World;

pub use super::pace::MOST_AT_ONCE;

/// What is surveyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every group in PIM.
    GroupsInPim,
    /// These groups: a choice.
    Groups(Vec<Guid>),
    /// The policies of these groups once more. Only those among them without a name are asked for it.
    Again(Vec<Guid>, Vec<Guid>),
    /// Every Entra role.
    Roles,
    /// These roles: a choice.
    SomeRoles(Vec<Guid>),
    /// The policies of these roles once more; what they are is known.
    RolesAgain(Vec<Guid>),
}

impl Scope {
    /// Whether it is groups or roles.
    pub const fn kind(&self) -> HolderKind {
        match self {
            Self::GroupsInPim | Self::Groups(_) | Self::Again(..) => HolderKind::Groups,
            Self::Roles | Self::SomeRoles(_) | Self::RolesAgain(_) => HolderKind::Roles,
        }
    }
}

/// Something that was read.
#[derive(Debug)]
pub enum News {
    /// Groups or roles were found; their policies come later. Each is told once.
    Found(Vec<Guid>),
    /// What groups or roles are. Those whose name cannot be read are told nothing of.
    Named(Vec<Holder>),
    /// The names could not be read; the policies still are.
    NotNamed(Error),
    /// The policies of one group or role: normally one each for members and owners, or a role's one.
    Policies(Guid, Result<Vec<Policy>, Error>),
    /// The list is complete: this many were found in all.
    Listed(usize),
    /// The list broke off; what was found before stays.
    ListFailed(Error),
    /// Microsoft asked to slow down: this many calls are in flight from now on.
    Slowed(usize),
}

/// How a survey ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Everything was asked for.
    Complete,
    /// The person stopped it.
    Stopped,
}

/// Reads them all. `tell` hears what is read, in the order in which it comes. `patience` ends it: what is on its way is
/// still told.
pub async fn survey<W: World, T: Tokens>(
    client: &Client<W, T>,
    scope: &Scope,
    patience: &Patience,
    tell: &dyn Fn(News),
) -> End {
    go_on(client, &mut Board::new(scope), patience, tell).await
}

/// Reads what is left on a board: all of it, or what an earlier survey was stopped before.
pub async fn go_on<W: World, T: Tokens>(
    client: &Client<W, T>,
    board: &mut Board,
    patience: &Patience,
    tell: &dyn Fn(News),
) -> End {
    let kind = board.kind();
    let mut running: FuturesUnordered<LocalBoxFuture<'_, (Job, Done)>> = FuturesUnordered::new();
    loop {
        while !patience.is_stopped() && running.len() < board.at_once() {
            let Some(job) = board.next_job() else { break };
            running.push(Box::pin(run(client, kind, job, patience)));
        }
        let Some((job, done)) = running.next().await else { break };
        board.take_in(job, done, tell);
    }
    if patience.is_stopped() { End::Stopped } else { End::Complete }
}
