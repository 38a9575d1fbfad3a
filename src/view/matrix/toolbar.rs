//! Above the table: search, classes, reference, filters, and the exports.

use leptos::prelude::*;

use super::progress::ReadAgain;
use super::reference::{ReferenceChoice, name_of};
use super::shown::Shown;
use crate::auth::extras::Extra;
use crate::browser::page;
use crate::instant;
use crate::matrix::{Class, Reference, Row, View};
use crate::state::context::provided;
use crate::state::desk::Desk;
use crate::state::directory::names::Names;
use crate::state::extras::ExtrasState;
use crate::state::frame::clip::CopyText;
use crate::state::frame::tenant_name::TenantName;
use crate::text;
use crate::text::matrix::table::MatrixHead;
use crate::text::paper::Gaps;
use crate::text::report::About;
use crate::view::copy_link::CopyLink;
use crate::view::file::{Kind, offer};
use crate::view::part::{Button, ButtonKind, Checkbox, TextField, TextKind};
use crate::view::printing;

/// Search and switches.
#[component]
pub fn Toolbar(
    /// The table.
    shown: Shown,
    /// Opens the list of columns.
    columns_open: RwSignal<bool>,
) -> impl IntoView {
    let class = move |class: Class| {
        view! {
            <Checkbox
                checked=Signal::derive(move || shown.shows(class))
                on_change=move |on| show_class(shown, class, on)
                label=text::matrix::class(class)
            />
        }
    };
    let no_reference = Memo::new(move |_| shown.view.with(|view| view.reference == Reference::Nothing));
    view! {
        <div class="matrix-tools" role="search">
            <div class="matrix-search">
                <TextField
                    label=text::matrix::SEARCH
                    kind=TextKind::Search
                    value=Signal::derive(move || shown.view.with(|view| view.text.clone()))
                    on_input=move |text: String| shown.refine(|view| View { text, ..view })
                    placeholder=text::matrix::SEARCH_HINT
                />
            </div>
            <ReferenceChoice shown />
            <fieldset class="matrix-classes">
                <legend class="unseen">{text::matrix::SHOW}</legend>
                {Class::ALL.into_iter().map(class).collect_view()}
            </fieldset>
            <Checkbox
                checked=Signal::derive(move || shown.view.with(|view| view.deviating))
                on_change=move |deviating| shown.refine(|view| View { deviating, ..view })
                label=text::matrix::ONLY_DEVIATING
                disabled_reason=Signal::derive(move || {
                    no_reference.get().then(|| text::matrix::NOTHING_TO_DEVIATE_FROM.to_owned())
                })
            />
            <Checkbox
                checked=Signal::derive(move || shown.view.with(|view| view.mails))
                on_change=move |mails| shown.refine(|view| View { mails, ..view })
                label=text::matrix::MAILS
            />
            <Button kind=ButtonKind::Quiet on_press=move |()| columns_open.set(true)>
                {text::matrix::COLUMNS}
            </Button>
        </div>
    }
    .into_any()
}

/// Roles are shown only if the person wants them; if they have not said so, the page asks for it.
fn show_class(shown: Shown, class: Class, on: bool) {
    shown.refine(|view| view.with_class(class, on));
    if on && class == Class::Roles && ExtrasState::current().has(Extra::RolePolicies) {
        shown.table().want_roles();
    }
}

/// How many rows there are, and what can be done with all of them.
#[component]
pub fn Ways(
    /// The table.
    shown: Shown,
) -> impl IntoView {
    let number = Memo::new(move |_| shown.listed.with(Vec::len));
    let filters = Memo::new(move |_| shown.view.with(View::filters));
    let words = move || {
        // The number last: it is derived from the view.
        let (all, columns) = (shown.all(), shown.view.with(View::filtered_columns));
        let mut words = text::matrix::shown(number.get(), all);
        if columns > 0 {
            words.push_str(&[", ", &text::matrix::filters(columns)].concat());
        }
        words
    };
    // Why nothing is marked, if there is no majority to compare with.
    let unmarked = Memo::new(move |_| {
        let majority = shown.view.with(|view| view.reference == Reference::Majority);
        let unmarked = majority && shown.all() > 0 && shown.standard.with(crate::matrix::Standard::is_empty);
        unmarked.then(|| shown.no_majority(|class| shown.shows(class)))
    });
    let key = || {
        view! {
            <span class="matrix-key" aria-hidden="true">
                <span class="weaker">{text::matrix::cell::deviation(crate::matrix::Deviation::Weaker)}</span>
                <span class="stricter">{text::matrix::cell::deviation(crate::matrix::Deviation::Stricter)}</span>
                <span class="different">{text::matrix::cell::deviation(crate::matrix::Deviation::Other)}</span>
            </span>
        }
        .into_any()
    };
    view! {
        <div class="matrix-ways">
            <Show when=move || { shown.all() > 0 }>
                <p class="list-note" role="status">
                    {words}
                </p>
            </Show>
            <Show when=move || filters.get()>
                <Button kind=ButtonKind::Quiet on_press=move |()| shown.refine(|view| view.unfiltered())>
                    {text::matrix::SHOW_ALL}
                </Button>
            </Show>
            <ReadAgain shown />
            {move || unmarked.get().map_or_else(key, |words| view! { <p class="help">{words}</p> }.into_any())}
        </div>
    }
    .into_any()
}

/// The buttons of the page's header.
#[component]
pub fn Outlets(
    /// The table.
    shown: Shown,
) -> impl IntoView {
    let copy = move |()| CopyText::current().copy(&as_csv(shown), text::matrix::COPIED);
    let save = move |()| {
        offer(text::matrix::FILE, Kind::Csv, &as_csv(shown));
    };
    let any = Memo::new(move |_| shown.listed.with(|listed| !listed.is_empty()));
    view! {
        <Show when=move || any.get()>
            <Button on_press=copy>{text::matrix::COPY_CSV}</Button>
            <Button on_press=save>{text::matrix::SAVE_CSV}</Button>
            <Button on_press=move |()| page::print()>{text::matrix::PRINT}</Button>
        </Show>
        <CopyLink />
    }
    .into_any()
}

fn as_csv(shown: Shown) -> String {
    let known = untrack(|| Names::current().known());
    let (listed, columns) = (shown.listed.get_untracked(), shown.columns.get_untracked());
    let About { by, at, .. } = untrack(|| printing::about(String::new(), None, Gaps::default()));
    let about = MatrixHead { by, at, ..untrack(|| about(shown, instant::to_rfc3339)) };
    shown.standard.with_untracked(|standard| {
        shown.table().rows.with_untracked(|rows: &Vec<Row>| {
            let listed = listed.iter().filter_map(|place| rows.get(*place));
            text::matrix::table::as_csv(&about, listed, &columns, standard, &known)
        })
    })
}

/// The facts about the table for a file or for paper, without who saved it; `time` formats a moment.
pub fn about(shown: Shown, time: fn(i64) -> String) -> MatrixHead {
    let table = shown.table();
    let tenant = [&provided::<TenantName>().0.get(), " (", Desk::current().account().tid.as_str(), ")"].concat();
    MatrixHead {
        reference: name_of(shown),
        read_at: table.whole().read_unix_ms.map(time).unwrap_or_default(),
        tenant,
        by: String::new(),
        at: String::new(),
        only: shown.view.with(text::matrix::filter::only),
        rows: text::matrix::shown(shown.listed.with(Vec::len), shown.all()),
        gaps: Gaps { in_doubt: shown.in_doubt(), ..table.gaps(shown.shows(Class::Roles)) },
    }
}
