//! Where the person is: the route, and the question before unsaved changes are left.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::{event, page, scroll, unload};
use crate::policy::Subject;
use crate::route::Route;
use crate::state::context::provided;

/// What may be unsaved or being saved, reduced to what the frame needs to know.
pub trait Guarded: Send + Sync {
    /// How many unsaved settings leaving would lose; views follow it, a moment after a key press.
    fn would_lose(&self) -> usize;
    /// Whether pasted names are still being looked up, which are stored nowhere; views follow it.
    fn looks_up(&self) -> bool;
    /// Whether a save is running; does not track.
    fn is_saving(&self) -> bool;
    /// Ends the save after the write in flight.
    fn stop(&self);
    /// Forgets what is unsaved.
    fn discard(&self);
}

/// The place in the app.
#[derive(Clone, Copy)]
pub struct Nav {
    /// The view on screen.
    pub route: RwSignal<Route>,
    /// Where the person wanted to go when unsaved changes stopped them.
    pub held: RwSignal<Option<Route>>,
    guarded: RwSignal<Vec<Arc<dyn Guarded>>>,
    deciding: RwSignal<usize>,
    winds_up: StoredValue<Vec<Callback<bool>>>,
    moved: StoredValue<bool>,
    anew: StoredValue<bool>,
    busy: RwSignal<bool>,
    /// How often someone wanted to leave work that must be watched to its end.
    pub turned_back: RwSignal<u32>,
}

impl Nav {
    /// Starts following the address.
    pub fn start() -> Self {
        let nav = Self {
            route: RwSignal::new(Route::parse(&page::hash())),
            held: RwSignal::new(None),
            guarded: RwSignal::new(Vec::new()),
            deciding: RwSignal::new(0),
            winds_up: StoredValue::default(),
            moved: StoredValue::new(false),
            anew: StoredValue::new(page::is_new_entry()),
            busy: RwSignal::new(false),
            turned_back: RwSignal::new(0),
        };
        nav.write_canonical();
        scroll::remember();
        event::on_hash_change(move || nav.follow()).forever();
        nav
    }

    /// The page's navigation.
    pub fn current() -> Self {
        provided()
    }

    /// The address changed: go there, unless that would leave unsaved changes.
    fn follow(self) {
        page::forget_waiting();
        let wanted = Route::parse(&page::hash());
        let here = self.route.get_untracked();
        if wanted == here {
            self.write_canonical();
            if scroll::is_behind() {
                scroll::stay();
            }
        } else if self.is_saving() {
            // A save is watched to its end; nor may it overlap with another one to the same group (graph.md G17).
            stay_at(&here);
            self.turned_back.update(|times| *times += 1);
        } else if policies_of(&wanted) != policies_of(&here) && self.unsaved_untracked() > 0 {
            stay_at(&here);
            self.held.set(Some(wanted));
        } else {
            self.moved.set_value(true);
            self.anew.set_value(page::is_new_entry());
            self.route.set(wanted);
            self.write_canonical();
            scroll::follow();
        }
    }

    /// Goes where the address leads before the browser tells that it has changed; returns whether it had.
    pub fn catch_up(self) -> bool {
        let is_behind = scroll::is_behind();
        if is_behind {
            self.follow();
        }
        is_behind
    }

    /// Sets whether work is running that must be watched to its end: until it is over nobody can leave its page, or
    /// close it without being asked.
    pub fn stay(self, on: bool) {
        self.busy.try_set(on);
        self.turned_back.try_set(0);
    }

    /// Whether a policy is being saved.
    pub fn is_saving(self) -> bool {
        self.busy.get_untracked() || self.guarded.with_untracked(|all| all.iter().any(|one| one.is_saving()))
    }

    /// Sets how work that is watched to its end is ended early; `true`: the same person comes back.
    pub fn winds_up_by(self, wind_up: Callback<bool>) {
        self.winds_up.update_value(|all| all.push(wind_up));
    }

