//! What a change does, if it weakens a policy.

use crate::policy::Weakening;

/// The consequence of a weakening, shown after "weakens security:".
pub const fn weakening(how: Weakening) -> &'static str {
    match how {
        Weakening::LongerActivation => "activations can last longer",
        Weakening::NoStrongSignIn => "activating needs no MFA and no authentication context",
        Weakening::ContextToMfa => "MFA may be less strict than the authentication context",
        Weakening::OtherContext => "the other authentication context may be less strict",
        Weakening::NoJustification => "nobody has to say why they activate",
        Weakening::NoTicket => "activations are no longer tied to a ticket",
        Weakening::NoApproval => "anyone eligible activates at once",
        Weakening::MoreApprovers => "more people can let someone in",
        Weakening::OtherApprovers => "someone else can let people in",
        Weakening::SelectedApprovers => {
            "the selected approvers approve instead of \
            the active Privileged Role Administrators and Global Administrators"
        }
        Weakening::DefaultApprovers => {
            "the active Privileged Role Administrators and Global Administrators approve \
            instead of the selected approvers"
        }
        Weakening::Permanent => "assignments can be permanent",
        Weakening::LongerAssignment => "assignments can last longer",
        Weakening::NoMfaOnAssignment => "active assignments can be created without MFA",
        Weakening::NoJustificationOnAssignment => "active assignments can be created without a justification",
        Weakening::NoMfaOnEligible => "eligible assignments can be created without MFA",
        Weakening::NoJustificationOnEligible => "eligible assignments can be created without a justification",
        Weakening::FewerMails => "fewer people are notified",
    }
}

/// The whole line: "weakens security: anyone eligible activates at once".
pub fn weakens(how: Weakening) -> String {
    format!("weakens security: {}", weakening(how))
}

/// A number with its noun: `1 change`, `3 changes`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// The text about unsaved changes in the bar at the bottom of the page.
pub fn unsaved(changes: usize, weakening: usize) -> String {
    let changed = count(changes, "change");
    match weakening {
        0 => changed,
        1 => format!("{changed}, 1 weakens security"),
        more => format!("{changed}, {more} weaken security"),
    }
}
