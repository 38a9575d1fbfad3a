//! The parts of a change for many policies: choosing, the plan, the progress, the receipt.

mod course;
mod course_row;
mod gone;
mod plan;
mod plan_row;
mod receipt;
mod room;
mod settings;
mod shifts;
mod source;
mod targets;

pub use course::Course;
pub use gone::{Gone, Uncertain};
pub use plan::Plan;
pub use receipt::{ReceiptTable, receipt_actions};
pub use settings::Settings;
pub use source::SourceStep;
pub use targets::Targets;
