//! The policy as a short text, as it would be with the unsaved changes.

use std::time::Duration;

use leptos::prelude::*;

use super::export_dialog::ExportDialog;
use crate::policy::{Draft, Sheet};
use crate::route::{Comparing, Route, Source};
use crate::state::directory::names::Names;
use crate::state::frame::clip::CopyText;
use crate::state::policy::editor::Editor;
use crate::text;
use crate::text::policy::plain_words::{self, paragraphs, whole};
use crate::view::part::{Button, ButtonKind, ButtonLink, Disclosure};

/// How long a person pauses before the text is updated.
const PAUSE: Duration = Duration::from_millis(150);

/// The panel above the settings: the text, and the buttons for exporting the policy.
#[component]
pub fn PlainWords(
    /// The policy.
    editor: Editor,
    /// The name of the group or role.
    holder: Signal<String>,
) -> impl IntoView {
    let names = Names::current();
    let (_, drafted) = sheets(editor, Memo::new(move |_| editor.policy.with(Sheet::of)));
    let title =
        move || if editor.edits(Draft::is_empty) { plain_words::IN_WORDS } else { plain_words::IN_WORDS_DRAFTED };
    let copy = move |()| {
        let (sheet, known) = untrack(|| (drafted.get(), names.known()));
        let is_drafted = untrack(|| editor.unsaved()) > 0;
        let text = holder.with_untracked(|holder| whole(&editor.subject(), holder, &sheet, &known, is_drafted));
        CopyText::current().copy(&text, plain_words::WORDS_COPIED);
    };
    let exporting = RwSignal::new(false);
    let subject = editor.subject();
    let other = subject.of_page().into_iter().find(|one| *one != subject);
    let compare = Route::Compare(Comparing::of(Some(Source::Policy(subject)), other.map(Source::Policy))).to_string();
    view! {
        <section class="in-words" aria-label=plain_words::IN_WORDS>
            <p class="in-words-head">{title}</p>
            <Words text=when_paused(editor, move || text_of(editor, &drafted.get(), names)) />
            <div class="actions">
                <Button kind=ButtonKind::Quiet on_press=copy>{plain_words::COPY_WORDS}</Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| exporting.set(true)>
                    {text::policy::export::OPEN}
                </Button>
                <ButtonLink kind=ButtonKind::Quiet href=Signal::stored(compare)>
                    {text::policy::compare::OPEN}
                </ButtonLink>
            </div>
        </section>
        <ExportDialog editor holder open=exporting />
    }
    .into_any()
}

/// The text before and after, folded in the review.
#[component]
pub fn WordsOfReview(
    /// The policy.
    editor: Editor,
) -> impl IntoView {
    let names = Names::current();
    let (stored, drafted) = sheets(editor, Memo::new(move |_| editor.with_ground(Sheet::of)));
    let before = Memo::new(move |_| stored.with(|sheet| text_of(editor, sheet, names)));
    let after = Memo::new(move |_| text_of(editor, &drafted.get(), names));
    view! {
        <Disclosure summary=Signal::stored(plain_words::REVIEW_WORDS.to_owned())>
            <div class="words-pair">
                <section>
                    <h4>{plain_words::BEFORE}</h4>
                    <Words text=before />
                </section>
                <section>
                    <h4>{plain_words::AFTER}</h4>
                    <Words text=after />
                </section>
            </div>
        </Disclosure>
    }
    .into_any()
}

/// Its paragraphs.
#[component]
pub fn Words(
    /// The paragraphs of each tab.
    #[prop(into)]
    text: Signal<Vec<String>>,
) -> impl IntoView {
    let lines = move || text.get().into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! { <div class="words">{lines}</div> }.into_any()
}

/// The text once the person pauses: nobody reads it while typing, and updating it with every keystroke would delay what
/// they do look at.
fn when_paused(editor: Editor, text: impl Fn() -> Vec<String> + Copy + 'static) -> Signal<Vec<String>> {
    let (shown, timer) = (RwSignal::new(untrack(text)), StoredValue::new(None::<TimeoutHandle>));
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    Effect::new(move |before: Option<()>| {
        editor.edits(|_| ());
        editor.policy.track();
        if before.is_some() {
            stop();
            timer.set_value(set_timeout_with_handle(move || shown.set(untrack(text)), PAUSE).ok());
        }
    });
    // A name appears here as soon as it appears next to its field.
    let names = Names::current();
    Effect::new(move |before: Option<()>| {
        drop(names.known());
        if before.is_some() {
            shown.set(untrack(text));
        }
    });
    on_cleanup(stop);
    shown.into()
}

/// The paragraphs of a sheet, with the names that are known now.
pub fn text_of(editor: Editor, sheet: &Sheet, names: Names) -> Vec<String> {
    paragraphs(&editor.subject(), sheet, &names.known()).into_iter().map(|(_, line)| line).collect()
}

/// The policy as it is, and with the unsaved changes; views follow both. The rules are read once per policy, not per
/// keystroke.
fn sheets(editor: Editor, stored: Memo<Sheet>) -> (Memo<Sheet>, Signal<Sheet>) {
    (stored, Signal::derive(move || stored.with(|sheet| editor.edits(|draft| sheet.under(draft)))))
}
