//! What the page knows while it runs: contexts and signals between the core's jobs and the views.

pub mod alerts;
pub mod bulk;
pub mod clip;
pub mod compare;
pub mod decisions;
pub mod desk;
pub mod drafts;
pub mod editor;
pub mod evidence;
pub mod finder;
pub mod heading;
pub mod history;
pub mod inbox;
pub mod justification;
pub mod keyboard;
pub mod names;
pub mod nav;
pub mod notice;
pub mod receipts;
pub mod roles;
pub mod session;
pub mod shelf;
pub mod tabs;
pub mod time;
pub mod typing;
pub mod wanted;
