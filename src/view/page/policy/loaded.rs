//! A page of policies once it was read: notices, the policy on its tab, the bar of unsaved changes, the review.

use std::sync::Arc;

use leptos::prelude::*;

use super::place::{Choices, Place};
use crate::browser::document;
use crate::desk::policies::{NoPolicy, Opened, of_subject};
use crate::desk::rights::WriteRight;
use crate::desk::save::{Outcome, RuleState};
use crate::desk::tabs::Doing as Elsewhere;
use crate::directory::{Holder, NotForPim};
use crate::graph::Error;
use crate::policy::{Draft, Policy, Setting, Subject, Tab};
use crate::state::context::provided;
use crate::state::desk::Desk;
use crate::state::directory::names::Names;
use crate::state::frame::nav::{Guarded, Nav};
use crate::state::frame::tenant_name::TenantName;
use crate::state::policy::editor::{Editor, Saving};
use crate::text;
use crate::view::moment::moment;
use crate::view::part::{ActionBar, Button, ButtonKind, EmptyState, Fact, FactList, Notice, Tone};
use crate::view::policy::{
    ActivationTab, AssignmentTab, CopyDialog, NotificationTab, OtherRules, PlainWords, PolicyView, PrintSheets,
    Printing, ReviewDialog, RuleDialog, SaveTemplateDialog, row_id,
};
use crate::view::problem::AccessTrouble;
use crate::view::sign_in_again::SignInForRights;

/// What was read, each part independent.
#[component]
pub fn Loaded(
    /// What is known of the page so far.
    opened: Memo<Option<Opened>>,
    /// Where on the page.
    place: Place,
    /// Reads again.
    retry: Callback<()>,
) -> impl IntoView {
    let failed = move |error: &Error| {
        let doing = place.subject.with_untracked(text::subject::reading);
        view! { <AccessTrouble error=error.clone() doing on_retry=retry /> }
    };
    let no_holder = Memo::new(move |_| opened.with(|opened| opened.as_ref()?.holder.as_ref().err().cloned()));
    let no_policies = Memo::new(move |_| opened.with(|opened| opened.as_ref()?.policies.as_ref().err().cloned()));
    let holder = Memo::new(move |_| opened.with(|opened| opened.as_ref()?.holder.as_ref().ok().cloned()));
    move || match no_policies.get() {
        Some(error) => view! {
            {move || holder.get().as_ref().map(kind_notice)}
            {move || failed(&no_holder.get().unwrap_or_else(|| error.clone()))}
        }
        .into_any(),
        None => view! {
            {move || no_holder.get().as_ref().map(failed)}
            <Policies opened holder place retry />
        }
        .into_any(),
    }
}

fn kind_notice(holder: &Holder) -> AnyView {
    holder
        .not_for_pim()
        .map(|why| {
            let title = match why {
                NotForPim::Dynamic => text::page::DYNAMIC_NOTICE,
                NotForPim::Synced => text::page::SYNCED_NOTICE,
            };
            view! { <Notice tone=Tone::Info title>{text::page::NOT_FOR_PIM}</Notice> }
        })
        .into_any()
}

/// A policy of the page, or why there is none.
type Opening = Memo<Result<Editor, NoPolicy>>;

