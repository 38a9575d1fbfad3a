//! Requests for Entra roles, if they are not in the list: why, and how to get them.

use leptos::prelude::*;

use super::admin_center::AdminCenter;
use crate::approval::Kind;
use crate::auth::extras::Extra;
use crate::browser::locale;
use crate::desk::approvals::Missing;
use crate::graph::Error;
use crate::state::approval::inbox::InboxState;
use crate::state::extras::ExtrasState;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{Button, ButtonKind, Checkbox, Notice, Tone};
use crate::view::problem::ProblemPanel;
use crate::view::problem::Trouble;

/// Asks for the requests for Entra roles; if that fails, the reason is shown where they were asked for.
fn asking(beside: bool) -> impl Fn() + Copy + Send + Sync + 'static {
    let (inbox, wanted) = (use_context::<InboxState>(), ExtrasState::current());
    move || {
        if let Some(inbox) = inbox {
            inbox.asked_beside.set(beside);
        }
        wanted.want(Extra::RoleRequests);
    }
}

/// A line that says that requests for Entra roles are not read, with a button that asks for them.
#[component]
pub fn RolesOff(
    /// The text of the line.
    words: &'static str,
    /// It is in the open request, beside the list.
    #[prop(optional)]
    beside: bool,
) -> impl IntoView {
    let (wanted, ask) = (ExtrasState::current(), asking(beside));
    if beside && let Some(inbox) = use_context::<InboxState>() {
        on_cleanup(move || {
            inbox.asked_beside.try_set(false);
        });
    }
    view! {
        <div class="role-side">
            <span class="help">{words}</span>
            <Button
                kind=ButtonKind::Quiet
                busy=wanted.asking
                on_press=move |()| ask()
            >
                {text::approval::inbox::ROLES_SHOW}
            </Button>
        </div>
        <WantedTrouble beside />
    }
    .into_any()
}

/// Why asking for the roles failed, if it did and they were asked for here.
#[component]
fn WantedTrouble(
    /// It is in the open request, beside the list.
    beside: bool,
) -> impl IntoView {
    let (inbox, wanted) = (use_context::<InboxState>(), ExtrasState::current());
    move || {
        let error = wanted.error.get()?;
        if inbox.is_some_and(|inbox| inbox.asked_beside.get()) != beside {
            return None;
        }
        Some(view! { <ProblemPanel problem=problem(&error, Doing::ReadingApprovals) /> })
    }
}

/// One line, or a notice with a way out. Nothing if the requests for roles are in the list.
#[component]
pub fn RoleSide() -> impl IntoView {
    let (inbox, wanted, asked) = (InboxState::current(), ExtrasState::current(), asking(false));
    let missing = Memo::new(move |_| inbox.inbox.with(|inbox| inbox.as_ref()?.roles.missing.clone()));
    let since = move || {
        inbox.today.track();
        let at = inbox.inbox.with_untracked(|inbox| inbox.as_ref()?.roles.read_unix_ms);
        text::approval::inbox::rows_from(at.map(locale::time_or_date).as_deref())
    };
    let ask = move || {
        view! {
            <Button busy=wanted.asking on_press=move |()| asked()>
                {text::page::SIGN_IN_AGAIN}
            </Button>
        }
    };
    let line = move |title: &'static str, help: String| {
        view! { <p class="role-side"><strong>{title}</strong> " " <span class="help">{help}</span></p> }.into_any()
    };
    let undecided = Memo::new(move |_| inbox.evidence.no_role_steps.get());
    move || {
        if undecided.get() && missing.with(Option::is_none) {
            return Some(no_steps());
        }
        let told = match missing.get()? {
            Missing::NotAsked => return Some(view! { <RolesOff words=text::approval::inbox::ROLES_OFF /> }.into_any()),
            Missing::NotGranted => view! {
                <Notice
                    tone=Tone::Info
                    title=text::approval::inbox::ROLES_NOT_GRANTED
                    actions=ask
                >
                    {text::approval::inbox::ROLES_NOT_GRANTED_HELP}
                </Notice>
            }
            .into_any(),
            Missing::NotOffered(_) => {
                line(text::approval::inbox::ROLES_NOT_OFFERED, text::approval::inbox::ROLES_GROUPS_ONLY.to_owned())
            }
            Missing::Throttled(_) => line(text::approval::inbox::ROLES_THROTTLED, since()),
            Missing::Refused(error) => refused(&error),
            Missing::Failed(error) => failed(&error, since()),
        };
        Some(view! { {told} <WantedTrouble beside=false /> }.into_any())
    }
}

/// The requests can be read, but their approvals do not exist.
pub fn no_steps() -> AnyView {
    view! {
        <Notice
            tone=Tone::Warn
            title=text::approval::inbox::ROLES_NOT_DECIDED
            actions=move || view! { <AdminCenter kind=Kind::Role /> }
        >
            {text::approval::inbox::ROLES_NOT_DECIDED_HELP}
        </Notice>
    }
    .into_any()
}

fn refused(error: &Error) -> AnyView {
    let problem = problem(error, Doing::ReadingApprovals);
    view! {
        <Notice tone=Tone::Warn title=text::approval::inbox::ROLES_REFUSED>
            <p>{text::approval::inbox::ROLES_REFUSED_HELP}</p>
            <details class="details">
                <summary>{problem.title}</summary>
                <p>{problem.detail}</p>
            </details>
        </Notice>
    }
    .into_any()
}

fn failed(error: &Error, since: String) -> AnyView {
    let inbox = InboxState::current();
    view! {
        <Notice tone=Tone::Warn title=text::approval::inbox::ROLES_FAILED>{since}</Notice>
        <Trouble
            problem=problem(error, Doing::ReadingApprovals)
            error=error.clone()
            on_retry=Callback::new(move |()| inbox.check_now())
        />
    }
    .into_any()
}

/// The setting to read requests for Entra roles in this browser; if the installation wants them, there is no choice.
#[component]
pub fn RoleChoice() -> impl IntoView {
    let (wanted, ask) = (ExtrasState::current(), asking(false));
    let installed = wanted.is_installed();
    let switch = move |on| {
        if on {
            ask();
        } else {
            wanted.forget(Extra::RoleRequests);
        }
    };
    (!installed).then(|| {
        view! {
            <Checkbox
                checked=Signal::derive(move || wanted.has(Extra::RoleRequests))
                on_change=switch
                label=text::approval::inbox::ROLES_CHOICE.to_owned()
            />
            <p class="help">{text::approval::inbox::ROLES_CHOICE_HELP}</p>
        }
    })
}
