//! Someone else changed the same settings: keep mine or take theirs, per setting, nothing by default.

use leptos::prelude::*;

use super::findings::MeanwhileNote;
use crate::desk::save::Outcome;
use crate::policy::merge::Conflict;
use crate::state::editor::{Editor, Saving};
use crate::state::names::Names;
use crate::text;
use crate::view::part::{Notice, RadioGroup, RadioOption, Tone};

const MINE: &str = "mine";
const THEIRS: &str = "theirs";

/// The list of conflicts.
#[component]
pub fn Conflicts(
    /// The policy.
    editor: Editor,
) -> impl IntoView {
    let conflicts = move || {
        editor.saving.with(|saving| match saving {
            Saving::Ended(outcome) => match outcome.as_ref() {
                Outcome::Conflicts { conflicts, .. } => conflicts.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        })
    };
    let modified =
        move || editor.policy.with(|policy| policy.modified_by.as_ref().map(|name| text::review::changed_by(name)));
    view! {
        <Notice tone=Tone::Warn title=text::review::NOTHING_SENT>
            {text::review::CONFLICTS_HELP}
            {move || modified().map(|words| view! { <p class="user-text">{words}</p> })}
        </Notice>
        <MeanwhileNote editor />
        {move || {
            conflicts().into_iter().map(|conflict| view! { <ConflictRow editor conflict /> }).collect_view()
        }}
    }
    .into_any()
}

#[component]
fn ConflictRow(
    /// The policy.
    editor: Editor,
    /// The conflict.
    conflict: Conflict,
) -> impl IntoView {
    let known = untrack(|| Names::current().known());
    let words = |value| text::value::value(value, &known);
    let setting = conflict.setting;
    let theirs = conflict.theirs.as_ref().map_or_else(|| text::review::NOT_READABLE.to_owned(), words);
    let mut options =
        vec![RadioOption { value: THEIRS.to_owned(), label: text::review::take_theirs(&theirs), help: String::new() }];
    if conflict.theirs.is_some() {
        options.insert(
            0,
            RadioOption {
                value: MINE.to_owned(),
                label: text::review::keep_mine(&words(&conflict.mine)),
                help: String::new(),
            },
        );
    }
    let legend = text::review::conflict(&text::setting::full_label(setting), &words(&conflict.base));
    let mine = conflict.mine.clone();
    let chosen = RwSignal::new(String::new());
    let choose = move |key: String| {
        editor.decide_as(setting, mine.clone(), key == MINE);
        chosen.set(key);
    };
    view! {
        <div class="conflict user-text">
            <RadioGroup
                legend
                options
                value=chosen
                on_change=choose
            />
        </div>
    }
    .into_any()
}
