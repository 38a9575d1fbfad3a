//! Assignments in force that a shorter period would no longer allow.

use super::facts::Holding;
use super::{Finding, Reason};
use crate::policy::{IsoDuration, Setting};

/// A period in seconds; `None` if its length is not fixed, such as months.
pub(super) fn seconds(text: &str) -> Option<i64> {
    IsoDuration::parse(text)?.seconds_total()
}

/// Those that last longer than `longest` seconds, or are permanent. They stay as they are, but cannot be renewed for
/// that long.
pub(super) fn longer(list: &[Holding], longest: i64, setting: Setting) -> Option<Finding> {
    let breaks = |holding: &&Holding| {
        let length = |until: i64| holding.since_unix_ms.map(|since| (until - since) / 1000);
        !holding.activated && holding.until_unix_ms.is_none_or(|until| length(until).is_some_and(|s| s > longest))
    };
    let who: Vec<(String, Option<i64>)> =
        list.iter().filter(breaks).map(|holding| (holding.who.name.clone(), holding.until_unix_ms)).collect();
    (!who.is_empty()).then(|| Finding::warning(setting, Reason::ExistingLonger(who)))
}
