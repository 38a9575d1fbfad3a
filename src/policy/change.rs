//! Differences between what a policy holds and what a person wants, and whether they weaken it.

use super::Policy;
use super::approver::Approver;
use super::draft::{Draft, Edit};
use super::duration::IsoDuration;
use super::setting::Setting;
use super::subject::Subject;
use super::value::{Requirement, Value};

/// How a change makes the policy weaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakening {
    /// Activations may last longer.
    LongerActivation,
    /// Activation no longer demands MFA or an authentication context.
    NoStrongSignIn,
    /// Activation demands MFA where it demanded an authentication context, which may be stricter.
    ContextToMfa,
    /// Another authentication context, which may demand less.
    OtherContext,
    /// Activation needs no justification any more.
    NoJustification,
    /// Activation needs no ticket any more.
    NoTicket,
    /// Anyone eligible activates at once.
    NoApproval,
    /// More people can approve.
    MoreApprovers,
    /// Nobody is named any more, and the directory's administrators approve instead.
    DefaultApprovers,
    /// Assignments may stay for ever.
    Permanent,
    /// Assignments may last longer.
    LongerAssignment,
    /// Active assignments can be made without MFA.
    NoMfaOnAssignment,
    /// Active assignments can be made without a justification.
    NoJustificationOnAssignment,
    /// Eligible assignments can be made without MFA.
    NoMfaOnEligible,
    /// Eligible assignments can be made without a justification.
    NoJustificationOnEligible,
    /// Fewer people hear of it.
    FewerMails,
}

/// One changed setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What changes.
    pub setting: Setting,
    /// The value before.
    pub before: Value,
    /// The value after.
    pub after: Value,
    /// How it weakens the policy, if it does.
    pub weakens: Option<Weakening>,
}

impl Change {
    /// A change of this subject's policy, judged. Each setting by itself, also approvers where nobody has to approve and a
    /// period where assignments may be permanent: someone else may turn that about before this is written. What is told
    /// to a person goes through [`Change::where_in_effect`] too.
    pub fn new(subject: &Subject, setting: Setting, before: Value, after: Value) -> Self {
        let weakens = weakening(setting, &before, &after)
            .or_else(|| leaves_approval_to_others(subject, &before, &after).then_some(Weakening::DefaultApprovers));
        Self { setting, before, after, weakens }
    }

    /// Without the mark where the setting had no effect before. `switch` tells how a switch stood then; `None` where that
    /// is not certain.
    #[must_use]
    pub fn where_in_effect(self, switch: impl FnOnce(Setting) -> Option<bool>) -> Self {
        let weakens = self.weakens.filter(|_| self.setting.applies(switch));
        Self { weakens, ..self }
    }
}

/// The changes of a draft, in the admin center's order, as they are told. A setting that had no effect before and gets one
/// by this draft weakens nothing. Where `policy` is a later reading in which someone else turned the switch, it is judged.
pub fn changes(policy: &Policy, draft: &Draft) -> Vec<Change> {
    let stood = |switch: Setting| {
        let base = draft.edit(switch)?.base.as_flag();
        (policy.read(switch).value?.as_flag() == base).then_some(base).flatten()
    };
    let change = |(setting, edit): (Setting, &Edit)| {
        Change::new(&policy.subject, setting, edit.base.clone(), edit.mine.clone()).where_in_effect(stood)
    };
    draft.edits().map(change).collect()
}

/// Where nobody is named, the administrators of the directory stand in for some subjects; a group has no such people, and
/// nobody could approve.
fn leaves_approval_to_others(subject: &Subject, before: &Value, after: &Value) -> bool {
    let (Value::Approvers(before), Value::Approvers(after)) = (before, after) else { return false };
    subject.has_default_approvers() && !before.is_empty() && after.is_empty()
}

