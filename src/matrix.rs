//! Many policies as one table: a row for each policy, a column for each setting in the admin center's order, and how
//! each cell compares to a reference.
//!
//! Pure. `desk::survey` reads the policies, `text::matrix` has the sentences.

pub mod column;
pub mod column_filter;
pub mod deviation;
mod holder_kind;
pub mod listing;
pub mod majority;
pub mod measure;
pub mod reference;
pub mod row;
pub mod view;

pub use column::Column;
pub use column_filter::ColumnFilter;
pub use deviation::{Deviation, deviation};
pub use holder_kind::HolderKind;
pub use listing::listing;
pub use majority::majority;
pub use reference::{Reference, Standard};
pub use row::{Class, Row, Standing, State};
pub use view::{Sort, SortBy, View};
