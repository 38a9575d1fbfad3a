//! One policy: 17 rules for one access to one group, or for one role.

use serde_json::Value;

use super::{Subject, rules};

/// A policy as stored, in the v1.0 shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Policy {
    /// The rules in the order in which they were created; answers shuffle them.
    pub(crate) rules: Vec<Value>,
    /// When the policy was last changed, and the display name of who did it.
    pub(crate) modified: Option<(i64, String)>,
    /// The rule stored with a bare target, if any; after that the other notification rules are rejected (graph.md G4).
    pub(crate) wrecked_by: Option<String>,
}

impl Policy {
    /// What every group and every role has before anyone changes anything.
    pub(crate) fn standard(subject: &Subject) -> Self {
        let rules = match subject {
            Subject::Group { access, .. } => rules::standard(*access),
            Subject::Role(_) => rules::for_role(),
        };
        Self { rules, modified: None, wrecked_by: None }
    }

    /// A rule by ID, in any case.
    pub(crate) fn rule(&self, id: &str) -> Option<&Value> {
        self.rules.iter().find(|rule| is(rule, id))
    }

    pub(crate) fn rule_mut(&mut self, id: &str) -> Option<&mut Value> {
        self.rules.iter_mut().find(|rule| is(rule, id))
    }

    /// Overwrites properties of a rule. The tenant does not check them: seeds and other administrators use this.
    pub(crate) fn overlay(&mut self, id: &str, patch: &Value) {
        match (self.rule_mut(id), patch) {
            (Some(Value::Object(rule)), Value::Object(patch)) => {
                for (name, value) in patch {
                    rule.insert(name.clone(), value.clone());
                }
            }
            (None, Value::Object(_)) => self.rules.push(patch.clone()),
            _ => {}
        }
    }

    /// Whether activation requires an authentication context.
    pub(crate) fn context_enabled(&self) -> bool {
        self.rule(rules::CONTEXT).and_then(|rule| rule["isEnabled"].as_bool()).unwrap_or(false)
    }
}

fn is(rule: &Value, id: &str) -> bool {
    rule["id"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(id))
}
