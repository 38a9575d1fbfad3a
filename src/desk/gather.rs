//! Collects a survey's reports into whole policies with their raw rules: for a snapshot, and to compare one with now.

use std::collections::BTreeMap;

use super::survey::{News, Scope};
use crate::directory::Holder;
use crate::graph::Error;
use crate::guid::Guid;
use crate::matrix::{Class, HolderKind};
use crate::policy::{ApproverKind, Policy, Setting, Subject, Value};
use crate::snapshot::drift::Now;
use crate::snapshot::{Snapshot, SnapshotPolicy, Why};

/// Everything read so far.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The policies that were read.
    pub now: Now,
    /// The groups and roles that were found.
    found: BTreeMap<Guid, HolderKind>,
    /// Why groups or roles could not be read.
    pub failed: BTreeMap<Guid, Error>,
    /// Why a list is incomplete, or names are missing.
    pub troubles: Vec<Error>,
    /// A list broke off: what else it contains is unknown.
    broken: bool,
    /// Microsoft is throttling.
    pub slowed: bool,
}

/// What a snapshot says besides its policies.
#[derive(Clone, Debug)]
pub struct SnapshotHead {
    /// The tenant.
    pub tenant: Guid,
    /// When the reading began, RFC 3339: no policy is older.
    pub taken_at: String,
    /// Who took it.
    pub taken_by: String,
    /// The classes that were to be read completely.
    pub whole: Vec<Class>,
    /// The only subjects that were to be read, if not all were.
    pub only: Option<Vec<Subject>>,
    /// Names of the people and groups that approve.
    pub people: BTreeMap<Guid, String>,
}

impl Gathered {
    /// Takes in what the survey reports.
    pub fn take_in(&mut self, kind: HolderKind, news: News) {
        match news {
            News::Found(ids) => {
                self.miss(kind, ids.iter().cloned());
                self.found.extend(ids.into_iter().map(|id| (id, kind)));
            }
            News::Named(holders) => {
                let named = holders.iter().filter(|holder| !holder.name().trim().is_empty());
                self.now.names.extend(named.map(|holder| (id_of(holder).clone(), holder.name().to_owned())));
            }
            News::NotNamed(error) => self.troubles.push(error),
            News::ListFailed(error) => {
                self.broken = true;
                self.troubles.push(error);
            }
            News::Listed(_) => {
                self.now.listed.extend(Class::ALL.into_iter().filter(|class| HolderKind::of(*class) == kind));
            }
            News::Slowed(_) => self.slowed = true,
            News::Policies(id, read) => {
                self.found.insert(id.clone(), kind);
                self.take_one(kind, id, read);
            }
        }
    }

    /// Takes in policies that were read again. Returns whose, if the news is about policies.
    pub fn take_policies(&mut self, kind: HolderKind, news: &News) -> Option<Guid> {
        let News::Policies(id, read) = news else { return None };
        self.take_one(kind, id.clone(), read.clone());
        Some(id.clone())
    }

    fn take_one(&mut self, kind: HolderKind, id: Guid, read: Result<Vec<Policy>, Error>) {
        match read {
            Ok(policies) => self.now.read(id, policies),
            // A subject that does not exist has no policy.
            Err(error) if error.status() == Some(404) => self.now.read(id, Vec::new()),
            Err(error) => {
                self.now.miss(kind, id.clone());
                self.failed.insert(id, error);
            }
        }
    }

    /// These were to be read again, and were not.
    pub fn miss(&mut self, kind: HolderKind, ids: impl IntoIterator<Item = Guid>) {
        for id in ids {
            self.now.miss(kind, id);
        }
    }

    /// How many groups and roles were found.
    pub fn found(&self) -> usize {
        self.found.len()
    }

    /// How many of them were read, with or without success.
    pub fn read(&self) -> usize {
        self.now.policies.len() + self.failed.len()
    }

