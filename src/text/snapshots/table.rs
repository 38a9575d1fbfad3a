//! All policies of a snapshot as one table: a row for each policy, a column for each setting.

use super::super::value::Names;
use super::class;
use crate::matrix::Class;
use crate::policy::{Setting, Sheet};
use crate::snapshot::Snapshot;

/// The table.
pub fn as_table(snapshot: &Snapshot, names: &dyn Names) -> String {
    let settings: Vec<Setting> = Setting::all().collect();
    let labels: Vec<String> = settings.iter().map(|setting| crate::text::setting::full_label(*setting)).collect();
    let mut head = vec!["Name", "Policies", "Subject", "Changed last", "Changed last by"];
    head.extend(labels.iter().map(String::as_str));
    let rows = snapshot.policies.iter().map(|kept| {
        let sheet = Sheet::of(&kept.policy);
        let subject = &kept.policy.subject;
        let mut row = vec![
            kept.name.clone(),
            class(Class::of(subject)).to_owned(),
            subject.to_string(),
            kept.policy.modified_at.clone().unwrap_or_default(),
            kept.policy.modified_by.clone().unwrap_or_default(),
        ];
        let cell = |setting: &Setting| {
            sheet.reading(*setting).map(|reading| crate::text::value::reading(reading, names)).unwrap_or_default()
        };
        row.extend(settings.iter().map(cell));
        row
    });
    crate::csv::table(&head, rows.collect::<Vec<_>>())
}
