//! The step of an approval, and the decision on it.

use crate::guid::Guid;

/// The stage of an approval (v1.0 `approvalStage`, beta `approvalStep`). PIM has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The id to decide on.
    pub id: String,
    /// `InProgress`, `Completed`, `Expired`, … verbatim.
    pub status: String,
    /// Whether the signed-in person may decide.
    pub assigned_to_me: bool,
    /// The review, if there is one.
    pub review: Option<Review>,
}

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// What was decided.
    pub decision: Decision,
    /// Who decided, by display name; empty when Graph does not tell.
    pub by: String,
    /// Object id of who decided, if told.
    pub by_id: Option<Guid>,
    /// When, ms since 1970.
    pub at_unix_ms: Option<i64>,
    /// Why.
    pub justification: String,
}

/// Approve or deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Let the person in.
    Approve,
    /// Refuse.
    Deny,
}

impl Decision {
    /// The verb Graph expects in a PATCH; it answers with the participle (graph.md G30).
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
        }
    }

    /// Reads `reviewResult`. `None` while nobody has decided.
    pub fn from_result(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "approve" | "approved" => Some(Self::Approve),
            "deny" | "denied" => Some(Self::Deny),
            _ => None,
        }
    }
}

/// The stage to decide: in progress, not reviewed, assigned to the signed-in person. Ids are read, never assumed
/// (graph.md G24).
pub fn open_stage(stages: &[Stage]) -> Option<&Stage> {
    stages
        .iter()
        .find(|stage| stage.assigned_to_me && stage.review.is_none() && stage.status.eq_ignore_ascii_case("InProgress"))
}

/// The review of the first decided stage.
pub fn review_of(stages: &[Stage]) -> Option<&Review> {
    stages.iter().find_map(|stage| stage.review.as_ref())
}
