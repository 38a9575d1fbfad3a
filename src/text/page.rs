//! Words of the pages: titles, buttons, empty states.

/// Closes a dialog.
pub const CLOSE: &str = "Close";
