//! One policy being looked at and changed: what Microsoft holds, what the person changed, and the save.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::drafts;
use super::names::Names;
use super::notice::Notices;
use crate::desk::save::{self, Outcome, RuleProgress, Step};
use crate::desk::{editing, policies};
use crate::policy::{Carry, Change, Draft, Issue, Policy, Setting, Severity, Subject, Value, changes, check};
use crate::text;

/// How far a save is.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    /// None is running and none has run.
    No,
    /// Running; empty until the first write is planned.
    Running(Vec<RuleProgress>),
    /// Ended.
    Ended(Box<Outcome>),
}

/// A policy on screen.
#[derive(Clone, Copy)]
pub struct Editor {
    desk: Desk,
    notices: Notices,
    subject: StoredValue<Subject>,
    /// As last read.
    pub policy: RwSignal<Policy>,
    /// Unsaved edits.
    pub draft: RwSignal<Draft>,
    /// The edits as changes, in the admin centre's order.
    pub changes: Memo<Vec<Change>>,
    /// What is wrong or doubtful with them.
    pub issues: Memo<Vec<Issue>>,
    /// The save.
    pub saving: RwSignal<Saving>,
    /// The changes that the save is about.
    pub sent: RwSignal<Vec<Change>>,
    /// The draft came back from an earlier visit of this tab.
    pub restored: RwSignal<bool>,
    /// Something was written since the page was opened: the group is in PIM now.
    pub wrote: RwSignal<bool>,
}

impl Editor {
    /// Opens a policy, with the draft this tab kept, if any.
    pub fn open(desk: Desk, policy: Policy) -> Self {
        let subject = policy.subject.clone();
        let mut kept = drafts::load(&desk.account(), &subject);
        kept.settle(&policy);
        let restored = RwSignal::new(!kept.is_empty());
        let (policy, draft) = (RwSignal::new(policy), RwSignal::new(kept));
        let names = Names::current();
        let contexts = Memo::new(move |_| {
            let known = names.contexts()?;
            Some(known.into_iter().filter(|context| context.available).map(|context| context.id).collect::<Vec<_>>())
        });
        let issues = Memo::new(move |_| {
            policy.with(|policy| draft.with(|draft| check(policy, draft, contexts.get().as_deref())))
        });
        Self {
            desk,
            notices: Notices::current(),
            subject: StoredValue::new(subject),
            policy,
            draft,
            changes: Memo::new(move |_| draft.with(changes)),
            issues,
            saving: RwSignal::new(Saving::No),
            sent: RwSignal::new(Vec::new()),
            restored,
            wrote: RwSignal::new(false),
        }
    }

    /// Whose policy it is.
    pub fn subject(self) -> Subject {
        self.subject.get_value()
    }

    /// What saving it is called when that fails.
    pub fn doing(self) -> text::problem::Doing {
        self.subject.with_value(text::subject::saving)
    }

    /// The value on screen.
    pub fn value(self, setting: Setting) -> Option<Value> {
        self.policy.with(|policy| self.draft.with(|draft| draft.value(policy, setting)))
    }

    /// Changes a setting.
    pub fn set(self, setting: Setting, value: Value) {
        if self.is_saving() {
            return;
        }
        self.policy.with_untracked(|policy| self.draft.update(|draft| draft.set(policy, setting, value)));
        self.edited();
    }

    /// Puts one setting back to what Microsoft holds.
    pub fn reset(self, setting: Setting) {
        if self.is_saving() {
            return;
        }
        self.draft.update(|draft| draft.reset(setting));
        self.edited();
    }

    /// Takes settings of another policy into the draft.
    pub fn take(self, carry: &Carry, picked: &[Setting]) {
        if self.is_saving() {
            return;
        }
        self.policy.with_untracked(|policy| self.draft.update(|draft| carry.take(policy, draft, picked)));
        self.edited();
    }

    /// Forgets all edits.
    pub fn discard(self) {
        if self.is_saving() {
            return;
        }
        self.draft.update(Draft::clear);
        self.edited();
    }

    fn edited(self) {
        self.keep();
        if !matches!(self.saving.get_untracked(), Saving::Running(_)) {
            self.saving.set(Saving::No);
        }
    }

    fn keep(self) {
        self.draft.with_untracked(|draft| drafts::keep(&self.desk.account(), &self.subject(), draft));
    }

