//! Approvals on screen: the list, an open request, the decision and its outcome.

mod admin_center;
mod alerts;
mod bulk;
mod decided_list;
mod decision_form;
mod decision_outcome;
mod decision_receipt;
mod evidence;
mod filters;
mod inbox_head;
mod inbox_pane;
mod kept_words;
mod names;
mod queue;
mod request_cells;
mod request_detail;
mod request_facts;
mod request_list;
mod request_pane;
mod request_row;
mod roles;
mod selection;
mod ticket;
mod waiting_time;

pub use bulk::BulkDialog;
pub use filters::SEARCH_ID;
pub use inbox_head::InboxHead;
pub use inbox_pane::InboxPane;
pub use names::{look_up_missing, names_of};
pub use queue::Queue;
pub use request_cells::{access_of, request_cells};
pub use request_pane::RequestPane;
pub use roles::RolesOff;
pub use selection::chosen;
