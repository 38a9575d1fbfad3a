//! Approvals on screen: the list, a request, the decision and how it ended.

mod decided;
mod facts;
mod form;
mod list;
mod names;
mod opened;
mod outcome;
mod receipt;
mod row;
mod ticket;
mod times;

pub use decided::DecidedList;
pub use list::RequestList;
pub use names::{look_up_missing, told};
pub use opened::Opened;
