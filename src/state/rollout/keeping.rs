//! What is chosen is stored in the tab; what is replaced by another copy is put aside.

use leptos::prelude::*;

use super::{Content, Phase, RolloutState};
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::policy::Subject;
use crate::rollout::Target;
use crate::rollout::choice::Choice;
use crate::rollout::kept::KeptProposal;
use crate::state::on_screen::{self, Place};
use crate::world::Clock;

impl RolloutState {
    fn key(self) -> String {
        let account = self.around().desk.account();
        [account.tid.as_str(), account.oid.as_str()].join(".")
    }

    /// Stores what is chosen, so that it survives a reload or a sign-in.
    pub(super) fn keep(self) {
        self.keep_choice(&self.choice());
    }

    pub(super) fn keep_choice(self, choice: &Choice) {
        let key = self.key();
        let kept = if let Some(text) = choice.kept(BrowserWorld.unix_ms()) {
            storage::write(Key::Rollout(&key), &text)
        } else {
            storage::remove(Key::Rollout(&key));
            true
        };
        self.around().unkept.note_typed(&key, kept);
    }

    /// What is chosen, in its stored form.
    pub(super) fn choice(self) -> Choice {
        // Until the source is read, the stored ticks are used.
        let (settings, planned) = match self.kept.get_value() {
            Some(kept) => (kept.settings, kept.planned),
            None => (
                // A source that could not be read again keeps its ticks.
                Some(self.picked.get_untracked()).filter(|picked| !picked.is_empty() || untrack(|| self.has_source())),
                self.phase.with_untracked(|phase| *phase != Phase::Choosing),
            ),
        };
        let content = self.content.get_untracked();
        Choice {
            source: content.source().cloned(),
            values: content.values().cloned(),
            seen: self.seen.get_untracked(),
            settings,
            targets: self.targets.with_untracked(|all| all.iter().map(|one| one.subject.clone()).collect()),
            proposal: content.proposal().map(KeptProposal::of),
            taken_out: self.taken_out.get_value(),
            pasting: self.list.get_untracked(),
            planned,
            continues: self.continues.get_value(),
            aside: self.aside.get_untracked().map(Box::new),
        }
    }

    /// Puts aside what is being replaced, if it took work, with what it had put aside itself.
    pub(super) fn put_aside(self, before: Choice) {
        if before.is_work() {
            self.aside.set(Some(before));
        }
    }

    /// Continues what was last put aside, and puts aside what it replaces, if that took work.
    pub fn take_up_again(self) {
        let Some(aside) = self.aside.get_untracked() else { return };
        let before = Choice { aside: aside.aside.clone(), ..self.choice() };
        self.forget();
        self.take_up(aside);
        self.put_aside(before);
        self.keep();
        self.open();
    }

    /// Discards what was last put aside.
    pub fn drop_aside(self) {
        self.aside.update(|aside| *aside = aside.take().and_then(|aside| aside.aside.map(|before| *before)));
        self.keep();
    }

    /// Restores what this tab stored, unless it is too old. From now on it is at hand as long as the page lives.
    pub(super) fn restore(self) {
        let (key, now) = (self.key(), BrowserWorld.unix_ms());
        let choice = Choice::restored(&storage::read(Key::Rollout(&key)).unwrap_or_default(), now);
        if choice.is_empty() {
            storage::remove(Key::Rollout(&key));
        }
        self.take_up(choice);
        on_screen::show(Place::Rollout(key));
    }

    pub(super) fn take_up(self, choice: Choice) {
        if choice.is_empty() {
            return;
        }
        self.continues.set_value(choice.continues.clone());
        self.taken_out.set_value(choice.taken_out.clone());
        self.aside.set(choice.aside.as_deref().cloned());
        self.list.set(choice.pasting.clone());
        self.content.set(content_of(&choice));
        self.seen.set(choice.seen.clone().or_else(|| choice.values.as_ref().map(|values| values.settings.clone())));
        if choice.values.is_some() {
            self.picked.set(choice.settings.clone().unwrap_or_default());
        }
        let named = |subject: &Subject| Target { subject: subject.clone(), name: String::new() };
        self.targets.set(choice.targets.iter().map(named).collect());
        // Nothing is read before someone looks: the page starts the reading.
        self.kept.set_value(Some(choice));
    }

    /// The page is on screen: what was stored is read now.
    pub fn open(self) {
        let Some(choice) = self.kept.get_value() else { return self.freshen() };
        if choice.proposal.is_some() {
            self.kept.set_value(None);
            self.go_on_with(choice.continues.as_ref());
            self.name_left_out();
            return self.plan();
        }
        if choice.source.is_some() && choice.values.is_none() {
            self.read_source();
        } else {
            self.kept.set_value(None);
            if choice.planned {
                self.plan();
            } else {
                self.freshen();
            }
        }
        self.name_targets();
    }
}

/// What a stored choice sets; a choice made here never has two sources.
fn content_of(choice: &Choice) -> Content {
    match (choice.proposal.clone(), choice.values.clone(), choice.source.clone()) {
        (Some(proposal), _, _) => Content::Proposal(proposal.proposal()),
        (None, Some(values), _) => Content::Values(values),
        (None, None, Some(source)) => Content::Policy(source),
        (None, None, None) => Content::Nothing,
    }
}
