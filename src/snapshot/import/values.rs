//! Converts EasyPIM's properties to values of settings.

use serde_json::{Map, Value as Json};

use super::super::fault::{Place, clip};
use super::super::settings_table::UNREADABLE;
use super::{ImportedPolicy, Left, Leftovers, Named, Whose, approvers};
use crate::policy::check::is_address;
use crate::policy::reading::{JUSTIFICATION, MFA, TICKETING};
use crate::policy::{IsoDuration, Requirement, RuleId, Setting, Value};

/// Fills an entry property by property.
pub(super) struct Filler {
    place: Place,
    wanted: Vec<(Setting, Value)>,
    approvers: Option<Vec<Named>>,
    /// Whether activation requires MFA, if the file says.
    mfa: Option<bool>,
    context_on: Option<bool>,
    context: Option<String>,
    left: Leftovers,
}

/// Properties that name the subject, or describe the file.
const ABOUT: [&str; 13] = [
    "rolename",
    "roleid",
    "policyid",
    "groupid",
    "groupname",
    "template",
    "policytemplate",
    "policysource",
    "type",
    "accessid",
    "access",
    "role",
    "scope",
];

/// Most properties of an object that are processed: a policy has some fifty.
const MOST_PROPERTIES: usize = 500;

/// Most characters of a value; each entry of a list counts as some.
const LARGEST_VALUE: usize = 20_000;

/// What is left of `room` after a value; `None` if it takes more.
fn weight(value: &Json, room: usize) -> Option<usize> {
    let room = room.checked_sub(8)?;
    match value {
        Json::String(text) => room.checked_sub(text.len()),
        Json::Array(list) => list.iter().try_fold(room, |room, one| weight(one, room)),
        Json::Object(fields) => {
            fields.iter().try_fold(room, |room, (name, one)| weight(one, room.checked_sub(name.len())?))
        }
        _ => Some(room),
    }
}

impl Filler {
    pub(super) fn new(place: Place) -> Self {
        let (wanted, left) = (Vec::new(), Leftovers::default());
        Self { place, wanted, approvers: None, mfa: None, context_on: None, context: None, left }
    }

    fn leave(&mut self, why: Left) {
        self.left.push(self.place.clone(), why);
    }

    fn odd(&mut self, property: &str, value: &Json) {
        let text = match value {
            Json::String(text) => clip(text),
            Json::Array(list) => format!("[…] ({})", list.len()),
            Json::Object(fields) => format!("{{…}} ({})", fields.len()),
            other => other.to_string(),
        };
        self.leave(Left::Value(clip(property), text));
    }

    fn set(&mut self, setting: Setting, value: Value) {
        self.wanted.retain(|(own, _)| *own != setting);
        self.wanted.push((setting, value));
    }

    /// Processes the properties of an object. A template may be used by thousands of policies, so properties beyond
    /// what a policy can have are only counted.
    pub(super) fn take_all(&mut self, fields: &Map<String, Json>) {
        fields.iter().take(MOST_PROPERTIES).for_each(|(name, value)| self.take(name, value));
        self.left.more += fields.len().saturating_sub(MOST_PROPERTIES);
    }

