//! The groups: 40 named ones, then generated ones.

use super::Seed;
use super::names::{PURPOSES, UNITS};
use crate::directory::{Group, Person};
use crate::ids::{Random, guid};
use crate::time::DAY_MS;

/// The kind of a named group.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// In PIM and role-assignable.
    PimRole,
    /// In PIM.
    Pim,
    /// Role-assignable, not in PIM.
    Role,
    /// A security group.
    Plain,
    /// A Microsoft 365 group.
    Unified,
    /// Dynamic membership.
    Dynamic,
    /// Synchronized from on-premises.
    Synced,
    /// A security group without an owner.
    Ownerless,
}

/// Name, kind, description.
pub(super) const NAMED: [(&str, Kind, &str); 40] = [
    ("Tier-0 Operators", Kind::PimRole, "Run identity and key infrastructure"),
    ("Tier-0 Approvers", Kind::Role, "Decide activations of the Tier-0 groups"),
    ("Tier-1 Server Administrators", Kind::PimRole, "Administer member servers"),
    ("Global Infrastructure On-call", Kind::PimRole, "Weekly on-call rota, infrastructure"),
    ("Key Vault Administrators", Kind::PimRole, "Manage production key vaults"),
    ("Production Database Administrators", Kind::Pim, "Administer production databases"),
    ("Payment Platform Deployers", Kind::Pim, "Deploy to the payment platform"),
    ("Subscription Owners – Production", Kind::Pim, "Owners of the production subscriptions"),
    ("Network Operators", Kind::Pim, "Change firewalls and routing"),
    ("Exchange Recipient Administrators", Kind::PimRole, "Mailboxes, groups and contacts"),
    ("Helpdesk Password Resetters", Kind::PimRole, "Reset passwords of staff"),
    ("Data Warehouse Readers – Personal Data", Kind::Pim, "Read personal data for a reason"),
    ("Incident Responders", Kind::Pim, "Security incident response"),
    ("Break-glass custodians", Kind::Role, "Hold the emergency accounts"),
    ("Security Operations Center", Kind::Plain, "SOC analysts"),
    ("Compliance Reviewers", Kind::Plain, "Quarterly access reviews"),
    ("All Employees", Kind::Dynamic, "Everybody with an active contract"),
    ("CORP-Domain-Admins-Sync", Kind::Synced, "From CORP, do not edit in the cloud"),
    ("Orphaned Project Aurora", Kind::Ownerless, "Project closed in 2024"),
    ("Finance Controllers", Kind::Plain, "Close the books"),
    ("Payroll Processors", Kind::Plain, "Run payroll"),
    ("HR Case Managers", Kind::Plain, "Personnel files"),
    ("Legal Hold Managers", Kind::Plain, "Place and lift legal holds"),
    ("Contractors – Field Service", Kind::Plain, "External technicians"),
    ("Fabrikam Joint Venture", Kind::Unified, "Shared workspace with Fabrikam"),
    ("Works Council", Kind::Unified, "Works council"),
    ("Project Borealis", Kind::Unified, "Migration to the new ERP"),
    ("DevOps Release Managers", Kind::Plain, "Approve releases"),
    ("Build Agents Maintainers", Kind::Plain, "Maintain build agents"),
    ("Source Code Escrow", Kind::Plain, "Access to escrowed sources"),
    ("Backup Operators", Kind::Plain, "Run and test restores"),
    ("Print Services", Kind::Plain, "Printers in all sites"),
    ("Facilities Access Control", Kind::Plain, "Badges and doors"),
    ("Customer Support Level 2", Kind::Plain, "Escalations from level 1"),
    ("Customer Support Level 3", Kind::Plain, "Escalations from level 2"),
    ("Marketing Automation Editors", Kind::Plain, "Campaign editors"),
    ("Treasury Dealers", Kind::Plain, "Money market and FX"),
    ("Sales Data Analysts", Kind::Plain, "Read sales cubes"),
    ("Vendor Master Data Editors", Kind::Plain, "Edit vendor bank accounts"),
    ("Research – <b>Project X</b> & Co", Kind::Plain, "A name with markup in it, shown as text"),
];

/// All groups.
pub(super) fn groups(seed: &Seed, people: &[Person], random: &mut Random) -> Vec<Group> {
    (0..seed.groups.max(NAMED.len())).map(|at| group(at, seed, people, random)).collect()
}

fn group(at: usize, seed: &Seed, people: &[Person], random: &mut Random) -> Group {
    let (name, kind, description) = match NAMED.get(at) {
        Some((name, kind, description)) => ((*name).to_owned(), *kind, *description),
        None => (generated_name(at), Kind::Plain, "Generated"),
    };
    let days = i64::try_from(random.below(1500)).unwrap_or_default();
    let mut group = Group {
        id: guid("group", &at.to_string()),
        description: Some(description.to_owned()),
        role_assignable: matches!(kind, Kind::PimRole | Kind::Role),
        membership_rule: (kind == Kind::Dynamic).then(|| "(user.userType -eq \"Member\")".to_owned()),
        synced: kind == Kind::Synced,
        unified: kind == Kind::Unified,
        created_ms: seed.now_ms - days * DAY_MS,
        name,
        ..Group::default()
    };
    let count = 3 + random.below(9);
    group.members = pick(people, count, random);
    if kind != Kind::Ownerless {
        group.owners = pick(people, 2, random);
    }
    if matches!(kind, Kind::Pim | Kind::PimRole) {
        group.eligible_members = pick(people, 4, random);
        group.eligible_owners = pick(people, 1, random);
        add(&mut group.eligible_members, people, "rhea");
    }
    match group.name.as_str() {
        "Tier-0 Operators" => {
            add(&mut group.owners, people, "olga");
            add(&mut group.eligible_members, people, "dana");
        }
        "Tier-0 Approvers" => add(&mut group.members, people, "dana"),
        "Network Operators" => add(&mut group.owners, people, "olga"),
        "Tier-1 Server Administrators" => add(&mut group.eligible_owners, people, "olga"),
        "Compliance Reviewers" => group.nested = vec![id_of("Finance Controllers"), id_of("Payroll Processors")],
        "Orphaned Project Aurora" => group.members.clear(),
        "Project Borealis" => add(&mut group.members, people, "ana"),
        _ => {}
    }
    group
}

/// The object ID of a named group.
fn id_of(name: &str) -> String {
    let at = NAMED.iter().position(|(own, _, _)| *own == name).unwrap_or_default();
    guid("group", &at.to_string())
}

/// `Berlin Contributors` and so on, then numbered ones.
fn generated_name(at: usize) -> String {
    let unit = UNITS[at % UNITS.len()];
    let purpose = PURPOSES[at / UNITS.len() % PURPOSES.len()];
    match at / (UNITS.len() * PURPOSES.len()) {
        0 => format!("{unit} {purpose}"),
        round => format!("{unit} {purpose} {}", round + 1),
    }
}

/// Some enabled people who cannot sign in; named people are only where they are put explicitly.
fn pick(people: &[Person], count: usize, random: &mut Random) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for _ in 0..count {
        if let Some(person) = people.get(random.below(people.len()))
            && person.sign_in.is_empty()
            && person.enabled
            && !ids.contains(&person.id)
        {
            ids.push(person.id.clone());
        }
    }
    ids
}

fn add(ids: &mut Vec<String>, people: &[Person], short: &str) {
    ids.extend(people.iter().find(|person| person.sign_in == short).map(|person| person.id.clone()));
}
