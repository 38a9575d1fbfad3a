//! Faults a test plays: which request they hit, and what happens to it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::directory::Access;

/// A fault, and the requests it hits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The method; `None` hits every method but `OPTIONS`.
    #[serde(default)]
    pub method: Option<String>,
    /// Part of the decoded path and query, `*` matches any text: `/rules/Expiration_*`.
    pub path: String,
    /// How many matching requests pass before the first one is hit.
    #[serde(default)]
    pub skip: u32,
    /// How many are hit after that; `None` means all.
    #[serde(default)]
    pub times: Option<u32>,
    /// What happens to them.
    pub effect: Effect,
}

/// What a fault does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Effect {
    /// The answer comes late.
    Latency {
        /// How late, in milliseconds.
        ms: u64,
    },
    /// The request is refused for now: 429, or another status such as 500, 502, 503, 504.
    Refuse {
        /// The status code.
        status: u16,
        /// The value of the `Retry-After` header; `None` leaves the header out.
        #[serde(default)]
        retry_after: Option<String>,
    },
    /// A different answer from the service's, such as a proxy's page.
    Replace {
        /// The status code.
        status: u16,
        /// The value of `Content-Type`.
        content_type: String,
        /// The body.
        body: String,
    },
    /// The connection ends before the request takes effect.
    DropBefore,
    /// The connection ends after the request took effect.
    DropAfter,
    /// Reads show the state before this write for a while.
    Lag {
        /// For how long, in milliseconds.
        ms: i64,
    },
    /// For a while, replicas take turns answering: some show the state before this write, even after another one has
    /// shown its result.
    Turns {
        /// For how long, in milliseconds.
        ms: i64,
        /// Which of them are old: one bit per read from now on, the lowest first, repeating after 32.
        old: u32,
    },
    /// The write is answered as successful but never stored.
    NeverStored,
    /// Policy IDs of all onboarded groups and of all roles change after the request.
    RotateIds,
    /// Another administrator changes a rule just before the request is handled.
    EditBefore {
        /// The object ID or display name of the group, or of the role definition; `role` in JSON is accepted, too.
        #[serde(alias = "role")]
        group: String,
        /// Which policy of a group; ignored for a role.
        #[serde(default)]
        access: Access,
        /// The rule's ID.
        rule: String,
        /// Properties to overwrite.
        patch: Value,
        /// Short name, user principal name or ID of the other administrator.
        by: String,
    },
    /// Another approver decides a request just before this request is handled.
    DecideBefore {
        /// The access request's ID.
        request: String,
        /// Short name, user principal name or ID of the other approver.
        by: String,
        /// Approve or deny.
        approve: bool,
        /// Their justification.
        justification: String,
    },
    /// The access token is revoked: 401, with a claims challenge if the client declared `cp1`.
    RevokeToken,
    /// The call requires an authentication context in the token: 400 until the token has it and declares `cp1`.
    StepUp {
        /// The context, such as `c1`.
        context: String,
    },
}

/// A fault and how often it has matched.
#[derive(Clone, Debug)]
pub(crate) struct Armed {
    fault: Fault,
    matched: u32,
}

impl Armed {
    pub(crate) const fn new(fault: Fault) -> Self {
        Self { fault, matched: 0 }
    }

    /// Counts a request; returns the effect if it hits.
    pub(crate) fn hit(&mut self, method: &str, path_and_query: &str) -> Option<Effect> {
        let method_matches = match &self.fault.method {
            Some(wanted) => wanted.eq_ignore_ascii_case(method),
            None => method != "OPTIONS",
        };
        if !method_matches || !matches(&self.fault.path, path_and_query) {
            return None;
        }
        self.matched = self.matched.saturating_add(1);
        let hits = self.matched.saturating_sub(self.fault.skip);
        (hits > 0 && self.fault.times.is_none_or(|times| hits <= times)).then(|| self.fault.effect.clone())
    }
}

/// Whether the pattern occurs in the text; `*` matches any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut rest = text;
    pattern.split('*').all(|part| match rest.find(part) {
        Some(at) => {
            rest = rest.get(at + part.len()..).unwrap_or("");
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_the_nth_match_so_many_times() {
        let mut armed = Armed::new(Fault {
            method: Some("PATCH".into()),
            path: "/rules/Expiration_*".into(),
            skip: 1,
            times: Some(2),
            effect: Effect::NeverStored,
        });
        let path = "/v1.0/policies/roleManagementPolicies/x/rules/Expiration_EndUser_Assignment";
        assert_eq!(armed.hit("GET", path), None);
        let hits: Vec<bool> = (0..5).map(|_| armed.hit("PATCH", path).is_some()).collect();
        assert_eq!(hits, [false, true, true, false, false]);
        assert!(matches("a*c", "xxabbc"));
        assert!(!matches("c*a", "abc"));
    }

    #[test]
    fn travels_as_json() {
        let text = r#"{"path":"/token","effect":{"kind":"refuse","status":429,"retryAfter":"7"}}"#;
        let fault: Fault = serde_json::from_str(text).unwrap();
        assert_eq!(fault.effect, Effect::Refuse { status: 429, retry_after: Some("7".into()) });
        assert_eq!(fault.times, None);
        let text = r#"{"path":"/rules/","effect":{"kind":"editBefore","role":"Global Reader","rule":"x","patch":{},"by":"ana"}}"#;
        let fault: Fault = serde_json::from_str(text).unwrap();
        assert!(matches!(fault.effect, Effect::EditBefore { group, .. } if group == "Global Reader"));
    }
}
