//! The findings, line by line or policy by policy, in portions.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Chosen, Report};
use crate::baseline::report::by_name;
use crate::baseline::{By, Finding, Outcome, Totals};
use crate::route::Route;
use crate::state::directory::names::Names;
use crate::text;
use crate::view::part::{Badge, Button, ButtonKind, Checkbox, DataTable, TableCell, TableRow, Tone, UserText};

/// How many rows of a part, or policies, are shown at first and added with each press.
const PORTION: usize = 50;

/// The parts.
#[component]
pub fn Parts(
    /// The report.
    report: Report,
) -> impl IntoView {
    let by = Memo::new(move |_| (report.view.with(|view| view.by), report.of.get().key));
    move || match by.get().0 {
        By::Line => by_line(report),
        By::Policy => view! { <ByPolicy report /> }.into_any(),
    }
}

/// Findings grouped by a key, in their order.
fn grouped<K: Ord>(findings: &[Arc<Finding>], key: impl Fn(&Finding) -> K) -> BTreeMap<K, Vec<Arc<Finding>>> {
    let mut groups: BTreeMap<K, Vec<Arc<Finding>>> = BTreeMap::new();
    for one in findings {
        groups.entry(key(one)).or_default().push(Arc::clone(one));
    }
    groups
}

fn by_line(report: Report) -> AnyView {
    let of = report.of.get_untracked();
    let groups = Memo::new(move |_| report.shown.with(|shown| grouped(shown, |one| one.line.id)));
    let part = move |line: &'static crate::baseline::Line| {
        let own = Memo::new(move |_| groups.with(|groups| groups.get(line.id).cloned().unwrap_or_default()));
        let title = [&text::report::baseline::id(line), ": ", &text::report::baseline::line(line)].concat();
        let whom =
            (line.strength != crate::baseline::Strength::Example).then(|| text::report::baseline::whom(line.scope));
        view! {
            <Show when=move || own.with(|own| !own.is_empty())>
                <section class="report-part">
                    <div class="report-part-head">
                        <h2>{title.clone()}</h2>
                        <Badge text=text::report::baseline::strength(line.strength) />
                        <span class="help">{whom}</span>
                        <span class="help">{move || own.with(|own| text::report::part(Totals::of(own)))}</span>
                        <SelectAll report own />
                    </div>
                    <Rows report own caption=title.clone() />
                </section>
            </Show>
        }
        .into_any()
    };
    of.lines.iter().map(part).collect_view().into_any()
}

/// Policy by policy.
#[component]
fn ByPolicy(
    /// The report.
    report: Report,
) -> impl IntoView {
    let portion = RwSignal::new(PORTION);
    let groups = Memo::new(move |_| report.shown.with(|shown| grouped(shown, |one| one.row)));
    let rows = Memo::new(move |_| {
        let places = report.rows.with(|rows| by_name(rows));
        groups.with(|groups| places.into_iter().filter(|row| groups.contains_key(row)).collect::<Vec<_>>())
    });
    let part = move |row: usize| {
        let own = Memo::new(move |_| groups.with(|groups| groups.get(&row).cloned().unwrap_or_default()));
        let name =
            Memo::new(move |_| report.rows.with(|rows| rows.get(row).map(text::report::policy)).unwrap_or_default());
        let href = report.rows.with_untracked(|rows| {
            rows.get(row).map(|row| Route::policy(row.subject.clone()).to_string()).unwrap_or_default()
        });
        view! {
            <section class="report-part">
                <div class="report-part-head">
                    <h2>
                        <a href=href>
                            <UserText text=name />
                        </a>
                    </h2>
                    <span class="help">{move || own.with(|own| text::report::part(Totals::of(own)))}</span>
                    <SelectAll report own />
                </div>
                <Rows report own caption=name by_policy=true />
            </section>
        }
        .into_any()
    };
    let each = move || {
        let most = if report.whole.get() { usize::MAX } else { portion.get() };
        rows.with(|rows| rows.iter().take(most).copied().collect::<Vec<_>>())
    };
    view! {
        <For each key=|row| *row children=part />
        <Show when=move || { rows.with(Vec::len) > portion.get() && !report.whole.get() }>
            <Button on_press=move |()| portion.update(|portion| *portion += PORTION)>{text::report::MORE}</Button>
        </Show>
    }
    .into_any()
}

