//! Who will really get a mail (`pim-email-notifications`, `groups-role-settings`).

use super::facts::{Facts, Missing};
use super::{Finding, Judged, Preflight, Reason};
use crate::policy::draft::Draft;
use crate::policy::{Policy, RuleId, Setting, Value};

/// Most people Microsoft sends one event to.
pub const MOST: usize = 1000;

/// Who gets a mail because Microsoft chose them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Default {
    /// The group's permanent owners; how many, where that could be read.
    Owners(Option<usize>),
    /// The directory's administrators of privileged roles, of security, and global ones.
    Administrators,
    /// The person who is assigned.
    Assignee,
    /// The person who activates.
    Requestor,
    /// The chosen approvers; without approval there is no such mail.
    Approvers(bool),
}

/// Who gets a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Those Microsoft chose, unless they are switched off.
    pub defaults: Option<Default>,
    /// The additional addresses.
    pub extra: Vec<String>,
    /// Only what is critical is sent.
    pub critical_only: bool,
}

impl Audience {
    /// Whether nobody gets it; `None` when that hangs on what could not be read.
    pub fn reaches_nobody(&self) -> Option<bool> {
        if !self.extra.is_empty() {
            return Some(false);
        }
        match self.defaults {
            None | Some(Default::Owners(Some(0)) | Default::Approvers(false)) => Some(true),
            Some(Default::Owners(None)) => None,
            Some(_) => Some(false),
        }
    }

    /// How many get it, where that can be counted.
    pub fn number(&self) -> Option<usize> {
        match self.defaults {
            Some(Default::Owners(Some(owners))) => Some(owners + self.extra.len()),
            None => Some(self.extra.len()),
            Some(_) => (self.extra.len() > MOST).then_some(self.extra.len()),
        }
    }
}

/// Who gets a mail as the draft has it.
pub fn audience(policy: &Policy, draft: &Draft, mail: RuleId, facts: &Facts) -> Audience {
    let value = |setting| draft.value(policy, setting);
    audience_of(Judged { subject: &policy.subject, value: &value }, mail, facts)
}

/// Whether a mail reaches anybody, and not too many.
pub(super) fn judge(judged: Judged<'_>, mail: RuleId, facts: &Facts, found: &mut Preflight) {
    let audience = audience_of(judged, mail, facts);
    match audience.reaches_nobody() {
        Some(true) => {
            found.findings.push(Finding::warning(Setting::MailDefaults(mail), Reason::MailReachesNobody));
        }
        Some(false) => {}
        None => found.lacks(Missing::Owners),
    }
    if let Some(number) = audience.number().filter(|number| *number > MOST) {
        found.findings.push(Finding::warning(Setting::MailRecipients(mail), Reason::TooManyRecipients(number)));
    }
}

fn audience_of(judged: Judged<'_>, mail: RuleId, facts: &Facts) -> Audience {
    let flag = |setting| judged.flag(setting);
    let on = flag(Setting::MailDefaults(mail)) != Some(false);
    let extra = match (judged.value)(Setting::MailRecipients(mail)) {
        Some(Value::Recipients(list)) => list,
        _ => Vec::new(),
    };
    let admins = || {
        if judged.subject.can_be_outside_pim() {
            Default::Owners(permanent_owners(facts))
        } else {
            Default::Administrators
        }
    };
    let kind = match mail {
        RuleId::EligibleAssignee | RuleId::ActiveAssignee => Default::Assignee,
        RuleId::ActivationRequestor => Default::Requestor,
        RuleId::ActivationApprover => Default::Approvers(flag(Setting::ApprovalRequired) == Some(true)),
        _ => admins(),
    };
    Audience { defaults: on.then_some(kind), extra, critical_only: flag(Setting::MailCritical(mail)) == Some(true) }
}

/// Owners who are so for good: one whose ownership PIM ends gets no mail.
fn permanent_owners(facts: &Facts) -> Option<usize> {
    Some(facts.owners.as_ref()?.iter().filter(|owner| !owner.disabled).count())
}
