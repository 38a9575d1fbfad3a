//! What a change would meet in the tenant, at the top of the review.

use leptos::ev;
use leptos::prelude::*;

use super::change_line::ChangeLine;
use crate::browser::locale;
use crate::policy::preflight::Preflight;
use crate::policy::{Setting, Severity, Subject};
use crate::state::policy::editor::Editor;
use crate::text;
use crate::view::page::policy::Place;
use crate::view::part::{Button, Notice, Tone, UserText};

/// The findings: blocking ones first, then warnings, then a quiet line about what could not be checked.
#[component]
pub fn Findings(
    /// The policy.
    editor: Editor,
    /// Where on the page the person is.
    place: Place,
    /// Reads again what could not be read.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    move || match editor.preflight.get() {
        _ if editor.unsaved() == 0 => view! { <p class="help">{text::policy::review::NOTHING_TO_SAVE}</p> }.into_any(),
        None if editor.overdue.get() => view! {
            <Notice tone=Tone::Warn title=text::policy::preflight::OVERDUE_TITLE>
                {text::policy::preflight::OVERDUE}
            </Notice>
        }
        .into_any(),
        None => view! { <p class="help" role="status">{text::policy::preflight::READING}</p> }.into_any(),
        Some(found) => view! {
            {list(&found, Severity::Error, editor, place)}
            {list(&found, Severity::Warning, editor, place)}
            {missing(&found, editor, on_retry)}
        }
        .into_any(),
    }
}

/// What someone else has changed outside the draft, which a save keeps.
#[component]
pub fn MeanwhileNote(
    /// The policy.
    editor: Editor,
) -> impl IntoView {
    move || {
        let others = editor.meanwhile()?;
        let weakens = others.changes.iter().any(|change| change.weakens.is_some());
        let unreadable = others.unreadable.into_iter().map(text::policy::review::not_readable);
        let by = others.by.map(|name| {
            let at = others.at_unix_ms.map(locale::date_time);
            text::policy::review::changed_by(&name, at.as_deref())
        });
        Some(view! {
            <Notice tone=if weakens { Tone::Warn } else { Tone::Info } title=text::policy::review::MEANWHILE>
                <p>{text::policy::review::KEPT}</p>
                <ul class="changes">
                    {others.changes.into_iter().map(|change| view! { <ChangeLine change /> }).collect_view()}
                    {unreadable.map(|words| view! { <li>{words}</li> }).collect_view()}
                </ul>
                {by.map(|words| view! { <p class="help user-text">{words}</p> })}
            </Notice>
        })
    }
}

/// Leads from the review to the field of a setting.
#[component]
pub fn FieldLink(
    /// Where on the page the person is.
    place: Place,
    /// The policy's subject.
    subject: Subject,
    /// The setting.
    setting: Setting,
    /// The link's ID.
    #[prop(optional_no_strip)]
    id: Option<&'static str>,
) -> impl IntoView {
    let href = place.route(subject, setting.tab(), false).to_string();
    // A click that opens another tab leaves the review as it is.
    let seek = move |event: ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            place.sought.set(Some(setting));
        }
    };
    view! {
        <a id=id href=href on:click=seek>
            {text::policy::setting::full_label(setting)}
        </a>
    }
    .into_any()
}

fn list(found: &Preflight, severity: Severity, editor: Editor, place: Place) -> AnyView {
    let subject = editor.subject();
    let lines: Vec<AnyView> = found
        .findings
        .iter()
        // Bringing a group into PIM has a notice of its own.
        .filter(|one| one.severity == severity && !matches!(one.reason, crate::policy::preflight::Reason::Onboards(_)))
        .map(|one| {
            let words = text::policy::preflight::finding(one, &subject, locale::date_time);
            let link = one.setting.map(|setting| {
                let subject = subject.clone();
                view! { <FieldLink place subject setting /> ": " }
            });
            view! { <li>{link} <UserText text=words /></li> }.into_any()
        })
        .collect();
    if lines.is_empty() {
        return ().into_any();
    }
    let (tone, title) = match severity {
        Severity::Error => (Tone::Danger, text::policy::preflight::BLOCKS),
        Severity::Warning => (Tone::Warn, text::policy::preflight::WARNS),
    };
    view! {
        <Notice tone title>
            <ul>{lines}</ul>
        </Notice>
    }
    .into_any()
}

fn missing(found: &Preflight, editor: Editor, on_retry: Callback<()>) -> AnyView {
    if found.missing.is_empty() {
        return ().into_any();
    }
    let subject = editor.subject();
    let (again, allow) = (found.may_pass(), found.could_allow(&subject));
    let actions = move || {
        view! {
            <p class="actions">
                {again.then(|| view! { <Button on_press=on_retry>{text::page::TRY_AGAIN}</Button> })}
                {allow.then(|| view! {
                    <Button on_press=move |()| editor.allow_checks()>{text::policy::preflight::ALLOW}</Button>
                })}
            </p>
        }
    };
    view! {
        <p class="help">{text::policy::preflight::not_checked(found, &subject)}</p>
        {(again || allow).then(actions)}
    }
    .into_any()
}
