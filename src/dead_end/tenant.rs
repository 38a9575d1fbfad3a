//! What was read of the tenant besides the policies, and what could not be read.

use std::collections::BTreeMap;

use super::need::{Check, Need, approvers};
use crate::guid::Guid;
pub use crate::policy::preflight::Why;
use crate::policy::preflight::{AccessPolicy, Contexts, Facts, Holding, Member, Who};
use crate::policy::{Sheet, Subject};

/// An Entra role that a group has or can activate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role's template ID.
    pub template: Guid,
    /// Its name; its ID if there is no name.
    pub name: String,
}

/// Everything known about the tenant.
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

/// The result of one reading.
#[derive(Clone, Debug)]
pub enum TenantFact {
    /// Approvers; those asked for that are not among them do not exist.
    Approvers(Vec<Guid>, Vec<(Guid, Member)>),
    /// People in a group that approves.
    Members(Guid, Vec<Who>),
    /// The owners of a group.
    Owners(Guid, Vec<Who>),
    /// Who is eligible, by policy; a policy that is not listed has nobody.
    Eligible(Subject, Vec<(Subject, Holding)>),
    /// Roles a group has.
    Held(Guid, Vec<Grant>),
    /// Roles a group can activate.
    Activatable(Guid, Vec<Grant>),
    /// Authentication contexts, with whether each is published.
    Contexts(Vec<(String, bool)>),
    /// Conditional Access policies.
    AccessPolicies(Vec<AccessPolicy>),
}

impl TenantFacts {
    /// Adds what was read. The pages of one list add up.
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

    /// Something could not be read: what was read of it before is discarded, because an incomplete list does not show
    /// who is missing from it.
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

    /// Lets everything that could not be read be asked for again.
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

    /// Whether the members of a group that approves are known.
    pub(super) fn has_members(&self, group: &Guid) -> bool {
        self.members.contains_key(group)
    }

    /// The roles a group has, if known.
    pub(super) fn held(&self, group: &Guid) -> Option<&[Grant]> {
        self.held.get(group).map(Vec::as_slice)
    }

    /// The roles a group can activate, if known.
    pub(super) fn activatable(&self, group: &Guid) -> Option<&[Grant]> {
        self.activatable.get(group).map(Vec::as_slice)
    }

    /// The facts for one policy, in the form that the checks of a change expect.
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
