//! How dead ends are fixed.

use super::is_perhaps_nobody;
use crate::dead_end::{Cause, DeadEnd, Kind, Silence};
use crate::policy::preflight::Reason;
use crate::policy::setting::serves_addresses;

/// How to fix a dead end.
pub fn mend(end: &DeadEnd) -> &'static str {
    match end.kind {
        Kind::NobodyApproves if end.subject.has_default_approvers() => {
            "Select approvers who can approve, or none: then the active Privileged Role Administrators and Global \
             Administrators approve."
        }
        Kind::NobodyApproves if is_perhaps_nobody(end) => {
            "Make sure that someone can approve, or add another approver."
        }
        Kind::NobodyApproves => "Add an approver who can sign in, preferably two.",
        Kind::OnlyThemselves => "Add a second approver.",
        Kind::Context if end.causes.iter().all(is_partial) => {
            "Include all users in a Conditional Access policy that is turned on and targets the context, or make sure that \
             everyone who is eligible is included."
        }
        Kind::Context => {
            "Choose a published context that is targeted by a Conditional Access policy that is turned on \
             and includes all users."
        }
        Kind::Approvers => "Remove them, or select others.",
        Kind::Stacked => "Require approval only once: for the group or for the role.",
        Kind::Bypassed => "Require approval for the group, or make it eligible for the role instead.",
        Kind::SilentMails => heard(&end.causes),
        Kind::CrowdedMails => "Use a distribution list.",
        Kind::MfaAndContext => "Choose one of them.",
        Kind::AlwaysOpen => {
            "Require MFA, an authentication context or approval, or do not allow permanent eligibility."
        }
        Kind::LittleDemanded => "Require an authentication context, or approval.",
    }
}

/// Whether a context is enforced, but not for everyone.
const fn is_partial(cause: &Cause) -> bool {
    matches!(cause, Cause::Found(Reason::ContextPartial(_)))
}

/// What makes all these emails reach someone.
fn heard(causes: &[Cause]) -> &'static str {
    let all = |wanted: Silence| causes.iter().all(|cause| matches!(cause, Cause::Silent(_, why) if *why == wanted));
    if causes.iter().all(is_for_defaults_alone) {
        "Turn on the default recipients."
    } else if all(Silence::Off) {
        "Turn on the default recipients, or add an address."
    } else if all(Silence::NoOwner) {
        "Add an address, or give the group a permanent owner who can sign in."
    } else {
        "Turn on the default recipients, and add an address or give the group a permanent owner who can sign in."
    }
}

/// Whether it is about an email that goes to no additional address.
const fn is_for_defaults_alone(cause: &Cause) -> bool {
    matches!(cause, Cause::Silent(mail, _) if !serves_addresses(*mail))
}
