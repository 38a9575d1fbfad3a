//! How the requests of the last weeks ended: read when the person comes, with progress, and kept while the app runs.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::auth::extras::Extra;
use crate::browser::BrowserWorld;
use crate::desk::history::{self, History};
use crate::state::approval::decisions::Decisions;
use crate::state::approval::inbox::InboxState;
use crate::state::desk::Desk;
use crate::state::directory::shelf::Shelf;
use crate::state::extras::ExtrasState;
use crate::state::lasting::lasting;
use crate::world::Clock;

/// A history younger than this is not read again when the person returns to it, ms.
const FRESH_MS: i64 = 5 * 60_000;

/// The history of the signed-in person.
#[derive(Clone, Copy)]
pub struct HistoryState {
    desk: Desk,
    wanted: ExtrasState,
    shelf: Shelf,
    /// The last reading; `None` before the first.
    pub read: RwSignal<Option<History>>,
    /// How many reviews of how many have been read, while reading.
    pub progress: RwSignal<Option<(usize, usize)>>,
    /// A reading is in progress.
    pub reading: RwSignal<bool>,
    /// The person wants to stop the reading.
    pub stopping: RwSignal<bool>,
    decisions: StoredValue<Option<Decisions>>,
    /// How many decisions of this session had ended when the last reading began.
    ended: StoredValue<u32>,
    /// Whether the last reading included Entra roles.
    with_roles: StoredValue<bool>,
}

impl HistoryState {
    /// Starts with nothing read.
    fn new() -> Self {
        Self {
            desk: Desk::current(),
            wanted: ExtrasState::current(),
            shelf: Shelf::current(),
            read: RwSignal::new(None),
            progress: RwSignal::new(None),
            reading: RwSignal::new(false),
            stopping: RwSignal::new(false),
            decisions: StoredValue::new(None),
            ended: StoredValue::new(0),
            with_roles: StoredValue::new(false),
        }
    }

    /// The page's history.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// The person opened the page: reads it unless that was recent and no decision or change of roles followed.
    pub fn enter(self) {
        self.decisions.set_value(use_context::<InboxState>().map(|inbox| inbox.decisions));
        let read = self
            .read
            .with_untracked(|read| read.as_ref().filter(|read| read.stopped.is_none()).map(|read| read.read_unix_ms));
        let is_old = read.is_none_or(|at| (BrowserWorld.unix_ms() - at).abs() > FRESH_MS);
        if is_old || self.is_behind() {
            self.refresh();
        }
    }

    /// How many decisions of this session have ended. Without an inbox nothing was decided.
    fn decided(self) -> u32 {
        self.decisions.get_value().map_or(0, |decisions| untrack(|| decisions.ended()))
    }

    fn wants_roles(self) -> bool {
        untrack(|| self.wanted.has(Extra::RoleRequests))
    }

    /// Whether a decision has ended, or Entra roles were turned on or off, since the last reading began.
    fn is_behind(self) -> bool {
        self.decided() != self.ended.get_value() || self.wants_roles() != self.with_roles.get_value()
    }

    /// Reads the history now: requests this person could decide, and those of the groups they opened or pinned.
    pub fn refresh(self) {
        if self.reading.get_untracked() {
            return;
        }
        self.reading.set(true);
        self.ended.set_value(self.decided());
        self.stopping.set(false);
        self.progress.set(None);
        let mut groups = self.shelf.pinned.get_untracked();
        for group in self.shelf.recent.get_untracked() {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        let with_roles = self.wants_roles();
        self.with_roles.set_value(with_roles);
        spawn_local(async move {
            let cancelled = || self.stopping.try_get_untracked() != Some(false);
            let tell = |read: usize, all: usize| {
                self.progress.try_set(Some((read, all)));
            };
            let read = history::history(&self.desk.client(), with_roles, &groups, &cancelled, &tell).await;
            self.read.try_set(Some(read));
            self.progress.try_set(None);
            self.reading.try_set(false);
            if !cancelled() && self.is_behind() {
                self.refresh();
            }
        });
    }

    /// Stops the reading; what was read so far is shown.
    pub fn stop(self) {
        self.stopping.set(true);
    }
}
