//! When to send a request again, and how long to wait before.

pub use crate::instant::asked_ms;

/// The most attempts for one read.
pub const ATTEMPTS: u32 = 4;

/// The longest wait that is taken without asking, ms.
pub const LONGEST_WAIT_MS: u32 = 60_000;

/// The longest wait while a person watches it and can end it, ms.
pub const LONGEST_WATCHED_WAIT_MS: u32 = 3_600_000;

/// Whether a read that ended with this status may be repeated.
pub const fn read_may_repeat(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Whether a write that ended with this status was not applied, according to Microsoft, and may be repeated: throttling,
/// or an overloaded service that names a time to come back. What is sent again reads first, since a 503 may be wrong.
/// Everything else is settled by reading (docs/decisions/0004).
pub const fn write_may_repeat(status: u16, has_retry_after: bool) -> bool {
    status == 429 || (status == 503 && has_retry_after)
}

/// How long to wait before the next attempt, ms. `Retry-After` wins, in seconds or as an HTTP date; zero and negative
/// mean one second; if it is missing or unreadable, exponential back-off with full jitter from 1 s. `None`: longer than
/// a person should wait without being asked.
pub fn wait_ms(retry_after: Option<&str>, attempt: u32, jitter: u8, now_unix_ms: i64) -> Option<u32> {
    wait_within(LONGEST_WAIT_MS, retry_after, attempt, jitter, now_unix_ms)
}

/// Like [`wait_ms`] with another limit, ms.
pub fn wait_within(
    longest_ms: u32,
    retry_after: Option<&str>,
    attempt: u32,
    jitter: u8,
    now_unix_ms: i64,
) -> Option<u32> {
    let wait = retry_after.and_then(|text| asked_ms(text, now_unix_ms)).unwrap_or_else(|| {
        let ceiling = 2_000_i64 << attempt.min(5);
        1_000 + (ceiling - 1_000) * i64::from(jitter) / 255
    });
    u32::try_from(wait).ok().filter(|wait| *wait <= longest_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_s_word_wins() {
        assert_eq!(wait_ms(Some("7"), 0, 0, 0), Some(7_000));
        assert_eq!(wait_ms(Some("0"), 0, 0, 0), Some(1_000));
        assert_eq!(wait_ms(Some("-1"), 0, 0, 0), Some(1_000));
        assert_eq!(wait_ms(Some("99999"), 0, 0, 0), None);
        assert_eq!(wait_ms(Some("9223372036854775807"), 0, 0, 0), None);
        let now = crate::instant::parse("2026-11-22T10:00:00Z").unwrap();
        assert_eq!(wait_ms(Some("Sun, 22 Nov 2026 10:00:09 GMT"), 0, 0, now), Some(9_000));
        assert_eq!(wait_ms(Some("Sun, 22 Nov 2026 09:00:00 GMT"), 0, 0, now), Some(1_000));
    }

    #[test]
    fn without_it_waits_grow_and_stay_bounded() {
        for garbage in [None, Some("soon"), Some("")] {
            assert_eq!(wait_ms(garbage, 0, 0, 0), Some(1_000));
            assert_eq!(wait_ms(garbage, 0, 255, 0), Some(2_000));
            assert_eq!(wait_ms(garbage, 3, 255, 0), Some(16_000));
            assert!(wait_ms(garbage, 99, 255, 0).is_none_or(|wait| wait <= LONGEST_WAIT_MS));
        }
    }

    #[test]
    fn a_write_is_repeated_only_when_it_was_not_applied() {
        assert!(write_may_repeat(429, false));
        assert!(write_may_repeat(503, true));
        assert!(!write_may_repeat(503, false));
        assert!(!write_may_repeat(504, true));
        assert!(!write_may_repeat(500, true));
    }
}
