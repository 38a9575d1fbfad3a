//! A change of many policies: first each policy is read ([`look`], [`look_from`]), then each is saved ([`run`]). Each is
//! saved in the same way as a single change, by [`save_watched`](super::save::save_watched), with its own receipt; this
//! module only decides which saves run when, and what is recorded of all.

mod anew;
mod book;
pub mod control;
mod host;
pub mod look;
pub mod resolve;
pub mod row;
pub mod run;
pub mod stage;
mod tries;

pub use anew::look_from;
pub use control::{Control, Halt};
pub use host::{Host, PolicyProgress, RunNews, Work};
pub use look::{Seen, Unreadable, look};
pub use resolve::{Resolved, name, nameless, resolve};
pub use row::{Fate, PlannedPolicy, note, permissions, rows_of, totals};
pub use run::{MOST_AT_ONCE, UNCERTAIN_IN_A_ROW, run};
pub use stage::SaveStage;
