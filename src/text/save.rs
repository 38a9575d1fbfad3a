//! How a save is going, in words.

use crate::desk::policies::NoPolicy;
use crate::desk::save::RuleState;

/// A rule's state in a word or two.
pub const fn state(state: &RuleState) -> &'static str {
    match state {
        RuleState::Queued => "queued",
        RuleState::Sending => "sending",
        RuleState::Accepted => "accepted, reading back",
        RuleState::Lost => "answer lost, reading back",
        RuleState::Verified => "verified",
        RuleState::NotVisibleYet => "accepted by Microsoft, not visible yet",
        RuleState::Unknown => "unknown: the answer was lost",
        RuleState::Failed(_) => "failed",
        RuleState::NotAttempted => "not attempted",
    }
}

/// Why there is no policy to show or change.
pub const fn no_policy(reason: NoPolicy) -> &'static str {
    match reason {
        NoPolicy::NotReturned => {
            "Microsoft returned no policy. For a group that was created a moment ago it can take some minutes to appear."
        }
        NoPolicy::Several => {
            "Microsoft returned more than one policy for this. To be sure not to change the wrong one, it is not \
             changed here."
        }
    }
}
