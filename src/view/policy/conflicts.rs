//! The same settings were changed meanwhile: keep mine or take theirs, per setting, with no default.

use leptos::prelude::*;

use super::findings::MeanwhileNote;
use crate::browser::locale;
use crate::desk::save::Outcome;
use crate::instant;
use crate::policy::merge::Conflict;
use crate::state::directory::names::Names;
use crate::state::policy::editor::{Editor, Saving};
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
    let modified = move || {
        editor.policy.with(|policy| {
            let at = policy.modified_at.as_deref().and_then(instant::parse).map(locale::date_time);
            policy.modified_by.as_ref().map(|name| text::policy::review::changed_by(name, at.as_deref()))
        })
    };
    view! {
        <Notice tone=Tone::Warn title=text::policy::review::NOTHING_SENT>
            {text::policy::review::CONFLICTS_HELP}
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
    let names = Names::current();
    let (setting, mine) = (conflict.setting, conflict.mine.clone());
    // Names in a newer policy may still be being looked up.
    let words = Memo::new(move |_| words_of(&conflict, &names.known()));
    let chosen = RwSignal::new(String::new());
    let choose = Callback::new(move |key: String| {
        editor.decide_as(setting, mine.clone(), key == MINE);
        chosen.set(key);
    });
    view! {
        <div class="conflict user-text">
            {move || {
                let (legend, options) = words.get();
                view! { <RadioGroup legend options value=chosen on_change=choose /> }
            }}
        </div>
    }
    .into_any()
}

/// What a conflict is about, and the choices.
fn words_of(conflict: &Conflict, known: &impl text::policy::value::Names) -> (String, Vec<RadioOption>) {
    let words = |value| text::policy::value::value(value, known);
    let option = |value: &str, label| RadioOption { value: value.to_owned(), label, help: String::new() };
    let mine = conflict.theirs.as_ref().map(|_| option(MINE, text::policy::review::keep_mine(&words(&conflict.mine))));
    let theirs = conflict.theirs.as_ref().map_or_else(|| text::policy::review::NOT_READABLE.to_owned(), words);
    let options = mine.into_iter().chain([option(THEIRS, text::policy::review::take_theirs(&theirs))]).collect();
    (
        text::policy::review::conflict(&text::policy::setting::full_label(conflict.setting), &words(&conflict.base)),
        options,
    )
}
