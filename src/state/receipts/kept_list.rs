//! What receipts and records have in common as lists: each comes to an end, and some exist only here.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::guid::Guid;
use crate::receipt::{Receipt, keep};
use crate::rollout::record::Record;

/// Something that is stored under an ID and comes to an end.
pub(in crate::state) trait Ending: Clone + Send + Sync + 'static {
    fn id(&self) -> &Guid;
    fn is_over(&self) -> bool;
}

impl Ending for Receipt {
    fn id(&self) -> &Guid {
        &self.id
    }

    fn is_over(&self) -> bool {
        self.ended_unix_ms.is_some()
    }
}

impl Ending for Record {
    fn id(&self) -> &Guid {
        &self.id
    }

    fn is_over(&self) -> bool {
        self.ended_unix_ms.is_some()
    }
}

/// Those that have ended, and may be deleted.
pub(in crate::state) fn over<T: Ending>(list: RwSignal<Vec<T>>) -> Vec<Guid> {
    list.with_untracked(|list| list.iter().filter(|one| one.is_over()).map(|one| one.id().clone()).collect())
}

/// What is stored, plus the in-memory form of those that could not be stored.
pub(in crate::state) fn with_unkept<T: Ending>(
    mut stored: Vec<T>,
    here: RwSignal<Vec<T>>,
    unkept: RwSignal<BTreeSet<Guid>>,
) -> Vec<T> {
    let unkept = unkept.try_get_untracked().unwrap_or_default();
    let is_unkept = |one: &&T| unkept.contains(one.id());
    let here = here.try_with_untracked(|list| list.iter().filter(is_unkept).cloned().collect::<Vec<_>>());
    stored.retain(|one| !is_unkept(&one));
    stored.extend(here.unwrap_or_default());
    stored
}

/// The person has seen that one was interrupted.
pub(in crate::state) fn put_away(found: RwSignal<Vec<Guid>>, id: &Guid) {
    found.try_update(|found| found.retain(|known| known != id));
}

/// The IDs of what is stored but could not be read; views that call it follow the list.
pub(in crate::state) fn unreadable<T: Ending>(
    list: RwSignal<Vec<T>>,
    stored: &[(String, String)],
    reads: fn(&str) -> bool,
) -> Vec<Guid> {
    list.with(|list| keep::unreadable(stored, &list.iter().map(|one| one.id().as_str()).collect(), reads))
}
