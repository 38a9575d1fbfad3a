//! Undoing a stored save: setting by setting, and only if the policy still has what the save left.

use super::{Changed, Receipt, RuleEnd, RuleRecord};
use crate::policy::exposure::written_where;
use crate::policy::{Draft, Policy, Setting, Value};

/// What can be undone, and what cannot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Undo {
    /// The edits that undo the save, to be reviewed and saved like any other change.
    pub draft: Draft,
    /// Settings that have their old value already.
    pub already: Vec<Setting>,
    /// Settings that someone has changed since, with what they have now (`None`: it can no longer be read or changed).
    /// They are left alone.
    pub changed_since: Vec<(Setting, Option<Value>)>,
}

impl Receipt {
    /// Whether the save wrote anything that can be undone.
    pub fn can_undo(&self) -> bool {
        self.written().next().is_some()
    }

    /// The settings for which at least one rule was read back.
    fn written(&self) -> impl Iterator<Item = Setting> {
        let verified = |setting| self.rules.iter().any(|rule| rule.end.is_there() && rule.settings.contains(&setting));
        self.changes.iter().map(|changed| changed.setting).filter(move |setting| verified(*setting))
    }

    /// Each setting that was read back, with what it was before and what the save left.
    pub fn way_back(&self) -> Vec<(Setting, Value, Value)> {
        let after = self.policy_after();
        let line = |setting| {
            let before = self.changed(setting)?.before.clone();
            Some((setting, before, self.left(setting, &after)?))
        };
        self.written().filter_map(line).collect()
    }

    /// What the save left of a setting; `after` is [`policy_after`](Self::policy_after). If all of it was read back,
    /// the previous rules are not needed: a shortened receipt has none.
    fn left(&self, setting: Setting, after: &Policy) -> Option<Value> {
        if self.is_all_verified(setting) {
            return self.changed(setting).map(|changed| changed.after.clone());
        }
        after.read(setting).value
    }

    /// The rules of the save as it left them: those that were read back with their new body, the others as before. For
    /// a setting stored in two rules one may have been saved and the other not; then neither the old nor the new value
    /// is what the save left.
    pub fn policy_after(&self) -> Policy {
        self.policy_where(RuleEnd::is_there)
    }

    /// The rules of the save as they are if those with these outcomes were saved, and the others not.
    pub fn policy_where(&self, is_saved: fn(RuleEnd) -> bool) -> Policy {
        let is_written = |id| self.rules.iter().any(|record| is_saved(record.end) && record.id() == Some(id));
        written_where(&self.policy_before(), &self.wanted(), &is_written)
    }

    /// The undo, given the policy as read now.
    pub fn undo(&self, now: &Policy) -> Undo {
        let after = self.policy_after();
        let mut undo = Undo::default();
        for setting in self.written() {
            let Some(changed) = self.changed(setting) else { continue };
            let (holds, left) = (now.read(setting), self.left(setting, &after));
            match holds.editable() {
                Some(value) if value.means(&changed.before) => undo.already.push(setting),
                Some(value) if left.as_ref().is_some_and(|left| value.means(left)) => {
                    undo.draft.set(now, setting, changed.before.clone());
                }
                other => undo.changed_since.push((setting, other.cloned())),
            }
        }
        undo
    }

    /// The rules for which it is unknown whether they were saved: undoing leaves them out.
    pub fn open_rules(&self) -> impl Iterator<Item = &RuleRecord> {
        self.rules.iter().filter(|rule| rule.end.is_open())
    }

    /// The rules that undoing changes back though it is unknown whether this save wrote them.
    pub fn held_rules(&self) -> impl Iterator<Item = &RuleRecord> {
        self.rules.iter().filter(|rule| rule.end == RuleEnd::Held)
    }

    /// Whether a draft returns at least one of the settings to its previous value.
    pub fn is_taken_back_by(&self, draft: &Draft) -> bool {
        let back = |changed: &Changed| draft.edit(changed.setting).is_some_and(|edit| edit.mine.means(&changed.before));
        self.changes.iter().any(back)
    }

    /// What was wanted and not saved, as a draft on top of the policy as it is now.
    pub fn rest(&self, now: &Policy) -> Draft {
        let mut draft = Draft::default();
        let saved = |setting: Setting| {
            let mut rules = self.rules.iter().filter(|rule| rule.settings.contains(&setting));
            rules.all(|rule| rule.end.is_there())
        };
        for changed in self.changes.iter().filter(|changed| !saved(changed.setting)) {
            // The base is the present value, so the review shows what someone else has changed since as the value
            // before.
            draft.set(now, changed.setting, changed.after.clone());
        }
        draft
    }
}
