//! How requests ended: `#/approvals/history`.

mod filters;
mod table;

use leptos::prelude::*;

use self::filters::HistoryFilters;
use self::table::{Entries, Measures};
use crate::approval::history::Query;
use crate::auth::extras::Extra;
use crate::browser::{BrowserWorld, locale};
use crate::desk::approvals::Missing;
use crate::desk::history::{History, Stopped};
use crate::graph::Error;
use crate::route::Route;
use crate::state::approval::history::HistoryState;
use crate::state::desk::Desk;
use crate::state::extras::ExtrasState;
use crate::state::frame::heading::name_page;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::state::frame::time::Now;
use crate::text;
use crate::text::paper::Gaps;
use crate::text::problem::{Doing, problem};
use crate::view::approval::{RolesOff, look_up_missing, names_of};
use crate::view::copy_link::CopyLink;
use crate::view::file::{Kind, offer};
use crate::view::part::{Button, Crumb, EmptyState, Glyph, Notice, PageHeader, Skeleton, SkeletonShape, Tone};
use crate::view::printing::{PrintedAbout, about};
use crate::view::problem::Trouble;
use crate::world::Clock;

/// The history.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let (history, nav, now) = (HistoryState::current(), Nav::current(), Now::current());
    let me = StoredValue::new(Desk::current().account().oid);
    let heading = name_page(text::approval::history::TITLE);
    history.enter();
    let query = nav.asked(|route| if let Route::ApprovalHistory(query) = route { Some(query) } else { None });
    Effect::new(move |_| {
        history
            .read
            .with(|read| look_up_missing(read.iter().flat_map(|read| &read.entries).map(|entry| &entry.request)));
    });
    let shown = Memo::new(move |_| {
        let named = |entry: &crate::approval::history::PastRequest| {
            let names = names_of(&entry.request);
            [names.person, names.target, names.username]
        };
        history.read.with(|read| {
            let entries = read.as_ref().map_or(&[][..], |read| &read.entries);
            me.with_value(|me| query.with(|query| query.arrange(entries, me, &named)))
        })
    });
    let count = Memo::new(move |_| history.read.with(|read| read.as_ref().map_or(0, |read| read.entries.len())));
    let whole = Memo::new(move |_| history.read.with(|read| read.as_ref().is_some_and(History::is_whole)));
    let nothing = Memo::new(move |_| shown.with(Vec::is_empty));
    let without_roles = Memo::new(move |_| {
        history.read.with(|read| read.iter().flat_map(|read| &read.missing).any(|(_, why)| *why == Missing::NotAsked))
    });
    // Permissions for roles may be granted while the page is open.
    let wanted = ExtrasState::current();
    Effect::new(move |before: Option<bool>| {
        let with_roles = wanted.has(Extra::RoleRequests);
        if before.is_some_and(|before| before != with_roles) {
            history.enter();
        }
        with_roles
    });
    let is_read = Memo::new(move |_| history.read.with(Option::is_some));
    let actions = move || {
        view! {
            <Show when=move || { count.get() > 0 }>
                <Button on_press=move |()| save(&history, &shown.get_untracked(), query)>
                    {text::approval::history::DOWNLOAD}
                </Button>
            </Show>
            <Button glyph=Glyph::Refresh busy=history.reading on_press=move |()| history.refresh()>
                {text::approval::history::READ_AGAIN}
            </Button>
            <CopyLink />
        }
    };
    let crumbs = vec![Crumb::new(text::page::APPROVALS, Route::APPROVALS.to_string())];
    let clear = move |()| {
        let order = query.with_untracked(|query| query.order);
        nav.refine(Route::ApprovalHistory(Query { order, ..Query::default() }));
    };
    view! {
        <PageHeader title=heading crumbs actions>
            {move || match history.read.with(|read| read.as_ref().map(|read| read.read_unix_ms)) {
                Some(at) => {
                    // A day may pass.
                    now.get();
                    text::approval::last_checked(&locale::time_or_date(at))
                }
                None => String::new(),
            }}
            " " {text::approval::history::HELP}
        </PageHeader>
        <PrintedAbout only=Signal::derive(move || query.with(text::approval::history::only)) />
        <Reading />
        <Show when=move || without_roles.get()>
            <RolesOff words=text::approval::inbox::ROLES_OFF />
        </Show>
        <Troubles />
        {move || match (is_read.get(), count.get(), nothing.get()) {
            (false, _, _) => view! { <Skeleton shape=SkeletonShape::Table rows=6 /> }.into_any(),
            (true, 0, _) if !whole.get() => ().into_any(),
            (true, 0, _) => {
                let text = if without_roles.get() {
                    text::approval::history::EMPTY_GROUPS
                } else {
                    text::approval::history::EMPTY
                };
                view! { <EmptyState text glyph=Glyph::Approvals /> }.into_any()
            }
            (true, _, nothing) => view! {
                <Measures />
                <HistoryFilters query />
                <p class="list-note" role="status">
                    {move || text::approval::inbox::shown(shown.with(Vec::len), count.get())}
                </p>
                {if nothing {
                    view! {
                        <EmptyState text=text::approval::history::NO_MATCH glyph=Glyph::Search>
                            <Button on_press=clear>{text::approval::history::CLEAR}</Button>
                        </EmptyState>
                    }
                    .into_any()
                } else {
                    view! { <Entries shown query /> }.into_any()
                }}
            }
            .into_any(),
        }}
    }
}

