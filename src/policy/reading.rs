//! A setting as read from the raw rules.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::Policy;
use super::approver::Approver;
use super::rule::{Rule, RuleId};
use super::setting::Setting;
use super::value::{Requirement, Value};

/// Why a setting can be seen but not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// Microsoft did not return the rule; PIM rules cannot be created.
    NotReturned,
    /// The rule was returned, but twice, or with a type or content that is not understood.
    NotUnderstood,
    /// More than one approval stage, which PIM does not support and this page does not edit.
    SeveralStages,
}

/// What a policy says about one setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The value, if there is one to show.
    pub value: Option<Value>,
    /// Why it cannot be changed, if so.
    pub read_only: Option<ReadOnly>,
}

impl Reading {
    const fn of(value: Value) -> Self {
        Self { value: Some(value), read_only: None }
    }

    const fn locked(reason: ReadOnly) -> Self {
        Self { value: None, read_only: Some(reason) }
    }

    /// The value if it may be changed.
    pub fn editable(&self) -> Option<&Value> {
        if self.read_only.is_none() { self.value.as_ref() } else { None }
    }
}

/// Reads one setting. Never fails: what cannot be read is read-only.
pub fn read(policy: &Policy, setting: Setting) -> Reading {
    let (first, second) = setting.rules();
    let missing = |id: RuleId| {
        let returned = policy.rules.iter().any(|rule| rule.known_id() == Some(id));
        Reading::locked(if returned { ReadOnly::NotUnderstood } else { ReadOnly::NotReturned })
    };
    let Some(rule) = policy.rule(first) else { return missing(first) };
    let context = match second.map(|id| policy.rule(id).ok_or(id)) {
        Some(Err(id)) => return missing(id),
        Some(Ok(context)) => Some(context),
        None => None,
    };
    read_from(setting, rule.raw(), context.map(Rule::raw)).unwrap_or(Reading::locked(ReadOnly::NotUnderstood))
}

fn read_from(setting: Setting, rule: &Json, context: Option<&Json>) -> Option<Reading> {
    let value = match setting {
        // A length that limits nothing: neither the admin center nor a setting here can say so.
        Setting::ActivationDuration if !flag(&rule["isExpirationRequired"], true)? => return None,
        Setting::ActivationDuration | Setting::EligibleExpiry | Setting::ActiveExpiry => {
            Value::Duration(text(&rule["maximumDuration"])?)
        }
        Setting::EligiblePermanent | Setting::ActivePermanent => {
            Value::Flag(!flag(&rule["isExpirationRequired"], false)?)
        }
        Setting::ActivationJustification | Setting::ActiveJustification | Setting::EligibleJustification => {
            Value::Flag(demands(rule, JUSTIFICATION)?)
        }
        Setting::ActivationTicket => Value::Flag(demands(rule, TICKETING)?),
        Setting::ActiveMfa | Setting::EligibleMfa => Value::Flag(demands(rule, MFA)?),
        Setting::ActivationRequirement => Value::Requirement(requirement(rule, context?)?),
        Setting::ApprovalRequired => return approval(rule),
        Setting::Approvers => return approvers(rule),
        Setting::MailDefaults(_) => Value::Flag(flag(&rule["isDefaultRecipientsEnabled"], true)?),
        Setting::MailRecipients(_) => Value::Recipients(recipients(&rule["notificationRecipients"])?),
        Setting::MailCritical(_) => return critical(rule),
    };
    Some(Reading::of(value))
}

/// `MultiFactorAuthentication` in `enabledRules`.
pub const MFA: &str = "MultiFactorAuthentication";
/// `Justification` in `enabledRules`.
pub const JUSTIFICATION: &str = "Justification";
/// `Ticketing` in `enabledRules`.
pub const TICKETING: &str = "Ticketing";

/// Whether an enablement rule contains a requirement. `null` and absent count as an empty list.
pub fn demands(rule: &Json, demand: &str) -> Option<bool> {
    match &rule["enabledRules"] {
        Json::Null => Some(false),
        Json::Array(list) => Some(list.iter().any(|item| item.as_str() == Some(demand))),
        _ => None,
    }
}

