//! The readings of a save: which of them are older than what was seen before, and which one it starts from.

use super::super::knob::{Rules, read};
use super::super::wire::Event;
use super::Case;

/// A reading.
pub(super) struct Reading<'a> {
    /// Its place among the events.
    pub(super) at: usize,
    pub(super) rules: &'a Rules,
    pub(super) dated: Option<&'a str>,
    /// Another one before it was newer: it tells nothing.
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

/// The most readings after one that is doubted.
pub(super) const MOST_DOUBTED: usize = 4;

/// The reading that a save starts from. One that is older than the page, or says otherwise than the page saw it last of what
/// was turned, or than the person started from, may be old: then the first that says the same as the one before it, if
/// neither is older than what was seen.
pub(super) fn ground<'a, 'b>(case: &Case<'_>, reads: &'b [Reading<'a>]) -> Option<&'b Reading<'a>> {
    let first = reads.first()?;
    let starts = case.wishes.iter().all(|(knob, wish)| read(first.rules, *knob).as_ref() == Some(&wish.base));
    let touched = || case.wishes.keys().flat_map(|knob| knob.rules());
    if starts && !first.is_old && touched().all(|rule| first.rules.get(rule) == case.screen.get(rule)) {
        return Some(first);
    }
    let mut further = reads.windows(2).take(MOST_DOUBTED);
    let agree = |pair: &&[Reading<'_>]| {
        let [one, other] = pair else { return false };
        !one.is_old && !other.is_old && one.dated == other.dated && one.rules == other.rules
    };
    further.find(agree).map(|pair| &pair[1])
}
