//! The model's own small view of a policy: knobs, which rules they are in, what their values mean. It is based on the
//! documentation of the rules and shares nothing with `src`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

/// Rules by ID, as sent; without those that occur twice.
pub type Rules = BTreeMap<String, Json>;

pub const HOURS: &str = "Expiration_EndUser_Assignment";
pub const DEMANDS: &str = "Enablement_EndUser_Assignment";
pub const CONTEXT: &str = "AuthenticationContext_EndUser_Assignment";
pub const APPROVAL: &str = "Approval_EndUser_Assignment";
const ELIGIBLE: &str = "Expiration_Admin_Eligibility";
const ACTIVE: &str = "Expiration_Admin_Assignment";
const ACTIVE_DEMANDS: &str = "Enablement_Admin_Assignment";
const ELIGIBLE_DEMANDS: &str = "Enablement_Admin_Eligibility";
pub const MAILS: [&str; 9] = [
    "Notification_Admin_Admin_Eligibility",
    "Notification_Requestor_Admin_Eligibility",
    "Notification_Approver_Admin_Eligibility",
    "Notification_Admin_Admin_Assignment",
    "Notification_Requestor_Admin_Assignment",
    "Notification_Approver_Admin_Assignment",
    "Notification_Admin_EndUser_Assignment",
    "Notification_Requestor_EndUser_Assignment",
    "Notification_Approver_EndUser_Assignment",
];
const MFA: &str = "MultiFactorAuthentication";
const PEOPLE: &str = "/setting/approvalStages/0/primaryApprovers";

/// What a person can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Knob {
    Hours,
    /// MFA or an authentication context on activation: one knob in two rules.
    Need,
    Reason,
    Ticket,
    Approval,
    Approvers,
    EligibleForever,
    EligibleUntil,
    ActiveForever,
    ActiveUntil,
    ActiveMfa,
    ActiveReason,
    EligibleMfa,
    EligibleReason,
    MailOn(usize),
    MailTo(usize),
    MailUrgent(usize),
}

/// The value of a knob.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Val {
    /// Seconds; `None` if nothing is stored.
    Time(Option<i64>),
    On(bool),
    /// Approvers or addresses, in any order.
    Names(BTreeSet<String>),
    Need {
        mfa: bool,
        context: Option<String>,
    },
}

impl Knob {
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Hours,
            Self::Need,
            Self::Reason,
            Self::Ticket,
            Self::Approval,
            Self::Approvers,
            Self::EligibleForever,
            Self::EligibleUntil,
            Self::ActiveForever,
            Self::ActiveUntil,
            Self::ActiveMfa,
            Self::ActiveReason,
            Self::EligibleMfa,
            Self::EligibleReason,
        ];
        all.extend((0..MAILS.len()).flat_map(|at| [Self::MailOn(at), Self::MailTo(at), Self::MailUrgent(at)]));
        all
    }

    /// The rules it is in.
    pub fn rules(self) -> Vec<&'static str> {
        match self {
            Self::Hours => vec![HOURS],
            Self::Need => vec![DEMANDS, CONTEXT],
            Self::Reason | Self::Ticket => vec![DEMANDS],
            Self::Approval | Self::Approvers => vec![APPROVAL],
            Self::EligibleForever | Self::EligibleUntil => vec![ELIGIBLE],
            Self::ActiveForever | Self::ActiveUntil => vec![ACTIVE],
            Self::ActiveMfa | Self::ActiveReason => vec![ACTIVE_DEMANDS],
            Self::EligibleMfa | Self::EligibleReason => vec![ELIGIBLE_DEMANDS],
            Self::MailOn(at) | Self::MailTo(at) | Self::MailUrgent(at) => vec![MAILS[at]],
        }
    }

    /// Its entry in `enabledRules`, if it has one.
    fn demand(self) -> Option<&'static str> {
        match self {
            Self::Reason | Self::ActiveReason | Self::EligibleReason => Some("Justification"),
            Self::Ticket => Some("Ticketing"),
            Self::ActiveMfa | Self::EligibleMfa => Some(MFA),
            _ => None,
        }
    }
}

/// Whether a rule is an email rule.
pub fn is_mail(rule: &str) -> bool {
    MAILS.contains(&rule)
}