    /// The people and groups that the policies name.
    pub fn approvers(&self) -> Vec<Guid> {
        let mut ids = Vec::new();
        for policy in self.now.policies.values().flatten() {
            if let Some(Value::Approvers(list)) = policy.read(Setting::Approvers).value {
                let known = list.into_iter().filter(|approver| approver.kind != ApproverKind::Other);
                ids.extend(known.filter_map(|approver| approver.id.parse::<Guid>().ok()));
            }
        }
        crate::order::sort_by(&mut ids, Ord::cmp);
        ids.dedup();
        ids
    }

    /// The snapshot of everything that was read, with all names.
    pub fn snapshot(&self, about: SnapshotHead) -> Snapshot {
        let meant = |subject: &Subject| about.only.as_ref().is_none_or(|only| only.contains(subject));
        let (mut policies, mut not_read) = (Vec::new(), Vec::new());
        for (id, kind) in &self.found {
            for subject in kind.subject(id.clone()).of_page().into_iter().filter(meant) {
                match self.one(&subject) {
                    Ok(policy) => {
                        let name = self.now.names.get(id).cloned().unwrap_or_default();
                        policies.push(SnapshotPolicy { policy: Policy { id: String::new(), ..policy.clone() }, name });
                    }
                    Err(why) => not_read.push((subject, why)),
                }
            }
        }
        for subject in about.only.iter().flatten().filter(|subject| !self.found.contains_key(subject.id())) {
            let listed = matches!(subject, Subject::Role { .. }) && self.now.listed.contains(&Class::Roles);
            not_read.push((subject.clone(), if listed { Why::NoPolicy } else { Why::Stopped }));
        }
        crate::order::sort_by(&mut policies, |left, right| left.policy.subject.cmp(&right.policy.subject));
        let listed = |class: &Class| self.now.listed.contains(class);
        let all_listed = about.whole.iter().all(listed);
        let missed = not_read.iter().any(|(_, why)| matches!(why, Why::Failed | Why::Stopped | Why::Several));
        Snapshot {
            tenant: about.tenant,
            taken_at: about.taken_at,
            taken_by: Some(about.taken_by),
            whole: about.whole.into_iter().filter(listed).collect(),
            complete: all_listed && !missed && !self.broken,
            not_read,
            people: about.people,
            policies,
        }
    }

    fn one(&self, subject: &Subject) -> Result<&Policy, Why> {
        let Some(policies) = self.now.policies.get(subject.id()) else {
            return Err(if self.failed.contains_key(subject.id()) { Why::Failed } else { Why::Stopped });
        };
        let mut own = policies.iter().filter(|policy| policy.subject == *subject);
        match (own.next(), own.next()) {
            (Some(policy), None) => Ok(policy),
            (None, _) => Err(Why::NoPolicy),
            (Some(_), Some(_)) => Err(Why::Several),
        }
    }
}

const fn id_of(holder: &Holder) -> &Guid {
    match holder {
        Holder::Group(group) => &group.id,
        Holder::Role(role) => &role.template_id,
    }
}

/// The surveys to run: whole lists, and subjects that may not be on them.
pub fn scopes_of(whole: &[Class], subjects: &[Subject]) -> Vec<Scope> {
    let (mut groups, mut roles): (Vec<Guid>, Vec<Guid>) = (Vec::new(), Vec::new());
    for subject in subjects {
        match subject {
            Subject::Group { group, .. } => groups.push(group.clone()),
            Subject::Role { template } => roles.push(template.clone()),
        }
    }
    groups.dedup();
    let mut scopes = Vec::new();
    if whole.contains(&Class::Members) {
        scopes.push(Scope::GroupsInPim);
    }
    if !groups.is_empty() {
        scopes.push(Scope::Groups(groups));
    }
    if whole.contains(&Class::Roles) {
        // A role that is not on the list no longer exists.
        scopes.push(Scope::Roles);
    } else if !roles.is_empty() {
        scopes.push(Scope::SomeRoles(roles));
    }
    scopes
}

/// The survey without the groups that the list already brought.
pub fn not_read_yet(scope: Scope, gathered: &Gathered) -> Option<Scope> {
    match scope {
        Scope::Groups(mut ids) => {
            ids.retain(|id| !gathered.now.policies.contains_key(id) && !gathered.failed.contains_key(id));
            (!ids.is_empty()).then_some(Scope::Groups(ids))
        }
        other => Some(other),
    }
}
