//! Whose decision a review shows, if Graph says who reviewed and if it does not.

use super::{Decision, Review};
use crate::guid::Guid;

/// What became of the decision that a review is compared with, as far as its answer tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It was not sent: the review was there before.
    Unsent,
    /// Microsoft accepted it.
    Accepted,
    /// Microsoft reported a conflict. The browser may have sent it before: it repeats a request whose connection ended
    /// without an answer.
    Conflict,
    /// There was no usable answer.
    Lost,
}

/// Whose decision a review shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The one that was compared with it.
    Mine,
    /// Another one.
    Theirs,
    /// The result is the same, and Graph does not say who reviewed: it may be either.
    Unsaid,
}

/// Compares a review with a decision and its justification. The stage was open a moment before the decision was sent.
pub fn whose(review: &Review, (decision, words): (Decision, &str), me: &Guid, sending: Sending) -> Whose {
    let recorded = review.justification.trim();
    let (is_same, is_blank) = (recorded == words.trim(), recorded.is_empty());
    match (&review.by_id, sending) {
        _ if review.decision != decision => Whose::Theirs,
        (Some(id), _) if id != me => Whose::Theirs,
        (Some(_), Sending::Accepted | Sending::Lost) => Whose::Mine,
        (Some(_), Sending::Unsent | Sending::Conflict) if is_same => Whose::Mine,
        (None, Sending::Accepted) if is_same || is_blank => Whose::Mine,
        (None, Sending::Lost) if is_same && !is_blank => Whose::Mine,
        (None, Sending::Unsent) if is_same && !is_blank => Whose::Unsaid,
        (None, Sending::Conflict | Sending::Lost) if is_same || is_blank => Whose::Unsaid,
        (None, Sending::Accepted) => Whose::Unsaid,
        _ => Whose::Theirs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(by: Option<&str>, words: &str, decision: Decision) -> [Whose; 4] {
        let me: Guid = "00000000-0000-4000-8000-000000000001".parse().unwrap();
        let by_id = by.map(|end| ["00000000-0000-4000-8000-00000000000", end].concat().parse().unwrap());
        let review =
            Review { decision, by: String::new(), by_id, at_unix_ms: None, justification: [words, " "].concat() };
        let mine = (Decision::Approve, "Agreed");
        [Sending::Unsent, Sending::Accepted, Sending::Conflict, Sending::Lost]
            .map(|sending| whose(&review, mine, &me, sending))
    }

    #[test]
    fn whoever_is_named_decided() {
        use Whose::{Mine, Theirs};
        assert_eq!(seen(Some("2"), "Agreed", Decision::Approve), [Theirs; 4]);
        assert_eq!(seen(Some("1"), "Agreed", Decision::Approve), [Mine; 4]);
        assert_eq!(seen(Some("1"), "In another tab", Decision::Approve), [Theirs, Mine, Theirs, Mine]);
        assert_eq!(seen(Some("1"), "Agreed", Decision::Deny), [Theirs; 4]);
    }

    #[test]
    fn without_a_name_only_what_is_certain_counts() {
        use Whose::{Mine, Theirs, Unsaid};
        assert_eq!(seen(None, "Agreed", Decision::Approve), [Unsaid, Mine, Unsaid, Mine]);
        assert_eq!(seen(None, "", Decision::Approve), [Theirs, Mine, Unsaid, Unsaid]);
        assert_eq!(seen(None, "In another tab", Decision::Approve), [Theirs, Unsaid, Theirs, Theirs]);
        assert_eq!(seen(None, "Agreed", Decision::Deny), [Theirs; 4]);
    }
}
