//! Who will really get an email (`pim-email-notifications`, `groups-role-settings`).

use super::facts::{Facts, Missing, Who};
use super::{Finding, Judged, Preflight, Reason};
use crate::policy::draft::Draft;
use crate::policy::setting::serves_addresses;
use crate::policy::{Policy, RuleId, Setting, Value};

/// Most people Microsoft notifies of one event.
pub const MOST: usize = 1000;

/// Who gets an email by Microsoft's default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Default {
    /// The group's permanent owners; its owners, if they could be read.
    Owners(Option<Owners>),
    /// The Privileged Role, Security and Global Administrators.
    Administrators,
    /// The person who is assigned.
    Assignee,
    /// The person who activates.
    Requestor,
    /// The selected approvers; without approval there is no such email. `None` if that could not be read.
    Approvers(Option<bool>),
}

/// How many owners a group has. Whose ownership PIM will end gets no email either, which is not known here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owners {
    /// Those who can sign in, or may be able to.
    pub able: usize,
    /// Those who cannot sign in.
    pub disabled: usize,
    /// Whether it is hidden of some if they can sign in.
    pub hidden: bool,
}

impl Owners {
    /// Counts them.
    pub fn of(owners: &[Who]) -> Self {
        let disabled = owners.iter().filter(|owner| owner.disabled).count();
        Self { able: owners.len() - disabled, disabled, hidden: owners.iter().any(|owner| owner.hidden) }
    }
}

/// Who gets an email.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Microsoft's default recipients, unless they are turned off.
    pub defaults: Option<Default>,
    /// The additional addresses that Microsoft sends it to.
    pub extra: Vec<String>,
    /// Only critical email is sent; `None` if that could not be read: perhaps nothing is sent.
    pub critical_only: Option<bool>,
    /// Some or all of the recipients could not be read.
    pub unread: bool,
}

impl Audience {
    /// Whether nobody gets it; `None` if that depends on what could not be read.
    pub fn reaches_nobody(&self) -> Option<bool> {
        let somebody = self.critical_only.is_some().then_some(false);
        if !self.extra.is_empty() {
            return somebody;
        }
        match self.defaults {
            None | Some(Default::Owners(Some(Owners { able: 0, .. })) | Default::Approvers(Some(false))) => {
                (!self.unread).then_some(true)
            }
            Some(Default::Owners(None) | Default::Approvers(None)) => None,
            Some(_) => somebody,
        }
    }

    /// How many get it, if that can be counted.
    pub fn number(&self) -> Option<usize> {
        match self.defaults {
            Some(Default::Owners(Some(owners))) if !self.unread && !owners.hidden => {
                Some(owners.able + self.extra.len())
            }
            None if !self.unread => Some(self.extra.len()),
            _ => (self.extra.len() > MOST).then_some(self.extra.len()),
        }
    }
}

/// Who gets an email as the draft has it. `owners` are those of the group, if known.
pub fn audience(policy: &Policy, draft: &Draft, mail: RuleId, owners: Option<Owners>) -> Audience {
    let value = |setting| draft.value(policy, setting);
    audience_of(Judged { subject: &policy.subject, value: &value }, mail, owners)
}

/// Whether an email reaches anyone, and not too many.
pub(super) fn judge(judged: Judged<'_>, mail: RuleId, facts: &Facts, found: &mut Preflight) {
    if mail == RuleId::ActivationApprover {
        // Without approval there are no requests to notify approvers of.
        match judged.flag(Setting::ApprovalRequired) {
            Some(true) => {}
            Some(false) => return,
            None => return found.lacks(Missing::Settings),
        }
    }
    let audience = audience_of(judged, mail, facts.owners.as_deref().map(Owners::of));
    let is_unread = audience.unread || audience.critical_only.is_none();
    match audience.reaches_nobody() {
        Some(true) => {
            // Where the default recipients are on and nobody is one, an address is what is left.
            let setting = if audience.defaults.is_some() { Setting::MailRecipients } else { Setting::MailDefaults };
            found.findings.push(Finding::warning(setting(mail), Reason::MailReachesNobody));
        }
        _ if is_unread => found.lacks(Missing::Settings),
        Some(false) => {}
        None => found.lacks(Missing::Owners),
    }
    if let Some(number) = audience.number().filter(|number| *number > MOST) {
        found.findings.push(Finding::warning(Setting::MailRecipients(mail), Reason::TooManyRecipients(number)));
    }
}

fn audience_of(judged: Judged<'_>, mail: RuleId, owners: Option<Owners>) -> Audience {
    let flag = |setting| judged.flag(setting);
    let on = flag(Setting::MailDefaults(mail));
    let extra = match (judged.value)(Setting::MailRecipients(mail)) {
        _ if !serves_addresses(mail) => Some(Vec::new()),
        Some(Value::Recipients(list)) => Some(list),
        _ => None,
    };
    let unread = on.is_none() || extra.is_none();
    let admins = || {
        if judged.subject.can_be_outside_pim() { Default::Owners(owners) } else { Default::Administrators }
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
