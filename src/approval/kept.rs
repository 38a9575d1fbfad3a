//! What a tab keeps of a decision until its outcome is known: the text, and that it was sent.

use serde::{Deserialize, Serialize};

use super::{Decision, WINDOW_MS};

/// Older ones are not offered again, ms: by then nobody can decide the request.
pub const LIFE_MS: i64 = WINDOW_MS;

/// What Microsoft accepted appears within this time, ms.
const VISIBLE_MS: u64 = 60_000;

/// Whether a decision sent at the one time would show in a look that began at the other, so that finding nothing counts.
/// A clock that was set back keeps nobody waiting.
pub const fn would_show(sent_unix_ms: i64, looked_unix_ms: i64) -> bool {
    looked_unix_ms.abs_diff(sent_unix_ms) >= VISIBLE_MS
}

/// A decision that was sent and whose outcome was not read yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    deny: bool,
    /// When it was sent, ms since 1970.
    pub sent_unix_ms: i64,
}

impl Sent {
    /// A decision sent at this time.
    pub fn new(decision: Decision, sent_unix_ms: i64) -> Self {
        Self { deny: decision == Decision::Deny, sent_unix_ms }
    }

    /// What was decided.
    pub const fn decision(self) -> Decision {
        aim(self.deny)
    }
}

/// The text for a decision, and whether one was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDecision {
    at_unix_ms: i64,
    deny: bool,
    /// The text; may be empty.
    pub text: String,
    /// The decision that was sent, with this text or another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
}

impl KeptDecision {
    /// Parses the output of [`KeptDecision::write`], unless it is too old.
    pub fn read(text: &str, now_unix_ms: i64) -> Option<Self> {
        let kept: Self = serde_json::from_str(text).ok()?;
        (now_unix_ms - kept.at_unix_ms < LIFE_MS).then_some(kept)
    }

    /// The same with this text and the decision it is for.
    #[must_use]
    pub fn typed(self, aim: Decision, text: String) -> Self {
        Self { deny: aim == Decision::Deny, text, ..self }
    }

    /// The same with the text that was sent, unless the person typed another one.
    #[must_use]
    pub fn sent_with(self, aim: Decision, text: &str) -> Self {
        if self.text.is_empty() { self.typed(aim, text.to_owned()) } else { self }
    }

    /// As text for the tab's storage; `None` if there is nothing to keep.
    pub fn write(&self, now_unix_ms: i64) -> Option<String> {
        if self.text.is_empty() && self.sent.is_none() {
            return None;
        }
        serde_json::to_string(&Self { at_unix_ms: now_unix_ms, ..self.clone() }).ok()
    }

    /// Which decision the text is for.
    pub const fn aim(&self) -> Decision {
        aim(self.deny)
    }
}

const fn aim(deny: bool) -> Decision {
    if deny { Decision::Deny } else { Decision::Approve }
}

/// Whether an output of [`KeptDecision::write`] contains text, found without the code that parses it.
pub fn holds_words(text: &str) -> bool {
    !text.contains("\"text\":\"\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_that_was_sent_is_kept_without_words_and_through_typing() {
        assert_eq!(KeptDecision::default().typed(Decision::Deny, String::new()).write(1), None);
        let sent = Some(Sent::new(Decision::Deny, 5));
        let text = KeptDecision { sent, ..KeptDecision::default() }.write(5).unwrap_or_default();
        assert!(!holds_words(&text));
        let kept = KeptDecision::read(&text, 6).unwrap_or_default();
        assert_eq!((kept.sent, kept.text.as_str()), (sent, ""));

        let text = kept.typed(Decision::Approve, "\"text\":\"\"".into()).write(7).unwrap_or_default();
        assert!(holds_words(&text));
        let kept = KeptDecision::read(&text, 6 + LIFE_MS).unwrap_or_default();
        assert_eq!((kept.aim(), kept.sent.map(Sent::decision)), (Decision::Approve, Some(Decision::Deny)));
        assert_eq!(KeptDecision::read(&text, 7 + LIFE_MS), None, "the request has lapsed");
    }

    #[test]
    fn what_was_sent_is_kept_beside_the_decision_and_takes_no_typed_text_away() {
        let kept = KeptDecision { sent: Some(Sent::new(Decision::Deny, 5)), ..KeptDecision::default() };
        let kept = kept.sent_with(Decision::Deny, "Freeze");
        assert_eq!((kept.aim(), kept.text.as_str(), kept.sent.is_some()), (Decision::Deny, "Freeze", true));
        let kept = kept.typed(Decision::Approve, "Mine".into()).sent_with(Decision::Deny, "Freeze");
        assert_eq!((kept.aim(), kept.text.as_str()), (Decision::Approve, "Mine"));
    }

    #[test]
    fn a_look_counts_once_what_was_sent_would_show() {
        let sent = 1_000_000;
        assert!(!would_show(sent, sent) && !would_show(sent, sent + 59_999));
        assert!(would_show(sent, sent + 60_000) && would_show(sent, i64::MAX));
        assert!(!would_show(sent, sent - 5) && would_show(sent, sent - 3_600_000), "the clock was set back");
    }

    #[test]
    fn what_an_earlier_version_kept_is_read() {
        let kept = KeptDecision::read("{\"at_unix_ms\":5,\"deny\":true,\"text\":\"Freeze\"}", 6).unwrap_or_default();
        assert_eq!((kept.aim(), kept.text.as_str(), kept.sent), (Decision::Deny, "Freeze", None));
    }
}
