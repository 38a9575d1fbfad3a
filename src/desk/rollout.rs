//! A change of many policies: looked at policy by policy ([`look`]), then saved policy by policy ([`run`]). Each goes the
//! one way that every change goes, [`save_watched`](super::save::save_watched), with its own receipt; here is only which of
//! them run when, and what is remembered of all.

mod book;
pub mod control;
pub mod look;
pub mod resolve;
pub mod row;
pub mod run;
pub mod stage;
mod tries;

pub use control::{Control, Halt};
pub use look::{Seen, Unreadable, look};
pub use resolve::{Resolved, resolve};
pub use row::{Fate, PlannedPolicy, note, permissions, rows_of, totals};
pub use run::{Host, MOST_AT_ONCE, PolicyProgress, RunNews, UNCERTAIN_IN_A_ROW, Work, run};
pub use stage::SaveStage;
