//! From wanted settings to ordered writes: whole rule bodies, only the rules that change, in the order that is safe.

use serde_json::Value as Json;

use super::Policy;
use super::overlay::overlay;
use super::reading::{JUSTIFICATION, MFA, TICKETING};
use super::rule::{Rule, RuleId, RuleKind};
use super::setting::Setting;
use super::value::Value;
use crate::order::sort_by;

/// One rule to write.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleWrite {
    /// The rule.
    pub rule: RuleId,
    /// The whole rule with the changed fields laid over what was read.
    pub body: Json,
    /// The settings it carries.
    pub settings: Vec<Setting>,
}

impl RuleWrite {
    /// Whether a failure of this write must stop the rest: the rules that together protect activation (R-V3).
    pub const fn stops_on_failure(&self) -> bool {
        !matches!(self.rule.kind(), RuleKind::Notification)
    }
}

/// Plans the writes that bring `policy` to the wanted values. Rules whose JSON would not change are left out.
pub fn plan(policy: &Policy, wanted: &[(Setting, Value)]) -> Vec<RuleWrite> {
    let mut writes: Vec<RuleWrite> = RuleId::ALL.into_iter().filter_map(|id| write_of(policy, id, wanted)).collect();
    sort_by(&mut writes, |left, right| phase(policy, left).cmp(&phase(policy, right)));
    writes
}

fn write_of(policy: &Policy, id: RuleId, wanted: &[(Setting, Value)]) -> Option<RuleWrite> {
    let current = policy.rule(id)?.raw();
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
    (body != *current).then_some(RuleWrite { rule: id, body, settings })
}

/// Whether a rule as read now holds what a save wanted of it. Values are compared by meaning, and of a setting that
/// lives in two rules only this rule's part counts.
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

/// Microsoft refuses MFA while a context is on, and stores an unsupported mix in the opposite order (quirk 8). So a
/// context is switched off before anything else and switched on after everything else, right behind the write that takes
/// MFA away. What strengthens the policy goes before what weakens it, and a mail never stands between two that do.
fn phase(policy: &Policy, write: &RuleWrite) -> u8 {
    let Some(before) = policy.rule(write.rule).map(Rule::raw) else { return 0 };
    let after = &write.body;
    let demands = |rule: &Json, name| super::reading::demands(rule, name) == Some(true);
    let loses = |name| demands(before, name) && !demands(after, name);
    match write.rule.kind() {
        RuleKind::AuthenticationContext if after["isEnabled"].as_bool() == Some(true) => 6,
        RuleKind::AuthenticationContext => 0,
        RuleKind::Enablement if loses(MFA) => 5,
        RuleKind::Enablement if loses(JUSTIFICATION) || loses(TICKETING) => 4,
        RuleKind::Approval if after["setting"]["isApprovalRequired"].as_bool() != Some(true) => 4,
        RuleKind::Enablement | RuleKind::Approval => 1,
        RuleKind::Expiration => 2,
        RuleKind::Notification => 3,
    }
}
