//! One screen each, put together from parts.

pub mod approvals;
pub mod change;
pub mod changes;
pub mod compare;
pub mod groups;
pub mod help;
pub mod history;
pub mod policy;
pub mod roles;
pub mod set_up;
pub mod sign_in;
pub mod unknown;
