//! What a draft would meet in the tenant: read while the person pauses and when the review opens, judged again with
//! every edit.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Around, Editor, Elsewhere, Saving};
use crate::auth::extras::Extra;
use crate::browser::{BrowserWorld, locale};
use crate::desk::editing::{Others, meanwhile, others};
use crate::desk::policies;
use crate::desk::preflight::{self, Known, Looked};
use crate::desk::save::{NotStarted, Outcome, Start, steady};
use crate::policy::preflight::mail::{Audience, Owners, audience};
use crate::policy::{Draft, Policy, RuleId, Setting, Severity};
use crate::state::extras::ExtrasState;
use crate::text;
use crate::world::Clock;

/// How long the read may delay a save, ms.
const LIMIT_MS: u32 = 5_000;

/// How long the person pauses before their draft is checked, ms.
const PAUSE_MS: u32 = 1_000;

/// What a check of the tenant is for.
#[derive(Clone, Copy, Debug, Default)]
enum Purpose {
    /// The findings at the fields.
    #[default]
    Fields,
    /// A save, which certainly (`Some(true)`), perhaps (`None`) or not brings the group into PIM.
    Save(Option<bool>),
}

/// The checks of the tenant.
#[derive(Clone, Debug, Default)]
pub(super) struct Looking {
    /// What the last one is for.
    purpose: Purpose,
    /// Counts them, so that the answer to a superseded one is dropped.
    number: u32,
    /// Counts the saves of other tabs that were reported.
    saves_elsewhere: u32,
    /// The policy as read by the last one, for a save that follows at once.
    start: Option<Start>,
    /// The group's owners as the page read them.
    owners: RwSignal<Option<Owners>>,
}

/// What someone else has changed outside the draft since the page was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Meanwhile {
    /// The policy as the review read it, if that is not older than the page's.
    policy: Option<Policy>,
    /// Their changes, if any.
    others: Option<Others>,
}

/// The policy that a save of the draft would start from, as far as is known.
#[derive(Clone, Copy)]
pub(super) struct Ground {
    /// The policy as the page read it.
    seen: RwSignal<Policy>,
    meanwhile: RwSignal<Meanwhile>,
}

impl Ground {
    pub(super) fn new(seen: RwSignal<Policy>) -> Self {
        Self { seen, meanwhile: RwSignal::default() }
    }

    /// The policy as the review read it, else as the page did; the caller follows both.
    pub(super) fn with<T>(self, read: impl FnOnce(&Policy) -> T) -> T {
        self.meanwhile.with(|meanwhile| match &meanwhile.policy {
            Some(policy) => read(policy),
            None => self.seen.with(read),
        })
    }
}

impl Editor {
    /// Reads the facts for the draft as it is now, and the policy, before a save. `onboards` says whether the save
    /// brings the group into PIM: certainly (`Some(true)`), perhaps (`Some(false)`) or not.
    pub fn check_tenant(self, onboards: Option<bool>) {
        let onboards = match onboards {
            Some(true) => Some(true),
            Some(false) => None,
            None => Some(false),
        };
        self.look(Purpose::Save(onboards));
    }

    /// The save of another tab is over: a check for the review is repeated, and a policy without edits is read again.
    pub(super) fn look_after_save(self) {
        if self.saving.with_untracked(|saving| *saving != Saving::No) {
            return;
        }
        if self.edits_now(Draft::is_empty) == Some(true) {
            self.read_after_save();
        } else if matches!(self.purpose(), Purpose::Save(_)) {
            self.look_on();
        }
    }

    /// Shows what another tab saved, once two reads agree on it and unless the person has begun to edit.
    fn read_after_save(self) {
        let (client, subject) = (self.around().desk.client(), self.subject());
        let (saves, own) = (self.saves_elsewhere(), self.saves());
        spawn_local(async move {
            let Ok(Ok(first)) = policies::read(&client, &subject).await else { return };
            let Ok((now, _)) = steady(&client, &subject, first).await else { return };
            let is_same = self.looking.try_with_value(|looking| looking.saves_elsewhere) == Some(saves);
            if !is_same || self.saves() != own || self.edits_now(Draft::is_empty) != Some(true) {
                return;
            }
            let changed = self.policy.with_untracked(|seen| meanwhile(&Draft::default(), seen, &now));
            if changed.is_some_and(|settings| !settings.is_empty()) {
                self.policy.set(now);
                self.around().notices.tell(text::policy::review::SAVED_IN_ANOTHER_TAB.to_owned());
            }
        });
    }

