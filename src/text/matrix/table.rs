//! The table as a file.

use crate::matrix::deviation::{deviation, deviations};
use crate::matrix::{Column, Deviation, Row, Standard, Standing, State};
use crate::text::paper::Gaps;
use crate::text::policy::value::{Names, WithIds};

use super::{cell, progress};

/// The text of a row without a policy to show.
pub const fn standing(standing: &Standing) -> &'static str {
    match standing {
        Standing::Read(_) => "",
        Standing::Waiting => progress::WAITING,
        Standing::NoPolicy => progress::NO_POLICY,
        Standing::Several => progress::SEVERAL,
        Standing::Failed => progress::FAILED,
        Standing::NotRead => progress::NOT_READ,
    }
}

/// The state of rows, for a filter.
pub const fn state(state: State) -> &'static str {
    match state {
        State::Read => "read",
        State::Waiting => progress::WAITING,
        State::NoPolicy => progress::NO_POLICY,
        State::Several => progress::SEVERAL,
        State::Failed => progress::FAILED,
        State::NotRead => progress::NOT_READ,
    }
}

/// The cell with a row's deviations: how many, how many of them are in hidden columns, and in how many columns nobody
/// can say.
pub fn deviating(row: &Row, standard: &Standard, shown: &[Column]) -> String {
    let Some(sheet) = row.sheet() else { return standing(&row.standing).to_owned() };
    let in_doubt = standard.is_in_doubt(&row.subject);
    let Some(against) = standard.of(&row.subject) else {
        return if in_doubt { "not known".to_owned() } else { String::new() };
    };
    let all = deviations(sheet, against);
    let seen = shown.iter().filter(|column| deviation(**column, sheet, against).differs()).count();
    let mut words = all.certain.to_string();
    if all.certain > seen {
        words.push_str(&[" (", &(all.certain - seen).to_string(), " hidden)"].concat());
    }
    if all.unknown > 0 {
        words.push_str(&[", ", &all.unknown.to_string(), " not known"].concat());
    }
    if in_doubt {
        words.push_str(" or more");
    }
    words
}

/// Facts about a file or a printed page, so that it can be shown to someone later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatrixHead {
    /// What the rows are compared with.
    pub reference: String,
    /// When they were read.
    pub read_at: String,
    /// The tenant's name and ID.
    pub tenant: String,
    /// Who saved it; empty on paper, which says above the table who printed it.
    pub by: String,
    /// When it was saved; empty on paper.
    pub at: String,
    /// What the filters show; empty if they show everything.
    pub only: String,
    /// How many of how many rows are shown.
    pub rows: String,
    /// What was not read.
    pub gaps: Gaps,
}

impl MatrixHead {
    fn facts(&self) -> Vec<(&'static str, String)> {
        let mut told = vec![
            (super::HELD_AGAINST, self.reference.clone()),
            (super::READ_AT, self.read_at.clone()),
            (super::TENANT, self.tenant.clone()),
            ("Saved by", self.by.clone()),
            ("Saved at", self.at.clone()),
            ("Filtered", self.only.clone()),
            (super::ROWS, self.rows.clone()),
        ];
        told.extend(self.gaps.facts());
        told.retain(|(_, fact)| !fact.is_empty());
        told
    }

    /// All facts on one line.
    pub fn line(&self) -> String {
        self.facts().iter().map(|(name, fact)| [name, ": ", fact].concat()).collect::<Vec<_>>().join(". ")
    }
}

/// The rows as a table for spreadsheets, with full values; the last column names the deviations, and what cannot be
/// compared.
pub fn as_csv<'a>(
    about: &MatrixHead,
    rows: impl Iterator<Item = &'a Row>,
    columns: &[Column],
    standard: &Standard,
    names: &dyn Names,
) -> String {
    let heads: Vec<String> = columns.iter().map(|column| super::full_head(*column)).collect();
    let mut head = vec![super::NAME, "ID", super::POLICY, super::DEVIATIONS];
    head.extend(heads.iter().map(String::as_str));
    head.push("Deviating");
    let line = |row: &Row| {
        let class = super::class_one(row.class()).to_owned();
        let mut cells = vec![row.name().to_owned(), row.id().to_string(), class, deviating(row, standard, columns)];
        let names = WithIds(names);
        let of = |column: &Column| row.sheet().map(|sheet| cell::full_line(*column, sheet, &names)).unwrap_or_default();
        cells.extend(columns.iter().map(of));
        cells.push(told(row, columns, standard));
        cells
    };
    crate::csv::table_about(&about.facts(), &head, rows.map(line).collect::<Vec<_>>())
}

fn told(row: &Row, columns: &[Column], standard: &Standard) -> String {
    let doubt = if standard.is_in_doubt(&row.subject) { super::IN_DOUBT } else { "" };
    let (Some(sheet), Some(against)) = (row.sheet(), standard.of(&row.subject)) else { return doubt.to_owned() };
    let one = |column: &Column| {
        let found: Deviation = deviation(*column, sheet, against);
        let is_told = found.differs() || found == Deviation::Unknown;
        is_told.then(|| [super::head(*column), ": ", cell::deviation(found)].concat())
    };
    let doubt = Some(doubt.to_owned()).filter(|doubt| !doubt.is_empty());
    columns.iter().filter_map(one).chain(doubt).collect::<Vec<_>>().join("; ")
}
