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
    /// The chosen approvers; without approval there is no such mail. `None` where that could not be read.
    Approvers(Option<bool>),
}

/// Who gets a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Those Microsoft chose, unless they are switched off.
    pub defaults: Option<Default>,
    /// The additional addresses.
    pub extra: Vec<String>,
    /// Only what is critical is sent; `None` where that could not be read: perhaps nothing is.
    pub critical_only: Option<bool>,
    /// Who gets it could not be read, or not of all.
    pub unread: bool,
}

impl Audience {
    /// Whether nobody gets it; `None` when that hangs on what could not be read.
    pub fn reaches_nobody(&self) -> Option<bool> {
        let somebody = self.critical_only.is_some().then_some(false);
        if !self.extra.is_empty() {
            return somebody;
        }
        match self.defaults {
            None | Some(Default::Owners(Some(0)) | Default::Approvers(Some(false))) => (!self.unread).then_some(true),
            Some(Default::Owners(None) | Default::Approvers(None)) => None,
            Some(_) => somebody,
        }
    }

    /// How many get it, where that can be counted.
    pub fn number(&self) -> Option<usize> {
        match self.defaults {
            Some(Default::Owners(Some(owners))) if !self.unread => Some(owners + self.extra.len()),
            None if !self.unread => Some(self.extra.len()),
            _ => (self.extra.len() > MOST).then_some(self.extra.len()),
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
    if mail == RuleId::ActivationApprover {
        // Without approval there are no requests to write to approvers about.
        match judged.flag(Setting::ApprovalRequired) {
            Some(true) => {}
            Some(false) => return,
            None => return found.lacks(Missing::Settings),
        }
    }
    let audience = audience_of(judged, mail, facts);
    let is_unread = audience.unread || audience.critical_only.is_none();
    match audience.reaches_nobody() {
        Some(true) => {
            found.findings.push(Finding::warning(Setting::MailDefaults(mail), Reason::MailReachesNobody));
        }
        _ if is_unread => found.lacks(Missing::Settings),
        Some(false) => {}
        None => found.lacks(Missing::Owners),
    }
    if let Some(number) = audience.number().filter(|number| *number > MOST) {
        found.findings.push(Finding::warning(Setting::MailRecipients(mail), Reason::TooManyRecipients(number)));
    }
}

fn audience_of(judged: Judged<'_>, mail: RuleId, facts: &Facts) -> Audience {
    let flag = |setting| judged.flag(setting);
    let on = flag(Setting::MailDefaults(mail));
    let extra = match (judged.value)(Setting::MailRecipients(mail)) {
        Some(Value::Recipients(list)) => Some(list),
        _ => None,
    };
    let unread = on.is_none() || extra.is_none();
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
        RuleId::ActivationApprover => Default::Approvers(flag(Setting::ApprovalRequired)),
        _ => admins(),
    };
    Audience {
        defaults: (on == Some(true)).then_some(kind),
        extra: extra.unwrap_or_default(),
        critical_only: flag(Setting::MailCritical(mail)),
        unread,
    }
}

/// Owners who are so for good: one whose ownership PIM ends gets no mail.
fn permanent_owners(facts: &Facts) -> Option<usize> {
    Some(facts.owners.as_ref()?.iter().filter(|owner| !owner.disabled).count())
}