/// The value of a knob in these rules; `None` if it cannot be turned.
pub fn read(rules: &Rules, knob: Knob) -> Option<Val> {
    let places = knob.rules();
    let rule = rules.get(places[0])?;
    let second = places.get(1).map(|id| rules.get(*id));
    match knob {
        Knob::Need => {
            let context = second??;
            let on = context["isEnabled"].as_bool().unwrap_or(false);
            let claim = context["claimValue"].as_str().unwrap_or_default().to_owned();
            Some(Val::Need { mfa: has(rule, MFA)?, context: on.then_some(claim) })
        }
        Knob::Hours | Knob::EligibleUntil | Knob::ActiveUntil => Some(Val::Time(seconds(&rule["maximumDuration"]))),
        Knob::EligibleForever | Knob::ActiveForever => {
            Some(Val::On(!rule["isExpirationRequired"].as_bool().unwrap_or(false)))
        }
        // Approval with several stages cannot be changed.
        Knob::Approval | Knob::Approvers if rule["setting"]["approvalStages"][1].is_object() => None,
        Knob::Approval => Some(Val::On(rule["setting"]["isApprovalRequired"].as_bool().unwrap_or(false))),
        Knob::Approvers => Some(Val::Names(entries(rule.pointer(PEOPLE)).iter().map(approver).collect())),
        Knob::MailOn(_) => Some(Val::On(rule["isDefaultRecipientsEnabled"].as_bool().unwrap_or(true))),
        Knob::MailTo(_) => {
            let mails = entries(rule.get("notificationRecipients"));
            Some(Val::Names(mails.iter().filter_map(Json::as_str).map(str::to_lowercase).collect()))
        }
        Knob::MailUrgent(_) => match rule["notificationLevel"].as_str()? {
            "All" => Some(Val::On(false)),
            "Critical" => Some(Val::On(true)),
            _ => None,
        },
        Knob::Reason
        | Knob::Ticket
        | Knob::ActiveMfa
        | Knob::ActiveReason
        | Knob::EligibleMfa
        | Knob::EligibleReason => has(rule, knob.demand().unwrap()).map(Val::On),
    }
}

/// The part of a value that is stored in this rule, for the knob that is in two.
pub fn part(val: &Val, rule: &str) -> Val {
    match val {
        Val::Need { mfa, .. } if rule == DEMANDS => Val::On(*mfa),
        Val::Need { context, .. } => Val::Names(context.iter().cloned().collect()),
        other => other.clone(),
    }
}

/// A value with the part that is stored in this rule taken from another value.
pub fn with_part(val: &Val, from: &Val, rule: &str) -> Val {
    match (val, from) {
        (Val::Need { context, .. }, Val::Need { mfa, .. }) if rule == DEMANDS => {
            Val::Need { mfa: *mfa, context: context.clone() }
        }
        (Val::Need { mfa, .. }, Val::Need { context, .. }) => Val::Need { mfa: *mfa, context: context.clone() },
        _ => from.clone(),
    }
}

/// Sets a knob in one of its rules, as another administrator's tool would.
pub fn write(rule: &mut Json, id: &str, knob: Knob, val: &Val) {
    match (knob, val) {
        (Knob::Need, Val::Need { mfa, .. }) if id == DEMANDS => demand(rule, MFA, *mfa),
        (Knob::Need, Val::Need { context, .. }) => {
            rule["isEnabled"] = json!(context.is_some());
            rule["claimValue"] = json!(context);
        }
        (Knob::EligibleForever | Knob::ActiveForever, Val::On(on)) => rule["isExpirationRequired"] = json!(!on),
        (_, Val::Time(length)) => rule["maximumDuration"] = json!(length.map(|seconds| format!("PT{}M", seconds / 60))),
        (Knob::Approval, Val::On(on)) => rule["setting"]["isApprovalRequired"] = json!(on),
        (Knob::Approvers, Val::Names(names)) => {
            let people: Vec<Json> = names.iter().map(|name| person(name)).collect();
            *rule.pointer_mut(PEOPLE).unwrap() = json!(people);
        }
        (Knob::MailOn(_), Val::On(on)) => rule["isDefaultRecipientsEnabled"] = json!(on),
        (Knob::MailTo(_), Val::Names(names)) => rule["notificationRecipients"] = json!(names),
        (Knob::MailUrgent(_), Val::On(on)) => rule["notificationLevel"] = json!(if *on { "Critical" } else { "All" }),
        (_, Val::On(on)) => demand(rule, knob.demand().unwrap(), *on),
        (_, odd) => panic!("{knob:?} cannot be {odd:?}"),
    }
}

