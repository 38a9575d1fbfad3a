//! What a proposal would do to one policy: before and after, what is the same, what is left out and why, and what the
//! checks find. Pure; `desk::rollout` reads what it needs.

use super::Item;
use crate::policy::exposure::exposures;
use crate::policy::plan::plan as writes;
use crate::policy::preflight::{Facts, Preflight, preflight};
use crate::policy::{
    Change, Draft, IsoDuration, Issue, NotCarried, Policy, ReadOnly, Requirement, RuleId, Setting, Severity, Value,
    changes, check,
};

/// Why a setting stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub enum LeftOut {
    /// It cannot be carried over to this policy.
    NotCarried(NotCarried),
    /// Someone has changed it since; its present value, if it can be read and changed.
    ChangedSince(Option<Value>),
    /// The person took it out.
    ByPerson,
}

/// What would happen to one policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// The change, saved like any other.
    pub draft: Draft,
    /// The changes in the admin center's order, each with whether it weakens.
    pub changes: Vec<Change>,
    /// Settings that already have the wanted value.
    pub same: Vec<Setting>,
    /// Settings that stay as they are though another value is wanted, and why.
    pub left: Vec<(Setting, LeftOut)>,
    /// Errors and warnings about the values.
    pub issues: Vec<Issue>,
    /// The findings of the checks against the tenant.
    pub preflight: Preflight,
    /// The policy is weaker while it is being saved.
    pub gap: bool,
}

impl Effect {
    /// Whether some setting becomes weaker.
    pub fn weakens(&self) -> bool {
        self.changes.iter().any(|change| change.weakens.is_some())
    }

    /// Whether a finding prevents it.
    pub fn is_blocked(&self) -> bool {
        self.preflight.blocks() || self.issues.iter().any(|issue| issue.severity == Severity::Error)
    }

    /// Whether there is something to look at besides the changes.
    pub fn has_findings(&self) -> bool {
        !self.preflight.findings.is_empty() || !self.issues.is_empty() || self.gap
    }
}

/// What the effect depends on besides the item and the policy.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The facts read for the checks.
    pub facts: &'a Facts,
    /// Settings that the person took out for this policy.
    pub without: &'a [Setting],
}

/// Computes the effect on one policy.
pub fn effect(item: &Item, policy: &Policy, around: Around<'_>) -> Effect {
    let mut effect = Effect::default();
    for setting in Setting::all() {
        let Some((_, wanted)) = item.wanted.iter().find(|(known, _)| *known == setting) else { continue };
        let reading = policy.read(setting);
        let Some(holds) = reading.editable() else {
            let reason = reading.read_only.unwrap_or(ReadOnly::NotUnderstood);
            let from = item.only_from.iter().any(|(known, _)| *known == setting);
            let why = if from { LeftOut::ChangedSince(None) } else { LeftOut::NotCarried(NotCarried::Locked(reason)) };
            effect.left.push((setting, why));
            continue;
        };
        if holds.means(wanted) {
            effect.same.push(setting);
        } else if let Some(why) = left_out(item, policy, around, setting, (holds, wanted)) {
            effect.left.push((setting, why));
        } else {
            effect.draft.set(policy, setting, wanted.clone());
        }
    }
    effect.changes = changes(policy, &effect.draft);
    // A draft may set a period that was not asked for; such a setting is neither the same nor left out.
    effect.same.retain(|setting| effect.draft.edit(*setting).is_none());
    effect.issues = check(policy, &effect.draft, published(around.facts).as_deref());
    effect.preflight = preflight(policy, &effect.draft, around.facts);
    let wanted: Vec<(Setting, Value)> =
        effect.draft.edits().map(|(setting, edit)| (setting, edit.mine.clone())).collect();
    effect.gap = !exposures(policy, &writes(policy, &wanted)).is_empty();
    effect
}

/// The IDs of the published authentication contexts, if they could be read.
fn published(facts: &Facts) -> Option<Vec<String>> {
    let known = facts.contexts.known.as_ref()?;
    Some(known.iter().filter(|(_, available)| *available).map(|(id, _)| id.clone()).collect())
}

fn left_out(
    item: &Item,
    policy: &Policy,
    around: Around<'_>,
    setting: Setting,
    (holds, wanted): (&Value, &Value),
) -> Option<LeftOut> {
    if let Some((_, from)) = item.only_from.iter().find(|(known, _)| *known == setting) {
        // This goes back to what the policy was before: whether that had an effect does not matter.
        return if holds.means(from) {
            around.without.contains(&setting).then_some(LeftOut::ByPerson)
        } else {
            Some(LeftOut::ChangedSince(Some(holds.clone())))
        };
    }
    unfit(item, policy, setting, wanted)
        .map(LeftOut::NotCarried)
        .or_else(|| around.without.contains(&setting).then_some(LeftOut::ByPerson))
}

fn unfit(item: &Item, policy: &Policy, setting: Setting, wanted: &Value) -> Option<NotCarried> {
    let flag_of = |other: Setting| {
        let asked = item.wanted.iter().find(|(known, _)| *known == other).map(|(_, value)| value.clone());
        asked.and_then(|value| value.as_flag())
    };
    match (setting, wanted) {
        _ if !setting.applies(flag_of) => Some(NotCarried::NotInUse),
        (Setting::Approvers, Value::Approvers(list)) if list.is_empty() && !policy.subject.has_default_approvers() => {
            let demanded = flag_of(Setting::ApprovalRequired)
                .or_else(|| policy.read(Setting::ApprovalRequired).value.and_then(|value| value.as_flag()));
            (demanded != Some(false)).then_some(NotCarried::DefaultApprovers)
        }
        (Setting::MailRecipients(RuleId::ActivationApprover), _) => Some(NotCarried::NoRecipients),
        (_, Value::Requirement(Requirement::MfaAndContext(_))) => Some(NotCarried::MfaAndContext),
        (_, Value::Duration(text)) if IsoDuration::parse(text).is_some_and(|d| d.seconds_total().is_none()) => {
            Some(NotCarried::CalendarPeriod)
        }
        _ => None,
    }
}

impl Totals {
    /// Whether the person must confirm something before anything is sent.
    pub const fn asks(&self) -> bool {
        self.weakened + self.gaps + self.onboarded > 0
    }
}

/// The number of policies of a plan, by what would happen to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Policies that would be changed.
    pub policies: usize,
    /// The settings changed in them.
    pub settings: usize,
    /// Policies of these in which a setting becomes weaker.
    pub weakened: usize,
    /// Policies of these that are weaker while they are being saved.
    pub gaps: usize,
    /// Policies of these whose group comes into PIM for good, certainly or possibly.
    pub onboarded: usize,
    /// Policies that already have every value that can be carried over.
    pub nothing_to_do: usize,
    /// Policies that a finding prevents from being changed.
    pub blocked: usize,
    /// Groups and roles without a single policy, or whose policy could not be read.
    pub unreadable: usize,
    /// Policies that the person took out.
    pub excluded: usize,
}
