//! Policies of a plan to which nothing is sent though they were to be changed: the record names them with the reason,
//! so that the results add up to what was planned.

use super::plan::{Effect, LeftOut};
use super::record::{End, Record, TargetRecord, Why};
use super::{Target, Unsure};
use crate::policy::{Setting, Severity};
use crate::receipt::Refused;

/// Why nothing is sent to a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSent {
    /// The kind of reason.
    pub why: Why,
    /// What could not be read.
    pub refused: Option<Refused>,
    /// The settings concerned.
    pub about: Vec<Setting>,
}

impl NotSent {
    /// It already has every value.
    pub const fn already() -> Self {
        Self { why: Why::Already, refused: None, about: Vec::new() }
    }

    /// There is no policy to change, or it could not be read.
    pub const fn unread(why: Why, refused: Option<Refused>) -> Self {
        Self { why, refused, about: Vec::new() }
    }

    /// A finding in the plan prevents it.
    pub fn blocked(effect: &Effect) -> Self {
        let issues = effect.issues.iter().filter(|issue| issue.severity == Severity::Error).map(|issue| issue.setting);
        let findings = effect.preflight.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let mut about: Vec<Setting> = Vec::new();
        for setting in issues.chain(findings.filter_map(|finding| finding.setting)) {
            if !about.contains(&setting) {
                about.push(setting);
            }
        }
        Self { why: Why::Blocked, refused: None, about }
    }

    /// Someone has since changed what was to be changed; `None` if nobody did.
    pub fn left_alone(effect: &Effect) -> Option<Self> {
        let since = effect.left.iter().filter(|(_, why)| matches!(why, LeftOut::ChangedSince(_)));
        let about: Vec<Setting> = since.map(|(setting, _)| *setting).collect();
        (!about.is_empty()).then_some(Self { why: Why::LeftAlone, refused: None, about })
    }
}

impl Record {
    /// Adds what an undo leaves out, because it is not known whether it was saved: policies to which nothing is sent,
    /// and settings of policies in the plan.
    pub fn leave_out(&mut self, left_out: &[Unsure]) {
        for Unsure { target, settings } in left_out {
            match self.entry_mut(&target.subject) {
                Some(entry) if entry.end == End::NothingSent(Why::Uncertain) => {}
                Some(entry) => entry.unsure.clone_from(settings),
                None => {
                    let unknown = NotSent { why: Why::Uncertain, refused: None, about: settings.clone() };
                    self.take_in([(target, Some(unknown))]);
                }
            }
        }
    }

    /// Adds a plan, in its order, before anything is sent: what will be changed, and what will not, and why.
    pub fn take_in<'a>(&mut self, plan: impl IntoIterator<Item = (&'a Target, Option<NotSent>)>) {
        for (target, not_sent) in plan {
            if self.entry(&target.subject).is_none() {
                self.targets.push(TargetRecord::waiting(target));
            } else if not_sent.is_some() {
                self.queue([target]);
            }
            if let (Some(entry), Some(NotSent { why, refused, about })) = (self.entry_mut(&target.subject), not_sent) {
                entry.set(End::NothingSent(why));
                (entry.refused, entry.about) = (refused, about);
            }
        }
    }
}
