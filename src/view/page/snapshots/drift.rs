//! What has changed since the open snapshot: the count, the filters, the copies, the changes, restoring.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::changed::changed;
use super::course_view;
use super::filters::{Filters, asked};
use crate::browser::{locale, page};
use crate::policy::Setting;
use crate::policy::Subject;
use crate::route::Route;
use crate::snapshot::Snapshot;
use crate::snapshot::drift::{Changed, Drift, Drifted};
use crate::snapshot::view::View;
use crate::state::directory::names::Names;
use crate::state::frame::clip::CopyText;
use crate::state::frame::nav::Nav;
use crate::state::snapshots::{OpenFile, SnapshotState};
use crate::text;
use crate::text::paper::Gaps;
use crate::text::report::About;
use crate::text::snapshots::People;
use crate::view::file::{Kind, offer};
use crate::view::part::{Button, ButtonKind, EmptyState, Notice, Tone, UserText};
use crate::view::printing::{PrintedAbout, about, while_printing};

/// Policies shown at first, and added with each press.
const PORTION: usize = 50;

/// What has changed.
#[component]
pub fn DriftPart(
    /// The page's snapshots.
    state: SnapshotState,
) -> impl IntoView {
    let course = move || {
        let there = state.compared.drift.with(Option::is_some);
        state.compared.progress.with(|course| {
            let failed = course.failed > 0 || course.error.is_some();
            (!there || failed).then(|| course_view(course, Callback::new(move |()| state.compared.stop())))
        })
    };
    let is_there = Memo::new(move |_| state.compared.drift.with(Option::is_some));
    let result = move || is_there.get().then(|| view! { <Result state /> });
    view! {
        <section class="snapshot-drift" aria-labelledby="snapshot-drift">
            <h2 id="snapshot-drift">{text::snapshots::DRIFT}</h2>
            {course}
            {result}
        </section>
    }
    .into_any()
}