    /// Checks once more, for the same purpose as the last check.
    pub(super) fn look_on(self) {
        match self.purpose() {
            Purpose::Fields => self.look_soon(),
            purpose @ Purpose::Save(_) => self.look(purpose),
        }
    }

    fn purpose(self) -> Purpose {
        self.looking.with_value(|looking| looking.purpose)
    }

    /// Checks the draft once the person pauses, for the findings at the fields.
    pub(super) fn look_soon(self) {
        self.looking.try_update_value(|looking| looking.purpose = Purpose::Fields);
        let number = self.next_look();
        spawn_local(async move {
            BrowserWorld.sleep(PAUSE_MS).await;
            if self.is_last(number) {
                self.look(Purpose::Fields);
            }
        });
    }

    fn look(self, purpose: Purpose) {
        let (onboards, to_save) = match purpose {
            Purpose::Fields => (None, false),
            Purpose::Save(onboards) => (onboards, true),
        };
        self.looking.update_value(|looking| looking.purpose = purpose);
        let Some(draft) = self.edits_now(Draft::clone).filter(|draft| !draft.is_empty()) else { return };
        let known = Known { write: self.around().write, onboards };
        let (client, policy) = (self.around().desk.client(), self.policy.get_untracked());
        let number = self.next_look();
        let saves = self.saves_elsewhere();
        self.facts.set(None);
        self.overdue.set(false);
        if to_save {
            spawn_local(async move {
                BrowserWorld.sleep(LIMIT_MS).await;
                if self.is_last(number) && self.facts.with_untracked(Option::is_none) {
                    self.overdue.set(true);
                }
            });
        }
        spawn_local(async move {
            let Looked { facts, start } = preflight::read(&client, &policy, &draft, known, to_save).await;
            if !self.is_last(number) || self.edits_now(|now| *now == draft) != Some(true) {
                return;
            }
            let unmoved = untrack(|| self.elsewhere()) != Elsewhere::Saves;
            let meanwhile = self.around().ground.meanwhile;
            let now = seen_now(&draft, &policy, start.as_ref().map(|start| &start.policy));
            // Only a change notifies anyone.
            if meanwhile.with_untracked(|before| *before != now) {
                meanwhile.set(now);
            }
            let start = start.filter(|_| unmoved && self.saves_elsewhere() == saves);
            self.looking.update_value(|looking| looking.start = start);
            self.facts.set(Some((draft, facts)));
        });
    }

    /// Drops the check in progress, and the policy that a save may start from: the draft has changed.
    pub(super) fn drop_look(self) {
        self.next_look();
    }

    fn next_look(self) -> u32 {
        let next = |looking: &mut Looking| {
            looking.number = looking.number.wrapping_add(1);
            looking.start = None;
            looking.number
        };
        self.forget_meanwhile();
        self.looking.try_update_value(next).unwrap_or_default()
    }

    fn saves_elsewhere(self) -> u32 {
        self.looking.with_value(|looking| looking.saves_elsewhere)
    }

    /// What was read of others' changes is out of date.
    fn forget_meanwhile(self) {
        let Some(around) = self.around.try_get_value() else { return };
        let is_told = |meanwhile: &Meanwhile| meanwhile.policy.is_some() || meanwhile.others.is_some();
        // Only a change notifies anyone: this code runs on every keystroke.
        if around.ground.meanwhile.try_with_untracked(is_told) == Some(true) {
            around.ground.meanwhile.set(Meanwhile::default());
        }
    }

