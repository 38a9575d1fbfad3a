//! What the table shows now: the view in the address, applied to what was read.

use leptos::prelude::*;

use crate::matrix::listing::Words;
use crate::matrix::{Class, Column, Reference, Row, SortBy, Standard, View, listing};
use crate::policy::Sheet;
use crate::policy::Subject;
use crate::route::Route;
use crate::state::directory::names::{Called, Known, Names};
use crate::state::frame::nav::Nav;
use crate::state::matrix::browsing::Browsing;
use crate::state::matrix::standard::standard;
use crate::state::matrix::{MatrixState, ReadingProgress, ReadingStage};
use crate::text;
use crate::view::part::{GridAct, GridColumn, GridHead};

/// The table as it is on screen.
#[derive(Clone, Copy)]
pub struct Shown {
    places: StoredValue<(MatrixState, Nav, Names)>,
    /// Selection and position.
    pub browsing: Browsing,
    /// The filters, order and columns in the address.
    pub view: Memo<View>,
    /// What it is compared with.
    pub standard: Memo<Standard>,
    /// The indexes of the rows that are shown, in order.
    pub listed: Memo<Vec<usize>>,
    /// The columns that are shown.
    pub columns: Memo<Vec<Column>>,
    /// The header whose menu is open: the names', the deviations', or a column's.
    pub head: RwSignal<Option<SortBy>>,
    /// The cell that is open: the subject, and the column; `None` for the deviations.
    pub cell: RwSignal<Option<(Subject, Option<Column>)>>,
}

impl Shown {
    /// Follows the address and the survey.
    pub fn new() -> Self {
        let (nav, table, names) = (Nav::current(), MatrixState::current(), Names::current());
        let view = nav.asked(|route| if let Route::Matrix(view) = route { Some(view) } else { None });
        let chosen = Memo::new(move |_| view.with(|view| view.reference.clone()));
        let kept_for = StoredValue::new(None::<Reference>);
        let standard = Memo::new(move |before: Option<&Standard>| {
            let reference = chosen.get();
            let found = standard(&reference, table);
            // A reference that is being read again stays as it was, and with it the rows that are listed by it.
            let rereads = || [table.groups, table.roles].iter().any(|part| part.with(ReadingProgress::rereads));
            let same = kept_for.with_value(|known| known.as_ref() == Some(&reference));
            match before {
                Some(before) if found.is_empty() && same && rereads() => before.clone(),
                _ => {
                    kept_for.set_value(Some(reference));
                    found
                }
            }
        });
        let listed = Memo::new(move |_| {
            let in_full = view.with(|view| view.column_filters.iter().any(|(_, filter)| !filter.text.is_empty()));
            let words = Said { called: names.called(), known: in_full.then(|| names.known()) };
            let list = |view: &View, against: &Standard| table.rows.with(|rows| listing(rows, against, view, &words));
            view.with(|view| standard.with(|standard| list(view, standard)))
        });
        let columns = Memo::new(move |_| view.with(View::columns));
        let (head, cell) = (RwSignal::new(None), RwSignal::new(None));
        let places = StoredValue::new((table, nav, names));
        Self { places, browsing: Browsing::current(), view, standard, listed, columns, head, cell }
    }

    /// The rows that were read, and the state of the survey.
    pub fn table(self) -> MatrixState {
        self.places.with_value(|(table, ..)| *table)
    }

    /// The names of approvers; views that use them follow them.
    pub fn names(self) -> Called {
        self.places.with_value(|(.., names)| names.called())
    }

    fn nav(self) -> Nav {
        self.places.with_value(|(_, nav, _)| *nav)
    }

    /// Changes the view; the address follows, without a history entry.
    pub fn refine(self, change: impl FnOnce(View) -> View) {
        self.nav().refine(Route::Matrix(change(self.view.get_untracked())));
    }

    /// Reads something of the row at a position on screen; views follow it.
    pub fn with_row<T>(self, at: usize, read: impl FnOnce(&Row) -> T) -> Option<T> {
        let place = self.listed.with(|listed| listed.get(at).copied())?;
        self.table().rows.with(|rows| rows.get(place).map(read))
    }

