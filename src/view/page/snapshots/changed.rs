//! One policy that has changed.

use leptos::prelude::*;

use super::moment;
use crate::policy::compare::Line;
use crate::policy::{Reading, Setting, Subject};
use crate::route::Route;
use crate::snapshot::Severity;
use crate::snapshot::drift::{Changed, Drifted, Fate, Finding};
use crate::snapshot::rules::RuleChange;
use crate::state::directory::names::Names;
use crate::state::snapshots::{OpenFile, SnapshotState};
use crate::text;
use crate::text::snapshots::People;
use crate::view::part::{Badge, Checkbox, DataTable, Disclosure, TableCell, TableRow, Tone, UserText};

const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::High => Tone::Danger,
        Severity::Medium => Tone::Warn,
        Severity::Low => Tone::Info,
    }
}

/// The policy with its changes.
pub fn changed(state: SnapshotState, drifted: &Drifted) -> AnyView {
    let subject = &drifted.subject;
    let name = if drifted.name.is_empty() { subject.id().as_str() } else { &drifted.name };
    let title = text::subject::policy_of(subject, name);
    let at = drifted.modified_at.as_deref().map(moment);
    let by = text::snapshots::changed_by(drifted.modified_by.as_deref(), at.as_deref());
    let fate = text::snapshots::fate(drifted.fate);
    let can: Vec<Setting> = state.compared.way.with_untracked(|way| {
        let own = drifted.findings.iter().filter_map(|finding| match &finding.changed {
            Changed::Setting(line) => Some(line.setting),
            Changed::Rule(_) => None,
        });
        own.filter(|setting| way.reason(subject, *setting).is_none()).collect()
    });
    let rows: Vec<AnyView> = drifted.findings.iter().map(|finding| row(state, subject, finding)).collect();
    let all = (!can.is_empty()).then(|| {
        let own = StoredValue::new(
            can.into_iter().map(|setting| (subject.clone(), setting)).collect::<Vec<(Subject, Setting)>>(),
        );
        let ticked = Signal::derive(move || {
            own.with_value(|own| state.compared.picked.with(|picked| own.iter().all(|pick| picked.contains(pick))))
        });
        let tick = move |on: bool| {
            own.with_value(|own| {
                state.compared.picked.update(|picked| {
                    for pick in own {
                        if on {
                            picked.insert(pick.clone());
                        } else {
                            picked.remove(pick);
                        }
                    }
                });
            });
        };
        view! { <Checkbox checked=ticked on_change=tick label=text::snapshots::PICK_POLICY /> }
    });
    let href = Route::policy(subject.clone()).to_string();
    let caption = title.clone();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <DataTable caption columns=text::snapshots::COLUMNS.to_vec()>{rows}</DataTable>
        }
    });
    let severity = drifted.severity();
    view! {
        <article class="snapshot-changed">
            <h3>
                <a href=href><UserText text=title /></a>
                <Badge text=text::snapshots::severity(severity) tone=tone(severity) />
                {(!fate.is_empty()).then(|| view! { <Badge text=fate tone=Tone::Warn /> })}
            </h3>
            <p class="help user-text">{by}</p>
            {(drifted.fate != Fate::Changed).then(|| view! { <p>{text::snapshots::fate_help(drifted.fate)}</p> })}
            {all}
            {table}
        </article>
    }
    .into_any()
}

fn row(state: SnapshotState, subject: &Subject, finding: &Finding) -> AnyView {
    let severity = finding.severity;
    let (tick, what, before, now) = match &finding.changed {
        Changed::Setting(line) => (
            tick(state, subject, line),
            setting_view(state, subject, line),
            held(state, &line.left),
            held(state, &line.right),
        ),
        Changed::Rule(rule) => {
            let there = |raw: &Option<serde_json::Value>| {
                let words = if raw.is_some() { "" } else { text::snapshots::ABSENT };
                said(words.to_owned()).into_any()
            };
            (None, rule_view(rule), there(&rule.before), there(&rule.after))
        }
    };
    view! {
        <TableRow>
            <TableCell>{tick}</TableCell>
            <TableCell heads_row=true>{what}</TableCell>
            <TableCell label=text::snapshots::COLUMNS[2]>{before}</TableCell>
            <TableCell label=text::snapshots::COLUMNS[3]>{now}</TableCell>
            <TableCell label=text::snapshots::COLUMNS[4]>
                <Badge text=text::snapshots::severity(severity) tone=tone(severity) />
            </TableCell>
        </TableRow>
    }
    .into_any()
}

/// Text of a cell; without text it is empty, and a card omits it.
fn said(words: String) -> Option<impl IntoView> {
    (!words.is_empty()).then(|| view! { <UserText text=words /> })
}

/// The value of a setting; names appear as they are read.
fn held(state: SnapshotState, reading: &Reading) -> AnyView {
    let (reading, names) = (reading.clone(), Names::current());
    let words = move || {
        let known = names.known();
        state.file.with_untracked(|file| match file {
            OpenFile::Snapshot(_, snapshot) => {
                text::policy::value::reading(&reading, &People::of_file(&snapshot.people, &known))
            }
            _ => String::new(),
        })
    };
    (move || said(words())).into_any()
}

/// The setting, and why it cannot be restored, if so.
fn setting_view(state: SnapshotState, subject: &Subject, line: &Line) -> AnyView {
    let why = state.compared.way.with_untracked(|way| way.reason(subject, line.setting));
    view! {
        {text::policy::setting::full_label(line.setting)}
        {why.map(|why| view! { <p class="help">{text::policy::carry::why(why)}</p> })}
    }
    .into_any()
}

fn tick(state: SnapshotState, subject: &Subject, line: &Line) -> Option<AnyView> {
    if state.compared.way.with_untracked(|way| way.reason(subject, line.setting)).is_some() {
        return None;
    }
    let pick = StoredValue::new((subject.clone(), line.setting));
    let ticked =
        Signal::derive(move || pick.with_value(|pick| state.compared.picked.with(|picked| picked.contains(pick))));
    let change = move |on: bool| {
        state.compared.picked.update(|picked| {
            if on {
                picked.insert(pick.get_value());
            } else {
                pick.with_value(|pick| picked.remove(pick));
            }
        });
    };
    let label = text::snapshots::pick(&text::policy::setting::full_label(line.setting));
    let box_view = view! {
        <span class="tick-only">
            <Checkbox checked=ticked on_change=change label />
        </span>
    };
    Some(box_view.into_any())
}

fn rule_view(rule: &RuleChange) -> AnyView {
    let title = [&rule.id, " ", text::snapshots::RULE_CHANGED].concat();
    let raw = |raw: &Option<serde_json::Value>| {
        raw.as_ref().map_or_else(
            || text::snapshots::ABSENT.to_owned(),
            |raw| serde_json::to_string_pretty(raw).unwrap_or_default(),
        )
    };
    let (before, after) = (StoredValue::new(raw(&rule.before)), StoredValue::new(raw(&rule.after)));
    view! {
        <span class="user-text">{title}</span>
        <p class="help">{text::snapshots::RULE_NOT_RESTORED}</p>
        <Disclosure summary=text::snapshots::RULE_JSON>
            <p>{text::snapshots::COLUMNS[2]}</p>
            <pre class="json" tabindex="0" translate="no">{before.get_value()}</pre>
            <p>{text::snapshots::COLUMNS[3]}</p>
            <pre class="json" tabindex="0" translate="no">{after.get_value()}</pre>
        </Disclosure>
    }
    .into_any()
}
