//! The names of settings, and the help next to them.

use crate::policy::setting::MAILS;
use crate::policy::{Access, ReadOnly, RuleId, Setting, Tab};

/// A tab's name.
pub const fn tab(tab: Tab) -> &'static str {
    match tab {
        Tab::Activation => "Activation",
        Tab::Assignment => "Assignment",
        Tab::Notification => "Notification",
    }
}

/// Members or owners, as shown on the switch.
pub const fn access(access: Access) -> &'static str {
    match access {
        Access::Member => "Members",
        Access::Owner => "Owners",
    }
}

/// One of them: "Member", "Owner".
pub const fn access_one(access: Access) -> &'static str {
    match access {
        Access::Member => "Member",
        Access::Owner => "Owner",
    }
}

/// A setting's label.
pub const fn label(setting: Setting) -> &'static str {
    match setting {
        Setting::ActivationDuration => "Activation maximum duration (hours)",
        Setting::ActivationRequirement => "On activation, require",
        Setting::ActivationJustification => "Require justification on activation",
        Setting::ActivationTicket => "Require ticket information on activation",
        Setting::ApprovalRequired => "Require approval to activate",
        Setting::Approvers => "Select approver(s)",
        Setting::EligiblePermanent => "Allow permanent eligible assignment",
        Setting::EligibleExpiry => "Expire eligible assignments after",
        Setting::ActivePermanent => "Allow permanent active assignment",
        Setting::ActiveExpiry => "Expire active assignments after",
        Setting::ActiveMfa => "Require multifactor authentication on active assignment",
        Setting::ActiveJustification => "Require justification on active assignment",
        Setting::EligibleMfa => "Require multifactor authentication on eligible assignment",
        Setting::EligibleJustification => "Require justification on eligible assignment",
        Setting::MailDefaults(_) => "Default recipients",
        Setting::MailRecipients(_) => "Additional recipients",
        Setting::MailCritical(_) => "Critical emails only",
    }
}

/// A setting's label on its own: email settings include their group and row.
pub fn full_label(setting: Setting) -> String {
    match setting {
        Setting::MailDefaults(mail) | Setting::MailRecipients(mail) | Setting::MailCritical(mail) => {
            format!("{}, {}: {}", mail_occasion(mail), mail_row(mail), label(setting))
        }
        _ => label(setting).to_owned(),
    }
}

/// Several settings on one line.
pub fn labels(settings: &[Setting]) -> String {
    let labels: Vec<String> = settings.iter().map(|setting| full_label(*setting)).collect();
    labels.join(", ")
}

/// The help below a label; empty if the label says it all, or if it depends on the subject
/// ([`crate::text::subject::help`]).
pub const fn help(setting: Setting) -> &'static str {
    match setting {
        Setting::ActivationDuration => "How long an activation lasts at most: 0:30 to 24:00, in steps of half an hour.",
        Setting::ActivationRequirement => {
            "Someone who already used MFA in this session may not be asked again. A context works only through a \
             Conditional Access policy that targets it. Without such a policy, PIM falls back to MFA; if the policy \
             is off, report-only or excludes the person, nothing is required. PIM Desk does not check exclusions."
        }
        Setting::ActivationJustification => "The person must give a business reason.",
        Setting::ActivationTicket => "The person must enter a ticket number. Nothing checks that it exists.",
        Setting::ApprovalRequired => "Approvers have 24 hours; the first decision counts.",
        Setting::EligiblePermanent | Setting::ActivePermanent => "If off, every assignment must expire.",
        Setting::EligibleExpiry | Setting::ActiveExpiry => "The longest period an assignment can be given.",
        Setting::ActiveMfa => {
            "Required of the person who creates the assignment. PIM cannot require MFA when an active assignment is \
             used."
        }
        Setting::EligibleMfa => "Required of the person who creates the assignment.",
        Setting::ActiveJustification | Setting::EligibleJustification => {
            "The person who creates the assignment must give a justification."
        }
        Setting::Approvers | Setting::MailDefaults(_) | Setting::MailRecipients(_) | Setting::MailCritical(_) => "",
    }
}

