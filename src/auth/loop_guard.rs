//! Prevents an endless loop of redirects to the sign-in page and back.
//!
//! Counts the automatic redirects, per tab: at most one in 30 s and two in 10 min. A completed sign-in clears the
//! count, because a loop never completes one.

const SHORT_MS: i64 = 30_000;
const LONG_MS: i64 = 10 * 60 * 1000;

/// The automatic redirects of the last 10 minutes, wall clock, milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoopGuard(Vec<i64>);

impl LoopGuard {
    /// Parses the stored record; anything unreadable counts as no record.
    pub fn from_text(text: Option<&str>) -> Self {
        let times = text.unwrap_or_default().split(',').filter_map(|time| time.parse().ok());
        Self(times.take(8).collect())
    }

    /// The text to store.
    pub fn to_text(&self) -> String {
        self.0.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
    }

    /// The record with one more redirect; `None` if there were too many. A time in the future (the clock was set back)
    /// counts as just now.
    pub fn admit(&self, now_ms: i64) -> Option<Self> {
        let age = |time: &i64| now_ms.saturating_sub(*time).max(0);
        let recent: Vec<i64> = self.0.iter().copied().filter(|time| age(time) < LONG_MS).collect();
        if recent.len() >= 2 || recent.iter().any(|time| age(time) < SHORT_MS) {
            return None;
        }
        Some(Self(recent.into_iter().chain([now_ms]).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_thirty_seconds_two_in_ten_minutes() {
        let first = LoopGuard::default().admit(1_000).unwrap();
        assert_eq!(first.admit(30_999), None);
        let second = first.admit(31_000).unwrap();
        assert_eq!(second.admit(300_000), None);
        assert!(second.admit(601_000).is_some());
        assert_eq!(LoopGuard::from_text(Some(&second.to_text())), second);
    }

    #[test]
    fn a_clock_set_back_opens_nothing() {
        let guard = LoopGuard::default().admit(9_000_000).unwrap();
        assert_eq!(guard.admit(0), None);
    }

    #[test]
    fn odd_records_count_as_none() {
        for text in [None, Some(""), Some("x,,1e9"), Some("{}")] {
            assert!(LoopGuard::from_text(text).admit(0).is_some());
        }
    }
}
