//! Baselines as text: in our own words, with the source.

use crate::auth::scope::Scope as Permission;
use crate::baseline::{AppliesTo, Baseline, Demand, Finding, Line, Outcome, Strength, Unknown, Verdict};
use crate::baseline::{scope, shipped};
use crate::policy::{Reading, RuleId, Setting};

use crate::text::policy::setting::full_label;
use crate::text::policy::value::Names;

/// A baseline's name.
pub fn name(baseline: &Baseline) -> &'static str {
    if baseline.key == shipped::SCUBA.key {
        "CISA SCuBA, highly privileged access"
    } else {
        "Microsoft's examples for PIM"
    }
}

/// The source and its date.
pub fn source(baseline: &Baseline) -> &'static str {
    if baseline.key == shipped::SCUBA.key {
        "CISA, Secure Configuration Baseline for Microsoft Entra ID, section 7; these lines were last modified in June \
         2023. An alert counts only if it has an additional recipient, as in CISA's own tool. For groups, CISA covers the \
         Member settings of groups in PIM that hold such a role."
    } else {
        "Microsoft Learn, Plan a Privileged Identity Management deployment; its tables of example settings, as of April \
         2025. They are examples, not requirements. If a table asks for MFA and Conditional Access, either counts, because \
         PIM accepts only one of them."
    }
}

/// The text of the link to the source.
pub fn link_words(baseline: &Baseline) -> &'static str {
    if baseline.key == shipped::SCUBA.key { "The CISA baseline" } else { "The deployment plan on Microsoft Learn" }
}

/// The address of the source.
pub fn link(baseline: &Baseline) -> &'static str {
    if baseline.key == shipped::SCUBA.key {
        "https://github.com/cisagov/ScubaGear/blob/main/PowerShell/ScubaGear/baselines/aad.md"
    } else {
        "https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-deployment-plan"
    }
}

/// A line's ID: the source's, if it has one.
pub fn id(line: &Line) -> String {
    match line.strength {
        Strength::Example => whom(line.scope).to_owned(),
        Strength::Shall | Strength::Should => line.id.to_owned(),
    }
}

/// What a line requires.
pub fn line(line: &Line) -> String {
    match line.demand {
        Demand::NoPermanentActive => "Permanent active assignments are not allowed".to_owned(),
        Demand::Approval => "Activation requires approval".to_owned(),
        Demand::Ticket => "Activation requires a ticket".to_owned(),
        Demand::StrongSignIn => "Activation requires MFA or an authentication context".to_owned(),
        Demand::ActivationWithin(minutes) => {
            let within = crate::text::duration::duration(&crate::policy::IsoDuration::from_minutes(minutes).to_iso());
            format!("An activation lasts at most {within}")
        }
        Demand::EligibleWithin(days) => format!("Eligible assignments expire after at most {days} days"),
        Demand::Mailbox(mails) if mails == [RuleId::ActivationAlert] => {
            "An activation alerts an additional recipient".to_owned()
        }
        Demand::Mailbox(_) => "Eligible and active assignments alert an additional recipient".to_owned(),
        Demand::Mails(_) => "Default or additional recipients are set for assignments and activations".to_owned(),
    }
}

/// Which policies a line applies to.
pub fn whom(of: AppliesTo) -> &'static str {
    match of {
        AppliesTo::HighlyPrivileged => "Highly privileged roles, and groups that hold one",
        AppliesTo::GlobalAdministrator => "Global Administrator, and groups that hold it",
        AppliesTo::OtherHighlyPrivileged => "Other highly privileged roles, and groups that hold one",
        AppliesTo::Members => "Members of groups",
        AppliesTo::Owners => "Owners of groups",
        AppliesTo::Role(scope::GLOBAL_ADMINISTRATOR) => "Global Administrator",
        AppliesTo::Role(scope::EXCHANGE_ADMINISTRATOR) => "Exchange Administrator",
        AppliesTo::Role(_) => "Helpdesk Administrator",
    }
}

/// How binding a line is: "must", "should" or "example".
pub const fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Shall => "must",
        Strength::Should => "should",
        Strength::Example => "example",
    }
}

/// Lines that are not about policies.
pub fn not_judged(baseline: &Baseline) -> Option<String> {
    (!baseline.not_judged.is_empty()).then(|| {
        format!("Not checked here, because they concern assignments, not policies: {}.", baseline.not_judged.join(", "))
    })
}

/// A verdict in a word or two.
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::NotMet => "not met",
        Outcome::NotKnown => "not known",
        Outcome::NotApplicable => "not applicable",
    }
}

/// Why: the policy's values, or what is unknown; of what is met, which emails are sent only if critical. Empty if there
/// is nothing to say.
pub fn why(finding: &Finding, reading: &dyn Fn(Setting) -> Option<Reading>, names: &dyn Names) -> String {
    match &finding.verdict {
        Verdict::NotApplicable => String::new(),
        Verdict::Met => only_critical(finding.line.demand, reading),
        Verdict::NotMet(settings) => {
            let line = |setting: &Setting| {
                let value = reading(*setting).map(|reading| crate::text::policy::value::reading(&reading, names));
                [&full_label(*setting), ": ", value.as_deref().unwrap_or_default()].concat()
            };
            settings.iter().map(line).collect::<Vec<_>>().join("; ")
        }
        Verdict::NotKnown(unknown) => not_known(*unknown),
    }
}

/// The emails of a line of which only critical ones are sent.
fn only_critical(demand: Demand, reading: &dyn Fn(Setting) -> Option<Reading>) -> String {
    let (Demand::Mailbox(mails) | Demand::Mails(mails)) = demand else { return String::new() };
    let levels = mails.iter().map(|mail| Setting::MailCritical(*mail));
    let is_on = |level: &Setting| reading(*level).and_then(|reading| reading.value?.as_flag()) == Some(true);
    levels.filter(is_on).map(full_label).collect::<Vec<_>>().join("; ")
}

fn not_known(unknown: Unknown) -> String {
    match unknown {
        Unknown::Waiting => "The policy is being read.".to_owned(),
        Unknown::NotRead => "The policy was not read, because reading was stopped.".to_owned(),
        Unknown::NoPolicy => "Microsoft returned no policy.".to_owned(),
        Unknown::Several => "Microsoft returned more than one policy.".to_owned(),
        Unknown::Failed => "The policy could not be read.".to_owned(),
        Unknown::Setting(setting) => format!("This setting could not be read: {}.", full_label(setting)),
        Unknown::Holder => "It is not known whether the group can hold Entra roles.".to_owned(),
        Unknown::RolesWaiting => "The group's Entra roles are being read.".to_owned(),
        Unknown::RolesNotGranted => {
            format!("Reading the group's Entra roles needs {}.", Permission::RoleRead.name())
        }
        Unknown::RolesFailed => "The group's Entra roles could not be read.".to_owned(),
        Unknown::RolesNotRead => "The group's Entra roles were not read, because reading was stopped.".to_owned(),
    }
}
