//! What one tab sent and received, as an observer between page and tenant would note it.

use std::rc::Rc;

use serde_json::Value as Json;

use super::knob::Rules;

/// One request and what the page saw of its answer.
#[derive(Clone, Debug)]
pub struct Event {
    /// The place in the order of everything that happened in the walk.
    pub at: usize,
    pub asked: Asked,
    pub seen: Seen,
    /// The rules of the policy that a read showed.
    pub shown: Option<Rc<Rules>>,
    /// When the policy was last changed, according to this read; as text, a later date compares as greater.
    pub dated: Option<String>,
    /// For a write: the rule as the tenant has it right afterwards, if this write changed it.
    pub stored: Option<Json>,
    /// A fault hit it.
    pub faulty: bool,
}

#[derive(Clone, Debug)]
pub enum Asked {
    Read,
    Write { policy: String, rule: String, body: Json },
}

/// What the page saw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen {
    /// Nothing yet: the tab was closed, or the answer is on its way.
    Nothing,
    /// The connection broke.
    Lost,
    Answer {
        status: u16,
        retry_after: bool,
        /// Whether the body is empty or JSON, as the service sends.
        readable: bool,
    },
}

impl Event {
    pub fn status(&self) -> Option<u16> {
        if let Seen::Answer { status, .. } = &self.seen { Some(*status) } else { None }
    }

    pub fn is_write(&self) -> bool {
        matches!(self.asked, Asked::Write { .. })
    }

    /// Whether the answer says that nothing was applied and that the write may be sent again.
    pub fn may_be_sent_again(&self) -> bool {
        match &self.seen {
            Seen::Answer { status: 404 | 429, .. } => true,
            Seen::Answer { status: 503, retry_after, .. } => *retry_after,
            _ => false,
        }
    }

    /// Whether this answer leaves unknown if the write was applied.
    pub fn is_open(&self) -> bool {
        match &self.seen {
            Seen::Nothing | Seen::Lost => true,
            Seen::Answer { status: 200..300, readable, .. } => !readable,
            Seen::Answer { status, .. } => *status == 408 || *status >= 500,
        }
    }

    pub fn is_accepted(&self) -> bool {
        matches!(self.seen, Seen::Answer { status: 200..300, readable: true, .. })
    }
}

/// The rules of the policy in the answer to a read.
pub fn rules_in(body: &str) -> Option<Rules> {
    let mut body: Json = serde_json::from_str(body).ok()?;
    match body.pointer_mut("/value/0/policy/rules").map(Json::take)? {
        Json::Array(rules) => Some(super::drive::by_id(rules)),
        _ => None,
    }
}

/// The date of the policy's last change in the answer to a read.
pub fn date_in(body: &str) -> Option<String> {
    let body: Json = serde_json::from_str(body).ok()?;
    body.pointer("/value/0/policy/lastModifiedDateTime")?.as_str().map(str::to_owned)
}
