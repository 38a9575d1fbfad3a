//! A change of many policies: looked at policy by policy ([`look`]), then saved policy by policy ([`run`]). Each goes the
//! one way that every change goes, [`save_watched`](super::save::save_watched), with its own receipt; here is only which of
//! them run when, and what is remembered of all.

mod book;
pub mod control;
mod host;
pub mod look;
pub mod resolve;
pub mod row;
pub mod run;
pub mod stage;
mod tries;

pub use control::{Control, Halt};
pub use host::{Host, PolicyProgress, RunNews, Work};
pub use look::{Seen, Unreadable, look};
pub use resolve::{Resolved, resolve};
pub use row::{Fate, PlannedPolicy, note, permissions, rows_of, totals};
pub use run::{MOST_AT_ONCE, UNCERTAIN_IN_A_ROW, run};
pub use stage::SaveStage;
