//! What a proposal would do to one policy: before and after, what is the same, what is left out and why, what the change
//! would meet. Pure; `desk::rollout` reads what it needs.

use super::Item;
use crate::policy::exposure::exposures;
use crate::policy::plan::plan as writes;
use crate::policy::preflight::{Facts, Preflight, preflight};
use crate::policy::{
    Change, Draft, IsoDuration, Issue, NotCarried, Policy, ReadOnly, Requirement, RuleId, Setting, Severity, Value,
    changes, check,
};

/// Why a setting is left as it is.
#[derive(Clone, Debug, PartialEq)]
pub enum LeftOut {
    /// It cannot be carried there.
    NotCarried(NotCarried),
    /// Someone changed it since; what it holds now, if that can be read and changed.
    ChangedSince(Option<Value>),
    /// The person took it out.
    ByPerson,
}

/// What would happen to one policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// The change, to be saved like any other.
    pub draft: Draft,
    /// What changes, in the admin center's order, with what weakens.
    pub changes: Vec<Change>,
    /// Settings that hold the wanted value already.
    pub same: Vec<Setting>,
    /// Settings that stay as they are though another value is wanted, and why.
    pub left: Vec<(Setting, LeftOut)>,
    /// What is wrong or doubtful with the values.
    pub issues: Vec<Issue>,
    /// What it would meet in the tenant.
    pub preflight: Preflight,
    /// The save passes through a weaker policy.
    pub gap: bool,
}

impl Effect {
    /// Whether some setting becomes weaker.
    pub fn weakens(&self) -> bool {
        self.changes.iter().any(|change| change.weakens.is_some())
    }

    /// Whether something found stops it.
    pub fn is_blocked(&self) -> bool {
        self.preflight.blocks() || self.issues.iter().any(|issue| issue.severity == Severity::Error)
    }

    /// Whether there is something to look at besides the changes themselves.
    pub fn has_findings(&self) -> bool {
        !self.preflight.findings.is_empty() || !self.issues.is_empty() || self.gap
    }
}

/// What a person or a search knows besides the policy.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// What was read for the preflight.
    pub facts: &'a Facts,
    /// Settings that the person took out for this policy.
    pub without: &'a [Setting],
}

/// Computes it for one policy.
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
    // A draft may settle a period that was not asked for; what it settles is neither the same nor left out.
    effect.same.retain(|setting| effect.draft.edit(*setting).is_none());
    effect.issues = check(policy, &effect.draft, published(around.facts).as_deref());
    effect.preflight = preflight(policy, &effect.draft, around.facts);
    let wanted: Vec<(Setting, Value)> =
        effect.draft.edits().map(|(setting, edit)| (setting, edit.mine.clone())).collect();
    effect.gap = !exposures(policy, &writes(policy, &wanted)).is_empty();
    effect
}

/// The ids of the published authentication contexts, if they could be read.
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
        // The way back to what the policy held before: whether it had an effect is not asked.
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
    /// Whether there is something that a person confirms before anything is sent.
    pub const fn asks(&self) -> bool {
        self.weakened + self.gaps + self.onboarded > 0
    }
}

/// The number of policies of a plan, by what would become of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Will be changed.
    pub policies: usize,
    /// Settings in them.
    pub settings: usize,
    /// Those of the policies that become weaker in some setting.
    pub weakened: usize,
    /// Those whose save passes through a weaker policy.
    pub gaps: usize,
    /// Those that come into PIM for good, surely or perhaps.
    pub onboarded: usize,
    /// Hold everything that can be carried already.
    pub nothing_to_do: usize,
    /// Something found stops them.
    pub blocked: usize,
    /// Have no single policy, or could not be read.
    pub unreadable: usize,
    /// The person took them out.
    pub excluded: usize,
}
