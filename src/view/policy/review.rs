//! Before a save: what changes, in the admin center's words; during and after it: the state of each rule.

use leptos::prelude::*;

use super::change_line::ChangeLine;
use super::conflicts::Conflicts;
use super::export_text::ExportText;
use super::findings::{FieldLink, Findings, MeanwhileNote};
use super::plain_words::WordsOfReview;
use super::receipt::{Receipt, stop_words};
use super::row::PolicyView;
use super::rule_pairs::RulePairs;
use crate::browser::document;
use crate::desk::save::Outcome;
use crate::export::{Export, Form};
use crate::policy::exposure::exposures;
use crate::policy::plan::plan;
use crate::policy::preflight::Preflight;
use crate::policy::{Change, Draft, Policy, Setting, Severity, Tab};
use crate::state::desk::Desk;
use crate::state::frame::online::Online;
use crate::state::policy::editor::{Editor, Saving};
use crate::text;
use crate::view::dialog_wait::DialogWait;
use crate::view::page::policy::Place;
use crate::view::part::{Button, ButtonKind, Dialog, Disclosure, Notice, Tone, UserText};

/// ID of the link to the first field that blocks a save.
const FIRST_ERROR: &str = "review-error";

/// What the dialog shows now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Review,
    Progress,
    Conflicts,
}

/// The review dialog. It stays open during a save: the list of changes becomes the list of results.
#[component]
pub fn ReviewDialog(
    /// The policy.
    editor: Editor,
    /// Open or not; it is part of the address.
    #[prop(into)]
    open: Signal<bool>,
    /// The person wants to leave it.
    #[prop(into)]
    on_close: Callback<()>,
    /// The policy's name: "Tier-0 Operators (members)".
    #[prop(into)]
    subject: Signal<String>,
    /// The tenant's name.
    #[prop(into)]
    tenant: Signal<String>,
    /// Whether saving brings the group into PIM for good: certainly (`true`) or perhaps (`false`).
    onboards: Signal<Option<bool>>,
    /// Where on the page the person is; for links to the fields.
    place: Place,
) -> impl IntoView {
    let step = Memo::new(move |_| {
        editor.saving.with(|saving| match saving {
            Saving::No => Step::Review,
            Saving::Ended(outcome) if matches!(**outcome, Outcome::Conflicts { .. }) => Step::Conflicts,
            _ => Step::Progress,
        })
    });
    let looks_up = Memo::new(move |_| editor.pasting().pending() > 0);
    Effect::new(move |_| {
        if open.get() && step.get() == Step::Review && !looks_up.get() {
            editor.check_tenant(onboards.get_untracked());
        }
    });
    // However it is closed (a button, a link to a field, the browser's "Back"), and whenever its read ends after that.
    Effect::new(move |_| {
        if !open.get() {
            editor.go_on_from_review();
        }
    });
    let close = move || {
        if !editor.is_saving() {
            editor.put_away();
            place.sought.set(None);
            on_close.run(());
        }
    };
    let title = Signal::derive(move || match step.get() {
        Step::Review => text::policy::review::title(editor.unsaved(), &subject.get()),
        Step::Progress => text::policy::review::saving_title(&subject.get()),
        Step::Conflicts => text::policy::review::CONFLICTS_TITLE.to_owned(),
    });
    let footer = move || match step.get() {
        Step::Review => view! { <ReviewButtons editor close=Callback::new(move |()| close()) onboards /> }.into_any(),
        Step::Conflicts => view! {
            <Button
                kind=ButtonKind::Primary
                on_press=move |()| editor.put_away()
            >
                {text::policy::review::BACK_TO_REVIEW}
            </Button>
        }
        .into_any(),
        Step::Progress => {
            let busy = Signal::derive(move || editor.saving.with(|saving| matches!(saving, Saving::Running(_))));
            let stop_reason = Signal::derive(move || editor.stopping.get().then(|| stop_words(editor).1.to_owned()));
            view! {
                <Show when=move || busy.get()>
                    <Button disabled_reason=stop_reason on_press=move |()| editor.stop()>
                        {move || stop_words(editor).0}
                    </Button>
                </Show>
                <Button
                    kind=ButtonKind::Primary
                    busy
                    disabled_reason=Signal::derive(move || busy.get().then(|| text::policy::review::WAIT.to_owned()))
                    on_press=move |()| close()
                >
                    {text::page::CLOSE}
                </Button>
            }
            .into_any()
        }
    };
    view! {
        <Dialog open title on_close=Callback::new(move |()| close()) wide=true footer>
            <p class="help">
                <UserText text=tenant />
            </p>
            {move || match step.get() {
                Step::Review => view! {
                    <DialogWait />
                    <Changes editor onboards place />
                }
                .into_any(),
                Step::Progress => view! { <Receipt editor /> }.into_any(),
                Step::Conflicts => view! { <Conflicts editor /> }.into_any(),
            }}
        </Dialog>
    }
    .into_any()
}

