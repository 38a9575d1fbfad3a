//! What the list of changes shows, and what its files contain: the saves that a filter finds, and their lines.

use std::collections::BTreeMap;

use super::record::Record;
use crate::guid::Guid;
use crate::receipt::Receipt;
use crate::receipt::listing::{Filter, Line, lines};

/// The saves that are shown. One that belongs to a change of many policies is found by the title of that change, too.
pub fn found<'a>(filter: &Filter, receipts: &'a [Receipt], records: &[Record], now_unix_ms: i64) -> Vec<&'a Receipt> {
    let titles: BTreeMap<&Guid, &str> = records.iter().map(|record| (&record.id, record.title.as_str())).collect();
    let title = |receipt: &Receipt| titles.get(receipt.rollout.as_ref()?).copied();
    receipts.iter().filter(|one| filter.shows(one, title(one).unwrap_or_default(), now_unix_ms)).collect()
}

/// The lines of the list. The outcomes of a change of many policies are those of its saves; if nothing is filtered by
/// outcome, it is also found by its own words and time.
pub fn shown(filter: &Filter, receipts: &[Receipt], records: &[Record], now_unix_ms: i64) -> Vec<Line> {
    let found = found(filter, receipts, records, now_unix_ms);
    let fits = |record: &Record| {
        let words = [record.title.as_str(), &record.by.name, record.id.as_str()].join("\n");
        filter.standing.is_none() && filter.fits(&words, record.started_unix_ms, now_unix_ms)
    };
    let has_part = |record: &Record| found.iter().any(|one| one.rollout.as_ref() == Some(&record.id));
    let listed = records.iter().filter(|record| fits(record) || has_part(record));
    lines(&found, &listed.map(|record| (&record.id, record.started_unix_ms)).collect::<Vec<_>>())
}
