//! Requests: the inbox, what is known of each, the decisions, and what became of them.

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
