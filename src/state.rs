//! The page's state: contexts and signals between the core's jobs and the views.

pub mod approval;
pub mod context;
pub mod dead_ends;
pub mod desk;
pub mod directory;
pub mod extras;
pub mod frame;
pub mod lasting;
pub mod matrix;
pub mod on_screen;
pub mod policy;
pub mod receipts;
pub mod report;
pub mod reread;
pub mod rollout;
pub mod session;
pub mod snapshots;
pub mod templates;
