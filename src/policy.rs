//! What a PIM policy is: a subject's 17 rules, kept as the JSON Microsoft Graph sent, and the admin center's settings,
//! read from them.
//!
//! The data flow: raw rules → [`Reading`] per [`Setting`] → [`Draft`] (what a person changed) → [`Change`] list →
//! [`plan`](plan::plan) (ordered whole rule bodies). Of the crate it uses only `guid`, `order` and `typed_duration`.

pub mod approver;
pub mod carry;
pub mod change;
pub mod check;
pub mod compare;
pub mod draft;
pub mod duration;
pub mod exposure;
pub mod merge;
pub mod overlay;
pub mod plain;
pub mod plan;
pub mod preflight;
pub mod reading;
pub mod rule;
pub mod setting;
pub mod sheet;
pub mod subject;
pub mod value;

use serde_json::Value as Json;

pub use approver::{Approver, ApproverKind};
pub use carry::{Carried, Carry, NotCarried, carry};
pub use change::{Change, Weakening, changes};
pub use check::{Issue, Severity, check};
pub use draft::Draft;
pub use duration::IsoDuration;
pub use reading::{ReadOnly, Reading};
pub use rule::{Rule, RuleId};
pub use setting::{Setting, Tab};
pub use sheet::Sheet;
pub use subject::{Access, Subject};
pub use value::{Requirement, Value};

/// The policy of one subject, as read at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Microsoft's ID of the policy. Not stable: it changes when a group is onboarded and may change with a write
    /// (graph.md G1), so it is used for one save and never stored.
    pub id: String,
    /// The policy's subject.
    pub subject: Subject,
    /// All rules in the order they came, unknown ones included.
    pub rules: Vec<Rule>,
    /// When it was last changed, RFC 3339, if Graph returned a real date.
    pub modified_at: Option<String>,
    /// Who last changed it, by display name, if Graph says.
    pub modified_by: Option<String>,
}

impl Policy {
    /// The rule with this ID, if it was returned exactly once and with the type that belongs to the ID.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        let mut found = self.rules.iter().filter(|rule| rule.known_id() == Some(id));
        match (found.next(), found.next()) {
            (Some(rule), None) if rule.has_its_type() => Some(rule),
            _ => None,
        }
    }

    /// What the policy says about a setting.
    pub fn read(&self, setting: Setting) -> Reading {
        reading::read(self, setting)
    }

    /// The rules that belong to no setting: unknown IDs, unexpected types, duplicates. Shown read-only, never written.
    pub fn other_rules(&self) -> Vec<&Rule> {
        self.rules.iter().filter(|rule| rule.known_id().is_none_or(|id| self.rule(id).is_none())).collect()
    }

    /// The raw JSON of the rules, for display and comparison.
    pub fn raw_rules(&self) -> impl Iterator<Item = &Json> {
        self.rules.iter().map(Rule::raw)
    }
}
