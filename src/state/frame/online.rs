//! Whether the browser has a connection.

use leptos::prelude::*;

use crate::browser::event;
use crate::state::context::provided;
use crate::text;

/// Whether the browser says it is online; a context.
#[derive(Clone, Copy)]
pub struct Online(RwSignal<bool>);

impl Online {
    /// Listens until the reactive owner is gone.
    pub fn start() -> Self {
        let online = RwSignal::new(event::is_online());
        let listening = StoredValue::new_local(event::on_online_change(move |now| {
            online.try_set(now);
        }));
        on_cleanup(move || listening.dispose());
        Self(online)
    }

    /// The page's online state.
    pub fn current() -> Self {
        provided()
    }

    /// Whether there is a connection; views follow it.
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// Why nothing can be sent, while there is no connection; views follow it.
    pub fn why_not(self) -> Option<String> {
        (!self.get()).then(|| text::page::NOT_WHILE_OFFLINE.to_owned())
    }

    /// Runs `act` whenever the connection is back.
    pub fn on_return(self, act: impl Fn() + 'static) {
        Effect::new(move |before: Option<bool>| {
            let now = self.get();
            if now && before == Some(false) {
                untrack(&act);
            }
            now
        });
    }
}
