//! Policies kept in a file, and what has changed since: `#/snapshots`.

mod changed;
mod drift;
mod export;
mod filters;
mod import;
mod open;
mod take;

use leptos::prelude::*;

use self::drift::DriftPart;
use self::export::ExportPart;
use self::import::ImportPart;
use self::open::OpenPart;
use self::take::TakePart;
use crate::browser::locale;
use crate::graph::Error;
use crate::instant;
use crate::snapshot::Snapshot;
use crate::state::frame::heading::name_page;
use crate::state::snapshots::{GatherProgress, OpenFile, SnapshotState};
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::many_tabs::ManyTabs;
use crate::view::part::{Button, Notice, PageHeader, Tone, UserText};
use crate::view::problem::Trouble;

/// The page.
#[component]
pub fn SnapshotsPage() -> impl IntoView {
    let title = name_page(text::snapshots::TITLE);
    let state = SnapshotState::current();
    let opened = move || {
        state.file.with(|file| match file {
            OpenFile::Snapshot(name, snapshot) => snapshot_view(state, name, snapshot),
            OpenFile::Import(name, _) => view! { <ImportPart state name=name.clone() /> }.into_any(),
            OpenFile::None | OpenFile::Reading(_) | OpenFile::Damaged(..) => ().into_any(),
        })
    };
    view! {
        <PageHeader title />
        <ManyTabs />
        <div class="snapshots">
            <div class="snapshot-parts">
                <TakePart state />
                <OpenPart state />
            </div>
            {opened}
        </div>
    }
    .into_any()
}

fn snapshot_view(state: SnapshotState, name: &str, snapshot: &Snapshot) -> AnyView {
    let here = snapshot.tenant == state.tenant();
    let taken = text::snapshots::taken(snapshot, &moment(&snapshot.taken_at));
    let (holds, gaps) = (text::snapshots::holds(snapshot), text::snapshots::gaps(snapshot));
    view! {
        <section class="snapshot-open" aria-label=name.to_owned()>
            <div class="snapshot-head">
                <h2>
                    <UserText text=name.to_owned() />
                </h2>
                <Button on_press=move |()| state.close()>{text::snapshots::CLOSE}</Button>
            </div>
            <p>{holds}". "<UserText text=taken /></p>
            {(!snapshot.complete).then(|| view! {
                <Notice tone=Tone::Warn title=text::snapshots::INCOMPLETE>
                    <p>{gaps}</p>
                </Notice>
            })}
            {(!here).then(|| view! { <Notice tone=Tone::Danger title=text::snapshots::OTHER_TENANT /> })}
            {here.then(|| view! { <DriftPart state /> })}
            <ExportPart state />
        </section>
    }
    .into_any()
}

/// A moment in the person's own format.
fn moment(at: &str) -> String {
    instant::parse(at).map_or_else(|| at.to_owned(), locale::date_time)
}

/// The progress of a reading, with the button that stops it.
fn course_view(progress: &GatherProgress, cancel: Callback<()>) -> AnyView {
    let told = text::snapshots::course(progress.read, progress.found, progress.failed, progress.slowed);
    let (running, error) = (progress.running, progress.error.clone());
    view! {
        <div class="snapshot-course">
            <p role="status">{told}</p>
            {running.then(|| view! { <Button on_press=cancel>{text::snapshots::CANCEL}</Button> })}
        </div>
        {(!running).then_some(error).flatten().map(|error| trouble(error, None))}
    }
    .into_any()
}

/// What went wrong with a read; with a button to read again, if possible.
fn trouble(error: Error, again: Option<Callback<()>>) -> AnyView {
    let told = problem(&error, Doing::LookingUp);
    match again {
        Some(on_retry) => view! { <Trouble problem=told error on_retry /> }.into_any(),
        None => view! {
            <Notice tone=Tone::Warn title=told.title.clone()>
                <p>{told.next_step.clone()}</p>
            </Notice>
        }
        .into_any(),
    }
}
