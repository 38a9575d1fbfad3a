//! Words of templates: `#/templates`.

/// Title of the page.
pub const TITLE: &str = "Templates";
