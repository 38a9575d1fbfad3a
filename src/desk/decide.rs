//! Decides a request. The stage is read before and after; a decision is never sent twice.

use crate::approval::kept::would_show;
use crate::approval::{Decision, Ending, Kind, Request, Review, Sending, Stage, Whose, open_stage, review_of, whose};
use crate::graph::{Client, Error, Tokens, decode, endpoint, retry};
use crate::guid::Guid;
use crate::world::World;

use super::approvals::{stages, stages_soon};
use super::readback::{Readback, reading};

/// The outcome of a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Read back as this person's: sent now, or earlier and seen late.
    Decided(Review),
    /// Someone had decided it before, or it was decided differently; what was to be sent now had no effect.
    AlreadyDecided(Review),
    /// It was decided as this person wanted; Microsoft does not say whether by this decision or by another one.
    Unnamed(Review),
    /// The request does not wait for this person: withdrawn, expired, or not theirs to decide. Nothing was sent.
    NotOpen {
        /// The status of its stage, verbatim; empty if there is none.
        status: String,
    },
    /// It was sent and the outcome was unknown; the request no longer waits now, and shows no decision.
    NoEffect,
    /// Microsoft accepted it, but reading back does not show it yet.
    NotVisibleYet,
    /// There was no usable answer, or a conflict, and reading shows no decision: it may still appear. It is sent again
    /// only if the person says so.
    Unknown(Error),
    /// Microsoft refused; nothing took effect.
    Refused(Error),
}

impl Outcome {
    /// Whether reading showed what became of the request, so that nothing more is to be sent.
    pub const fn is_known(&self) -> bool {
        match self {
            Self::Decided(_) | Self::AlreadyDecided(_) | Self::Unnamed(_) | Self::NotOpen { .. } | Self::NoEffect => {
                true
            }
            Self::NotVisibleYet | Self::Unknown(_) | Self::Refused(_) => false,
        }
    }

    /// Whether the request was approved, by whomever.
    pub fn was_approved(&self) -> bool {
        match self {
            Self::Decided(review) | Self::AlreadyDecided(review) | Self::Unnamed(review) => {
                review.decision == Decision::Approve
            }
            _ => false,
        }
    }

    /// Whether another decision may be sent: this one had no effect, certainly, or according to a look that found the
    /// request open and began when the decision would have shown. An answer that was lost is no surer than an accepted
    /// one.
    pub fn may_send_again(&self, sent_unix_ms: i64, found_open_unix_ms: Option<i64>) -> bool {
        match self {
            Self::Refused(_) => true,
            Self::Unknown(_) | Self::NotVisibleYet => {
                found_open_unix_ms.is_some_and(|looked| would_show(sent_unix_ms, looked))
            }
            _ => false,
        }
    }

    /// This outcome, if an earlier decision on the request was sent whose outcome was unknown.
    #[must_use]
    pub fn after_another(self) -> Self {
        if matches!(self, Self::NotOpen { .. }) { Self::NoEffect } else { self }
    }

    /// The justification on record, if this person's decision is on record: it may be an earlier one, seen late, with
    /// other words than those typed now. `None` also if Graph does not return the words of the decision sent now.
    pub fn on_record(&self, me: &Guid) -> Option<&str> {
        match self {
            Self::Decided(review) => Some(review.justification.as_str()).filter(|words| !words.trim().is_empty()),
            Self::AlreadyDecided(review) if review.by_id.as_ref() == Some(me) => Some(&review.justification),
            _ => None,
        }
    }
}

/// What a later look at a decision with an unknown outcome found.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// The outcome is known now.
    Settled(Outcome),
    /// There is still no decision; the request waits.
    StillOpen,
    /// It could not be read.
    Failed(Error),
}

/// The waits before the first readings after a decision, ms.
const WAITS_MS: [u32; 3] = [0, 500, 1_500];

/// The wait before each further reading, ms: one, and more while they fail as they do when the network is down.
const LAST_WAIT_MS: u32 = 3_000;

/// Decides a request. `me` is the signed-in person's object ID.
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

