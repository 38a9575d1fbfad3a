//! The columns and rows of the table, the texts of its cells, and the person's actions.

use std::borrow::Cow;

/// A column after the names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridColumn {
    /// Its header.
    pub label: &'static str,
    /// The label above it and its neighbors.
    pub group: &'static str,
    /// Its width, in pixels.
    pub width: u32,
    /// Stays in place when the table is scrolled sideways.
    pub stuck: bool,
}

/// How a column is sorted and filtered now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridHead {
    /// Whether descending, if sorted by it.
    pub sorted: Option<bool>,
    /// The filter as text; empty if none.
    pub filter: String,
    /// What its cells are compared with, as text; may be empty.
    pub held_against: String,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GridTone {
    /// Like any text.
    #[default]
    Plain,
    /// Less prominent.
    Muted,
    /// Marked as weaker.
    Weaker,
    /// Marked as stricter.
    Stricter,
    /// Marked as different.
    Different,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridCell {
    /// Its text.
    pub text: String,
    /// A sign before the text; may be empty.
    pub sign: &'static str,
    /// The meaning of sign and look, for those who cannot see them, and text that does not fit; may be empty.
    pub said: Cow<'static, str>,
    /// How it looks.
    pub tone: GridTone,
}

impl GridCell {
    /// What it displays.
    pub(super) fn shown(&self) -> String {
        if self.sign.is_empty() { self.text.clone() } else { [self.sign, " ", &self.text].concat() }
    }
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridRow {
    /// Its name; may be written by other people.
    pub name: String,
    /// A word after the name.
    pub note: &'static str,
    /// The address of the name's link.
    pub href: String,
    /// Whether it is selected.
    pub selected: bool,
    /// The cells, as many as there are columns.
    pub cells: Vec<GridCell>,
}

/// Where the person is in the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GridPlace {
    /// How far it is scrolled down, in pixels.
    pub top: i32,
    /// How far it is scrolled sideways, in pixels.
    pub left: i32,
    /// The row with the focus; `None` for the headers.
    pub row: Option<usize>,
    /// The column with the focus: 0 is the checkbox, 1 the name.
    pub column: usize,
}

impl Default for GridPlace {
    /// On the first name.
    fn default() -> Self {
        Self { top: 0, left: 0, row: Some(0), column: 1 }
    }
}

/// An action of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridAct {
    /// Opens the row. If `by_link` is set, the browser does it by following the link.
    Open {
        /// The row.
        row: usize,
        /// The browser follows the link.
        by_link: bool,
    },
    /// Opens a cell.
    Cell {
        /// The row.
        row: usize,
        /// The column, counted from 0 after the name.
        column: usize,
    },
    /// Opens the menu of a header; `None` is that of the names.
    Head(Option<usize>),
    /// Selects or deselects a row.
    Select {
        /// The row.
        row: usize,
        /// Whether to select it.
        selected: bool,
        /// With all rows since the last one selected.
        range: bool,
    },
    /// Selects all rows or none.
    SelectAll(bool),
}

/// The table's own texts.
#[derive(Clone, Copy, Debug)]
pub struct GridWords {
    /// What the rows are.
    pub caption: &'static str,
    /// Header of the names.
    pub name: &'static str,
    /// Label above the first columns.
    pub first: &'static str,
    /// Accessible name of a row's checkbox.
    pub select: &'static str,
    /// Accessible name of the checkbox in the header.
    pub select_all: &'static str,
}
