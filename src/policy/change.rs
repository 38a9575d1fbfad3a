//! Differences between what a policy has and what a person wants, and whether they weaken it.

use super::Policy;
use super::approver::{Approver, ApproverKind};
use super::draft::{Draft, Edit};
use super::duration::IsoDuration;
use super::rule::RuleId;
use super::setting::{Setting, is_unserved};
use super::subject::Subject;
use super::value::{Requirement, Value};

/// How a change makes the policy weaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakening {
    /// Activations may last longer.
    LongerActivation,
    /// Activation no longer requires MFA or an authentication context.
    NoStrongSignIn,
    /// Activation requires MFA instead of an authentication context, which may be stricter.
    ContextToMfa,
    /// Another authentication context, which may require less.
    OtherContext,
    /// Activation no longer requires a justification.
    NoJustification,
    /// Activation no longer requires a ticket.
    NoTicket,
    /// Anyone eligible can activate without approval.
    NoApproval,
    /// More people can approve.
    MoreApprovers,
    /// Others can approve, perhaps no more of them.
    OtherApprovers,
    /// Approvers are selected where none were, and approve instead of the default approvers.
    SelectedApprovers,
    /// No approvers are selected any more, and the default approvers approve instead.
    DefaultApprovers,
    /// Assignments may be permanent.
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
    /// Fewer people are notified.
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
    /// A change of this subject's policy, with how it weakens it. Each setting is judged by itself, including approvers
    /// without approval and a period next to "permanent": someone else may flip the switch before this is written. What
    /// is shown to a person also goes through [`Change::where_in_effect`]; a save, planned or done, through
    /// [`Change::with_the_others`].
    pub fn new(subject: &Subject, setting: Setting, before: Value, after: Value) -> Self {
        let weakens = weakening(setting, &before, &after).or_else(|| instead_of_selected(subject, &before, &after));
        Self { setting, before, after, weakens }
    }

    /// Removes the mark if the setting had no effect before. `switch` returns the previous state of a switch; `None` if
    /// that is not certain.
    #[must_use]
    pub fn where_in_effect(self, switch: impl FnOnce(Setting) -> Option<bool>) -> Self {
        let weakens = self.weakens.filter(|_| self.setting.applies(switch));
        Self { weakens, ..self }
    }

    /// Removes the mark of approvers that are selected where nobody had to approve: they replace no default approvers.
    /// The switch is in the same rule, so that its stored state counts. Every judgement does this, that of the order of
    /// writes too.
    #[must_use]
    pub fn where_someone_approved(self, stored: impl FnOnce(Setting) -> Option<bool>) -> Self {
        if self.weakens == Some(Weakening::SelectedApprovers) { self.where_in_effect(stored) } else { self }
    }

    /// Judges it with the other changes of the same save. `flipped` returns the previous state of a switch that is among
    /// them, `stored` that of any switch, and `required` tells whether approval is required afterwards; `None` if that is
    /// not certain.
    #[must_use]
    pub fn with_the_others(
        self,
        flipped: impl FnOnce(Setting) -> Option<bool>,
        stored: impl Fn(Setting) -> Option<bool>,
        required: Option<bool>,
    ) -> Self {
        let required = [stored(Setting::ApprovalRequired), required];
        self.where_in_effect(flipped).where_someone_approved(stored).where_approvers_are_asked(required)
    }

    /// Removes the mark of the email to approvers where activation needs approval neither before nor after: nobody got
    /// it. `required` is both states; `None` if one is not certain.
    #[must_use]
    fn where_approvers_are_asked(self, required: [Option<bool>; 2]) -> Self {
        let is_idle = self.setting.rules().0 == RuleId::ActivationApprover && required == [Some(false); 2];
        Self { weakens: self.weakens.filter(|_| !is_idle), ..self }
    }
}

