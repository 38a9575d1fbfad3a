//! The calls that a text makes, as defined by `graph::endpoint`.

use serde_json::Value as Json;

use super::Export;
use crate::graph::{Request, endpoint};
use crate::policy::RuleId;

/// One write.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The rule.
    pub rule: RuleId,
    /// The whole rule, as it is sent.
    pub body: Json,
}

/// Placeholder for the policy's ID until a text puts its own variable there; needs no escaping in an address.
const PLACE: &str = "POLICY-ID";

impl Export {
    /// The addresses that find the policy, to be tried in turn until one returns it.
    pub(super) fn lookups(&self) -> Vec<String> {
        let types = self.subject.scope_types();
        types.iter().map(|kind| self.address(&endpoint::assignment(&self.subject, kind))).collect()
    }

    /// The same without origin and version, as path and decoded query parameters.
    pub(super) fn lookup_parts(&self) -> (String, Vec<(String, String)>) {
        let kind = self.subject.scope_types().first().copied().unwrap_or_default();
        let request = endpoint::assignment(&self.subject, kind);
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let decoded = |text: &str| crate::percent::decode(text).unwrap_or_default();
        let parts = query.split('&').filter_map(|part| part.split_once('='));
        (path.to_owned(), parts.map(|(name, value)| (decoded(name), decoded(value))).collect())
    }

    /// The address of a rule, with `policy_id` in the text's own syntax.
    pub(super) fn rule_address(&self, rule: RuleId, policy_id: &str) -> String {
        self.address(&endpoint::patch_rule(&self.subject, PLACE, rule.as_str(), Json::Null)).replace(PLACE, policy_id)
    }

    /// The path of a rule, without origin and version.
    pub(super) fn rule_path(&self, rule: RuleId, policy_id: &str) -> String {
        endpoint::patch_rule(&self.subject, PLACE, rule.as_str(), Json::Null).path.replace(PLACE, policy_id)
    }

    /// The permission that writing requires.
    pub(super) fn scope(&self) -> String {
        endpoint::policy_write(&self.subject).iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
    }

    fn address(&self, request: &Request) -> String {
        format!("{}/{}{}", self.graph(), request.version.as_str(), request.path)
    }

    /// `1 of 3: Activation: duration`.
    pub(super) fn step(&self, at: usize) -> String {
        let name = self.calls.get(at).map(|call| crate::text::policy::save::rule_name(call.rule)).unwrap_or_default();
        format!("{} of {}: {name}", at + 1, self.calls.len())
    }
}
