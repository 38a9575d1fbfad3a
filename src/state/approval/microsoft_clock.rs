//! Microsoft's clock, as far as this computer's can be compared with it.

use crate::approval::clock_ahead_now_ms;
use crate::browser::BrowserWorld;
use crate::state::desk::Desk;
use crate::world::Clock;

/// What is known of it.
#[derive(Clone, Copy)]
pub struct MicrosoftClock {
    token_age_ms: Option<i64>,
    /// By how much this computer's clock differed from the one that is never set, ms.
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