/// The three headings of the notification tab, each with its three emails.
pub const fn mail_groups() -> [(&'static str, [RuleId; 3]); 3] {
    [
        ("Send notifications when members are assigned as eligible to this role:", [MAILS[0], MAILS[1], MAILS[2]]),
        ("Send notifications when members are assigned as active to this role:", [MAILS[3], MAILS[4], MAILS[5]]),
        ("Send notifications when eligible members activate this role:", [MAILS[6], MAILS[7], MAILS[8]]),
    ]
}

/// The occasion of an email in one word or two.
pub const fn mail_occasion(mail: RuleId) -> &'static str {
    match mail {
        RuleId::EligibleAlert | RuleId::EligibleAssignee | RuleId::EligibleApprover => "Eligible assignment",
        RuleId::ActiveAlert | RuleId::ActiveAssignee | RuleId::ActiveApprover => "Active assignment",
        _ => "Activation",
    }
}

/// The label of an email's row.
pub const fn mail_row(mail: RuleId) -> &'static str {
    match mail {
        RuleId::EligibleAlert | RuleId::ActiveAlert => "Role assignment alert",
        RuleId::EligibleAssignee | RuleId::ActiveAssignee => "Notification to the assigned user (assignee)",
        RuleId::EligibleApprover | RuleId::ActiveApprover => "Request to approve a role assignment renewal/extension",
        RuleId::ActivationAlert => "Role activation alert",
        RuleId::ActivationRequestor => "Notification to activated user (requestor)",
        RuleId::ActivationApprover => "Request to approve an activation",
        _ => "",
    }
}

/// Who the default recipients are.
pub const fn mail_default_recipient(mail: RuleId) -> &'static str {
    match mail {
        RuleId::EligibleAlert | RuleId::ActiveAlert | RuleId::ActivationAlert => "Admin",
        RuleId::EligibleAssignee | RuleId::ActiveAssignee => "Assignee",
        RuleId::ActivationRequestor => "Requestor",
        _ => "Approver",
    }
}

/// What is shown instead of a field for additional recipients, if Microsoft accepts none.
pub const fn mail_without_additional(mail: RuleId) -> Option<&'static str> {
    match mail {
        RuleId::ActivationApprover => Some("Only designated approvers can receive this email"),
        _ => None,
    }
}

/// Why a setting cannot be changed.
pub const fn read_only(reason: ReadOnly) -> &'static str {
    match reason {
        ReadOnly::NotReturned => "Not returned by Microsoft, so it cannot be shown or changed here.",
        ReadOnly::NotUnderstood => {
            "Has a value that PIM Desk does not understand, so it cannot be changed here. The Graph rule contains it."
        }
        ReadOnly::SeveralStages => {
            "Has more than one approval stage, which PIM does not support; it cannot be changed here."
        }
    }
}

/// Choice: nothing more.
pub const REQUIRE_NONE: &str = "None";
/// Choice: MFA.
pub const REQUIRE_MFA: &str = "Azure MFA";
/// Choice: an authentication context.
pub const REQUIRE_CONTEXT: &str = "Microsoft Entra Conditional Access authentication context";
/// The stored value is an unsupported mix.
pub const REQUIRE_BOTH: &str =
    "This policy requires MFA and an authentication context together, which Microsoft does not support. Choose one.";
/// Entry in the list while no context is chosen.
pub const CHOOSE_CONTEXT: &str = "Choose…";
/// Label of the list of contexts.
pub const CONTEXT_ID: &str = "Authentication context";
/// The list of contexts is being read.
pub const CONTEXTS_READING: &str = "Reading the tenant's contexts…";
/// The list of contexts could not be read.
pub const CONTEXTS_UNREADABLE: &str =
    "The tenant's contexts could not be read. Enter the ID (c1 to c99); whether it exists is not checked here.";
