//! What must be read of the tenant before policies can be checked.

use std::collections::BTreeSet;

use super::grounds::grants;
use super::need::{Need, approvers};
use super::tenant::TenantFacts;
use crate::guid::Guid;
use crate::matrix::Row;
use crate::policy::preflight::{Missing, standing};

/// What to read next: what a check lacks, is not known, and did not fail before; each thing once, however many policies
/// need it. What is read may show that more is needed: call it again until nothing is. One [`Need::Approvers`] has at
/// most `most` IDs.
pub fn needs(rows: &[Row], tenant: &TenantFacts, most: usize) -> Vec<Need> {
    let mut people: BTreeSet<Guid> = BTreeSet::new();
    let mut wanted: BTreeSet<Need> = BTreeSet::new();
    for row in rows {
        let Some(sheet) = row.sheet() else { continue };
        for missing in standing(&row.subject, sheet, &tenant.facts(&row.subject, sheet)).missing {
            match missing {
                Missing::Approvers | Missing::ApproverMembers => {
                    for (id, group) in approvers(sheet) {
                        if group && !tenant.has_members(&id) {
                            wanted.insert(Need::Members(id.clone()));
                        }
                        if !tenant.has_approver(&id) {
                            people.insert(id);
                        }
                    }
                }
                Missing::Eligible => {
                    wanted.extend(row.subject.of_page().into_iter().next().map(Need::Eligible));
                }
                Missing::Owners => drop(wanted.insert(Need::Owners(row.id().clone()))),
                Missing::Contexts => drop(wanted.insert(Need::Contexts)),
                Missing::AccessPolicies => drop(wanted.insert(Need::AccessPolicies)),
                // Nothing that can be read would answer these.
                Missing::Accounts | Missing::EligibleMembers | Missing::Active | Missing::Right | Missing::Settings => {
                }
            }
        }
        wanted.extend(grants(row, sheet, tenant).err());
    }
    people.retain(|id| !tenant.is_unread(&Need::Approvers(vec![id.clone()])));
    let people: Vec<Guid> = people.into_iter().collect();
    let people = people.chunks(most).map(|ids| Need::Approvers(ids.to_vec()));
    people.chain(wanted.into_iter().filter(|need| !tenant.is_unread(need))).collect()
}
