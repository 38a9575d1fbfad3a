//! All policies of a snapshot as one table: a row for each policy, a column for each setting; and the facts about the
//! snapshot for all forms.

use super::super::policy::value::{Names, WithIds};
use super::{INCOMPLETE, class};
use crate::matrix::Class;
use crate::policy::{Setting, Sheet, Subject};
use crate::snapshot::{Snapshot, Why};
use crate::text::policy::export::UNKNOWN_LEFT_OUT;

/// Facts about the snapshot, and what is missing from it.
pub fn facts(snapshot: &Snapshot) -> Vec<(&'static str, String)> {
    let mut told = vec![("Snapshot of", snapshot.taken_at.clone()), ("Tenant", snapshot.tenant.to_string())];
    told.extend(snapshot.taken_by.iter().map(|by| ("Taken by", by.clone())));
    if !snapshot.complete {
        told.push(("Incomplete", INCOMPLETE.to_owned()));
    }
    let missing =
        |(subject, why): &(Subject, Why)| ("Not read", [&subject.to_string(), ": ", self::why(*why)].concat());
    told.extend(snapshot.not_read.iter().map(missing));
    if snapshot.policies.iter().any(|kept| !kept.policy.other_rules().is_empty()) {
        told.push(("Left out", UNKNOWN_LEFT_OUT.to_owned()));
    }
    told
}

const fn why(why: Why) -> &'static str {
    match why {
        Why::Failed => "it could not be read",
        Why::Stopped => "reading was stopped first",
        Why::NoPolicy => "Microsoft returned no policy",
        Why::Several => "Microsoft returned several policies",
    }
}

/// The table.
pub fn as_table(snapshot: &Snapshot, names: &dyn Names) -> String {
    let names = WithIds(names);
    let settings: Vec<Setting> = Setting::all().collect();
    let labels: Vec<String> =
        settings.iter().map(|setting| crate::text::policy::setting::full_label(*setting)).collect();
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
            sheet
                .reading(*setting)
                .map(|reading| crate::text::policy::value::reading(reading, &names))
                .unwrap_or_default()
        };
        row.extend(settings.iter().map(cell));
        row
    });
    crate::csv::table_about(&facts(snapshot), &head, rows.collect::<Vec<_>>())
}
