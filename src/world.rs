//! What the core needs from outside: the network, the clock, randomness. The browser provides the real ones, tests
//! provide the emulated tenant and a virtual clock.

use std::future::Future;

/// An HTTP method the product uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Redeem a code, or a batch of reads.
    Post,
    /// Change.
    Patch,
}

impl Method {
    /// The method's name in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        }
    }
}

/// One HTTP request, ready to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// Absolute address, percent-encoded.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body, if any; its `Content-Type` is in `headers`.
    pub body: Option<String>,
    /// How long to wait for the answer, milliseconds.
    pub timeout_ms: u32,
}

/// One HTTP answer, read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// Header names (lower case) and values that the browser lets the page read.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl HttpResponse {
    /// The value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer. Whether the request took effect is unknown in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpFailure {
    /// The connection failed or ended before the whole answer was read.
    #[error("no answer came back")]
    Lost,
    /// The time limit passed.
    #[error("no answer came back in time")]
    TimedOut,
}

/// Sends requests. Never follows redirects, never sends cookies, never retries.
pub trait Transport {
    /// Sends one request and reads the whole answer.
    fn send(&self, request: HttpRequest) -> impl Future<Output = Result<HttpResponse, HttpFailure>>;
}

/// Reports the time and waits.
pub trait Clock {
    /// Wall-clock time in milliseconds since 1970 (UTC); may jump.
    fn unix_ms(&self) -> i64;
    /// Milliseconds on a clock that never goes back, from an arbitrary start.
    fn monotonic_ms(&self) -> i64;
    /// Waits this many milliseconds.
    fn sleep(&self, ms: u32) -> impl Future<Output = ()>;
}

/// A moment, by both clocks: the monotonic one may stop while the computer sleeps, the other one may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    unix_ms: i64,
    monotonic_ms: i64,
}

impl Moment {
    /// Now.
    pub fn now(clock: &impl Clock) -> Self {
        Self { unix_ms: clock.unix_ms(), monotonic_ms: clock.monotonic_ms() }
    }

    /// How long ago it was, ms, by the clock that says longer.
    pub fn passed_ms(self, clock: &impl Clock) -> i64 {
        let by_wall = clock.unix_ms().saturating_sub(self.unix_ms);
        by_wall.max(clock.monotonic_ms().saturating_sub(self.monotonic_ms))
    }

    /// The same; if the wall clock was set back, longer than anything.
    pub fn age_ms(self, clock: &impl Clock) -> i64 {
        if clock.unix_ms() < self.unix_ms { i64::MAX } else { self.passed_ms(clock) }
    }
}

/// Provides unpredictable bytes.
pub trait Entropy {
    /// 32 bytes from a cryptographic generator.
    fn random(&self) -> [u8; 32];
}

/// Everything from outside in one bound.
pub trait World: Transport + Clock + Entropy {}

impl<W: Transport + Clock + Entropy> World for W {}
