//! The stage of an approval, and the decision made in it.

use crate::guid::Guid;

/// The stage of an approval (v1.0 `approvalStage`, beta `approvalStep`). PIM has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The ID to decide on.
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
    /// Who decided, by display name; empty if Graph does not say.
    pub by: String,
    /// Object ID of who decided, if known.
    pub by_id: Option<Guid>,
    /// When, ms since 1970.
    pub at_unix_ms: Option<i64>,
    /// The reviewer's justification.
    pub justification: String,
}

/// Approve or deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Grant the access.
    Approve,
    /// Refuse it.
    Deny,
}

impl Decision {
    /// The verb Graph expects in a PATCH; its answers contain the participle (graph.md G30).
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

/// The stage to decide: in progress, not reviewed, assigned to the signed-in person. IDs are read, never assumed
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
