//! The reads of a save: which of them are older than an earlier one, and which one the save starts from.

use super::super::knob::{Rules, read};
use super::super::wire::Event;
use super::Case;

/// One read.
pub(super) struct Reading<'a> {
    /// Its place among the events.
    pub(super) at: usize,
    pub(super) rules: &'a Rules,
    pub(super) dated: Option<&'a str>,
    /// An earlier read was newer: this one says nothing.
    pub(super) is_old: bool,
}

pub(super) fn readings<'a>(case: &Case<'a>) -> Vec<Reading<'a>> {
    let mut newest = case.screen_dated;
    let shown = case.events.iter().enumerate().filter_map(|(at, event)| Some((at, event, event.shown.as_deref()?)));
    let reading = |(at, event, rules): (usize, &'a Event, &'a Rules)| {
        let dated = event.dated.as_deref();
        newest = newest.max(dated);
        Reading { at, rules, dated, is_old: dated < newest }
    };
    shown.map(reading).collect()
}

/// The most tries to read a policy in doubt, including the first.
pub(super) const MOST_TRIED: usize = 5;

/// The most reads that do not count as tries, because their date proves them older than an earlier one.
const MOST_LEFT_OUT: usize = 4;

/// How many tries these reads are.
pub(super) fn tries(reads: &[Reading<'_>]) -> usize {
    reads.len() - reads.iter().filter(|read| read.is_old).count().min(MOST_LEFT_OUT)
}

/// The reads without those that their date proves old: they neither confirm nor break an agreement.
pub(super) fn telling<'a, 'b>(reads: &'b [Reading<'a>]) -> Vec<&'b Reading<'a>> {
    reads.iter().filter(|read| !read.is_old).collect()
}

/// The read that a save starts from. The first may be old if it is older than the page, or if an edited rule differs
/// from the page, or a knob from what the person started from: then it is the first read that agrees with the one
/// before it, old ones left out, and has the same date, if it comes within the tries.
pub(super) fn ground<'a, 'b>(case: &Case<'_>, reads: &'b [Reading<'a>]) -> Option<&'b Reading<'a>> {
    let first = reads.first()?;
    let starts = case.wishes.iter().all(|(knob, wish)| read(first.rules, *knob).as_ref() == Some(&wish.base));
    let touched = || case.wishes.keys().flat_map(|knob| knob.rules());
    if starts && !first.is_old && touched().all(|rule| first.rules.get(rule) == case.screen.get(rule)) {
        return Some(first);
    }
    let telling = telling(reads);
    let agreed = telling.windows(2).find(|pair| pair[0].dated == pair[1].dated && pair[0].rules == pair[1].rules)?[1];
    let until = reads.partition_point(|read| read.at <= agreed.at);
    (tries(&reads[..until]) <= MOST_TRIED).then_some(agreed)
}