    /// How many settings differ from what Microsoft holds; views follow it.
    pub fn unsaved(self) -> usize {
        self.draft.with(Draft::len)
    }

    /// Whether a save is under way; does not track.
    pub fn is_saving(self) -> bool {
        self.saving.with_untracked(|saving| matches!(saving, Saving::Running(_)))
    }

    /// The errors that stop a save, of one setting; views follow it.
    pub fn error_of(self, setting: Setting) -> Option<String> {
        self.issue_of(setting, Severity::Error)
    }

    /// The warning about one setting; views follow it.
    pub fn warning_of(self, setting: Setting) -> Option<String> {
        self.issue_of(setting, Severity::Warning)
    }

    fn issue_of(self, setting: Setting, severity: Severity) -> Option<String> {
        self.issues.with(|issues| {
            let found: Vec<String> = issues
                .iter()
                .filter(|issue| issue.setting == setting && issue.severity == severity)
                .map(text::issue::issue)
                .collect();
            (!found.is_empty()).then(|| found.join(" "))
        })
    }

    /// Whether anything stops a save; views follow it.
    pub fn has_errors(self) -> bool {
        self.issues.with(|issues| issues.iter().any(|issue| issue.severity == Severity::Error))
    }

    /// Saves the draft. One save at a time: a second call while one runs does nothing.
    pub fn save(self) {
        if self.is_saving() || self.draft.with_untracked(Draft::is_empty) {
            return;
        }
        self.sent.set(self.changes.get_untracked());
        self.saving.set(Saving::Running(Vec::new()));
        let (client, subject, draft) = (self.desk.client(), self.subject(), self.draft.get_untracked());
        let notices = self.notices;
        spawn_local(async move {
            let progress = move |step: Step<'_>| {
                if let Step::Rules(rules) = step {
                    self.saving.try_set(Saving::Running(rules.to_vec()));
                }
            };
            let outcome = save::save(&client, &subject, &draft, &progress).await;
            notices.announce(text::save::outcome(&outcome));
            self.ended(outcome);
        });
    }

    /// Takes in the end of a save, if its page still stands. Else the draft kept in the tab tells the rest: it is laid
    /// over what Microsoft holds when the group is opened again.
    fn ended(self, outcome: Outcome) {
        if self.saving.try_get_untracked().is_none() {
            return;
        }
        let newer = self.draft.try_update(|draft| editing::after(&outcome, draft).cloned()).flatten();
        if let Some(policy) = newer {
            self.policy.set(policy);
        }
        if let Outcome::Finished(finished) = &outcome {
            self.restored.set(false);
            if finished.has_written() {
                self.wrote.set(true);
            }
        }
        self.keep();
        self.saving.set(Saving::Ended(Box::new(outcome)));
    }

    /// Reads the policy once more after a save whose end is not known. Writes nothing.
    pub fn look_again(self) {
        let Saving::Ended(outcome) = self.saving.get_untracked() else { return };
        let Outcome::Finished(finished) = *outcome else { return };
        let (client, subject) = (self.desk.client(), self.subject());
        spawn_local(async move {
            if let Ok(Ok(policy)) = policies::read(&client, &subject).await {
                self.ended(Outcome::Finished(finished.seen_again(policy)));
            }
        });
    }

    /// Decides a conflict: `mine` goes on top of what Microsoft holds now, or is given up.
    pub fn decide_as(self, setting: Setting, mine: Value, keep_mine: bool) {
        self.policy.with_untracked(|policy| {
            self.draft.update(|draft| editing::decide(policy, draft, setting, mine, keep_mine))
        });
        self.keep();
    }

    /// Goes on to another step: the ended save is put away.
    pub fn put_away(self) {
        if !self.is_saving() {
            self.saving.set(Saving::No);
        }
    }

    /// Loads the way back as a draft, to be reviewed and saved like any other change.
    pub fn undo(self) {
        let ended = self.saving.with_untracked(|saving| match saving {
            Saving::Ended(outcome) => match outcome.as_ref() {
                Outcome::Finished(finished) => Some(finished.clone()),
                _ => None,
            },
            _ => None,
        });
        if let Some(finished) = ended {
            self.policy.with_untracked(|policy| self.draft.update(|draft| editing::undo(policy, draft, &finished)));
            self.edited();
        }
    }
}
