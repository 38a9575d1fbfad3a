//! What people come to do, over a Graph [`Client`](crate::graph::Client): find a group, open its policies, save a
//! change, load the inbox, decide a request.

pub mod approvals;
pub mod bulk;
pub mod dead_ends;
pub mod decide;
pub mod directory;
pub mod editing;
pub mod evidence;
pub mod exact_name;
pub mod gather;
pub mod groups;
pub mod held_roles;
pub mod history;
mod holder;
pub mod imports;
mod pace;
pub mod policies;
mod pool;
pub mod preflight;
mod readback;
pub mod receipts;
pub mod rights;
pub mod roles;
pub mod rollout;
pub mod save;
mod settle;
pub mod survey;
pub mod tabs;
pub mod turn;
