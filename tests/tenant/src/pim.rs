//! What PIM keeps: onboarded groups, policies, requests and their decisions.

mod policy;
mod request;
pub(crate) mod rules;

use std::collections::BTreeMap;

use crate::directory::Access;
use crate::ids::guid;

pub(crate) use policy::Policy;
pub(crate) use request::{AccessRequest, Approver, Decision, Target};

/// The state of PIM.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pim {
    /// Onboarded groups and how often their policy ids have changed since.
    generations: BTreeMap<String, u32>,
    /// Policies that differ from the default.
    policies: BTreeMap<(String, Access), Policy>,
    /// All requests, oldest first.
    pub(crate) requests: Vec<AccessRequest>,
}

impl Pim {
    /// Ids of the groups in PIM.
    pub(crate) fn onboarded(&self) -> impl Iterator<Item = &str> {
        self.generations.keys().map(String::as_str)
    }

    pub(crate) fn is_onboarded(&self, group: &str) -> bool {
        self.generations.contains_key(group)
    }

    /// Brings a group into PIM; its policy ids change (quirk 1). Says whether it was new.
    pub(crate) fn onboard(&mut self, group: &str) -> bool {
        let new = !self.is_onboarded(group);
        if new {
            self.generations.insert(group.into(), 1);
        }
        new
    }

    /// Changes the policy ids of a group.
    pub(crate) fn rotate(&mut self, group: &str) {
        *self.generations.entry(group.into()).or_default() += 1;
    }

    /// The id of a policy now.
    pub(crate) fn policy_id(&self, group: &str, access: Access) -> String {
        let generation = self.generations.get(group).copied().unwrap_or_default();
        format!("Group_{group}_{}", guid("policy", &format!("{group}/{}/{generation}", access.as_str())))
    }

    /// The group and access an id stands for; `None` when the id is unknown or no longer valid.
    pub(crate) fn resolve(&self, policy_id: &str) -> Option<(String, Access)> {
        let group = policy_id.strip_prefix("Group_")?.get(..36)?;
        Access::ALL
            .into_iter()
            .find(|access| self.policy_id(group, *access) == policy_id)
            .map(|access| (group.to_owned(), access))
    }

    /// The policy as it is now; the default when nobody has changed it.
    pub(crate) fn policy(&self, group: &str, access: Access) -> Policy {
        self.policies.get(&(group.to_owned(), access)).cloned().unwrap_or_else(|| Policy::standard(access))
    }

    pub(crate) fn store(&mut self, group: &str, access: Access, policy: Policy) {
        self.policies.insert((group.to_owned(), access), policy);
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
        let mut pim = Pim::default();
        let group = "60bba733-f09d-49b7-8445-32369aa066b3";
        let before = Access::ALL.map(|access| pim.policy_id(group, access));
        assert_ne!(before[0], before[1]);
        assert!(pim.onboard(group));
        assert!(!pim.onboard(group));
        for (access, old) in Access::ALL.into_iter().zip(before) {
            let new = pim.policy_id(group, access);
            assert_ne!(new, old);
            assert_eq!(pim.resolve(&old), None);
            assert_eq!(pim.resolve(&new), Some((group.to_owned(), access)));
        }
        assert_eq!(pim.resolve("Group_ä"), None);
    }
}
