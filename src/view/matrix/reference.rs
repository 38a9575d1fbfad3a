//! The choice of what the rows are compared with.

use leptos::prelude::*;

use super::progress::HeldFailures;
use super::row::full_name;
use super::shown::Shown;
use crate::auth::extras::Extra;
use crate::baseline;
use crate::matrix::{Class, HolderKind, Reference};
use crate::policy::Subject;
use crate::state::extras::ExtrasState;
use crate::state::matrix::held_roles::HeldRoles;
use crate::state::matrix::{MatrixState, ReadingStage};
use crate::state::snapshots::{OpenFile, SnapshotState};
use crate::state::templates::TemplatesState;
use crate::template::{self, Origin, Template};
use crate::text;
use crate::view::part::{Button, Choice, Dialog, DialogFocus, Notice, Select, Tone};
use crate::view::subject_picker::{Named, SubjectPicker};

/// The option for a policy that is still to be picked.
const PICK: &str = "pick";

/// Everything that rows can be compared with, with its label. The only list of them: a new kind of reference is added
/// here. `now` is the current one, which is always among the choices.
fn choices(shown: Shown, now: &Reference) -> Vec<(Reference, String)> {
    let (templates, snapshots) = (TemplatesState::current(), SnapshotState::current());
    let plain = |reference: Reference| {
        let words = text::matrix::reference(&reference);
        (reference, words)
    };
    let mut all = vec![plain(Reference::Majority), plain(Reference::Nothing)];
    let named = |origin, list: &[Template]| {
        let one = |template: &Template| {
            let reference = Reference::Template(template::address(origin, &template.key));
            (reference, text::matrix::template(&template.name))
        };
        list.iter().map(one).collect::<Vec<_>>()
    };
    all.extend(templates.own.with(|own| named(Origin::Own, own)));
    all.extend(templates.hosted.with(|hosted| named(Origin::Team, hosted.templates())));
    all.extend(baseline::ALL.iter().map(|baseline| {
        let name = text::matrix::baseline(text::report::baseline::name(baseline));
        (Reference::Baseline(baseline.key.to_owned()), name)
    }));
    if snapshots.file.with(|file| matches!(file, OpenFile::Snapshot(..))) {
        all.push(plain(Reference::Snapshot));
    }
    if !all.iter().any(|(known, _)| known == now) {
        let name = match now {
            Reference::Policy(subject) => shown.with_subject(subject, full_name),
            _ => None,
        };
        all.push(name.map_or_else(|| plain(now.clone()), |name| (now.clone(), name)));
    }
    all
}

/// What the rows are compared with, as text.
pub fn name_of(shown: Shown) -> String {
    let now = shown.view.with(|view| view.reference.clone());
    let all = choices(shown, &now);
    all.into_iter().find(|(known, _)| *known == now).map(|(_, name)| name).unwrap_or_default()
}

/// The select, and the dialog that finds a policy.
#[component]
pub fn ReferenceChoice(
    /// The table.
    shown: Shown,
) -> impl IntoView {
    let picks = RwSignal::new(false);
    let reference = Memo::new(move |_| shown.view.with(|view| view.reference.clone()));
    let choices = Signal::derive(move || {
        // Tracked, so that the select shows the current choice again after the dialog.
        picks.track();
        let choice = |(reference, label): (Reference, String)| Choice::new(reference.to_string(), label);
        let mut all: Vec<Choice> = choices(shown, &reference.get()).into_iter().map(choice).collect();
        all.push(Choice::new(PICK, text::matrix::PICK));
        all
    });
    let hold = move |reference: Reference| shown.refine(|view| crate::matrix::View { reference, ..view });
    let change = move |value: String| {
        if value == PICK {
            picks.set(true);
        } else if let Ok(reference) = value.parse() {
            hold(reference);
        }
    };
    let picked = move |named: Named| {
        picks.set(false);
        hold(Reference::Policy(named.subject));
    };
    view! {
        <label class="matrix-choice">
            <span>{text::matrix::HELD_AGAINST}</span>
            <Select
                label=text::matrix::HELD_AGAINST
                choices
                value=Signal::derive(move || reference.get().to_string())
                on_change=change
            />
        </label>
        <Dialog
            open=picks
            title=Signal::stored(text::matrix::PICK_TITLE.to_owned())
            on_close=Callback::new(move |()| picks.set(false))
            focus=DialogFocus::Title
        >
            <div class="copy-source">
                <SubjectPicker label=text::matrix::PICK_TITLE without=None on_pick=picked />
            </div>
        </Dialog>
    }
    .into_any()
}

