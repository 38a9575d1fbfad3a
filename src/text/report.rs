//! Words of which policy meets which line of a baseline: `#/report`.

/// Title of the page.
pub const TITLE: &str = "Report";