    /// Processes one property. `null` says nothing.
    pub(super) fn take(&mut self, property: &str, value: &Json) {
        let name = clip(property.trim()).to_ascii_lowercase();
        if value.is_null() || ABOUT.contains(&name.as_str()) {
            return;
        }
        if weight(value, LARGEST_VALUE).is_none() {
            return self.odd(property, value);
        }
        match name.as_str() {
            "activationduration" => self.duration(property, Setting::ActivationDuration, value),
            "maximumeligibleassignmentduration" | "maximumeligibilityduration" => {
                self.duration(property, Setting::EligibleExpiry, value);
            }
            "maximumactiveassignmentduration" => self.duration(property, Setting::ActiveExpiry, value),
            "allowpermanenteligibleassignment" | "allowpermanenteligibility" => {
                self.flag(property, Setting::EligiblePermanent, value);
            }
            "allowpermanentactiveassignment" => self.flag(property, Setting::ActivePermanent, value),
            "approvalrequired" => self.flag(property, Setting::ApprovalRequired, value),
            "approvers" => match approvers::read(value).filter(|_| value.as_str() != Some(UNREADABLE)) {
                Some(list) => self.approvers = Some(list),
                None => self.odd(property, value),
            },
            "enablementrules" | "activationrequirement" => {
                if let Some(listed) = self.demands(property, value) {
                    self.mfa = Some(listed.contains(&MFA));
                    self.set(Setting::ActivationJustification, Value::Flag(listed.contains(&JUSTIFICATION)));
                    self.set(Setting::ActivationTicket, Value::Flag(listed.contains(&TICKETING)));
                }
            }
            "activeassignmentrequirement" | "activeassignationrequirement" | "activeassignmentrules" => {
                if let Some(listed) = self.demands(property, value) {
                    self.set(Setting::ActiveMfa, Value::Flag(listed.contains(&MFA)));
                    self.set(Setting::ActiveJustification, Value::Flag(listed.contains(&JUSTIFICATION)));
                    if listed.contains(&TICKETING) {
                        self.leave(Left::Ticketing(clip(property)));
                    }
                }
            }
            "authenticationcontext_enabled" => match flag(value) {
                Flag::On => self.context_on = Some(true),
                Flag::Off => self.context_on = Some(false),
                Flag::Silent => self.context_on = None,
                Flag::Odd => self.odd(property, value),
            },
            "authenticationcontext_value" => match value.as_str().map(str::trim) {
                Some("") => {}
                Some(text) if is_context(text) => self.context = Some(text.to_ascii_lowercase()),
                _ => self.odd(property, value),
            },
            _ => self.mail(property, &name, value),
        }
    }

    fn duration(&mut self, property: &str, setting: Setting, value: &Json) {
        match value.as_str().map(str::trim) {
            Some("") => {}
            Some(text) if IsoDuration::parse(text).is_some() => self.set(setting, Value::Duration(text.to_owned())),
            _ => self.odd(property, value),
        }
    }

    fn flag(&mut self, property: &str, setting: Setting, value: &Json) {
        match flag(value) {
            Flag::On => self.set(setting, Value::Flag(true)),
            Flag::Off => self.set(setting, Value::Flag(false)),
            Flag::Silent => {}
            Flag::Odd => self.odd(property, value),
        }
    }

    /// `MultiFactorAuthentication,Justification` or a list of such words; `None` and null require nothing.
    fn demands(&mut self, property: &str, value: &Json) -> Option<Vec<&'static str>> {
        let words = words(value)?;
        let mut listed = Vec::new();
        for word in words.iter().filter(|word| !word.eq_ignore_ascii_case("none")) {
            let known = [MFA, JUSTIFICATION, TICKETING].into_iter().find(|known| known.eq_ignore_ascii_case(word));
            if known.is_none() {
                self.odd(property, value);
            }
            listed.push(known?);
        }
        Some(listed)
    }

    fn mail(&mut self, property: &str, name: &str, value: &Json) {
        let Some((mail, part)) = mail_of(name) else {
            self.leave(Left::Property(clip(property)));
            return;
        };
        if part.is_empty() {
            let Some(fields) = value.as_object() else { return self.odd(property, value) };
            for (part, value) in fields {
                let whole = [property, ".", &clip(part)].concat();
                self.mail_part(&whole, mail, &part.to_ascii_lowercase(), value);
            }
        } else {
            self.mail_part(property, mail, part, value);
        }
    }

    fn mail_part(&mut self, property: &str, mail: RuleId, part: &str, value: &Json) {
        match part {
            "isdefaultrecipientenabled" | "isdefaultrecipientsenabled" => {
                self.flag(property, Setting::MailDefaults(mail), value);
            }
            "notificationlevel" => match value.as_str().map(str::to_ascii_lowercase).as_deref() {
                Some("") => {}
                Some("all") => self.set(Setting::MailCritical(mail), Value::Flag(false)),
                Some("critical") => self.set(Setting::MailCritical(mail), Value::Flag(true)),
                _ => self.odd(property, value),
            },
            "recipients" | "notificationrecipients" => match words(value) {
                Some(list) if mail == RuleId::ActivationApprover => {
                    if !list.is_empty() {
                        self.leave(Left::NoRecipients(clip(property)));
                    }
                }
                Some(list) if list.iter().all(|entry| is_address(entry)) => {
                    self.set(Setting::MailRecipients(mail), Value::Recipients(list));
                }
                _ => self.odd(property, value),
            },
            _ => self.leave(Left::Property(property.to_owned())),
        }
    }

    /// If a longest period is given, assignments must expire, as in EasyPIM's orchestrator.
    pub(super) fn periods_mean_an_end(&mut self) {
        for (permanent, expiry) in
            [(Setting::EligiblePermanent, Setting::EligibleExpiry), (Setting::ActivePermanent, Setting::ActiveExpiry)]
        {
            let has = |wanted: Setting| self.wanted.iter().any(|(own, _)| *own == wanted);
            if has(expiry) && !has(permanent) {
                self.set(permanent, Value::Flag(false));
            }
        }
    }

    /// The entry, its settings in the admin center's order.
    pub(super) fn entry(mut self, whose: Whose) -> (ImportedPolicy, Leftovers) {
        let (on, value) = ("AuthenticationContext_Enabled", "AuthenticationContext_Value");
        let requirement = match (self.context_on, self.context.take(), self.mfa) {
            // With a context MFA is left out: Microsoft accepts only one of them (graph.md G8).
            (Some(true), Some(context), _) => Some(Requirement::Context(context)),
            (Some(true), None, _) => {
                self.leave(Left::Value(value.to_owned(), String::new()));
                None
            }
            (Some(false), _, None) => {
                self.leave(Left::Half(on.to_owned()));
                None
            }
            // The file does not say whether the context is to be on.
            (None, Some(_), mfa) => {
                self.leave(Left::Half(value.to_owned()));
                (mfa == Some(true)).then_some(Requirement::Mfa)
            }
            (_, _, Some(true)) => Some(Requirement::Mfa),
            (Some(false), _, Some(false)) => Some(Requirement::None),
            (None, None, Some(false)) => {
                self.leave(Left::NoContext);
                None
            }
            (None, None, None) => None,
        };
        if let Some(requirement) = requirement {
            self.set(Setting::ActivationRequirement, Value::Requirement(requirement));
        }
        let value = |setting| self.wanted.iter().find(|(own, _)| *own == setting).cloned();
        let wanted = Setting::all().filter_map(value).collect();
        (ImportedPolicy { place: self.place, whose, wanted, approvers: self.approvers }, self.left)
    }
}

