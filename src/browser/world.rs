//! Everything the core needs from outside, as the browser gives it: `http` and `clock` fill it in.

/// The real network, clock and generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserWorld;
