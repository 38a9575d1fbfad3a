//! The data of PIM: onboarded groups, policies, requests and their decisions.

mod assignment;
mod policy;
mod request;
pub(crate) mod rules;
mod subject;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::directory::{Access, Directory};
use crate::ids::guid;

pub(crate) use assignment::{Assignment, Standing};
pub(crate) use policy::Policy;
pub(crate) use subject::{ScopeType, Subject};

pub(crate) use request::{AccessRequest, Approver, Decision, Target};

/// The state of PIM.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pim {
    /// Onboarded groups and how often their policy IDs have changed since.
    generations: BTreeMap<String, u32>,
    /// Policies that differ from the default.
    policies: BTreeMap<Subject, Arc<Policy>>,
    /// How often the policy IDs of roles have changed.
    role_generation: u32,
    /// Assignments made by administrators.
    assigned: Arc<Vec<Assignment>>,
    /// All requests, oldest first.
    pub(crate) requests: Vec<AccessRequest>,
}

impl Pim {
    /// IDs of the groups in PIM.
    pub(crate) fn onboarded(&self) -> impl Iterator<Item = &str> {
        self.generations.keys().map(String::as_str)
    }

    pub(crate) fn is_onboarded(&self, group: &str) -> bool {
        self.generations.contains_key(group)
    }

    /// Brings a group into PIM; its policy IDs change (graph.md G1). Returns whether it was new.
    pub(crate) fn onboard(&mut self, group: &str) -> bool {
        let new = !self.is_onboarded(group);
        if new {
            self.generations.insert(group.into(), 1);
        }
        new
    }

    /// Changes the policy IDs of all groups in PIM and of all roles.
    pub(crate) fn rotate(&mut self) {
        self.generations.values_mut().for_each(|generation| *generation += 1);
        self.role_generation += 1;
    }

    /// The current ID of a policy.
    pub(crate) fn policy_id(&self, subject: &Subject, kind: ScopeType) -> String {
        let generation = match subject {
            Subject::Group { group, .. } => self.generations.get(group).copied().unwrap_or_default(),
            Subject::Role(_) => self.role_generation,
        };
        let (scope, role) = (subject.scope_in_id(), subject.role_definition());
        format!("{}_{scope}_{}", kind.as_str(), guid("policy", &format!("{scope}/{role}/{generation}")))
    }

    /// The subject of a policy ID, and its scope type; `None` if the ID is unknown or no longer valid.
    pub(crate) fn resolve(&self, policy_id: &str, directory: &Directory) -> Option<(Subject, ScopeType)> {
        let (kind, rest) = policy_id.split_once('_')?;
        let kind = ScopeType::parse(kind)?;
        let is = |subject: &Subject| self.policy_id(subject, kind) == policy_id;
        let found = match kind {
            ScopeType::Group => {
                let group = rest.get(..36)?;
                Access::ALL.into_iter().map(|access| Subject::group(group, access)).find(is)
            }
            _ => directory.roles.iter().map(|role| Subject::Role(role.id.clone())).find(is),
        };
        found.map(|subject| (subject, kind))
    }

    /// The policy as it is now; the default if nobody has changed it.
    pub(crate) fn policy(&self, subject: &Subject) -> Policy {
        self.policies.get(subject).map_or_else(|| Policy::standard(subject), |policy| Policy::clone(policy))
    }

    /// Stores a policy. This brings a group into PIM, which changes its policy IDs (graph.md G1, G2).
    pub(crate) fn store(&mut self, subject: Subject, policy: Policy) {
        if let Subject::Group { group, .. } = &subject {
            self.onboard(group);
        }
        self.policies.insert(subject, Arc::new(policy));
    }

    /// Sets the assignments made by administrators.
    pub(crate) fn assign(&mut self, all: Vec<Assignment>) {
        self.assigned = Arc::new(all);
    }

    /// What is in force at this time: assignments, and activations by request.
    pub(crate) fn assignments(&self, now: i64) -> impl Iterator<Item = Assignment> {
        let assigned = self.assigned.iter().filter(move |one| one.is_current(now)).cloned();
        assigned.chain(self.requests.iter().filter_map(move |request| Assignment::activated(request, now)))
    }

    pub(crate) fn request(&self, id: &str) -> Option<&AccessRequest> {
        self.requests.iter().find(|request| request.id.eq_ignore_ascii_case(id))
    }

    pub(crate) fn request_mut(&mut self, id: &str) -> Option<&mut AccessRequest> {
        self.requests.iter_mut().find(|request| request.id.eq_ignore_ascii_case(id))
    }

    /// Whether an approved activation gives this person this access at this time.
    pub(crate) fn has_activated(&self, group: &str, access: Access, person: &str, now: i64) -> bool {
        self.requests.iter().any(|r| r.is_for(group, access) && r.principal == person && r.is_active(now))
    }

    /// Whether an approved activation gives this person this role in the whole directory at this time.
    pub(crate) fn has_activated_role(&self, role: &str, person: &str, now: i64) -> bool {
        self.requests.iter().any(|r| {
            matches!(&r.target, Target::Role { role: own, unit: None } if own == role)
                && r.principal == person
                && r.is_active(now)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn onboarding_changes_both_ids_once() {
        let (mut pim, directory) = (Pim::default(), Directory::default());
        let group = "60bba733-f09d-49b7-8445-32369aa066b3";
        let subjects = Access::ALL.map(|access| Subject::group(group, access));
        let before = subjects.clone().map(|subject| pim.policy_id(&subject, ScopeType::Group));
        assert_ne!(before[0], before[1]);
        assert!(pim.onboard(group));
        assert!(!pim.onboard(group));
        for (subject, old) in subjects.into_iter().zip(before) {
            let new = pim.policy_id(&subject, ScopeType::Group);
            assert_ne!(new, old);
            assert_eq!(pim.resolve(&old, &directory), None);
            assert_eq!(pim.resolve(&new, &directory), Some((subject, ScopeType::Group)));
        }
        assert_eq!(pim.resolve("Group_ä", &directory), None);
    }
}
