//! Lists that come in pages. A server that leads elsewhere, in circles or on and on cuts a list short, and whoever
//! draws conclusions from such a list must know that.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::error::{Error, Ids};
use super::request::{Request, call_of};

/// Most pages of one list that are followed.
const MOST: usize = 200;

/// What was read of one list so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    pages: Vec<String>,
    ids: BTreeSet<String>,
}

impl Trail {
    /// Records that a page was read. Returns the call for the next page, if any; `next` is what the page says.
    ///
    /// # Errors
    /// The list has more pages but cannot be followed: to another host, to a page that was read before, or too far.
    pub fn follow(&mut self, read: &Request, next: Result<Option<Request>, Error>) -> Result<Option<Request>, Error> {
        self.pages.push(read.path.clone());
        match next? {
            Some(next) if self.pages.len() >= MOST || self.pages.contains(&next.path) => Err(broken_off(read)),
            next => Ok(next),
        }
    }

    /// Drops entries that were on an earlier page or are repeated on this one. Entries without an ID are kept.
    pub fn drop_known(&mut self, entries: &mut Vec<Json>) {
        entries.retain(|entry| entry["id"].as_str().is_none_or(|id| self.ids.insert(id.to_owned())));
    }
}

/// A list whose rest is unknown.
pub(super) fn broken_off(read: &Request) -> Error {
    Error::Unexpected { call: call_of(read), what: "the list ends early".to_owned(), ids: Ids::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str) -> Request {
        Request::get(path.to_owned(), &[])
    }

    #[test]
    fn a_list_ends_well_only_where_its_last_page_says_so() {
        let mut trail = Trail::default();
        assert_eq!(trail.follow(&page("/a"), Ok(Some(page("/b")))), Ok(Some(page("/b"))));
        assert_eq!(trail.clone().follow(&page("/b"), Ok(None)), Ok(None));
        for circle in ["/a", "/b"] {
            assert!(trail.clone().follow(&page("/b"), Ok(Some(page(circle)))).is_err(), "{circle}");
        }
        assert!(trail.follow(&page("/b"), Err(broken_off(&page("/b")))).is_err());
        let mut trail = Trail::default();
        let far = (0..MOST).map(|at| trail.follow(&page(&at.to_string()), Ok(Some(page("/more")))));
        assert_eq!(far.filter(Result::is_err).count(), 1);
    }

    #[test]
    fn nothing_is_taken_twice() {
        let entry = |id: &str| serde_json::json!({ "id": id });
        let mut trail = Trail::default();
        let (mut first, mut second) =
            (vec![entry("1"), entry("2"), entry("1")], vec![entry("2"), Json::Null, Json::Null]);
        trail.drop_known(&mut first);
        trail.drop_known(&mut second);
        assert_eq!((first.len(), second), (2, vec![Json::Null, Json::Null]));
    }
}