/// Opens the policy of a subject, once it was read. What becomes known of its group or role later does not open it
/// again: it may be edited, or being saved.
fn opening(subject: Subject, opened: Memo<Option<Opened>>, name: Signal<String>) -> Opening {
    let desk = Desk::current();
    let subject = StoredValue::new(subject);
    let policy = Memo::new(move |_| {
        let found = |opened: &Option<Opened>| {
            let policies = opened.as_ref()?.policies.as_ref().ok()?;
            Some(subject.with_value(|subject| of_subject(policies, subject).cloned()))
        };
        opened.with(found).unwrap_or(Err(NoPolicy::NotReturned))
    });
    let around = move || {
        // Before the name, which is derived from it.
        let write = opened.with(|opened| opened.as_ref().map_or(WriteRight::Unknown, |opened| opened.write));
        let called = name.with(|name| subject.with_value(|subject| text::subject::called(subject, name)));
        (called, write)
    };
    let editor = Memo::new(move |_| {
        let policy = policy.get()?;
        let (called, write) = untrack(around);
        Ok(untrack(|| Editor::open(desk, policy, called, write)))
    });
    Effect::new(move |_| {
        let (called, write) = around();
        let owners = opened.with(|opened| opened.as_ref()?.owners);
        if let Ok(editor) = editor.get() {
            editor.learn(called, write, owners);
        }
    });
    editor
}

#[component]
fn Policies(
    /// What is known of the page so far, including its policies.
    opened: Memo<Option<Opened>>,
    /// The group or role, if it could be read.
    holder: Memo<Option<Holder>>,
    /// Where on the page.
    place: Place,
    /// Reads again.
    retry: Callback<()>,
) -> impl IntoView {
    let name =
        Signal::derive(move || holder.with(|holder| holder.as_ref().map(text::subject::name).unwrap_or_default()));
    opened.with_untracked(|opened| {
        let policies = opened.as_ref().and_then(|opened| opened.policies.as_ref().ok());
        Names::current().look_up_approvers(policies.into_iter().flatten());
    });
    let editors: Vec<(Subject, Opening)> = place
        .subjects()
        .into_iter()
        .map(|subject| {
            let editor = opening(subject.clone(), opened, name);
            (subject, editor)
        })
        .collect();
    let each: Vec<Opening> = editors.iter().map(|(_, editor)| *editor).collect();
    let notes = each.iter().map(|editor| changed_note(*editor)).collect::<Vec<_>>();
    let all = Signal::derive(move || each.iter().filter_map(|editor| editor.get().ok()).collect::<Vec<Editor>>());
    let nav = Nav::current();
    Effect::new(move |_| {
        nav.guard(all.get().into_iter().map(|editor| Arc::new(editor) as Arc<dyn Guarded>).collect());
    });

    let in_pim = Memo::new(move |_| opened.with(|opened| opened.as_ref()?.in_pim));
    let unlikely = Memo::new(move |_| {
        opened.with(|opened| opened.as_ref().is_some_and(|opened| opened.write == WriteRight::Unlikely))
    });
    let for_pim =
        Memo::new(move |_| holder.with(|holder| holder.as_ref().is_none_or(|holder| holder.not_for_pim().is_none())));
    let insists = RwSignal::new(false);
    // What a role allowed when the page was opened, it may no longer allow.
    let refused = RwSignal::new(false);
    // Each refusal counts once: someone who continues anyway is not stopped by an earlier refusal of another policy.
    Effect::new(move |before: Option<Vec<Editor>>| {
        let now: Vec<Editor> = all.get().into_iter().filter(|editor| was_refused(*editor)).collect();
        if now.iter().any(|editor| before.as_ref().is_none_or(|before| !before.contains(editor))) {
            refused.set(true);
            insists.set(false);
        }
        now
    });
    let held_back = move || (unlikely.get() || refused.get()) && !insists.get();
    let read_only = Signal::derive(move || !for_pim.get() || held_back());
    let printing = Printing::new(all);
    provide_context(printing);
    Effect::new(move |_| {
        if all.get().iter().any(|editor| editor.wrote.get()) {
            place.wrote.set(true);
        }
    });
    let may_be_outside = place.subject.with_untracked(Subject::can_be_outside_pim);
    // Also if it is unknown: an irreversible step is announced before, not after.
    let onboards = Signal::derive(move || {
        let may_onboard = for_pim.get() && may_be_outside;
        (in_pim.get() != Some(true) && may_onboard && !place.wrote.get()).then_some(in_pim.get().is_some())
    });
    let reads = place.subject.with_untracked(text::subject::reading);
    let current = move || {
        let here = place.subject.get();
        let editor = editors.iter().find(|(subject, _)| *subject == here);
        match editor.map_or(Err(NoPolicy::NotReturned), |(_, editor)| editor.get()) {
            Ok(editor) => view! { <OnePolicy editor place read_only onboards holder=name /> }.into_any(),
            Err(none) => view! {
                <EmptyState text=text::policy::save::no_policy(none)>
                    {(none == NoPolicy::Several).then(|| view! {
                        <FactList facts=opened.with(|opened| opened.as_ref().map(|all| of_each(all, &here)).unwrap_or_default()) />
                    })}
                    <Button on_press=retry>{text::page::TRY_AGAIN}</Button>
                </EmptyState>
            }
            .into_any(),
        }
    };
    view! {
        <Choices place notes />
        <div class="page-notices">
            {move || holder.get().as_ref().map(kind_notice)}
            <Show when=move || onboards.get() == Some(true)>
                <Notice tone=Tone::Info title=text::page::NOT_IN_PIM_NOTICE>{text::page::NOT_IN_PIM_HELP}</Notice>
            </Show>
            <Show when=move || for_pim.get() && held_back()>
                <Notice
                    tone=Tone::Info
                    title=text::page::READ_ONLY_NOTICE
                    actions=move || view! {
                        <SignInForRights scopes=reads.takes() claims=None />
                        <Button on_press=move |()| insists.set(true)>{text::page::EDIT_ANYWAY}</Button>
                    }
                >
                    {move || holder.with(|holder| text::subject::changing_takes(holder.as_ref()))}
                </Notice>
            </Show>
        </div>
        {current}
        <PrintSheets printing holder=name />
    }
    .into_any()
}

