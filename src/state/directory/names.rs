//! Names read so far: people, groups and authentication contexts, looked up once for the whole page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::desk::directory;
use crate::directory::{AuthenticationContext, DirectoryObject};
use crate::guid::Guid;
use crate::policy::{Approver, ApproverKind, Draft, Policy, Setting, Value};
use crate::state::desk::Desk;
use crate::state::lasting::lasting;
use crate::text;

/// The known names.
#[derive(Clone, Copy)]
pub struct Names {
    desk: Desk,
    /// Shared, so that reading the current names copies none of them.
    entries: RwSignal<Arc<BTreeMap<Guid, DirectoryObject>>>,
    asked: StoredValue<BTreeSet<Guid>>,
    /// The IDs whose name Microsoft returned, or said that there is none.
    answered: RwSignal<Arc<BTreeSet<Guid>>>,
    contexts: RwSignal<Option<Arc<Vec<AuthenticationContext>>>>,
    contexts_asked: RwSignal<bool>,
    contexts_failed: RwSignal<bool>,
}

impl Names {
    /// No names known yet.
    fn new() -> Self {
        let desk = Desk::current();
        Self {
            desk,
            entries: RwSignal::default(),
            asked: StoredValue::default(),
            answered: RwSignal::default(),
            contexts: RwSignal::new(None),
            contexts_asked: RwSignal::new(false),
            contexts_failed: RwSignal::new(false),
        }
    }

    /// The page's names.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Looks up unknown names, in one call. What cannot be read stays an ID on screen, which is not an error. After a
    /// failed call the next one asks again.
    pub fn look_up(self, ids: impl IntoIterator<Item = Guid>) {
        let mut missing: Vec<Guid> = Vec::new();
        self.entries.with_untracked(|known| {
            let unknown = ids.into_iter().filter(|id| !known.contains_key(id));
            self.asked.update_value(|asked| missing.extend(unknown.filter(|id| asked.insert(id.clone()))));
        });
        if missing.is_empty() {
            return;
        }
        let client = self.desk.client();
        spawn_local(async move {
            match directory::names(&client, &missing).await {
                Ok(found) => {
                    self.entries.try_update(|entries| Arc::make_mut(entries).extend(found));
                    self.answered.try_update(|answered| Arc::make_mut(answered).extend(missing));
                }
                Err(_) => {
                    self.asked.try_update_value(|asked| asked.retain(|id| !missing.contains(id)));
                }
            }
        });
    }

    /// Looks up the authentication contexts the first time; after a failed call the next one asks again.
    pub fn read_contexts(self) {
        if self.contexts_asked.get_untracked() {
            return;
        }
        self.contexts_asked.set(true);
        let client = self.desk.client();
        spawn_local(async move {
            if let Ok(found) = directory::authentication_contexts(&client).await {
                self.contexts.try_set(Some(Arc::new(found)));
                self.contexts_failed.try_set(false);
            } else {
                self.contexts_failed.try_set(true);
                self.contexts_asked.try_set(false);
            }
        });
    }

    /// Looks up the names in policies: approvers, and the contexts the first time.
    pub fn look_up_approvers<'a>(self, policies: impl IntoIterator<Item = &'a Policy>) {
        let ids: Vec<Guid> = policies.into_iter().flat_map(approver_ids).collect();
        self.look_up(ids);
        self.read_contexts();
    }

    /// Remembers what a search found.
    pub fn learn(self, found: impl IntoIterator<Item = DirectoryObject>) {
        let found = found.into_iter().map(|entry| (entry.id().clone(), entry));
        self.entries.update(|entries| Arc::make_mut(entries).extend(found));
    }

    /// What is known about an ID; views that read it follow it.
    pub fn get(self, id: &Guid) -> Option<DirectoryObject> {
        self.entries.with(|entries| entries.get(id).cloned())
    }

    /// The authentication contexts, if they could be read; views that read it follow it.
    pub fn contexts(self) -> Option<Arc<Vec<AuthenticationContext>>> {
        self.contexts.get()
    }

    /// Whether the authentication contexts could not be read, also while they are being read again; views that read it
    /// follow it.
    pub fn contexts_failed(self) -> bool {
        self.contexts_failed.get()
    }

    /// Whether they are being read; views that read it follow it.
    pub fn contexts_reading(self) -> bool {
        self.contexts_asked.get() && self.contexts.with(Option::is_none)
    }

    /// The names of people and groups in the form `text` needs; views that use them follow them.
    pub const fn called(self) -> Called {
        Called(self)
    }

    /// The current names in the form `text` needs; views that call it follow both lists.
    pub fn known(self) -> Known {
        Known { entries: self.entries.get(), answered: self.answered.get(), contexts: self.contexts.get() }
    }
}

/// The current names of people and groups, without copying them: for cells that are redrawn again and again. Views that
/// use them follow them.
pub struct Called(Names);

impl text::policy::value::Names for Called {
    fn approver(&self, approver: &Approver) -> Option<String> {
        let id: Guid = approver.id.parse().ok()?;
        self.0.entries.with(|entries| entries.get(&id).map(|entry| entry.name().to_owned()))
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        None
    }
}

/// The names at one moment.
pub struct Known {
    entries: Arc<BTreeMap<Guid, DirectoryObject>>,
    answered: Arc<BTreeSet<Guid>>,
    contexts: Option<Arc<Vec<AuthenticationContext>>>,
}

impl text::policy::value::Names for Known {
    fn approver(&self, approver: &Approver) -> Option<String> {
        let id: Guid = approver.id.parse().ok()?;
        self.entries.get(&id).map(|entry| entry.name().to_owned())
    }

    fn is_unknown(&self, approver: &Approver) -> bool {
        approver.id.parse::<Guid>().map_or(true, |id| self.answered.contains(&id))
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        self.contexts.as_deref().map(Vec::as_slice)
    }
}

fn approver_ids(policy: &Policy) -> Vec<Guid> {
    policy.read(Setting::Approvers).value.as_ref().map(ids_in).unwrap_or_default()
}

/// The approvers of a policy and of an edit of it, both before and after.
pub fn approvers_of(policy: &Policy, draft: &Draft) -> Vec<Guid> {
    let edited = draft.edit(Setting::Approvers).into_iter().flat_map(|edit| [&edit.base, &edit.mine]);
    approver_ids(policy).into_iter().chain(edited.flat_map(ids_in)).collect()
}

fn ids_in(value: &Value) -> Vec<Guid> {
    match value {
        Value::Approvers(list) => list
            .iter()
            .filter(|approver| approver.kind != ApproverKind::Other)
            .filter_map(|approver| approver.id.parse().ok())
            .collect(),
        _ => Vec::new(),
    }
}
