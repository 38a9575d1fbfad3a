//! Words of what would not work, over all policies: `#/dead-ends`.

/// Title of the page.
pub const TITLE: &str = "Dead ends";
