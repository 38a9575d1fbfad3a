//! Which rows are shown, and in which order.

use std::cmp::Ordering;

use super::column::Column;
use super::column_filter::{ColumnFilter, Compared};
use super::deviation::{Deviation, Deviations, deviation, deviations};
use super::measure::measure;
use super::reference::Standard;
use super::row::{Class, Row};
use super::view::{SortBy, View};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::policy::change::length;
use crate::policy::compare::applies;
use crate::policy::{Requirement, Sheet, Subject, Value};

/// The texts of cells.
pub trait Words {
    /// Short, as the table shows it.
    fn short(&self, column: Column, sheet: &Sheet) -> String;
    /// Short, without names: addresses written before names were shown contain this form.
    fn nameless(&self, column: Column, sheet: &Sheet) -> String;
    /// In full.
    fn full(&self, column: Column, sheet: &Sheet) -> String;
}

/// The positions of the rows that the view shows, in order.
pub fn listing(rows: &[Row], standard: &Standard, view: &View, words: &dyn Words) -> Vec<usize> {
    let sought = Sought::of(&view.text);
    let mut found: Vec<Found> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| view.shows(row.class()) && sought.finds(row) && passes(row, standard, view, words))
        .map(|(at, row)| Found {
            rank: rank(row, standard, view.sort.by),
            is_named: row.holder.is_some(),
            name: row.name().to_lowercase(),
            subject: &row.subject,
            at,
        })
        .collect();
    sort_by(&mut found, |left, right| {
        let by_rank = match (left.rank.known(), right.rank.known()) {
            // Unknown values come last, in either direction.
            (true, true) if view.sort.descending => right.rank.cmp(&left.rank),
            (true, true) => left.rank.cmp(&right.rank),
            (left, right) => right.cmp(&left),
        };
        let reversed = view.sort.by == SortBy::Name && view.sort.descending;
        // A row whose name is still missing must not come before those that can be read.
        let by_rank = by_rank.then_with(|| right.is_named.cmp(&left.is_named));
        by_rank.then_with(|| if reversed { by_name(right, left) } else { by_name(left, right) })
    });
    found.into_iter().map(|found| found.at).collect()
}

/// A listed row, with what it is ordered by.
struct Found<'a> {
    rank: Rank,
    is_named: bool,
    name: String,
    subject: &'a Subject,
    at: usize,
}

/// By the group's name; members before owners of one group.
fn by_name(left: &Found<'_>, right: &Found<'_>) -> Ordering {
    let class = |found: &Found<'_>| Class::of(found.subject);
    let by_name = left.name.cmp(&right.name);
    by_name.then_with(|| left.subject.id().cmp(right.subject.id())).then_with(|| class(left).cmp(&class(right)))
}

/// The text searched for.
struct Sought {
    id: Option<Guid>,
    words: Vec<String>,
}

impl Sought {
    fn of(text: &str) -> Self {
        Self {
            id: text.trim().parse().ok(),
            words: text.to_lowercase().split_whitespace().map(str::to_owned).collect(),
        }
    }

    fn finds(&self, row: &Row) -> bool {
        if let Some(id) = &self.id {
            return row.id() == id;
        }
        if self.words.is_empty() {
            return true;
        }
        let name = row.name().to_lowercase();
        self.words.iter().all(|word| name.contains(word.as_str()))
    }
}

fn passes(row: &Row, standard: &Standard, view: &View, words: &dyn Words) -> bool {
    if !(view.states.is_empty() || view.states.contains(&row.state())) {
        return false;
    }
    let counts = view.deviating || !view.deviations.is_any();
    let Some(sheet) = row.sheet() else {
        return !counts && view.column_filters.iter().all(|(_, filter)| filter.unread);
    };
    let against = standard.of(&row.subject);
    if counts {
        // It may be any number if the reference may say more.
        let in_doubt = standard.is_in_doubt(&row.subject);
        let number = match against {
            Some(against) => deviations(sheet, against),
            None if in_doubt => Deviations::default(),
            None => return false,
        };
        let limit = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let most = if in_doubt { i64::MAX } else { limit(number.certain + number.unknown) };
        let may_be = (limit(number.certain), most);
        if view.deviating && !(in_doubt || number.may_differ()) || !view.deviations.meets(may_be) {
            return false;
        }
    }
    view.column_filters.iter().all(|(column, filter)| shows(*column, sheet, against, filter, words))
}