/// Decides one of many: if Microsoft throttles the reading of the stage, that is returned at once.
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

/// Decides a request whose stages have just been read.
async fn decide_on<W: World, T: Tokens>(
    client: &Client<W, T>,
    before: Vec<Stage>,
    (kind, request_id): (Kind, &str),
    (decision, justification): (Decision, &str),
    me: &Guid,
) -> Outcome {
    if let Some(review) = review_of(&before) {
        return told(review.clone(), (decision, justification), me, Sending::Unsent);
    }
    let Some(stage) = open_stage(&before) else {
        let status = before.first().map(|stage| stage.status.clone()).unwrap_or_default();
        return Outcome::NotOpen { status };
    };
    let answer = client.send(&endpoint::approvals::decide(kind, request_id, &stage.id, decision, justification)).await;
    let sending = match &answer {
        Ok(_) => Sending::Accepted,
        Err(error) if error.status() == Some(409) => Sending::Conflict,
        Err(error) if error.is_unsettled() => Sending::Lost,
        Err(error) => return Outcome::Refused(error.clone()),
    };
    if let Some(review) = read_review(client, kind, request_id).await {
        return told(review, (decision, justification), me, sending);
    }
    match answer {
        Ok(_) => Outcome::NotVisibleYet,
        Err(error) if sending == Sending::Conflict => {
            by_status(client, kind, request_id, decision).await.unwrap_or(Outcome::Unknown(error))
        }
        Err(error) => Outcome::Unknown(error),
    }
}

/// Looks once more at a decision that was not visible yet or unknown. Only reads.
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
            Some(review) => Checked::Settled(told(review.clone(), (decision, justification), me, Sending::Lost)),
            None if open_stage(&stages).is_some() => Checked::StillOpen,
            None => {
                let known = by_status(client, kind, request_id, decision).await;
                Checked::Settled(known.unwrap_or(Outcome::NoEffect))
            }
        },
    }
}

/// The outcome that a review shows.
fn told(review: Review, sent: (Decision, &str), me: &Guid, sending: Sending) -> Outcome {
    match whose(&review, sent, me, sending) {
        Whose::Mine => Outcome::Decided(review),
        Whose::Theirs => Outcome::AlreadyDecided(review),
        Whose::Unsaid => Outcome::Unnamed(review),
    }
}

/// What the request itself says where its stages show no review: how it ended, but not who decided. `None` if it waits,
/// or cannot be read.
async fn by_status<W: World, T: Tokens>(
    client: &Client<W, T>,
    kind: Kind,
    request_id: &str,
    decision: Decision,
) -> Option<Outcome> {
    let body = client.send(&reading(endpoint::approvals::request(kind, request_id))).await.ok()?;
    let result = match Ending::of(&decode::requests(kind, &[body]).0.pop()?) {
        Ending::Approved => Decision::Approve,
        Ending::Denied => Decision::Deny,
        Ending::Withdrawn | Ending::Lapsed | Ending::Failed => return Some(Outcome::NoEffect),
        Ending::Waits | Ending::Other(_) => return None,
    };
    let by = String::new();
    let review = Review { decision: result, by, by_id: None, at_unix_ms: None, justification: String::new() };
    Some(if result == decision { Outcome::Unnamed(review) } else { Outcome::AlreadyDecided(review) })
}

async fn read_review<W: World, T: Tokens>(client: &Client<W, T>, kind: Kind, request_id: &str) -> Option<Review> {
    let world = client.world();
    let mut time = Readback::begin(world);
    let mut waits = WAITS_MS.into_iter();
    loop {
        let planned_ms = waits.next();
        let plan_ms = planned_ms.unwrap_or(LAST_WAIT_MS);
        let pause_ms = time.pause_ms(world, plan_ms);
        if pause_ms > plan_ms {
            client.wait_shown(pause_ms).await;
        } else if pause_ms > 0 {
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

/// Whether a reading that failed like this may succeed a moment later.
fn may_pass(error: &Error) -> bool {
    matches!(error, Error::NoAnswer { .. }) || error.status().is_some_and(retry::read_may_repeat)
}
