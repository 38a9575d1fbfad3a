//! What a walk starts with: the policy, and oddities that are in it already.

use std::rc::Rc;

use pim_desk::policy::{Access as PageAccess, Subject};
use pim_desk_tenant::Access;
use serde_json::{Value as Json, json};

use super::knob::{APPROVAL, CONTEXT, DEMANDS, HOURS, MAILS};
use super::random::Random;
use super::world::Scene;

/// A rule of a kind that does not exist yet.
pub const UNKNOWN_RULE: &str = "CustomExtension_PreApproval_EndUser_Assignment";

/// With MFA; with a context; not in PIM, so that the first write changes the IDs; in PIM with neither.
const GROUPS: [&str; 4] =
    ["Tier-0 Operators", "Tier-1 Server Administrators", "Break-glass custodians", "Global Infrastructure On-call"];

/// A scene, the subject of its policy, and who may be chosen as approvers.
pub struct Start {
    pub scene: Rc<Scene>,
    pub subject: Subject,
    pub people: Vec<String>,
}

pub fn start(random: &mut Random) -> Start {
    let group = *random.pick(&GROUPS);
    let owner = random.once_in(4);
    let (access, page_access) =
        if owner { (Access::Owner, PageAccess::Owner) } else { (Access::Member, PageAccess::Member) };
    let scene = Scene::new(group, access);
    let (id, people) = {
        let tenant = scene.tenant.borrow();
        let people = ["ana", "dana", "olga"].map(|who| tenant.person(who).unwrap().id.clone()).to_vec();
        (tenant.group(group).unwrap().id.parse().unwrap(), people)
    };
    for _ in 0..random.below(3) {
        oddity(&scene, random);
    }
    Start { scene, subject: Subject::Group { group: id, access: page_access }, people }
}

/// Another administrator, or Microsoft, puts something unusual into the policy.
pub fn oddity(scene: &Scene, random: &mut Random) {
    let unknown = json!({"since": 2027, "list": [null, {"deep": true}]});
    let with = |id: &str, change: &dyn Fn(&mut Json)| {
        let mut rule = scene.rule(id).unwrap();
        change(&mut rule);
        scene.other_edits(id, &rule);
    };
    let any_rule = *random.pick(&[HOURS, DEMANDS, CONTEXT, APPROVAL, MAILS[6], MAILS[7]]);
    match random.below(8) {
        0 => with(any_rule, &|rule| rule["futureProperty"] = unknown.clone()),
        1 => with(any_rule, &|rule| rule["target"]["futureProperty"] = unknown.clone()),
        2 => with(APPROVAL, &|rule| rule["setting"]["futureProperty"] = unknown.clone()),
        3 => with(APPROVAL, &|rule| {
            rule["setting"]["approvalStages"][0]["futureProperty"] = unknown.clone();
            let kind = "#microsoft.graph.requestorManager";
            let people = rule["setting"]["approvalStages"][0]["primaryApprovers"].as_array_mut().unwrap();
            people.push(json!({"@odata.type": kind, "managerLevel": 1}));
        }),
        4 => scene.other_edits(UNKNOWN_RULE, &json!({"id": UNKNOWN_RULE, "@odata.type": "#x.future", "x": unknown})),
        5 => with("Expiration_Admin_Eligibility", &|rule| {
            rule["isExpirationRequired"] = json!(false);
            rule["maximumDuration"] = Json::Null;
        }),
        6 => with(MAILS[7], &|rule| rule["notificationLevel"] = json!("None")),
        _ => with(DEMANDS, &|rule| rule["enabledRules"].as_array_mut().unwrap().push(json!("FutureDemand"))),
    }
}