    /// Makes the page continue from the policy as the review read it, if any: what is wrong with the draft lies in
    /// that, and shows only on top of it. The edits keep their original values, so that the save still sees what others
    /// changed. An effect that calls this follows the review's read.
    pub fn go_on_from_review(self) {
        let policy = self.around().ground.meanwhile.with(|meanwhile| meanwhile.policy.clone());
        if let Some(policy) = policy.filter(|_| !self.is_saving()) {
            self.policy.set(policy);
            self.forget_meanwhile();
        }
    }

    /// What others have changed outside the draft; `None` if nothing. Views follow it.
    pub fn meanwhile(self) -> Option<Others> {
        self.around().ground.meanwhile.with(|meanwhile| meanwhile.others.clone())
    }

    /// The policy that a save of the draft would start from, as far as is known: as the review read it, else as the
    /// page did. Views follow it.
    pub fn with_ground<T>(self, read: impl FnOnce(&Policy) -> T) -> T {
        self.around().ground.with(read)
    }

    /// Whether no other check has begun since, and the page still exists.
    fn is_last(self, number: u32) -> bool {
        self.looking.try_with_value(|looking| looking.number == number) == Some(true)
    }

    /// The policy that a save may start from; it can be used once.
    pub(super) fn take_start(self) -> Option<Start> {
        self.looking.try_update_value(|looking| looking.start.take()).flatten()
    }

    /// Another tab is saving: what was read before is no longer what the policy has. It is still closer to it than the
    /// page's read, so it is shown until the next check.
    pub(super) fn drop_start(self) {
        self.looking.update_value(|looking| {
            looking.saves_elsewhere = looking.saves_elsewhere.wrapping_add(1);
            looking.start = None;
        });
    }

    /// Whether a save waits for the facts; views follow it.
    pub fn holds_save(self) -> bool {
        self.preflight.with(Option::is_none) && !self.overdue.get()
    }

    /// The findings for one setting of the draft; views follow it.
    pub(super) fn findings_of(self, setting: Setting, severity: Severity) -> Vec<String> {
        let subject = self.subject();
        self.findings.with(|findings| {
            let own = findings.iter().filter(|one| one.setting == Some(setting) && one.severity == severity);
            own.map(|one| text::policy::preflight::finding(one, &subject, locale::date_time)).collect()
        })
    }

    /// Who will really get an email as the draft has it; views follow it. Until the owners are read for a change, those
    /// that the page read count.
    pub fn audience(self, mail: RuleId) -> Audience {
        let read = self.facts.with(|facts| facts.as_ref()?.1.owners.as_deref().map(Owners::of));
        let owners = read.or_else(|| self.owners().get());
        self.with_ground(|policy| self.edits(|draft| audience(policy, draft, mail, owners)))
    }

    /// The group's owners as the page read them.
    pub(super) fn owners(self) -> RwSignal<Option<Owners>> {
        self.looking.with_value(|looking| looking.owners)
    }

    /// Asks for the permissions that more checks need, because the person wants them; the draft comes back after the
    /// sign-in.
    pub fn allow_checks(self) {
        ExtrasState::current().want(Extra::Checks);
    }
}

impl Around {
    /// Reports what others had changed outside a draft by the time its save read the policy. `seen` is the page's read.
    pub(super) fn note_meanwhile(&self, outcome: &Outcome, draft: &Draft, seen: &Policy) {
        let now = match outcome {
            Outcome::Finished(finished) => Some(&finished.before),
            Outcome::Conflicts { theirs, .. } => Some(theirs),
            Outcome::NotStarted(NotStarted::Invalid { theirs, .. }) => Some(&**theirs),
            Outcome::NotStarted(_) => None,
        };
        self.ground.meanwhile.try_set(Meanwhile { policy: None, ..seen_now(draft, seen, now) });
    }
}

/// What a later read shows of others' changes.
fn seen_now(draft: &Draft, seen: &Policy, now: Option<&Policy>) -> Meanwhile {
    let Some((now, settings)) = now.and_then(|now| Some((now, meanwhile(draft, seen, now)?))) else {
        return Meanwhile::default();
    };
    let others = (!settings.is_empty()).then(|| others(&settings, seen, now));
    Meanwhile { policy: Some(now.clone()), others }
}
