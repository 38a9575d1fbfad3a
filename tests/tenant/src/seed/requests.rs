//! Requests for groups: nine that wait for Dana, those of the last weeks, then generated ones.

use super::Seed;
use crate::directory::{Access, Directory, Person};
use crate::ids::Random;
use crate::pim::{AccessRequest, Approver, Decision, Pim, Target};
use crate::time::HOUR_MS;

pub(super) const MINUTE_MS: i64 = HOUR_MS / 60;

/// A named request in short: group, access, minutes since it was made, duration, justification, ticket.
struct Sketch {
    group: &'static str,
    access: Access,
    minutes: i64,
    duration: &'static str,
    justification: Option<&'static str>,
    ticket: Option<(&'static str, &'static str)>,
}

const fn sketch(
    group: &'static str,
    access: Access,
    minutes: i64,
    duration: &'static str,
    justification: Option<&'static str>,
    ticket: Option<(&'static str, &'static str)>,
) -> Sketch {
    Sketch { group, access, minutes, duration, justification, ticket }
}

/// Markup, a script, and a right-to-left override that would reverse `exe.txt`.
const HOSTILE: &str = "<img src=x onerror=\"alert(document.domain)\"> see \u{202e}txt.exe\u{202c}\n\
    [click](javascript:alert(1)) {{7*7}} </script><script>alert(2)</script>";

const WAITING: [Sketch; 9] = [
    sketch(
        "Tier-0 Operators",
        Access::Member,
        12,
        "PT2H",
        Some("Rotate the federation certificate"),
        Some(("CHG0041877", "ServiceNow")),
    ),
    sketch(
        "Production Database Administrators",
        Access::Member,
        48,
        "PT4H",
        Some("Slow queries on orders-prod-2, need to read the plan cache"),
        Some(("INC0099120", "ServiceNow")),
    ),
    sketch(
        "Key Vault Administrators",
        Access::Owner,
        95,
        "PT1H",
        Some("Add Priya as custodian for the new vault"),
        None,
    ),
    sketch(
        "Payment Platform Deployers",
        Access::Member,
        180,
        "PT30M",
        Some("Hotfix 4.12.3"),
        Some(("PAY-2291", "Jira")),
    ),
    sketch("Tier-0 Operators", Access::Member, 240, "PT4H", Some("My own maintenance window tonight"), None),
    sketch(
        "Network Operators",
        Access::Member,
        1421,
        "PT8H",
        Some("Core switch replacement, Dublin"),
        Some(("CHG0041802", "ServiceNow")),
    ),
    sketch("Incident Responders", Access::Member, 3, "P1D", Some(HOSTILE), Some(("<b>1</b>", "\u{202e}metsys"))),
    sketch("Subscription Owners – Production", Access::Member, 610, "PT1H45M", None, None),
    sketch(
        "Tier-1 Server Administrators",
        Access::Member,
        1290,
        "PT10H",
        Some("Patch night"),
        Some(("CHG0041790", "ServiceNow")),
    ),
];