/// Whether what the reference is taken from has been read as far as it will be; views follow it. Roles that the person
/// has not asked for will not be read.
fn is_over(table: MatrixState, reference: &Reference) -> bool {
    let over = |stage| matches!(stage, ReadingStage::Complete | ReadingStage::Stopped);
    if let Reference::Policy(Subject::Role { .. }) = reference {
        let stage = table.roles.with(|roles| roles.stage);
        return over(stage) || (stage == ReadingStage::NotBegun && !ExtrasState::current().has(Extra::RolePolicies));
    }
    over(table.groups.with(|groups| groups.stage))
}

/// Reads a policy that the rows are to be compared with and that the table lacks; says so if there is none.
#[component]
pub fn ReferenceTrouble(
    /// The table.
    shown: Shown,
) -> impl IntoView {
    let table = shown.table();
    let wanted = Memo::new(move |_| {
        let Reference::Policy(subject) = shown.view.with(|view| view.reference.clone()) else { return None };
        let over = is_over(table, &Reference::Policy(subject.clone()));
        Some((subject, over))
    });
    // A group that is not in PIM has no row until it is read individually.
    Effect::new(move |asked: Option<Option<Subject>>| {
        let asked = asked.flatten();
        let Some((subject, true)) = wanted.get() else { return asked };
        let is_there = untrack(|| shown.with_subject(&subject, |_| ()).is_some());
        if !is_there && subject.access().is_some() && asked.as_ref() != Some(&subject) {
            table.renew(HolderKind::Groups, std::slice::from_ref(subject.id()), None);
            return Some(subject);
        }
        asked
    });
    let missing = Memo::new(move |_| {
        let reference = shown.view.with(|view| view.reference.clone());
        let chosen = !matches!(reference, Reference::Majority | Reference::Nothing);
        chosen && is_over(table, &reference) && shown.standard.with(crate::matrix::Standard::is_empty)
    });
    let wanted_roles = ExtrasState::current();
    let title = Signal::derive(move || {
        let known = |key: &String| baseline::find(key).is_some();
        let is_baseline = shown.view.with(|view| matches!(&view.reference, Reference::Baseline(key) if known(key)));
        let words = match (is_baseline && shown.all() > 0, wanted_roles.has(Extra::RolePolicies)) {
            (false, _) => text::matrix::REFERENCE_MISSING,
            (true, true) => text::matrix::ABOUT_NOBODY,
            (true, false) => text::matrix::ABOUT_NOBODY_YET,
        };
        words.to_owned()
    });
    let actions = move || {
        view! {
            <Button on_press=move |()| {
                shown.refine(|view| crate::matrix::View { reference: Reference::Majority, ..view });
            }>{text::matrix::USE_MAJORITY}</Button>
        }
    };
    view! {
        <Show when=move || missing.get()>
            <Notice tone=Tone::Warn title actions />
        </Show>
        <Doubts shown />
    }
    .into_any()
}

/// Of how many policies it is not known whether the baseline says more about them, once nothing is being read.
#[component]
fn Doubts(
    /// The table.
    shown: Shown,
) -> impl IntoView {
    let (held, wanted) = (HeldRoles::current(), ExtrasState::current());
    let doubts = Memo::new(move |_| {
        let found = shown.in_doubt();
        if shown.is_running() || held.waiting() > 0 { 0 } else { found }
    });
    // If roles are shown, the notice above asks for the same permission.
    let actions = move || {
        view! {
            <Show when=move || !wanted.has(Extra::RolePolicies) && !shown.shows(Class::Roles)>
                <Button busy=wanted.asking on_press=move |()| wanted.want(Extra::RolePolicies)>
                    {text::role::SHOW_ROLES}
                </Button>
            </Show>
        }
    };
    view! {
        <Show when=move || { doubts.get() > 0 }>
            <Notice
                tone=Tone::Warn
                title=Signal::derive(move || text::matrix::in_doubt(doubts.get()))
                actions
            >
                <p>{text::matrix::IN_DOUBT_HELP}</p>
            </Notice>
            <HeldFailures table=shown.table() />
        </Show>
    }
    .into_any()
}