    /// Sets whether decisions are being made: until their outcome is read, nobody can leave the session, or close the
    /// page without being asked.
    pub fn decides(self, on: bool) {
        self.deciding.try_update(|number| if on { *number += 1 } else { *number = number.saturating_sub(1) });
    }

    /// Whether something is running whose outcome must be read before the session is left.
    pub fn is_at_work(self) -> bool {
        self.is_saving() || self.is_deciding()
    }

    /// Whether decisions are being made.
    pub fn is_deciding(self) -> bool {
        self.deciding.get_untracked() > 0
    }

    /// Whether closing the page would lose something; views follow it.
    pub fn would_lose(self) -> bool {
        self.unsaved() > 0 || self.deciding.get() > 0 || self.busy.get()
    }

    /// Ends what is being saved after the write in flight. `comes_back`: the rest is kept, for the same person.
    pub fn stop_saving(self, comes_back: bool) {
        self.guarded.with_untracked(|all| all.iter().filter(|one| one.is_saving()).for_each(|one| one.stop()));
        self.winds_up.get_value().into_iter().for_each(|wind_up| wind_up.run(comes_back));
    }

    /// Whether the person has gone anywhere since the page was loaded.
    pub fn has_moved(self) -> bool {
        self.moved.get_value()
    }

    /// Whether the view on screen was newly opened, not returned to: then it starts at the top.
    pub fn came_anew(self) -> bool {
        self.anew.get_value()
    }

    /// Rewrites harmless variants of an address (capital letters, trailing slash) to their canonical form.
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

    /// What the address asks of a page, extracted by `read` from the page's route; on another page's route, what it
    /// asked last.
    pub fn asked<T>(self, read: fn(Route) -> Option<T>) -> Memo<T>
    where
        T: Clone + Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |before: Option<&T>| {
            read(self.route.get()).unwrap_or_else(|| before.cloned().unwrap_or_default())
        })
    }

    /// Changes what the address asks for, without a history entry; `to` turns it into the page's route.
    pub fn refine_by<T>(self, asked: Memo<T>, to: fn(T) -> Route, change: impl FnOnce(&mut T))
    where
        T: Clone + Send + Sync + 'static,
    {
        let mut wanted = asked.get_untracked();
        change(&mut wanted);
        self.refine(to(wanted));
    }

    /// Goes where the person was stopped from going.
    pub fn leave(self, discard: bool) {
        if discard {
            self.guarded.with_untracked(|all| all.iter().for_each(|one| one.discard()));
        }
        self.guarded.set(Vec::new());
        if let Some(to) = self.held.get_untracked() {
            self.held.set(None);
            page::set_hash(&to.to_string());
        }
    }

    /// Registers the policies on screen, whose unsaved changes are guarded, until their view goes.
    pub fn guard(self, policies: Vec<Arc<dyn Guarded>>) {
        self.guarded.set(policies);
        on_cleanup(move || {
            self.guarded.try_set(Vec::new());
            unload::guard(false);
        });
    }

    /// How many settings are unsaved; views follow it.
    pub fn unsaved(self) -> usize {
        self.guarded.with(|all| all.iter().map(|one| one.would_lose()).sum())
    }

    /// Whether leaving loses names that are still being looked up, even if changes are stored; views follow it.
    pub fn looks_up(self) -> bool {
        self.guarded.with(|all| all.iter().any(|one| one.looks_up()))
    }

    fn unsaved_untracked(self) -> usize {
        untrack(|| self.unsaved())
    }
}

/// The address changed, but the view on screen stays.
fn stay_at(here: &Route) {
    page::replace_hash(&here.to_string());
    scroll::stay();
}

/// The page of policies that an address leads to, as its first subject.
fn policies_of(route: &Route) -> Option<Subject> {
    let Route::Policy { subject, .. } = route else { return None };
    subject.of_page().into_iter().next()
}
