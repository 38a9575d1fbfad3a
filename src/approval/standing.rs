//! What can be done with an opened request.

use super::{Request, Review, Stage, open_stage, review_of};
use crate::guid::Guid;

/// What an opened request means for the person looking at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits for this person.
    Open,
    /// This person made it.
    Own,
    /// It extends or renews an assignment, which Graph cannot decide (graph.md G26).
    Extension,
    /// It was decided.
    Decided(Review),
    /// The 24 hours passed without a decision.
    Lapsed,
    /// It ended in another way; the request's status, verbatim.
    Ended(String),
    /// It waits, but not for this person; the stage's status, verbatim, empty if there is no stage.
    NotYours(String),
}

/// Derives it from the request, if it could be read, and the stages of its approval. A review says most (who and when),
/// then the request's status (graph.md G27), then the stage.
pub fn standing(request: Option<&Request>, stages: &[Stage], me: &Guid) -> Standing {
    let first = stages.first().map(|stage| stage.status.as_str()).unwrap_or_default();
    if let Some(review) = review_of(stages) {
        return Standing::Decided(review.clone());
    }
    if first.eq_ignore_ascii_case("Expired") {
        return Standing::Lapsed;
    }
    match request {
        Some(request) if request.is_settled() => Standing::Ended(request.status.clone()),
        Some(request) if request.is_from(me) => Standing::Own,
        Some(request) if request.is_extension() => Standing::Extension,
        _ if open_stage(stages).is_some() => Standing::Open,
        _ => Standing::NotYours(first.to_owned()),
    }
}
