//! Words of a column's menu.

use crate::matrix::column_filter::{ColumnFilter, Compared, Range};
use crate::matrix::measure::{Unit, unit};
use crate::matrix::{Class, Column, View};
use crate::policy::Setting;
use crate::policy::setting::serves_addresses;
use crate::text::paper::{self, sought};
use crate::text::policy::change::count;

use super::table;

/// Label of the sort order.
pub const SORT: &str = "Sort";
/// Ascending.
pub const UP: &str = "Ascending";
/// Descending.
pub const DOWN: &str = "Descending";
/// The most deviations first.
pub const MOST: &str = "Most first";
/// The fewest deviations first.
pub const FEWEST: &str = "Fewest first";
/// Not sorted by this column.
pub const UNSORTED: &str = "Not by this column";
/// Label of the filter.
pub const SHOW_ONLY: &str = "Show only rows with";
/// No filter by value.
pub const ANY: &str = "Any value";
/// Label of the choice of how a cell compares with the reference.
pub const COMPARED: &str = "Compared with the reference";
/// Label of the values that can be selected.
pub const ONE_OF: &str = "One of these values";
/// Label of the search in full values.
pub const IN_FULL: &str = "Words in the full value";
/// Choice of rows without a value.
pub const UNREAD: &str = "Rows that are not read";
/// Label of the states that can be selected.
pub const STATES: &str = "Rows that are";

/// How a cell must compare with the reference.
pub const fn compared(compared: Compared) -> &'static str {
    match compared {
        Compared::Deviating => "Different, or cannot be compared",
        Compared::Weaker => "Weaker",
        Compared::Stricter => "Stricter",
    }
}

/// Label of the lower limit.
pub const fn from(unit: Unit) -> &'static str {
    match unit {
        Unit::Hours => "At least, in hours",
        Unit::Days => "At least, in days",
        Unit::Pieces => "At least",
    }
}

/// Label of the upper limit.
pub const fn to(unit: Unit) -> &'static str {
    match unit {
        Unit::Hours => "At most, in hours",
        Unit::Days => "At most, in days",
        Unit::Pieces => "At most",
    }
}

/// What has no number in a column, though the table may show one: it is outside every range.
pub const fn uncounted(column: Column) -> Option<&'static str> {
    match column {
        Column::Setting(Setting::EligibleExpiry | Setting::ActiveExpiry) => {
            Some("Numbers find only periods that have an effect: not where permanent assignments are allowed.")
        }
        Column::Setting(Setting::Approvers) => {
            Some("Numbers find only approvers who are asked: not where approval is off.")
        }
        Column::Mail(mail) if !serves_addresses(mail) => {
            Some("Numbers find nothing: Microsoft sends this email to no additional address.")
        }
        Column::Setting(_) | Column::Mail(_) => None,
    }
}

/// How many values are not offered.
pub fn more_values(more: usize) -> String {
    ["and ", &count(more, "more value"), ": search by words to find them"].concat()
}

/// Hides the column.
pub const HIDE: &str = "Hide column";
/// Keeps the column and those before it in place.
pub const FREEZE: &str = "Keep columns in place up to here";
/// Keeps no columns in place.
pub const UNFREEZE: &str = "Keep no columns in place";
/// Title of the dialog of all columns.
pub const COLUMNS: &str = "Columns";
/// Shows all of them.
pub const SHOW_ALL_COLUMNS: &str = "Show all columns";
/// Label of the number of columns that stay in place.
pub const FROZEN: &str = "Columns kept in place next to the name";
/// Where rows that were not read are sorted.
pub const UNREAD_LAST: &str = "Rows that are not read come last.";

/// The filter of a column, in the column's header.
pub fn column_filter(column: Column, filter: &ColumnFilter) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !filter.values.is_empty() {
        parts.push(["= ", &filter.values.join(" or ")].concat());
    }
    parts.extend(filter.compared.map(|compared| head(compared).to_owned()));
    parts.extend(range(filter.range, unit(column).unwrap_or(Unit::Pieces)));
    if !filter.text.trim().is_empty() {
        parts.push(["“", filter.text.trim(), "”"].concat());
    }
    let asked = parts.join(", ");
    match (filter.unread, asked.is_empty()) {
        (true, true) => "not read".to_owned(),
        (true, false) => [&asked, " or not read"].concat(),
        (false, _) => asked,
    }
}

const fn head(compared: Compared) -> &'static str {
    match compared {
        Compared::Deviating => "deviates or cannot be compared",
        Compared::Weaker => "weaker",
        Compared::Stricter => "stricter",
    }
}

