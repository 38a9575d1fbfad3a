//! Who has what: members and owners of the groups in PIM, and who has or may activate directory roles.

use super::Seed;
use crate::directory::{Access, Directory, Group};
use crate::ids::guid;
use crate::pim::{Assignment, Pim, Standing, Target};
use crate::time::DAY_MS;

/// Roles of groups: group, role, administrative unit, whether only eligible.
const OF_GROUPS: [(&str, &str, Option<&str>, bool); 9] = [
    ("Tier-0 Operators", "Hybrid Identity Administrator", None, false),
    ("Tier-0 Operators", "Privileged Authentication Administrator", None, false),
    ("Tier-0 Operators", "Global Administrator", None, true),
    ("Tier-1 Server Administrators", "Cloud Device Administrator", None, false),
    ("Global Infrastructure On-call", "Intune Administrator", None, false),
    ("Global Infrastructure On-call", "User Administrator", Some("Lisbon office"), false),
    ("Exchange Recipient Administrators", "Exchange Recipient Administrator", None, false),
    ("Helpdesk Password Resetters", "Helpdesk Administrator", None, false),
    ("Helpdesk Password Resetters", "Password Administrator", None, true),
];

/// Eligible people: role, which of the ordinary people, days until it ends (0: never).
const ELIGIBLE: [(&str, usize, i64); 14] = [
    ("Global Administrator", 1, 40),
    ("Global Administrator", 7, 0),
    ("Reports Reader", 2, 0),
    ("Contoso Application Support", 3, 300),
    ("User Administrator", 4, 90),
    ("Exchange Administrator", 5, 200),
    ("Exchange Administrator", 10, 0),
    ("Security Administrator", 6, 7),
    ("Groups Administrator", 8, 365),
    ("Groups Administrator", 11, 20),
    ("Application Administrator", 12, 0),
    ("Intune Administrator", 13, 500),
    ("Helpdesk Administrator", 14, 30),
    ("Security Reader", 15, 0),
];

/// People who have a role temporarily or permanently: role, which of the ordinary people, days until it ends (0:
/// never).
const HELD: [(&str, usize, i64); 4] = [
    ("Global Administrator", 20, 0),
    ("Exchange Administrator", 21, 400),
    ("Global Reader", 22, 0),
    ("Helpdesk Administrator", 23, 12),
];

/// All assignments.
pub(super) fn assignments(seed: &Seed, directory: &Directory, pim: &Pim) -> Vec<Assignment> {
    let onboarded = directory.groups.iter().filter(|group| pim.is_onboarded(&group.id));
    let mut all: Vec<Assignment> = onboarded.flat_map(|group| of_group(group, seed)).collect();
    for (group, role, unit, eligible) in OF_GROUPS {
        if let Some(group) = directory.groups.iter().find(|own| own.name == group) {
            let standing = if eligible { Standing::Eligible } else { Standing::Assigned };
            all.push(assignment(role_target(directory, role, unit), &group.id, standing, seed, 0));
        }
    }
    for person in &directory.people {
        for role in &person.roles {
            all.push(assignment(role_target(directory, role.name(), None), &person.id, Standing::Assigned, seed, 0));
        }
    }
    let ordinary: Vec<&str> = directory
        .people
        .iter()
        .filter(|p| p.sign_in.is_empty() && p.enabled && !p.guest)
        .map(|p| p.id.as_str())
        .collect();
    for (list, standing) in [(&ELIGIBLE[..], Standing::Eligible), (&HELD[..], Standing::Assigned)] {
        for (role, who, days) in list {
            if let Some(person) = ordinary.get(*who) {
                all.push(assignment(role_target(directory, role, None), person, standing, seed, *days));
            }
        }
    }
    if let Some(dana) = directory.find("dana") {
        for role in ["Privileged Authentication Administrator", "Hybrid Identity Administrator"] {
            all.push(assignment(role_target(directory, role, None), &dana.id, Standing::Eligible, seed, 120));
        }
    }
    all
}

fn role_target(directory: &Directory, role: &str, unit: Option<&str>) -> Target {
    let role = directory.roles.iter().find(|own| own.name == role);
    let unit = directory.units.iter().find(|own| Some(own.name.as_str()) == unit);
    Target::Role { role: role.map(|role| role.id.clone()).unwrap_or_default(), unit: unit.map(|unit| unit.id.clone()) }
}

/// The members and owners of a group in PIM: some permanent, some temporary.
fn of_group(group: &Group, seed: &Seed) -> Vec<Assignment> {
    let lists = [
        (&group.owners, Access::Owner, Standing::Assigned),
        (&group.members, Access::Member, Standing::Assigned),
        (&group.eligible_owners, Access::Owner, Standing::Eligible),
        (&group.eligible_members, Access::Member, Standing::Eligible),
    ];
    let mut all = Vec::new();
    for (people, access, standing) in lists {
        for (at, person) in people.iter().enumerate() {
            let days = match (standing, at % 3) {
                (Standing::Eligible, 1) => 150,
                (Standing::Eligible, 2) => 340,
                (Standing::Assigned, 1) => 25,
                _ => 0,
            };
            let target = Target::Group { group: group.id.clone(), access };
            all.push(assignment(target, person, standing, seed, days));
        }
    }
    all
}

fn assignment(target: Target, principal: &str, standing: Standing, seed: &Seed, days: i64) -> Assignment {
    Assignment {
        id: guid("assignment", &format!("{target:?}/{principal}/{standing:?}")),
        target,
        principal: principal.into(),
        standing,
        from_ms: seed.now_ms - 60 * DAY_MS,
        until_ms: (days > 0).then(|| seed.now_ms + days * DAY_MS),
    }
}
