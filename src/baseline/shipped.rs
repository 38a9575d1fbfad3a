//! The baselines that come with the product. Facts only; the sentences are in `text::baseline`.
//!
//! CISA: "Secure Configuration Baseline for Microsoft Entra ID", section 7, lines last modified June 2023; the same
//! document lists the highly privileged roles. For groups in PIM that have such a role it means their Member settings.
//! Microsoft: the tables of example settings in "Plan a Privileged Identity Management deployment".

use super::demand::Demand;
use super::scope::{AppliesTo, EXCHANGE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR, HELPDESK_ADMINISTRATOR};
use super::{Baseline, Line, Strength};
use crate::policy::RuleId;

/// The two emails about new assignments.
const ASSIGNMENT_ALERTS: &[RuleId] = &[RuleId::EligibleAlert, RuleId::ActiveAlert];
/// The email about an activation.
const ACTIVATION_ALERT: &[RuleId] = &[RuleId::ActivationAlert];
/// All emails to administrators.
const ALERTS: &[RuleId] = &[RuleId::EligibleAlert, RuleId::ActiveAlert, RuleId::ActivationAlert];

const fn line(id: &'static str, strength: Strength, scope: AppliesTo, demand: Demand) -> Line {
    Line { id, strength, scope, demand }
}

const fn example(id: &'static str, scope: AppliesTo, demand: Demand) -> Line {
    line(id, Strength::Example, scope, demand)
}

/// CISA `SCuBA`, section 7.
pub const SCUBA: Baseline = Baseline {
    key: "scuba",
    lines: &[
        line("MS.AAD.7.4v1", Strength::Shall, AppliesTo::HighlyPrivileged, Demand::NoPermanentActive),
        line("MS.AAD.7.6v1", Strength::Shall, AppliesTo::GlobalAdministrator, Demand::Approval),
        line("MS.AAD.7.7v1", Strength::Shall, AppliesTo::HighlyPrivileged, Demand::Mailbox(ASSIGNMENT_ALERTS)),
        line("MS.AAD.7.8v1", Strength::Shall, AppliesTo::GlobalAdministrator, Demand::Mailbox(ACTIVATION_ALERT)),
        line("MS.AAD.7.9v1", Strength::Should, AppliesTo::OtherHighlyPrivileged, Demand::Mailbox(ACTIVATION_ALERT)),
    ],
    not_judged: &["MS.AAD.7.1v1", "MS.AAD.7.2v1", "MS.AAD.7.3v1", "MS.AAD.7.5v1"],
};

const GLOBAL: AppliesTo = AppliesTo::Role(GLOBAL_ADMINISTRATOR);
const EXCHANGE: AppliesTo = AppliesTo::Role(EXCHANGE_ADMINISTRATOR);
const HELPDESK: AppliesTo = AppliesTo::Role(HELPDESK_ADMINISTRATOR);

/// The examples in Microsoft's deployment plan.
pub const DEPLOYMENT_PLAN: Baseline = Baseline {
    key: "deployment-plan",
    lines: &[
        example("owner-duration", AppliesTo::Owners, Demand::ActivationWithin(60)),
        example("owner-sign-in", AppliesTo::Owners, Demand::StrongSignIn),
        example("owner-approval", AppliesTo::Owners, Demand::Approval),
        example("owner-eligible", AppliesTo::Owners, Demand::EligibleWithin(90)),
        example("owner-active", AppliesTo::Owners, Demand::NoPermanentActive),
        example("owner-mails", AppliesTo::Owners, Demand::Mails(ALERTS)),
        example("member-duration", AppliesTo::Members, Demand::ActivationWithin(300)),
        example("member-sign-in", AppliesTo::Members, Demand::StrongSignIn),
        example("member-eligible", AppliesTo::Members, Demand::EligibleWithin(90)),
        example("member-active", AppliesTo::Members, Demand::NoPermanentActive),
        example("member-mails", AppliesTo::Members, Demand::Mails(ALERTS)),
        example("global-duration", GLOBAL, Demand::ActivationWithin(60)),
        example("global-sign-in", GLOBAL, Demand::StrongSignIn),
        example("global-ticket", GLOBAL, Demand::Ticket),
        example("global-approval", GLOBAL, Demand::Approval),
        example("global-mails", GLOBAL, Demand::Mails(ALERTS)),
        example("exchange-duration", EXCHANGE, Demand::ActivationWithin(120)),
        example("exchange-sign-in", EXCHANGE, Demand::StrongSignIn),
        example("exchange-active", EXCHANGE, Demand::NoPermanentActive),
        example("exchange-mails", EXCHANGE, Demand::Mails(ALERTS)),
        example("helpdesk-duration", HELPDESK, Demand::ActivationWithin(480)),
        example("helpdesk-ticket", HELPDESK, Demand::Ticket),
        example("helpdesk-active", HELPDESK, Demand::NoPermanentActive),
    ],
    not_judged: &[],
};

/// Every baseline, as offered.
pub const ALL: [Baseline; 2] = [SCUBA, DEPLOYMENT_PLAN];

/// The baseline with this key.
pub fn find(key: &str) -> Option<Baseline> {
    ALL.into_iter().find(|baseline| baseline.key == key)
}
