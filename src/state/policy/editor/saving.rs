//! Saving a draft: one save at a time in this browser, with a receipt from before the first write.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Again, Around, Editor, Saving};
use crate::browser::{BrowserWorld, locks};
use crate::desk::save::{self, NotStarted, Outcome, Step};
use crate::desk::tabs::Doing;
use crate::desk::{editing, receipts};
use crate::graph::patience::Patience;
use crate::policy::{Change, Draft, Setting};
use crate::receipt::Receipt;
use crate::text;
use crate::world::Clock;

impl Editor {
    /// Saves the draft. One save at a time: a second call while one runs does nothing, and it never overlaps with
    /// another tab's save to the same group or role.
    pub fn save(self) {
        let Some(mut draft) = self.edits_now(Draft::clone).filter(|draft| !draft.is_empty() && !self.is_saving())
        else {
            return;
        };
        self.catch_up();
        self.forget_undone();
        self.keeping.update_value(|keeping| {
            keeping.saves = keeping.saves.wrapping_add(1);
            keeping.has_page = false;
        });
        self.sent.set(self.changes.get_untracked());
        self.stopping.set(false);
        self.again.set(Again::No);
        self.receipt.set(None);
        self.saving.set(Saving::Running(Vec::new()));
        let patience = Patience::watched(Rc::new(move |waiting| {
            self.waiting.try_set(waiting);
        }));
        self.patience.set_value(patience.clone());
        let around = self.around();
        let (client, subject) = (around.desk.client(), self.subject());
        let (start, seen) = (self.take_start(), self.policy.get_untracked());
        let tenant = around.desk.account().tid;
        let said = self.keeping.with_value(|keeping| (keeping.name.clone(), keeping.undoes.clone()));
        // The page may go before the save ends, and its state with it; and the browser's storage may be cleared: the
        // save holds its receipt itself.
        let receipt = RefCell::new(None::<Receipt>);
        spawn_local(async move {
            let Some(page) = around.receipts.take_page(around.tabs, &tenant, &subject, &patience).await else {
                return self.gave_up(&around);
            };
            let (lock, mut start) = (page.taking, start.filter(|_| !page.waited));
            let refused = match &lock {
                locks::Taking::Held(_) => false,
                locks::Taking::Taken => true,
                locks::Taking::Unknown => untrack(|| around.tabs.others_on(&subject)) == Doing::Saves,
            };
            if refused {
                return self.ended(&around, &receipt, Outcome::NotStarted(NotStarted::SavedElsewhere));
            }
            // The page may have been closed meanwhile.
            if self.keeping.try_update_value(|keeping| keeping.has_page = true).is_some() {
                untrack(|| self.tell_tabs());
            }
            // The newest receipt comes first.
            around.receipts.list.try_with_untracked(|list| {
                if let Some(receipt) = list.iter().find(|receipt| receipt.subject == subject) {
                    editing::go_on_from(receipt, &seen, &mut draft);
                }
            });
            let on_step = |step: Step<'_>| match step {
                Step::Planned(planned) => {
                    if let Some(opening) = around.receipts.opening(said.0.clone(), said.1.clone()) {
                        let opened = receipts::open(opening, planned, BrowserWorld.unix_ms());
                        self.receipt.try_set(Some(opened.id.clone()));
                        receipt.replace(Some(opened.clone()));
                        around.receipts.keep(opened);
                    }
                }
                Step::Rules(rules) => {
                    around.keep_receipt(&receipt, |kept| receipts::follow(kept, rules, BrowserWorld.unix_ms()));
                    self.saving.try_set(Saving::Running(rules.to_vec()));
                }
            };
            let outcome = loop {
                let from = start.take();
                let outcome =
                    save::save_watched(&client, &subject, &draft, from, Some(&seen), &on_step, &patience).await;
                let Outcome::Conflicts { conflicts, .. } = &outcome else { break outcome };
                let goes_on = around.receipts.list.try_with_untracked(|list| {
                    let newest = list.iter().find(|receipt| receipt.subject == subject);
                    newest.is_some_and(|newest| editing::go_on_from_open(newest, conflicts, &mut draft))
                });
                if goes_on != Some(true) {
                    break outcome;
                }
                // What this save leaves unsaved starts from there, too.
                self.change(|own| own.clone_from(&draft));
            };
            self.waiting.try_set(None);
            if outcome == Outcome::NotStarted(NotStarted::Stopped) {
                return self.gave_up(&around);
            }
            around.note_meanwhile(&outcome, &draft, &seen);
            around.notices.announce(text::policy::save::outcome(&outcome));
            self.ended(&around, &receipt, outcome);
            // Only now, so that whoever takes it next finds the receipt closed.
            drop(lock);
        });
    }

    /// The person stopped the save before it began: the review is as it was.
    fn gave_up(self, around: &Around) {
        self.saving.try_set(Saving::No);
        around.notices.announce(text::policy::review::STOPPED_WAITING.to_owned());
    }

    /// Stops the save after the write in flight; nothing more is sent.
    pub fn stop(self) {
        self.stopping.set(true);
        self.patience.with_value(Patience::stop);
    }

    /// Ends the current wait: what is waiting is sent now.
    pub fn retry_now(self) {
        self.patience.with_value(Patience::hurry);
    }

    /// Handles the outcome of a save, if its page still exists. Otherwise the draft stored in the tab is enough: it is
    /// laid over what Microsoft has when the page is opened again.
    fn ended(self, around: &Around, receipt: &RefCell<Option<Receipt>>, outcome: Outcome) {
        if let Outcome::Finished(finished) = &outcome {
            around.keep_receipt(receipt, |kept| receipts::close(kept, finished, BrowserWorld.unix_ms()));
        }
        if self.saving.try_get_untracked().is_none() {
            return;
        }
        let newer = self.change(|draft| editing::after(&outcome, draft).cloned()).flatten();
        if let Some(policy) = newer {
            self.policy.set(policy);
        }
        if let Outcome::Finished(finished) = &outcome {
            self.restored.set(false);
            if finished.has_written() {
                self.wrote.set(true);
            }
            let of_approvers = |change: &Change| change.setting == Setting::Approvers;
            if finished.is_complete() && self.sent.with_untracked(|sent| sent.iter().any(of_approvers)) {
                around.pasting.forget_left_out();
            }
        }
        self.keep();
        self.saving.set(Saving::Ended(Box::new(outcome)));
    }

    /// Reads the policy once more after a save whose outcome is unknown. Writes nothing.
    pub fn look_again(self) {
        let Saving::Ended(outcome) = self.saving.get_untracked() else { return };
        let Outcome::Finished(finished) = *outcome else { return };
        let around = self.around();
        let (client, receipt) = (around.desk.client(), self.receipt.get_untracked());
        let seen_from = finished.clone();
        self.again.set(Again::Reading);
        spawn_local(async move {
            let seen = save::look_again(&client, finished).await;
            // By now the person may have moved on: then another save, or none, is on screen.
            let is_there = self.saving.try_with_untracked(|saving| match saving {
                Saving::Ended(outcome) => matches!(outcome.as_ref(), Outcome::Finished(known) if *known == seen_from),
                _ => false,
            });
            if is_there != Some(true) || self.receipt.try_get_untracked().as_ref() != Some(&receipt) {
                return;
            }
            match seen {
                Ok(seen) => {
                    let outcome = Outcome::Finished(seen);
                    around.notices.announce(text::policy::save::outcome(&outcome));
                    self.again.set(Again::Seen);
                    let receipt = receipt.and_then(|id| untrack(|| around.receipts.get(&id)));
                    self.ended(&around, &RefCell::new(receipt), outcome);
                }
                Err(why) => {
                    around.notices.announce(text::receipt::NOT_READ.to_owned());
                    self.again.set(Again::Failed(why));
                }
            }
        });
    }

    /// Loads the undo of the save as a draft, to be reviewed and saved like any other change.
    pub fn undo(self) {
        let ended = self.saving.with_untracked(|saving| match saving {
            Saving::Ended(outcome) => match outcome.as_ref() {
                Outcome::Finished(finished) => Some(finished.clone()),
                _ => None,
            },
            _ => None,
        });
        if let Some(finished) = ended {
            let undoes = self.receipt.get_untracked();
            self.keeping.update_value(|keeping| keeping.undoes = undoes);
            self.policy.with_untracked(|policy| self.change(|draft| editing::undo(policy, draft, &finished)));
            self.edited();
        }
    }
}

impl Around {
    /// Records the progress of a save in its receipt.
    fn keep_receipt(&self, receipt: &RefCell<Option<Receipt>>, change: impl FnOnce(&mut Receipt)) {
        let changed = receipt.borrow_mut().as_mut().map(|receipt| {
            change(receipt);
            receipt.clone()
        });
        if let Some(changed) = changed {
            self.receipts.keep(changed);
        }
    }
}