fn range(range: Range, unit: Unit) -> Option<String> {
    let after = match unit {
        Unit::Hours => " h",
        Unit::Days => " days",
        Unit::Pieces => "",
    };
    let number = |number: i64| unit.written(number);
    match (range.from, range.to) {
        (None, None) => None,
        (Some(from), None) => Some(["≥ ", &number(from), after].concat()),
        (None, Some(to)) => Some(["≤ ", &number(to), after].concat()),
        (Some(from), Some(to)) => Some([&number(from), " to ", &number(to), after].concat()),
    }
}

/// The filter of the deviations, in their header.
pub fn deviating(view: &View) -> String {
    let mut parts: Vec<String> = range(view.deviations, Unit::Pieces).into_iter().collect();
    if !view.states.is_empty() {
        parts.push(view.states.iter().map(|state| table::state(*state)).collect::<Vec<_>>().join(" or "));
    }
    parts.join(", ")
}

/// Everything that leaves rows out, for a file or for paper; empty if all rows are shown.
pub fn only(view: &View) -> String {
    let (shown, hidden): (Vec<Class>, Vec<Class>) = Class::ALL.into_iter().partition(|class| view.shows(*class));
    let classes = shown.into_iter().map(super::class).collect::<Vec<_>>().join(" and ");
    let named = |name: &str, words: String| if words.is_empty() { words } else { [name, ": ", &words].concat() };
    let mut parts = vec![
        sought(&view.text),
        if hidden.is_empty() { String::new() } else { classes },
        if view.deviating { super::ONLY_DEVIATING.to_owned() } else { String::new() },
        named(super::DEVIATIONS, deviating(view)),
    ];
    let column =
        |(column, filter): &(Column, ColumnFilter)| named(super::head(*column), column_filter(*column, filter));
    parts.extend(view.column_filters.iter().map(column));
    paper::only(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A value to filter by, and how many rows have it.
pub fn choice(words: &str, rows: usize) -> String {
    [words, " (", &rows.to_string(), ")"].concat()
}

/// Why no more columns can stay in place.
pub fn too_far(most: u8) -> String {
    ["Only the first ", &most.to_string(), " columns can be kept in place."].concat()
}

/// The number of columns that stay in place.
pub fn frozen(columns: u8) -> String {
    if columns == 0 { "none".to_owned() } else { columns.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::State;

    #[test]
    fn a_head_says_what_it_is_filtered_by() {
        let hours = Column::Setting(Setting::ActivationDuration);
        let of = |filter: ColumnFilter| super::column_filter(hours, &filter);
        assert_eq!(
            of(ColumnFilter { values: vec!["4 h".into(), "8 h".into()], ..ColumnFilter::default() }),
            "= 4 h or 8 h"
        );
        let range = Range { from: Some(4 * 3_600), to: None };
        assert_eq!(of(ColumnFilter { range, unread: true, ..ColumnFilter::default() }), "≥ 4 h or not read");
        assert_eq!(
            of(ColumnFilter { compared: Some(Compared::Weaker), text: "c1".into(), ..ColumnFilter::default() }),
            "weaker, “c1”"
        );
        let filter = ColumnFilter { compared: Some(Compared::Deviating), ..ColumnFilter::default() };
        assert_eq!(of(filter), "deviates or cannot be compared");
        assert_eq!(of(ColumnFilter { unread: true, ..ColumnFilter::default() }), "not read");
        let deviations = Range { from: Some(1), to: Some(3) };
        let view = View { deviations, states: vec![State::Failed, State::NotRead], ..View::NEW };
        assert_eq!(deviating(&view), "1 to 3, failed or not read");
    }

    #[test]
    fn where_a_shown_number_may_have_no_effect_the_filter_says_so() {
        for column in Column::all().into_iter().filter(|column| unit(*column).is_some()) {
            let may_be_idle = match column {
                Column::Setting(setting) => setting.switch().is_some(),
                Column::Mail(mail) => !serves_addresses(mail),
            };
            assert_eq!(uncounted(column).is_some(), may_be_idle, "{column:?}");
        }
    }

    #[test]
    fn a_file_says_everything_that_leaves_rows_out() {
        let every = View { classes: Class::ALL.to_vec(), ..View::NEW };
        assert_eq!(only(&every), "");
        assert_eq!(only(&View::NEW), "Members and Owners");
        let filter = ColumnFilter { text: "dana".into(), ..ColumnFilter::default() };
        let view = View { text: "tier ".into(), deviating: true, states: vec![State::Read], ..every }
            .with_filter(Column::Setting(Setting::Approvers), filter);
        assert_eq!(only(&view), "“tier”; Only deviations; Deviations: read; Approvers: “dana”");
    }
}