/// How one value weakens another, whosever policy it is.
pub(super) fn weakening(setting: Setting, before: &Value, after: &Value) -> Option<Weakening> {
    let turned_off = |how| (before.as_flag() == Some(true) && after.as_flag() == Some(false)).then_some(how);
    let turned_on = |how| (before.as_flag() == Some(false) && after.as_flag() == Some(true)).then_some(how);
    let longer = |how| is_longer(before, after).then_some(how);
    match setting {
        Setting::ActivationDuration => longer(Weakening::LongerActivation),
        Setting::ActivationRequirement => requirement(before, after),
        Setting::ActivationJustification => turned_off(Weakening::NoJustification),
        Setting::ActivationTicket => turned_off(Weakening::NoTicket),
        Setting::ApprovalRequired => turned_off(Weakening::NoApproval),
        Setting::Approvers => {
            let (Value::Approvers(before), Value::Approvers(after)) = (before, after) else { return None };
            let added = |approver: &Approver| !before.contains(approver);
            (!before.is_empty() && after.iter().any(added)).then_some(Weakening::MoreApprovers)
        }
        Setting::EligiblePermanent | Setting::ActivePermanent => turned_on(Weakening::Permanent),
        // Where no period is stored, nothing ends by it: any period is the stricter one.
        Setting::EligibleExpiry | Setting::ActiveExpiry if is_no_period(before) => None,
        Setting::EligibleExpiry | Setting::ActiveExpiry => longer(Weakening::LongerAssignment),
        Setting::ActiveMfa => turned_off(Weakening::NoMfaOnAssignment),
        Setting::ActiveJustification => turned_off(Weakening::NoJustificationOnAssignment),
        Setting::EligibleMfa => turned_off(Weakening::NoMfaOnEligible),
        Setting::EligibleJustification => turned_off(Weakening::NoJustificationOnEligible),
        Setting::MailDefaults(_) => turned_off(Weakening::FewerMails),
        Setting::MailCritical(_) => turned_on(Weakening::FewerMails),
        Setting::MailRecipients(_) => {
            let (Value::Recipients(before), Value::Recipients(after)) = (before, after) else { return None };
            let kept = |mail: &String| after.iter().any(|other| other.eq_ignore_ascii_case(mail));
            before.iter().any(|mail| !kept(mail)).then_some(Weakening::FewerMails)
        }
    }
}

fn requirement(before: &Value, after: &Value) -> Option<Weakening> {
    let (Value::Requirement(before), Value::Requirement(after)) = (before, after) else { return None };
    match (before, after) {
        (Requirement::None, _) => None,
        (_, Requirement::None) => Some(Weakening::NoStrongSignIn),
        (Requirement::Context(_) | Requirement::MfaAndContext(_), Requirement::Mfa) => Some(Weakening::ContextToMfa),
        (
            Requirement::Context(old) | Requirement::MfaAndContext(old),
            Requirement::Context(new) | Requirement::MfaAndContext(new),
        ) if old != new => Some(Weakening::OtherContext),
        _ => None,
    }
}

/// Whether a value says of no period at all, or of one that is over at once.
fn is_no_period(value: &Value) -> bool {
    value.as_duration() == Some("") || length(value).is_some_and(|seconds| seconds < 1)
}

/// How long a period is, in seconds, years counted as 365 and months as 30 days.
pub(super) fn length(value: &Value) -> Option<i64> {
    let duration = value.as_duration().and_then(IsoDuration::parse)?;
    let calendar = i64::from(duration.years) * 365 * 86_400 + i64::from(duration.months) * 30 * 86_400;
    IsoDuration { years: 0, months: 0, ..duration }.seconds_total().map(|rest| rest + calendar)
}

/// Whether the new period is longer. A period that cannot be read before counts as longer after: nobody can say that it
/// is not.
fn is_longer(before: &Value, after: &Value) -> bool {
    match (length(before), length(after)) {
        (Some(before), Some(after)) => after > before,
        (None, Some(_)) => true,
        (_, None) => false,
    }
}
