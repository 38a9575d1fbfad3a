//! The people: five who can sign in, then the rest of the company.

use super::Seed;
use super::names::{FAMILY, GIVEN, JOBS, UNITS};
use crate::directory::{Person, Role};
use crate::ids::{Random, guid};

/// Short name, display name, job, department, roles.
const NAMED: [(&str, &str, &str, &str, &[Role]); 5] = [
    (
        "ana",
        "Ana Brandão",
        "Identity Platform Lead",
        "Identity",
        &[Role::PrivilegedRoleAdministrator, Role::GroupsAdministrator, Role::SecurityReader],
    ),
    ("dana", "Dana Ruiz", "Head of Infrastructure", "Infrastructure", &[Role::DirectoryReaders]),
    ("olga", "Olga Petrenko", "Operations Manager", "Operations", &[]),
    ("rhea", "Rhea Thomas", "Internal Auditor", "Audit", &[Role::GlobalReader]),
    ("otto", "Otto Lang", "Communications", "Communications", &[]),
];

/// All people; every 13th after the named ones is a guest, every 17th is disabled.
pub(super) fn people(seed: &Seed, random: &mut Random) -> Vec<Person> {
    let named = NAMED.iter().map(|(short, name, job, department, roles)| Person {
        id: guid("person", short),
        sign_in: (*short).into(),
        name: (*name).into(),
        upn: format!("{short}@contoso.com"),
        mail: format!("{short}@contoso.com"),
        job: (*job).into(),
        department: (*department).into(),
        guest: false,
        enabled: true,
        roles: roles.to_vec(),
    });
    let mut all: Vec<Person> = named.collect();
    for at in all.len()..seed.people.max(NAMED.len()) {
        all.push(somebody(at, random));
    }
    all
}

fn somebody(at: usize, random: &mut Random) -> Person {
    let given = GIVEN[random.below(GIVEN.len())];
    let family = FAMILY[random.below(FAMILY.len())];
    let guest = at.is_multiple_of(13);
    let login = format!("{}.{}{at}", ascii(given), ascii(family));
    let (upn, mail) = if guest {
        (format!("{login}_fabrikam.com#EXT#@contoso.onmicrosoft.com"), format!("{login}@fabrikam.com"))
    } else {
        (format!("{login}@contoso.com"), format!("{login}@contoso.com"))
    };
    Person {
        id: guid("person", &at.to_string()),
        sign_in: String::new(),
        name: if guest { format!("{given} {family} (Fabrikam)") } else { format!("{given} {family}") },
        upn,
        mail,
        job: JOBS[random.below(JOBS.len())].into(),
        department: UNITS[at % UNITS.len()].into(),
        guest,
        enabled: !at.is_multiple_of(17),
        roles: Vec::new(),
    }
}

/// The ASCII letters of a name in lower case, for email addresses.
fn ascii(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}
