//! What has changed since a snapshot was taken.

use std::collections::BTreeMap;

use super::rules::{RuleChange, changed};
use super::{Snapshot, SnapshotPolicy};
use crate::guid::Guid;
use crate::matrix::{Class, HolderKind};
use crate::policy::compare::{Line, Side, Verdict, compare};
use crate::policy::{Policy, RuleId, Setting, Sheet, Subject};

/// How serious a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stricter than it was, or only about email.
    Low,
    /// Different; which one is stricter is unknown.
    Medium,
    /// Weaker than it was; or the whole policy is gone or new.
    High,
}

impl Severity {
    /// All of them, the most serious first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// Its name in addresses and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// Finds one by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str().eq_ignore_ascii_case(name))
    }
}

/// What changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Changed {
    /// A setting: on the left the snapshot, on the right now.
    Setting(Line),
    /// Something in a rule that belongs to no setting.
    Rule(RuleChange),
}

/// One change and its severity.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// How serious.
    pub severity: Severity,
    /// What changed.
    pub changed: Changed,
}

/// What happened to a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there, and something in it changed.
    Changed,
    /// It is in the snapshot but no longer has a policy.
    Gone,
    /// It has a policy now but had none in a snapshot that was to include all of its kind.
    New,
}

/// A subject that has changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Drifted {
    /// The policy's subject.
    pub subject: Subject,
    /// The name of the group or role as it is now, else as it was; empty if neither is known.
    pub name: String,
    /// What happened to it.
    pub fate: Fate,
    /// What changed, in the admin center's order.
    pub findings: Vec<Finding>,
    /// When the policy was last changed, if Graph says.
    pub modified_at: Option<String>,
    /// Who last changed it, if Graph says.
    pub modified_by: Option<String>,
}

impl Drifted {
    /// The highest severity of its changes.
    pub fn severity(&self) -> Severity {
        match self.fate {
            Fate::Changed => self.findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Low),
            Fate::Gone | Fate::New => Severity::High,
        }
    }
}

/// Everything that has changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drift {
    /// The subjects that have changed, in the order of the subjects.
    pub drifted: Vec<Drifted>,
    /// How many policies have not changed.
    pub unchanged: usize,
    /// Policies of the snapshot whose present state is unknown, because they could not be read, or were not read again
    /// after a save.
    pub unread: Vec<Subject>,
    /// Policies that were found but not read, of a kind that the snapshot was to include completely, and not in it, with
    /// the names of their groups or roles, empty if unknown. They may be new.
    pub maybe_new: Vec<(Subject, String)>,
    /// Kinds that the snapshot was to include completely, but whose present list was not read to its end: new ones may
    /// be missing.
    pub unlisted: Vec<Class>,
}

impl Drift {
    /// How many changes have this severity; a policy that is gone or new counts as one.
    pub fn count(&self, severity: Severity) -> usize {
        let of = |drifted: &Drifted| match drifted.fate {
            Fate::Changed => drifted.findings.iter().filter(|finding| finding.severity == severity).count(),
            Fate::Gone | Fate::New => usize::from(severity == Severity::High),
        };
        self.drifted.iter().map(of).sum()
    }
}

/// What has been read of the tenant now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Now {
    /// The policies of each group or role that could be read; an empty list if there is none.
    pub policies: BTreeMap<Guid, Vec<Policy>>,
    /// Names of groups and roles.
    pub names: BTreeMap<Guid, String>,
    /// The list of all groups, or of all roles, was read to its end.
    pub listed: Vec<Class>,
    /// Groups and roles that were found but whose policies are unknown: not read yet, or not read again.
    pub unread: BTreeMap<Guid, HolderKind>,
}

impl Now {
    /// The one policy of a subject; `Err` if unknown, `Ok(None)` if there is none.
    fn of(&self, subject: &Subject) -> Result<Option<&Policy>, ()> {
        let Some(policies) = self.policies.get(subject.id()) else {
            // A role missing from a complete list is gone.
            let gone = matches!(subject, Subject::Role { .. })
                && self.listed.contains(&Class::Roles)
                && !self.unread.contains_key(subject.id());
            return if gone { Ok(None) } else { Err(()) };
        };
        let mut own = policies.iter().filter(|policy| policy.subject == *subject);
        match (own.next(), own.next()) {
            (one, None) => Ok(one),
            _ => Err(()),
        }
    }

    /// Adds what was read of one group or role.
    pub fn read(&mut self, id: Guid, policies: Vec<Policy>) {
        self.unread.remove(&id);
        self.policies.insert(id, policies);
    }

    /// Records that the policies of one are unknown: outdated, or never read.
    pub fn miss(&mut self, kind: HolderKind, id: Guid) {
        self.policies.remove(&id);
        self.unread.insert(id, kind);
    }

