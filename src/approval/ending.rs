//! How a request ended, from its status and, if known, the stage of its approval.

use super::{Request, Stage, review_of};
use crate::approval::Decision;

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// It is still waiting.
    Waits,
    /// It was approved.
    Approved,
    /// It was denied.
    Denied,
    /// Nobody decided within 24 hours.
    Lapsed,
    /// The requester withdrew it.
    Withdrawn,
    /// It failed; Microsoft does not say why.
    Failed,
    /// An unknown status, verbatim.
    Other(String),
}

impl Ending {
    /// From the status alone, which is the only field that gives the state (graph.md G27). `Failed` may also mean that
    /// the request expired; only the stage shows that.
    pub fn of(request: &Request) -> Self {
        match request.status.to_ascii_lowercase().as_str() {
            "pendingapproval" | "pendingadmindecision" => Self::Waits,
            "granted"
            | "provisioned"
            | "schedulecreated"
            | "pendingprovisioning"
            | "pendingschedulecreation"
            | "revoked" => Self::Approved,
            "denied" => Self::Denied,
            "expired" => Self::Lapsed,
            "canceled" => Self::Withdrawn,
            "failed" => Self::Failed,
            _ => Self::Other(request.status.clone()),
        }
    }

    /// With the stage, which also shows who decided, or that nobody did in time.
    pub fn with_stages(request: &Request, stages: &[Stage]) -> Self {
        let lapsed = || stages.iter().any(|stage| stage.status.eq_ignore_ascii_case("Expired"));
        match review_of(stages).map(|review| review.decision) {
            Some(Decision::Approve) => Self::Approved,
            Some(Decision::Deny) => Self::Denied,
            None if lapsed() => Self::Lapsed,
            None => Self::of(request),
        }
    }

    /// Whether access was granted.
    pub fn was_approved(&self) -> bool {
        *self == Self::Approved
    }
}
