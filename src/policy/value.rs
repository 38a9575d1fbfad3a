//! What a setting can be set to.

use serde::{Deserialize, Serialize};

use super::approver::Approver;
use super::duration::same_length;
use crate::order::sort_by;

/// What activation requires besides a justification: the admin center's "On activation, require".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Requirement {
    /// Nothing more.
    None,
    /// Microsoft Entra multifactor authentication.
    Mfa,
    /// A Conditional Access authentication context, by its ID (`c1`…`c99`); empty while none is chosen.
    Context(String),
    /// Both at the same time. The admin center cannot set this and Microsoft does not support it, but Graph stores it
    /// when the context is enabled while MFA is on (graph.md G8).
    MfaAndContext(String),
}

/// The value of one setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Value {
    /// ISO 8601 text exactly as stored; empty if the rule has none.
    Duration(String),
    /// What activation requires.
    Requirement(Requirement),
    /// A checkbox.
    Flag(bool),
    /// Approvers in the order of the policy.
    Approvers(Vec<Approver>),
    /// Email addresses in the order of the policy.
    Recipients(Vec<String>),
}

impl Value {
    /// Whether two values mean the same: durations by length, lists regardless of order, addresses regardless of case.
    pub fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Duration(left), Self::Duration(right)) => same_length(left, right),
            (Self::Approvers(left), Self::Approvers(right)) => sorted(left.clone()) == sorted(right.clone()),
            (Self::Recipients(left), Self::Recipients(right)) => {
                let lower = |list: &[String]| sorted(list.iter().map(|mail| mail.to_lowercase()).collect::<Vec<_>>());
                lower(left) == lower(right)
            }
            _ => self == other,
        }
    }

    /// The checkbox's state; `None` for other kinds.
    pub const fn as_flag(&self) -> Option<bool> {
        if let Self::Flag(on) = self { Some(*on) } else { None }
    }

    /// The duration's text; `None` for other kinds.
    pub fn as_duration(&self) -> Option<&str> {
        if let Self::Duration(text) = self { Some(text) } else { None }
    }
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    sort_by(&mut list, Ord::cmp);
    list.dedup();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meaning_ignores_order_case_and_spelling() {
        let mails = |list: &[&str]| Value::Recipients(list.iter().map(ToString::to_string).collect());
        assert!(mails(&["a@x.org", "B@x.org"]).means(&mails(&["b@x.org", "a@x.org"])));
        assert!(!mails(&["a@x.org"]).means(&mails(&[])));
        assert!(Value::Duration("PT24H".into()).means(&Value::Duration("P1D".into())));
        assert!(!Value::Flag(true).means(&Value::Flag(false)));
    }
}
