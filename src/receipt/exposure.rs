//! Whether saves that ended half-way left a policy weaker than it was and weaker than it was meant to be.

use super::{Receipt, RuleEnd, Standing};
use crate::policy::exposure::{weaker_than_both, written_where};
use crate::policy::{Policy, Rule, RuleId, Setting, Value};

/// The settings in which the saves of one policy (oldest first) left it weaker than it was before the first one and
/// weaker than the last one wanted. Based on what was read back; if someone else has changed a rule since, nothing is
/// reported.
pub fn exposed(saves: &[&Receipt]) -> Vec<Setting> {
    weaker_where(saves, RuleEnd::is_there)
}

/// The settings for which that may also be so: what was accepted does not show yet, or an answer was lost.
pub fn may_be_exposed(saves: &[&Receipt]) -> Vec<Setting> {
    let accepted = |end: RuleEnd| end.is_there() || matches!(end, RuleEnd::Accepted | RuleEnd::NotVisibleYet);
    let all = |end: RuleEnd| end.is_there() || end.is_open();
    let (certain, found) = (exposed(saves), [weaker_where(saves, accepted), weaker_where(saves, all)].concat());
    Setting::all().filter(|setting| found.contains(setting) && !certain.contains(setting)).collect()
}

fn weaker_where(saves: &[&Receipt], is_saved: fn(RuleEnd) -> bool) -> Vec<Setting> {
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
        for rule in save.policy_where(is_saved).rules {
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
    let after = written_where(&before, &wanted, &|_| true);
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
