//! Groups the person keeps at hand: pinned ones and recently opened ones. Stored in this browser, by tenant and person,
//! IDs only.

use leptos::prelude::*;

use crate::browser::storage::{self, Key};
use crate::guid::Guid;
use crate::policy::Subject;
use crate::state::desk::Desk;
use crate::state::lasting::lasting;

/// Most groups that can be pinned; another one replaces the oldest.
const PINNED: usize = 50;

/// How many recently opened groups are kept.
const RECENT: usize = 12;

/// The groups at hand. If the browser stores nothing, they live as long as the page.
#[derive(Clone, Copy)]
pub struct Shelf {
    owner: StoredValue<String>,
    /// Pinned, the latest first.
    pub pinned: RwSignal<Vec<Guid>>,
    /// Opened, the latest first.
    pub recent: RwSignal<Vec<Guid>>,
}

impl Shelf {
    /// What this browser stored for the person.
    fn new() -> Self {
        let account = Desk::current().account();
        let owner = [account.tid.as_str(), account.oid.as_str()].join(".");
        let pinned = RwSignal::new(kept(Key::Pinned(&owner)).unwrap_or_default());
        let recent = RwSignal::new(kept(Key::Recent(&owner)).unwrap_or_default());
        Self { owner: StoredValue::new(owner), pinned, recent }
    }

    /// The page's shelf.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Records that a policy was opened; only groups are kept.
    pub fn opened(self, subject: &Subject) {
        let Subject::Group { group, .. } = subject else { return };
        self.owner
            .try_with_value(|owner| change(Key::Recent(owner), self.recent, RECENT, |list| put_first(list, group)));
    }

    /// Whether a group is pinned; views that call it follow it.
    pub fn is_pinned(self, group: &Guid) -> bool {
        self.pinned.with(|list| list.contains(group))
    }

    /// Pins or unpins a group; returns whether it is pinned now.
    pub fn toggle(self, group: &Guid) -> bool {
        let pin = !untrack(|| self.is_pinned(group));
        self.owner.with_value(|owner| {
            change(Key::Pinned(owner), self.pinned, PINNED, |list| {
                if pin {
                    put_first(list, group);
                } else {
                    list.retain(|known| known != group);
                }
            });
        });
        pin
    }
}

fn put_first(list: &mut Vec<Guid>, group: &Guid) {
    list.retain(|known| known != group);
    list.insert(0, group.clone());
}

/// What is stored now: another tab may have changed it. `None` if nothing readable is there.
fn kept(key: Key<'_>) -> Option<Vec<Guid>> {
    serde_json::from_str(&storage::read(key)?).ok()
}

fn change(key: Key<'_>, shown: RwSignal<Vec<Guid>>, most: usize, edit: impl FnOnce(&mut Vec<Guid>)) {
    let mut list = kept(key).unwrap_or_else(|| shown.get_untracked());
    edit(&mut list);
    list.truncate(most);
    if let Ok(text) = serde_json::to_string(&list) {
        storage::write(key, &text);
    }
    shown.try_set(list);
}
