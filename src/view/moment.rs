//! A time on screen.

use leptos::prelude::*;

use crate::browser::locale;
use crate::instant;
use crate::view::part::TimeText;

/// A time in the person's time zone, with UTC for machines and as a tooltip.
pub fn moment(at_unix_ms: i64) -> AnyView {
    let iso = instant::to_rfc3339(at_unix_ms);
    view! { <TimeText iso text=locale::date_time(at_unix_ms) exact=locale::date_time_and_utc(at_unix_ms) /> }.into_any()
}
