//! From wanted settings to ordered writes: whole rule bodies, only the rules that change, in the safe order.

use serde_json::Value as Json;

use super::Policy;
use super::change::Change;
use super::overlay::overlay;
use super::reading::MFA;
use super::rule::{Rule, RuleId, RuleKind};
use super::setting::Setting;
use super::value::Value;
use crate::order::sort_by;

/// One rule to write.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleWrite {
    /// The rule.
    pub rule: RuleId,
    /// The whole rule as it was read, with the changed fields written over it.
    pub body: Json,
    /// The settings it writes.
    pub settings: Vec<Setting>,
    /// Whether it weakens the policy in some setting, or belongs with a write that does.
    pub weakens: bool,
}

impl RuleWrite {
    /// Whether a failure of this write must stop the rest: the rules that together protect activation.
    pub const fn stops_on_failure(&self) -> bool {
        !matches!(self.rule.kind(), RuleKind::Notification)
    }

    /// Whether it is skipped once any other write has failed: what weakens is written only if everything that replaces
    /// it was. Emails too: one that is no longer sent may be replaced by another.
    pub const fn needs_the_others(&self) -> bool {
        self.weakens
    }
}

/// Plans the writes that bring `policy` to the wanted values. Rules whose JSON would not change are left out.
pub fn plan(policy: &Policy, wanted: &[(Setting, Value)]) -> Vec<RuleWrite> {
    let mut writes: Vec<RuleWrite> = RuleId::ALL.into_iter().filter_map(|id| write_of(policy, id, wanted)).collect();
    let switch = switches(policy, &writes);
    if switch && writes.iter().any(|write| is_of_switch(write) && write.weakens) {
        // What keeps one of the two from being sent must keep the other from it too.
        writes.iter_mut().filter(|write| is_of_switch(write)).for_each(|write| write.weakens = true);
    }
    sort_by(&mut writes, |left, right| phase(left, switch).cmp(&phase(right, switch)));
    writes
}

fn write_of(policy: &Policy, id: RuleId, wanted: &[(Setting, Value)]) -> Option<RuleWrite> {
    let current = policy.rule(id)?.raw();
    let (body, settings) = body_of(current, id, wanted);
    if body == *current {
        return None;
    }
    let changes = wanted.iter().filter(|(setting, _)| settings.contains(setting));
    let weakens = changes
        .filter_map(|(setting, value)| {
            let change = Change::new(&policy.subject, *setting, policy.read(*setting).value?, value.clone());
            Some(change.where_someone_approved(|switch| policy.read(switch).value?.as_flag()))
        })
        .any(|change| change.weakens.is_some());
    Some(RuleWrite { rule: id, body, settings, weakens })
}

/// A rule's whole body with the wanted values written over it, and the settings that changed it.
pub fn body_of(current: &Json, id: RuleId, wanted: &[(Setting, Value)]) -> (Json, Vec<Setting>) {
    let mut body = current.clone();
    let mut settings = Vec::new();
    for (setting, value) in wanted {
        let (first, second) = setting.rules();
        if first == id || second == Some(id) {
            let before = body.clone();
            overlay(&mut body, id, *setting, value);
            if body != before {
                settings.push(*setting);
            }
        }
    }
    (body, settings)
}

/// Whether a rule as read now has what a save wanted of it. Values are compared by meaning, and for a setting stored in
/// two rules only this rule's part counts.
pub fn holds(policy: &Policy, rule: RuleId, settings: &[Setting], wanted: &[(Setting, Value)]) -> bool {
    settings.iter().all(|setting| {
        let Some((_, value)) = wanted.iter().find(|(other, _)| other == setting) else { return false };
        if setting.rules().1.is_some() {
            let Some(raw) = policy.rule(rule).map(Rule::raw) else { return false };
            let mut changed = raw.clone();
            overlay(&mut changed, rule, *setting, value);
            changed == *raw
        } else {
            policy.read(*setting).value.is_some_and(|now| now.means(value))
        }
    })
}

/// The settings of which every rule was read back, and which a later read shows with another value all the same, with
/// that value (`None`: it can no longer be read). Someone else changed them meanwhile, perhaps in a rule that the save
/// did not write.
pub fn differing(
    policy: &Policy,
    wanted: &[(Setting, Value)],
    is_read_back: &dyn Fn(Setting) -> bool,
) -> Vec<(Setting, Option<Value>)> {
    let other = |(setting, wanted): &(Setting, Value)| {
        let now = policy.read(*setting).value;
        let differs = is_read_back(*setting) && !now.as_ref().is_some_and(|now| now.means(wanted));
        differs.then_some((*setting, now))
    };
    wanted.iter().filter_map(other).collect()
}

/// Whether the save switches between MFA and authentication context, so that two writes belong together. Also if both
/// are stored and only the context is turned off: until then Microsoft refuses the other rule with MFA.
fn switches(policy: &Policy, writes: &[RuleWrite]) -> bool {
    let mfa = |rule: &Json| super::reading::demands(rule, MFA) == Some(true);
    let find = |id| writes.iter().find(|write| write.rule == id);
    let (Some(enablement), Some(context)) = (find(RuleId::ActivationEnablement), find(RuleId::ActivationContext))
    else {
        return false;
    };
    let changes_mfa =
        policy.rule(enablement.rule).map(Rule::raw).is_some_and(|before| mfa(before) != mfa(&enablement.body));
    changes_mfa || mfa(&enablement.body) && !turns_on(context)
}

/// Whether a write of the context's rule has it on.
fn turns_on(write: &RuleWrite) -> bool {
    write.body["isEnabled"].as_bool() == Some(true)
}

fn is_of_switch(write: &RuleWrite) -> bool {
    matches!(write.rule, RuleId::ActivationEnablement | RuleId::ActivationContext)
}

/// A write's place in the order. What strengthens the policy goes before what weakens it, so that a save that ends
/// half-way never leaves it weaker than both before and after.
///
/// One pair of writes belongs together: Microsoft refuses MFA while a context is on, and stores an unsupported mix in
/// the opposite order (graph.md G8). So a context is turned off before MFA is required, and turned on after MFA is no
/// longer required. Between the two, activation requires neither; [`exposures`](super::exposure::exposures) finds that,
/// and the review says it. If such a mix is stored and MFA is to stay, the order is the same, and MFA holds throughout.
fn phase(write: &RuleWrite, switch: bool) -> u8 {
    let context_on = write.rule == RuleId::ActivationContext && turns_on(write);
    match write.rule {
        RuleId::ActivationContext if switch && !context_on => 3,
        RuleId::ActivationEnablement if switch => 4,
        RuleId::ActivationContext if context_on => 5,
        _ if write.rule.kind() == RuleKind::Notification && write.weakens => 7,
        _ if write.rule.kind() == RuleKind::Notification => 2,
        _ if write.weakens => 6,
        _ if write.rule.kind() == RuleKind::Expiration => 1,
        _ => 0,
    }
}
