//! The table of policies: `#/matrix`.

use leptos::prelude::*;

use crate::auth::extras::Extra;
use crate::browser::locale;
use crate::matrix::{Class, Reference, View};
use crate::policy::Subject;
use crate::state::directory::names::Names;
use crate::state::extras::ExtrasState;
use crate::state::frame::heading::name_page;
use crate::state::frame::nav::Nav;
use crate::state::matrix::{MatrixState, ReadingStage};
use crate::text;
use crate::view::many_tabs::ManyTabs;
use crate::view::matrix::cell_dialog::CellDialog;
use crate::view::matrix::columns::ColumnsDialog;
use crate::view::matrix::head_dialog::HeadDialog;
use crate::view::matrix::progress::{Failures, ReadingLine};
use crate::view::matrix::reference::ReferenceTrouble;
use crate::view::matrix::row::grid_row;
use crate::view::matrix::selected::SelectedBar;
use crate::view::matrix::shown::Shown;
use crate::view::matrix::toolbar::{Outlets, Toolbar, Ways, about};
use crate::view::page::roles::Gate;
use crate::view::part::{Button, EmptyState, Glyph, Grid, GridWords, PageHeader, Skeleton, SkeletonShape};
use crate::view::printing::PrintedAbout;

const WORDS: GridWords = GridWords {
    caption: text::matrix::CAPTION,
    name: text::matrix::NAME,
    first: text::matrix::POLICY,
    select: text::matrix::SELECT,
    select_all: text::matrix::SELECT_SHOWN,
};

/// The page.
#[component]
pub fn MatrixPage() -> impl IntoView {
    // Before anything is drawn: the first answer arrives while the browser draws.
    let table = MatrixState::current();
    untrack(|| table.want_groups());
    let title = name_page(text::matrix::TITLE);
    let (shown, wanted) = (Shown::new(), ExtrasState::current());
    let columns_open = RwSignal::new(false);
    // On return, the focus goes to the row of the policy that was opened; after that it stays where it was.
    let opened = shown.browsing.opened.get_value().filter(|_| Nav::current().has_moved());
    shown.browsing.opened.set_value(None);
    // Once: a table that disappears and reappears through filters does not take the focus from them.
    let comes_back = StoredValue::new(opened.is_some());
    // Its row may be elsewhere by now: what it is sorted by may have changed.
    if let Some(at) = opened.and_then(|subject| untrack(|| shown.place_of(&subject))) {
        shown.browsing.place.update_value(|place| place.row = place.row.map(|_| at));
    }
    Effect::new(move |_| {
        let held_against = shown.view.with(|view| matches!(view.reference, Reference::Policy(Subject::Role { .. })));
        if (held_against || shown.shows(Class::Roles)) && wanted.has(Extra::RolePolicies) {
            table.want_roles();
        }
    });
    // The names of contexts are needed for full values only.
    Effect::new(move |_| {
        if shown.view.with(|view| view.column_filters.iter().any(|(_, filter)| !filter.text.is_empty())) {
            Names::current().look_up_approvers([]);
        }
    });
    let roles_asked = Memo::new(move |_| shown.shows(Class::Roles) && !wanted.has(Extra::RolePolicies));
    let stand = Memo::new(move |_| stand(shown));
    let grid = move || {
        let comes_back = comes_back.try_update_value(std::mem::take).unwrap_or_default();
        view! { <Table shown comes_back /> }
    };
    view! {
        <PageHeader title actions=move || view! { <Outlets shown /> } />
        <ManyTabs />
        <PrintedAbout only=String::new() />
        <Toolbar shown columns_open />
        <ReadingLine table />
        <Failures table />
        <ReferenceTrouble shown />
        {move || roles_asked.get().then(|| view! { <Gate /> })}
        <Ways shown />
        {move || match stand.get() {
            Stand::Reading => view! { <Skeleton shape=SkeletonShape::Table rows=8 /> }.into_any(),
            Stand::Failed => ().into_any(),
            Stand::Empty => view! { <EmptyState glyph=Glyph::Matrix text=text::matrix::EMPTY /> }.into_any(),
            Stand::NoHit => {
                view! {
                    <EmptyState glyph=Glyph::Search text=text::matrix::NO_HIT>
                        <Button on_press=move |()| shown.refine(|view| View::unfiltered(&view))>
                            {text::matrix::SHOW_ALL}
                        </Button>
                    </EmptyState>
                }
                    .into_any()
            }
            Stand::Rows => grid().into_any(),
        }}
        <SelectedBar shown />
        <HeadDialog shown />
        <ColumnsDialog shown open=columns_open />
        <CellDialog shown />
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Reading,
    Failed,
    Empty,
    NoHit,
    Rows,
}

fn stand(shown: Shown) -> Stand {
    if shown.listed.with(|listed| !listed.is_empty()) {
        return Stand::Rows;
    }
    let table = shown.table();
    let running = |stage: ReadingStage| matches!(stage, ReadingStage::NotBegun | ReadingStage::Running);
    let runs = running(table.groups.with(|groups| groups.stage))
        || (shown.shows(Class::Roles) && table.roles.with(|roles| roles.stage == ReadingStage::Running));
    if shown.all() > 0 {
        // Filters wait for what is still being read.
        return if runs { Stand::Reading } else { Stand::NoHit };
    }
    if runs {
        Stand::Reading
    } else if table.troubles.with(Vec::is_empty) {
        Stand::Empty
    } else {
        Stand::Failed
    }
}

#[component]
fn Table(
    /// What it shows.
    shown: Shown,
    /// The person is returning to it.
    comes_back: bool,
) -> impl IntoView {
    let all_selected = Memo::new(move |_| {
        if shown.browsing.selection.with(crate::approval::Selection::is_empty) {
            return false;
        }
        let keys = shown.keys();
        !keys.is_empty() && shown.browsing.selection.with(|selection| keys.iter().all(|key| selection.contains(key)))
    });
    let busy = Signal::derive(move || shown.is_running());
    let columns = Memo::new(move |_| shown.grid_columns());
    let heads = Memo::new(move |_| shown.grid_heads());
    // Reads what the rows depend on before the rows themselves (see CONTRIBUTING.md).
    let count = Signal::derive(move || {
        shown.standard.track();
        shown.listed.with(Vec::len)
    });
    let told = Memo::new(move |_| about(shown, locale::date_time).line());
    view! {
        <Grid
            words=WORDS
            columns=columns.into()
            heads=heads.into()
            count
            about=told.into()
            row=Callback::new(move |at| grid_row(shown, at))
            all_selected=all_selected.into()
            busy
            place=shown.browsing.place
            comes_back
            on_act=Callback::new(move |act| shown.act(act))
        />
        <p class="help matrix-keys">{text::matrix::KEYS}</p>
    }
    .into_any()
}
