//! Durations as text.

use crate::policy::IsoDuration;

/// A policy's duration as text: `8 h 30 min`, `90 days`, `1 year`. Unreadable text is shown as it is, in quotes.
pub fn duration(text: &str) -> String {
    if text.is_empty() {
        return "not set".to_owned();
    }
    let Some(read) = IsoDuration::parse(text) else { return format!("unreadable (“{text}”)") };
    let mut parts = Vec::new();
    let plural = |amount: u32, unit: &str| format!("{amount} {unit}{}", if amount == 1 { "" } else { "s" });
    for (amount, unit) in [(read.years, "year"), (read.months, "month"), (read.days, "day")] {
        if amount > 0 {
            parts.push(plural(amount, unit));
        }
    }
    for (amount, unit) in [(read.hours, "h"), (read.minutes, "min"), (read.seconds, "s")] {
        if amount > 0 {
            parts.push(format!("{amount} {unit}"));
        }
    }
    let words = if parts.is_empty() { "0 min".to_owned() } else { parts.join(" ") };
    if read.negative { format!("minus {words}") } else { words }
}

/// Shown next to fields of hours and minutes that cannot show a stored length; `None` if they can.
pub fn stored(text: &str) -> Option<String> {
    let shows = IsoDuration::parse(text).is_some_and(|read| read.minutes_total().is_some());
    (!shows).then(|| ["Stored: ", &duration(text)].concat())
}

/// A period in full words, for running text: `8 hours 30 minutes`, `365 days`. `None` if it is not a period with a
/// length.
pub fn period(text: &str) -> Option<String> {
    let read = IsoDuration::parse(text).filter(|read| !read.negative)?;
    let units = [
        (read.years, "year"),
        (read.months, "month"),
        (read.days, "day"),
        (read.hours, "hour"),
        (read.minutes, "minute"),
        (read.seconds, "second"),
    ];
    let parts: Vec<String> = units
        .into_iter()
        .filter(|(amount, _)| *amount > 0)
        .map(|(amount, unit)| super::policy::change::count(usize::try_from(amount).unwrap_or(usize::MAX), unit))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A span of time as text, rounded: `3 d 4 h`, `23 h 48 min`, `12 min`, `less than a minute`.
pub fn span(ms: i64) -> String {
    let minutes = ms / 60_000;
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours, rest) {
        (0, 0, 0) => "less than a minute".to_owned(),
        (0, 0, _) => format!("{rest} min"),
        (0, _, 0) => format!("{hours} h"),
        (0, _, _) => format!("{hours} h {rest} min"),
        (_, 0, _) => format!("{days} d"),
        _ => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_speech() {
        for (text, words) in [
            ("PT8H", "8 h"),
            ("PT8H30M", "8 h 30 min"),
            ("P90D", "90 days"),
            ("P1D", "1 day"),
            ("P1Y2M", "1 year 2 months"),
            ("PT0S", "0 min"),
            ("", "not set"),
            ("8", "unreadable (“8”)"),
        ] {
            assert_eq!(duration(text), words);
        }
        for (text, words) in
            [("PT8H30M", Some("8 hours 30 minutes")), ("P1D", Some("1 day")), ("PT0S", None), ("-PT1H", None)]
        {
            assert_eq!(period(text).as_deref(), words, "{text}");
        }
        for (text, words) in [
            ("PT8H", None),
            ("P1D", None),
            ("P1Y", Some("Stored: 1 year")),
            ("PT90S", Some("Stored: 90 s")),
            ("-PT1H", Some("Stored: minus 1 h")),
            ("P1Y2M3DT4H", Some("Stored: 1 year 2 months 3 days 4 h")),
            ("8", Some("Stored: unreadable (“8”)")),
        ] {
            assert_eq!(stored(text).as_deref(), words, "{text}");
        }
        assert_eq!(span(12 * 60_000), "12 min");
        assert_eq!(span(26 * 3_600_000), "1 d 2 h");
    }
}