/// The comparison once it is available.
#[component]
fn Result(
    /// The page's snapshots.
    state: SnapshotState,
) -> impl IntoView {
    let asked = asked();
    let shown: Memo<Vec<Drifted>> = Memo::new(move |_| {
        asked.with(|view| {
            state.compared.drift.with(|drift| drift.as_ref().map(|drift| view.shown(drift)).unwrap_or_default())
        })
    });
    let most = RwSignal::new(PORTION);
    let sum = move || state.compared.drift.with(|drift| drift.as_ref().map(text::snapshots::sum).unwrap_or_default());
    let compared = move || {
        let at = state.compared.read_unix_ms.get();
        at.map(|at| text::snapshots::compared(&locale::date_time(at))).unwrap_or_default()
    };
    let unread = move || {
        let names = state.file.with(|file| match file {
            OpenFile::Snapshot(_, snapshot) => state
                .compared
                .drift
                .with(|drift| drift.as_ref().map(|drift| text::snapshots::unread(snapshot, drift)).unwrap_or_default()),
            _ => Vec::new(),
        });
        (!names.is_empty()).then(|| {
            let lines = names.into_iter().map(|name| view! { <li><UserText text=name /></li> }).collect_view();
            view! {
                <Notice tone=Tone::Warn title=text::snapshots::UNREAD>
                    <p>{text::snapshots::UNREAD_HELP}</p>
                    <ul>{lines}</ul>
                </Notice>
            }
        })
    };
    let any = Memo::new(move |_| {
        state.compared.drift.with(|drift| drift.as_ref().is_some_and(|drift| !drift.drifted.is_empty()))
    });
    let tick = move || {
        let picks: Vec<(Subject, Setting)> = shown.with_untracked(|shown| settings_of(shown));
        state.compared.way.with_untracked(|way| {
            let can = picks.into_iter().filter(|(subject, setting)| way.reason(subject, *setting).is_none());
            state.compared.picked.update(|picked| picked.extend(can));
        });
    };
    let number = move || state.compared.picked.with(BTreeSet::len);
    let hidden = move || {
        let seen: BTreeSet<(Subject, Setting)> = shown.with(|shown| settings_of(shown)).into_iter().collect();
        state.compared.picked.with(|picked| picked.difference(&seen).count())
    };
    let reason = Signal::derive(move || (number() == 0).then(|| text::snapshots::PICK_FIRST.to_owned()));
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    let each = move || shown.with(|shown| shown.iter().take(most.get()).cloned().collect::<Vec<_>>());
    // The key is everything known of it: what is unfolded in one does not stay unfolded in another that takes its
    // place.
    let key = |drifted: &Drifted| format!("{drifted:?}");
    let list = move || {
        if is_empty.get() {
            return view! {
                <EmptyState text=text::snapshots::NO_HIT>
                    <Button on_press=move |()| Nav::current().refine(Route::SNAPSHOTS)>
                        {text::snapshots::SHOW_ALL}
                    </Button>
                </EmptyState>
            }
            .into_any();
        }
        let part = move |drifted: Drifted| changed(state, &drifted);
        view! {
            <div class="snapshot-changes">
                <For each key children=part />
            </div>
        }
        .into_any()
    };
    let more = move || {
        (shown.with(Vec::len) > most.get()).then(|| {
            view! {
                <Button on_press=move |()| most.update(|most| *most += PORTION)>{text::snapshots::MORE}</Button>
            }
        })
    };
    // However printing is started, everything is printed.
    while_printing(move |on| most.set(if on { usize::MAX } else { PORTION }));
    let body = move || {
        any.get().then(|| {
            view! {
                <Filters asked />
                <div class="actions">
                    <Button on_press=move |()| tick()>{text::snapshots::PICK_SHOWN}</Button>
                    <Button on_press=move |()| state.compared.picked.update(BTreeSet::clear)>
                        {text::snapshots::PICK_NONE}
                    </Button>
                    <Button kind=ButtonKind::Primary disabled_reason=reason on_press=move |()| state.restore()>
                        {move || text::matrix::not_shown(text::snapshots::restore(number()), hidden())}
                    </Button>
                </div>
                {list}
                <div class="actions">{more}</div>
            }
        })
    };
    view! {
        <PrintedAbout only=Signal::derive(move || asked.with(text::snapshots::only)) />
        <p role="status" class="snapshot-sum">{sum}</p>
        <p class="help">{compared}</p>
        {unread}
        <div class="actions">
            <Button on_press=move |()| state.look()>{text::snapshots::LOOK_AGAIN}</Button>
            <Button on_press=move |()| {
                with(state, asked, shown, &|snapshot, drift, shown, known, about| {
                    let text = text::snapshots::as_text(snapshot, drift, shown, known, about);
                    CopyText::current().copy(&text, text::snapshots::COPIED);
                });
            }>{text::snapshots::COPY_TEXT}</Button>
            <Button on_press=move |()| {
                with(state, asked, shown, &|snapshot, drift, shown, known, about| {
                    let file = text::snapshots::as_csv(snapshot, drift, shown, known, about);
                    offer("pim-desk-drift.csv", Kind::Csv, &file);
                });
            }>{text::snapshots::SAVE_CSV}</Button>
            <Button on_press=move |()| {
                with(state, asked, shown, &|snapshot, drift, shown, _, about| {
                    let file = text::snapshots::as_json(snapshot, drift, shown, about);
                    offer("pim-desk-drift.json", Kind::Json, &file);
                });
            }>{text::snapshots::SAVE_JSON}</Button>
            <Button on_press=move |()| {
                most.set(usize::MAX);
                request_animation_frame(page::print);
            }>{text::snapshots::PRINT}</Button>
        </div>
        {body}
    }
    .into_any()
}

type Write<'a> = &'a dyn Fn(&Snapshot, &Drift, &[Drifted], &People<'_>, &About);

fn with(state: SnapshotState, asked: Memo<View>, shown: Memo<Vec<Drifted>>, write: Write<'_>) {
    let known = untrack(|| Names::current().known());
    let only = asked.with_untracked(text::snapshots::only);
    let about = about(only, state.compared.read_unix_ms.get_untracked(), Gaps::default());
    state.file.with_untracked(|file| {
        state.compared.drift.with_untracked(|drift| {
            if let (OpenFile::Snapshot(_, snapshot), Some(drift)) = (file, drift) {
                let people = People::of_file(&snapshot.people, &known);
                shown.with_untracked(|shown| write(snapshot, drift, shown, &people, &about));
            }
        });
    });
}

fn settings_of(shown: &[Drifted]) -> Vec<(Subject, Setting)> {
    let mut picks = Vec::new();
    for drifted in shown {
        for finding in &drifted.findings {
            if let Changed::Setting(line) = &finding.changed {
                picks.push((drifted.subject.clone(), line.setting));
            }
        }
    }
    picks
}
