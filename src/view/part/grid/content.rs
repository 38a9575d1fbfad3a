//! What the table is made of, what its cells say, and what the person does in it.

use std::borrow::Cow;

/// A column after the names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridColumn {
    /// Its head.
    pub label: &'static str,
    /// What stands above it and its neighbours.
    pub group: &'static str,
    /// Its width, in pixels.
    pub width: u32,
    /// Stays in place when the table is moved sideways.
    pub stuck: bool,
}

/// How a column is ordered and filtered now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridHead {
    /// Ordered by it: whether descending.
    pub sorted: Option<bool>,
    /// Filtered by it, in words; empty for not.
    pub filter: String,
    /// What its cells are held against, in words; may be empty.
    pub held_against: String,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GridTone {
    /// Like any text.
    #[default]
    Plain,
    /// Of less weight.
    Muted,
    /// Stands out: worse.
    Weaker,
    /// Stands out: better.
    Stricter,
    /// Stands out.
    Different,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridCell {
    /// What it says.
    pub text: String,
    /// A sign before the text; may be empty.
    pub sign: &'static str,
    /// What sign and look mean, for those who do not see them, and what there is no room for; may be empty.
    pub said: Cow<'static, str>,
    /// How it looks.
    pub tone: GridTone,
}

impl GridCell {
    /// What stands in it.
    pub(super) fn shown(&self) -> String {
        if self.sign.is_empty() { self.text.clone() } else { [self.sign, " ", &self.text].concat() }
    }
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridRow {
    /// Its name; may be someone's text.
    pub name: String,
    /// A word after the name.
    pub note: &'static str,
    /// Where the name leads.
    pub href: String,
    /// Ticked.
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
    /// The row with the keyboard; `None` for the heads.
    pub row: Option<usize>,
    /// The column with the keyboard: 0 selects, 1 is the name.
    pub column: usize,
}

impl Default for GridPlace {
    /// On the first name.
    fn default() -> Self {
        Self { top: 0, left: 0, row: Some(0), column: 1 }
    }
}

/// What the person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridAct {
    /// Opens the row. The link does it by itself where `by_link` says so.
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
        /// The column, from 0 after the name.
        column: usize,
    },
    /// Opens a head; `None` is that of the names.
    Head(Option<usize>),
    /// Ticks a row or not.
    Select {
        /// The row.
        row: usize,
        /// Ticked.
        selected: bool,
        /// With all since the last one.
        range: bool,
    },
    /// Ticks all rows or none.
    SelectAll(bool),
}

/// Words the table needs.
#[derive(Clone, Copy, Debug)]
pub struct GridWords {
    /// What the rows are.
    pub caption: &'static str,
    /// Head of the names.
    pub name: &'static str,
    /// Above the first columns.
    pub first: &'static str,
    /// Name of a row's box.
    pub select: &'static str,
    /// Name of the box in the head.
    pub select_all: &'static str,
}
