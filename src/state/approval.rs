//! Requests: the inbox, what is known about each request, the decisions, and the history.

pub mod alerts;
pub mod bulk;
pub mod decisions;
pub mod evidence;
pub mod history;
pub mod inbox;
pub mod inbox_count;
pub mod justification;
pub mod microsoft_clock;
pub mod session_ending;
