//! Whether saves that ended half-way left a policy weaker than it was and weaker than it was meant to be.

use super::{Receipt, RuleEnd, Standing};
use crate::policy::gap::weaker_than_both;
use crate::policy::plan::body_of;
use crate::policy::{Policy, Rule, RuleId, Setting, Value};

/// The settings in which the saves of one policy, the first first, left it weaker than it was before the first and weaker
/// than the last one wanted. Told from what was read back; where someone else changed a rule since, nothing is said.
pub fn exposed(saves: &[&Receipt]) -> Vec<Setting> {
    let (Some(first), Some(last)) = (saves.first(), saves.last()) else { return Vec::new() };
    if last.standing() == Standing::Open {
        return Vec::new();
    }
    let mut before = first.policy_before();
    let mut now = Policy { rules: Vec::new(), ..before.clone() };
    let mut wanted: Vec<(Setting, Value)> = Vec::new();
    for save in saves {
        for rule in save.policy_before().rules {
            if place(&mut before, rule.known_id()).is_none() {
                before.rules.push(rule);
            }
        }
        for rule in save.policy_after().rules {
            match place(&mut now, rule.known_id()) {
                Some(known) => *known = rule,
                None => now.rules.push(rule),
            }
        }
        for (setting, value) in save.wanted() {
            wanted.retain(|(known, _)| *known != setting);
            wanted.push((setting, value));
        }
    }
    let mut after = before.clone();
    for rule in &mut after.rules {
        if let Some(id) = rule.known_id() {
            *rule = Rule::new(body_of(rule.raw(), id, &wanted).0);
        }
    }
    let mut settings = weaker_than_both(&before, &now, &after);
    let changed_since = |setting: Setting| {
        last.rules.iter().any(|rule| rule.end == RuleEnd::ChangedSince && rule.settings.contains(&setting))
    };
    settings.retain(|setting| !changed_since(*setting));
    settings
}

fn place(policy: &mut Policy, id: Option<RuleId>) -> Option<&mut Rule> {
    policy.rules.iter_mut().find(|rule| rule.known_id() == id)
}
