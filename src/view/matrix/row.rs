//! A row of the table as text.

use leptos::prelude::*;

use super::shown::Shown;
use crate::matrix::{Column, Deviation, Row, Standard, deviation};
use crate::policy::{Setting, Sheet};
use crate::route::Route;
use crate::text;
use crate::text::matrix::cell;
use crate::text::policy::value::Names;
use crate::view::part::{GridCell, GridRow, GridTone};

/// The row at a position on screen; views follow its data.
pub fn grid_row(shown: Shown, at: usize) -> Option<GridRow> {
    let names = shown.names();
    shown.columns.with(|columns| {
        shown.standard.with(|standard| {
            let mut row = shown.with_row(at, |row| written(row, columns, standard, &names))?;
            let key = shown.with_row(at, |row| row.subject.to_string())?;
            row.selected = shown.browsing.selection.with(|selection| selection.contains(&key));
            Some(row)
        })
    })
}

fn written(row: &Row, columns: &[Column], standard: &Standard, names: &dyn Names) -> GridRow {
    let mut cells = Vec::with_capacity(columns.len() + 1);
    let sheet = row.sheet();
    let against = sheet.and_then(|_| standard.of(&row.subject));
    let muted = sheet.is_none() || against.is_none();
    cells.push(GridCell {
        text: text::matrix::table::deviating(row, standard, columns),
        sign: "",
        said: "".into(),
        tone: if muted { GridTone::Muted } else { GridTone::Plain },
    });
    if let Some(sheet) = sheet {
        cells.extend(columns.iter().map(|column| {
            let found = against.map_or(Deviation::NotAsked, |against| deviation(*column, sheet, against));
            let others = cell::others(*column, sheet, names);
            let said = cell::said(found);
            GridCell {
                text: cell::short(*column, sheet, names),
                sign: cell::sign(found),
                said: if others.is_empty() { said.into() } else { [&others, said].concat().into() },
                tone: tone(found, *column, sheet),
            }
        }));
    }
    GridRow {
        name: row.name().to_owned(),
        note: text::matrix::class_one(row.class()),
        href: Route::policy(row.subject.clone()).to_string(),
        selected: false,
        cells,
    }
}

fn tone(found: Deviation, column: Column, sheet: &Sheet) -> GridTone {
    match found {
        Deviation::Weaker => GridTone::Weaker,
        Deviation::Stricter => GridTone::Stricter,
        Deviation::Other => GridTone::Different,
        _ if is_idle(column, sheet) => GridTone::Muted,
        _ => GridTone::Plain,
    }
}

/// Whether a value has no effect, because another setting turns it off.
fn is_idle(column: Column, sheet: &Sheet) -> bool {
    match column {
        Column::Setting(Setting::Approvers) => sheet.flag(Setting::ApprovalRequired) == Some(false),
        Column::Setting(Setting::EligibleExpiry) => sheet.flag(Setting::EligiblePermanent) == Some(true),
        Column::Setting(Setting::ActiveExpiry) => sheet.flag(Setting::ActivePermanent) == Some(true),
        _ => false,
    }
}

/// A row's name with its class, as other pages say it: "Tier-0 Operators (members)".
pub fn full_name(row: &Row) -> String {
    text::subject::policy_of(&row.subject, row.name())
}
