//! Microsoft's clock, as far as this computer's can be compared to it.

use crate::approval::clock_ahead_now_ms;
use crate::browser::BrowserWorld;
use crate::state::desk::Desk;
use crate::world::Clock;

/// What is known about the difference.
#[derive(Clone, Copy)]
pub struct MicrosoftClock {
    token_age_ms: Option<i64>,
    /// This computer's clock minus its monotonic clock, which is never set, as the inbox started, ms.
    offset_ms: i64,
}

impl MicrosoftClock {
    /// Compares them with the newest token; a clock that was set between that token and now goes unnoticed.
    pub fn start(desk: Desk) -> Self {
        Self { token_age_ms: desk.session().token_age_ms(), offset_ms: offset_ms() }
    }

    /// How far this computer's clock is ahead of it, ms; negative if it is behind.
    pub fn ahead_ms(self) -> i64 {
        self.token_age_ms.map_or(0, |age| clock_ahead_now_ms(age, offset_ms() - self.offset_ms))
    }
}

fn offset_ms() -> i64 {
    BrowserWorld.unix_ms() - BrowserWorld.monotonic_ms()
}
