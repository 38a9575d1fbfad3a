//! Moments in time: RFC 3339 and HTTP dates to and from milliseconds since 1970 (UTC). Formatting them for people is
//! the browser's job.

/// Parses RFC 3339 text, such as `2026-11-22T10:00:00.1234567Z` or with an offset. A time without a zone is taken as
/// UTC, as Graph means it. `None` for anything else and for years before 1970 (Graph writes `0001-01-01` for "never",
/// graph.md G27).
pub fn parse(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let mut date = date.split('-');
    let (year, month, day) = (number(date.next()?, 4)?, number(date.next()?, 2)?, number(date.next()?, 2)?);
    if date.next().is_some() {
        return None;
    }
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let offset_minutes = match zone {
        "" | "Z" | "z" => 0,
        _ => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let minutes = number(hours, 2)? * 60 + number(minutes, 2)?;
            if zone.starts_with('-') { -minutes } else { minutes }
        }
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let mut clock = clock.split(':');
    let (hour, minute, second) = (number(clock.next()?, 2)?, number(clock.next()?, 2)?, number(clock.next()?, 2)?);
    if clock.next().is_some() {
        return None;
    }
    let at = moment(year, month, day, hour, minute, second)?;
    Some(at + millis - offset_minutes * 60_000)
}

/// Parses an HTTP date (RFC 9110, the fixed form `Sun, 22 Nov 2026 10:00:00 GMT`).
pub fn parse_http_date(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let rest = text.split_once(", ")?.1.strip_suffix(" GMT")?;
    let mut parts = rest.split(' ');
    let day = number(parts.next()?, 2)?;
    let name = parts.next()?;
    let month = i64::try_from(MONTHS.iter().position(|month| *month == name)?).ok()? + 1;
    let year = number(parts.next()?, 4)?;
    let mut clock = parts.next()?.split(':');
    moment(year, month, day, number(clock.next()?, 2)?, number(clock.next()?, 2)?, number(clock.next()?, 2)?)
}

/// Writes RFC 3339 in UTC with seconds, such as `2026-11-22T10:00:00Z`.
pub fn to_rfc3339(unix_ms: i64) -> String {
    let seconds = unix_ms.div_euclid(1000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Civil from days (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

fn moment(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    if year < 1970 || !(1..=length).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Days from civil (same source as above).
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let month_index = if month > 2 { month - 3 } else { month + 9 };
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + (153 * month_index + 2) / 5 + day - 1;
    let days = era * 146_097 + day_of_era - 719_468;
    Some(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000)
}

fn number(text: &str, digits: usize) -> Option<i64> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// How long the HTTP header `Retry-After` asks to wait (seconds or a date), in ms and at least one second; `None` if it
/// cannot be parsed.
pub fn asked_ms(retry_after: &str, now_unix_ms: i64) -> Option<i64> {
    let text = retry_after.trim();
    let seconds = text.parse::<i64>().ok().map(|seconds| seconds.saturating_mul(1000));
    let asked = seconds.or_else(|| parse_http_date(text).map(|at| at - now_unix_ms));
    asked.map(|asked| asked.max(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_graph_writes() {
        assert_eq!(parse("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse("2023-01-11T11:50:05.9999343Z"), Some(1_673_437_805_999));
        assert_eq!(parse("2020-08-18T12:51:51"), Some(1_597_755_111_000));
        assert_eq!(parse("2026-11-22T12:00:00+02:00"), parse("2026-11-22T10:00:00Z"));
        for bad in [
            "0001-01-01T00:00:00Z",
            "",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "date-time",
            "2026-11-22",
            "2026-11-22T10:00:00.Z",
            "2026-11-22T10:00Z",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert_eq!(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        assert_eq!(parse_http_date("soon"), None);
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(seconds in 0i64..253_402_300_799) {
            prop_assert_eq!(parse(&to_rfc3339(seconds * 1000)), Some(seconds * 1000));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}") {
            let _ = (parse(&text), parse_http_date(&text));
        }
    }
}
