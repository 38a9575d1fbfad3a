//! The totals of what has changed since a snapshot.

use super::policies;
use crate::matrix::Class;
use crate::snapshot::{Drift, Severity};

/// The totals of the changes.
pub fn sum(drift: &Drift) -> String {
    let mut text = if drift.drifted.is_empty() {
        let is_whole = drift.unlisted.is_empty() && drift.maybe_new.is_empty() && drift.unread.is_empty();
        if drift.unchanged == 0 && !is_whole {
            "Nothing could be compared.".to_owned()
        } else {
            let nothing = if is_whole { "Nothing changed: " } else { "Nothing changed in what was read: " };
            let stayed = if drift.unchanged == 1 { " as it was." } else { " as they were." };
            [nothing, &policies(drift.unchanged), stayed].concat()
        }
    } else {
        let of = |severity| drift.count(severity).to_string();
        let each = [&of(Severity::High), " high, ", &of(Severity::Medium), " medium, ", &of(Severity::Low), " low"];
        [
            &policies(drift.drifted.len()),
            " changed (differences: ",
            &each.concat(),
            "); ",
            &policies(drift.unchanged),
            " unchanged.",
        ]
        .concat()
    };
    if !drift.unread.is_empty() {
        text.push_str(&[" ", &policies(drift.unread.len()), " not read this time."].concat());
    }
    if !drift.maybe_new.is_empty() {
        let number = policies(drift.maybe_new.len());
        text.push_str(&[" ", &number, " not in the snapshot found but not read; new ones may be among them."].concat());
    }
    if !drift.unlisted.is_empty() {
        text.push_str(&[" ", &unlisted(drift)].concat());
    }
    text
}

/// Which present list is incomplete, and what that hides.
fn unlisted(drift: &Drift) -> String {
    let roles = drift.unlisted.contains(&Class::Roles);
    let whose = match (roles, drift.unlisted.iter().any(|kind| *kind != Class::Roles)) {
        (true, true) => "groups in PIM and Entra roles",
        (true, false) => "Entra roles",
        _ => "groups in PIM",
    };
    ["The list of ", whose, " was not read to its end; new policies may be missing."].concat()
}
