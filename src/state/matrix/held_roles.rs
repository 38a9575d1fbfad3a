//! Which Entra roles groups have: read once for the whole app, as the table of policies needs it.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::baseline::Held;
use crate::desk::held_roles;
use crate::directory::Holder;
use crate::guid::Guid;
use crate::matrix::Row;
use crate::state::desk::Desk;
use crate::state::lasting::lasting;

/// What is known about the groups' roles.
#[derive(Clone, Copy)]
pub struct HeldRoles {
    desk: Desk,
    known: RwSignal<BTreeMap<Guid, Held>>,
    asked: StoredValue<BTreeSet<Guid>>,
}

impl HeldRoles {
    /// Starts with nothing known.
    fn new() -> Self {
        let desk = Desk::current();
        Self { desk, known: RwSignal::default(), asked: StoredValue::default() }
    }

    /// The page's one.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Reads the roles of the role-assignable groups of the table that were not read yet, or only before the permission
    /// was granted.
    pub fn want(self, rows: &[Row]) {
        self.forget_refused();
        let mut missing: Vec<Guid> = Vec::new();
        self.asked.update_value(|asked| {
            for row in rows {
                let can = matches!(row.holder.as_deref(), Some(Holder::Group(group)) if group.role_assignable);
                if can && asked.insert(row.id().clone()) {
                    missing.push(row.id().clone());
                }
            }
        });
        if missing.is_empty() {
            return;
        }
        let client = self.desk.client();
        spawn_local(async move {
            held_roles::read(&client, &missing, &|told| {
                self.known.try_update(|known| known.extend(told));
            })
            .await;
        });
    }

    /// Drops results that lacked a permission which is granted by now. No view is notified: this is called from views,
    /// and the answers will follow.
    fn forget_refused(self) {
        let is_refused = |(id, held): (&Guid, &Held)| (*held == Held::NotGranted).then(|| id.clone());
        let refused: Vec<Guid> = self.known.with_untracked(|known| known.iter().filter_map(is_refused).collect());
        if refused.first().is_some_and(|first| held_roles::may_read(&self.desk.client(), first)) {
            self.asked.update_value(|asked| asked.retain(|id| !refused.contains(id)));
            self.known.update_untracked(|known| known.retain(|id, _| !refused.contains(id)));
        }
    }

    /// Drops what failed or was not granted; if everything is read again, also what is known.
    pub fn again(self, everything: bool) {
        let keep = |held: &Held| !everything && matches!(held, Held::Known(_));
        let kept: Vec<Guid> = self
            .known
            .with_untracked(|known| known.iter().filter(|(_, held)| keep(held)).map(|(id, _)| id.clone()).collect());
        self.asked.update_value(|asked| asked.retain(|id| kept.contains(id)));
        self.known.update(|known| known.retain(|id, _| kept.contains(id)));
    }

    /// Whether roles are still to come; views follow it.
    pub fn is_reading(self) -> bool {
        self.known.with(|known| self.asked.with_value(|asked| asked.iter().any(|id| !known.contains_key(id))))
    }

    /// Passes what is known to `judge`; views follow it.
    pub fn with<T>(self, judge: impl FnOnce(&dyn Fn(&Guid) -> Held) -> T) -> T {
        self.known.with(|known| judge(&|group| known.get(group).cloned().unwrap_or(Held::Waiting)))
    }
}
