//! Compares raw rules: what has changed in them that belongs to no setting.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::described::{add_bare, strip};
use crate::order::sort_by;
use crate::policy::compare::{Comparison, Line, Verdict};
use crate::policy::plan::body_of;
use crate::policy::{Policy, Requirement, RuleId, Setting, Value};

/// A rule that changed in more than its settings show.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleChange {
    /// Its ID.
    pub id: String,
    /// As it was; `None` if it is new.
    pub before: Option<Json>,
    /// As it is; `None` if it is gone.
    pub after: Option<Json>,
}

/// The rules with changes that belong to no setting.
pub fn changed(before: &Policy, after: &Policy, settings: &Comparison) -> Vec<RuleChange> {
    let mut found = Vec::new();
    let one_for_both: Vec<(Setting, Value)> =
        settings.lines.iter().filter_map(|line| Some((line.setting, one_for_both(line)?))).collect();
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
        let known = RuleId::parse(&id);
        if old == new {
            continue;
        }
        // A snapshot without names has no descriptions of approvers: one that is missing is no difference.
        let mut bare = BTreeSet::new();
        old.iter().chain(&new).for_each(|rule| add_bare(rule, &mut bare));
        let untold = |rule: &Json| {
            let mut rule = rule.clone();
            strip(&mut rule, &|approver| bare.contains(approver));
            match known {
                Some(id) => plain(&body_of(&rule, id, &one_for_both).0, true),
                None => plain(&rule, false),
            }
        };
        if old.iter().map(untold).eq(new.iter().map(untold)) {
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

/// A value that, written into both rules, makes them equal in everything the setting shows, and in nothing else; `None`
/// if the setting shows nothing.
fn one_for_both(line: &Line) -> Option<Value> {
    if line.verdict == Verdict::Unknown {
        return None;
    }
    Some(match (line.left.value.as_ref()?, line.right.value.as_ref()?) {
        // Turning approval on or off changes its mode and its stage too.
        (Value::Flag(left), Value::Flag(right)) => Value::Flag(*left || *right),
        (Value::Requirement(left), Value::Requirement(right)) => {
            let is_context =
                |one: &&Requirement| matches!(one, Requirement::Context(_) | Requirement::MfaAndContext(_));
            // A context's claim is shown if it is on, before or now.
            let is_told = [left, right].iter().any(is_context);
            Value::Requirement(if is_told { Requirement::Context(String::new()) } else { Requirement::None })
        }
        // The setting shows who was added or removed; the entries of those who stayed may have changed.
        (Value::Approvers(left), Value::Approvers(right)) => {
            Value::Approvers(left.iter().filter(|one| right.contains(one)).cloned().collect())
        }
        (Value::Duration(_), _) => Value::Duration(String::new()),
        (Value::Recipients(_), _) => Value::Recipients(Vec::new()),
        _ => return None,
    })
}

/// A value without nulls, which Graph leaves out or writes at random. The lists of a known rule have no order, except
/// for its stages.
fn plain(value: &Json, known: bool) -> Json {
    match value {
        Json::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| {
                let mut value = plain(value, known);
                if let Json::Array(list) = &mut value
                    && known
                    && name != "approvalStages"
                {
                    sort_by(list, |left, right| left.to_string().cmp(&right.to_string()));
                }
                (name.clone(), value)
            })
            .collect(),
        Json::Array(list) => list.iter().map(|entry| plain(entry, known)).collect(),
        other => other.clone(),
    }
}
