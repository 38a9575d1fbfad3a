//! The changes stored in this browser: `#/changes`, with the filter in the address.

use leptos::prelude::*;

use crate::browser::{BrowserWorld, page};
use crate::receipt::listing::{Filter, Line, Since};
use crate::receipt::{Receipt, Standing, csv, to_file};
use crate::rollout::listed::{found, shown};
use crate::route::Route;
use crate::state::directory::names::Names;
use crate::state::frame::heading::name_page;
use crate::state::frame::nav::Nav;
use crate::state::lasting::lasting;
use crate::state::receipts::Receipts;
use crate::state::rollout::records::RolloutRecords;
use crate::text;
use crate::view::copy_link::CopyLink;
use crate::view::file::{Kind, offer};
use crate::view::moment::moment;
use crate::view::part::{
    Badge, Button, ButtonKind, ButtonLink, Choice, DataTable, Dialog, EmptyState, Glyph, Notice, PageHeader, Select,
    TableCell, TableRow, TextField, TextKind, Tone, UserText,
};
use crate::view::portions::{PORTION, PortionBar, first_of, turn};
use crate::view::printing::{PrintedAbout, whole_on_paper};
use crate::view::receipt::standing_tone;
use crate::world::Clock;

/// The portion that the person is looking at, kept while other pages are open.
#[derive(Clone, Copy)]
struct Reached {
    portion: RwSignal<usize>,
    /// The filter when it was reached.
    sought: StoredValue<Filter>,
}

impl Reached {
    /// The page's portion; another filter starts at the first portion.
    fn following(filter: Memo<Filter>) -> Self {
        let reached = lasting(|| Self { portion: RwSignal::new(0), sought: StoredValue::default() });
        Effect::new(move |_| {
            let now = filter.get();
            if reached.sought.with_value(|before| *before != now) {
                reached.sought.set_value(now);
                reached.portion.set(0);
            }
        });
        reached
    }
}

