//! "Select approver(s)": the selected people and groups, and the search for more.

use std::sync::Arc;

use leptos::prelude::*;

use super::row::{PolicyView, Row};
use crate::browser::document;
use crate::desk::directory;
use crate::directory::DirectoryObject;
use crate::guid::Guid;
use crate::policy::{Approver, ApproverKind, Setting, Value};
use crate::state::desk::Desk;
use crate::state::directory::names::Names;
use crate::state::directory::typing::Typing;
use crate::state::policy::pasted_approvers::{Add, PastedApprovers};
use crate::text;
use crate::view::part::{Button, ButtonKind, Chip, Chips, Field, Picker, PickerItem, PickerResults, Tone};

/// How many stored approvers are shown at first.
const SHOWN: usize = 50;

/// The row.
#[component]
pub fn ApproversRow() -> impl IntoView {
    let editor = PolicyView::current().editor;
    let names = Names::current();
    let setting = Setting::Approvers;
    let list = Memo::new(move |_| match editor.value(setting) {
        Some(Value::Approvers(list)) => list,
        _ => Vec::new(),
    });
    let all = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        let list = list.get();
        if all.get() || list.len() <= SHOWN {
            return list;
        }
        // A newly added approver is always shown.
        let stored = match editor.policy.with(|policy| policy.read(setting).value) {
            Some(Value::Approvers(stored)) => stored,
            _ => Vec::new(),
        };
        let is_shown = |(at, approver): &(usize, Approver)| *at < SHOWN || !stored.contains(approver);
        list.into_iter().enumerate().filter(is_shown).map(|(_, approver)| approver).collect()
    });
    let hidden = Memo::new(move |_| list.with(Vec::len) > shown.with(Vec::len));
    let chips =
        Memo::new(move |_| shown.get().iter().map(|approver| approver_chip(approver, names)).collect::<Vec<_>>());
    let remove = move |key: String| {
        let mut wanted = list.get_untracked();
        wanted.retain(|approver| key_of(approver) != key);
        editor.set(setting, Value::Approvers(wanted));
    };
    view! {
        <Row setting group=true nested=true>
            <Chips items=chips on_remove=Callback::new(remove) />
            <Show when=move || hidden.get()>
                <ShowAll number=Signal::derive(move || list.with(Vec::len)) all />
            </Show>
            <AddApprover
                on_add=Arc::new(move |approver| editor.add_approver(approver))
                pasting=editor.pasting()
            />
        </Row>
    }
    .into_any()
}

/// Shows the hidden approvers; the focus moves to the search.
#[component]
fn ShowAll(
    /// How many there are in all.
    number: Signal<usize>,
    /// All are shown.
    all: RwSignal<bool>,
) -> impl IntoView {
    let control = Field::current().control_id();
    let press = move |()| {
        all.set(true);
        document::focus(&control, false);
    };
    view! {
        <Button kind=ButtonKind::Quiet on_press=press>
            {move || text::policy::setting::show_all_approvers(number.get())}
        </Button>
    }
    .into_any()
}

fn key_of(approver: &Approver) -> String {
    approver.id.clone()
}

/// An approver as a chip, with what is known of them.
pub fn approver_chip(approver: &Approver, names: Names) -> Chip {
    let entry = approver.id.parse::<Guid>().ok().and_then(|id| names.get(&id));
    let note = match (&entry, approver.kind) {
        (Some(DirectoryObject::Person(person)), _) if person.disabled => text::policy::setting::APPROVER_DISABLED,
        (Some(DirectoryObject::Person(person)), _) if person.guest => text::policy::setting::APPROVER_GUEST,
        (_, ApproverKind::Group) => text::policy::setting::APPROVER_GROUP,
        _ => "",
    };
    let tone = if note == text::policy::setting::APPROVER_DISABLED { Tone::Danger } else { Tone::Neutral };
    Chip {
        key: key_of(approver),
        label: text::policy::value::approver(approver, &names.known()),
        note: note.to_owned(),
        tone,
    }
}

/// The search for people and groups. Answers to older texts are dropped.
#[component]
pub fn AddApprover(
    /// Someone was picked, or found among pasted names.
    on_add: Add,
    /// The names pasted here, if they outlive the field.
    #[prop(optional)]
    pasting: Option<PastedApprovers>,
) -> impl IntoView {
    let names = Names::current();
    let desk = Desk::current();
    let typing = Typing::new();
    let search = move |query: String| {
        typing.typed(&query, move |query| async move {
            match directory::search(&desk.client(), &query).await {
                Ok(hits) => {
                    let items = hits.entries.iter().map(item).collect();
                    names.learn(hits.entries);
                    PickerResults::Found(items, hits.more)
                }
                Err(error) => {
                    PickerResults::Failed(text::problem::problem(&error, text::problem::Doing::LookingUp).title)
                }
            }
        });
    };
    let pasting = pasting.unwrap_or_default();
    let add = on_add.clone();
    let pick = move |picked: PickerItem| {
        let Ok(id) = picked.key.parse::<Guid>() else { return };
        let kind = match names.get(&id) {
            Some(DirectoryObject::Group(_)) => ApproverKind::Group,
            _ => ApproverKind::User,
        };
        add(Approver { kind, id: id.to_string() });
        pasting.note_picked();
    };
    view! {
        <Picker
            label=text::policy::setting::ADD_APPROVER
            placeholder=text::policy::setting::ADD_APPROVER_EXAMPLE
            results=typing.results
            on_query=search
            on_pick=pick
            on_paste=move |raw: String| pasting.take(&raw, on_add.clone())
        />
        {move || {
            let pending = pasting.pending();
            (pending > 0).then(|| view! { <p class="help">{text::policy::setting::looking_up(pending)}</p> })
        }}
        {move || {
            let words = pasting.left_out();
            (!words.is_empty()).then(|| view! { <p class="error-line">{words}</p> })
        }}
        {move || {
            let words = pasting.by_address();
            (!words.is_empty()).then(|| view! { <p class="help">{words}</p> })
        }}
    }
    .into_any()
}

fn item(entry: &DirectoryObject) -> PickerItem {
    match entry {
        DirectoryObject::Person(person) => {
            let mut badges = Vec::new();
            if person.guest {
                badges.push((Tone::Info, text::policy::setting::APPROVER_GUEST.to_owned()));
            }
            if person.disabled {
                badges.push((Tone::Danger, text::policy::setting::APPROVER_DISABLED.to_owned()));
            }
            PickerItem {
                key: person.id.to_string(),
                title: person.name.clone(),
                subtitle: person.username.clone(),
                badges,
            }
        }
        DirectoryObject::Group(group) => PickerItem {
            key: group.id.to_string(),
            title: group.name.clone(),
            subtitle: group.description.clone(),
            badges: vec![(Tone::Neutral, text::policy::setting::APPROVER_GROUP.to_owned())],
        },
    }
}
