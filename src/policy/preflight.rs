//! Checks a change against the tenant before the save, using facts read along with the policy. Pure; what could not be
//! read is reported and never counts as an error.

mod approval;
mod expiry;
pub mod facts;
pub mod mail;

pub use facts::{AccessPolicy, Contexts, Facts, Holding, Member, Missing, Who, Why};

use std::collections::BTreeMap;

use super::draft::Draft;
use super::setting::{MAILS, Setting};
use super::sheet::Sheet;
use super::value::{Requirement, Value};
use super::{Policy, Severity, Subject};

/// What was found; `text` turns it into a sentence with its fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An approver no longer exists in the directory.
    ApproverGone(String),
    /// An approver cannot sign in.
    ApproverDisabled(String),
    /// An approver was invited from another organization.
    ApproverGuest(String),
    /// A group of approvers has no members.
    ApproverGroupEmpty(String),
    /// As far as known, none of the approvers could approve; it blocks if that is certain.
    NobodyCanApprove,
    /// These people would be the only ones who could approve their own requests.
    OnlyThemselves(Vec<String>),
    /// The authentication context does not exist.
    ContextMissing(String),
    /// The authentication context is not published.
    ContextUnpublished(String),
    /// No Conditional Access policy targets the authentication context: PIM falls back to MFA.
    ContextUntargeted(String),
    /// Only Conditional Access policies that are off or report-only target it, in which case PIM does not fall back to
    /// MFA.
    ContextUnenforced(String),
    /// No Conditional Access policy that is on and targets it includes all users.
    ContextPartial(String),
    /// Assignments that the new rule would not allow: who, and until when (ms since 1970; `None`: permanent).
    ExistingLonger(Vec<(String, Option<i64>)>),
    /// Nobody would get an email that someone got before.
    MailReachesNobody,
    /// More recipients than Microsoft notifies of one event.
    TooManyRecipients(usize),
    /// An activation may last longer than a working day.
    LongDay,
    /// Eligible or active assignments expire sooner than they are usually reviewed.
    ShortPeriod,
    /// The save brings the group into PIM for good (`false`: perhaps).
    Onboards(bool),
    /// The person probably has no right to change it.
    NoRight,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The setting; `None` if it concerns the whole save.
    pub setting: Option<Setting>,
    /// Whether it blocks.
    pub severity: Severity,
    /// What was found.
    pub reason: Reason,
}

impl Finding {
    fn warning(setting: Setting, reason: Reason) -> Self {
        Self { setting: Some(setting), severity: Severity::Warning, reason }
    }

    fn blocking(setting: Setting, reason: Reason) -> Self {
        Self { setting: Some(setting), severity: Severity::Error, reason }
    }

    fn of_all(reason: Reason) -> Self {
        Self { setting: None, severity: Severity::Warning, reason }
    }
}

/// The findings, in the admin center's order of settings, and what could not be read for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preflight {
    /// The findings.
    pub findings: Vec<Finding>,
    /// What could not be read and would have been checked.
    pub missing: Vec<Missing>,
    /// Why, if known.
    pub unread: BTreeMap<Missing, Why>,
}

impl Preflight {
    /// Whether a finding blocks the save.
    pub fn blocks(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Why something is missing.
    pub fn why(&self, missing: Missing) -> Why {
        match missing {
            Missing::Settings => Why::NotUnderstood,
            // The answer came, without what a basic profile lacks.
            Missing::Accounts => Why::NotGranted,
            _ => self.unread.get(&missing).copied().unwrap_or(Why::NotAsked),
        }
    }

    /// Whether a permission that PIM Desk can ask for would allow more checks.
    pub fn could_allow(&self, subject: &Subject) -> bool {
        let asked_for = |missing: &Missing| match missing {
            Missing::AccessPolicies => true,
            Missing::Eligible => matches!(subject, Subject::Group { .. }),
            _ => false,
        };
        self.missing.iter().any(|missing| asked_for(missing) && self.why(*missing) == Why::NotGranted)
    }

    /// Whether reading again may find more. What a person may do is read with the page.
    pub fn may_pass(&self) -> bool {
        self.missing.iter().any(|missing| self.why(*missing) == Why::Failed)
    }

    fn lacks(&mut self, missing: Missing) {
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }
}

/// The policy to check: as it is, or as a draft would leave it.
#[derive(Clone, Copy)]
pub struct Judged<'a> {
    /// The policy's subject.
    pub subject: &'a Subject,
    /// The value of a setting, if there is one.
    pub value: &'a dyn Fn(Setting) -> Option<Value>,
}

impl Judged<'_> {
    fn flag(&self, setting: Setting) -> Option<bool> {
        (self.value)(setting).and_then(|value| value.as_flag())
    }
}

