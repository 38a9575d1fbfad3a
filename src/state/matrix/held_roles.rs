//! Which Entra roles groups have: read once for the whole app, as the table of policies needs it.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::baseline::Held;
use crate::desk::held_roles::{self, HeldNews};
use crate::directory::Holder;
use crate::graph::Error;
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::matrix::Row;
use crate::state::desk::Desk;
use crate::state::lasting::lasting;

/// What is known about the groups' roles.
#[derive(Clone, Copy)]
pub struct HeldRoles {
    desk: Desk,
    known: RwSignal<BTreeMap<Guid, Held>>,
    errors: RwSignal<BTreeMap<Guid, Error>>,
    asked: StoredValue<BTreeSet<Guid>>,
    /// With how often everything was dropped: results of an earlier round are ignored.
    patience: StoredValue<(Patience, u32), LocalStorage>,
}

impl HeldRoles {
    /// Starts with nothing known.
    fn new() -> Self {
        let desk = Desk::current();
        let patience = StoredValue::new_local((Patience::default(), 0));
        Self { desk, known: RwSignal::default(), errors: RwSignal::default(), asked: StoredValue::default(), patience }
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
        if self.patience.with_value(|(patience, _)| patience.is_stopped()) {
            self.patience.update_value(|(patience, _)| *patience = Patience::default());
        }
        let (client, (patience, round)) = (self.desk.client(), self.patience.get_value());
        spawn_local(async move {
            // More are waited for than before. Views hear of it here, because this is called from views.
            self.known.try_update(|_| ());
            held_roles::read(&client, &missing, &patience, &|told| {
                if self.patience.try_with_value(|(_, now)| *now == round) == Some(true) {
                    self.hear(told);
                }
            })
            .await;
        });
    }

    fn hear(self, told: Vec<HeldNews>) {
        let failed = |one: &HeldNews| Some((one.group.clone(), one.error.clone()?));
        let errors: Vec<(Guid, Error)> = told.iter().filter_map(failed).collect();
        if !errors.is_empty() {
            self.errors.try_update(|known| known.extend(errors));
        }
        self.known.try_update(|known| known.extend(told.into_iter().map(|one| (one.group, one.held))));
    }

    /// Stops reading: what was not read is kept as such.
    pub fn stop(self) {
        self.patience.with_value(|(patience, _)| patience.stop());
    }

    /// Of how many groups the roles could not be read; views follow it.
    pub fn failed(self) -> usize {
        self.known.with(|known| known.values().filter(|held| **held == Held::Failed).count())
    }

    /// Of how many groups they were not read, because reading was stopped; views follow it.
    pub fn left(self) -> usize {
        self.known.with(|known| known.values().filter(|held| **held == Held::NotRead).count())
    }

    /// Why: what a sign-in helps against, else the first reason; views follow it.
    pub fn why(self) -> Option<Error> {
        self.errors.with(|errors| {
            let signs_in = |error: &&Error| matches!(error, Error::SignIn(_));
            errors.values().find(signs_in).or_else(|| errors.values().next()).cloned()
        })
    }

    /// Reads again what failed.
    pub fn retry(self, rows: &[Row]) {
        self.again(false);
        self.want(rows);
    }

    /// Reads what was left when reading was stopped, and again what failed.
    pub fn go_on(self, rows: &[Row]) {
        if untrack(|| self.left()) > 0 {
            self.retry(rows);
        }
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

    /// Drops what failed, was stopped or was not granted; if everything is read again, also what is known.
    pub fn again(self, everything: bool) {
        let keep = |held: &Held| !everything && matches!(held, Held::Known(_));
        let kept: Vec<Guid> = self
            .known
            .with_untracked(|known| known.iter().filter(|(_, held)| keep(held)).map(|(id, _)| id.clone()).collect());
        // What is still being read is read anew.
        self.stop();
        self.patience.update_value(|(patience, round)| (*patience, *round) = (Patience::default(), *round + 1));
        self.errors.set(BTreeMap::new());
        self.asked.update_value(|asked| asked.retain(|id| kept.contains(id)));
        self.known.update(|known| known.retain(|id, _| kept.contains(id)));
    }

    /// Of how many groups the roles are still to come; views follow it.
    pub fn waiting(self) -> usize {
        self.known
            .with(|known| self.asked.with_value(|asked| asked.iter().filter(|id| !known.contains_key(*id)).count()))
    }

    /// Passes what is known to `judge`; views follow it.
    pub fn with<T>(self, judge: impl FnOnce(&dyn Fn(&Guid) -> Held) -> T) -> T {
        self.known.with(|known| judge(&|group| known.get(group).cloned().unwrap_or(Held::Waiting)))
    }
}
