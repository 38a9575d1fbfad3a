//! Words of a change for many policies: `#/rollout`.

/// Title of the page.
pub const TITLE: &str = "Copy settings to…";
