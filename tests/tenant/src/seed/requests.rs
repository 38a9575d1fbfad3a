//! Requests to activate: nine that wait for Dana, three from yesterday, then as many as asked for.

use super::Seed;
use crate::directory::{Access, Directory, Person};
use crate::ids::{Random, guid};
use crate::pim::{AccessRequest, Approver, Decision, Pim};
use crate::time::{DAY_MS, HOUR_MS};

const MINUTE_MS: i64 = HOUR_MS / 60;

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

/// Markup, a script, and a right-to-left override that would turn `exe.txt` round.
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

/// Already decided or lapsed.
const PAST: [Sketch; 3] = [
    sketch("Tier-0 Operators", Access::Member, 1500, "PT2H", Some("Check the sync service"), None),
    sketch("Helpdesk Password Resetters", Access::Member, 1650, "PT8H", Some("Cover for a colleague"), None),
    sketch("Incident Responders", Access::Member, 2000, "PT8H", Some("Nobody answered this one"), None),
];

/// Adds all requests.
pub(super) fn requests(pim: &mut Pim, seed: &Seed, directory: &Directory) {
    let mut random = Random::new(seed.seed ^ 0x9e0);
    let dana = directory.find("dana").map(|person| person.id.clone()).unwrap_or_default();
    for (at, past) in PAST.iter().enumerate() {
        let mut request = named(past, &format!("past-{at}"), seed, directory, &mut random);
        if at < 2 {
            request.decision = Some(Decision {
                approved: at == 0,
                by: dana.clone(),
                at_ms: request.created_ms + 20 * MINUTE_MS,
                justification: if at == 0 { "Agreed by phone" } else { "Ask your lead first" }.into(),
            });
        }
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
    let groups: Vec<String> = pim.onboarded().map(str::to_owned).collect();
    for at in WAITING.len()..seed.requests {
        pim.requests.push(AccessRequest {
            id: guid("request", &format!("more-{at}")),
            stage_id: guid("stage", &format!("more-{at}")),
            group: groups.get(at % groups.len().max(1)).cloned().unwrap_or_default(),
            access: Access::Member,
            principal: somebody(directory, &mut random),
            justification: Some(format!("Routine work, order {at}")),
            ticket: None,
            start_ms: None,
            duration: "PT2H".into(),
            created_ms: seed.now_ms - i64::try_from(at % 1400).unwrap_or_default() * MINUTE_MS,
            approvers: vec![Approver::User(dana.clone())],
            decision: None,
            pascal_case: at % 2 == 0,
        });
    }
    pim.requests.sort_by_key(|request| request.created_ms);
}

fn named(sketch: &Sketch, name: &str, seed: &Seed, directory: &Directory, random: &mut Random) -> AccessRequest {
    let group = directory.groups.iter().find(|group| group.name == sketch.group);
    let team = directory.groups.iter().find(|group| group.name == "Tier-0 Approvers");
    let dana = directory.find("dana").map(|person| Approver::User(person.id.clone()));
    AccessRequest {
        id: guid("request", name),
        stage_id: guid("stage", name),
        group: group.map(|group| group.id.clone()).unwrap_or_default(),
        access: sketch.access,
        principal: group
            .and_then(|group| group.eligible_members.iter().find(|id| is_ordinary(directory, id)).cloned())
            .unwrap_or_else(|| somebody(directory, random)),
        justification: sketch.justification.map(str::to_owned),
        ticket: sketch.ticket.map(|(number, system)| (number.to_owned(), system.to_owned())),
        start_ms: None,
        duration: sketch.duration.into(),
        created_ms: (seed.now_ms - sketch.minutes * MINUTE_MS).max(seed.now_ms - 3 * DAY_MS),
        approvers: dana.into_iter().chain(team.map(|team| Approver::Group(team.id.clone()))).collect(),
        decision: None,
        pascal_case: sketch.minutes % 2 == 0,
    }
}

fn is_ordinary(directory: &Directory, id: &str) -> bool {
    directory.person(id).is_some_and(|person| person.sign_in.is_empty())
}

fn guest(directory: &Directory) -> Option<String> {
    directory.people.iter().find(|person| person.guest && person.enabled).map(|person| person.id.clone())
}

/// An enabled person whom one cannot sign in as.
fn somebody(directory: &Directory, random: &mut Random) -> String {
    let ordinary: Vec<&Person> =
        directory.people.iter().filter(|p| p.sign_in.is_empty() && p.enabled && !p.guest).collect();
    ordinary.get(random.below(ordinary.len())).map(|person| person.id.clone()).unwrap_or_default()
}
