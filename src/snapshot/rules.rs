//! Raw rules held against each other: what changed in them that no setting shows.

use serde_json::Value as Json;

use crate::policy::compare::{Comparison, Verdict};
use crate::policy::{Policy, RuleId, Setting};

/// A rule that is not what it was, beside what its settings tell.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleChange {
    /// Its id.
    pub id: String,
    /// As it was; `None` where it is new.
    pub before: Option<Json>,
    /// As it is; `None` where it is gone.
    pub after: Option<Json>,
}

/// Properties that the settings tell in full, so that only spelling can differ besides.
const TOLD: [&str; 5] = [
    "maximumDuration",
    "isExpirationRequired",
    "isDefaultRecipientsEnabled",
    "notificationRecipients",
    "notificationLevel",
];

/// Properties of which the settings tell a part.
const TOLD_IN_PART: [&str; 4] = ["enabledRules", "setting", "claimValue", "isEnabled"];

/// The rules that changed where no setting tells.
pub fn changed(before: &Policy, after: &Policy, settings: &Comparison) -> Vec<RuleChange> {
    let mut found = Vec::new();
    let ids = |policy: &Policy| -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for id in policy.rules.iter().map(|rule| rule.id().to_ascii_lowercase()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    };
    let mut all = ids(before);
    all.extend(ids(after).into_iter().filter(|id| !ids(before).contains(id)).collect::<Vec<_>>());
    for id in all {
        let of = |policy: &Policy| -> Vec<Json> {
            policy
                .rules
                .iter()
                .filter(|rule| rule.id().eq_ignore_ascii_case(&id))
                .map(|rule| rule.raw().clone())
                .collect()
        };
        let (old, new) = (of(before), of(after));
        if told(&id, &old, settings) == told(&id, &new, settings) {
            continue;
        }
        let name = old.first().or(new.first()).and_then(|rule| rule["id"].as_str()).unwrap_or(&id).to_owned();
        let one = |mut rules: Vec<Json>| match rules.len() {
            0 => None,
            1 => rules.pop(),
            _ => Some(Json::Array(rules)),
        };
        found.push(RuleChange { id: name, before: one(old), after: one(new) });
    }
    found
}

/// What is left of rules without what the settings tell.
fn told(id: &str, rules: &[Json], settings: &Comparison) -> Vec<Json> {
    let (mut unknown, mut differs, mut known) = (false, false, false);
    if let Some(id) = RuleId::parse(id) {
        let of_rule = |setting: Setting| {
            let (first, second) = setting.rules();
            first == id || second == Some(id)
        };
        for line in settings.lines.iter().filter(|line| of_rule(line.setting)) {
            known = true;
            unknown |= line.verdict == Verdict::Unknown;
            differs |= matches!(line.verdict, Verdict::Differs(_));
        }
    }
    let left_out =
        |name: &str| known && !unknown && (TOLD.contains(&name) || (differs && TOLD_IN_PART.contains(&name)));
    rules.iter().map(|rule| plain(rule, &left_out)).collect()
}

/// A value without nulls, which Graph leaves out or writes as it likes, and without some of its properties.
fn plain(value: &Json, left_out: &dyn Fn(&str) -> bool) -> Json {
    match value {
        Json::Object(fields) => fields
            .iter()
            .filter(|(name, value)| !value.is_null() && !left_out(name))
            .map(|(name, value)| (name.clone(), plain(value, &|_| false)))
            .collect(),
        Json::Array(list) => list.iter().map(|entry| plain(entry, &|_| false)).collect(),
        other => other.clone(),
    }
}
