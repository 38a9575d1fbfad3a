//! The pieces of the table of policies: `#/matrix`.

pub mod cell_dialog;
pub mod columns;
pub mod head_dialog;
pub mod head_filter;
pub mod progress;
pub mod reference;
pub mod row;
pub mod selected;
pub mod shown;
pub mod toolbar;
