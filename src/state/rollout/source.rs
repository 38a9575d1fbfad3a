//! The source of a copy: read when it is chosen, when the person comes back to the page, and for each plan. What is
//! different then from what the person saw is told.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Content, Phase, RolloutState, Source};
use crate::desk::policies::{self, NoPolicy, of_subject};
use crate::graph::Error;
use crate::policy::{Policy, Setting, Value};
use crate::rollout::choice::{Offers, Values, offers};
use crate::rollout::shift::{Shift, offered, shifts};
use crate::template::{Origin, Template, place};
use crate::text;

/// The settings of a template, to be copied; `called` is its key in addresses and references.
pub fn values_of(called: &str, template: &Template) -> Values {
    let from = (place(called).0 == Origin::Own).then(|| called.to_owned());
    let title = text::templates::copying(&template.name);
    Values { title, settings: template.values.clone(), class: template.class, from }
}

impl RolloutState {
    /// Reads the source, and restores the ticks stored with it; an answer for another source is dropped.
    pub fn read_source(self) {
        self.read.set(None);
        self.read_behind();
    }

    /// Reads the source while what was read of it stays on screen.
    fn read_behind(self) {
        let Content::Policy(source) = self.content.get_untracked() else { return };
        let round = self.begin_reading();
        let (client, me) = (self.around().desk.client(), self.around().desk.account().oid);
        spawn_local(async move {
            let opened = policies::open(&client, &source, &me).await;
            let is_present = self.reads.try_get_value() == Some(round)
                && self.content.try_with_untracked(|content| content.source() == Some(&source)) == Some(true);
            let Some(phase) = self.phase.try_get_untracked().filter(|_| is_present) else { return };
            let name = match &opened.holder {
                Ok(holder) => Some(text::subject::policy_of(&source, &text::subject::name(holder))),
                Err(_) => None,
            };
            let policy = opened.policies.map(|policies| of_subject(&policies, &source).cloned());
            if phase != Phase::Choosing {
                return self.plan_if_other(phase, policy);
            }
            let is_read = matches!(policy, Ok(Ok(_)));
            self.take_source(name, policy);
            let kept = if is_read { self.kept.try_update_value(Option::take).flatten() } else { None };
            let planned = kept.as_ref().is_some_and(|choice| choice.planned);
            if let Some(choice) = kept {
                self.picked.try_set(choice.settings.unwrap_or_default());
            }
            self.keep();
            if planned {
                self.plan_as_read();
            }
        });
    }

    /// Plans again if the source of the plan on screen gives something else now.
    fn plan_if_other(self, phase: Phase, policy: Result<Result<Policy, NoPolicy>, Error>) {
        let (Phase::Planned, Ok(Ok(policy))) = (phase, policy) else { return };
        let (planned, now) = (untrack(|| self.offered()), offered(offers(&policy)));
        let found = self.picked.with_untracked(|picked| shifts(&planned, &now, picked));
        if found.iter().any(|shift| shift.picked) {
            self.plan();
        }
    }

    /// Begins a reading of the source; the answers of earlier ones are dropped.
    pub(super) fn begin_reading(self) -> u32 {
        self.reads.update_value(|round| *round = round.wrapping_add(1));
        self.reads.get_value()
    }

    /// Takes what was read of the source. Without a name, the one known before stays.
    pub(super) fn take_source(self, name: Option<String>, policy: Result<Result<Policy, NoPolicy>, Error>) {
        if let Ok(Ok(policy)) = &policy {
            self.around().names.look_up_approvers([policy]);
            self.seen.try_update(|seen| {
                seen.get_or_insert_with(|| offered(offers(policy)));
            });
        }
        let known = || self.read.try_with_untracked(|read| read.as_ref().map(|read| read.name.clone())).flatten();
        let by_id = || self.content.try_with_untracked(|content| content.source().map(text::subject::by_id)).flatten();
        let name = name.or_else(known).or_else(by_id).unwrap_or_default();
        self.read.try_set(Some(Source { name, policy }));
    }

    /// Shows the source as it is now: it may have been saved since, here, in another tab or by someone else.
    pub(super) fn freshen(self) {
        let phase = self.phase.get_untracked();
        if !matches!(phase, Phase::Choosing | Phase::Planned) {
            return;
        }
        if self.renewed().is_some() {
            return if phase == Phase::Planned { self.plan() } else { self.renew_values() };
        }
        // A first reading that still runs is awaited.
        if self.read.with_untracked(Option::is_some) {
            self.read_behind();
        }
    }

    /// Takes a template that this browser stores as it is now.
    pub(super) fn renew_values(self) {
        if let Some(values) = self.renewed() {
            self.content.set(Content::Values(values));
            self.keep();
        }
    }

    /// The template that is copied, if this browser stores it and it is another one now.
    fn renewed(self) -> Option<Values> {
        let Content::Values(values) = self.content.get_untracked() else { return None };
        let key = values.from.as_ref()?;
        let own = self.around().templates.own;
        let template = own.with_untracked(|own| own.iter().find(|one| one.key == *key).cloned())?;
        Some(values_of(key, &template)).filter(|now| *now != values)
    }

    /// Whether the template was deleted here after it was chosen; views that call it follow it.
    pub fn is_template_gone(self) -> bool {
        let key = self.content.with(|content| content.values().and_then(|values| values.from.clone()));
        key.is_some_and(|key| self.around().templates.own.with(|own| own.iter().all(|one| one.key != key)))
    }

    /// What is different in the source since the person chose from it; views that call it follow it.
    pub fn shifts(self) -> Vec<Shift> {
        // What could not be read is told as such.
        let Some(seen) = self.seen.get().filter(|_| self.has_source()) else { return Vec::new() };
        self.picked.with(|picked| shifts(&seen, &offered(self.offers()), picked))
    }

    /// The person has seen what is different.
    pub fn note_shifts(self) {
        self.seen.set(Some(untrack(|| offered(self.offers()))));
        self.keep();
    }

    /// What the source offers; empty until it is read. Views that call it follow it.
    pub fn offers(self) -> Offers {
        if let Content::Values(Values { settings, .. }) = self.content.get() {
            return settings.into_iter().map(|(setting, value)| (setting, Ok(value))).collect();
        }
        self.read.with(|read| match read {
            Some(Source { policy: Ok(Ok(policy)), .. }) => offers(policy),
            _ => Offers::new(),
        })
    }

    /// The settings that the source offers, with their values; views that call it follow it.
    pub fn offered(self) -> Vec<(Setting, Value)> {
        offered(self.offers())
    }

    /// Whether a setting that the source offers is ticked; views that call it follow it.
    pub fn has_ticks(self) -> bool {
        let offered = self.offered();
        self.picked.with(|picked| offered.iter().any(|(setting, _)| picked.contains(setting)))
    }

    /// Whether there is something to copy from; views that call it follow it.
    pub fn has_source(self) -> bool {
        self.content.with(|content| content.values().is_some())
            || self.read.with(|read| read.as_ref().is_some_and(|read| matches!(read.policy, Ok(Ok(_)))))
    }
}
