//! What the rows of the table are compared to, for the reference the person chose.

use leptos::prelude::*;

use crate::auth::extras::Extra;
use crate::baseline;
use crate::matrix::reference::counterpart;
use crate::matrix::{Class, Reference, Standard};
use crate::policy::{Sheet, Subject};
use crate::state::extras::ExtrasState;
use crate::state::matrix::MatrixState;
use crate::state::matrix::held_roles::HeldRoles;
use crate::state::snapshots::SnapshotState;
use crate::state::templates::TemplatesState;

/// The reference with its values; empty if it is not known (yet). Views that call it follow its parts.
pub fn standard(reference: &Reference, table: MatrixState) -> Standard {
    match reference {
        Reference::Majority => table.majority.get(),
        Reference::Policy(subject) => of_policy(subject, table),
        Reference::Snapshot => SnapshotState::current().standard(),
        Reference::Template(key) => {
            TemplatesState::current().get(key).map(|template| template.standard()).unwrap_or_default()
        }
        Reference::Baseline(key) => of_baseline(key, table),
        Reference::Nothing => Standard::default(),
    }
}

/// Whether it depends on the Entra roles that groups hold what this reference says.
pub fn needs_held_roles(reference: &Reference) -> bool {
    let Reference::Baseline(key) = reference else { return false };
    baseline::find(key).is_some_and(|baseline| baseline.needs_held_roles())
}

/// What the lines of a baseline require of each policy that they certainly apply to.
fn of_baseline(key: &str, table: MatrixState) -> Standard {
    let Some(baseline) = baseline::find(key) else { return Standard::default() };
    let held = HeldRoles::current();
    // What was unknown without the permission is asked for once it is granted.
    ExtrasState::current().has(Extra::RolePolicies);
    table.rows.with(|rows| {
        if baseline.needs_held_roles() {
            held.want(rows);
        }
        held.with(|known| baseline::judge::standard(&baseline, rows, known))
    })
}

/// Members are compared to the group's members, owners to its owners; if the subject has no such policy, to its first.
fn of_policy(subject: &Subject, table: MatrixState) -> Standard {
    let sheet = |wanted: &Subject| {
        table.rows.with(|rows| rows.iter().find(|row| row.subject == *wanted).and_then(|row| row.sheet().cloned()))
    };
    let page: Vec<(Class, Sheet)> =
        subject.of_page().iter().filter_map(|subject| Some((Class::of(subject), sheet(subject)?))).collect();
    Class::ALL.into_iter().fold(Standard::default(), |standard, class| match counterpart(&page, class) {
        Some(sheet) => standard.for_class(class, sheet.clone()),
        None => standard,
    })
}