fn shows(column: Column, sheet: &Sheet, against: Option<&Sheet>, filter: &ColumnFilter, words: &dyn Words) -> bool {
    let by_value = || {
        let short = words.short(column, sheet);
        filter.values.contains(&short) || filter.values.contains(&words.nameless(column, sheet))
    };
    let by_reference = |compared: Compared| {
        let found = against.map_or(Deviation::NotAsked, |against| deviation(column, sheet, against));
        compared.finds(found)
    };
    let by_text = || {
        let full = [&words.short(column, sheet), "\n", &words.full(column, sheet)].concat().to_lowercase();
        filter.text.to_lowercase().split_whitespace().all(|word| full.contains(word))
    };
    filter.asks()
        && (filter.values.is_empty() || by_value())
        && filter.compared.is_none_or(by_reference)
        && (filter.range.is_any() || filter.range.holds(measure(column, sheet)))
        && (filter.text.trim().is_empty() || by_text())
}

/// What a row is ordered by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Unknown,
    Number(i64),
}

impl Rank {
    fn known(&self) -> bool {
        *self != Self::Unknown
    }
}

fn rank(row: &Row, standard: &Standard, by: SortBy) -> Rank {
    let sheet = match by {
        // Equal ranks are ordered by name.
        SortBy::Name => return Rank::Number(0),
        SortBy::Deviations | SortBy::Column(_) => row.sheet(),
    };
    let Some(sheet) = sheet else { return Rank::Unknown };
    match by {
        SortBy::Column(column) => of_column(column, sheet),
        _ => standard.of(&row.subject).map_or(Rank::Unknown, |against| {
            // Most deviations first; of equal numbers, the one that may be more.
            let number = deviations(sheet, against);
            Rank::Number(-i64::try_from(number.certain * 100 + number.unknown).unwrap_or_default())
        }),
    }
}

/// Longer, weaker or more comes later.
fn of_column(column: Column, sheet: &Sheet) -> Rank {
    let mut number = None;
    for setting in column.settings() {
        let Some(value) = sheet.value(setting) else { return Rank::Unknown };
        let one = match value {
            Value::Duration(_) => length(value).unwrap_or(i64::MAX / 4),
            Value::Flag(on) => i64::from(*on),
            Value::Requirement(Requirement::None) => 0,
            Value::Requirement(Requirement::Mfa) => 1,
            Value::Requirement(Requirement::Context(_)) => 2,
            Value::Requirement(Requirement::MfaAndContext(_)) => 3,
            Value::Approvers(list) => i64::try_from(list.len()).unwrap_or_default(),
            Value::Recipients(_) if !applies(setting, sheet) => 0,
            Value::Recipients(list) => i64::try_from(list.len()).unwrap_or_default(),
        };
        number = Some(number.unwrap_or(0_i64).saturating_mul(1_000).saturating_add(one));
    }
    number.map_or(Rank::Unknown, Rank::Number)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::directory::{Group, Holder};
    use crate::policy::Access;

    struct Silent;

    impl Words for Silent {
        fn short(&self, _: Column, _: &Sheet) -> String {
            String::new()
        }

        fn nameless(&self, _: Column, _: &Sheet) -> String {
            String::new()
        }

        fn full(&self, _: Column, _: &Sheet) -> String {
            String::new()
        }
    }

    #[test]
    fn rows_whose_name_is_still_to_come_stand_last() {
        let id = |digit: char| -> Guid { format!("{digit}0000000-0000-4000-8000-000000000000").parse().unwrap() };
        let row = |digit: char, name: Option<&str>| {
            let group = |name: &str| Group {
                id: id(digit),
                name: name.into(),
                description: String::new(),
                role_assignable: false,
                dynamic: false,
                synced: false,
            };
            let holder = name.map(|name| Arc::new(Holder::Group(group(name))));
            Row::waiting(Subject::Group { group: id(digit), access: Access::Member }, holder)
        };
        let rows = [row('1', None), row('2', Some("Zulu")), row('3', Some("Alpha"))];
        let of = |descending: bool| {
            let mut view = View::default();
            view.sort.descending = descending;
            listing(&rows, &Standard::default(), &view, &Silent)
        };
        assert_eq!(of(false), [2, 1, 0]);
        assert_eq!(of(true), [1, 2, 0]);
    }
}
