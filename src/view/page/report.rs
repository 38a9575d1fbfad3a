//! Which policy meets which line of a baseline: `#/report`.

mod filters;
mod fixing;
mod parts;

use std::sync::Arc;

use leptos::prelude::*;

use self::filters::{Filters, SourceNote};
use self::fixing::Fixing;
use self::parts::Parts;
use crate::auth::extras::Extra;
use crate::baseline::report::shown;
use crate::baseline::{self, Baseline, Finding, Outcome, Show, Totals, View, findings};
use crate::browser::locale;
use crate::matrix::{Reference, Row, View as MatrixView};
use crate::route::Route;
use crate::state::directory::names::Names;
use crate::state::extras::ExtrasState;
use crate::state::frame::heading::name_page;
use crate::state::frame::nav::Nav;
use crate::state::matrix::held_roles::HeldRoles;
use crate::state::matrix::{MatrixState, ReadingStage};
use crate::state::report::{Chosen, ReportState};
use crate::text;
use crate::text::report::About;
use crate::view::copy_link::CopyLink;
use crate::view::file::{Kind, offer};
use crate::view::many_tabs::ManyTabs;
use crate::view::matrix::progress::{Failures, HeldFailures, HeldReading};
use crate::view::part::{
    Button, ButtonKind, ButtonLink, EmptyState, Notice, PageHeader, Skeleton, SkeletonShape, Tone,
};
use crate::view::printing::{PrintedAbout, about, print_whole, while_printing};

/// What the page shows.
#[derive(Clone, Copy)]
pub struct Report {
    /// The policies.
    rows: RwSignal<Vec<Row>>,
    /// The filters and grouping.
    view: Memo<View>,
    /// The baseline.
    of: Memo<Baseline>,
    /// The result of every policy for every line.
    findings: Memo<Vec<Arc<Finding>>>,
    /// Those of them that the view shows.
    shown: Memo<Vec<Arc<Finding>>>,
    /// Those that are selected.
    chosen: RwSignal<Vec<Chosen>>,
    /// Whether all rows are shown, for printing.
    whole: RwSignal<bool>,
}

impl Report {
    fn new() -> Self {
        let (nav, rows, held) = (Nav::current(), MatrixState::current().rows, HeldRoles::current());
        let view = nav.asked(|route| if let Route::Report(view) = route { Some(view) } else { None });
        let of = Memo::new(move |_| view.with(|view| baseline::find(&view.baseline)).unwrap_or(baseline::ALL[0]));
        let findings = Memo::new(move |_| {
            let of = of.get();
            rows.with(|rows| {
                held.with(|known| findings(&of, rows, known).into_iter().map(Arc::new).collect::<Vec<_>>())
            })
        });
        let shown = Memo::new(move |_| {
            rows.with(|rows| {
                findings.with(|all| view.with(|view| shown(all, rows, view).into_iter().cloned().collect::<Vec<_>>()))
            })
        });
        Self { rows, view, of, findings, shown, chosen: ReportState::current().chosen, whole: RwSignal::new(false) }
    }

    /// Changes the view.
    fn refine(self, change: &dyn Fn(&mut View)) {
        Nav::current().refine_by(self.view, Route::Report, change);
    }

    /// Reads something of the row of a finding; views follow the table.
    fn with_row<T>(self, finding: &Finding, read: impl FnOnce(&Row) -> T) -> Option<T> {
        self.rows.with(|rows| rows.get(finding.row).map(read))
    }

    /// What the view shows, as text made by `write`.
    fn written(self, write: Write) -> String {
        untrack(|| {
            let table = MatrixState::current();
            let about = about(self.view.with(text::report::only), table.whole().read_unix_ms, table.gaps(true));
            let known = Names::current().known();
            let of = self.of.get();
            self.rows.with(|rows| self.shown.with(|shown| write(&of, &refs(shown), rows, &known, &about)))
        })
    }
}

/// The findings themselves.
fn refs(findings: &[Arc<Finding>]) -> Vec<&Finding> {
    findings.iter().map(|one| &**one).collect()
}

type Write = fn(&Baseline, &[&Finding], &[Row], &dyn text::policy::value::Names, &About) -> String;

