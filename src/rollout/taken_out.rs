//! What a person took out of a plan: policies, and settings of single ones. It is kept outside the plan, so that a new
//! plan, a reload or a retry does not bring it back.

use serde::{Deserialize, Serialize};

use crate::policy::{Setting, Subject};

/// What was taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TakenOut {
    /// Whole policies.
    excluded: Vec<Subject>,
    /// Settings of single policies.
    without: Vec<(Subject, Setting)>,
}

impl TakenOut {
    /// Takes a policy out, or puts it back in.
    pub fn exclude(&mut self, subject: &Subject, out: bool) {
        self.excluded.retain(|known| known != subject);
        if out {
            self.excluded.push(subject.clone());
        }
    }

    /// Takes a setting of a policy out, or puts it back in.
    pub fn leave_out(&mut self, subject: &Subject, setting: Setting, out: bool) {
        self.without.retain(|(known, own)| known != subject || *own != setting);
        if out {
            self.without.push((subject.clone(), setting));
        }
    }

    /// Whether a policy is out.
    pub fn excludes(&self, subject: &Subject) -> bool {
        self.excluded.contains(subject)
    }

    /// The settings taken out of a policy.
    pub fn settings_of(&self, subject: &Subject) -> Vec<Setting> {
        self.without.iter().filter(|(known, _)| known == subject).map(|(_, setting)| *setting).collect()
    }

    /// Puts everything of a policy back in.
    pub fn forget(&mut self, subject: &Subject) {
        self.exclude(subject, false);
        self.without.retain(|(known, _)| known != subject);
    }

    /// Replaces what is taken out of these policies by what `newer` says.
    pub fn take_over<'a>(&mut self, subjects: impl IntoIterator<Item = &'a Subject>, newer: &Self) {
        for subject in subjects {
            self.forget(subject);
            self.exclude(subject, newer.excludes(subject));
            self.without.extend(newer.settings_of(subject).into_iter().map(|setting| (subject.clone(), setting)));
        }
    }
}