/// Label of the search for approvers.
pub const ADD_APPROVER: &str = "Add approver";
/// Its placeholder: what can be typed.
pub const ADD_APPROVER_EXAMPLE: &str = "Name or email address";
/// Mark of an approver who cannot sign in.
pub const APPROVER_DISABLED: &str = "disabled";
/// Mark of a guest.
pub const APPROVER_GUEST: &str = "guest";
/// Mark of a group.
pub const APPROVER_GROUP: &str = "group";
/// Why the period has no effect.
pub const PERIOD_POINTLESS: &str = "Permanent assignment is allowed, so this period does not apply.";
/// Mark of a changed email.
pub const CHANGED: &str = "changed";
/// Mark of an entry that is no address.
pub const NOT_AN_ADDRESS: &str = "not an address";
/// Copies a rule's JSON.
pub const COPY_JSON: &str = "Copy JSON";
/// Announced after copying.
pub const RULE_COPIED: &str = "Rule copied";
/// Shown instead of a rule's JSON.
pub const RULE_NOT_RETURNED: &str = "Not returned by Microsoft.";
/// Shown instead of an ID.
pub const RULE_WITHOUT_ID: &str = "(rule without an ID)";
/// Heading of the settings that the admin center has no control for.
pub const HIDDEN: &str = "Not shown in the admin center";
/// What these settings are.
pub const HIDDEN_HELP: &str = "Microsoft Graph stores these in the rule Enablement_Admin_Eligibility.";
/// What a rule requires beyond its settings, at its last one.
pub fn also_required(entries: &[String]) -> Option<String> {
    (!entries.is_empty()).then(|| ["Also required; cannot be edited here: ", &listed(entries)].concat())
}

/// The same as a line of its own, in a table.
pub fn also_label(setting: Setting) -> String {
    let what = match setting {
        Setting::ActivationTicket => "activation",
        Setting::ActiveJustification => "active assignment",
        _ => "eligible assignment",
    };
    ["Also required on ", what, " (read-only)"].concat()
}

/// What is required, by Microsoft's names.
pub fn listed(entries: &[String]) -> String {
    if entries.is_empty() {
        return "nothing else".to_owned();
    }
    entries.iter().map(|entry| crate::text::quoted::one_line(entry)).collect::<Vec<_>>().join(", ")
}

/// Heading of the list of rules without a setting.
pub const OTHER_RULES: &str = "Other rules (read-only)";
/// What these rules are.
pub const OTHER_RULES_HELP: &str =
    "Part of the policy, but without a setting in the admin center. They are left exactly as they are.";

/// Pasted names are being looked up.
pub fn looking_up(names: usize) -> String {
    ["Looking up ", &crate::text::policy::change::count(names, "name"), "…"].concat()
}

/// Pasted entries that were not added: those that match nobody or several, and those that could not be looked up.
pub fn approvers_left_out(unmatched: &[String], failed: &[String]) -> String {
    let mut words = Vec::new();
    if !unmatched.is_empty() {
        words.push(format!("Not added, because the exact name or email address is needed: {}.", unmatched.join("; ")));
    }
    if !failed.is_empty() {
        words.push(format!("Not looked up, because Microsoft Graph gave no answer: {}.", failed.join("; ")));
    }
    words.join(" ")
}

/// Pasted entries whose name may be two, of which only the address was looked up.
pub fn approvers_by_address(entries: &[String]) -> String {
    if entries.is_empty() {
        return String::new();
    }
    ["Only the address was looked up, not the name before it: ", &entries.join("; "), "."].concat()
}

/// Resets an email to what is stored.
pub fn reset_mail(row: &str) -> String {
    format!("Reset {row}")
}

/// Shows an email's rule.
pub fn show_rule(row: &str) -> String {
    format!("Show Graph rule: {row}")
}

/// Shows approvers that are hidden because there are so many.
pub fn show_all_approvers(number: usize) -> String {
    ["Show all ", &number.to_string(), " approvers"].concat()
}
