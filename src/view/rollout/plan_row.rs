//! One policy of the plan.

use leptos::prelude::*;

use crate::browser::locale;
use crate::desk::rollout::{Fate, PlannedPolicy, Unreadable};
use crate::policy::{Severity, Subject};
use crate::rollout::plan::{Effect, LeftOut};
use crate::route::Route;
use crate::state::directory::names::Names;
use crate::state::rollout::RolloutState;
use crate::text;
use crate::view::part::{Badge, Button, ButtonKind, Checkbox, EmptyState, Glyph, Icon, Tone, UserText};
use crate::view::policy::ChangeValues;
use crate::view::problem::AccessTrouble;

/// The line; its contents are built when it is first opened.
#[component]
pub fn PlanRow(
    /// Its position in the plan.
    at: usize,
) -> impl IntoView {
    let state = RolloutState::current();
    let row = Memo::new(move |_| state.rows.with(|rows| rows.get(at).cloned()));
    let opened = RwSignal::new(false);
    let head = move || row.with(|row| row.as_ref().map(head));
    let body = move || opened.get().then(|| row.with(|row| row.as_ref().map(|row| body(state, row))));
    view! {
        <li class="rollout-row">
            <details on:toggle=move |_| opened.set(true)>
                <summary>{head}</summary>
                <div class="disclosure-body">{body}</div>
            </details>
        </li>
    }
    .into_any()
}

fn head(row: &PlannedPolicy) -> AnyView {
    let name = text::rollout::label(&row.seen.item.target);
    let fate = text::rollout::plan::fate(row).map(|words| {
        let tone = match row.fate() {
            Fate::Blocked => Tone::Danger,
            Fate::Unreadable => Tone::Warn,
            _ => Tone::Neutral,
        };
        view! { <Badge text=words tone /> }
    });
    let weakens = row.effect.weakens().then(|| view! { <Badge text=text::rollout::plan::WEAKENS tone=Tone::Warn /> });
    let gap = row.effect.gap.then(|| view! { <Badge text=text::rollout::plan::GAP_MARK tone=Tone::Warn /> });
    let onboards = row.onboards().then(|| view! { <Badge text=text::rollout::plan::ONBOARDS_MARK tone=Tone::Warn /> });
    let line = row.seen.policy.is_ok().then(|| text::rollout::plan::line(row));
    view! {
        <span class="rollout-name">
            <UserText text=name />
        </span>
        <span class="help">{line}</span>
        <span class="rollout-badges">{weakens} {gap} {onboards} {fate}</span>
    }
    .into_any()
}

fn body(state: RolloutState, row: &PlannedPolicy) -> AnyView {
    let subject = row.subject().clone();
    match &row.seen.policy {
        Err(Unreadable::NoPolicy(none)) => {
            return view! { <EmptyState text=text::policy::save::no_policy(*none) /> }.into_any();
        }
        Err(Unreadable::NotRead) => return view! { <EmptyState text=text::rollout::plan::NOT_READ /> }.into_any(),
        Err(Unreadable::Error(error)) => {
            let doing = text::subject::reading(&subject);
            let again = Callback::new(move |()| state.plan());
            return view! { <AccessTrouble error=error.clone() doing on_retry=again /> }.into_any();
        }
        Ok(_) => {}
    }
    let effect = &row.effect;
    let excluded = row.excluded;
    let href = Route::policy(subject.clone()).to_string();
    let nothing = effect.changes.is_empty().then(|| view! { <p class="help">{text::rollout::plan::NOTHING}</p> });
    let own = subject.clone();
    let include = (!effect.draft.is_empty()).then(|| {
        view! {
            <Checkbox
                checked=Signal::stored(!excluded)
                on_change=move |on: bool| state.exclude(std::slice::from_ref(&own), !on)
                label=text::rollout::plan::INCLUDE
            />
        }
    });
    view! {
        <div class="rollout-bar">
            {include}
            <a href=href>{text::receipt::OPEN_POLICY}</a>
        </div>
        {findings(row)}
        {nothing}
        {changes(state, &subject, effect)}
        {(!effect.same.is_empty()).then(|| view! {
            <p class="help">{text::policy::carry::same(effect.same.len())}</p>
        })}
        {left(state, &subject, effect)}
    }
    .into_any()
}

