//! What a person sees: pages put together from parts. Uses state and text, never Graph's wire format.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

mod app;
pub mod approval;
pub mod badges;
pub mod copy_link;
pub mod dialog_wait;
pub mod file;
mod lazy;
pub mod many_tabs;
pub mod matrix;
pub mod moment;
pub mod page;
pub mod part;
pub mod policy;
pub mod portions;
pub mod printing;
mod problem;
pub mod receipt;
pub mod rollout;
mod shell;
pub mod sign_in_again;
pub mod subject_picker;
mod template;

pub use app::start;
