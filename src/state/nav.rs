//! Where the person is: the route, and the question before unsaved changes are left.

use leptos::prelude::*;

use super::editor::Editor;
use crate::browser::{event, page, unload};
use crate::policy::Subject;
use crate::route::Route;

/// The place in the app.
#[derive(Clone, Copy)]
pub struct Nav {
    /// The view on screen.
    pub route: RwSignal<Route>,
    /// Where the person wanted to go when unsaved changes held them.
    pub held: RwSignal<Option<Route>>,
    editors: RwSignal<Vec<Editor>>,
    moved: StoredValue<bool>,
    busy: StoredValue<bool>,
}

impl Nav {
    /// Follows the address from now on.
    pub fn start() -> Self {
        let nav = Self {
            route: RwSignal::new(Route::parse(&page::hash())),
            held: RwSignal::new(None),
            editors: RwSignal::new(Vec::new()),
            moved: StoredValue::new(false),
            busy: StoredValue::new(false),
        };
        nav.write_canonical();
        event::on_hash_change(move || nav.follow()).forever();
        nav
    }

    /// The page's place.
    pub fn current() -> Self {
        expect_context()
    }

    /// The address changed: go there, unless that would leave unsaved changes.
    fn follow(self) {
        page::forget_waiting();
        let wanted = Route::parse(&page::hash());
        let here = self.route.get_untracked();
        if wanted == here {
            self.write_canonical();
        } else if self.is_saving() {
            // A save is watched to its end; it also must not meet another one to the same group (quirk 21).
            page::replace_hash(&here.to_string());
        } else if policies_of(&wanted) != policies_of(&here) && self.unsaved_untracked() > 0 {
            page::replace_hash(&here.to_string());
            self.held.set(Some(wanted));
        } else {
            self.moved.set_value(true);
            self.route.set(wanted);
            self.write_canonical();
        }
    }

    /// Work runs that is watched to its end: until it is over nobody leaves its page, nor closes it unasked.
    pub fn stay(self, on: bool) {
        self.busy.try_set_value(on);
        unload::guard(on);
    }

    /// Whether a policy is being saved.
    pub fn is_saving(self) -> bool {
        self.busy.get_value() || self.editors.with_untracked(|editors| editors.iter().any(|editor| editor.is_saving()))
    }

    /// The saves of the policies on screen end after what is on its way.
    pub fn stop_saving(self) {
        self.editors.with_untracked(|editors| {
            editors.iter().filter(|editor| editor.is_saving()).for_each(|editor| editor.stop());
        });
    }

    /// Whether the person has gone anywhere since the page was loaded.
    pub fn has_moved(self) -> bool {
        self.moved.get_value()
    }

    /// Puts harmless variants of an address (capital letters, trailing slash) into their one form.
    fn write_canonical(self) {
        let canonical = self.route.with_untracked(Route::to_string);
        if page::hash() != canonical {
            page::replace_hash(&canonical);
        }
    }

    /// Goes somewhere, with a history entry; asks first if that would leave unsaved changes.
    pub fn go(self, to: &Route) {
        page::set_hash(&to.to_string());
    }

    /// Changes the address of the view on screen without a history entry: for filters that follow typing.
    pub fn refine(self, to: Route) {
        page::replace_hash_soon(to.to_string());
        self.route.set(to);
    }

    /// Leaves for where the person was held from going.
    pub fn leave(self, discard: bool) {
        if discard {
            self.editors.with_untracked(|editors| editors.iter().for_each(|editor| editor.discard()));
        }
        self.editors.set(Vec::new());
        if let Some(to) = self.held.get_untracked() {
            self.held.set(None);
            page::set_hash(&to.to_string());
        }
    }

    /// The policies on screen, whose unsaved changes are guarded. They are forgotten when their view goes.
    pub fn guard(self, editors: Vec<Editor>) {
        self.editors.set(editors);
        on_cleanup(move || {
            self.editors.try_set(Vec::new());
            unload::guard(false);
        });
    }

    /// How many settings are unsaved; views follow it.
    pub fn unsaved(self) -> usize {
        self.editors.with(|editors| editors.iter().map(|editor| editor.unsaved()).sum())
    }

    fn unsaved_untracked(self) -> usize {
        untrack(|| self.unsaved())
    }
}

/// Which page of policies an address leads to, by the first subject on it.
fn policies_of(route: &Route) -> Option<Subject> {
    let Route::Policy { subject, .. } = route else { return None };
    subject.of_page().into_iter().next()
}
