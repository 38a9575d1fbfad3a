//! What the rows of the table are held against, found for the reference that the person chose.

use leptos::prelude::*;

use super::matrix::{MatrixState, Stage};
use crate::matrix::{Class, Reference, Standard, majority};
use crate::policy::{Sheet, Subject};

/// The reference, filled; empty where it is not known, or not yet. Views that call it follow what it is made of.
pub fn standard(reference: &Reference, table: MatrixState) -> Standard {
    match reference {
        Reference::Majority => {
            // Of half the policies there is no majority: the marks would change under the eye.
            let running = |stage: Stage| stage == Stage::Running;
            if table.groups.with(|groups| running(groups.stage)) || table.roles.with(|roles| running(roles.stage)) {
                return Standard::default();
            }
            table.rows.with(|rows| {
                Class::ALL
                    .into_iter()
                    .fold(Standard::default(), |standard, class| standard.for_class(class, majority(rows, class)))
            })
        }
        Reference::Policy(subject) => of_policy(subject, table),
        Reference::Nothing | Reference::Template(_) | Reference::Baseline(_) | Reference::Snapshot => {
            Standard::default()
        }
    }
}

/// Members are held against the group's members, owners against its owners; what the subject has no policy for, against
/// its first.
fn of_policy(subject: &Subject, table: MatrixState) -> Standard {
    let sheet = |wanted: &Subject| {
        table.rows.with(|rows| rows.iter().find(|row| row.subject == *wanted).and_then(|row| row.sheet().cloned()))
    };
    let page: Vec<(Class, Sheet)> =
        subject.of_page().iter().filter_map(|subject| Some((Class::of(subject), sheet(subject)?))).collect();
    let Some((_, first)) = page.first() else { return Standard::default() };
    Class::ALL.into_iter().fold(Standard::default(), |standard, class| {
        let own = page.iter().find(|(known, _)| *known == class).map_or(first, |(_, sheet)| sheet);
        standard.for_class(class, own.clone())
    })
}
