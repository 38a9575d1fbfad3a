//! Words of the history, and the history as a table for spreadsheets.

use crate::approval::evidence::Unreadable;
use crate::approval::history::Entry;
use crate::approval::{Ending, Kind, Length};
use crate::csv::table;
use crate::instant::to_rfc3339;

use super::approval::{self, Told};

/// The columns of the file.
const COLUMNS: [&str; 16] = [
    "Kind",
    "Access",
    "Group or role",
    "Group or role id",
    "Scope",
    "Requester",
    "Requester user name",
    "Asked at (UTC)",
    "Asked for",
    "Reason",
    "Ticket",
    "Outcome",
    "Decided by",
    "Ended at (UTC)",
    "Minutes to decision",
    "Justification",
];

/// How a request ended, in a word or two.
pub fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Waits => "Waits".to_owned(),
        Ending::Approved => "Approved".to_owned(),
        Ending::Denied => "Denied".to_owned(),
        Ending::Lapsed => "Not decided in time".to_owned(),
        Ending::Withdrawn => "Withdrawn".to_owned(),
        Ending::Failed => "Failed".to_owned(),
        Ending::Other(status) if status.is_empty() => "Not told".to_owned(),
        Ending::Other(status) => format!("“{status}”"),
    }
}

/// Why a part of a request cannot be shown.
pub const fn unreadable(why: Unreadable) -> &'static str {
    match why {
        Unreadable::NotGranted => "not readable: this session lacks the permission",
        Unreadable::Refused => "not readable with your rights",
        Unreadable::NotFound => "not found: it may have been deleted",
        Unreadable::Failed => "could not be read this time",
        Unreadable::NotTold => "Microsoft does not tell",
    }
}

/// The entries as a file, in their order. `told` gives the names a request is shown with.
pub fn csv<'a>(entries: impl IntoIterator<Item = &'a Entry>, told: &dyn Fn(&Entry) -> Told) -> String {
    table(&COLUMNS, entries.into_iter().map(|entry| row(entry, &told(entry))))
}

fn row(entry: &Entry, told: &Told) -> Vec<String> {
    let request = &entry.request;
    let time = |at: Option<i64>| at.map(to_rfc3339).unwrap_or_default();
    let kind = match request.kind() {
        Kind::Group => "Group",
        Kind::Role => "Entra role",
    };
    let length = match &request.length {
        Length::For(text) => text.clone(),
        Length::Until(end) => to_rfc3339(*end),
        Length::Permanent => "permanent".to_owned(),
        Length::Unknown => String::new(),
    };
    let review = entry.reviewed();
    let by = match (&entry.review, review) {
        (_, Some(review)) if review.by.is_empty() => review.by_id.as_ref().map(ToString::to_string).unwrap_or_default(),
        (_, Some(review)) => review.by.clone(),
        (Err(why), None) => unreadable(*why).to_owned(),
        (Ok(_), None) => String::new(),
    };
    vec![
        kind.to_owned(),
        approval::access(&request.target),
        told.target.clone(),
        request.target.id().map(ToString::to_string).unwrap_or_default(),
        approval::directory_scope(&request.target).unwrap_or_default(),
        told.person.clone(),
        told.username.clone(),
        time(request.created_unix_ms),
        length,
        request.justification.clone(),
        [request.ticket.system.as_str(), " ", &request.ticket.number].concat().trim().to_owned(),
        ending(&entry.ending),
        by,
        time(entry.ended_unix_ms()),
        entry.waited_ms().map(|waited| (waited / 60_000).to_string()).unwrap_or_default(),
        review.map(|review| review.justification.clone()).unwrap_or_default(),
    ]
}
