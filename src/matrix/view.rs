//! How the table is shown: which rows and columns, in which order, compared to what. All of it is in the address.

use super::column::Column;
use super::column_filter::{ColumnFilter, Range};
use super::reference::Reference;
use super::row::{Class, State};
use crate::policy::Tab;

/// The most columns that can stay in place; with more there would be nothing left to scroll.
pub const MOST_FROZEN: u8 = 4;

/// What rows are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// By name, members before owners.
    #[default]
    Name,
    /// By the number of columns in which a row deviates.
    Deviations,
    /// By the value of a column.
    Column(Column),
}

/// An order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sort {
    /// What they are ordered by.
    pub by: SortBy,
    /// In reverse order.
    pub descending: bool,
}

/// What the table shows, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// Which classes are shown, in their order; empty for members and owners.
    pub classes: Vec<Class>,
    /// What the rows are compared to.
    pub reference: Reference,
    /// Words of the name, or an ID; empty for all.
    pub text: String,
    /// The order of the rows.
    pub sort: Sort,
    /// Only rows that deviate in some column.
    pub deviating: bool,
    /// The number of columns in which a row must deviate.
    pub deviations: Range,
    /// The states that rows must have; empty for all.
    pub states: Vec<State>,
    /// The filters of columns.
    pub column_filters: Vec<(Column, ColumnFilter)>,
    /// The nine columns of emails are shown too: they make the table twice as wide.
    pub mails: bool,
    /// Columns that are hidden.
    pub hidden: Vec<Column>,
    /// How many columns stay in place beside the name when the table is scrolled sideways; at most [`MOST_FROZEN`].
    pub frozen: u8,
}

impl View {
    /// The table as it opens.
    pub const NEW: Self = Self {
        classes: Vec::new(),
        reference: Reference::Majority,
        text: String::new(),
        sort: Sort { by: SortBy::Name, descending: false },
        deviating: false,
        deviations: Range::ANY,
        states: Vec::new(),
        column_filters: Vec::new(),
        mails: false,
        hidden: Vec::new(),
        frozen: 0,
    };

    /// Whether rows of a class are shown.
    pub fn shows(&self, class: Class) -> bool {
        if self.classes.is_empty() { class != Class::Roles } else { self.classes.contains(&class) }
    }

    /// The columns that are shown, in order.
    pub fn columns(&self) -> Vec<Column> {
        let shown =
            |column: &Column| !self.hidden.contains(column) && (self.mails || column.tab() != Tab::Notification);
        Column::all().into_iter().filter(shown).collect()
    }

    /// The filter of a column, if it has one.
    pub fn filter_of(&self, column: Column) -> Option<&ColumnFilter> {
        self.column_filters.iter().find(|(known, _)| *known == column).map(|(_, filter)| filter)
    }

    /// The same view with the rows of a class shown or hidden. The last class cannot be hidden.
    #[must_use]
    pub fn with_class(&self, class: Class, on: bool) -> Self {
        let shown = |other: &Class| if *other == class { on } else { self.shows(*other) };
        let classes: Vec<Class> = Class::ALL.into_iter().filter(shown).collect();
        let usual = classes == [Class::Members, Class::Owners];
        if classes.is_empty() {
            self.clone()
        } else {
            Self { classes: if usual { Vec::new() } else { classes }, ..self.clone() }
        }
    }

    /// The same view with this filter for a column; an empty one removes it.
    #[must_use]
    pub fn with_filter(&self, column: Column, filter: ColumnFilter) -> Self {
        let mut view = self.clone();
        view.column_filters.retain(|(known, _)| *known != column);
        if !filter.is_empty() {
            view.column_filters.push((column, filter));
        }
        view
    }

    /// The same view with rows in a state listed or not.
    #[must_use]
    pub fn with_state(&self, state: State, on: bool) -> Self {
        let mut view = self.clone();
        view.states.retain(|known| *known != state);
        if on {
            view.states.push(state);
        }
        view
    }

    /// Whether anything other than the class hides rows.
    pub fn filters(&self) -> bool {
        !self.text.trim().is_empty() || self.deviating || self.filtered_columns() > 0
    }

    /// How many columns have a filter, the number of deviations included.
    pub fn filtered_columns(&self) -> usize {
        self.column_filters.len() + usize::from(!self.deviations.is_any() || !self.states.is_empty())
    }

    /// The same view without any filter.
    #[must_use]
    pub fn unfiltered(&self) -> Self {
        let none = Self { text: String::new(), deviating: false, column_filters: Vec::new(), ..self.clone() };
        Self { deviations: Range::ANY, states: Vec::new(), ..none }
    }
}