/// Selects all findings of a part that are not met.
#[component]
fn SelectAll(
    /// The report.
    report: Report,
    /// The findings of the part.
    own: Memo<Vec<Arc<Finding>>>,
) -> impl IntoView {
    let open = |one: &&Arc<Finding>| one.verdict.outcome() == Outcome::NotMet;
    let number = Memo::new(move |_| own.with(|own| own.iter().filter(open).count()));
    let select = move |()| {
        let key = |one: &Arc<Finding>| report.with_row(one, |row| (row.subject.clone(), one.line.id));
        let add: Vec<_> = untrack(|| own.with(|own| own.iter().filter(open).filter_map(key).collect()));
        report.chosen.update(|chosen| {
            for one in add {
                if !chosen.contains(&one) {
                    chosen.push(one);
                }
            }
        });
    };
    view! {
        <Show when=move || { number.get() > 1 }>
            <Button kind=ButtonKind::Quiet on_press=select>
                {move || text::report::select_all(number.get())}
            </Button>
        </Show>
    }
    .into_any()
}

/// The rows of a part.
#[component]
fn Rows(
    /// The report.
    report: Report,
    /// The findings.
    own: Memo<Vec<Arc<Finding>>>,
    /// The table's caption.
    #[prop(into)]
    caption: Signal<String>,
    /// Whether the rows are the lines of one policy, instead of the policies of one line.
    #[prop(optional)]
    by_policy: bool,
) -> impl IntoView {
    let portion = RwSignal::new(PORTION);
    let each = move || {
        let most = if report.whole.get() { usize::MAX } else { portion.get() };
        own.with(|own| own.iter().take(most).cloned().collect::<Vec<_>>())
    };
    let columns = if by_policy { text::report::COLUMNS_BY_POLICY } else { text::report::COLUMNS };
    let row = move |finding: Arc<Finding>| finding_row(report, finding, by_policy);
    view! {
        <DataTable caption columns=columns.to_vec()>
            <For each key=|one| (one.row, one.line.id, one.verdict.clone()) children=row />
        </DataTable>
        <Show when=move || { own.with(Vec::len) > portion.get() && !report.whole.get() }>
            <Button on_press=move |()| portion.update(|portion| *portion += PORTION)>{text::report::MORE}</Button>
        </Show>
    }
    .into_any()
}

/// The checkbox that selects a finding.
fn tick(chosen: RwSignal<Vec<Chosen>>, key: StoredValue<Chosen>, label: Signal<String>) -> AnyView {
    let checked = Signal::derive(move || key.with_value(|key| chosen.with(|chosen| chosen.contains(key))));
    let on_change = move |on: bool| {
        chosen.update(|chosen| {
            key.with_value(|key| {
                chosen.retain(|other| other != key);
                if on {
                    chosen.push(key.clone());
                }
            });
        });
    };
    view! {
        <span class="report-tick">
            <Checkbox label checked on_change />
        </span>
    }
    .into_any()
}

fn finding_row(report: Report, finding: Arc<Finding>, by_policy: bool) -> AnyView {
    let names = Names::current();
    let outcome = finding.verdict.outcome();
    let line = finding.line;
    let subject = report.rows.with_untracked(|rows| rows.get(finding.row).map(|row| row.subject.clone()));
    let Some(subject) = subject else { return ().into_any() };
    let href = Route::policy(subject.clone()).to_string();
    let finding = StoredValue::new(finding);
    let name =
        Memo::new(move |_| finding.with_value(|one| report.with_row(one, text::report::policy)).unwrap_or_default());
    let why = move || {
        let known = names.known();
        let words = finding.with_value(|one| report.with_row(one, |row| text::report::why(one, row, &known)));
        // Without text the cell is empty, and a card omits it.
        words.filter(|words| !words.is_empty()).map(|words| view! { <span class="user-text">{words}</span> })
    };
    let tone = match outcome {
        Outcome::Met => Tone::Ok,
        Outcome::NotMet => Tone::Danger,
        Outcome::NotKnown => Tone::Warn,
        Outcome::NotApplicable => Tone::Neutral,
    };
    let line_words = [&text::report::baseline::id(&line), ": ", &text::report::baseline::line(&line)].concat();
    let key = StoredValue::new((subject, line.id));
    let label = {
        let line_words = line_words.clone();
        Signal::derive(move || text::report::select(&name.get(), &line_words))
    };
    let tick = (outcome == Outcome::NotMet).then(|| tick(report.chosen, key, label));
    let head = if by_policy {
        line_words.into_any()
    } else {
        view! {
            <a href=href>
                <UserText text=name />
            </a>
        }
        .into_any()
    };
    view! {
        <TableRow>
            <TableCell>{tick}</TableCell>
            <TableCell label=if by_policy { text::report::COLUMNS_BY_POLICY[1] } else { text::report::COLUMNS[1] } heads_row=true>
                {head}
            </TableCell>
            <TableCell label=text::report::COLUMNS[2]>
                <Badge text=text::report::baseline::outcome(outcome) tone />
            </TableCell>
            <TableCell label=text::report::COLUMNS[3]>{why}</TableCell>
        </TableRow>
    }
    .into_any()
}
