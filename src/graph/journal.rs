//! The last calls of this session, for support: never queries, bodies or tokens.

use std::collections::VecDeque;

/// How many calls are kept.
pub const KEPT: usize = 200;

/// One finished call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Wall-clock time at the start, ms since 1970.
    pub at_unix_ms: i64,
    /// Method and path without the query.
    pub call: String,
    /// The status, or 0 when no answer came.
    pub status: u16,
    /// How long it took, ms.
    pub took_ms: i64,
    /// Microsoft's ID, if the answer had one.
    pub request_id: Option<String>,
    /// Our ID.
    pub client_request_id: String,
}

/// A ring of the last [`KEPT`] calls.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
}

impl Journal {
    /// Adds a call and drops the oldest beyond [`KEPT`].
    pub fn add(&mut self, entry: Entry) {
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// The calls, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}
