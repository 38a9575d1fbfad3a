//! What is told of calls that have to wait.

use std::rc::Rc;

/// A call that waits before it is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Until when, ms since 1970.
    pub until_unix_ms: i64,
    /// Whether Microsoft asked for it; otherwise there was no answer, or a fault.
    pub throttled: bool,
}

/// Told when calls have to wait, which of them longest, and `None` when all go on.
pub type OnWait = Rc<dyn Fn(Option<Waiting>)>;
