//! What a line requires of a policy.

use crate::policy::setting::serves_addresses;
use crate::policy::{IsoDuration, Requirement, RuleId, Setting, Sheet, Value};

/// Placeholder for an address that a baseline leaves open: one is required. It is never sent.
pub const ANY_ADDRESS: &str = "*";

/// A requirement on a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// No permanent active assignment is allowed.
    NoPermanentActive,
    /// Activation requires approval.
    Approval,
    /// Additional recipients get each of these emails: default recipients do not count.
    Mailbox(&'static [RuleId]),
    /// Each of these emails has default or additional recipients. Whether these are anyone is not looked at.
    Mails(&'static [RuleId]),
    /// An activation lasts at most this many minutes.
    ActivationWithin(u32),
    /// Activation requires MFA or an authentication context.
    StrongSignIn,
    /// Activation requires a ticket.
    Ticket,
    /// Eligible assignments end, after at most this many days.
    EligibleWithin(u32),
}

/// Whether a policy meets a demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meets {
    /// It meets it.
    Met,
    /// It does not, because of these settings.
    NotMet(Vec<Setting>),
    /// This setting could not be read.
    Unread(Setting),
}

impl Demand {
    /// Checks a policy against the demand.
    pub fn of(self, sheet: &Sheet) -> Meets {
        match self {
            Self::NoPermanentActive => flag(sheet, Setting::ActivePermanent, false),
            Self::Approval => flag(sheet, Setting::ApprovalRequired, true),
            Self::Ticket => flag(sheet, Setting::ActivationTicket, true),
            Self::Mailbox(mails) => all(sheet, mails, |mail| has_recipients(sheet, mail)),
            Self::Mails(mails) => all(sheet, mails, |mail| match flag(sheet, Setting::MailDefaults(mail), true) {
                Meets::Met => Meets::Met,
                _ => match has_recipients(sheet, mail) {
                    // Default recipients that could not be read may be on.
                    Meets::NotMet(_) if sheet.flag(Setting::MailDefaults(mail)).is_none() => {
                        Meets::Unread(Setting::MailDefaults(mail))
                    }
                    Meets::NotMet(_) => Meets::NotMet(vec![Setting::MailDefaults(mail)]),
                    other => other,
                },
            }),
            Self::ActivationWithin(minutes) => within(sheet, Setting::ActivationDuration, i64::from(minutes) * 60),
            Self::StrongSignIn => match sheet.value(Setting::ActivationRequirement) {
                None => Meets::Unread(Setting::ActivationRequirement),
                Some(Value::Requirement(Requirement::None)) => Meets::NotMet(vec![Setting::ActivationRequirement]),
                Some(_) => Meets::Met,
            },
            Self::EligibleWithin(days) => match flag(sheet, Setting::EligiblePermanent, false) {
                Meets::Met => within(sheet, Setting::EligibleExpiry, i64::from(days) * 86_400),
                other => other,
            },
        }
    }

    /// The demand as settings, for comparing; [`ANY_ADDRESS`] if a person has to choose an address.
    pub fn settings(self) -> Vec<(Setting, Value)> {
        match self {
            Self::NoPermanentActive => vec![(Setting::ActivePermanent, Value::Flag(false))],
            Self::Approval => vec![(Setting::ApprovalRequired, Value::Flag(true))],
            Self::Ticket => vec![(Setting::ActivationTicket, Value::Flag(true))],
            Self::Mailbox(mails) => {
                let some =
                    |mail: &RuleId| (Setting::MailRecipients(*mail), Value::Recipients(vec![ANY_ADDRESS.into()]));
                mails.iter().map(some).collect()
            }
            Self::Mails(mails) => mails.iter().map(|mail| (Setting::MailDefaults(*mail), Value::Flag(true))).collect(),
            Self::ActivationWithin(minutes) => {
                vec![(Setting::ActivationDuration, Value::Duration(IsoDuration::from_minutes(minutes).to_iso()))]
            }
            Self::StrongSignIn => vec![(Setting::ActivationRequirement, Value::Requirement(Requirement::Mfa))],
            Self::EligibleWithin(days) => vec![
                (Setting::EligiblePermanent, Value::Flag(false)),
                (Setting::EligibleExpiry, Value::Duration(IsoDuration::from_days(days).to_iso())),
            ],
        }
    }
}

fn flag(sheet: &Sheet, setting: Setting, wanted: bool) -> Meets {
    match sheet.flag(setting) {
        None => Meets::Unread(setting),
        Some(on) if on == wanted => Meets::Met,
        Some(_) => Meets::NotMet(vec![setting]),
    }
}

fn has_recipients(sheet: &Sheet, mail: RuleId) -> Meets {
    let setting = Setting::MailRecipients(mail);
    match sheet.value(setting) {
        _ if !serves_addresses(mail) => Meets::NotMet(vec![setting]),
        Some(Value::Recipients(list)) if list.is_empty() => Meets::NotMet(vec![setting]),
        Some(_) => Meets::Met,
        None => Meets::Unread(setting),
    }
}

fn within(sheet: &Sheet, setting: Setting, most_seconds: i64) -> Meets {
    let Some(text) = sheet.value(setting).and_then(Value::as_duration) else { return Meets::Unread(setting) };
    match IsoDuration::parse(text).and_then(|length| length.seconds_total()) {
        Some(seconds) if (1..=most_seconds).contains(&seconds) => Meets::Met,
        // Years and months are longer than any demand allows; what cannot be read, or has no length, limits nothing.
        _ => Meets::NotMet(vec![setting]),
    }
}

/// Combines several parts: what is not met comes first, then what could not be read.
fn all(sheet: &Sheet, mails: &[RuleId], of: impl Fn(RuleId) -> Meets) -> Meets {
    let (mut against, mut unread) = (Vec::new(), None);
    for mail in mails {
        let level = Setting::MailCritical(*mail);
        match of(*mail) {
            // A level that is not understood may keep the email from everyone.
            Meets::Met if sheet.flag(level).is_none() => unread = unread.or(Some(level)),
            Meets::Met => {}
            Meets::NotMet(settings) => against.extend(settings),
            Meets::Unread(setting) => unread = unread.or(Some(setting)),
        }
    }
    match (against.is_empty(), unread) {
        (false, _) => Meets::NotMet(against),
        (true, Some(setting)) => Meets::Unread(setting),
        (true, None) => Meets::Met,
    }
}
