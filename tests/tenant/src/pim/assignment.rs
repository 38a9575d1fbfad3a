//! An assignment to a group or a role: active, or eligible for activation.

use super::{AccessRequest, Target};

/// How an assignment came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Eligible for activation.
    Eligible,
    /// Active through an assignment.
    Assigned,
    /// Active through an approved request.
    Activated,
}

/// An assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// Derived from its contents.
    pub(crate) id: String,
    pub(crate) target: Target,
    /// Object ID of the person or group who has it.
    pub(crate) principal: String,
    pub(crate) standing: Standing,
    pub(crate) from_ms: i64,
    /// When it ends; `None` means never.
    pub(crate) until_ms: Option<i64>,
}

impl Assignment {
    /// The assignment made by an approved request, while it is active.
    pub(crate) fn activated(request: &AccessRequest, now: i64) -> Option<Self> {
        let (from, until) = request.span().filter(|_| request.is_active(now))?;
        Some(Self {
            id: request.id.clone(),
            target: request.target.clone(),
            principal: request.principal.clone(),
            standing: Standing::Activated,
            from_ms: from,
            until_ms: Some(until),
        })
    }

    /// Whether it is in force at this time.
    pub(crate) fn is_current(&self, now: i64) -> bool {
        self.from_ms <= now && self.until_ms.is_none_or(|until| now < until)
    }
}