#[component]
fn ReviewButtons(
    /// The policy.
    editor: Editor,
    /// Leaves the review.
    close: Callback<()>,
    /// Saving brings the group into PIM: certainly (`true`) or perhaps (`false`).
    onboards: Signal<Option<bool>>,
) -> impl IntoView {
    let online = Online::current();
    let blocked = Signal::derive(move || {
        if let Some(offline) = online.why_not() {
            return Some(offline);
        }
        let pending = editor.pasting().pending();
        if pending > 0 {
            Some(text::policy::setting::looking_up(pending))
        } else if editor.unsaved() == 0 {
            Some(text::policy::review::NOTHING_TO_SAVE.to_owned())
        } else if editor.has_errors() {
            Some(text::policy::review::HAS_ERRORS.to_owned())
        } else {
            if editor.holds_save() {
                return Some(text::policy::preflight::HOLDS.to_owned());
            }
            let blocks = editor.preflight.with(|found| found.as_ref().is_some_and(Preflight::blocks));
            blocks.then(|| text::policy::preflight::BLOCKS.to_owned())
        }
    });
    view! {
        <Button on_press=close>{text::policy::review::KEEP_EDITING}</Button>
        <Button kind=ButtonKind::Primary disabled_reason=blocked on_press=move |()| editor.save()>
            {move || text::policy::review::save(editor.unsaved(), onboards.get() == Some(true))}
        </Button>
    }
    .into_any()
}

/// What cannot be saved, each with a link to its field.
#[component]
fn Errors(
    /// The policy.
    editor: Editor,
    /// Where on the page the person is.
    place: Place,
) -> impl IntoView {
    move || {
        let issues = editor.issues.get();
        let errors = issues.into_iter().filter(|issue| issue.severity == Severity::Error);
        let lines = errors
            .enumerate()
            .map(|(at, issue)| {
                let id = (at == 0).then_some(FIRST_ERROR);
                view! {
                    <li>
                        <FieldLink place subject=editor.subject() setting=issue.setting id />
                        ": "
                        <UserText text=text::policy::issue::issue(&issue) />
                    </li>
                }
            })
            .collect_view();
        view! { <ul>{lines}</ul> }.into_any()
    }
}

/// The changes by tab, each before → after, with what it weakens.
#[component]
fn Changes(
    /// The policy.
    editor: Editor,
    /// Saving brings the group into PIM: certainly (`true`) or perhaps (`false`).
    onboards: Signal<Option<bool>>,
    /// Where on the page the person is.
    place: Place,
) -> impl IntoView {
    let desk = Desk::current();
    let cloud = desk.session().config().cloud;
    let holder = PolicyView::current().holder;
    let export = Signal::derive(move || {
        let tenant = desk.account().tid;
        let of =
            |policy: &Policy, draft: &Draft| holder.with(|name| Export::changes(policy, draft, name, cloud, &tenant));
        editor.with_ground(|policy| editor.edits(|draft| of(policy, draft)))
    });
    let untouched = move || text::policy::review::untouched(Setting::all().count().saturating_sub(editor.unsaved()));
    let by_tab = move || {
        let changes = editor.changes.get();
        Tab::ALL
            .into_iter()
            .filter_map(|tab| {
                let of_tab: Vec<Change> =
                    changes.iter().filter(|change| change.setting.tab() == tab).cloned().collect();
                (!of_tab.is_empty()).then(|| {
                    view! {
                        <h3>{text::policy::setting::tab(tab)}</h3>
                        <ul class="changes">
                            {of_tab.into_iter().map(|change| view! { <ChangeLine change /> }).collect_view()}
                        </ul>
                    }
                })
            })
            .collect_view()
    };
    // Between two of the writes activation requires less than before and after.
    let gap = move || {
        let changes = editor.changes.get();
        let wanted: Vec<_> = changes.into_iter().map(|change| (change.setting, change.after)).collect();
        editor.with_ground(|policy| !exposures(policy, &plan(policy, &wanted)).is_empty())
    };
    if untrack(|| editor.has_errors()) {
        // After the dialog, which focuses its title when it opens.
        request_animation_frame(|| {
            request_animation_frame(|| {
                document::focus(FIRST_ERROR, true);
            });
        });
    }
    view! {
        {move || onboards.get().map(|surely| view! {
            <Notice
                tone=Tone::Warn
                title=if surely {
                    text::policy::review::ONBOARDS_TITLE
                } else {
                    text::policy::review::MAY_ONBOARD_TITLE
                }
            >
                {text::policy::review::ONBOARDS}
            </Notice>
        })}
        <Show when=move || editor.has_errors()>
            <Notice tone=Tone::Danger title=text::policy::review::HAS_ERRORS>
                <Errors editor place />
            </Notice>
        </Show>
        {move || {
            let pasted = editor.pasting();
            let (left_out, by_address) = (pasted.left_out(), pasted.by_address());
            let title = if left_out.is_empty() {
                text::policy::review::CHECK_PASTED
            } else {
                text::policy::review::LEFT_OUT
            };
            let words = [left_out, by_address].join(" ").trim().to_owned();
            (!words.is_empty()).then(|| view! {
                <Notice
                    tone=Tone::Warn
                    title
                    on_dismiss=Callback::new(move |()| editor.pasting().forget_left_out())
                >
                    <p class="user-text">{words}</p>
                </Notice>
            })
        }}
        <MeanwhileNote editor />
        <Findings editor place on_retry=move |()| editor.check_tenant(onboards.get_untracked()) />
        <Show when=gap>
            <Notice tone=Tone::Warn title=text::policy::review::GAP_TITLE>{text::policy::review::GAP}</Notice>
        </Show>
        {by_tab}
        <p class="help">{text::policy::review::NOT_RETROACTIVE}" "{untouched}</p>
        <WordsOfReview editor />
        <RulePairs editor />
        <Disclosure summary=Signal::stored(text::policy::export::GRAPH_CALLS.to_owned())>
            <p class="help">{text::policy::export::CHANGES_HELP}</p>
            <ExportText export forms=&Form::SENDING />
        </Disclosure>
    }
    .into_any()
}
