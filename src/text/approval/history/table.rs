//! The history as a file: first the facts about the file, then the rows.

use super::{CANCELLED, FAILED, closed_groups, decider, missing};
use crate::approval::Length;
use crate::approval::history::PastRequest;
use crate::desk::approvals::Missing;
use crate::desk::history::{History, Stopped};
use crate::instant;
use crate::text::approval::{RequestNames, unreadable, whole_access};
use crate::text::duration::duration;
use crate::text::report::About;
use crate::text::{approval::evidence, approval::inbox};

/// The column headers of the file.
pub const COLUMNS: [&str; 13] = [
    "Request ID",
    "Kind",
    "Access",
    "Requester",
    "Requester sign-in name",
    "Asked (UTC)",
    "For",
    "Reason",
    "Ticket",
    "Outcome",
    "Decided by",
    "Ended (UTC)",
    "Justification",
];

/// The entries at these positions, below lines that say whose they are and what is missing. `names` returns the names
/// used for a request.
pub fn as_csv(read: &History, shown: &[usize], names: &dyn Fn(&PastRequest) -> RequestNames, about: &About) -> String {
    let mut facts = about.facts();
    facts.extend(lacks(read));
    let rows = shown.iter().filter_map(|at| read.entries.get(*at)).map(|entry| row(entry, &names(entry)));
    crate::csv::table_about(&facts, &COLUMNS, rows)
}

/// What a reading lacks, as names and values.
fn lacks(read: &History) -> Vec<(&'static str, String)> {
    let side = |(kind, why): &_| match why {
        Missing::NotAsked => inbox::ROLES_OFF,
        Missing::NotOffered(_) => inbox::ROLES_NOT_OFFERED,
        _ => missing(*kind),
    };
    let mut told: Vec<_> = read.missing.iter().map(|missing| ("Not read", side(missing).to_owned())).collect();
    let stopped = read.stopped.as_ref().map(|why| match why {
        Stopped::Cancelled => CANCELLED,
        Stopped::Failed(_) => FAILED,
    });
    told.extend(stopped.map(|words| ("Incomplete", words.to_owned())));
    if !read.closed_groups.is_empty() {
        told.push(("Not readable", closed_groups(read.closed_groups.len())));
    }
    if read.unreadable > 0 {
        told.push(("Not understood", unreadable(read.unreadable)));
    }
    told
}

fn row(entry: &PastRequest, names: &RequestNames) -> Vec<String> {
    let request = &entry.request;
    let time = |at: Option<i64>| at.map(instant::to_rfc3339).unwrap_or_default();
    let length = match &request.length {
        Length::For(text) => duration(text),
        Length::Until(end) => format!("until {}", instant::to_rfc3339(*end)),
        Length::Permanent => "no end".to_owned(),
        Length::Unknown => String::new(),
    };
    vec![
        request.id.clone(),
        request.kind().as_str().to_owned(),
        whole_access(&request.target, &names.target),
        names.person.clone(),
        names.username.clone(),
        time(request.created_unix_ms),
        length,
        request.justification.clone(),
        [request.ticket.number.as_str(), &request.ticket.system].join(" ").trim().to_owned(),
        evidence::ending(&entry.ending),
        decider(entry),
        time(entry.ended_unix_ms()),
        entry.reviewed().map(|review| review.justification.clone()).unwrap_or_default(),
    ]
}
