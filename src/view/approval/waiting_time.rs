//! How long a request has waited, and how much of its time is left.

use leptos::prelude::*;

use crate::approval::{Request, Urgency};
use crate::browser::locale;
use crate::instant;
use crate::state::approval::inbox::InboxState;
use crate::state::frame::time::Now;
use crate::text;
use crate::view::part::{TimeText, Tone};

/// Now by Microsoft's clock, ms since 1970, as far as this computer's clock is known to be wrong.
fn now() -> impl Fn() -> i64 + Copy + Send + Sync + 'static {
    let (now, clock) = (Now::current(), InboxState::current().clock);
    move || now.get().saturating_sub(clock.ahead_ms())
}

/// "waiting 12 min"; nothing if Graph does not say since when.
#[component]
pub fn Waits(
    /// The request.
    request: Request,
) -> impl IntoView {
    let now = now();
    request.created_unix_ms.map(|created| {
        view! {
            <TimeText
                iso=instant::to_rfc3339(created)
                text=Signal::derive(move || text::approval::waits(now(), created))
                exact=locale::date_time_and_utc(created)
            />
        }
    })
}

/// "23 h 48 min left", in its color; nothing if Graph does not say.
#[component]
pub fn Left(
    /// The request.
    request: Request,
) -> impl IntoView {
    let now = now();
    request.deadline_unix_ms().map(|deadline| {
        let left = Memo::new(move |_| deadline - now());
        let tone = move || match Urgency::of(left.get()) {
            Urgency::Calm => Tone::Neutral,
            Urgency::Soon => Tone::Warn,
            Urgency::LastHour | Urgency::Over => Tone::Danger,
        };
        view! {
            <TimeText
                iso=instant::to_rfc3339(deadline)
                text=Signal::derive(move || text::approval::left(left.get()))
                exact=locale::date_time_and_utc(deadline)
                tone=Signal::derive(tone)
            />
        }
    })
}
