//! The company a tenant starts with. The same seed creates the same company, including IDs.

mod assignments;
mod bad_requests;
mod groups;
mod names;
mod people;
mod policies;
mod requests;
mod role_policies;
mod role_requests;
mod roles;

use serde::{Deserialize, Serialize};

use crate::directory::{AccessRule, Context, Directory};
use crate::ids::Random;
use crate::pim::Pim;

/// How a tenant starts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Seed {
    /// Groups in the directory; at least the 40 named ones.
    pub groups: usize,
    /// Groups in PIM: at least the 12 named ones, then generated ones, as many as there are.
    pub groups_in_pim: usize,
    /// People in the directory; at least the five who can sign in.
    pub people: usize,
    /// Requests that wait for approval: first the nine named ones for groups, then the eight named ones for directory
    /// roles, then generated ones, every third of them for a role.
    pub requests: usize,
    /// Adds malformed requests: without a principal, for a deleted group, with an unknown status.
    pub bad_requests: bool,
    /// When the tenant was seeded, milliseconds since 1970; the age of requests is relative to it.
    pub now_ms: i64,
    /// The seed of the random generator.
    pub seed: u64,
    /// Delay of every answer, in milliseconds.
    pub latency_ms: u64,
    /// Redirect URIs registered besides those on `localhost` and `127.0.0.1`, where every port and path is accepted.
    pub redirect_uris: Vec<String>,
    /// The scopes an administrator has consented to for everyone.
    pub consented: Vec<String>,
    /// Whether a token has every scope that was ever consented to, not only the requested ones.
    pub grants_all: bool,
    /// The header names in `Access-Control-Expose-Headers` of Graph.
    pub exposed_headers: Vec<String>,
    /// Whether a write leaves the date of a policy's last change unchanged.
    pub keeps_dates: bool,
}

impl Default for Seed {
    fn default() -> Self {
        Self {
            groups: 40,
            groups_in_pim: 12,
            people: 200,
            requests: 17,
            bad_requests: false,
            now_ms: 1_795_341_600_000,
            seed: 1,
            latency_ms: 0,
            redirect_uris: vec!["https://pim.example.test/".into(), "https://pim.example.test/pim/".into()],
            consented: ALL_SCOPES.map(str::to_owned).to_vec(),
            grants_all: false,
            exposed_headers: EXPOSED.map(str::to_owned).to_vec(),
            keeps_dates: false,
        }
    }
}

/// The delegated permissions the registered application lists.
pub(crate) const ALL_SCOPES: [&str; 21] = [
    "User.Read",
    "User.ReadBasic.All",
    "GroupMember.Read.All",
    "PrivilegedAccess.Read.AzureADGroup",
    "RoleManagementPolicy.Read.AzureADGroup",
    "RoleManagementPolicy.ReadWrite.AzureADGroup",
    "PrivilegedAssignmentSchedule.Read.AzureADGroup",
    "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
    "AuthenticationContext.Read.All",
    "PrivilegedEligibilitySchedule.Read.AzureADGroup",
    "RoleManagement.Read.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.ReadWrite.Directory",
    "RoleManagementPolicy.Read.Directory",
    "RoleManagementPolicy.ReadWrite.Directory",
    "RoleAssignmentSchedule.Read.Directory",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleEligibilitySchedule.Read.Directory",
    "User.Read.All",
    "Policy.Read.All",
    "Policy.Read.ConditionalAccess",
];

/// The headers Graph exposes to scripts (graph.md G37).
const EXPOSED: [&str; 11] = [
    "ETag",
    "Location",
    "Preference-Applied",
    "Content-Range",
    "request-id",
    "client-request-id",
    "ReadWriteConsistencyToken",
    "SdkVersion",
    "WWW-Authenticate",
    "x-ms-client-gcc-tenant",
    "Retry-After",
];

/// People, groups, roles and authentication contexts.
pub(crate) fn directory(seed: &Seed) -> Directory {
    let mut random = Random::new(seed.seed ^ 0x5eed);
    let people = people::people(seed, &mut random);
    let groups = groups::groups(seed, &people, &mut random);
    let mut directory = Directory::new(people, groups);
    directory.contexts = contexts();
    directory.access_rules = access_rules();
    directory.roles = roles::roles();
    directory.units = roles::units();
    directory
}

