//! The settings of the admin center, in its order, and the rule that stores each one.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::rule::RuleId;

/// The tabs of the admin center's edit view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tab {
    /// What activation requires.
    Activation,
    /// How long assignments last and what creating them requires.
    Assignment,
    /// Who is notified of what.
    Notification,
}

impl Tab {
    /// All tabs in order.
    pub const ALL: [Self; 3] = [Self::Activation, Self::Assignment, Self::Notification];

    /// The tab's name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::Assignment => "assignment",
            Self::Notification => "notification",
        }
    }
}

/// One setting: the unit of editing, comparing, merging and undoing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// "Activation maximum duration (hours)"; [`Value::Duration`](super::Value).
    ActivationDuration,
    /// "On activation, require"; [`Value::Requirement`](super::Value).
    ActivationRequirement,
    /// "Require justification on activation"; a flag.
    ActivationJustification,
    /// "Require ticket information on activation"; a flag.
    ActivationTicket,
    /// "Require approval to activate"; a flag.
    ApprovalRequired,
    /// "Select approver(s)".
    Approvers,
    /// "Allow permanent eligible assignment"; a flag, the inverse of `isExpirationRequired`.
    EligiblePermanent,
    /// "Expire eligible assignments after"; a duration.
    EligibleExpiry,
    /// "Allow permanent active assignment"; a flag.
    ActivePermanent,
    /// "Expire active assignments after"; a duration.
    ActiveExpiry,
    /// "Require multifactor authentication on active assignment"; a flag.
    ActiveMfa,
    /// "Require justification on active assignment"; a flag.
    ActiveJustification,
    /// MFA required for making an eligible assignment; a flag. Not shown in the admin center.
    EligibleMfa,
    /// A justification required for making an eligible assignment; a flag. Not shown in the admin center.
    EligibleJustification,
    /// Whether an email goes to its default recipients, by the email's rule; a flag.
    MailDefaults(RuleId),
    /// The additional recipients of an email.
    MailRecipients(RuleId),
    /// "Critical emails only" for an email; a flag.
    MailCritical(RuleId),
}

/// The nine emails in the order of the admin center: three groups of three.
pub const MAILS: [RuleId; 9] = [
    RuleId::EligibleAlert,
    RuleId::EligibleAssignee,
    RuleId::EligibleApprover,
    RuleId::ActiveAlert,
    RuleId::ActiveAssignee,
    RuleId::ActiveApprover,
    RuleId::ActivationAlert,
    RuleId::ActivationRequestor,
    RuleId::ActivationApprover,
];

/// Whether Microsoft sends an email to the addresses stored with it: requests to approve an activation go to approvers
/// only.
pub const fn serves_addresses(mail: RuleId) -> bool {
    !matches!(mail, RuleId::ActivationApprover)
}

/// Whether it is the list of addresses of an email that Microsoft sends to none of them.
pub const fn is_unserved(setting: Setting) -> bool {
    matches!(setting, Setting::MailRecipients(mail) if !serves_addresses(mail))
}

const ACTIVATION: [Setting; 6] = [
    Setting::ActivationDuration,
    Setting::ActivationRequirement,
    Setting::ActivationJustification,
    Setting::ActivationTicket,
    Setting::ApprovalRequired,
    Setting::Approvers,
];

const ASSIGNMENT: [Setting; 8] = [
    Setting::EligiblePermanent,
    Setting::EligibleExpiry,
    Setting::ActivePermanent,
    Setting::ActiveExpiry,
    Setting::ActiveMfa,
    Setting::ActiveJustification,
    Setting::EligibleMfa,
    Setting::EligibleJustification,
];

impl Setting {
    /// All settings in the admin center's order; those it does not show are last on their tab.
    pub fn all() -> impl Iterator<Item = Self> {
        Tab::ALL.into_iter().flat_map(Self::of_tab)
    }

    /// The settings of one tab, in order.
    pub fn of_tab(tab: Tab) -> Vec<Self> {
        match tab {
            Tab::Activation => ACTIVATION.to_vec(),
            Tab::Assignment => ASSIGNMENT.to_vec(),
            Tab::Notification => MAILS
                .into_iter()
                .flat_map(|mail| [Self::MailDefaults(mail), Self::MailRecipients(mail), Self::MailCritical(mail)])
                .collect(),
        }
    }

