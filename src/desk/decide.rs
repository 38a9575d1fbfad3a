//! Decides a request. The stage is read first and read again after; a decision is never sent twice.

use crate::approval::{Decision, Review, open_stage, review_of};
use crate::auth::scope::Scope;
use crate::graph::{Client, Error, Tokens, endpoint};
use crate::guid::Guid;
use crate::world::World;

use super::approvals::stages;

/// How a decision ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Sent, and read back as made by this person.
    Decided(Review),
    /// Someone had decided before; nothing of ours took effect.
    AlreadyDecided(Review),
    /// The request does not wait for this person: withdrawn, expired, or not theirs to decide. Nothing was sent.
    NotOpen {
        /// The status of its stage, verbatim; empty when there is none.
        status: String,
    },
    /// Microsoft accepted it, but reading it back does not show it yet.
    NotVisibleYet,
    /// No answer came, and reading shows no decision: it may still appear. Sending again needs the person's word.
    Unknown(Error),
    /// Microsoft refused; nothing took effect.
    Refused(Error),
}

/// Waits before each reading after a decision, ms.
const WAITS_MS: [u32; 4] = [0, 500, 1_500, 3_000];

/// Decides. `me` is the signed-in person's object id.
pub async fn decide<W: World, T: Tokens>(
    client: &Client<W, T>,
    request_id: &str,
    decision: Decision,
    justification: &str,
    me: &Guid,
) -> Outcome {
    if let Err(error) = client.ready(&[Scope::AssignmentScheduleWrite]).await {
        return Outcome::Refused(error);
    }
    let before = match stages(client, request_id).await {
        Ok(stages) => stages,
        Err(error) => return Outcome::Refused(error),
    };
    if let Some(review) = review_of(&before) {
        return Outcome::AlreadyDecided(review.clone());
    }
    let Some(stage) = open_stage(&before) else {
        let status = before.first().map(|stage| stage.status.clone()).unwrap_or_default();
        return Outcome::NotOpen { status };
    };
    let answer = client.send(&endpoint::decide(request_id, &stage.id, decision, justification)).await;
    match answer {
        Ok(_) | Err(Error::Unexpected { .. }) => match read_review(client, request_id).await {
            Some(review) if is_mine(&review, decision, me) => Outcome::Decided(review),
            Some(review) => Outcome::AlreadyDecided(review),
            None => Outcome::NotVisibleYet,
        },
        Err(error) if error.status() == Some(409) || error.is_unsettled() => {
            match read_review(client, request_id).await {
                Some(review) if is_mine(&review, decision, me) && error.status() != Some(409) => {
                    Outcome::Decided(review)
                }
                Some(review) => Outcome::AlreadyDecided(review),
                None if error.status() == Some(409) => Outcome::Refused(error),
                None => Outcome::Unknown(error),
            }
        }
        Err(error) => Outcome::Refused(error),
    }
}

/// Whether the review that was read is the decision just sent. Where Graph does not tell who reviewed, the same
/// decision counts as ours: the stage was open a moment before.
fn is_mine(review: &Review, decision: Decision, me: &Guid) -> bool {
    review.decision == decision && review.by_id.as_ref().is_none_or(|id| id == me)
}

async fn read_review<W: World, T: Tokens>(client: &Client<W, T>, request_id: &str) -> Option<Review> {
    for wait_ms in WAITS_MS {
        if wait_ms > 0 {
            client.world().sleep(wait_ms).await;
        }
        if let Ok(stages) = stages(client, request_id).await
            && let Some(review) = review_of(&stages)
        {
            return Some(review.clone());
        }
    }
    None
}
