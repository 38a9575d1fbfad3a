//! The sentences the product shows, except those of the start of the program and `view/part`. The labels of settings
//! are the admin center's own, so that people find here what Microsoft's documentation mentions.

pub mod approval;
pub mod dead_ends;
pub mod duration;
pub mod group;
pub mod help;
pub mod matrix;
pub mod page;
pub mod paper;
pub mod policy;
pub mod problem;
pub mod quoted;
pub mod receipt;
pub mod report;
pub mod role;
pub mod rollout;
pub mod set_up;
pub mod shortcut;
pub mod sign_in;
pub mod snapshots;
pub mod subject;
pub mod templates;
