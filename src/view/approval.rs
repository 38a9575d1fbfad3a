//! Approvals on screen: the list, a request, the decision and how it ended.

mod admin_centre;
mod alerts;
mod bulk;
mod decided;
mod evidence;
mod facts;
mod filters;
mod form;
mod head;
mod kept_words;
mod list;
mod names;
mod open_pane;
mod opened;
mod outcome;
mod pane;
mod queue;
mod receipt;
mod roles;
mod row;
mod selected;
mod ticket;
mod times;

pub use bulk::BulkDialog;
pub use filters::SEARCH_ID;
pub use head::InboxHead;
pub use names::{look_up_missing, target_name, told};
pub use open_pane::RequestPane;
pub use pane::InboxPane;
pub use queue::Queue;
pub use roles::RolesOff;
pub use selected::chosen;