/// The changes of a draft, in the admin center's order, as shown. A setting that had no effect before and gets one by
/// this draft weakens nothing. If `policy` is a later read in which someone else flipped the switch, the change is
/// judged all the same.
pub fn changes(policy: &Policy, draft: &Draft) -> Vec<Change> {
    let stood = |switch: Setting| {
        let base = draft.edit(switch)?.base.as_flag();
        (policy.read(switch).value?.as_flag() == base).then_some(base).flatten()
    };
    let stored = |switch: Setting| policy.read(switch).value?.as_flag();
    let required = draft.value(policy, Setting::ApprovalRequired).and_then(|value| value.as_flag());
    let change = |(setting, edit): (Setting, &Edit)| {
        Change::new(&policy.subject, setting, edit.base.clone(), edit.mine.clone())
            .with_the_others(stood, stored, required)
    };
    draft.edits().map(change).collect()
}

/// If no approvers are selected, some subjects have default approvers: they then approve instead of those selected
/// before, or those selected now instead of them. A group has none, so nobody could approve.
fn instead_of_selected(subject: &Subject, before: &Value, after: &Value) -> Option<Weakening> {
    let (Value::Approvers(before), Value::Approvers(after)) = (before, after) else { return None };
    match (before.is_empty(), after.is_empty()) {
        _ if !subject.has_default_approvers() => None,
        (false, true) => Some(Weakening::DefaultApprovers),
        (true, false) => Some(Weakening::SelectedApprovers),
        _ => None,
    }
}

/// How one value is weaker than another, for any policy.
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
            approvers(before, after)
        }
        Setting::EligiblePermanent | Setting::ActivePermanent => turned_on(Weakening::Permanent),
        // If no period is stored, nothing ends by it: any period is stricter.
        Setting::EligibleExpiry | Setting::ActiveExpiry if is_no_period(before) => None,
        Setting::EligibleExpiry | Setting::ActiveExpiry => longer(Weakening::LongerAssignment),
        Setting::ActiveMfa => turned_off(Weakening::NoMfaOnAssignment),
        Setting::ActiveJustification => turned_off(Weakening::NoJustificationOnAssignment),
        Setting::EligibleMfa => turned_off(Weakening::NoMfaOnEligible),
        Setting::EligibleJustification => turned_off(Weakening::NoJustificationOnEligible),
        Setting::MailDefaults(_) => turned_off(Weakening::FewerMails),
        Setting::MailCritical(_) => turned_on(Weakening::FewerMails),
        Setting::MailRecipients(_) if is_unserved(setting) => None,
        Setting::MailRecipients(_) => {
            let (Value::Recipients(before), Value::Recipients(after)) = (before, after) else { return None };
            let kept = |mail: &String| after.iter().any(|other| other.eq_ignore_ascii_case(mail));
            before.iter().any(|mail| !kept(mail)).then_some(Weakening::FewerMails)
        }
    }
}

/// Whoever is added can let someone in who could not before. Those in a group are not counted here: only people who take
/// the place of fewer people are certainly more.
fn approvers(before: &[Approver], after: &[Approver]) -> Option<Weakening> {
    let added = |approver: &Approver| !before.contains(approver);
    if before.is_empty() || !after.iter().any(added) {
        return None;
    }
    let is_person = |approver: &&Approver| approver.kind == ApproverKind::User;
    let swaps = before.iter().any(|approver| !after.contains(approver));
    let grows = before.iter().all(|one| is_person(&one)) && after.iter().filter(is_person).count() > before.len();
    Some(if swaps && !grows { Weakening::OtherApprovers } else { Weakening::MoreApprovers })
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

/// Whether a value has no period at all, or one that is over at once.
fn is_no_period(value: &Value) -> bool {
    value.as_duration() == Some("") || length(value).is_some_and(|seconds| seconds < 1)
}

/// The length of a period in seconds, years counted as 365 days and months as 30.
pub fn length(value: &Value) -> Option<i64> {
    let duration = value.as_duration().and_then(IsoDuration::parse)?;
    let calendar = i64::from(duration.years) * 365 * 86_400 + i64::from(duration.months) * 30 * 86_400;
    IsoDuration { years: 0, months: 0, ..duration }.seconds_total().map(|rest| rest + calendar)
}

/// Whether the new period is longer. If the old one cannot be read, it counts as longer: nobody can say that it is not.
fn is_longer(before: &Value, after: &Value) -> bool {
    match (length(before), length(after)) {
        (Some(before), Some(after)) => after > before,
        (None, Some(_)) => true,
        (_, None) => false,
    }
}
