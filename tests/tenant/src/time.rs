//! Times as Microsoft Graph writes them, and durations as PIM accepts them.

/// One hour in milliseconds.
pub(crate) const HOUR_MS: i64 = 3_600_000;
/// One day in milliseconds.
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

/// `2026-11-22T10:00:00.123Z` for milliseconds since 1970 (UTC).
pub(crate) fn timestamp(ms: i64) -> String {
    let (date, clock) = parts(ms);
    format!("{date}T{clock}.{:03}Z", ms.rem_euclid(1000))
}

/// `2026-11-22T10:00:00`, as error envelopes write it.
pub(crate) fn bare(ms: i64) -> String {
    let (date, clock) = parts(ms);
    format!("{date}T{clock}")
}

/// `2026-11-22 10:00:00Z`, as the sign-in service writes it.
pub(crate) fn spaced(ms: i64) -> String {
    let (date, clock) = parts(ms);
    format!("{date} {clock}Z")
}

/// Days since 1970 to year, month, day (the algorithm of Howard Hinnant, `civil_from_days`).
fn parts(ms: i64) -> (String, String) {
    let seconds = ms.div_euclid(1000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (
        format!("{year:04}-{month:02}-{day:02}"),
        format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60),
    )
}

/// The length of an `Edm.Duration` in minutes: days, hours and minutes only, as accepted in policies. Years, months and
/// weeks, seconds, fractions and signs are rejected (graph.md G7).
pub(crate) fn duration_minutes(text: &str) -> Option<i64> {
    let rest = text.strip_prefix('P')?;
    let (days, clock) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((days, clock)) => (days, clock),
        None => (rest, ""),
    };
    if days.is_empty() && clock.is_empty() {
        return None;
    }
    let (mut total, mut left) = (0_i64, days);
    if !left.is_empty() {
        total += number(left.strip_suffix('D')?)?.checked_mul(24 * 60)?;
    }
    left = clock;
    if let Some((hours, rest)) = left.split_once('H') {
        total = total.checked_add(number(hours)?.checked_mul(60)?)?;
        left = rest;
    }
    if let Some((minutes, rest)) = left.split_once('M') {
        total = total.checked_add(number(minutes)?)?;
        left = rest;
    }
    left.is_empty().then_some(total)
}

fn number(text: &str) -> Option<i64> {
    (!text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_times() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(timestamp(1_795_341_600_123), "2026-11-22T10:00:00.123Z");
        assert_eq!(bare(951_782_400_000), "2000-02-29T00:00:00");
        assert_eq!(spaced(-1000), "1969-12-31 23:59:59Z");
    }

    #[test]
    fn reads_the_durations_that_policies_take() {
        for (text, minutes) in
            [("PT8H", 480), ("PT1H45M", 105), ("P365D", 525_600), ("P1D", 1440), ("PT30M", 30), ("P1DT1H", 1500)]
        {
            assert_eq!(duration_minutes(text), Some(minutes), "{text}");
        }
        for text in ["", "P", "PT", "P1Y", "P6M", "PT1.5H", "-PT1H", "8", "PT30S", "P1DT", "PT1H1H", "PT99999999999H"] {
            assert_eq!(duration_minutes(text), None, "{text}");
        }
    }
}
