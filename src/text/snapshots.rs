//! Words of policies kept in a file, and what changed since: `#/snapshots`.

/// Title of the page.
pub const TITLE: &str = "Snapshots";
