//! Decides a request. The stage is read first and read again after; a decision is never sent twice.

use crate::approval::{Decision, Kind, Request, Review, Stage, open_stage, review_of};
use crate::graph::{Client, Error, Tokens, decode, endpoint, retry};
use crate::guid::Guid;
use crate::world::World;

use super::approvals::{stages, stages_soon};
use super::readback::{Readback, reading};

/// How a decision ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Read back as made by this person: by what was sent now, or before and seen late.
    Decided(Review),
    /// It was decided before, by someone else or otherwise; what was to be sent now took no effect.
    AlreadyDecided(Review),
    /// The request does not wait for this person: withdrawn, expired, or not theirs to decide. Nothing was sent.
    NotOpen {
        /// The status of its stage, verbatim; empty when there is none.
        status: String,
    },
    /// It was sent and its end was not known; now the request does not wait any more, and shows no decision.
    NoEffect,
    /// Microsoft accepted it, but reading it back does not show it yet.
    NotVisibleYet,
    /// No usable answer came, or one of a conflict, and reading shows no decision: it may still appear. Sending again needs
    /// the person's word.
    Unknown(Error),
    /// Microsoft refused; nothing took effect.
    Refused(Error),
}

impl Outcome {
    /// The same where another decision on the request was sent before, and its end was not known.
    #[must_use]
    pub fn after_another(self) -> Self {
        if matches!(self, Self::NotOpen { .. }) { Self::NoEffect } else { self }
    }
}

/// What a later look at a decision found whose end was not known.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// Its end is known now.
    Settled(Outcome),
    /// Reading still shows no decision; the request waits.
    StillOpen,
    /// It could not be read.
    Failed(Error),
}

/// Waits before the first readings after a decision, ms.
const WAITS_MS: [u32; 3] = [0, 500, 1_500];

/// The wait before each that follows, ms: one, and more while they fail as they do where the network is down.
const LAST_WAIT_MS: u32 = 3_000;

/// Decides. `me` is the signed-in person's object id.
pub async fn decide<W: World, T: Tokens>(
    client: &Client<W, T>,
    kind: Kind,
    request_id: &str,
    decision: Decision,
    justification: &str,
    me: &Guid,
) -> Outcome {
    if let Err(error) = client.ready(endpoint::approvals::deciding(kind)).await {
        return Outcome::Refused(error);
    }
    match stages(client, kind, request_id).await {
        Ok(before) => decide_on(client, before, (kind, request_id), (decision, justification), me).await,
        Err(error) => Outcome::Refused(error),
    }
}

/// The same as one of many: where Microsoft asks to wait before the stage is read, that is told at once.
pub async fn decide_soon<W: World, T: Tokens>(
    client: &Client<W, T>,
    request: &Request,
    decision: Decision,
    justification: &str,
    me: &Guid,
) -> Outcome {
    let (kind, id) = (request.kind(), request.id.as_str());
    if let Err(error) = client.ready(endpoint::approvals::deciding(kind)).await {
        return Outcome::Refused(error);
    }
    match stages_soon(client, kind, id).await {
        Ok(before) => decide_on(client, before, (kind, id), (decision, justification), me).await,
        Err(error) => Outcome::Refused(error),
    }
}

/// Decides, where its stages have just been read.
async fn decide_on<W: World, T: Tokens>(
    client: &Client<W, T>,
    before: Vec<Stage>,
    (kind, request_id): (Kind, &str),
    (decision, justification): (Decision, &str),
    me: &Guid,
) -> Outcome {
    if let Some(review) = review_of(&before) {
        return told_if_same(review.clone(), decision, justification, me);
    }
    let Some(stage) = open_stage(&before) else {
        let status = before.first().map(|stage| stage.status.clone()).unwrap_or_default();
        return Outcome::NotOpen { status };
    };
    let answer = client.send(&endpoint::approvals::decide(kind, request_id, &stage.id, decision, justification)).await;
    match answer {
        Ok(_) => match read_review(client, kind, request_id).await {
            Some(review) => told_by(review, decision, justification, me),
            None => Outcome::NotVisibleYet,
        },
        Err(error) if error.status() == Some(409) || error.is_unsettled() => {
            match read_review(client, kind, request_id).await {
                Some(review) if error.status() == Some(409) => told_if_same(review, decision, justification, me),
                Some(review) => told_by(review, decision, justification, me),
                // A conflict may be with the same decision, which the browser sent before: only a review tells.
                None => Outcome::Unknown(error),
            }
        }
        Err(error) => Outcome::Refused(error),
    }
}

/// Looks once more at a decision that ended as not visible yet or unknown. Only reads.
pub async fn check<W: World, T: Tokens>(
    client: &Client<W, T>,
    kind: Kind,
    request_id: &str,
    decision: Decision,
    justification: &str,
    me: &Guid,
) -> Checked {
    match stages(client, kind, request_id).await {
        Err(error) => Checked::Failed(error),
        Ok(stages) => match review_of(&stages) {
            Some(review) => Checked::Settled(told_by(review.clone(), decision, justification, me)),
            None if open_stage(&stages).is_some() => Checked::StillOpen,
            None => Checked::Settled(Outcome::NoEffect),
        },
    }
}

/// Whether the review that was read is the decision that was sent, or somebody else's. Where Graph does not tell who
/// reviewed, the same decision with the same words counts as ours: the stage was open a moment before.
fn told_by(review: Review, decision: Decision, justification: &str, me: &Guid) -> Outcome {
    let by_me = match &review.by_id {
        Some(id) => id == me,
        None => review.justification.trim() == justification.trim(),
    };
    if by_me && review.decision == decision { Outcome::Decided(review) } else { Outcome::AlreadyDecided(review) }
}

/// A decision that was there before is only ours if person, decision and words agree. It may be one that was sent and seen
/// late; and browsers themselves repeat a request whose connection ended before an answer, which then meets, with a 409,
/// the decision that the first one made.
fn told_if_same(review: Review, decision: Decision, justification: &str, me: &Guid) -> Outcome {
    let repeated = review.by_id.as_ref() == Some(me) && review.justification.trim() == justification.trim();
    if repeated { told_by(review, decision, justification, me) } else { Outcome::AlreadyDecided(review) }
}

async fn read_review<W: World, T: Tokens>(client: &Client<W, T>, kind: Kind, request_id: &str) -> Option<Review> {
    let world = client.world();
    let mut time = Readback::begin(world);
    let mut waits = WAITS_MS.into_iter();
    loop {
        let planned_ms = waits.next();
        let pause_ms = time.pause_ms(world, planned_ms.unwrap_or(LAST_WAIT_MS));
        if pause_ms > 0 {
            world.sleep(pause_ms).await;
        }
        let is_last = time.is_over(world);
        let answer = client.send(&reading(endpoint::approvals::stages(kind, request_id))).await;
        let may_pass = match answer.and_then(|body| decode::stages(&body)) {
            Ok(stages) => {
                if let Some(review) = review_of(&stages) {
                    return Some(review.clone());
                }
                false
            }
            Err(error) => {
                time.failed(world, &error);
                may_pass(&error)
            }
        };
        if is_last || (planned_ms.is_none() && !may_pass) {
            return None;
        }
    }
}

/// Whether a reading that failed so may succeed a moment later.
fn may_pass(error: &Error) -> bool {
    matches!(error, Error::NoAnswer { .. }) || error.status().is_some_and(retry::read_may_repeat)
}
