//! The target of a mouse or key event in the table, and where a key leads.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlInputElement};

use super::GridPlace;
use crate::windowing::{Step, Window};

/// The target of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// A cell of a row.
    Cell(usize, usize),
    /// The checkbox of a row, and whether it is checked.
    Box(usize, bool),
    /// The link of a row.
    Link(usize),
    /// A header.
    Head(usize),
    /// The checkbox for all rows.
    AllBox,
}

/// Number of header rows; the first row of the table has the index after them, counted from 1.
pub const HEAD_ROWS: usize = 2;

/// Determines it from the element's position in the table.
pub fn aim(event: &Event) -> Option<Aim> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let number = |selector: &str, name: &str| {
        target.closest(selector).ok().flatten()?.get_attribute(name)?.parse::<usize>().ok()
    };
    let column = number("[aria-colindex]", "aria-colindex")?.checked_sub(1)?;
    let Some(row) = number("tr", "aria-rowindex")?.checked_sub(HEAD_ROWS + 1) else {
        if target.has_type::<HtmlInputElement>() {
            return Some(Aim::AllBox);
        }
        return target.closest("button").ok().flatten().map(|_| Aim::Head(column));
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return Some(Aim::Box(row, input.checked()));
    }
    let on_link = target.closest("a").ok().flatten().is_some();
    Some(if on_link { Aim::Link(row) } else { Aim::Cell(row, column) })
}

/// Where a key leads from a place; `None` for keys that do not move.
pub fn step(key: &str, ctrl: bool, at: GridPlace, window: Window, columns: usize) -> Option<GridPlace> {
    let last = columns + 1;
    let to_row = |row: Option<usize>| Some(GridPlace { row, ..at });
    let to_column = |column: usize| Some(GridPlace { column, ..at });
    let walk = |step: Step| if window.rows == 0 { None } else { to_row(Some(window.step(at.row.unwrap_or(0), step))) };
    match (key, at.row) {
        ("ArrowLeft", _) => to_column(at.column.saturating_sub(1)),
        ("ArrowRight", _) => to_column((at.column + 1).min(last)),
        ("Home", _) if ctrl => walk(Step::First),
        ("End", _) if ctrl => walk(Step::Last),
        ("Home", _) => to_column(0),
        ("End", _) => to_column(last),
        ("ArrowUp", Some(0)) => to_row(None),
        ("ArrowUp", Some(_)) => walk(Step::Up),
        ("ArrowDown", None) if window.rows > 0 => to_row(Some(window.first_in_sight())),
        ("ArrowDown", Some(_)) => walk(Step::Down),
        ("PageUp", Some(_)) => walk(Step::PageUp),
        ("PageDown", Some(_)) => walk(Step::PageDown),
        _ => None,
    }
}