/// The outcome of a past request.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// Dana decided: approved or not, with this justification.
    Dana(bool, &'static str),
    /// A member of *Tier-0 Approvers* decided.
    Colleague(bool, &'static str),
    /// Nobody decided within 24 hours.
    Lapsed,
}

const HOURS: i64 = 60;
const DAYS: i64 = 24 * HOURS;
const TIER0: &str = "Tier-0 Operators";

/// Already decided or expired, the last one more than 30 days ago.
const PAST: [(Sketch, End); 8] = [
    (
        sketch(TIER0, Access::Member, 1500, "PT2H", Some("Check the sync service"), None),
        End::Dana(true, "Agreed by phone"),
    ),
    (
        sketch("Helpdesk Password Resetters", Access::Member, 1650, "PT8H", Some("Cover for a colleague"), None),
        End::Dana(false, "Ask your lead first"),
    ),
    (sketch("Incident Responders", Access::Member, 2000, "PT8H", Some("Nobody answered this one"), None), End::Lapsed),
    (
        sketch(TIER0, Access::Member, 5 * DAYS, "PT1H", Some("Rotate a key"), Some(("CHG0041811", "ServiceNow"))),
        End::Colleague(true, "Change is approved"),
    ),
    (
        sketch(TIER0, Access::Member, 12 * DAYS, "PT4H", Some("Try something out"), None),
        End::Dana(false, "Use the test tenant for that"),
    ),
    (
        sketch("Production Database Administrators", Access::Member, 20 * DAYS, "PT4H", Some("Index rebuild"), None),
        End::Colleague(true, "ok"),
    ),
    (sketch("Network Operators", Access::Member, 28 * DAYS, "PT8H", Some("Firmware, Oslo"), None), End::Lapsed),
    (
        sketch(TIER0, Access::Member, 44 * DAYS, "PT2H", Some("Quarterly restore test"), None),
        End::Dana(true, "As every quarter"),
    ),
];

/// Adds all requests for groups.
pub(super) fn requests(pim: &mut Pim, seed: &Seed, directory: &Directory) {
    let mut random = Random::new(seed.seed ^ 0x9e0);
    let dana = dana(directory);
    for (at, (past, end)) in PAST.iter().enumerate() {
        let mut request = named(past, &format!("past-{at}"), seed, directory, &mut random);
        request.decision = end.decision(request.created_ms, directory);
        pim.requests.push(request);
    }
    for (at, waiting) in WAITING.iter().enumerate().take(seed.requests) {
        let mut request = named(waiting, &format!("waiting-{at}"), seed, directory, &mut random);
        match at {
            1 => request.start_ms = Some(seed.now_ms + 5 * HOUR_MS),
            4 => request.principal.clone_from(&dana),
            7 => request.principal = guest(directory).unwrap_or_default(),
            _ => {}
        }
        pim.requests.push(request);
    }
    pim.requests.push(renewal(seed, directory, &mut random));
    let groups: Vec<String> = pim.onboarded().map(str::to_owned).collect();
    for at in (FIRST_GENERATED..seed.requests).filter(|at| at % 3 != 0) {
        let group = groups.get(at % groups.len().max(1)).cloned().unwrap_or_default();
        let target = Target::Group { group, access: Access::Member };
        pim.requests.push(generated(at, target, seed, directory, &mut random));
    }
}

/// A renewal that has waited for days: an administrator decides it; Graph cannot.
fn renewal(seed: &Seed, directory: &Directory, random: &mut Random) -> AccessRequest {
    let asked = sketch("Network Operators", Access::Owner, 3 * DAYS, "P180D", Some("Still on call next year"), None);
    let mut ordinary = directory.people.iter().filter(|person| is_ordinary(directory, &person.id));
    let principal = ordinary.nth(20).map(|person| person.id.clone()).unwrap_or_default();
    AccessRequest { action: "selfRenew".into(), principal, ..named(&asked, "renewal", seed, directory, random) }
}

/// The number of the first unnamed request: nine for groups and eight for roles have a name.
pub(super) const FIRST_GENERATED: usize = 17;

/// A generated request.
pub(super) fn generated(
    at: usize,
    target: Target,
    seed: &Seed,
    directory: &Directory,
    random: &mut Random,
) -> AccessRequest {
    let created = seed.now_ms - i64::try_from(at % 1400).unwrap_or_default() * MINUTE_MS;
    AccessRequest {
        justification: Some(format!("Routine work, order {at}")),
        approvers: vec![Approver::User(dana(directory))],
        pascal_case: at.is_multiple_of(2),
        ..AccessRequest::new(&format!("more-{at}"), target, somebody(directory, random), created)
    }
}

fn named(sketch: &Sketch, name: &str, seed: &Seed, directory: &Directory, random: &mut Random) -> AccessRequest {
    let group = directory.groups.iter().find(|group| group.name == sketch.group);
    let team = directory.groups.iter().find(|group| group.name == "Tier-0 Approvers");
    let target =
        Target::Group { group: group.map(|group| group.id.clone()).unwrap_or_default(), access: sketch.access };
    let principal = group
        .and_then(|group| group.eligible_members.iter().find(|id| is_ordinary(directory, id)).cloned())
        .unwrap_or_else(|| somebody(directory, random));
    let dana = Approver::User(dana(directory));
    AccessRequest {
        justification: sketch.justification.map(str::to_owned),
        ticket: sketch.ticket.map(|(number, system)| (number.to_owned(), system.to_owned())),
        duration: sketch.duration.into(),
        approvers: std::iter::once(dana).chain(team.map(|team| Approver::Group(team.id.clone()))).collect(),
        pascal_case: sketch.minutes % 2 == 0,
        ..AccessRequest::new(name, target, principal, seed.now_ms - sketch.minutes * MINUTE_MS)
    }
}

impl End {
    /// The decision, twenty minutes after the request was made.
    pub(super) fn decision(self, created_ms: i64, directory: &Directory) -> Option<Decision> {
        let colleague = || {
            let team = directory.groups.iter().find(|group| group.name == "Tier-0 Approvers")?;
            team.members.iter().find(|id| is_ordinary(directory, id)).cloned()
        };
        let (approved, by, words) = match self {
            Self::Dana(approved, words) => (approved, dana(directory), words),
            Self::Colleague(approved, words) => (approved, colleague()?, words),
            Self::Lapsed => return None,
        };
        Some(Decision { approved, by, at_ms: created_ms + 20 * MINUTE_MS, justification: words.into() })
    }
}

/// Dana's object ID.
pub(super) fn dana(directory: &Directory) -> String {
    directory.find("dana").map(|person| person.id.clone()).unwrap_or_default()
}

fn is_ordinary(directory: &Directory, id: &str) -> bool {
    directory.person(id).is_some_and(|person| person.sign_in.is_empty())
}

fn guest(directory: &Directory) -> Option<String> {
    directory.people.iter().find(|person| person.guest && person.enabled).map(|person| person.id.clone())
}

/// An enabled person who cannot sign in.
pub(super) fn somebody(directory: &Directory, random: &mut Random) -> String {
    let ordinary: Vec<&Person> =
        directory.people.iter().filter(|p| p.sign_in.is_empty() && p.enabled && !p.guest).collect();
    ordinary.get(random.below(ordinary.len())).map(|person| person.id.clone()).unwrap_or_default()
}
