//! The tenant's Entra roles, read once and kept while the page lives, so that coming back shows them at once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::desk::roles::{self, Roles};
use crate::directory::{Role, RoleFilter};
use crate::graph::Error;
use crate::state::desk::Desk;
use crate::state::lasting::lasting;

/// The roles that were read.
#[derive(Clone, Copy)]
pub struct RoleList {
    desk: Desk,
    /// All roles; `None` before the first answer.
    pub answer: RwSignal<Option<Result<Roles, Error>>>,
    reading: StoredValue<bool>,
}

impl RoleList {
    /// Nothing read yet.
    fn new() -> Self {
        let desk = Desk::current();
        Self { desk, answer: RwSignal::new(None), reading: StoredValue::new(false) }
    }

    /// The page's roles.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Reads them again. What was known stays on screen until then, and if that fails.
    pub fn read(self) {
        if self.reading.get_value() {
            return;
        }
        self.reading.set_value(true);
        let client = self.desk.client();
        spawn_local(async move {
            let read = roles::list(&client).await;
            self.answer.try_update(|answer| {
                if read.is_ok() || !matches!(answer, Some(Ok(_))) {
                    *answer = Some(read);
                }
            });
            self.reading.try_set_value(false);
        });
    }

    /// Forgets a failure and reads again.
    pub fn again(self) {
        self.answer.set(None);
        self.read();
    }

    /// The roles that match, by name; views follow it.
    pub fn found(self, text: &str, show: RoleFilter) -> Vec<Role> {
        self.answer.with(|answer| match answer {
            Some(Ok(list)) => {
                list.roles.iter().filter(|role| show.admits(role) && role.matches(text)).cloned().collect()
            }
            _ => Vec::new(),
        })
    }
}
