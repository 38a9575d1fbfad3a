//! Durations as policies write them: a subset of ISO 8601 (`PT8H`, `PT1H45M`, `P365D`), and the rest of the grammar
//! well enough to show what a tenant has.

use crate::typed_duration::TypedDuration;

/// A duration, field by field as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct IsoDuration {
    /// A leading minus.
    pub negative: bool,
    /// Calendar years; Graph rejects them (graph.md G7).
    pub years: u32,
    /// Calendar months; Graph rejects them.
    pub months: u32,
    /// Days; weeks are counted as seven.
    pub days: u32,
    /// Hours.
    pub hours: u32,
    /// Minutes.
    pub minutes: u32,
    /// Whole seconds; fractions are dropped.
    pub seconds: u32,
}

impl IsoDuration {
    /// A duration in minutes, written as hours and minutes.
    pub const fn from_minutes(minutes: u32) -> Self {
        Self { negative: false, years: 0, months: 0, days: 0, hours: minutes / 60, minutes: minutes % 60, seconds: 0 }
    }

    /// A duration in days.
    pub const fn from_days(days: u32) -> Self {
        Self { negative: false, years: 0, months: 0, days, hours: 0, minutes: 0, seconds: 0 }
    }

    /// Parses ISO 8601 text. `None` if it is not a duration.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let body = text.strip_prefix('P')?;
        let (date, time) = body.split_once('T').map_or((body, None), |(date, time)| (date, Some(time)));
        let mut read = Self { negative, ..Self::default() };
        let mut any = read.take(date, &['Y', 'M', 'W', 'D'], false)?;
        if let Some(time) = time {
            any += read.take(time, &['H', 'M', 'S'], true).filter(|parts| *parts > 0)?;
        }
        (any > 0).then_some(read)
    }

    /// Parses `number unit` pairs whose units are in order; returns how many there were.
    fn take(&mut self, text: &str, units: &[char], is_time: bool) -> Option<usize> {
        let (mut rest, mut next, mut parts) = (text, 0, 0);
        while !rest.is_empty() {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
            let (number, tail) = rest.split_at(end);
            let unit = tail.chars().next()?;
            let at = units.iter().position(|u| *u == unit).filter(|at| *at >= next)?;
            let whole = match number.split_once('.') {
                Some((whole, fraction)) if unit == 'S' && !fraction.is_empty() && !fraction.contains('.') => whole,
                Some(_) => return None,
                None => number,
            };
            let amount: u32 = whole.parse().ok()?;
            match (is_time, unit) {
                (false, 'Y') => self.years = amount,
                (false, 'M') => self.months = amount,
                (false, 'W') => self.days = amount.checked_mul(7)?,
                (false, _) => self.days = self.days.checked_add(amount)?,
                (true, 'H') => self.hours = amount,
                (true, 'M') => self.minutes = amount,
                (true, _) => self.seconds = amount,
            }
            (next, parts, rest) = (at + 1, parts + 1, &tail[unit.len_utf8()..]);
        }
        Some(parts)
    }

    /// Length in seconds. `None` for calendar years and months, whose length varies.
    pub fn seconds_total(&self) -> Option<i64> {
        if self.years > 0 || self.months > 0 {
            return None;
        }
        let total = i64::from(self.days) * 86_400
            + i64::from(self.hours) * 3_600
            + i64::from(self.minutes) * 60
            + i64::from(self.seconds);
        Some(if self.negative { -total } else { total })
    }

    /// Length in whole minutes, if it is a whole, non-negative number of minutes.
    pub fn minutes_total(&self) -> Option<u32> {
        let seconds = self.seconds_total()?;
        (seconds >= 0 && seconds % 60 == 0).then(|| u32::try_from(seconds / 60).ok()).flatten()
    }

    /// Length in whole days, if it is a whole number of days.
    pub fn days_total(&self) -> Option<u32> {
        let minutes = self.minutes_total()?;
        minutes.is_multiple_of(24 * 60).then_some(minutes / (24 * 60))
    }

    /// ISO 8601 text in the form Graph accepts.
    pub fn to_iso(self) -> String {
        let mut text = String::from(if self.negative { "-P" } else { "P" });
        let mut push = |amount: u32, unit: char| {
            if amount > 0 {
                text.push_str(&amount.to_string());
                text.push(unit);
            }
        };
        push(self.years, 'Y');
        push(self.months, 'M');
        push(self.days, 'D');
        if self.hours + self.minutes + self.seconds > 0 {
            text.push('T');
            for (amount, unit) in [(self.hours, 'H'), (self.minutes, 'M'), (self.seconds, 'S')] {
                if amount > 0 {
                    text.push_str(&amount.to_string());
                    text.push(unit);
                }
            }
        }
        if text.ends_with('P') {
            text.push_str("T0S");
        }
        text
    }
}

