//! Words of the table of policies: `#/matrix`.

/// Title of the page.
pub const TITLE: &str = "Matrix";
