//! Single keys: which page handles them, and whether the person wants them.

use std::cell::Cell;
use std::collections::VecDeque;

use leptos::prelude::*;

use crate::browser::storage::{self, Key};
use crate::browser::{document, keys};
use crate::route::Route;
use crate::shortcut::{Action, Keys, Press};
use crate::state::context::provided;
use crate::state::frame::nav::Nav;

/// The value stored in the browser if they are turned off.
const OFF: &str = "off";

/// The single keys of the page.
#[derive(Clone, Copy)]
pub struct Keyboard {
    /// They are turned on.
    pub on: RwSignal<bool>,
    /// The list of them is open.
    pub listed: RwSignal<bool>,
    nav: Nav,
    page: StoredValue<Option<Callback<Action, bool>>>,
    /// Pressed after the address changed and before its view came, for which they are meant.
    early: StoredValue<VecDeque<Action>>,
}

impl Keyboard {
    /// Starts listening.
    pub fn start(nav: Nav) -> Self {
        let keyboard = Self {
            on: RwSignal::new(storage::read(Key::Shortcuts).as_deref() != Some(OFF)),
            listed: RwSignal::new(false),
            nav,
            page: StoredValue::new(None),
            early: StoredValue::default(),
        };
        let read = Cell::new(Keys::default());
        let pressed = move |press: Press<'_>, at_ms| {
            if keyboard.on.try_get_untracked() != Some(true) {
                return false;
            }
            let mut keys = read.get();
            let action = keys.press(press, at_ms);
            read.set(keys);
            action.is_some_and(|action| keyboard.run(action))
        };
        let listening = StoredValue::new_local(keys::on_key(pressed));
        on_cleanup(move || listening.dispose());
        keyboard
    }

    /// The page's keyboard.
    pub fn current() -> Self {
        provided()
    }

    fn run(self, action: Action) -> bool {
        let is_first = self.early.with_value(VecDeque::is_empty);
        if is_first && !self.nav.catch_up() {
            return self.act(action);
        }
        self.early.update_value(|early| early.push_back(action));
        if is_first {
            request_animation_frame(move || self.go_on());
        }
        true
    }

    /// The view has come: carries out the keys that are meant for it.
    fn go_on(self) {
        while self.early.with_value(|early| !early.is_empty()) {
            if self.nav.catch_up() {
                request_animation_frame(move || self.go_on());
                return;
            }
            if let Some(Some(action)) = self.early.try_update_value(VecDeque::pop_front) {
                self.act(action);
            }
            if keys::are_taken() {
                // The others were text, or meant for the dialog.
                self.early.update_value(VecDeque::clear);
            }
        }
    }

    fn act(self, action: Action) -> bool {
        let served = self.page.get_value().is_some_and(|page| page.run(action));
        if served {
            return true;
        }
        match action {
            Action::Help => self.listed.set(true),
            Action::Search => return document::focus_search(),
            Action::ToApprovals => self.nav.go(&Route::APPROVALS),
            Action::ToGroups => self.nav.go(&Route::HOME),
            _ => return false,
        }
        true
    }

    /// The page on screen handles keys until it goes; it returns whether it used one.
    pub fn serve(self, page: impl Fn(Action) -> bool + Send + Sync + 'static) {
        self.page.set_value(Some(Callback::new(page)));
        on_cleanup(move || {
            self.page.try_set_value(None);
        });
    }

    /// Turns them on or off, for this browser.
    pub fn switch(self, on: bool) {
        self.on.set(on);
        if on {
            storage::remove(Key::Shortcuts);
        } else {
            storage::write(Key::Shortcuts, OFF);
        }
    }
}
