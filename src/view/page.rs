//! One screen each, put together from parts.

pub mod approvals;
pub mod change;
pub mod changes;
pub mod compare;
pub mod dead_ends;
pub mod groups;
pub mod help;
pub mod history;
pub mod matrix;
pub mod policy;
pub mod report;
pub mod roles;
pub mod rollout;
pub mod rollout_receipt;
pub mod set_up;
pub mod sign_in;
pub mod snapshots;
pub mod template;
pub mod templates;
pub mod unknown;
