//! Filtering and ordering the history.

use std::cmp::Ordering;

use super::PastRequest;
use crate::approval::{Ending, Kind};
use crate::guid::Guid;
use crate::order::sort_by;

/// Whose decisions are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Who {
    /// Everybody's.
    #[default]
    Anyone,
    /// The signed-in person's.
    Me,
    /// Nobody's: requests that expired, were withdrawn or failed.
    Nobody,
}

/// The order of a history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Latest end first; unknown times last.
    #[default]
    Latest,
    /// By the requester's name.
    Requester,
    /// By the name of the group or role.
    Access,
    /// Longest wait first; requests without a decision last.
    Waited,
}

/// Which entries are shown, and in which order. A filter that is not set hides nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// Words that must all occur, as typed.
    pub text: String,
    /// Only groups or only roles.
    pub kind: Option<Kind>,
    /// Only this ending.
    pub ending: Option<Ending>,
    /// Whose decisions are shown.
    pub who: Who,
    /// Their order.
    pub order: Order,
}

impl Query {
    /// The positions of the entries that are shown, in order. `names` returns the requester's name, the target's name
    /// and the requester's user name, as shown.
    pub fn arrange(
        &self,
        entries: &[PastRequest],
        me: &Guid,
        names: &dyn Fn(&PastRequest) -> [String; 3],
    ) -> Vec<usize> {
        let text = self.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let named: Vec<[String; 3]> =
            entries.iter().map(|entry| names(entry).map(|name| name.to_lowercase())).collect();
        let mut places: Vec<usize> = (0..entries.len())
            .filter(|at| self.lets_through(&entries[*at], me) && holds(&entries[*at], &named[*at], &words))
            .collect();
        let latest = |left: &PastRequest, right: &PastRequest| last(left.ended_unix_ms(), right.ended_unix_ms());
        sort_by(&mut places, |left, right| {
            let (one, other) = (&entries[*left], &entries[*right]);
            let by = match self.order {
                Order::Latest => Ordering::Equal,
                Order::Requester => named[*left][0].cmp(&named[*right][0]),
                Order::Access => named[*left][1].cmp(&named[*right][1]),
                Order::Waited => last(one.waited_ms(), other.waited_ms()),
            };
            by.then_with(|| latest(one, other))
        });
        places
    }

    fn lets_through(&self, entry: &PastRequest, me: &Guid) -> bool {
        self.kind.is_none_or(|kind| kind == entry.request.kind())
            && self.ending.as_ref().is_none_or(|ending| *ending == entry.ending)
            && match self.who {
                Who::Anyone => true,
                Who::Me => entry.is_by(me),
                Who::Nobody => entry.review == Ok(None),
            }
    }
}

/// Orders by descending value, `None` last.
fn last(left: Option<i64>, right: Option<i64>) -> Ordering {
    right.cmp(&left)
}

fn holds(entry: &PastRequest, named: &[String; 3], words: &[&str]) -> bool {
    let request = &entry.request;
    let review = entry.reviewed();
    let texts = [
        request.justification.to_lowercase(),
        request.ticket.number.to_lowercase(),
        request.ticket.system.to_lowercase(),
        request.id.to_lowercase(),
        review.map(|review| review.by.to_lowercase()).unwrap_or_default(),
        review.map(|review| review.justification.to_lowercase()).unwrap_or_default(),
    ];
    words.iter().all(|word| named.iter().chain(&texts).any(|text| text.contains(word)))
}
