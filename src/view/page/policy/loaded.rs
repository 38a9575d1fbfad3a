//! A page of policies once it is read: notices, the policy on its tab, the bar of unsaved changes, the review.

use std::sync::Arc;

use leptos::prelude::*;

use super::place::{Choices, Place};
use crate::desk::policies::{NoPolicy, Opened, of_subject};
use crate::desk::rights::WriteRight;
use crate::desk::tabs::Doing as Elsewhere;
use crate::directory::{Holder, NotForPim};
use crate::graph::Error;
use crate::policy::{Draft, Policy, Setting, Subject, Tab};
use crate::state::desk::Desk;
use crate::state::editor::Editor;
use crate::state::names::Names;
use crate::state::nav::{Guarded, Nav};
use crate::text;
use crate::text::problem::problem;
use crate::view::part::{ActionBar, Button, ButtonKind, EmptyState, Notice, Tone};
use crate::view::policy::{
    ActivationTab, AssignmentTab, CopyDialog, NotificationTab, OtherRules, PlainWords, PolicyView, PrintSheets,
    Printing, ReviewDialog, RuleDialog, SaveTemplateDialog,
};
use crate::view::problem::ProblemPanel;
use crate::view::shell::TenantName;
use crate::view::sign_in::SignInAgain;

/// What was read, each part on its own.
#[component]
pub fn Loaded(
    /// The answer.
    opened: Opened,
    /// Where on the page.
    place: Place,
    /// Reads again.
    retry: Callback<()>,
) -> impl IntoView {
    let failed = |error: &Error| {
        let sign_in = match error {
            Error::SignIn(needed) => Some((**needed).clone()),
            _ => None,
        };
        view! {
            <ProblemPanel problem=problem(error, place.subject.with_untracked(text::subject::reading)) on_retry=retry>
                {sign_in.map(|needed| view! { <SignInAgain needed /> })}
            </ProblemPanel>
        }
    };
    match (&opened.holder, &opened.policies) {
        (Err(error), Err(_)) => failed(error).into_any(),
        (holder, Err(error)) => view! {
            {holder.as_ref().ok().map(kind_notice)}
            {failed(error)}
        }
        .into_any(),
        (holder, Ok(policies)) => {
            let holder_notice = holder.as_ref().err().map(failed);
            let (holder, in_pim, write) = (holder.as_ref().ok().cloned(), opened.in_pim, opened.write);
            view! {
                {holder_notice}
                <Policies policies=policies.clone() holder in_pim write place retry />
            }
            .into_any()
        }
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

#[component]
fn Policies(
    /// The policies that were returned.
    policies: Vec<Policy>,
    /// The group or role, if it could be read.
    holder: Option<Holder>,
    /// Whether it is in PIM.
    in_pim: Option<bool>,
    /// Whether the person can probably write.
    write: WriteRight,
    /// Where on the page.
    place: Place,
    /// Reads again.
    retry: Callback<()>,
) -> impl IntoView {
    let desk = Desk::current();
    Names::current().look_up_approvers(&policies);
    let editors: Vec<(Subject, Result<Editor, NoPolicy>)> = place
        .subjects()
        .into_iter()
        .map(|subject| {
            let called = text::subject::policy_of(&subject, holder.as_ref().map(Holder::name).unwrap_or_default());
            let editor =
                of_subject(&policies, &subject).cloned().map(|policy| Editor::open(desk, policy, called, write));
            (subject, editor)
        })
        .collect();
    let opened: Vec<Editor> = editors.iter().filter_map(|(_, editor)| editor.as_ref().ok().copied()).collect();
    Nav::current().guard(opened.iter().map(|editor| Arc::new(*editor) as Arc<dyn Guarded>).collect());

    let for_pim = holder.as_ref().is_none_or(|holder| holder.not_for_pim().is_none());
    let insists = RwSignal::new(false);
    let read_only = Signal::derive(move || !for_pim || (write == WriteRight::Unlikely && !insists.get()));
    let note = |editor: &Result<Editor, NoPolicy>| {
        let editor = editor.as_ref().ok().copied();
        Signal::derive(move || match editor.map_or(0, |editor| editor.edits(Draft::len)) {
            0 => String::new(),
            changed => text::page::changed_note(changed),
        })
    };
    let notes = editors.iter().map(|(_, editor)| note(editor)).collect::<Vec<_>>();
    let name = StoredValue::new(holder.as_ref().map(|holder| holder.name().to_owned()).unwrap_or_default());
    let printing = Printing::new(opened.clone());
    provide_context(printing);
    Effect::new(move |_| {
        if opened.iter().any(|editor| editor.wrote.get()) {
            place.wrote.set(true);
        }
    });
    let may_onboard = for_pim && place.subject.with_untracked(Subject::can_be_outside_pim);
    // Also where nobody could tell: a step without a way back is said before, not after.
    let onboards =
        Signal::derive(move || (in_pim != Some(true) && may_onboard && !place.wrote.get()).then_some(in_pim.is_some()));
    let changing_takes = text::subject::changing_takes(holder.as_ref());
    let current = move || {
        let here = place.subject.get();
        let found = editors.iter().find(|(subject, _)| *subject == here);
        match found.map_or(Err(NoPolicy::NotReturned), |(_, editor)| *editor) {
            Ok(editor) => view! { <OnePolicy editor place read_only onboards holder=name /> }.into_any(),
            Err(none) => view! {
                <EmptyState text=text::save::no_policy(none)>
                    <Button on_press=retry>{text::page::TRY_AGAIN}</Button>
                </EmptyState>
            }
            .into_any(),
        }
    };
    view! {
        <Choices place notes />
        <div class="page-notices">
            {holder.as_ref().map(kind_notice)}
            <Show when=move || onboards.get() == Some(true)>
                <Notice tone=Tone::Info title=text::page::NOT_IN_PIM_NOTICE>{text::page::NOT_IN_PIM_HELP}</Notice>
            </Show>
            <Show when=move || for_pim && write == WriteRight::Unlikely && !insists.get()>
                <Notice
                    tone=Tone::Info
                    title=text::page::READ_ONLY_NOTICE
                    actions=move || view! {
                        <Button on_press=move |()| insists.set(true)>{text::page::EDIT_ANYWAY}</Button>
                    }
                >
                    {changing_takes}
                </Notice>
            </Show>
        </div>
        {current}
        <PrintSheets printing holder=name />
    }
    .into_any()
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
    /// Saving brings the group into PIM: surely (`true`) or perhaps.
    onboards: Signal<Option<bool>>,
    /// The name of the group or role.
    holder: StoredValue<String>,
) -> impl IntoView {
    let nav = Nav::current();
    let shown_rule = RwSignal::new(None::<Setting>);
    provide_context(PolicyView {
        editor,
        read_only,
        holder,
        show_rule: Callback::new(move |setting| shown_rule.set(Some(setting))),
    });
    let subject = holder.with_value(|name| text::subject::policy_of(&editor.subject(), name));
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
            text::page::last_changed(
                policy.modified_by.as_deref(),
                at.map(crate::browser::locale::date_time).as_deref(),
            )
        })
    };
    let content = move || match place.tab.get() {
        Tab::Activation => view! { <ActivationTab /> }.into_any(),
        Tab::Assignment => view! { <AssignmentTab /> }.into_any(),
        Tab::Notification => view! { <NotificationTab /> }.into_any(),
    };
    let review_open = Signal::derive(move || place.review.get());
    let tenant = expect_context::<TenantName>().0;
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
                    text=Signal::derive(move || text::change::unsaved(editor.tally().changes, editor.tally().weakening))
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
        <SaveTemplateDialog editor open=place.templating subject=subject.clone() />
        <CopyDialog editor open=place.copying subject=subject.clone() name=holder />
        <ReviewDialog
            editor
            open=review_open
            on_close=move |()| nav.go(&place.with_review(false))
            subject=subject
            tenant
            onboards
            place
        />
    }
    .into_any()
}