/// The entries of the `enabledRules` of a setting's rule that belong to no setting, each once, as Microsoft spells them:
/// they are required too. Only for the last setting of such a rule.
pub fn also_required(policy: &Policy, setting: Setting) -> Vec<String> {
    let own: &[&str] = match setting {
        Setting::ActivationTicket => &[MFA, JUSTIFICATION, TICKETING],
        Setting::ActiveJustification | Setting::EligibleJustification => &[MFA, JUSTIFICATION],
        _ => return Vec::new(),
    };
    let Some(rule) = policy.rule(setting.rules().0).map(Rule::raw) else { return Vec::new() };
    let entries = rule["enabledRules"].as_array().into_iter().flatten().filter(|entry| !entry.is_null());
    let words = entries.map(|entry| entry.as_str().map_or_else(|| entry.to_string(), str::to_owned));
    // In other letters than Microsoft's an entry is not read as the setting, so it says more only where that is off.
    let is_read = |entry: &str, known: &str| {
        entry == known || entry.eq_ignore_ascii_case(known) && demands(rule, known) == Some(true)
    };
    let others = words.filter(|entry| !entry.trim().is_empty() && !own.iter().any(|known| is_read(entry, known)));
    each_once(others, |entry| entry.to_ascii_lowercase())
}

fn requirement(enablement: &Json, context: &Json) -> Option<Requirement> {
    let mfa = demands(enablement, MFA)?;
    let claim = text(&context["claimValue"])?;
    Some(match (mfa, flag(&context["isEnabled"], false)?) {
        (false, false) => Requirement::None,
        (true, false) => Requirement::Mfa,
        (false, true) => Requirement::Context(claim),
        (true, true) => Requirement::MfaAndContext(claim),
    })
}

/// The setting of an approval rule, if it is an object or absent.
fn approval_setting(rule: &Json) -> Option<&Json> {
    let setting = &rule["setting"];
    (setting.is_null() || setting.is_object()).then_some(setting)
}

fn approval(rule: &Json) -> Option<Reading> {
    let required = flag(&approval_setting(rule)?["isApprovalRequired"], false)?;
    Some(Reading { value: Some(Value::Flag(required)), read_only: several_stages(rule) })
}

/// A rule with more than one stage is never written: all its stages would be sent along.
fn several_stages(rule: &Json) -> Option<ReadOnly> {
    let several = rule["setting"]["approvalStages"].as_array().is_some_and(|stages| stages.len() > 1);
    several.then_some(ReadOnly::SeveralStages)
}

fn approvers(rule: &Json) -> Option<Reading> {
    let listed = |stage: &Json| match &stage.as_object()?.get("primaryApprovers") {
        None | Some(Json::Null) => Some(Vec::new()),
        Some(Json::Array(list)) => Some(each_once(list.iter().map(Approver::read), Approver::clone)),
        Some(_) => None,
    };
    match &approval_setting(rule)?["approvalStages"] {
        Json::Null => Some(Reading::of(Value::Approvers(Vec::new()))),
        Json::Array(stages) => match stages.as_slice() {
            [] => Some(Reading::of(Value::Approvers(Vec::new()))),
            [stage, ..] => {
                Some(Reading { value: Some(Value::Approvers(listed(stage)?)), read_only: several_stages(rule) })
            }
        },
        _ => None,
    }
}

fn critical(rule: &Json) -> Option<Reading> {
    match rule["notificationLevel"].as_str() {
        Some(level) if level.eq_ignore_ascii_case("All") => Some(Reading::of(Value::Flag(false))),
        Some(level) if level.eq_ignore_ascii_case("Critical") => Some(Reading::of(Value::Flag(true))),
        // `None` is in the enum but no page of the admin center sets it: shown as part of the raw rule, not edited.
        _ => None,
    }
}

fn recipients(list: &Json) -> Option<Vec<String>> {
    match list {
        Json::Null => Some(Vec::new()),
        Json::Array(items) => {
            let mails = items.iter().filter_map(Json::as_str).filter(|mail| !mail.is_empty()).map(str::to_owned);
            Some(each_once(mails, |mail| mail.to_ascii_lowercase()))
        }
        _ => None,
    }
}

/// Entries without repetitions of an earlier one; the rule itself keeps them.
fn each_once<T, K: Ord>(entries: impl Iterator<Item = T>, key: fn(&T) -> K) -> Vec<T> {
    let mut seen = BTreeSet::new();
    entries.filter(|entry| seen.insert(key(entry))).collect()
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::Null => Some(String::new()),
        Json::String(text) => Some(text.clone()),
        _ => None,
    }
}

fn flag(value: &Json, when_null: bool) -> Option<bool> {
    match value {
        Json::Null => Some(when_null),
        Json::Bool(on) => Some(*on),
        _ => None,
    }
}