fn changes(state: RolloutState, subject: &Subject, effect: &Effect) -> AnyView {
    let lines: Vec<AnyView> = effect
        .changes
        .iter()
        .map(|change| {
            let (own, setting) = (subject.clone(), change.setting);
            let label = text::policy::setting::full_label(setting);
            view! {
                <li class="change">
                    <span class="change-name">{label.clone()}</span>
                    <ChangeValues change=change.clone() />
                    <span class="change-out">
                        <Button kind=ButtonKind::Quiet on_press=move |()| state.leave_out(&own, setting, true)>
                            {text::rollout::plan::LEAVE_OUT}
                            <span class="unseen">" " {label}</span>
                        </Button>
                    </span>
                </li>
            }
            .into_any()
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <ul class="changes">{lines}</ul> }).into_any()
}

fn findings(row: &PlannedPolicy) -> AnyView {
    let subject = row.subject();
    let line = |serious: bool, label: String, words: String| {
        let words = if label.is_empty() { words } else { [&label, ": ", &words].concat() };
        let class = if serious { "tone-danger rollout-finding" } else { "tone-warn rollout-finding" };
        view! {
            <li class=class>
                <Icon glyph=Glyph::Alert />
                <UserText text=words />
            </li>
        }
        .into_any()
    };
    let mut lines: Vec<AnyView> = Vec::new();
    for issue in &row.effect.issues {
        let serious = issue.severity == Severity::Error;
        lines.push(line(serious, text::policy::setting::full_label(issue.setting), text::policy::issue::issue(issue)));
    }
    for finding in &row.effect.preflight.findings {
        let serious = finding.severity == Severity::Error;
        let label = finding.setting.map(text::policy::setting::full_label).unwrap_or_default();
        lines.push(line(serious, label, text::policy::preflight::finding(finding, subject, locale::date_time)));
    }
    if row.effect.gap {
        lines.push(line(false, String::new(), text::rollout::plan::GAP.to_owned()));
    }
    let missing = text::policy::preflight::not_checked(&row.effect.preflight, subject);
    let missing = (!missing.is_empty()).then(|| view! { <p class="help">{missing}</p> });
    view! {
        {(!lines.is_empty()).then(|| view! { <ul class="rollout-findings">{lines}</ul> })}
        {missing}
    }
    .into_any()
}

fn left(state: RolloutState, subject: &Subject, effect: &Effect) -> AnyView {
    let known = Names::current();
    let lines: Vec<AnyView> = effect
        .left
        .iter()
        .map(|(setting, why)| {
            let (own, setting) = (subject.clone(), *setting);
            let now = match why {
                LeftOut::ChangedSince(Some(value)) => {
                    [" ", &text::receipt::holds_now("", &text::policy::value::value(value, &known.known()))].concat()
                }
                _ => String::new(),
            };
            let words =
                [&text::policy::setting::full_label(setting), ": ", text::rollout::plan::why(why), &now].concat();
            let back = (*why == LeftOut::ByPerson).then(|| {
                view! {
                    <Button kind=ButtonKind::Quiet on_press=move |()| state.leave_out(&own, setting, false)>
                        {text::rollout::plan::PUT_BACK}
                        <span class="unseen">" " {text::policy::setting::full_label(setting)}</span>
                    </Button>
                }
            });
            view! {
                <li>
                    <UserText text=words />
                    {back}
                </li>
            }
            .into_any()
        })
        .collect();
    (!lines.is_empty())
        .then(|| {
            view! {
                <div class="copy-left">
                    <p>{text::rollout::plan::LEFT}</p>
                    <ul class="help">{lines}</ul>
                </div>
            }
        })
        .into_any()
}