/// Removes from a rule what this knob stores in it; the rest must stay as it is when the knob is turned.
pub fn without(rule: &mut Json, id: &str, knob: Knob) {
    let mut drop = |name: &str| {
        rule.as_object_mut().unwrap().remove(name);
    };
    match knob {
        Knob::Need if id == CONTEXT => ["isEnabled", "claimValue"].into_iter().for_each(drop),
        Knob::Need => demand(rule, MFA, false),
        Knob::EligibleForever | Knob::ActiveForever => drop("isExpirationRequired"),
        Knob::Hours | Knob::EligibleUntil | Knob::ActiveUntil => drop("maximumDuration"),
        Knob::Approval => rule["setting"]["isApprovalRequired"] = Json::Null,
        Knob::Approvers => {
            if let Some(people) = rule.pointer_mut(PEOPLE) {
                *people = Json::Null;
            }
        }
        Knob::MailOn(_) => drop("isDefaultRecipientsEnabled"),
        Knob::MailTo(_) => drop("notificationRecipients"),
        Knob::MailUrgent(_) => drop("notificationLevel"),
        Knob::Reason
        | Knob::Ticket
        | Knob::ActiveMfa
        | Knob::ActiveReason
        | Knob::EligibleMfa
        | Knob::EligibleReason => {
            demand(rule, knob.demand().unwrap(), false);
        }
    }
}

/// The raw entries of a list knob: those that stay in the list must not change.
pub fn listed(rule: &Json, knob: Knob) -> Vec<(String, Json)> {
    let list = match knob {
        Knob::Approvers => entries(rule.pointer(PEOPLE)),
        Knob::MailTo(_) => entries(rule.get("notificationRecipients")),
        _ => Vec::new(),
    };
    list.into_iter().map(|entry| (entry.as_str().map_or_else(|| approver(&entry), str::to_lowercase), entry)).collect()
}

/// An approver's name: a person's ID, a group's ID after `group:`, anything else as JSON.
fn approver(entry: &Json) -> String {
    match (entry["userId"].as_str(), entry["groupId"].as_str()) {
        (Some(id), _) => id.to_lowercase(),
        (_, Some(id)) => format!("group:{}", id.to_lowercase()),
        _ => entry.to_string(),
    }
}

fn person(name: &str) -> Json {
    match name.strip_prefix("group:") {
        Some(id) => json!({"@odata.type": "#microsoft.graph.groupMembers", "groupId": id}),
        None if name.starts_with('{') => serde_json::from_str(name).unwrap(),
        None => json!({"@odata.type": "#microsoft.graph.singleUser", "userId": name}),
    }
}

fn entries(list: Option<&Json>) -> Vec<Json> {
    list.and_then(Json::as_array).cloned().unwrap_or_default()
}

fn has(rule: &Json, name: &str) -> Option<bool> {
    match &rule["enabledRules"] {
        Json::Null => Some(false),
        Json::Array(list) => Some(list.iter().any(|entry| entry == name)),
        _ => None,
    }
}

fn demand(rule: &mut Json, name: &str, on: bool) {
    let mut list = entries(rule.get("enabledRules"));
    list.retain(|entry| entry != name);
    if on {
        list.push(json!(name));
    }
    rule["enabledRules"] = json!(list);
}

/// `P30D`, `PT1H45M`, `P1DT2H` in seconds.
fn seconds(text: &Json) -> Option<i64> {
    let (mut total, mut number) = (0, 0);
    for letter in text.as_str()?.chars() {
        match letter {
            'P' | 'T' => {}
            'D' => total += std::mem::take(&mut number) * 86_400,
            'H' => total += std::mem::take(&mut number) * 3_600,
            'M' => total += std::mem::take(&mut number) * 60,
            digit => number = number * 10 + i64::from(digit.to_digit(10)?),
        }
    }
    Some(total)
}
