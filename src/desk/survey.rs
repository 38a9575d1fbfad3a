//! Reads the policies of many groups, and of all roles, with as few calls as possible: pages of the list, names and
//! batches of policies overlap, and what is read is reported at once.
//!
//! At most [`MOST_AT_ONCE`] calls are in flight; at the first sign of throttling fewer, until calls succeed again. What
//! was throttled inside a batch is put back and goes into a later batch, so that slowing down does not turn into one
//! call for each group.

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

/// What to survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every group in PIM.
    GroupsInPim,
    /// Only these groups.
    Groups(Vec<Guid>),
    /// The policies of these groups once more. The second list are those of them whose name is still needed.
    Again(Vec<Guid>, Vec<Guid>),
    /// Every Entra role.
    Roles,
    /// Only these roles.
    SomeRoles(Vec<Guid>),
    /// The policies of these roles once more; their names are known.
    RolesAgain(Vec<Guid>),
}

impl Scope {
    /// Whether it is about groups or roles.
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
    /// Groups or roles were found; their policies come later. Each is reported once.
    Found(Vec<Guid>),
    /// Details of groups or roles. Those whose name cannot be read are left out.
    Named(Vec<Holder>),
    /// The names could not be read; the policies still are.
    NotNamed(Error),
    /// The policies of one group or role: normally one for members and one for owners, or one for the role.
    Policies(Guid, Result<Vec<Policy>, Error>),
    /// The list is complete: this many were found in all.
    Listed(usize),
    /// The list broke off; what was found before stays.
    ListFailed(Error),
    /// Microsoft is throttling: from now on this many calls are in flight.
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

/// Reads all of it. `tell` is called with what is read, as it comes. `patience` ends it: what is on its way is still
/// reported.
pub async fn survey<W: World, T: Tokens>(
    client: &Client<W, T>,
    scope: &Scope,
    patience: &Patience,
    tell: &dyn Fn(News),
) -> End {
    go_on(client, &mut Board::new(scope), patience, tell).await
}

/// Reads what is left on a board: everything, or the rest of a survey that was stopped.
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
