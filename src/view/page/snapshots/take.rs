//! Taking a snapshot.

use leptos::prelude::*;

use super::course_view;
use super::export::ExportPart;
use crate::auth::extras::Extra;
use crate::matrix::Class;
use crate::policy::Subject;
use crate::snapshot::file::Naming;
use crate::snapshot::{can_be_opened, to_file};
use crate::state::extras::ExtrasState;
use crate::state::snapshots::{GatherProgress, SnapshotState};
use crate::text;
use crate::view::file::{Kind, offer};
use crate::view::part::{Button, ButtonKind, Checkbox, Chip, Chips, Notice, Tone};
use crate::view::subject_picker::{Named, SubjectPicker};

/// What to include, the progress, and the file.
#[component]
pub fn TakePart(
    /// The page's snapshots.
    state: SnapshotState,
) -> impl IntoView {
    let wanted = ExtrasState::current();
    let with_roles = move || wanted.has(Extra::RolePolicies);
    let (groups, roles) = (RwSignal::new(true), RwSignal::new(false));
    let chosen: RwSignal<Vec<Named>> = RwSignal::default();
    let (holders, people) = (RwSignal::new(true), RwSignal::new(false));
    let nothing = move || !groups.get() && !roles.get() && chosen.with(Vec::is_empty);
    let reason = Signal::derive(move || nothing().then(|| text::snapshots::NOTHING_CHOSEN.to_owned()));
    let running = Signal::derive(move || state.taking.progress.with(|course| course.running));
    let press = move |()| {
        let mut whole = Vec::new();
        if groups.get_untracked() {
            whole.extend([Class::Members, Class::Owners]);
        }
        if roles.get_untracked() {
            whole.push(Class::Roles);
        }
        let only: Vec<Subject> =
            chosen.with_untracked(|chosen| chosen.iter().map(|named| named.subject.clone()).collect());
        let naming = Naming { holders: holders.get_untracked(), people: people.get_untracked() };
        let _ = state.take(whole, only, naming);
    };
    let pick = move |named: Named| {
        groups.set(false);
        roles.set(false);
        chosen.update(|chosen| {
            chosen.retain(|own| own.subject != named.subject);
            chosen.push(named);
        });
    };
    let whole = move |signal: RwSignal<bool>| {
        move |on: bool| {
            if on {
                chosen.set(Vec::new());
            }
            signal.set(on);
        }
    };
    let chips = Signal::derive(move || {
        chosen.with(|chosen| {
            chosen
                .iter()
                .map(|named| Chip {
                    key: named.subject.to_string(),
                    label: named.name.clone(),
                    note: String::new(),
                    tone: Tone::Neutral,
                })
                .collect::<Vec<_>>()
        })
    });
    let remove = move |key: String| chosen.update(|chosen| chosen.retain(|named| named.subject.to_string() != key));
    let begun = move || state.taking.progress.with(|course| *course != GatherProgress::default());
    let course = move || {
        begun().then(|| {
            state.taking.progress.with(|course| course_view(course, Callback::new(move |()| state.taking.stop())))
        })
    };
    view! {
        <section class="snapshot-part" aria-labelledby="snapshot-take">
            <h2 id="snapshot-take">{text::snapshots::TAKE}</h2>
            <p class="help">{text::snapshots::TAKE_HELP}</p>
            <fieldset class="snapshot-scope">
                <legend>{text::snapshots::SCOPE}</legend>
                <Checkbox checked=groups on_change=whole(groups) label=text::snapshots::ALL_GROUPS />
                {move || with_roles().then(|| view! {
                    <Checkbox checked=roles on_change=whole(roles) label=text::snapshots::ALL_ROLES />
                })}
                <div class="snapshot-only">
                    <p aria-hidden="true">{text::snapshots::CHOOSE}</p>
                    <SubjectPicker label=text::snapshots::CHOOSE without=None on_pick=pick />
                </div>
                <Chips items=chips on_remove=remove />
            </fieldset>
            <Checkbox checked=holders on_change=move |on| holders.set(on) label=text::snapshots::NAMES_OF_HOLDERS />
            <Checkbox checked=people on_change=move |on| people.set(on) label=text::snapshots::NAMES_OF_PEOPLE />
            <p class="help">{text::snapshots::ALWAYS_IN_IT}</p>
            <div class="actions">
                <Button kind=ButtonKind::Primary disabled_reason=reason busy=running on_press=press>
                    {text::snapshots::TAKE_NOW}
                </Button>
            </div>
            {course}
            {move || taken(state)}
        </section>
    }
    .into_any()
}

fn taken(state: SnapshotState) -> Option<AnyView> {
    let snapshot = state.taking.taken.get()?.0;
    let (title, complete) = (text::snapshots::holds(&snapshot), snapshot.complete);
    let too_large = (!can_be_opened(&snapshot)).then(text::snapshots::too_large);
    let kept = StoredValue::new(snapshot);
    let save = move |()| {
        kept.with_value(|snapshot| offer(&snapshot.file_name(), Kind::Json, &to_file(snapshot)));
    };
    let look = move |()| kept.with_value(|snapshot| state.open(snapshot.file_name(), snapshot.clone()));
    let actions = move || {
        view! {
            <Button on_press=save>{text::snapshots::SAVE}</Button>
            <Button on_press=look>{text::snapshots::COMPARE_LATER}</Button>
        }
    };
    let tone = if complete && too_large.is_none() { Tone::Ok } else { Tone::Warn };
    Some(
        view! {
            <Notice tone title actions>
                {(!complete).then(|| view! { <p>{text::snapshots::INCOMPLETE}</p> })}
                {too_large.map(|words| view! { <p>{words}</p> })}
            </Notice>
            <ExportPart state taken=true />
        }
        .into_any(),
    )
}
