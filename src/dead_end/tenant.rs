//! What was read of the tenant beside the policies, and what could not be.

use std::collections::BTreeMap;

use super::need::{Check, Need, approvers};
use crate::guid::Guid;
pub use crate::policy::preflight::Why;
use crate::policy::preflight::{AccessPolicy, Contexts, Facts, Holding, Member, Who};
use crate::policy::{Sheet, Subject};

/// An Entra role that a group holds or can activate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role's template id.
    pub template: Guid,
    /// Its name; the id where there is none.
    pub name: String,
}

/// What is known.
#[derive(Clone, Debug, Default)]
pub struct TenantFacts {
    approvers: BTreeMap<Guid, Member>,
    members: BTreeMap<Guid, Vec<Who>>,
    owners: BTreeMap<Guid, Vec<Who>>,
    eligible: BTreeMap<Subject, Vec<Holding>>,
    held: BTreeMap<Guid, Vec<Grant>>,
    activatable: BTreeMap<Guid, Vec<Grant>>,
    contexts: Contexts,
    unread: BTreeMap<Need, Why>,
}

/// What one reading gave.
#[derive(Clone, Debug)]
pub enum TenantFact {
    /// Approvers; those that were asked for and are not among them do not exist.
    Approvers(Vec<Guid>, Vec<(Guid, Member)>),
    /// People in a group of approvers.
    Members(Guid, Vec<Who>),
    /// The owners of a group.
    Owners(Guid, Vec<Who>),
    /// Who is eligible, by policy; a policy that is not among them has nobody.
    Eligible(Subject, Vec<(Subject, Holding)>),
    /// Roles a group holds.
    Held(Guid, Vec<Grant>),
    /// Roles a group can activate.
    Activatable(Guid, Vec<Grant>),
    /// Authentication contexts, with whether each is published.
    Contexts(Vec<(String, bool)>),
    /// Conditional Access policies.
    AccessPolicies(Vec<AccessPolicy>),
}

impl TenantFacts {
    /// Takes in what was read. Pages of one list add up.
    pub fn learn(&mut self, known: TenantFact) {
        match known {
            TenantFact::Approvers(asked, found) => {
                self.approvers.extend(asked.into_iter().map(|id| (id, Member::Gone)));
                self.approvers.extend(found);
            }
            TenantFact::Members(group, people) => self.members.entry(group).or_default().extend(people),
            TenantFact::Owners(group, people) => self.owners.entry(group).or_default().extend(people),
            TenantFact::Eligible(page, found) => {
                for subject in page.of_page() {
                    self.eligible.entry(subject).or_default();
                }
                for (subject, holding) in found {
                    self.eligible.entry(subject).or_default().push(holding);
                }
            }
            TenantFact::Held(group, roles) => self.held.entry(group).or_default().extend(roles),
            TenantFact::Activatable(group, roles) => self.activatable.entry(group).or_default().extend(roles),
            TenantFact::Contexts(list) => self.contexts.known.get_or_insert_default().extend(list),
            TenantFact::AccessPolicies(list) => self.contexts.policies.get_or_insert_default().extend(list),
        }
    }

    /// Something could not be read: what was read of it before counts for nothing, because a list that breaks off says
    /// nothing about who is missing from it.
    pub fn lacks(&mut self, need: Need, why: Why) {
        match &need {
            Need::Approvers(ids) => {
                for id in ids {
                    self.unread.insert(Need::Approvers(vec![id.clone()]), why);
                }
                return;
            }
            Need::Members(group) => drop(self.members.remove(group)),
            Need::Owners(group) => drop(self.owners.remove(group)),
            Need::Eligible(page) => {
                for subject in page.of_page() {
                    self.eligible.remove(&subject);
                }
            }
            Need::Held(group) => drop(self.held.remove(group)),
            Need::Activatable(group) => drop(self.activatable.remove(group)),
            Need::Contexts => self.contexts.known = None,
            Need::AccessPolicies => self.contexts.policies = None,
        }
        self.unread.insert(need, why);
    }

    /// What could not be read may be asked for again.
    pub fn retry(&mut self) {
        self.unread.clear();
    }

    /// Whether it could not be read.
    pub fn is_unread(&self, need: &Need) -> bool {
        self.unread.contains_key(need)
    }

    /// Why a check lacks something: the reason that a person can do most about.
    pub fn why(&self, check: Check) -> Why {
        let of_check = self.unread.iter().filter(|(need, _)| need.check() == check);
        of_check.map(|(_, why)| *why).min().unwrap_or(Why::NotAsked)
    }

    /// Whether an approver was looked up.
    pub(super) fn has_approver(&self, id: &Guid) -> bool {
        self.approvers.contains_key(id)
    }

    /// Whether the members of a group of approvers are known.
    pub(super) fn has_members(&self, group: &Guid) -> bool {
        self.members.contains_key(group)
    }

    /// Roles a group holds.
    pub(super) fn held(&self, group: &Guid) -> Option<&[Grant]> {
        self.held.get(group).map(Vec::as_slice)
    }

    /// Roles a group can activate.
    pub(super) fn activatable(&self, group: &Guid) -> Option<&[Grant]> {
        self.activatable.get(group).map(Vec::as_slice)
    }

    /// The facts for one policy, in the form that the checks of a change take.
    pub fn facts(&self, subject: &Subject, sheet: &Sheet) -> Facts {
        let mut found = Some(BTreeMap::new());
        for (id, _) in approvers(sheet) {
            let member = match self.approvers.get(&id) {
                Some(Member::Group(who, _)) => Member::Group(who.clone(), self.members.get(&id).cloned()),
                Some(other) => other.clone(),
                None => {
                    found = None;
                    break;
                }
            };
            if let Some(found) = &mut found {
                found.insert(id.as_str().to_owned(), member);
            }
        }
        Facts {
            approvers: found,
            eligible: self.eligible.get(subject).cloned(),
            owners: self.owners.get(subject.id()).cloned(),
            contexts: self.contexts.clone(),
            ..Facts::default()
        }
    }
}
