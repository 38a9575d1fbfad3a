//! Time, waiting and randomness.

use js_sys::{Date, Promise};
use wasm_bindgen::throw_str;
use wasm_bindgen_futures::JsFuture;

use super::{BrowserWorld, window};
use crate::world::{Clock, Entropy};

impl Clock for BrowserWorld {
    fn unix_ms(&self) -> i64 {
        whole(Date::now())
    }

    fn monotonic_ms(&self) -> i64 {
        window().performance().map_or_else(|| self.unix_ms(), |performance| whole(performance.now()))
    }

    async fn sleep(&self, ms: u32) {
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        let mut start = |resolve: js_sys::Function, _| {
            let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        };
        let _ = JsFuture::from(Promise::new(&mut start)).await;
    }
}

impl Entropy for BrowserWorld {
    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        match window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
            Ok(_) => bytes,
            Err(_) => throw_str("this browser gives no random numbers, so signing in would not be safe"),
        }
    }
}

/// Milliseconds as the browser returns them, without the fraction.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for 290 million years")]
pub(super) fn whole(ms: f64) -> i64 {
    ms as i64
}