/// What distinguishes policies of the same subject.
fn of_each(opened: &Opened, subject: &Subject) -> Vec<Fact> {
    let fact = |name: &str, value: String| Fact { name: name.to_owned(), value };
    let told = |policy: &Policy| {
        let at = policy.modified_at.as_deref().and_then(crate::instant::parse);
        let changed = text::page::last_changed(policy.modified_by.as_deref(), at.is_some());
        let changed =
            at.map_or(changed.clone(), |at| [&changed, crate::browser::locale::date_time(at).as_str(), "."].concat());
        [fact(text::page::POLICY_ID, policy.id.clone()), fact(text::page::LAST_CHANGE, changed)]
    };
    let all = opened.policies.as_ref().into_iter().flatten();
    all.filter(|policy| policy.subject == *subject).flat_map(told).collect()
}

/// Whether Microsoft has just refused to let this person change a rule.
fn was_refused(editor: Editor) -> bool {
    editor.saving.with(|saving| match saving {
        Saving::Ended(outcome) => match outcome.as_ref() {
            Outcome::Finished(finished) => finished
                .rules
                .iter()
                .any(|rule| matches!(&rule.state, RuleState::Failed(error) if error.is_forbidden())),
            _ => false,
        },
        _ => false,
    })
}

/// How many settings of a policy are changed, shown next to its name.
fn changed_note(editor: Opening) -> Signal<String> {
    Signal::derive(move || match editor.get().map_or(0, |editor| editor.edits(Draft::len)) {
        0 => String::new(),
        changed => text::page::changed_note(changed),
    })
}

