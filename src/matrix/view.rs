//! How the person looks at the table: which rows and columns, in which order, held against what. All of it stands in the
//! address.

use super::column::Column;
use super::column_filter::{ColumnFilter, Range};
use super::reference::Reference;
use super::row::{Class, State};
use crate::policy::Tab;

/// Most columns that stay in place; with more there would be nothing left to move.
pub const MOST_FROZEN: u8 = 4;

/// What rows are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// Name, members before owners.
    #[default]
    Name,
    /// In how many columns a row deviates.
    Deviations,
    /// A column's value.
    Column(Column),
}

/// An order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// The other way round.
    pub descending: bool,
}

/// The view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// Which classes are shown, in their order; empty for members and owners.
    pub classes: Vec<Class>,
    /// What rows are held against.
    pub reference: Reference,
    /// Words of the name, or an id; empty for all.
    pub text: String,
    /// The order.
    pub sort: Sort,
    /// Only rows that deviate somewhere.
    pub deviating: bool,
    /// In how many columns a row must deviate.
    pub deviations: Range,
    /// How far rows must be; empty for all.
    pub states: Vec<State>,
    /// What columns must show.
    pub column_filters: Vec<(Column, ColumnFilter)>,
    /// The nine columns of mails are shown too: with them the table is twice as wide.
    pub mails: bool,
    /// Columns that are not shown.
    pub hidden: Vec<Column>,
    /// How many columns stay in place beside the name when the table is moved sideways; [`MOST_FROZEN`] at most.
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

    /// What a column must show, if anything.
    pub fn filter_of(&self, column: Column) -> Option<&ColumnFilter> {
        self.column_filters.iter().find(|(known, _)| *known == column).map(|(_, filter)| filter)
    }

    /// The same view with rows of a class shown or not. The last class stays.
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

    /// The same view with a column asked for something, or for nothing.
    #[must_use]
    pub fn with_filter(&self, column: Column, filter: ColumnFilter) -> Self {
        let mut view = self.clone();
        view.column_filters.retain(|(known, _)| *known != column);
        if !filter.is_empty() {
            view.column_filters.push((column, filter));
        }
        view
    }

    /// The same view with rows of a state listed or not.
    #[must_use]
    pub fn with_state(&self, state: State, on: bool) -> Self {
        let mut view = self.clone();
        view.states.retain(|known| *known != state);
        if on {
            view.states.push(state);
        }
        view
    }

    /// Whether rows are left out for any reason but their class.
    pub fn filters(&self) -> bool {
        !self.text.trim().is_empty() || self.deviating || self.filtered_columns() > 0
    }

    /// How many columns are filtered by, that of the deviations among them.
    pub fn filtered_columns(&self) -> usize {
        self.column_filters.len() + usize::from(!self.deviations.is_any() || !self.states.is_empty())
    }

    /// The same view without filters.
    #[must_use]
    pub fn unfiltered(&self) -> Self {
        let none = Self { text: String::new(), deviating: false, column_filters: Vec::new(), ..self.clone() };
        Self { deviations: Range::ANY, states: Vec::new(), ..none }
    }
}
