//! Help: what the product does, which permissions it uses, and what it did in this session.

mod log;
mod session;
mod wishes;

use leptos::prelude::*;

use self::log::SessionLog;
use self::session::ThisSession;
use self::wishes::Wishes;
use crate::auth::scope::Scope;
use crate::state::desk::Desk;
use crate::state::frame::heading::name_page;
use crate::text;
use crate::view::part::{Badge, ButtonLink, DataTable, Dotted, PageHeader, TableCell, TableRow, Tone};
use crate::view::shell::keys::KeyList;

/// The help page.
#[component]
pub fn HelpPage() -> impl IntoView {
    let heading = name_page(text::page::HELP);
    let support = Desk::current().session().config().support_url.clone();
    let actions =
        move || support.map(|href| view! { <ButtonLink href external=true>{text::page::SUPPORT}</ButtonLink> });
    let facts = text::help::FACTS.map(|fact| view! { <li>{fact}</li> });
    view! {
        <PageHeader title=heading actions />
        <div class="help-page">
            <section>
                <h2>{text::help::WHAT}</h2>
                <p>{text::help::WHAT_TEXT}</p>
                <ul class="help-facts">{facts}</ul>
            </section>
            <ThisSession />
            <section>
                <h2>{text::help::WHO}</h2>
                <Pairs
                    caption=text::help::WHO
                    columns=[text::help::WHO_TASK, text::help::WHO_PEOPLE]
                    rows=text::help::RIGHTS.to_vec()
                />
                <p class="help">{text::help::RIGHTS_NOTE}</p>
            </section>
            <Permissions />
            <section>
                <h2>{text::help::KEYBOARD}</h2>
                <Pairs
                    caption=text::help::KEYBOARD
                    columns=[text::help::KEYS, text::help::KEYS_DO]
                    rows=text::help::SHORTCUTS.to_vec()
                />
                <h3>{text::shortcut::TITLE}</h3>
                <KeyList />
            </section>
            <SessionLog />
        </div>
    }
}

#[component]
fn Permissions() -> impl IntoView {
    let session = Desk::current().session();
    let rows = Scope::ALL.map(|scope| {
        let (state, tone) = if session.granted(scope) {
            (text::help::GRANTED, Tone::Ok)
        } else {
            (text::help::NOT_GRANTED, Tone::Neutral)
        };
        view! {
            <TableRow>
                <TableCell heads_row=true>
                    <code translate="no"><Dotted text=scope.name().to_owned() /></code>
                </TableCell>
                <TableCell label=text::help::PURPOSE>{text::help::purpose(scope)}</TableCell>
                <TableCell label=text::help::STATE>
                    <Badge text=state tone />
                </TableCell>
            </TableRow>
        }
    });
    view! {
        <section>
            <h2>{text::help::PERMISSIONS}</h2>
            <p>{text::help::PERMISSIONS_TEXT}</p>
            <DataTable
                caption=text::help::PERMISSIONS
                columns=vec![text::help::PERMISSION, text::help::PURPOSE, text::help::STATE]
            >
                {rows}
            </DataTable>
            <Wishes />
        </section>
    }
    .into_any()
}

/// A table of two columns.
#[component]
fn Pairs(
    /// What it is about.
    caption: &'static str,
    /// The column headers.
    columns: [&'static str; 2],
    /// The rows.
    rows: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(first, second)| {
            view! {
                <TableRow>
                    <TableCell heads_row=true>{first}</TableCell>
                    <TableCell label=columns[1]>{second}</TableCell>
                </TableRow>
            }
        })
        .collect_view();
    view! {
        <div class="pairs">
            <DataTable caption columns=columns.to_vec()>
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}
