//! A request to activate access to a group, and the decision on it.

use crate::directory::Access;
use crate::time::{DAY_MS, duration_minutes};

/// Who may decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Approver {
    /// A person's object id.
    User(String),
    /// A group's object id; its members may decide.
    Group(String),
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) approved: bool,
    /// Object id of the approver.
    pub(crate) by: String,
    pub(crate) at_ms: i64,
    pub(crate) justification: String,
}

/// A request to activate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AccessRequest {
    pub(crate) id: String,
    pub(crate) stage_id: String,
    pub(crate) group: String,
    pub(crate) access: Access,
    /// Object id of the person who asks.
    pub(crate) principal: String,
    pub(crate) justification: Option<String>,
    /// Ticket number and system.
    pub(crate) ticket: Option<(String, String)>,
    /// When the access is to begin; `None` means at once.
    pub(crate) start_ms: Option<i64>,
    /// How long, as an `Edm.Duration`.
    pub(crate) duration: String,
    pub(crate) created_ms: i64,
    pub(crate) approvers: Vec<Approver>,
    pub(crate) decision: Option<Decision>,
    /// Some payloads write enumerations in Pascal case (quirk 16).
    pub(crate) pascal_case: bool,
}

impl AccessRequest {
    /// A request nobody decides within 24 hours lapses.
    pub(crate) const fn has_lapsed(&self, now: i64) -> bool {
        self.decision.is_none() && now - self.created_ms >= DAY_MS
    }

    /// The request's status at this time.
    pub(crate) fn status(&self, now: i64) -> &'static str {
        match &self.decision {
            Some(decision) if decision.approved => "Provisioned",
            Some(_) => "Denied",
            None if self.has_lapsed(now) => "Failed",
            None => "PendingApproval",
        }
    }

    /// Whether it was approved and the activation has begun and not ended.
    pub(crate) fn is_active(&self, now: i64) -> bool {
        let Some(decision) = self.decision.as_ref().filter(|decision| decision.approved) else { return false };
        let begin = self.start_ms.unwrap_or(decision.at_ms).max(decision.at_ms);
        let length = duration_minutes(&self.duration).unwrap_or_default() * 60_000;
        begin <= now && now < begin + length
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::HOUR_MS;

    #[test]
    fn status_follows_decision_and_time() {
        let mut request = AccessRequest {
            id: String::new(),
            stage_id: String::new(),
            group: String::new(),
            access: Access::Member,
            principal: String::new(),
            justification: None,
            ticket: None,
            start_ms: None,
            duration: "PT2H".into(),
            created_ms: 0,
            approvers: vec![],
            decision: None,
            pascal_case: false,
        };
        assert_eq!(request.status(DAY_MS - 1), "PendingApproval");
        assert_eq!(request.status(DAY_MS), "Failed");
        request.decision =
            Some(Decision { approved: true, by: String::new(), at_ms: HOUR_MS, justification: String::new() });
        assert_eq!(request.status(DAY_MS), "Provisioned");
        assert!(request.is_active(2 * HOUR_MS));
        assert!(!request.is_active(3 * HOUR_MS));
    }
}