    /// Reads something of the row of a subject; views follow it.
    pub fn with_subject<T>(self, subject: &Subject, read: impl FnOnce(&Row) -> T) -> Option<T> {
        self.table().rows.with(|rows| rows.iter().find(|row| row.subject == *subject).map(read))
    }

    /// The position of a subject's row on screen; views follow it.
    pub fn place_of(self, subject: &Subject) -> Option<usize> {
        let is_it = |place: &usize, rows: &Vec<Row>| rows.get(*place).is_some_and(|row| row.subject == *subject);
        self.listed.with(|listed| self.table().rows.with(|rows| listed.iter().position(|place| is_it(place, rows))))
    }

    /// How many rows of the shown classes there are; views follow it.
    pub fn all(self) -> usize {
        let view = self.view.get();
        self.table().rows.with(|rows| rows.iter().filter(|row| view.shows(row.class())).count())
    }

    /// The keys, as used in the selection, of the subjects on screen, in order.
    pub fn keys(self) -> Vec<String> {
        let key = |place: &usize, rows: &Vec<Row>| rows.get(*place).map(|row| row.subject.to_string());
        self.listed
            .with(|listed| self.table().rows.with(|rows| listed.iter().filter_map(|place| key(place, rows)).collect()))
    }

    /// The columns for the grid: the deviations, then the settings.
    pub fn grid_columns(self) -> Vec<GridColumn> {
        let held = self.view.with(|view| usize::from(view.frozen));
        let label = text::matrix::DEVIATIONS;
        let mut all = vec![GridColumn { label, group: text::matrix::POLICY, width: 112, stuck: held > 0 }];
        self.columns.with(|columns| {
            all.extend(columns.iter().enumerate().map(|(at, column)| GridColumn {
                label: text::matrix::head(*column),
                group: text::policy::setting::tab(column.tab()),
                width: width(*column),
                stuck: at < held,
            }));
        });
        all
    }

    /// How the columns are sorted and filtered, the names first.
    pub fn grid_heads(self) -> Vec<GridHead> {
        self.view.with(|view| {
            let sorted = |by: SortBy| (view.sort.by == by).then_some(view.sort.descending);
            let filter = |column: &Column| {
                let asked = view.filter_of(*column);
                asked.map(|asked| text::matrix::filter::column_filter(*column, asked)).unwrap_or_default()
            };
            let plain = |by, filter| GridHead { sorted: sorted(by), filter, held_against: String::new() };
            let deviating = text::matrix::filter::deviating(view);
            let mut heads = vec![plain(SortBy::Name, String::new()), plain(SortBy::Deviations, deviating)];
            // The most deviations come first: what the order calls ascending looks descending.
            heads[1].sorted = heads[1].sorted.map(|down| !down);
            heads.extend(view.columns().iter().map(|column| GridHead {
                sorted: sorted(SortBy::Column(*column)),
                filter: filter(column),
                held_against: self.held_against(*column),
            }));
            heads
        })
    }

    /// What the cells of a column are compared with, if that is the same for all of a class; views follow it.
    pub fn held_against(self, column: Column) -> String {
        let names = self.names();
        let values = self.standard.with(|standard| {
            let of = |class: Class| {
                let sheet = standard.class(class).filter(|_| self.shows(class))?;
                // What the reference does not contain is marked nowhere.
                let speaks = column.settings().into_iter().any(|setting| sheet.reading(setting).is_some());
                speaks.then(|| (class, text::matrix::cell::short(column, sheet, &names)))
            };
            Class::ALL.into_iter().filter_map(of).collect::<Vec<_>>()
        });
        text::matrix::of_reference(&values)
    }

