//! A request to activate access to a group or a directory role, and the decision on it.

use serde_json::{Map, Value};

use crate::directory::Access;
use crate::ids::guid;
use crate::time::{DAY_MS, duration_minutes};

/// An approver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Approver {
    /// A person's object ID.
    User(String),
    /// A group's object ID; its members may decide.
    Group(String),
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) approved: bool,
    /// Object ID of the approver.
    pub(crate) by: String,
    pub(crate) at_ms: i64,
    pub(crate) justification: String,
}

/// What a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Membership or ownership of a group.
    Group {
        /// The group's object ID.
        group: String,
        access: Access,
    },
    /// A directory role.
    Role {
        /// The role definition's ID.
        role: String,
        /// The object ID of the administrative unit it is for; `None` means the whole directory.
        unit: Option<String>,
    },
}

/// A request to activate, or to extend or renew an assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AccessRequest {
    pub(crate) id: String,
    pub(crate) stage_id: String,
    pub(crate) target: Target,
    /// The action, in camel case, such as `selfActivate`.
    pub(crate) action: String,
    /// Object ID of the requester.
    pub(crate) principal: String,
    pub(crate) justification: Option<String>,
    /// Ticket number and system.
    pub(crate) ticket: Option<(String, String)>,
    /// When the access is to begin; `None` means at once.
    pub(crate) start_ms: Option<i64>,
    /// The duration, as an `Edm.Duration`.
    pub(crate) duration: String,
    pub(crate) created_ms: i64,
    /// Who may decide; for a role, an empty list means the built-in administrators.
    pub(crate) approvers: Vec<Approver>,
    pub(crate) decision: Option<Decision>,
    /// Some payloads write enumerations in Pascal case (graph.md G15).
    pub(crate) pascal_case: bool,
    /// Properties that replace those in answers, for malformed requests.
    pub(crate) patch: Map<String, Value>,
}

impl AccessRequest {
    /// A request to activate at once for two hours; IDs are derived from the name.
    pub(crate) fn new(name: &str, target: Target, principal: String, created_ms: i64) -> Self {
        Self {
            id: guid("request", name),
            stage_id: guid("stage", name),
            target,
            action: "selfActivate".into(),
            principal,
            justification: None,
            ticket: None,
            start_ms: None,
            duration: "PT2H".into(),
            created_ms,
            approvers: Vec::new(),
            decision: None,
            pascal_case: false,
            patch: Map::new(),
        }
    }

    /// Whether it is for this access to this group.
    pub(crate) fn is_for(&self, wanted: &str, wanted_access: Access) -> bool {
        matches!(&self.target, Target::Group { group, access } if group == wanted && *access == wanted_access)
    }

    /// The role definition's ID, if it is for a role.
    pub(crate) fn role(&self) -> Option<&str> {
        match &self.target {
            Target::Role { role, .. } => Some(role),
            Target::Group { .. } => None,
        }
    }

    /// Whether it has an approval that Graph can decide: extensions and renewals have none (graph.md G26).
    pub(crate) fn has_approval(&self) -> bool {
        self.action == "selfActivate"
    }

    /// Whether it has expired: an activation that nobody decides does after 24 hours. Extensions and renewals wait for
    /// an administrator.
    pub(crate) fn has_lapsed(&self, now: i64) -> bool {
        self.has_approval() && self.decision.is_none() && now - self.created_ms >= DAY_MS
    }

    /// The request's status at this time. A renewal waits for an administrator, not for an approver.
    pub(crate) fn status(&self, now: i64) -> &'static str {
        match &self.decision {
            Some(decision) if decision.approved => "Provisioned",
            Some(_) => "Denied",
            None if self.has_lapsed(now) => "Failed",
            None if self.action.ends_with("Renew") => "PendingAdminDecision",
            None => "PendingApproval",
        }
    }

    /// When it ended; `None` while it waits.
    pub(crate) fn ended_ms(&self, now: i64) -> Option<i64> {
        let lapsed = || self.has_lapsed(now).then_some(self.created_ms + DAY_MS);
        self.decision.as_ref().map(|decision| decision.at_ms).or_else(lapsed)
    }

    /// From when until when the access is active, once approved.
    pub(crate) fn span(&self) -> Option<(i64, i64)> {
        let decision = self.decision.as_ref().filter(|decision| decision.approved)?;
        let begin = self.start_ms.unwrap_or(decision.at_ms).max(decision.at_ms);
        Some((begin, begin + duration_minutes(&self.duration).unwrap_or_default() * 60_000))
    }

    /// Whether it was approved and the activation has begun and not ended.
    pub(crate) fn is_active(&self, now: i64) -> bool {
        self.span().is_some_and(|(begin, end)| (begin..end).contains(&now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::HOUR_MS;

    #[test]
    fn status_follows_decision_and_time() {
        let target = Target::Role { role: String::new(), unit: None };
        let mut request = AccessRequest::new("x", target, String::new(), 0);
        assert_eq!(request.status(DAY_MS - 1), "PendingApproval");
        assert_eq!((request.status(DAY_MS), request.ended_ms(DAY_MS + 5)), ("Failed", Some(DAY_MS)));
        request.decision =
            Some(Decision { approved: true, by: String::new(), at_ms: HOUR_MS, justification: String::new() });
        assert_eq!((request.status(DAY_MS), request.ended_ms(DAY_MS)), ("Provisioned", Some(HOUR_MS)));
        assert!(request.is_active(2 * HOUR_MS));
        assert!(!request.is_active(3 * HOUR_MS));
        request = AccessRequest { action: "selfRenew".into(), decision: None, ..request };
        assert_eq!((request.status(2 * DAY_MS), request.has_approval()), ("PendingAdminDecision", false));
    }
}
