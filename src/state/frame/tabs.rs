//! What this tab does with policies, sent to the other tabs of this browser, and what they report.

use std::time::Duration;

use leptos::prelude::*;

use crate::auth::request_id::request_id;
use crate::browser::broadcast::{Topic, on_word, say};
use crate::browser::{BrowserWorld, event};
use crate::desk::tabs::{Doing, EVERY_MS, Others, Word};
use crate::policy::Subject;
use crate::state::context::provided;
use crate::state::desk::Desk;
use crate::world::Clock;

/// This tab among the others.
#[derive(Clone, Copy)]
pub struct Tabs {
    desk: Desk,
    name: StoredValue<String>,
    mine: StoredValue<Vec<(Subject, Doing)>>,
    others: RwSignal<Others>,
    /// Called with the subject of each save of another tab, when that save ends.
    saved: StoredValue<Option<Callback<Subject>>>,
}

impl Tabs {
    /// Starts listening, and sending while there is something to report.
    pub fn start(desk: Desk) -> Self {
        let tabs = Self {
            desk,
            name: StoredValue::new(request_id(&BrowserWorld)),
            mine: StoredValue::default(),
            others: RwSignal::default(),
            saved: StoredValue::default(),
        };
        let listening = StoredValue::new_local((
            on_word(Topic::Working, move |word: Word| tabs.hear(word)),
            event::on_leaving(move || tabs.say_all(Some(Doing::Nothing))),
        ));
        let ticking = set_interval_with_handle(move || tabs.tick(), Duration::from_millis(EVERY_MS.into()));
        on_cleanup(move || {
            listening.dispose();
            if let Ok(handle) = ticking {
                handle.clear();
            }
        });
        tabs
    }

    /// The page's tabs.
    pub fn current() -> Self {
        provided()
    }

    fn hear(self, word: Word) {
        if word.doing == Doing::Asks {
            self.say_all(None);
        } else {
            let said = word.clone();
            if self.others.try_update(|others| others.hear(word, BrowserWorld.unix_ms())) == Some(true) {
                self.tell_saved(said);
            }
        }
    }

    fn tick(self) {
        self.say_all(None);
        let now_ms = BrowserWorld.unix_ms();
        if self.others.try_with_untracked(|others| others.has_silent(now_ms)) == Some(true) {
            let gone = self.others.try_update(|others| others.drop_silent(now_ms)).unwrap_or_default();
            gone.into_iter().filter(|word| word.doing == Doing::Saves).for_each(|word| self.tell_saved(word));
        }
    }

    fn tell_saved(self, word: Word) {
        if word.who.tid == self.desk.account().tid
            && let Some(tell) = self.saved.try_get_value().flatten()
        {
            tell.run(word.subject);
        }
    }

    /// Sets who is called with the subject of each save that ends in another tab, whoever is signed in there.
    pub fn when_saved(self, tell: Callback<Subject>) {
        self.saved.set_value(Some(tell));
    }

    /// Whether another tab is saving something in this tenant; views that call it follow it.
    pub fn others_save(self) -> bool {
        let tenant = self.desk.account().tid;
        self.others.with(|others| others.is_saving(&tenant))
    }

    fn say(self, subject: &Subject, doing: Doing) {
        let who = self.desk.account().identity();
        if let Some(tab) = self.name.try_get_value() {
            say(Topic::Working, &Word { tab, who, subject: subject.clone(), doing });
        }
    }

    /// Reports what this tab does with each policy, or `instead` when it goes.
    fn say_all(self, instead: Option<Doing>) {
        for (subject, doing) in self.mine.try_get_value().unwrap_or_default() {
            self.say(&subject, instead.unwrap_or(doing));
        }
    }

    /// This tab has opened a policy: asks the others what they are doing with it.
    pub fn ask(self, subject: &Subject) {
        self.say(subject, Doing::Asks);
    }

    /// Sets what this tab does with a policy from now on.
    pub fn doing(self, subject: &Subject, doing: Doing) {
        let before = self.mine.try_update_value(|mine| {
            let before = mine.iter().position(|(known, _)| known == subject).map(|at| mine.remove(at).1);
            if doing != Doing::Nothing {
                mine.push((subject.clone(), doing));
            }
            before.unwrap_or(Doing::Nothing)
        });
        if before.is_some_and(|before| before != doing) {
            self.say(subject, doing);
        }
    }

    /// The most significant thing another tab does with a policy; views that call it follow it.
    pub fn others_on(self, subject: &Subject) -> Doing {
        let tenant = self.desk.account().tid;
        self.others.with(|others| others.doing(&tenant, subject, BrowserWorld.unix_ms()))
    }
}
