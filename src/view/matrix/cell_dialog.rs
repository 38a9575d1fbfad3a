//! An opened cell: the full value, what it is compared with, and a link to the policy.

use leptos::prelude::*;

use super::row::full_name;
use super::shown::Shown;
use crate::matrix::{Column, Deviation, Reference, Row, Standard, Standing, deviation};
use crate::policy::{ApproverKind, Setting, Sheet, Tab, Value};
use crate::route::Route;
use crate::state::directory::names::{Known, Names};
use crate::text;
use crate::text::matrix::{cell, progress};
use crate::view::part::{Button, ButtonLink, Dialog, UserText};
use crate::view::problem::AccessTrouble;

/// The dialog; `shown.cell` opens it.
#[component]
pub fn CellDialog(
    /// The table.
    shown: Shown,
) -> impl IntoView {
    let names = Names::current();
    let close = move || shown.cell.set(None);
    let title = Signal::derive(move || {
        shown.cell.with(|open| {
            open.as_ref().and_then(|(subject, _)| shown.with_subject(subject, full_name)).unwrap_or_default()
        })
    });
    Effect::new(move |_| {
        let Some((subject, _)) = shown.cell.get() else { return };
        let mut ids =
            untrack(|| shown.with_subject(&subject, |row| row.sheet().map(approvers)).flatten()).unwrap_or_default();
        ids.extend(shown.standard.with_untracked(|standard| standard.of(&subject).map(approvers)).unwrap_or_default());
        names.look_up(ids);
        names.look_up_approvers([]);
    });
    let footer = move || {
        let tab = move || shown.cell.with(|open| open.as_ref().and_then(|(_, column)| column.map(Column::tab)));
        let href = Signal::derive(move || {
            let subject = shown.cell.with(|open| open.as_ref().map(|(subject, _)| subject.clone()));
            let tab = tab().unwrap_or(Tab::Activation);
            subject.map(|subject| Route::Policy { subject, tab, review: false }.to_string()).unwrap_or_default()
        });
        view! {
            <Button on_press=move |()| close()>{text::matrix::DONE}</Button>
            <span on:click=move |_| {
                let subject = shown.cell.with_untracked(|open| open.as_ref().map(|(subject, _)| subject.clone()));
                shown.browsing.opened.set_value(subject);
            }>
                <ButtonLink href>{text::matrix::OPEN_POLICY}</ButtonLink>
            </span>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || shown.cell.with(Option::is_some))
            title
            on_close=Callback::new(move |()| close())
            wide=true
            footer
        >
            {move || {
                let (subject, column) = shown.cell.get()?;
                let known = names.known();
                shown
                    .standard
                    .with(|standard| {
                        shown.with_subject(&subject, |row| content(shown, row, column, standard, &known))
                    })
            }}
        </Dialog>
    }
    .into_any()
}

fn approvers(sheet: &Sheet) -> Vec<crate::guid::Guid> {
    let Some(Value::Approvers(list)) = sheet.value(Setting::Approvers) else { return Vec::new() };
    let known = list.iter().filter(|approver| approver.kind != ApproverKind::Other);
    known.filter_map(|approver| approver.id.parse().ok()).collect()
}

fn content(shown: Shown, row: &Row, column: Option<Column>, standard: &Standard, known: &Known) -> AnyView {
    let Some(sheet) = row.sheet() else { return unread(shown, row) };
    let against = standard.of(&row.subject);
    let columns: Vec<Column> = match (column, against) {
        (Some(column), _) => vec![column],
        (None, Some(against)) => {
            let is_told = |column: &Column| {
                let found = deviation(*column, sheet, against);
                found.differs() || found == Deviation::Unknown
            };
            Column::all().into_iter().filter(is_told).collect()
        }
        (None, None) => Vec::new(),
    };
    if columns.is_empty() {
        let majority = shown.view.with(|view| view.reference == Reference::Majority);
        let words = match against {
            _ if standard.is_in_doubt(&row.subject) => text::matrix::IN_DOUBT,
            Some(_) => text::matrix::DEVIATES_NOWHERE,
            None if majority => shown.no_majority(|class| class == row.class()),
            None => text::matrix::NOT_COMPARED,
        };
        return view! { <p>{words}</p> }.into_any();
    }
    columns.into_iter().map(|column| facts(column, sheet, against, known)).collect_view().into_any()
}

fn facts(column: Column, sheet: &Sheet, against: Option<&Sheet>, known: &Known) -> AnyView {
    let found = against.map_or(Deviation::NotAsked, |against| deviation(column, sheet, against));
    let values = |sheet: &Sheet| {
        let lines = cell::full(column, sheet, known);
        let named = lines.len() > 1;
        let line = |(name, words): (&'static str, String)| {
            let words = if named { [name, ": ", &words].concat() } else { words };
            view! { <p><UserText text=words /></p> }
        };
        lines.into_iter().map(line).collect_view()
    };
    let reference = against.filter(|_| found != Deviation::NotAsked).map(|against| {
        view! {
            <div>
                <dt>{text::matrix::REFERENCE}</dt>
                <dd>{values(against)}</dd>
            </div>
            <div>
                <dt>{text::matrix::COMPARED}</dt>
                <dd class=tone(found)>{cell::deviation(found)}</dd>
            </div>
        }
    });
    view! {
        <section class="matrix-facts">
            <h3>{text::matrix::full_head(column)}</h3>
            <dl>
                <div>
                    <dt>{text::matrix::VALUE}</dt>
                    <dd>{values(sheet)}</dd>
                </div>
                {reference}
            </dl>
        </section>
    }
    .into_any()
}

const fn tone(found: Deviation) -> &'static str {
    match found {
        Deviation::Weaker => "weaker",
        Deviation::Stricter => "stricter",
        Deviation::Other => "different",
        Deviation::NotAsked | Deviation::Same | Deviation::Idle | Deviation::Unknown => "",
    }
}

/// Why there is nothing to show, and what can be done about it.
fn unread(shown: Shown, row: &Row) -> AnyView {
    let (id, class, table) = (row.id().clone(), row.class(), shown.table());
    match row.standing {
        Standing::Failed => {
            let error = table
                .errors
                .with(|errors| errors.iter().find(|(known, _)| *known == id).map(|(_, error)| error.clone()));
            let retry = Callback::new(move |()| {
                shown.cell.set(None);
                retry(shown, &id);
            });
            let doing = text::subject::reading(&row.subject);
            error.map(|error| view! { <AccessTrouble error doing on_retry=retry /> }).into_any()
        }
        Standing::NotRead => {
            let again = move |()| {
                shown.cell.set(None);
                retry(shown, &id);
            };
            view! {
                <p>{progress::NOT_READ_HELP}</p>
                <div class="actions">
                    <Button on_press=again>{progress::READ_THIS}</Button>
                </div>
            }
            .into_any()
        }
        Standing::NoPolicy | Standing::Several => view! { <p>{progress::explained(class)}</p> }.into_any(),
        Standing::Waiting | Standing::Read(_) => view! { <p>{progress::WAITING}</p> }.into_any(),
    }
}

fn retry(shown: Shown, id: &crate::guid::Guid) {
    shown.table().read_again(std::slice::from_ref(id));
}