    /// Carries out what the person does in the grid.
    pub fn act(self, act: GridAct) {
        match act {
            GridAct::Open { row, by_link } => {
                let Some(subject) = untrack(|| self.with_row(row, |row| row.subject.clone())) else { return };
                self.browsing.opened.set_value(Some(subject.clone()));
                if !by_link {
                    self.nav().go(&Route::policy(subject));
                }
            }
            GridAct::Cell { row, column } => {
                let Some(subject) = untrack(|| self.with_row(row, |row| row.subject.clone())) else { return };
                let column =
                    column.checked_sub(1).and_then(|at| self.columns.with_untracked(|all| all.get(at).copied()));
                self.cell.set(Some((subject, column)));
            }
            GridAct::Head(column) => {
                let by = match column {
                    None => Some(SortBy::Name),
                    Some(0) => Some(SortBy::Deviations),
                    Some(at) => self.columns.with_untracked(|all| all.get(at - 1).copied().map(SortBy::Column)),
                };
                self.head.set(by);
            }
            GridAct::Select { row, selected, range } => {
                let Some(key) = untrack(|| self.with_row(row, |row| row.subject.to_string())) else { return };
                self.browsing.selection.update(|selection| {
                    if range {
                        selection.extend_to(&key, selected, &untrack(|| self.keys()));
                    } else {
                        selection.set(&key, selected);
                    }
                });
            }
            GridAct::SelectAll(on) => {
                let keys = untrack(|| self.keys());
                self.browsing
                    .selection
                    .update(|selection| if on { selection.add(keys) } else { selection.remove(&keys) });
            }
        }
    }

    /// Reads each row of the shown classes; views follow it.
    pub fn each_of_shown_classes(self, mut read: impl FnMut(&Row)) {
        self.view.with(|view| {
            self.table().rows.with(|rows| rows.iter().filter(|row| view.shows(row.class())).for_each(&mut read));
        });
    }

    /// Whether something is being read; views follow it.
    pub fn is_running(self) -> bool {
        let table = self.table();
        [table.groups, table.roles].iter().any(|part| part.with(|part| part.stage == ReadingStage::Running))
    }

    /// Why these classes have no majority: as long as some of them are not read, there may still be one; views follow
    /// it.
    pub fn no_majority(self, is_meant: impl Fn(Class) -> bool) -> &'static str {
        let table = self.table();
        let is_open = |class| {
            let part = if class == Class::Roles { table.roles } else { table.groups };
            let is_unread = |row: &Row| row.class() == class && row.is_unread();
            part.with(ReadingProgress::is_cut_off) || table.rows.with(|rows| rows.iter().any(is_unread))
        };
        if self.is_running() || Class::ALL.into_iter().any(|class| is_meant(class) && is_open(class)) {
            text::matrix::MAJORITY_LATER
        } else {
            text::matrix::NO_MAJORITY
        }
    }

    /// Of how many rows of the shown classes it is not known whether the reference says more about them; views follow
    /// it.
    pub fn in_doubt(self) -> usize {
        let is_shown = |subject: &&Subject| self.shows(Class::of(subject));
        self.standard.with(|standard| standard.doubts().iter().filter(is_shown).count())
    }

    /// Whether rows of a class are shown; views follow it.
    pub fn shows(self, class: Class) -> bool {
        self.view.with(|view| view.shows(class))
    }
}

/// The texts of cells, with the names known so far.
struct Said {
    called: Called,
    known: Option<Known>,
}

impl Words for Said {
    fn short(&self, column: Column, sheet: &Sheet) -> String {
        text::matrix::cell::short(column, sheet, &self.called)
    }

    fn nameless(&self, column: Column, sheet: &Sheet) -> String {
        text::matrix::cell::short(column, sheet, &text::matrix::cell::Nameless)
    }

    fn full(&self, column: Column, sheet: &Sheet) -> String {
        self.known.as_ref().map(|known| text::matrix::cell::full_line(column, sheet, known)).unwrap_or_default()
    }
}

impl Default for Shown {
    fn default() -> Self {
        Self::new()
    }
}

/// The width of the usual words in the column, in pixels.
const fn width(column: Column) -> u32 {
    use crate::policy::Setting;
    match column {
        Column::Mail(_) | Column::Setting(Setting::Approvers) => 136,
        Column::Setting(Setting::ActivationDuration | Setting::EligibleExpiry | Setting::ActiveExpiry) => 104,
        Column::Setting(Setting::ActivationJustification | Setting::ActiveJustification) => 108,
        Column::Setting(_) => 96,
    }
}