/// One policy on its tab.
#[component]
fn OnePolicy(
    /// The policy.
    editor: Editor,
    /// Where on the page.
    place: Place,
    /// Values are shown as text.
    read_only: Signal<bool>,
    /// Saving brings the group into PIM: certainly (`true`) or perhaps (`false`).
    onboards: Signal<Option<bool>>,
    /// The name of the group or role; empty if it could not be read.
    holder: Signal<String>,
) -> impl IntoView {
    let nav = Nav::current();
    let shown_rule = RwSignal::new(None::<Setting>);
    provide_context(PolicyView {
        editor,
        read_only,
        holder,
        show_rule: Callback::new(move |setting| shown_rule.set(Some(setting))),
    });
    let subject = Signal::derive(move || holder.with(|name| text::subject::called(&editor.subject(), name)));
    Effect::new(move |_| place.editable.set(!read_only.get()));
    place.shown.set(true);
    on_cleanup(move || {
        place.shown.try_set(false);
        place.templating.try_set(false);
        place.editable.try_set(false);
        place.copying.try_set(false);
    });
    let modified = move || {
        editor.policy.with(|policy| {
            let at = policy.modified_at.as_deref().and_then(crate::instant::parse);
            let words = text::page::last_changed(policy.modified_by.as_deref(), at.is_some());
            view! { {words} {at.map(|at| view! { {moment(at)} "." })} }
        })
    };
    let content = move || match place.tab.get() {
        Tab::Activation => view! { <ActivationTab /> }.into_any(),
        Tab::Assignment => view! { <AssignmentTab /> }.into_any(),
        Tab::Notification => view! { <NotificationTab /> }.into_any(),
    };
    Effect::new(move |_| {
        if let Some(setting) = place.sought.get().filter(|_| !place.review.get()) {
            place.sought.set(None);
            // The dialog closes first, and returns the focus to where it was opened.
            request_animation_frame(move || document::focus_wrong(&row_id(setting)));
        }
    });
    let review_open = Signal::derive(move || place.review.get());
    let tenant = provided::<TenantName>().0;
    let wide = move || place.tab.get() == Tab::Notification;
    view! {
        {move || match editor.elsewhere() {
            Elsewhere::Saves => {
                view! { <Notice tone=Tone::Warn title=text::page::SAVED_IN_OTHER_TAB>{text::page::SAVED_IN_OTHER_TAB_HELP}</Notice> }
                    .into_any()
            }
            Elsewhere::Edits => {
                view! { <Notice tone=Tone::Info title=text::page::EDITED_IN_OTHER_TAB>{text::page::EDITED_IN_OTHER_TAB_HELP}</Notice> }
                    .into_any()
            }
            Elsewhere::Nothing | Elsewhere::Asks => ().into_any(),
        }}
        <Show when=move || { editor.restored.get() && !editor.edits(Draft::is_empty) }>
            <Notice
                tone=Tone::Info
                title=text::page::RESTORED
                actions=move || view! {
                    <Button on_press=move |()| { editor.discard(); editor.restored.set(false); }>
                        {text::page::DISCARD}
                    </Button>
                }
                on_dismiss=Callback::new(move |()| editor.restored.set(false))
            />
        </Show>
        <PlainWords editor holder />
        <div class="form" class:wide=wide>
            <div class="settings">{content}</div>
            <OtherRules editor />
            <p class="help user-text">{modified}</p>
        </div>
        <div class="bar-slot">
            <Show when=move || { editor.unsaved() > 0 }>
                <ActionBar
                    label=text::page::UNSAVED
                    counts=true
                    text=Signal::derive(move || {
                        text::policy::change::unsaved(editor.tally().changes, editor.tally().weakening)
                    })
                >
                    <Button on_press=move |()| editor.discard()>{text::page::DISCARD}</Button>
                    <Button
                        kind=ButtonKind::Primary
                        on_press=move |()| {
                            editor.put_away();
                            nav.go(&place.with_review(true));
                        }
                    >
                        {text::page::REVIEW_CHANGES}
                    </Button>
                </ActionBar>
            </Show>
        </div>
        <RuleDialog editor shown=shown_rule />
        <SaveTemplateDialog editor open=place.templating subject />
        <CopyDialog editor open=place.copying subject name=holder />
        <ReviewDialog
            editor
            open=review_open
            on_close=move |()| nav.go(&place.with_review(false))
            subject
            tenant
            onboards
            place
        />
    }
    .into_any()
}
