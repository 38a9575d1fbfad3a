//! The changes this browser remembers: `#/changes`, with what is sought in the address.

use leptos::prelude::*;

use crate::browser::{BrowserWorld, download};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::receipt::listing::{Filter, Since};
use crate::receipt::{Receipt, Standing, csv, to_file};
use crate::rollout::record::Record;
use crate::route::Route;
use crate::state::heading::name_view;
use crate::state::names::Names;
use crate::state::nav::Nav;
use crate::state::notice::Notices;
use crate::state::receipts::Receipts;
use crate::state::rollouts::Rollouts;
use crate::text;
use crate::view::part::{
    Badge, Button, ButtonKind, ButtonLink, Choice, DataTable, Dialog, EmptyState, Glyph, PageHeader, Select, TableCell,
    TableRow, TextField, TextKind, Tone, UserText,
};
use crate::view::receipt::{moment, standing_tone};
use crate::world::Clock;

/// Most characters of a search.
const LONGEST: u16 = 120;

/// The page.
#[component]
pub fn ChangesPage() -> impl IntoView {
    let (nav, receipts) = (Nav::current(), Receipts::current());
    let heading = Signal::stored(text::page::CHANGES.to_owned());
    name_view(heading, heading);
    let filter = Memo::new(move |before: Option<&Filter>| match nav.route.get() {
        Route::Changes(filter) => filter,
        _ => before.cloned().unwrap_or_default(),
    });
    let shown = Memo::new(move |_| {
        let now = BrowserWorld.unix_ms();
        filter.with(|filter| {
            receipts.list.with(|list| list.iter().filter(|one| filter.shows(one, now)).cloned().collect::<Vec<_>>())
        })
    });
    let rollouts = Rollouts::current();
    let changes = Memo::new(move |_| {
        let now = BrowserWorld.unix_ms();
        // What became of it is told by its receipts; one without any is shown where no outcome is sought.
        filter.with(|filter| {
            let fits = |record: &&Record| {
                let words = [record.title.as_str(), &record.by.name, record.id.as_str()].join("\n");
                filter.standing.is_none() && filter.fits(&words, record.started_unix_ms, now)
            };
            rollouts.list.with(|list| list.iter().filter(fits).map(|record| record.id.clone()).collect::<Vec<_>>())
        })
    });
    let asks = RwSignal::new(false);
    let number = Signal::derive(move || receipts.list.with(Vec::len) + rollouts.list.with(Vec::len));
    let actions = move || {
        view! {
            <Show when=move || { number.get() > 0 }>
                <Button on_press=move |()| save_csv(&shown.get_untracked())>{text::receipt::SAVE_CSV}</Button>
                <Button on_press=move |()| save_json(&shown.get_untracked())>{text::receipt::SAVE_JSON}</Button>
                <Button on_press=move |()| asks.set(true)>{text::receipt::FORGET_ALL}</Button>
            </Show>
        }
    };
    view! {
        <PageHeader title=heading actions>
            <p class="help">{text::receipt::INTRO}</p>
        </PageHeader>
        <Show
            when=move || { number.get() > 0 }
            fallback=|| view! {
                <EmptyState glyph=Glyph::Changes text=text::receipt::EMPTY>
                    <ButtonLink href=Route::HOME.to_string()>{text::page::TO_GROUPS}</ButtonLink>
                </EmptyState>
            }
        >
            <Search filter nav />
            {move || shown.with(|shown| changes.with(|changes| rows(shown, changes, nav)))}
        </Show>
        <ForgetDialog
            open=asks
            number
            on_forget=Callback::new(move |()| {
                rollouts.forget_all();
                receipts.forget_all();
            })
        />
    }
    .into_any()
}

#[component]
fn Search(
    /// What is sought.
    filter: Memo<Filter>,
    /// The address follows it.
    nav: Nav,
) -> impl IntoView {
    let refine = move |change: &dyn Fn(&mut Filter)| {
        let mut wanted = filter.get_untracked();
        change(&mut wanted);
        nav.refine(Route::Changes(wanted));
    };
    let periods = Since::ALL
        .into_iter()
        .map(|since| Choice { value: since.as_str().to_owned(), label: text::receipt::since(since).to_owned() })
        .collect();
    let mut outcomes = vec![Choice { value: String::new(), label: text::receipt::ANY_OUTCOME.to_owned() }];
    outcomes.extend(Standing::ALL.into_iter().map(|standing| Choice {
        value: standing.as_str().to_owned(),
        label: text::receipt::standing(standing).to_owned(),
    }));
    view! {
        <div class="role-search" role="search">
            <TextField
                label=text::receipt::SEARCH
                hide_label=true
                kind=TextKind::Search
                value=Signal::derive(move || filter.with(|filter| filter.text.clone()))
                on_input=move |text: String| refine(&|filter| filter.text.clone_from(&text))
                placeholder=text::receipt::SEARCH_HINT
                longest=LONGEST
            />
            <Select
                label=text::receipt::SINCE
                choices=Signal::stored(periods)
                value=Signal::derive(move || filter.with(|filter| filter.since.as_str().to_owned()))
                on_change=move |name: String| {
                    refine(&|filter| filter.since = Since::from_name(&name).unwrap_or_default());
                }
            />
            <Select
                label=text::receipt::OUTCOME
                choices=Signal::stored(outcomes)
                value=Signal::derive(move || {
                    filter.with(|filter| filter.standing.map_or("", Standing::as_str).to_owned())
                })
                on_change=move |name: String| refine(&|filter| filter.standing = Standing::from_name(&name))
            />
        </div>
    }
    .into_any()
}

