//! Which value of a knob protects less, as an auditor would judge it.

use super::knob::{Knob, MAILS, Val};

/// Whether `now` certainly protects less than `than`.
pub fn is_weaker(knob: Knob, now: &Val, than: &Val) -> bool {
    match (knob, now, than) {
        // A context may be stronger or weaker than MFA or another context; requiring neither is weakest.
        (_, Val::Need { mfa, context }, Val::Need { mfa: other_mfa, context: other }) => {
            !mfa && context.is_none() && (*other_mfa || other.is_some())
        }
        (_, Val::Time(Some(now)), Val::Time(Some(than))) => now > than,
        (Knob::Approvers, Val::Names(now), Val::Names(than)) => {
            !than.is_empty() && now.is_superset(than) && now != than
        }
        // Requests to approve an activation go to approvers only, whatever addresses are stored.
        (Knob::MailTo(at), ..) if MAILS[at] == "Notification_Approver_EndUser_Assignment" => false,
        (_, Val::Names(now), Val::Names(than)) => now.is_subset(than) && now != than,
        (Knob::EligibleForever | Knob::ActiveForever | Knob::MailUrgent(_), Val::On(now), Val::On(than)) => {
            *now && !than
        }
        (_, Val::On(now), Val::On(than)) => !now && *than,
        // Nor is a missing duration comparable: whether there is an end is another knob.
        _ => false,
    }
}
