//! The evidence read so far, for the rows on screen.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::approval::{Evidence, Request};
use crate::desk::evidence::Evidences;
use crate::state::desk::Desk;

/// The wait before reading it: the list itself comes first.
const AFTER_LIST: Duration = Duration::from_millis(50);

/// What is known about requests beyond the requests themselves.
#[derive(Clone, Copy)]
pub struct EvidenceState {
    desk: Desk,
    gathered: StoredValue<Rc<Evidences>, LocalStorage>,
    known: RwSignal<BTreeMap<String, Evidence>>,
    /// This cloud lists requests for Entra roles but cannot decide them.
    pub no_role_steps: RwSignal<bool>,
    wanted: StoredValue<Vec<Request>>,
    gathering: StoredValue<bool>,
}

impl EvidenceState {
    /// Starts with no evidence.
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            gathered: StoredValue::new_local(Rc::new(Evidences::default())),
            known: RwSignal::default(),
            no_role_steps: RwSignal::new(false),
            wanted: StoredValue::default(),
            gathering: StoredValue::new(false),
        }
    }

    /// Soon reads what is not known about these requests. Only one such reading runs at a time; the last call wins.
    pub fn gather(self, requests: Vec<Request>) {
        if requests.is_empty() {
            return;
        }
        self.wanted.set_value(requests);
        if self.gathering.try_get_value() != Some(false) {
            return;
        }
        self.gathering.set_value(true);
        set_timeout(
            move || {
                spawn_local(async move {
                    while let Some(wanted) =
                        self.wanted.try_update_value(std::mem::take).filter(|list| !list.is_empty())
                    {
                        self.read(&wanted).await;
                    }
                    self.gathering.try_set_value(false);
                });
            },
            AFTER_LIST,
        );
    }

    async fn read(self, requests: &[Request]) {
        let Some(gathered) = self.gathered.try_get_value() else { return };
        gathered.gather(&self.desk.client(), requests).await;
        let found: Vec<(String, Evidence)> = requests
            .iter()
            .filter_map(|request| Some((request.id.clone(), gathered.get(request)?)))
            .filter(|(id, evidence)| {
                self.known.try_with_untracked(|known| known.get(id) != Some(evidence)).unwrap_or_default()
            })
            .collect();
        if gathered.lacks_role_steps() {
            self.no_role_steps.try_set(true);
        }
        if !found.is_empty() {
            self.known.try_update(|known| known.extend(found));
        }
    }

    /// What is known about a request; views follow it.
    pub fn get(self, request_id: &str) -> Option<Evidence> {
        self.known.with(|known| known.get(request_id).cloned())
    }
}