/// The page.
#[component]
pub fn ChangesPage() -> impl IntoView {
    let (nav, receipts) = (Nav::current(), Receipts::current());
    let heading = name_page(text::page::CHANGES);
    let filter = nav.asked(|route| if let Route::Changes(filter) = route { Some(filter) } else { None });
    let portion = Reached::following(filter).portion;
    let rollouts = RolloutRecords::current();
    let shown = Memo::new(move |_| {
        let now = BrowserWorld.unix_ms();
        filter.with(|filter| receipts.list.with(|list| rollouts.list.with(|all| shown(filter, list, all, now))))
    });
    let found = move || {
        let (now, all) = (BrowserWorld.unix_ms(), rollouts.list.get_untracked());
        filter.with_untracked(|filter| {
            receipts.list.with_untracked(|list| found(filter, list, &all, now).into_iter().cloned().collect::<Vec<_>>())
        })
    };
    let unreadable = Memo::new(move |_| receipts.unreadable().len() + rollouts.unreadable().len());
    let asks = RwSignal::new(false);
    let number = Signal::derive(move || receipts.list.with(Vec::len) + rollouts.list.with(Vec::len));
    let actions = move || {
        view! {
            <Show when=move || { number.get() > 0 }>
                <Button on_press=move |()| save_csv(&found())>{text::receipt::SAVE_CSV}</Button>
                <Button on_press=move |()| save_json(&found())>{text::receipt::SAVE_JSON}</Button>
                <Button on_press=move |()| asks.set(true)>{text::receipt::FORGET_ALL}</Button>
                <CopyLink />
            </Show>
        }
    };
    view! {
        <PageHeader title=heading actions>
            <p class="help">{text::receipt::INTRO}</p>
        </PageHeader>
        <PrintedAbout only=Signal::derive(move || filter.with(text::receipt::only)) />
        {move || {
            let number = unreadable.get();
            (number > 0).then(|| view! {
                <Notice
                    tone=Tone::Warn
                    title=text::receipt::unreadable(number)
                    actions=move || view! { <Button on_press=move |()| page::reload()>{text::set_up::RELOAD}</Button> }
                />
            })
        }}
        <Show
            when=move || { number.get() > 0 }
            fallback=move || (unreadable.get() == 0).then(|| view! {
                <EmptyState glyph=Glyph::Changes text=text::receipt::EMPTY>
                    <ButtonLink href=Route::HOME.to_string()>{text::page::TO_GROUPS}</ButtonLink>
                </EmptyState>
            })
        >
            <Search filter nav />
            <Show
                when=move || shown.with(|shown| !shown.is_empty())
                fallback=move || view! {
                    <EmptyState text=text::receipt::NO_HIT>
                        <Button on_press=move |()| nav.refine(Route::CHANGES)>{text::receipt::SHOW_ALL}</Button>
                    </EmptyState>
                }
            >
                <Lines shown portion />
            </Show>
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
    /// The filter.
    filter: Memo<Filter>,
    /// Updates the address.
    nav: Nav,
) -> impl IntoView {
    let refine = move |change: &dyn Fn(&mut Filter)| nav.refine_by(filter, Route::Changes, change);
    let periods = Choice::all_of(Since::ALL.map(|since| (since.as_str(), text::receipt::since(since))));
    let outcomes = Choice::any_of(
        text::receipt::ANY_OUTCOME,
        Standing::ALL.map(|standing| (standing.as_str(), text::receipt::standing(standing))),
    );
    view! {
        <div class="role-search" role="search">
            <TextField
                label=text::receipt::SEARCH
                kind=TextKind::Search
                value=Signal::derive(move || filter.with(|filter| filter.text.clone()))
                on_input=move |text: String| refine(&|filter| filter.text.clone_from(&text))
                placeholder=text::receipt::SEARCH_HINT
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

/// The table, one portion at a time.
#[component]
fn Lines(
    /// All of its lines.
    shown: Memo<Vec<Line>>,
    /// The portion.
    portion: RwSignal<usize>,
) -> impl IntoView {
    let count = Memo::new(move |_| shown.with(Vec::len));
    let from = move || first_of(portion, count);
    // On paper all of them are printed.
    let whole = whole_on_paper();
    let lines = move || {
        shown.track(); // before the count, which is derived from it
        let (from, most) = if whole.get() { (0, usize::MAX) } else { (from(), PORTION) };
        shown.with(|shown| shown.iter().skip(from).take(most).cloned().collect::<Vec<_>>())
    };
    view! {
        <DataTable caption=text::receipt::TABLE columns=text::receipt::COLUMNS.to_vec()>
            <For each=lines key=|line| line.clone() let(line)>
                {row(line)}
            </For>
        </DataTable>
        <PortionBar from=Signal::derive(from) count on_turn=move |on: bool| turn(portion, count, on) />
    }
    .into_any()
}

/// The texts of a line.
#[derive(Clone, PartialEq)]
struct LineWords {
    href: String,
    title: String,
    what: String,
    outcome: String,
    /// The color of the outcome; a change of many policies has several outcomes and no color.
    tone: Option<Tone>,
    interrupted: bool,
    started_unix_ms: i64,
}

impl LineWords {
    /// From what is stored of it now; views follow it.
    fn of(line: &Line, receipts: Receipts, rollouts: RolloutRecords) -> Option<Self> {
        match line {
            Line::Rollout(id) => rollouts.get(id).map(|record| Self {
                href: Route::rollout_receipt(id.clone()).to_string(),
                what: text::rollout::policies(record.targets.len()),
                outcome: text::rollout::summary(&record),
                tone: None,
                interrupted: record.interrupted,
                started_unix_ms: record.started_unix_ms,
                title: record.title,
            }),
            Line::Alone(id) | Line::Part(id) => receipts.list.with(|list| {
                let receipt = list.iter().find(|one| one.id == *id)?;
                Some(Self {
                    href: Route::Change { id: id.clone() }.to_string(),
                    title: receipt.subject_name.clone(),
                    what: text::receipt::changed(receipt),
                    outcome: text::receipt::ended(receipt).to_owned(),
                    tone: Some(standing_tone(receipt.standing())),
                    interrupted: receipt.interrupted,
                    started_unix_ms: receipt.started_unix_ms,
                })
            }),
        }
    }
}

fn row(line: Line) -> impl IntoView {
    let below = matches!(line, Line::Part(_));
    let (receipts, rollouts) = (Receipts::current(), RolloutRecords::current());
    let told = Memo::new(move |_| LineWords::of(&line, receipts, rollouts));
    move || {
        let LineWords { href, title, what, outcome, tone, interrupted, started_unix_ms } = told.get()?;
        let at = moment(started_unix_ms);
        let outcome = match tone {
            Some(tone) => view! { <Badge text=outcome tone /> }.into_any(),
            None => view! { {outcome} " " }.into_any(),
        };
        let interrupted = interrupted.then(|| view! { <Badge text=text::receipt::INTERRUPTED tone=Tone::Warn /> });
        Some(view! {
            <TableRow>
                <TableCell label=text::receipt::COLUMNS[0] heads_row=true>
                    <a href=href class:rollout-part=below>
                        <UserText text=title />
                    </a>
                </TableCell>
                <TableCell label=text::receipt::COLUMNS[1]>{what}</TableCell>
                <TableCell label=text::receipt::COLUMNS[2]>{outcome} {interrupted}</TableCell>
                <TableCell label=text::receipt::COLUMNS[3]>{at}</TableCell>
            </TableRow>
        })
    }
}

/// Asked before receipts are deleted.
#[component]
pub fn ForgetDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// How many will be deleted.
    #[prop(into)]
    number: Signal<usize>,
    /// The person confirms.
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

/// In place of a change that this browser has no record of (`unknown` says so), or one that it cannot read.
pub fn no_change(is_unread: bool, unknown: &'static str) -> AnyView {
    let reload = is_unread.then(|| {
        view! {
            <Button kind=ButtonKind::Primary on_press=move |()| page::reload()>{text::set_up::RELOAD}</Button>
        }
    });
    view! {
        <EmptyState glyph=Glyph::Changes text=if is_unread { text::receipt::UNREADABLE } else { unknown }>
            <div class="actions">
                {reload}
                <ButtonLink href=Route::CHANGES.to_string()>{text::receipt::TO_CHANGES}</ButtonLink>
            </div>
        </EmptyState>
    }
    .into_any()
}

fn save_csv(shown: &[Receipt]) {
    let known = untrack(|| Names::current().known());
    let file = csv::to_csv(shown, &|changed| {
        let value = |value| text::policy::value::value(value, &known);
        [text::policy::setting::full_label(changed.setting), value(&changed.before), value(&changed.after)]
    });
    offer("pim-desk-changes.csv", Kind::Csv, &file);
}

/// Offers receipts as a file with everything in it.
pub fn save_json(shown: &[Receipt]) {
    offer("pim-desk-changes.json", Kind::Json, &to_file(shown));
}
