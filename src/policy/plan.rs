//! From wanted settings to ordered writes: whole rule bodies, only the rules that change, in the order that is safe.

use serde_json::Value as Json;

use super::Policy;
use super::overlay::overlay;
use super::reading::MFA;
use super::rule::{RuleId, RuleKind};
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
    sort_by(&mut writes, |left, right| phase(left).cmp(&phase(right)));
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

/// Microsoft refuses MFA while a context is on, and stores an unsupported mix in the opposite order (quirk 8). So a
/// context is switched off before anything else and switched on after everything else. Between, what strengthens the
/// policy goes before what weakens it, and mails come last.
fn phase(write: &RuleWrite) -> u8 {
    let enabled = |rule: &Json| rule["isEnabled"].as_bool() == Some(true);
    let adds_mfa = |rule: &Json| super::reading::demands(rule, MFA) == Some(true);
    match write.rule.kind() {
        RuleKind::AuthenticationContext if enabled(&write.body) => 5,
        RuleKind::AuthenticationContext => 0,
        RuleKind::Enablement if adds_mfa(&write.body) => 1,
        RuleKind::Approval if write.body["setting"]["isApprovalRequired"].as_bool() == Some(true) => 1,
        RuleKind::Notification => 4,
        RuleKind::Expiration => 2,
        RuleKind::Enablement | RuleKind::Approval => 3,
    }
}
