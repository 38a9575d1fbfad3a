//! Choosing source, settings and targets.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Content, RolloutState};
use crate::desk::rollout::{Resolved, name, nameless, resolve};
use crate::graph::patience::Patience;
use crate::matrix::Class;
use crate::policy::{Access, Setting, Subject, Tab};
use crate::rollout::choice::{Values, of_other_access};
use crate::rollout::taken_out::TakenOut;
use crate::rollout::{Target, paste, undo};
use crate::text;

impl RolloutState {
    /// Chooses the settings of a template instead of a policy's; all of them are ticked at first.
    pub fn choose_values(self, values: Option<Values>) {
        self.kept.set_value(None);
        self.read.set(None);
        self.seen.set(values.as_ref().map(|values| values.settings.clone()));
        let all = values.iter().flat_map(|values| values.settings.iter().map(|(setting, _)| *setting));
        self.picked.set(all.collect());
        self.content.set(values.map_or(Content::Nothing, Content::Values));
        self.keep();
    }

    /// Chooses the policy whose settings are copied.
    pub fn choose_source(self, source: Option<Subject>) {
        self.kept.set_value(None);
        self.content.set(source.map_or(Content::Nothing, Content::Policy));
        self.read.set(None);
        self.seen.set(None);
        self.picked.set(Vec::new());
        self.keep();
        self.read_source();
    }

    /// Ticks a setting or removes its tick.
    pub fn tick(self, setting: Setting, on: bool) {
        self.picked.update(|picked| {
            picked.retain(|known| *known != setting);
            if on {
                picked.push(setting);
            }
        });
        self.keep();
    }

    /// Ticks all settings of a tab, or none.
    pub fn tick_tab(self, tab: Tab, on: bool) {
        let offered = untrack(|| self.offered());
        self.picked.update(|picked| {
            picked.retain(|known| known.tab() != tab);
            if on {
                let settings = offered.into_iter().map(|(setting, _)| setting);
                picked.extend(settings.filter(|setting| setting.tab() == tab));
            }
        });
        self.keep();
    }

    /// Adds policies to the targets, each only once.
    pub fn add_targets(self, more: Vec<Target>) {
        self.targets.update(|targets| {
            for target in more {
                match targets.iter_mut().find(|known| known.subject == target.subject) {
                    Some(known) if known.name.is_empty() => known.name = target.name,
                    Some(_) => {}
                    None => targets.push(target),
                }
            }
        });
        self.keep();
    }

    /// How many targets the template is not meant for, and for which class it is; views that call it follow it.
    pub fn unfit(self) -> Option<(usize, Class)> {
        let (class, number) = self.content.with(|content| {
            let values = content.values()?;
            let unfit = |target: &&Target| !values.fits(&target.subject);
            Some((values.class?, self.targets.with(|targets| targets.iter().filter(unfit).count())))
        })?;
        (number > 0).then_some((number, class))
    }

    /// How many targets are about owners while the source is about members, or the reverse, and whom the source is
    /// about; views that call it follow it.
    pub fn of_other_access(self) -> Option<(usize, Access)> {
        self.content.with(|content| {
            let source = content.source()?;
            let number = self.targets.with(|targets| of_other_access(source, targets));
            source.access().filter(|_| number > 0).map(|access| (number, access))
        })
    }

    /// Removes one target.
    pub fn remove_target(self, subject: &Subject) {
        self.targets.update(|targets| targets.retain(|known| known.subject != *subject));
        self.taken_out.update_value(|out| out.forget(subject));
        self.keep();
    }

    /// Removes all targets.
    pub fn remove_targets(self) {
        self.targets.set(Vec::new());
        self.taken_out.set_value(TakenOut::default());
        self.keep();
    }

    /// Takes the text of the field for a list; it is stored like everything chosen. If the field is empty, nothing more
    /// is looked up.
    pub fn write_list(self, text: String) {
        if text.trim().is_empty() {
            self.stop_pasting();
        }
        self.list.set(text);
        self.keep();
    }

    /// Looks up the pasted list and adds the policies found; what exceeds the limit stays in the field, and so does
    /// what was typed meanwhile. `accesses` are used if an entry says neither members nor owners.
    pub fn paste(self, accesses: Vec<Access>) {
        let list = self.list.get_untracked();
        let (entries, beyond) = paste::entries(&list);
        if entries.is_empty() || self.pasting.get_untracked() {
            return;
        }
        self.pasting.set(true);
        self.pasted.set(None);
        let (round, patience) = (self.looks_up.with_value(|(round, _)| *round), Patience::default());
        self.looks_up.set_value((round, patience.clone()));
        let client = self.around().desk.client();
        spawn_local(async move {
            let resolved = resolve(&client, &entries, &accesses, &patience).await;
            if self.looks_up.try_with_value(|(round, _)| *round) != Some(round) {
                return;
            }
            self.pasting.try_set(false);
            let Some(resolved) = resolved.transpose() else { return };
            let now = self.list.get_untracked();
            let left = beyond.iter().filter(|entry| now.contains(entry.as_str())).count();
            let resolved = resolved.map(|resolved| Resolved { beyond: left, ..resolved });
            if let Ok(resolved) = &resolved {
                if !beyond.is_empty() && now == list {
                    self.list.try_set(beyond.join("\n"));
                }
                self.add_targets(resolved.targets.clone());
                self.around().notices.announce(text::rollout::pasted(resolved));
            }
            self.pasted.try_set(Some(resolved));
        });
    }

    /// Stops the look-up; the list stays as it is.
    pub fn stop_pasting(self) {
        self.looks_up.update_value(|(round, patience)| {
            patience.stop();
            *round = round.wrapping_add(1);
        });
        self.pasting.set(false);
    }

    /// Reads the names of targets that have none.
    pub(super) fn name_targets(self) {
        let nameless = self.targets.with_untracked(|targets| nameless(targets.iter()));
        self.look_up_targets(nameless, move |found| {
            self.targets.try_update(|targets| name(targets.iter_mut(), found));
        });
    }

    /// Names what a stored undo leaves out, from the record of what it undoes; other names are read.
    pub(super) fn name_left_out(self) {
        let undone = self.content.with_untracked(|content| content.proposal()?.undoes.clone());
        let record = undone.and_then(|id| untrack(|| self.around().rollouts.get(&id)));
        let change = |content: &mut Content| {
            let proposal = content.proposal_mut().filter(|proposal| !proposal.left_out.is_empty())?;
            if let Some(record) = &record {
                undo::name_left_out(proposal, record);
            }
            Some(nameless(proposal.left_out.iter().map(|one| &one.target)))
        };
        let Some(nameless) = self.content.try_update(change).flatten() else { return };
        self.look_up_targets(nameless, move |found| {
            self.content.try_update(|content| {
                if let Some(proposal) = content.proposal_mut() {
                    name(proposal.left_out.iter_mut().map(|one| &mut one.target), found);
                }
            });
        });
    }

    fn look_up_targets(self, nameless: Vec<paste::Pasted>, take: impl FnOnce(&[Target]) + 'static) {
        if nameless.is_empty() {
            return;
        }
        let client = self.around().desk.client();
        spawn_local(async move {
            if let Ok(Some(resolved)) = resolve(&client, &nameless, &[], &Patience::default()).await {
                take(&resolved.targets);
            }
        });
    }
}
