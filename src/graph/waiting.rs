//! What is reported about calls that have to wait.

use std::rc::Rc;

/// A call that waits before it is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Until when, ms since 1970.
    pub until_unix_ms: i64,
    /// Whether Microsoft asked for the wait; otherwise there was no answer, or a fault.
    pub throttled: bool,
}

/// Is called when calls have to wait, with the longest wait, and with `None` when all continue.
pub type OnWait = Rc<dyn Fn(Option<Waiting>)>;