/// Whether two texts mean the same length (`PT24H` and `P1D` do); unparsable texts equal only themselves.
pub fn same_length(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    match (IsoDuration::parse(left), IsoDuration::parse(right)) {
        (Some(l), Some(r)) => l == r || matches!((l.seconds_total(), r.seconds_total()), (Some(a), Some(b)) if a == b),
        _ => false,
    }
}

/// ISO 8601 text if a person typed numbers, else what they typed: [`typed`] returns that text, and it is no duration,
/// not even if they typed `PT8H`, because the fields take numbers.
pub fn of_typed(input: &TypedDuration) -> String {
    let Some(minutes) = input.minutes else {
        let text = input.text();
        return if IsoDuration::parse(&text).is_some() { text + ":" } else { text };
    };
    IsoDuration::from_minutes(minutes).to_iso()
}

/// As hours and minutes for typing; `None` for a duration that is no whole number of minutes.
pub fn typed(text: &str) -> Option<TypedDuration> {
    let Some(duration) = IsoDuration::parse(text) else {
        let (hours, minutes) = text.rsplit_once(':').unwrap_or((text, ""));
        return Some(TypedDuration { minutes: None, hours_text: hours.to_owned(), minutes_text: minutes.to_owned() });
    };
    Some(TypedDuration::of_minutes(duration.minutes_total()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_every_documented_form() {
        let minutes = |text| IsoDuration::parse(text).unwrap().minutes_total();
        assert_eq!(minutes("PT8H"), Some(480));
        assert_eq!(minutes("PT480M"), Some(480));
        assert_eq!(minutes("PT1H45M"), Some(105));
        assert_eq!(minutes("P1D"), Some(1440));
        assert_eq!(minutes("P0D"), Some(0));
        assert_eq!(minutes("P2W"), Some(14 * 1440));
        assert_eq!(minutes("P1Y"), None);
        assert_eq!(minutes("-PT1H"), None);
        assert_eq!(minutes("PT90S"), None);
        assert_eq!(IsoDuration::parse("P99999D").unwrap().days_total(), Some(99_999));
        let long = IsoDuration::parse("P1Y2M3DT4H").unwrap();
        assert_eq!((long.years, long.months, long.days, long.hours), (1, 2, 3, 4));
    }

    #[test]
    fn refuses_what_is_not_a_duration() {
        for text in [
            "",
            "8",
            "P",
            "PT",
            "P1DT",
            "PT1.5H",
            "P1",
            "1D",
            "PTH",
            "P1H",
            "PT1D",
            "PT1M1H",
            "P99999999999D",
            "PT1..5S",
            "Pä",
        ] {
            assert_eq!(IsoDuration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_stored_length_that_no_minutes_can_say_is_not_shown_as_typed() {
        for text in ["P1M", "PT30S", "P1Y2M"] {
            assert_eq!(typed(text), None, "{text}");
        }
        assert_eq!(typed("PT8H30M"), Some(TypedDuration::of_minutes(510)));
    }

    #[test]
    fn compares_by_length() {
        assert!(same_length("PT24H", "P1D"));
        assert!(same_length("nonsense", "nonsense"));
        assert!(!same_length("P365D", "P1Y"));
        assert!(!same_length("", "PT0S"));
    }

    proptest! {
        #[test]
        fn every_length_in_minutes_survives(minutes in 0u32..2_000_000) {
            let text = IsoDuration::from_minutes(minutes).to_iso();
            prop_assert_eq!(IsoDuration::parse(&text).and_then(|d| d.minutes_total()), Some(minutes));
        }

        #[test]
        fn every_field_survives(years in 0u32..99, months in 0u32..99, days in 0u32..9999, hours in 0u32..9999, minutes in 0u32..9999, seconds in 0u32..9999, negative: bool) {
            let written = IsoDuration { negative, years, months, days, hours, minutes, seconds };
            prop_assert_eq!(IsoDuration::parse(&written.to_iso()), Some(written));
        }

        /// Whatever was typed, number or not, must be in the same field after a reload.
        #[test]
        fn what_is_typed_comes_back(hours in "(-?P?T?)[0-9a-zDHMS:, ]{0,4}", minutes in "[0-9a-zDHMS, ]{0,4}") {
            let input = TypedDuration::of_texts(hours, minutes);
            let back = typed(&of_typed(&input)).unwrap_or_default();
            prop_assert!(input.means(&back), "{input:?} {back:?}");
            if input.minutes.is_none() && !input.text().is_empty() {
                prop_assert_eq!(input, back);
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = IsoDuration::parse(&text);
        }
    }
}
