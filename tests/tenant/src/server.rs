//! The server around the tenant: HTTP/1.1 and HTTP/2, with or without TLS, and static files.

mod control;
mod files;
mod listen;
mod options;
mod respond;
mod tls;

use std::time::{SystemTime, UNIX_EPOCH};

use crate::{Seed, Tenant};

pub use listen::serve;
pub use options::{Options, USAGE};

/// The state of the server.
struct App {
    tenant: Tenant,
    /// The seed for a reset.
    seed: Seed,
    /// How far tests have advanced the clock, in milliseconds.
    offset_ms: i64,
}

impl App {
    fn new(options: &Options) -> Self {
        let seed = Seed { now_ms: wall_clock_ms(), ..options.seed.clone() };
        Self { tenant: Tenant::new(&seed), seed, offset_ms: 0 }
    }

    /// The tenant's time.
    fn now(&self) -> i64 {
        wall_clock_ms().saturating_add(self.offset_ms)
    }

    /// Starts over, at the wall clock's time.
    fn reset(&mut self, seed: Seed) {
        self.offset_ms = 0;
        self.tenant = Tenant::new(&Seed { now_ms: wall_clock_ms(), ..seed });
    }
}

/// Milliseconds since 1970.
fn wall_clock_ms() -> i64 {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(passed.as_millis()).unwrap_or(i64::MAX)
}
