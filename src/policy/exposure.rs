//! Whether a save that ends half-way would leave a policy weaker than it was and weaker than it was meant to be.

use crate::policy::change::Change;
use crate::policy::plan::{RuleWrite, body_of};
use crate::policy::{Policy, Rule, RuleId, Setting, Value};

/// The settings that would be weaker than both before and after, for a moment or, after a failure, for longer, each
/// with how many writes were done by then. The order of [`plan`](crate::policy::plan::plan) avoids all but one:
/// switching between MFA and authentication context.
pub fn exposures(before: &Policy, writes: &[RuleWrite]) -> Vec<(Setting, usize)> {
    let after = written(before, writes);
    let mut found: Vec<(Setting, usize)> = Vec::new();
    for done in 1..writes.len() {
        let between = written(before, &writes[..done]);
        for setting in weaker_than_both(before, &between, &after) {
            if !found.iter().any(|(known, _)| *known == setting) {
                found.push((setting, done));
            }
        }
    }
    found
}

/// The settings in which `now` is weaker than `before` and weaker than `after`.
pub fn weaker_than_both(before: &Policy, now: &Policy, after: &Policy) -> Vec<Setting> {
    let weaker = |setting: &Setting| weaker_in(before, now, *setting) && weaker_in(after, now, *setting);
    Setting::all().filter(weaker).collect()
}

/// Whether a policy as a whole is weaker than another: weaker in some setting and stronger in none.
pub fn is_weaker(now: &Policy, than: &Policy) -> bool {
    Setting::all().any(|setting| weaker_in(than, now, setting))
        && !Setting::all().any(|setting| weaker_in(now, than, setting))
}

fn weaker_in(than: &Policy, now: &Policy, setting: Setting) -> bool {
    let subject = &now.subject;
    let (Some(before), Some(after)) = (than.read(setting).value, now.read(setting).value) else { return false };
    let stored = |switch: Setting| than.read(switch).value?.as_flag();
    before != after && Change::new(subject, setting, before, after).where_someone_approved(stored).weakens.is_some()
}

/// The policy with these rules written.
pub fn written(policy: &Policy, writes: &[RuleWrite]) -> Policy {
    let mut policy = policy.clone();
    for rule in &mut policy.rules {
        if let Some(write) = writes.iter().find(|write| rule.known_id() == Some(write.rule)) {
            *rule = Rule::new(write.body.clone());
        }
    }
    policy
}

/// The policy with the wanted values written into some of its rules.
pub fn written_where(policy: &Policy, wanted: &[(Setting, Value)], which: &dyn Fn(RuleId) -> bool) -> Policy {
    let mut policy = policy.clone();
    for rule in &mut policy.rules {
        if let Some(id) = rule.known_id().filter(|id| which(*id)) {
            *rule = Rule::new(body_of(rule.raw(), id, wanted).0);
        }
    }
    policy
}