/// Onboarded groups, their policies and the requests.
pub(crate) fn pim(seed: &Seed, directory: &Directory) -> Pim {
    let mut pim = Pim::default();
    policies::onboard(&mut pim, seed, directory);
    role_policies::policies(&mut pim, seed, directory);
    pim.assign(assignments::assignments(seed, directory, &pim));
    requests::requests(&mut pim, seed, directory);
    role_requests::requests(&mut pim, seed, directory);
    if seed.bad_requests {
        bad_requests::requests(&mut pim, seed, directory);
    }
    pim.requests.sort_by_key(|request| request.created_ms);
    pim
}

fn contexts() -> Vec<Context> {
    let context = |id, name, description, available| Context { id, name, description, available };
    vec![
        context("c1", "Phishing-resistant sign-in", "Security key or certificate on this sign-in", true),
        context("c2", "Contoso trusted locations", "Access is only allowed from trusted locations", true),
        context("c3", "Privileged access workstation", "Only from a compliant administration device", true),
        context("c4", "Legacy step-up", "Not published any more", false),
    ]
}

/// One enabled for `c1`, one report-only for `c2`, one disabled for `c4`; none for `c3`.
fn access_rules() -> Vec<AccessRule> {
    let rule = |name, state, contexts, controls| AccessRule { name, state, contexts, controls };
    vec![
        rule("Everybody: MFA", "enabled", &[], &["mfa"]),
        rule("Step-up: phishing-resistant sign-in", "enabled", &["c1"], &["mfa"]),
        rule("Step-up: trusted locations", "enabledForReportingButNotEnforced", &["c2"], &["block"]),
        rule("Legacy step-up", "disabled", &["c4"], &["mfa"]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_company_is_as_promised() {
        let seed = Seed::default();
        let directory = directory(&seed);
        let pim = pim(&seed, &directory);
        assert_eq!((directory.people.len(), directory.groups.len()), (200, 40));
        assert!(directory.people.iter().any(|p| p.guest) && directory.people.iter().any(|p| !p.enabled));
        assert_eq!(pim.onboarded().count(), 12);
        assert!(directory.groups.iter().any(|g| g.membership_rule.is_some()));
        assert!(directory.groups.iter().any(|g| g.synced));
        assert!(directory.groups.iter().any(|g| g.owners.is_empty()));
        let tier0 = directory.groups.iter().find(|g| g.name == "Tier-0 Operators").unwrap();
        assert!(tier0.role_assignable && pim.is_onboarded(&tier0.id));
        assert!(tier0.owners.contains(&directory.find("olga").unwrap().id));
        let glass = directory.groups.iter().find(|g| g.name == "Break-glass custodians").unwrap();
        assert!(!pim.is_onboarded(&glass.id));
        let waits = |r: &&crate::pim::AccessRequest| r.status(seed.now_ms) == "PendingApproval";
        assert_eq!(pim.requests.iter().filter(waits).count(), 17);
        assert_eq!(pim.requests.iter().filter(waits).filter(|r| r.role().is_some()).count(), 8);
        for status in ["Provisioned", "Denied", "Failed"] {
            for is_role in [false, true] {
                let of =
                    |r: &&crate::pim::AccessRequest| r.status(seed.now_ms) == status && r.role().is_some() == is_role;
                assert!(pim.requests.iter().any(|r| of(&r)), "{status} {is_role}");
            }
        }
    }

    #[test]
    fn a_large_company_has_distinct_ids() {
        let seed = Seed { groups: 1000, requests: 500, ..Seed::default() };
        let directory = directory(&seed);
        let ids: std::collections::HashSet<_> = directory.groups.iter().map(|g| &g.id).collect();
        assert_eq!(ids.len(), 1000);
        let pim = pim(&seed, &directory);
        let waiting: Vec<_> = pim.requests.iter().filter(|r| r.status(seed.now_ms) == "PendingApproval").collect();
        assert_eq!(waiting.len(), 500);
        assert!((150..200).contains(&waiting.iter().filter(|r| r.role().is_some()).count()));
    }
}