/// The page.
#[component]
pub fn ReportPage() -> impl IntoView {
    let title = name_page(text::report::TITLE);
    let report = Report::new();
    let (table, held, wanted) = (MatrixState::current(), HeldRoles::current(), ExtrasState::current());
    table.want_groups();
    Names::current().look_up_approvers([]);
    // Roles may be granted while the page is open: what was unknown without them is requested then.
    let with_roles = Memo::new(move |_| wanted.has(Extra::RolePolicies));
    Effect::new(move |before: Option<bool>| {
        let now = with_roles.get();
        if now {
            table.want_roles();
        }
        if before == Some(false) && now {
            held.again(false);
        }
        now
    });
    let needs_held = Memo::new(move |_| report.of.with(Baseline::needs_held_roles));
    Effect::new(move |_| {
        with_roles.track();
        if needs_held.get() {
            table.rows.with(|rows| held.want(rows));
        }
    });
    let save_csv = move |()| {
        offer(text::report::FILE_CSV, Kind::Csv, &report.written(text::report::as_csv));
    };
    let save_json = move |()| {
        offer(text::report::FILE_JSON, Kind::Json, &report.written(text::report::as_json));
    };
    // However printing is started, all rows are printed.
    while_printing(move |on| report.whole.set(on));
    let matrix = Signal::derive(move || {
        let reference = Reference::Baseline(report.of.get().key.to_owned());
        Route::Matrix(MatrixView { reference, ..MatrixView::NEW }).to_string()
    });
    let actions = move || {
        view! {
            <ButtonLink href=matrix>{text::report::AS_REFERENCE}</ButtonLink>
            <Button on_press=save_csv>{text::report::SAVE_CSV}</Button>
            <Button on_press=save_json>{text::report::SAVE_JSON}</Button>
            <Button on_press=move |()| print_whole(report.whole)>{text::report::PRINT}</Button>
            <CopyLink />
        }
    };
    view! {
        <PageHeader title actions />
        <ManyTabs />
        <PrintedAbout only=Signal::derive(move || report.view.with(text::report::only)) />
        <div class="page-notices">
            <Show when=move || !with_roles.get()>
                <Notice
                    tone=Tone::Info
                    title=text::report::NO_ROLES
                    actions=move || {
                        view! {
                            <Button busy=wanted.asking on_press=move |()| wanted.want(Extra::RolePolicies)>
                                {text::role::SHOW_ROLES}
                            </Button>
                        }
                    }
                >
                    <p>{text::report::NO_ROLES_HELP} " " {text::role::gate(Extra::RolePolicies.scopes())}</p>
                </Notice>
            </Show>
            <Failures table />
            <Show when=move || needs_held.get()>
                <HeldFailures table />
            </Show>
        </div>
        <Filters report />
        <SourceNote report />
        <Progress report />
        <Findings report />
        <Fixing report />
    }
    .into_any()
}

/// The progress of reading, and the result.
#[component]
fn Progress(
    /// The report.
    report: Report,
) -> impl IntoView {
    let table = MatrixState::current();
    let running = Memo::new(move |_| {
        [table.groups, table.roles].iter().any(|one| one.with(|one| one.stage == ReadingStage::Running))
    });
    let words = move || {
        let all = table.whole();
        let read = if running.get() { None } else { all.read_unix_ms };
        let at = read.map(locale::date_time).unwrap_or_default();
        text::report::progress(all.read, all.found, all.failed, !all.is_cut_off(), &at)
    };
    let stop = move |()| table.stop();
    let again = move |()| table.again();
    view! {
        <div class="report-sum">
            <p role="status">{move || report.findings.with(|all| text::report::sum(Totals::of(all)))}</p>
            <p class="help">{words}</p>
            <div class="actions">
                <Show
                    when=move || running.get()
                    fallback=move || {
                        view! {
                            <HeldReading />
                            <Button kind=ButtonKind::Quiet on_press=again>{text::report::AGAIN}</Button>
                        }
                    }
                >
                    <Button on_press=stop>{text::report::STOP}</Button>
                </Show>
            </div>
        </div>
    }
    .into_any()
}

/// The findings, or why there are none.
#[component]
fn Findings(
    /// The report.
    report: Report,
) -> impl IntoView {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Reading,
        Empty,
        AboutNobody,
        NoHit,
        Some,
    }
    let table = MatrixState::current();
    let state = Memo::new(move |_| {
        let none = table.rows.with(Vec::is_empty);
        let over = table.groups.with(|groups| matches!(groups.stage, ReadingStage::Complete | ReadingStage::Stopped));
        let runs = table.whole().stage == ReadingStage::Running;
        let about_nobody = || {
            report.view.with(|view| view.show != Show::Only(Outcome::NotApplicable))
                && report.findings.with(|all| Totals::of(all).is_about_nobody())
        };
        match (none, report.shown.with(Vec::is_empty)) {
            (true, _) if over && table.troubles.with(Vec::is_empty) => State::Empty,
            (true, _) if over => State::Some,
            (true, _) => State::Reading,
            (false, true) if about_nobody() => {
                if runs {
                    State::Reading
                } else {
                    State::AboutNobody
                }
            }
            (false, true) => State::NoHit,
            (false, false) => State::Some,
        }
    });
    move || match state.get() {
        State::Reading => view! { <Skeleton shape=SkeletonShape::Table rows=8 /> }.into_any(),
        State::Empty => view! { <EmptyState text=text::report::EMPTY /> }.into_any(),
        State::AboutNobody => view! { <EmptyState text=text::report::ABOUT_NOBODY /> }.into_any(),
        State::NoHit => view! {
            <EmptyState text=text::report::NO_HIT>
                <Button on_press=move |()| {
                    report.refine(&|view| *view = View { baseline: view.baseline.clone(), ..View::NEW });
                }>{text::report::SHOW_ALL}</Button>
            </EmptyState>
        }
        .into_any(),
        State::Some => view! { <Parts report /> }.into_any(),
    }
}
