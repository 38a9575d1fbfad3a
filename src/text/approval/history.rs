//! Words of the history: how requests ended.

mod table;

pub use table::{COLUMNS, as_csv};

use crate::approval::Kind;
use crate::approval::history::{Order, PastRequest, Query, Who};
use crate::guid::Guid;

use crate::instant;
use crate::text::duration::span;
use crate::text::{approval::evidence, paper};

/// Title of the page, and the link to it.
pub const TITLE: &str = "History";
/// What the page shows.
pub const HELP: &str =
    "Requests from the last 30 days that you could decide, and those for groups you opened here, if you may read them.";
/// Reads it again.
pub const READ_AGAIN: &str = "Read again";
/// The history is being read, and its size is not known yet.
pub const READING: &str = "Reading requests…";
/// Stops the reading.
pub const STOP: &str = "Cancel";
/// Saves the rows as a file.
pub const DOWNLOAD: &str = "Save as CSV";
/// Announced after saving.
pub const DOWNLOADED: &str = "CSV file passed to your browser";
/// No request ended.
pub const EMPTY: &str = "No requests ended in the last 30 days.";
/// No request for a group ended; requests for roles were not read.
pub const EMPTY_GROUPS: &str = "No requests for groups ended in the last 30 days.";
/// No entry matches.
pub const NO_MATCH: &str = "No request matches these filters.";
/// Removes the filters.
pub const CLEAR: &str = "Show all";
/// Name of the table.
pub const ENTRIES: &str = "Requests that ended";
/// Heading of the figures.
pub const MEASURES: &str = "By group and role";
/// Column header.
pub const ENDED: &str = "Ended";
/// Column header.
pub const BY: &str = "Decided by";
/// Column header.
pub const TOOK: &str = "Took";
/// Column header.
pub const APPROVED: &str = "Approved";
/// Column header.
pub const DENIED: &str = "Denied";
/// Column header.
pub const LAPSED: &str = "Expired";
/// Column header.
pub const MEDIAN: &str = "Median time to a decision";
/// Label of the search.
pub const SEARCH: &str = "Search history";
/// Name of a filter.
pub const ENDING: &str = "Outcome";
/// The choice that filters nothing.
pub const ANY_ENDING: &str = "Any outcome";
/// Name of a filter.
pub const WHO: &str = "Decided by";
/// The choice of requests that nobody decided.
pub const NOBODY: &str = "Nobody";
/// The choice of the person's own decisions.
pub const YOU: &str = "You";
/// The person stopped reading.
pub const CANCELLED: &str = "You stopped reading: some requests, or who decided them, are missing";
/// Reading failed before its end.
pub const FAILED: &str = "Reading stopped early: some requests, or who decided them, are missing";
/// The name of the file, without date and extension.
const FILE: &str = "pim-desk-history";

/// Whose decisions, as a choice of the filter.
pub const fn who(who: Who) -> &'static str {
    match who {
        Who::Anyone => "Decided by anyone",
        Who::Me => "Decided by you",
        Who::Nobody => "Decided by nobody",
    }
}

/// A sort order.
pub const fn order(order: Order) -> &'static str {
    match order {
        Order::Latest => "Latest first",
        Order::Requester => "By requester",
        Order::Access => "By group or role",
        Order::Waited => "Longest wait first",
    }
}

/// Says which kind could not be read.
pub const fn missing(kind: Kind) -> &'static str {
    match kind {
        Kind::Group => "Requests for groups could not be read",
        Kind::Role => "Requests for Entra roles could not be read",
    }
}

/// Says that this person may not read the requests of some groups.
pub fn closed_groups(count: usize) -> String {
    match count {
        1 => "You may not read the requests for 1 group you opened.".to_owned(),
        _ => format!("You may not read the requests for {count} groups you opened."),
    }
}

/// What the filters show; empty if they show everything.
pub fn only(query: &Query) -> String {
    let by = if query.who == Who::Anyone { "" } else { who(query.who) };
    let ending = query.ending.as_ref().map(evidence::ending).unwrap_or_default();
    paper::only(&[query.kind.map_or("", crate::text::approval::inbox::kind), &ending, by, &paper::sought(&query.text)])
}

/// The progress of reading.
pub fn progress(read: usize, all: usize) -> String {
    format!("Reading who decided: {read} of {all}")
}

/// Who decided, or why that is unknown, addressed to the person looking at it.
pub fn decided_by(entry: &PastRequest, me: &Guid) -> String {
    if entry.is_by(me) { YOU.to_owned() } else { decider(entry) }
}

/// Who decided, by name or ID, or why that is unknown.
pub fn decider(entry: &PastRequest) -> String {
    match &entry.review {
        Err(why) => evidence::unreadable(*why).to_owned(),
        Ok(None) => NOBODY.to_owned(),
        Ok(Some(review)) if review.by.trim().is_empty() => {
            review.by_id.as_ref().map_or_else(|| "Not stated".to_owned(), ToString::to_string)
        }
        Ok(Some(review)) => review.by.clone(),
    }
}

/// How long it took; empty if nobody decided.
pub fn took(entry: &PastRequest) -> String {
    entry.waited_ms().map(span).unwrap_or_default()
}

/// Not every group and role has figures here.
pub fn measures_shown(shown: usize, all: usize) -> String {
    format!("The {shown} with the most requests, of {all}.")
}

/// A median time.
pub fn median(ms: Option<i64>) -> String {
    ms.map_or_else(|| "–".to_owned(), span)
}

/// The file's name, with the day it was made.
pub fn file_name(now_unix_ms: i64) -> String {
    format!("{FILE}-{}.csv", instant::to_rfc3339(now_unix_ms).get(..10).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_named_after_its_day() {
        assert_eq!(file_name(0), "pim-desk-history-1970-01-01.csv");
        assert_eq!((median(None).as_str(), median(Some(90 * 60_000)).as_str()), ("–", "1 h 30 min"));
    }
}
