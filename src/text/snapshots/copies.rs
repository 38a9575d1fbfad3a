//! The changes for the clipboard and files: as text, as a table, as JSON.

use serde_json::{Value as Json, json};

use super::super::policy::value::{Names, WithIds};
use super::{ABSENT, RULE_CHANGED, changed_by, class, fate, severity, sum};
use crate::matrix::Class;
use crate::snapshot::drift::{Changed, Drift, Drifted, Fate, Finding};
use crate::snapshot::{Severity, Snapshot};
use crate::text::paper;
use crate::text::quoted::one_line;
use crate::text::report::About;

/// The cells: setting, before, now.
fn cells(finding: &Finding, names: &dyn Names) -> [String; 3] {
    let names = WithIds(names);
    match &finding.changed {
        Changed::Setting(line) => [
            crate::text::policy::setting::full_label(line.setting),
            crate::text::policy::value::reading(&line.left, &names),
            crate::text::policy::value::reading(&line.right, &names),
        ],
        Changed::Rule(rule) => {
            let raw = |rule: &Option<Json>| rule.as_ref().map_or_else(|| ABSENT.to_owned(), Json::to_string);
            [[&rule.id, " ", RULE_CHANGED].concat(), raw(&rule.before), raw(&rule.after)]
        }
    }
}

fn title(drifted: &Drifted) -> String {
    let name = if drifted.name.is_empty() { drifted.subject.id().as_str() } else { &drifted.name };
    crate::text::subject::policy_of(&drifted.subject, name)
}

/// As lines of text.
pub fn as_text(snapshot: &Snapshot, drift: &Drift, shown: &[Drifted], names: &dyn Names, about: &About) -> String {
    let (tenant, since) = (snapshot.tenant.as_str(), snapshot.taken_at.as_str());
    let mut text = ["Since the snapshot of ", since, ", as of ", &about.read_at, ", tenant ", tenant, "\n"].concat();
    text.push_str(&[&sum(drift), "\n"].concat());
    if !about.only.is_empty() {
        text.push_str(&[&paper::filtered(&about.only), "\n"].concat());
    }
    for drifted in shown {
        let by = changed_by(drifted.modified_by.as_deref(), drifted.modified_at.as_deref());
        let fate = fate(drifted.fate);
        let fate = if fate.is_empty() { String::new() } else { [" (", fate, ")"].concat() };
        text.push_str(&["\n", &one_line(&title(drifted)), &fate, "\n", &one_line(&by), "\n"].concat());
        for finding in &drifted.findings {
            let [what, before, now] = cells(finding, names).map(|cell| one_line(&cell));
            text.push_str(&["  ", severity(finding.severity), ": ", &what, ": ", &before, " → ", &now, "\n"].concat());
        }
    }
    text
}

const COLUMNS: [&str; 10] =
    ["Policy", "Kind", "ID", "Severity", "Fate", "Setting", "Before", "Now", "Changed last", "Changed last by"];

/// As a table: a row for each change, below lines about the snapshot.
pub fn as_csv(snapshot: &Snapshot, drift: &Drift, shown: &[Drifted], names: &dyn Names, about: &About) -> String {
    let mut rows = Vec::new();
    for drifted in shown {
        let mut row = |grave: Severity, [what, before, now]: [String; 3]| {
            rows.push(vec![
                title(drifted),
                class(Class::of(&drifted.subject)).to_owned(),
                drifted.subject.to_string(),
                severity(grave).to_owned(),
                fate(drifted.fate).to_owned(),
                what,
                before,
                now,
                drifted.modified_at.clone().unwrap_or_default(),
                drifted.modified_by.clone().unwrap_or_default(),
            ]);
        };
        if drifted.fate != Fate::Changed {
            row(Severity::High, Default::default());
        }
        drifted.findings.iter().for_each(|finding| row(finding.severity, cells(finding, names)));
    }
    let mut told = vec![
        ("Changes since the snapshot of", snapshot.taken_at.clone()),
        ("Snapshot taken by", snapshot.taken_by.clone().unwrap_or_default()),
        ("Tenant", about.tenant.to_string()),
        ("Compared at", about.read_at.clone()),
        ("In all", sum(drift)),
        ("Saved by", about.by.clone()),
        ("Saved at", about.at.clone()),
    ];
    if !about.only.is_empty() {
        told.push(("Filtered", about.only.clone()));
    }
    crate::csv::table_about(&told, &COLUMNS, rows)
}

/// As JSON, with values as in the page's own files and raw rules.
pub fn as_json(snapshot: &Snapshot, drift: &Drift, shown: &[Drifted], about: &About) -> String {
    let finding = |finding: &Finding| {
        let mut told = match &finding.changed {
            Changed::Setting(line) => {
                json!({"setting": line.setting, "before": line.left.value, "now": line.right.value})
            }
            Changed::Rule(rule) => json!({"rule": rule.id, "before": rule.before, "now": rule.after}),
        };
        told["severity"] = finding.severity.as_str().into();
        told
    };
    let one = |drifted: &Drifted| {
        json!({
            "subject": drifted.subject.to_string(),
            "name": drifted.name,
            "fate": if drifted.fate == Fate::Changed { "changed" } else { fate(drifted.fate) },
            "modifiedAt": drifted.modified_at,
            "modifiedBy": drifted.modified_by,
            "changes": drifted.findings.iter().map(finding).collect::<Vec<_>>(),
        })
    };
    let mut file = json!({
        "kind": "pim-desk.drift",
        "version": 1,
        "tenant": snapshot.tenant,
        "since": snapshot.taken_at,
        "at": about.at,
        "comparedAt": about.read_at,
        "savedBy": about.by,
        "unchanged": drift.unchanged,
        "listIncomplete": !drift.unlisted.is_empty(),
        "notRead": drift.unread.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "foundNotRead": drift.maybe_new.iter().map(|(subject, _)| subject.to_string()).collect::<Vec<_>>(),
        "policies": shown.iter().map(one).collect::<Vec<_>>(),
    });
    if !about.only.is_empty() {
        file["filtered"] = about.only.as_str().into();
    }
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}