/// What may be in the place of true or false.
enum Flag {
    On,
    Off,
    /// An empty text, which says nothing.
    Silent,
    Odd,
}

fn flag(value: &Json) -> Flag {
    match value {
        Json::Bool(true) => Flag::On,
        Json::Bool(false) => Flag::Off,
        Json::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "" => Flag::Silent,
            "true" => Flag::On,
            "false" => Flag::Off,
            _ => Flag::Odd,
        },
        _ => Flag::Odd,
    }
}

/// The words of a list, or of a comma-separated text.
fn words(value: &Json) -> Option<Vec<String>> {
    let trimmed = |word: &str| word.trim().to_owned();
    let words: Option<Vec<String>> = match value {
        Json::String(text) => Some(text.split([',', ';']).map(trimmed).collect()),
        Json::Array(list) => list.iter().map(|word| word.as_str().map(trimmed)).collect(),
        _ => None,
    };
    words.map(|words| words.into_iter().filter(|word| !word.is_empty()).collect())
}

fn is_context(text: &str) -> bool {
    let digits = text.strip_prefix(['c', 'C']).unwrap_or_default();
    digits.parse::<u8>().is_ok_and(|number| (1..=99).contains(&number)) && !digits.starts_with(['0', '+'])
}

/// `notification_activation_alert_recipients` → the email and `recipients`; an object has no part.
fn mail_of(name: &str) -> Option<(RuleId, &str)> {
    let (occasion, rest) = name.strip_prefix("notification_")?.split_once('_')?;
    let (who, part) = rest.split_once('_').unwrap_or((rest, ""));
    let mails = match occasion {
        "eligibility" | "eligibleassignment" => {
            [RuleId::EligibleAlert, RuleId::EligibleAssignee, RuleId::EligibleApprover]
        }
        "active" | "activeassignment" => [RuleId::ActiveAlert, RuleId::ActiveAssignee, RuleId::ActiveApprover],
        "activation" => [RuleId::ActivationAlert, RuleId::ActivationRequestor, RuleId::ActivationApprover],
        _ => return None,
    };
    let at = match who {
        "alert" => 0,
        "assignee" | "requestor" => 1,
        "approver" | "approvers" => 2,
        _ => return None,
    };
    Some((mails[at], part))
}
