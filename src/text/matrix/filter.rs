//! Words of the menu of a column.

use crate::matrix::view::Wanted;

/// The order's name.
pub const SORT: &str = "Sort";
/// Ascending.
pub const UP: &str = "Ascending";
/// Descending.
pub const DOWN: &str = "Descending";
/// The most deviations first.
pub const MOST: &str = "Most first";
/// The fewest deviations first.
pub const FEWEST: &str = "Fewest first";
/// Not by this column.
pub const UNSORTED: &str = "Not by this column";
/// The filter's name.
pub const SHOW_ONLY: &str = "Show only rows with";
/// No filter.
pub const ANY: &str = "Any value";
/// What deviates.
pub const A_DEVIATION: &str = "Something else than the reference";
/// What is weaker.
pub const A_WEAKER: &str = "Something weaker than the reference";
/// Takes the column away.
pub const HIDE: &str = "Hide column";
/// Holds it and those before it in place.
pub const FREEZE: &str = "Keep columns in place up to here";
/// Holds none.
pub const UNFREEZE: &str = "Keep no columns in place";
/// Title of the dialog of all columns.
pub const COLUMNS: &str = "Columns";
/// Shows all of them.
pub const SHOW_ALL_COLUMNS: &str = "Show all columns";
/// How many stay.
pub const FROZEN: &str = "Columns kept in place beside the name";
/// Where rows that were not read come.
pub const UNREAD_LAST: &str = "Rows that are not read come last.";

/// A filter in the column's head.
pub fn wanted(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Words(words) => ["= ", words].concat(),
        Wanted::Deviation => "deviates".to_owned(),
        Wanted::Weaker => "weaker".to_owned(),
    }
}

/// A value to filter by, and how many rows have it.
pub fn choice(words: &str, rows: usize) -> String {
    [words, " (", &rows.to_string(), ")"].concat()
}

/// Why no more columns stay.
pub fn too_far(most: u8) -> String {
    ["Only the first ", &most.to_string(), " columns can be kept in place."].concat()
}

/// The number of columns that stay.
pub fn frozen(columns: u8) -> String {
    if columns == 0 { "none".to_owned() } else { columns.to_string() }
}
