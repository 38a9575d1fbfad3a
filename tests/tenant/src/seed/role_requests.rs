//! Requests for directory roles: eight that wait, those of the last weeks, then every third of the generated ones.

use super::Seed;
use super::requests::{End, FIRST_GENERATED, MINUTE_MS, dana, generated};
use crate::directory::Directory;
use crate::ids::Random;
use crate::pim::{AccessRequest, Approver, Pim, Target};

const HOURS: i64 = 60;
const DAYS: i64 = 24 * HOURS;

/// A named request in short.
#[derive(Clone, Copy)]
struct Sketch {
    role: &'static str,
    /// The administrative unit's name.
    unit: Option<&'static str>,
    action: &'static str,
    /// Which of the ordinary people is the requester.
    who: usize,
    minutes: i64,
    duration: &'static str,
    justification: &'static str,
    ticket: Option<(&'static str, &'static str)>,
    /// The outcome; `None` while it waits.
    end: Option<End>,
}

const BASE: Sketch = Sketch {
    role: "",
    unit: None,
    action: "selfActivate",
    who: 0,
    minutes: 0,
    duration: "PT2H",
    justification: "",
    ticket: None,
    end: None,
};

/// Which of the waiting ones is Dana's own.
const OWN: usize = 6;
/// Which one has no approver set.
const UNNAMED: usize = 7;

const WAITING: [Sketch; 8] = [
    Sketch {
        role: "Global Administrator",
        who: 1,
        minutes: 25,
        duration: "PT1H",
        justification: "Turn on the new tenant-wide consent policy",
        ticket: Some(("CHG0041880", "ServiceNow")),
        ..BASE
    },
    Sketch {
        role: "Reports Reader",
        who: 2,
        minutes: 70,
        duration: "PT8H",
        justification: "Sign-in figures for the audit committee",
        ..BASE
    },
    Sketch {
        role: "Contoso Application Support",
        who: 3,
        minutes: 130,
        duration: "PT4H",
        justification: "Expiring certificate of the travel portal",
        ticket: Some(("INC0099177", "ServiceNow")),
        ..BASE
    },
    Sketch {
        role: "User Administrator",
        unit: Some("Lisbon office"),
        who: 4,
        minutes: 205,
        justification: "Onboard eleven people in Lisbon",
        ..BASE
    },
    Sketch {
        role: "Exchange Administrator",
        who: 5,
        minutes: 1411,
        duration: "PT8H",
        justification: "Migrate the shared mailboxes of Field Service",
        ..BASE
    },
    Sketch {
        role: "Security Administrator",
        action: "selfExtend",
        who: 6,
        minutes: 300,
        duration: "P90D",
        justification: "My eligibility ends next week",
        ..BASE
    },
    Sketch {
        role: "Privileged Authentication Administrator",
        minutes: 45,
        justification: "Reset the security key of a director",
        ..BASE
    },
    Sketch {
        role: "Groups Administrator",
        who: 8,
        minutes: 90,
        justification: "Clean up groups without owners",
        ..BASE
    },
];

const PAST: [Sketch; 7] = [
    Sketch {
        role: "Global Administrator",
        who: 1,
        minutes: 3 * DAYS,
        duration: "PT1H",
        justification: "Consent for the expense application",
        end: Some(End::Dana(true, "Seen the change")),
        ..BASE
    },
    Sketch {
        role: "Global Administrator",
        who: 1,
        minutes: 8 * DAYS,
        duration: "PT8H",
        justification: "Various",
        end: Some(End::Dana(false, "Say what for, and ask for less time")),
        ..BASE
    },
    Sketch {
        role: "Exchange Administrator",
        who: 5,
        minutes: 5 * DAYS,
        justification: "Mail flow rule",
        end: Some(End::Lapsed),
        ..BASE
    },
    Sketch {
        role: "User Administrator",
        unit: Some("Lisbon office"),
        who: 4,
        minutes: 16 * DAYS,
        justification: "Leavers of October",
        end: Some(End::Colleague(true, "ok")),
        ..BASE
    },
    Sketch {
        role: "Conditional Access Administrator",
        action: "selfRenew",
        who: 9,
        minutes: 10 * HOURS,
        duration: "P365D",
        justification: "Renew, please",
        ..BASE
    },
    Sketch {
        role: "Reports Reader",
        who: 2,
        minutes: 45 * DAYS,
        justification: "Figures for September",
        end: Some(End::Dana(true, "ok")),
        ..BASE
    },
    Sketch {
        role: "Exchange Administrator",
        who: 5,
        minutes: 60 * DAYS,
        justification: "Retire a connector",
        end: Some(End::Colleague(false, "Not before the freeze ends")),
        ..BASE
    },
];

/// Adds all requests for roles.
pub(super) fn requests(pim: &mut Pim, seed: &Seed, directory: &Directory) {
    for (at, past) in PAST.iter().enumerate() {
        pim.requests.push(named(past, &format!("role-past-{at}"), seed, directory));
    }
    let wanted = seed.requests.saturating_sub(FIRST_GENERATED - WAITING.len());
    for (at, waiting) in WAITING.iter().enumerate().take(wanted) {
        let mut request = named(waiting, &format!("role-waiting-{at}"), seed, directory);
        match at {
            OWN => request.principal = dana(directory),
            UNNAMED => request.approvers.clear(),
            _ => {}
        }
        pim.requests.push(request);
    }
    let mut random = Random::new(seed.seed ^ 0x801e);
    for at in (FIRST_GENERATED..seed.requests).filter(|at| at % 3 == 0) {
        let role = directory.roles.get(at % directory.roles.len().max(1));
        let target = Target::Role { role: role.map(|role| role.id.clone()).unwrap_or_default(), unit: None };
        pim.requests.push(generated(at, target, seed, directory, &mut random));
    }
}

fn named(sketch: &Sketch, name: &str, seed: &Seed, directory: &Directory) -> AccessRequest {
    let role = directory.roles.iter().find(|role| role.name == sketch.role);
    let unit = directory.units.iter().find(|unit| Some(unit.name.as_str()) == sketch.unit);
    let target = Target::Role {
        role: role.map(|role| role.id.clone()).unwrap_or_default(),
        unit: unit.map(|unit| unit.id.clone()),
    };
    let mut ordinary = directory.people.iter().filter(|p| p.sign_in.is_empty() && p.enabled && !p.guest);
    let principal = ordinary.nth(sketch.who).map(|person| person.id.clone()).unwrap_or_default();
    let team = directory.groups.iter().find(|group| group.name == "Tier-0 Approvers");
    let created = seed.now_ms - sketch.minutes * MINUTE_MS;
    AccessRequest {
        action: sketch.action.into(),
        justification: Some(sketch.justification.into()),
        ticket: sketch.ticket.map(|(number, system)| (number.to_owned(), system.to_owned())),
        duration: sketch.duration.into(),
        approvers: std::iter::once(Approver::User(dana(directory)))
            .chain(team.map(|team| Approver::Group(team.id.clone())))
            .collect(),
        decision: sketch.end.and_then(|end| end.decision(created, directory)),
        pascal_case: sketch.minutes % 2 == 0,
        ..AccessRequest::new(name, target, principal, created)
    }
}