/// Saves the entries that are shown as a file.
fn save(history: &HistoryState, shown: &[usize], query: Memo<Query>) {
    let text = history.read.with_untracked(|read| {
        let read = read.as_ref()?;
        let only = query.with_untracked(text::approval::history::only);
        let about = about(only, Some(read.read_unix_ms), Gaps::default());
        Some(text::approval::history::as_csv(read, shown, &|entry| untrack(|| names_of(&entry.request)), &about))
    });
    let Some(text) = text else { return };
    let name = text::approval::history::file_name(BrowserWorld.unix_ms());
    if offer(&name, Kind::Csv, &text) {
        Notices::current().tell(text::approval::history::DOWNLOADED.to_owned());
    }
}

/// The progress of reading, and the button that stops it.
#[component]
fn Reading() -> impl IntoView {
    let history = HistoryState::current();
    let words = move || match history.progress.get() {
        Some((read, all)) => text::approval::history::progress(read, all),
        None => text::approval::history::READING.to_owned(),
    };
    let bar = move || {
        history.progress.get().filter(|(_, all)| *all > 0).map(|(read, all)| {
            view! {
                <progress
                    max=all.to_string()
                    value=read.to_string()
                    aria-label=text::approval::history::TITLE
                ></progress>
            }
        })
    };
    view! {
        <Show when=move || history.reading.get()>
            <div class="progress">
                <p class="progress-words" role="status">{words}</p>
                <Button busy=history.stopping on_press=move |()| history.stop()>{text::approval::history::STOP}</Button>
                {bar}
            </div>
        </Show>
    }
    .into_any()
}

/// What could not be read, and why.
#[component]
fn Troubles() -> impl IntoView {
    let history = HistoryState::current();
    let retry = Callback::new(move |()| history.refresh());
    let panel = move |error: &Error| {
        view! { <Trouble problem=problem(error, Doing::ReadingApprovals) error=error.clone() on_retry=retry /> }
    };
    move || {
        history.read.with(|read| {
            let read = read.as_ref()?;
            let missing = read.missing.iter().filter(|(_, why)| !matches!(why, Missing::NotAsked)).map(|(kind, why)| {
                let error = why.error().map(panel);
                view! { <Notice tone=Tone::Warn title=text::approval::history::missing(*kind) /> {error} }
            });
            let stopped = read.stopped.as_ref().map(|why| match why {
                Stopped::Cancelled => view! {
                    <Notice tone=Tone::Info title=text::approval::history::CANCELLED />
                }.into_any(),
                Stopped::Failed(error) => {
                    view! { <Notice tone=Tone::Warn title=text::approval::history::FAILED /> {panel(error)} }.into_any()
                }
            });
            let closed = read.closed_groups.len();
            Some(view! {
                {missing.collect_view()}
                {stopped}
                {(closed > 0).then(|| view! { <p class="help">{text::approval::history::closed_groups(closed)}</p> })}
                {(read.unreadable > 0).then(|| view! { <p class="help">{text::approval::unreadable(read.unreadable)}</p> })}
            }.into_any())
        })
    }
}
