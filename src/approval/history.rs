//! Requests of the last weeks that were decided or otherwise ended.

mod find;
mod measure;

pub use find::{Order, Query, Who};
pub use measure::{Measure, measures};

use super::evidence::Part;
use super::{Ending, Request, Review, Stage, WINDOW_MS, review_of};
use crate::guid::Guid;

/// How far back a history goes, from a request's creation, ms.
pub const REACH_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A request that ended.
#[derive(Clone, Debug, PartialEq)]
pub struct PastRequest {
    /// The request.
    pub request: Request,
    /// How it ended.
    pub ending: Ending,
    /// Who decided, when and why, or why that is unknown. `Ok(None)`: nobody did.
    pub review: Part<Option<Review>>,
}

impl PastRequest {
    /// From a request and the stages of its approval.
    pub fn of(request: Request, stages: Part<&[Stage]>) -> Self {
        let ending = Ending::with_stages(&request, stages.unwrap_or_default());
        Self { ending, review: stages.map(|stages| review_of(stages).cloned()), request }
    }

    /// The review, if there is one.
    pub fn reviewed(&self) -> Option<&Review> {
        self.review.as_ref().ok()?.as_ref()
    }

    /// Whether this person decided it.
    pub fn is_by(&self, person: &Guid) -> bool {
        self.reviewed().and_then(|review| review.by_id.as_ref()) == Some(person)
    }

    /// When it ended, ms since 1970, if known: the review, the end of the time to decide, or what the request says,
    /// unless that is before its creation (graph.md G27).
    pub fn ended_unix_ms(&self) -> Option<i64> {
        let created = self.request.created_unix_ms;
        match self.reviewed() {
            Some(review) => review.at_unix_ms,
            None if self.ending == Ending::Lapsed => created.map(|created| created + WINDOW_MS),
            None => self.request.completed_unix_ms.filter(|at| created.is_none_or(|created| created <= *at)),
        }
    }

    /// How long the requester waited for the decision, ms. `None` if nobody decided or a time is missing.
    pub fn waited_ms(&self) -> Option<i64> {
        let decided = self.reviewed()?.at_unix_ms?;
        Some(decided - self.request.created_unix_ms?).filter(|waited| *waited >= 0)
    }
}
