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

/// Names that are known.
#[derive(Clone, Copy)]
pub struct Names {
    desk: Desk,
    /// Shared, so that a look at a moment's names copies none of them.
    entries: RwSignal<Arc<BTreeMap<Guid, DirectoryObject>>>,
    asked: StoredValue<BTreeSet<Guid>>,
    /// Those of which Microsoft has told the name, or that it has none.
    answered: RwSignal<Arc<BTreeSet<Guid>>>,
    contexts: RwSignal<Option<Arc<Vec<AuthenticationContext>>>>,
    contexts_asked: StoredValue<bool>,
}

impl Names {
    /// Knows nothing yet.
    fn new() -> Self {
        let desk = Desk::current();
        Self {
            desk,
            entries: RwSignal::default(),
            asked: StoredValue::default(),
            answered: RwSignal::default(),
            contexts: RwSignal::new(None),
            contexts_asked: StoredValue::new(false),
        }
    }

    /// The page's names.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Looks up what is not known yet, in one call. What cannot be read stays an id on screen; that is no error. After a
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

    /// Looks the authentication contexts up the first time; after a failed call the next one asks again.
    pub fn read_contexts(self) {
        if self.contexts_asked.get_value() {
            return;
        }
        self.contexts_asked.set_value(true);
        let client = self.desk.client();
        spawn_local(async move {
            match directory::authentication_contexts(&client).await {
                Ok(found) => {
                    self.contexts.try_set(Some(Arc::new(found)));
                }
                Err(_) => {
                    self.contexts_asked.try_set_value(false);
                }
            }
        });
    }

    /// Looks up what policies name: approvers, and the contexts the first time.
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

    /// What is known about an id; views that read it follow it.
    pub fn get(self, id: &Guid) -> Option<DirectoryObject> {
        self.entries.with(|entries| entries.get(id).cloned())
    }

    /// The authentication contexts, if they could be read; views that read it follow it.
    pub fn contexts(self) -> Option<Arc<Vec<AuthenticationContext>>> {
        self.contexts.get()
    }

    /// The names of people and groups as `text` asks for them; views that ask follow them.
    pub const fn called(self) -> Called {
        Called(self)
    }

    /// The names as `text` asks for them, as of now; views that call it follow both lists.
    pub fn known(self) -> Known {
        Known { entries: self.entries.get(), answered: self.answered.get(), contexts: self.contexts.get() }
    }
}

/// The names of people and groups as of now, without a copy of them: for cells that are written again and again. Views
/// that ask follow them.
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

/// A moment's names.
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

/// The approvers that a policy names, and an edit of them, in what stood there and in what is wanted.
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
