//! How the table of policies is shown, in an address:
//! `?show=…&ref=…&q=…&sort=…&only=deviating&deviations=1..&state=…&mails=shown&hide=…&freeze=…&col.…=…`.

mod filter;

use super::{parameter, query};
use crate::matrix::view::{MOST_FROZEN, Sort, SortBy, View};
use crate::matrix::{Class, Column, ColumnFilter, Reference, State};

/// Precedes a column's name in the parameter with the filter of that column.
const COLUMN: &str = "col.";

/// Parses it; what cannot be parsed is ignored.
pub(super) fn read(text: &str) -> View {
    let word = |name| parameter(text, name).unwrap_or_default();
    let list = |name| word(name).split(',').map(str::trim).map(str::to_owned).collect::<Vec<_>>();
    let classes: Vec<Class> = list("show").iter().filter_map(|name| Class::from_name(name)).collect();
    let view = View {
        classes: Class::ALL.into_iter().filter(|class| classes.contains(class)).collect(),
        reference: word("ref").parse().unwrap_or_default(),
        text: word("q"),
        sort: sort(&word("sort")),
        deviating: word("only").eq_ignore_ascii_case("deviating"),
        deviations: filter::read_range(&word("deviations")),
        states: list("state").iter().filter_map(|name| State::from_name(name)).collect(),
        column_filters: Column::all()
            .into_iter()
            .filter_map(|column| Some((column, filter_of(text, column)?)))
            .collect(),
        mails: word("mails").eq_ignore_ascii_case("shown"),
        hidden: list("hide").iter().filter_map(|name| Column::from_key(name)).collect(),
        frozen: word("freeze").parse::<u8>().unwrap_or_default().min(MOST_FROZEN),
    };
    let usual = view.classes == [Class::Members, Class::Owners];
    if usual { View { classes: Vec::new(), ..view } } else { view }
}

fn filter_of(text: &str, column: Column) -> Option<ColumnFilter> {
    let filter = filter::read(&parameter(text, &[COLUMN, &column.key()].concat())?);
    (!filter.is_empty()).then_some(filter)
}

fn sort(word: &str) -> Sort {
    let (descending, name) = word.strip_prefix('-').map_or((false, word), |name| (true, name));
    let by = match name {
        "deviations" => SortBy::Deviations,
        name => Column::from_key(name).map_or(SortBy::Name, SortBy::Column),
    };
    Sort { by, descending }
}

/// Writes it, with its `?`; leaves out defaults.
pub(super) fn write(view: &View) -> String {
    let keys = |columns: &[Column]| columns.iter().map(|column| column.key()).collect::<Vec<_>>().join(",");
    let by = match view.sort.by {
        SortBy::Name if view.sort.descending => "name".to_owned(),
        SortBy::Name => String::new(),
        SortBy::Deviations => "deviations".to_owned(),
        SortBy::Column(column) => column.key(),
    };
    let reference = if view.reference == Reference::default() { String::new() } else { view.reference.to_string() };
    let mut parts: Vec<(String, String)> = vec![
        ("show".into(), view.classes.iter().map(|class| class.as_str()).collect::<Vec<_>>().join(",")),
        ("ref".into(), reference),
        ("q".into(), view.text.clone()),
        ("sort".into(), if view.sort.descending { ["-", &by].concat() } else { by }),
        ("only".into(), if view.deviating { "deviating".into() } else { String::new() }),
        ("deviations".into(), filter::write_range(view.deviations)),
        ("state".into(), view.states.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(",")),
        ("mails".into(), if view.mails { "shown".into() } else { String::new() }),
        ("hide".into(), keys(&view.hidden)),
        ("freeze".into(), if view.frozen == 0 { String::new() } else { view.frozen.to_string() }),
    ];
    for (column, asked) in &view.column_filters {
        parts.push(([COLUMN, &column.key()].concat(), filter::write(asked)));
    }
    query(&parts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::column_filter::Range;
    use crate::policy::Setting;

    #[test]
    fn a_view_is_found_again() {
        let column = Column::Setting(Setting::ApprovalRequired);
        let view = View {
            classes: vec![Class::Members, Class::Roles],
            reference: "roles/62e90394-69f5-4237-9190-012177145e10".parse().unwrap(),
            text: "tier 0 & co".into(),
            sort: Sort { by: SortBy::Column(column), descending: true },
            deviating: true,
            deviations: Range { from: Some(1), to: None },
            states: vec![State::Read, State::Failed],
            column_filters: vec![(
                column,
                ColumnFilter { values: vec!["yes".into()], unread: true, ..ColumnFilter::default() },
            )],
            mails: true,
            hidden: vec![Column::Setting(Setting::ActivationTicket)],
            frozen: 2,
        };
        assert_eq!(read(write(&view).trim_start_matches('?')), view);
        assert_eq!(write(&View::NEW), "");
        assert_eq!(read(""), View::NEW);
        assert_eq!(read("freeze=9").frozen, MOST_FROZEN, "an address holds no more in place than the page does");
        assert_eq!(read("show=owners,members&sort=x&ref=y&hide=z&freeze=-1&col.activation.approval="), View::NEW);
    }
}