/// Checks a whole policy as it is: whether someone can approve, whether its authentication context has an effect, who
/// gets its email. What only a change would bring about is not checked.
pub fn standing(subject: &Subject, sheet: &Sheet, facts: &Facts) -> Preflight {
    let value = |setting| sheet.value(setting).cloned();
    let judged = Judged { subject, value: &value };
    let mut found = Preflight::default();
    requirement(judged, facts, &mut found);
    approval::judge(judged, facts, &mut found);
    for mail in MAILS {
        mail::judge(judged, mail, facts, &mut found);
    }
    found
}

/// Checks a draft on top of a policy. Only what the draft changes is checked.
pub fn preflight(policy: &Policy, draft: &Draft, facts: &Facts) -> Preflight {
    let mut found = Preflight::default();
    let touched = |settings: &[Setting]| settings.iter().any(|setting| draft.edit(*setting).is_some());
    let value = |setting| draft.value(policy, setting);
    let judged = Judged { subject: &policy.subject, value: &value };
    if let Some(Value::Duration(text)) = value(Setting::ActivationDuration)
        && touched(&[Setting::ActivationDuration])
        && expiry::seconds(&text).is_some_and(|seconds| seconds > 10 * 3600 && seconds <= 24 * 3600)
    {
        found.findings.push(Finding::warning(Setting::ActivationDuration, Reason::LongDay));
    }
    if touched(&[Setting::ActivationRequirement]) {
        requirement(judged, facts, &mut found);
    }
    if touched(&[Setting::ApprovalRequired, Setting::Approvers]) {
        approval::judge(judged, facts, &mut found);
    }
    for (permanent, period, holdings, missing) in [
        (Setting::EligiblePermanent, Setting::EligibleExpiry, &facts.eligible, Missing::Eligible),
        (Setting::ActivePermanent, Setting::ActiveExpiry, &facts.active, Missing::Active),
    ] {
        if touched(&[permanent, period]) {
            let may_stay = value(permanent).and_then(|value| value.as_flag()) == Some(true);
            let longest = value(period).and_then(|value| expiry::seconds(value.as_duration()?));
            if let Some(longest) = longest.filter(|_| !may_stay) {
                if longest < 7 * 86_400 {
                    found.findings.push(Finding::warning(period, Reason::ShortPeriod));
                }
                match holdings {
                    Some(list) => found.findings.extend(expiry::longer(list, longest, period)),
                    None => found.lacks(missing),
                }
            }
        }
    }
    for mail in MAILS {
        if touched(&[Setting::MailDefaults(mail), Setting::MailRecipients(mail)]) {
            mail::judge(judged, mail, facts, &mut found);
        }
    }
    if !draft.is_empty() {
        if facts.onboards != Some(false) && policy.subject.can_be_outside_pim() {
            found.findings.push(Finding::of_all(Reason::Onboards(facts.onboards.is_some())));
        }
        match facts.may_write {
            Some(false) => found.findings.push(Finding::of_all(Reason::NoRight)),
            Some(true) => {}
            None => found.lacks(Missing::Right),
        }
    }
    let known = |missing: &Missing| Some((*missing, *facts.unread.get(missing)?));
    found.unread = found.missing.iter().filter_map(known).collect();
    found
}

/// What activation requires, if that is an authentication context.
fn requirement(judged: Judged<'_>, facts: &Facts, found: &mut Preflight) {
    match (judged.value)(Setting::ActivationRequirement) {
        Some(Value::Requirement(Requirement::Context(claim) | Requirement::MfaAndContext(claim))) => {
            context(&claim, facts, found);
        }
        Some(_) => {}
        None => found.lacks(Missing::Settings),
    }
}

fn context(claim: &str, facts: &Facts, found: &mut Preflight) {
    let setting = Setting::ActivationRequirement;
    match &facts.contexts.known {
        None => found.lacks(Missing::Contexts),
        Some(known) => match known.iter().find(|(id, _)| id == claim) {
            None => return found.findings.push(Finding::warning(setting, Reason::ContextMissing(claim.to_owned()))),
            Some((_, false)) => {
                found.findings.push(Finding::warning(setting, Reason::ContextUnpublished(claim.to_owned())));
            }
            Some((_, true)) => {}
        },
    }
    match &facts.contexts.policies {
        None => found.lacks(Missing::AccessPolicies),
        Some(policies) => {
            let own: Vec<_> = policies.iter().filter(|policy| policy.contexts.iter().any(|id| id == claim)).collect();
            let mut on = own.iter().filter(|policy| policy.enabled).peekable();
            let reason = if own.is_empty() {
                Reason::ContextUntargeted
            } else if on.peek().is_none() {
                Reason::ContextUnenforced
            } else if on.all(|policy| policy.for_all == Some(false)) {
                Reason::ContextPartial
            } else {
                return;
            };
            found.findings.push(Finding::warning(setting, reason(claim.to_owned())));
        }
    }
}
