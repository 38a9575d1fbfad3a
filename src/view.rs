//! What a person sees: pages put together from parts. Names state and text, never Graph's wire format.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

pub mod access_trouble;
mod account;
mod app;
pub mod approval;
mod background;
pub mod copy_link;
pub mod file;
pub mod group;
pub mod holder;
pub mod keys;
mod lazy;
pub mod many;
pub mod matrix;
pub mod page;
pub mod part;
pub mod policy;
pub mod portions;
pub mod printing;
mod problem;
pub mod receipt;
pub mod rollout;
mod shell;
pub mod sign_in;
pub mod subject_picker;
mod template;
pub mod trouble;
mod unkept;

pub use app::start;