    /// Adds a later, partial read.
    pub fn learn(&mut self, later: Self) {
        for (id, kind) in later.unread {
            self.miss(kind, id);
        }
        for (id, policies) in later.policies {
            self.read(id, policies);
        }
        self.names.extend(later.names);
    }

    /// The policy of a subject, if there is exactly one.
    pub fn policy(&self, subject: &Subject) -> Option<&Policy> {
        self.of(subject).ok().flatten()
    }
}

/// Compares a snapshot with the present.
pub fn drift(snapshot: &Snapshot, now: &Now) -> Drift {
    let unlisted = snapshot.whole.iter().filter(|kind| !now.listed.contains(kind)).copied();
    let mut drift = Drift { unlisted: unlisted.collect(), ..Drift::default() };
    let name = |id: &Guid, kept: &str| now.names.get(id).cloned().unwrap_or_else(|| kept.to_owned());
    for SnapshotPolicy { policy: before, name: known } in &snapshot.policies {
        let subject = &before.subject;
        let after = match now.of(subject) {
            Err(()) => {
                drift.unread.push(subject.clone());
                continue;
            }
            Ok(None) => None,
            Ok(Some(after)) => Some(after),
        };
        let findings = after.map(|after| findings(before, after)).unwrap_or_default();
        if after.is_some() && findings.is_empty() {
            drift.unchanged += 1;
            continue;
        }
        drift.drifted.push(Drifted {
            subject: subject.clone(),
            name: name(subject.id(), known),
            fate: if after.is_some() { Fate::Changed } else { Fate::Gone },
            findings,
            modified_at: after.and_then(|after| after.modified_at.clone()),
            modified_by: after.and_then(|after| after.modified_by.clone()),
        });
    }
    let held = |kind| snapshot.policies.iter().any(|kept| Class::of(&kept.policy.subject) == kind);
    let may_be_new = |subject: &Subject| {
        let kind = Class::of(subject);
        let meant = snapshot.whole.contains(&kind);
        // What could not be read when the snapshot was taken is not new. Older files claim that all of a kind were to
        // be included even if their list was not read to its end.
        let missed = !snapshot.complete && (snapshot.not_read.is_empty() || !held(kind))
            || snapshot.not_read.iter().any(|(missed, _)| missed == subject);
        meant && !missed && snapshot.of(subject).is_none()
    };
    for policy in now.policies.values().flatten() {
        let subject = &policy.subject;
        if may_be_new(subject) {
            drift.drifted.push(Drifted {
                subject: subject.clone(),
                name: name(subject.id(), ""),
                fate: Fate::New,
                findings: Vec::new(),
                modified_at: policy.modified_at.clone(),
                modified_by: policy.modified_by.clone(),
            });
        }
    }
    for (id, kind) in &now.unread {
        let subjects = kind.subject(id.clone()).of_page().into_iter().filter(may_be_new);
        drift.maybe_new.extend(subjects.map(|subject| (subject, name(id, ""))));
    }
    drift
}

fn findings(before: &Policy, after: &Policy) -> Vec<Finding> {
    let comparison = compare(&Sheet::of(before), &Sheet::of(after));
    let rules = changed(before, after, &comparison);
    let of_setting = comparison.lines.into_iter().filter_map(|line| {
        let severity = severity(line.setting, line.verdict)?;
        Some(Finding { severity, changed: Changed::Setting(line) })
    });
    let of_rule = rules.into_iter().map(|rule| Finding { severity: Severity::Medium, changed: Changed::Rule(rule) });
    of_setting.chain(of_rule).collect()
}

fn severity(setting: Setting, verdict: Verdict) -> Option<Severity> {
    match (mail_of(setting), verdict) {
        // What cannot be parsed is reported through its raw rule, if that changed.
        (_, Verdict::Same | Verdict::Unknown) => None,
        // Alerts tell administrators what is happening (CISA MS.AAD.7.7 to 7.9): fewer recipients are not a minor
        // matter.
        (Some(RuleId::EligibleAlert | RuleId::ActiveAlert | RuleId::ActivationAlert), Verdict::Differs(side)) => {
            Some(if side == Some(Side::Right) { Severity::Low } else { Severity::Medium })
        }
        (Some(_), Verdict::Differs(_)) | (None, Verdict::Differs(Some(Side::Right))) => Some(Severity::Low),
        (None, Verdict::Differs(Some(Side::Left))) => Some(Severity::High),
        (None, Verdict::Differs(None)) => Some(Severity::Medium),
    }
}

const fn mail_of(setting: Setting) -> Option<RuleId> {
    match setting {
        Setting::MailDefaults(mail) | Setting::MailRecipients(mail) | Setting::MailCritical(mail) => Some(mail),
        _ => None,
    }
}