fn rows(shown: &[Receipt], changes: &[Guid], nav: Nav) -> AnyView {
    if shown.is_empty() && changes.is_empty() {
        return view! {
            <EmptyState text=text::receipt::NO_HIT>
                <Button on_press=move |()| nav.refine(Route::CHANGES)>{text::receipt::SHOW_ALL}</Button>
            </EmptyState>
        }
        .into_any();
    }
    // What belongs to one change of many policies stands together, below it; one that sent nothing stands alone.
    let rollouts = Rollouts::current();
    let mut records: Vec<Record> = Vec::new();
    for id in changes.iter().chain(shown.iter().filter_map(|receipt| receipt.rollout.as_ref())) {
        if !records.iter().any(|record| record.id == *id) {
            records.extend(rollouts.get(id));
        }
    }
    let is_part =
        |receipt: &&Receipt| receipt.rollout.as_ref().is_some_and(|id| records.iter().any(|record| record.id == *id));
    let alone = shown.iter().filter(|receipt| !is_part(receipt));
    let mut blocks: Vec<(i64, Vec<AnyView>)> =
        alone.map(|receipt| (receipt.started_unix_ms, vec![row(receipt, false)])).collect();
    for record in &records {
        let own = shown.iter().filter(|one| one.rollout.as_ref() == Some(&record.id));
        let block = std::iter::once(rollout_row(record)).chain(own.map(|one| row(one, true))).collect();
        blocks.push((record.started_unix_ms, block));
    }
    sort_by(&mut blocks, |left, right| right.0.cmp(&left.0));
    let rows: Vec<AnyView> = blocks.into_iter().flat_map(|(_, rows)| rows).collect();
    view! {
        <DataTable caption=text::receipt::TABLE columns=text::receipt::COLUMNS.to_vec()>
            {rows}
        </DataTable>
    }
    .into_any()
}

/// A change of many policies, above the receipts of its saves.
fn rollout_row(record: &Record) -> AnyView {
    let href = Route::rollout_receipt(record.id.clone()).to_string();
    let at = moment(record.started_unix_ms);
    let (title, policies) = (record.title.clone(), text::rollout::policies(record.targets.len()));
    let summary = text::rollout::summary(record);
    let interrupted = record.interrupted.then(|| view! { <Badge text=text::receipt::INTERRUPTED tone=Tone::Warn /> });
    view! {
        <TableRow>
            <TableCell label=text::receipt::COLUMNS[0] heads_row=true>
                <a href=href>
                    <UserText text=title />
                </a>
            </TableCell>
            <TableCell label=text::receipt::COLUMNS[1]>{policies}</TableCell>
            <TableCell label=text::receipt::COLUMNS[2]>{summary} " " {interrupted}</TableCell>
            <TableCell label=text::receipt::COLUMNS[3]>{at}</TableCell>
        </TableRow>
    }
    .into_any()
}

fn row(receipt: &Receipt, below: bool) -> AnyView {
    let href = Route::Change { id: receipt.id.clone() }.to_string();
    let (ended, tone) = (text::receipt::ended(receipt), standing_tone(receipt.standing()));
    let at = moment(receipt.started_unix_ms);
    let (name, changed) = (receipt.subject_name.clone(), text::receipt::changed(receipt));
    let interrupted = receipt.interrupted.then(|| view! { <Badge text=text::receipt::INTERRUPTED tone=Tone::Warn /> });
    view! {
        <TableRow>
            <TableCell label=text::receipt::COLUMNS[0] heads_row=true>
                <a href=href class:rollout-part=below>
                    <UserText text=name />
                </a>
            </TableCell>
            <TableCell label=text::receipt::COLUMNS[1]>{changed}</TableCell>
            <TableCell label=text::receipt::COLUMNS[2]>
                <Badge text=ended tone />
                {interrupted}
            </TableCell>
            <TableCell label=text::receipt::COLUMNS[3]>{at}</TableCell>
        </TableRow>
    }
    .into_any()
}

/// Asked before receipts are forgotten.
#[component]
pub fn ForgetDialog(
    /// Open or not.
    open: RwSignal<bool>,
    /// How many are forgotten.
    #[prop(into)]
    number: Signal<usize>,
    /// The person wants it.
    on_forget: Callback<()>,
) -> impl IntoView {
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Primary first_focus=true on_press=move |()| open.set(false)>
                {text::receipt::KEEP}
            </Button>
            <Button
                kind=ButtonKind::Danger
                on_press=move |()| {
                    open.set(false);
                    on_forget.run(());
                }
            >
                {move || if number.get() == 1 { text::receipt::FORGET } else { text::receipt::FORGET_ALL }}
            </Button>
        }
    };
    view! {
        <Dialog
            open
            title=Signal::derive(move || text::receipt::forget_title(number.get()))
            on_close=Callback::new(move |()| open.set(false))
            focus=crate::view::part::DialogFocus::Marked
            footer
        >
            <p>{text::receipt::FORGET_HELP}</p>
        </Dialog>
    }
    .into_any()
}

fn save_csv(shown: &[Receipt]) {
    let known = untrack(|| Names::current().known());
    let file = csv::to_csv(shown, &|changed| {
        let value = |value| text::value::value(value, &known);
        [text::setting::full_label(changed.setting), value(&changed.before), value(&changed.after)]
    });
    offer("pim-desk-changes.csv", "text/csv;charset=utf-8", &file);
}

/// Offers receipts as a file with everything in it.
pub fn save_json(shown: &[Receipt]) {
    offer("pim-desk-changes.json", "application/json", &to_file(shown));
}

fn offer(name: &str, kind: &str, file: &str) {
    if !download::save_text(name, kind, file) {
        Notices::current().refuse(text::receipt::FILE_REFUSED);
    }
}
