//! The step that a running save of a policy is at, in one word.

use crate::desk::save::{RuleProgress, RuleState};

/// The step that a running save of a policy is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveStage {
    /// It is being read: before the first write, or to see what the writes did.
    Reading,
    /// Something remains to be sent.
    Sending,
    /// Microsoft accepted all of it.
    Accepted,
}

impl SaveStage {
    /// The step for the present states of the rules; none are known before the first reading.
    pub fn of(rules: &[RuleProgress]) -> Self {
        let is_left = |rule: &RuleProgress| matches!(rule.state, RuleState::Queued | RuleState::Sending);
        let is_accepted = |rule: &RuleProgress| matches!(rule.state, RuleState::Accepted | RuleState::Verified);
        if rules.iter().any(is_left) {
            Self::Sending
        } else if !rules.is_empty() && rules.iter().all(is_accepted) {
            Self::Accepted
        } else {
            // A lost, refused or skipped rule is no success: only the reading shows what applies.
            Self::Reading
        }
    }
}