    /// The tab it is on.
    pub const fn tab(self) -> Tab {
        match self {
            Self::ActivationDuration
            | Self::ActivationRequirement
            | Self::ActivationJustification
            | Self::ActivationTicket
            | Self::ApprovalRequired
            | Self::Approvers => Tab::Activation,
            Self::EligiblePermanent
            | Self::EligibleExpiry
            | Self::ActivePermanent
            | Self::ActiveExpiry
            | Self::ActiveMfa
            | Self::ActiveJustification
            | Self::EligibleMfa
            | Self::EligibleJustification => Tab::Assignment,
            Self::MailDefaults(_) | Self::MailRecipients(_) | Self::MailCritical(_) => Tab::Notification,
        }
    }

    /// The switch that it depends on, and the state of it in which the setting has an effect: a period has none if
    /// assignments may be permanent, and approvers have none without approval.
    pub const fn switch(self) -> Option<(Self, bool)> {
        match self {
            Self::Approvers => Some((Self::ApprovalRequired, true)),
            Self::EligibleExpiry => Some((Self::EligiblePermanent, false)),
            Self::ActiveExpiry => Some((Self::ActivePermanent, false)),
            _ => None,
        }
    }

    /// Whether it has an effect, given the state of its switch. If that is unknown, it may have.
    pub fn applies(self, flag: impl FnOnce(Self) -> Option<bool>) -> bool {
        self.switch().is_none_or(|(switch, needed)| flag(switch) != Some(!needed))
    }

    /// The rules it is stored in: one, but two for [`Setting::ActivationRequirement`].
    pub const fn rules(self) -> (RuleId, Option<RuleId>) {
        match self {
            Self::ActivationDuration => (RuleId::ActivationExpiration, None),
            Self::ActivationRequirement => (RuleId::ActivationEnablement, Some(RuleId::ActivationContext)),
            Self::ActivationJustification | Self::ActivationTicket => (RuleId::ActivationEnablement, None),
            Self::ApprovalRequired | Self::Approvers => (RuleId::ActivationApproval, None),
            Self::EligiblePermanent | Self::EligibleExpiry => (RuleId::EligibleExpiration, None),
            Self::ActivePermanent | Self::ActiveExpiry => (RuleId::ActiveExpiration, None),
            Self::ActiveMfa | Self::ActiveJustification => (RuleId::ActiveEnablement, None),
            Self::EligibleMfa | Self::EligibleJustification => (RuleId::EligibleEnablement, None),
            Self::MailDefaults(mail) | Self::MailRecipients(mail) | Self::MailCritical(mail) => (mail, None),
        }
    }

    /// The setting's stable name in drafts and files, such as `activation.duration`.
    pub fn key(self) -> String {
        let name = match self {
            Self::ActivationDuration => "activation.duration",
            Self::ActivationRequirement => "activation.requirement",
            Self::ActivationJustification => "activation.justification",
            Self::ActivationTicket => "activation.ticket",
            Self::ApprovalRequired => "activation.approval",
            Self::Approvers => "activation.approvers",
            Self::EligiblePermanent => "eligible.permanent",
            Self::EligibleExpiry => "eligible.expiry",
            Self::ActivePermanent => "active.permanent",
            Self::ActiveExpiry => "active.expiry",
            Self::ActiveMfa => "active.mfa",
            Self::ActiveJustification => "active.justification",
            Self::EligibleMfa => "eligible.mfa",
            Self::EligibleJustification => "eligible.justification",
            Self::MailDefaults(mail) => return format!("{}.defaults", mail.as_str()),
            Self::MailRecipients(mail) => return format!("{}.recipients", mail.as_str()),
            Self::MailCritical(mail) => return format!("{}.critical", mail.as_str()),
        };
        name.to_owned()
    }

    /// Finds a setting by its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().find(|setting| setting.key() == key)
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

impl Serialize for Setting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Self::from_key(&key).ok_or_else(|| serde::de::Error::custom("unknown setting"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_distinct_and_found_again() {
        assert_eq!(Setting::all().count(), 6 + 8 + 27);
        for setting in Setting::all() {
            assert_eq!(Setting::from_key(&setting.key()), Some(setting));
            assert!(Setting::of_tab(setting.tab()).contains(&setting));
        }
    }
}
