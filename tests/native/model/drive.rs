//! Translates between the model and the program: what a person wants of a knob, and what the program reports.

use std::collections::BTreeSet;

use pim_desk::desk::save::{Finished, RuleState};
use pim_desk::policy::{Approver, ApproverKind, Draft, Policy, Requirement, RuleId, Setting, Value};
use serde_json::Value as Json;

use super::knob::{Knob, MAILS, Rules, Val};
use super::random::Random;

pub fn setting(knob: Knob) -> Setting {
    let mail = |at: usize| RuleId::parse(MAILS[at]).unwrap();
    match knob {
        Knob::Hours => Setting::ActivationDuration,
        Knob::Need => Setting::ActivationRequirement,
        Knob::Reason => Setting::ActivationJustification,
        Knob::Ticket => Setting::ActivationTicket,
        Knob::Approval => Setting::ApprovalRequired,
        Knob::Approvers => Setting::Approvers,
        Knob::EligibleForever => Setting::EligiblePermanent,
        Knob::EligibleUntil => Setting::EligibleExpiry,
        Knob::ActiveForever => Setting::ActivePermanent,
        Knob::ActiveUntil => Setting::ActiveExpiry,
        Knob::ActiveMfa => Setting::ActiveMfa,
        Knob::ActiveReason => Setting::ActiveJustification,
        Knob::EligibleMfa => Setting::EligibleMfa,
        Knob::EligibleReason => Setting::EligibleJustification,
        Knob::MailOn(at) => Setting::MailDefaults(mail(at)),
        Knob::MailTo(at) => Setting::MailRecipients(mail(at)),
        Knob::MailUrgent(at) => Setting::MailCritical(mail(at)),
    }
}

pub fn knob(wanted: Setting) -> Knob {
    Knob::all().into_iter().find(|knob| setting(*knob) == wanted).unwrap()
}

pub fn value(knob: Knob, val: &Val) -> Value {
    match val {
        Val::Time(None) => Value::Duration(String::new()),
        Val::Time(Some(seconds)) if seconds % 86_400 == 0 => Value::Duration(format!("P{}D", seconds / 86_400)),
        Val::Time(Some(seconds)) => Value::Duration(format!("PT{}M", seconds / 60)),
        Val::On(on) => Value::Flag(*on),
        Val::Names(names) if knob == Knob::Approvers => {
            let approver = |name: &String| match name.strip_prefix("group:") {
                Some(id) => Approver { kind: ApproverKind::Group, id: id.to_owned() },
                None if name.starts_with('{') => Approver { kind: ApproverKind::Other, id: name.clone() },
                None => Approver { kind: ApproverKind::User, id: name.clone() },
            };
            Value::Approvers(names.iter().map(approver).collect())
        }
        Val::Names(names) => Value::Recipients(names.iter().cloned().collect()),
        Val::Need { mfa, context } => Value::Requirement(match (mfa, context) {
            (false, None) => Requirement::None,
            (true, None) => Requirement::Mfa,
            (false, Some(claim)) => Requirement::Context(claim.clone()),
            (true, Some(claim)) => Requirement::MfaAndContext(claim.clone()),
        }),
    }
}

/// A value of the program as a value of the model.
pub fn val(value: &Value) -> Val {
    match value {
        Value::Duration(text) if text.is_empty() => Val::Time(None),
        Value::Duration(text) => {
            let rules = Rules::from([(super::knob::HOURS.to_owned(), serde_json::json!({ "maximumDuration": text }))]);
            super::knob::read(&rules, Knob::Hours).unwrap()
        }
        Value::Flag(on) => Val::On(*on),
        Value::Approvers(list) => {
            let name = |one: &Approver| {
                if one.kind == ApproverKind::Group { format!("group:{}", one.id) } else { one.id.clone() }
            };
            Val::Names(list.iter().map(name).collect())
        }
        Value::Recipients(list) => Val::Names(list.iter().map(|mail| mail.to_lowercase()).collect()),
        Value::Requirement(Requirement::None) => Val::Need { mfa: false, context: None },
        Value::Requirement(Requirement::Mfa) => Val::Need { mfa: true, context: None },
        Value::Requirement(Requirement::Context(claim)) => Val::Need { mfa: false, context: Some(claim.clone()) },
        Value::Requirement(Requirement::MfaAndContext(claim)) => Val::Need { mfa: true, context: Some(claim.clone()) },
    }
}

/// A value that a person may choose for a knob.
pub fn choice(knob: Knob, people: &[String], at: u64) -> Val {
    let mut random = Random::new(at);
    let mut some = |all: &[String], least: usize| {
        let mut names: BTreeSet<String> = all.iter().filter(|_| random.once_in(2)).cloned().collect();
        if names.len() < least {
            names.insert(random.pick(all).clone());
        }
        Val::Names(names)
    };
    match knob {
        Knob::Approvers => some(people, usize::from(!at.is_multiple_of(8))),
        Knob::MailTo(_) => some(&["soc@contoso.com", "night@contoso.com", "audit@contoso.com"].map(str::to_owned), 0),
        Knob::Hours => Val::Time(Some(*random.pick(&[1_800, 3_600, 7_200, 14_400, 28_800, 36_000, 86_400]))),
        Knob::EligibleUntil | Knob::ActiveUntil => Val::Time(Some(random.pick(&[15, 30, 90, 180, 365]) * 86_400)),
        Knob::Need => match random.below(4) {
            0 => Val::Need { mfa: false, context: None },
            1 => Val::Need { mfa: true, context: None },
            2 => Val::Need { mfa: false, context: Some("c1".into()) },
            _ => Val::Need { mfa: false, context: Some("c2".into()) },
        },
        _ => Val::On(random.once_in(2)),
    }
}

/// The rules of a policy as the program has them, by ID; without those that occur twice.
pub fn rules(policy: &Policy) -> Rules {
    by_id(policy.raw_rules().cloned().collect())
}

pub fn by_id(list: Vec<Json>) -> Rules {
    let (mut rules, mut twice) = (Rules::new(), Vec::new());
    for rule in list {
        let id = rule["id"].as_str().unwrap_or_default().to_owned();
        if rules.insert(id.clone(), rule).is_some() {
            twice.push(id);
        }
    }
    rules.retain(|id, _| !twice.contains(id));
    rules
}

/// The edits of a draft: knob, value it started from, value wanted.
pub fn held(draft: &Draft) -> Vec<(Knob, Val, Val)> {
    let mut held: Vec<_> =
        draft.edits().map(|(setting, edit)| (knob(setting), val(&edit.base), val(&edit.mine))).collect();
    held.sort();
    held
}

/// What a save reports of each rule: its ID, the knobs it carried, the name of its state.
pub fn told(finished: &Finished) -> Vec<(String, Vec<Knob>, String)> {
    let end = |state: &RuleState| {
        let words = format!("{state:?}");
        words.split('(').next().unwrap_or_default().to_owned()
    };
    let rules = finished.rules.iter();
    rules
        .map(|one| {
            let mut knobs: Vec<Knob> = one.settings.iter().map(|setting| knob(*setting)).collect();
            knobs.sort();
            (one.rule.as_str().to_owned(), knobs, end(&one.state))
        })
        .collect()
}
