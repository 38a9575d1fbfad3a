//! A search that follows typing: after a pause, one at a time, and an answer to an older text is dropped.

use std::future::Future;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::view::part::PickerResults;

/// A pause in typing before a search is sent.
const PAUSE: Duration = Duration::from_millis(250);

/// Fewer characters are not searched for.
const FEWEST: usize = 2;

/// The text typed last, and its results.
#[derive(Clone, Copy)]
pub struct Typing {
    latest: StoredValue<String>,
    /// The results of the search.
    pub results: RwSignal<PickerResults>,
}

impl Typing {
    /// Nothing is typed yet.
    pub fn new() -> Self {
        Self { latest: StoredValue::default(), results: RwSignal::default() }
    }

    /// Takes the text typed now; `search` is called once the person pauses.
    pub fn typed<F>(self, query: &str, search: impl Fn(String) -> F + 'static)
    where
        F: Future<Output = PickerResults> + 'static,
    {
        let query = query.trim().to_owned();
        self.latest.set_value(query.clone());
        if query.chars().count() < FEWEST {
            self.results.set(PickerResults::Idle);
            return;
        }
        set_timeout(
            move || {
                if !self.is_latest(&query) {
                    return;
                }
                self.results.set(PickerResults::Searching);
                let answer = search(query.clone());
                spawn_local(async move {
                    let answer = answer.await;
                    if self.is_latest(&query) {
                        self.results.try_set(answer);
                    }
                });
            },
            PAUSE,
        );
    }

    fn is_latest(self, query: &str) -> bool {
        self.latest.try_get_value().as_deref() == Some(query)
    }
}

impl Default for Typing {
    fn default() -> Self {
        Self::new()
    }
}
