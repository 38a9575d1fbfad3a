//! Policies as the table that the import reads: one policy per row, the columns of EasyPIM's exports. It lacks the
//! requirements on eligible assignments, for which EasyPIM has no column, and what belongs to no setting.

use super::Snapshot;
use crate::policy::reading::{JUSTIFICATION, MFA, TICKETING};
use crate::policy::{ReadOnly, Requirement, RuleId, Setting, Sheet, Subject, Value};

/// Placeholder for a value that could not be read: the import skips such a cell and says so.
pub(super) const UNREADABLE: &str = "?";

/// The emails, by EasyPIM's names for them.
const MAILS: [(RuleId, &str); 9] = [
    (RuleId::EligibleAlert, "EligibleAssignment_Alert"),
    (RuleId::EligibleAssignee, "EligibleAssignment_Assignee"),
    (RuleId::EligibleApprover, "EligibleAssignment_Approver"),
    (RuleId::ActiveAlert, "ActiveAssignment_Alert"),
    (RuleId::ActiveAssignee, "ActiveAssignment_Assignee"),
    (RuleId::ActiveApprover, "ActiveAssignment_Approver"),
    (RuleId::ActivationAlert, "Activation_Alert"),
    (RuleId::ActivationRequestor, "Activation_Assignee"),
    (RuleId::ActivationApprover, "Activation_Approver"),
];

/// The columns before the emails.
const HEAD: [&str; 16] = [
    "GroupName",
    "GroupId",
    "Type",
    "RoleName",
    "RoleID",
    "ActivationDuration",
    "EnablementRules",
    "AuthenticationContext_Enabled",
    "AuthenticationContext_Value",
    "ApprovalRequired",
    "Approvers",
    "AllowPermanentEligibleAssignment",
    "MaximumEligibleAssignmentDuration",
    "AllowPermanentActiveAssignment",
    "MaximumActiveAssignmentDuration",
    "ActiveAssignmentRequirement",
];

/// The table.
pub fn settings_table(snapshot: &Snapshot) -> String {
    let mails: Vec<[String; 3]> = MAILS.iter().map(|(_, name)| columns(name)).collect();
    let mut head = HEAD.to_vec();
    head.extend(mails.iter().flatten().map(String::as_str));
    let rows = snapshot.policies.iter().map(|kept| {
        let mut row = whose(&kept.policy.subject, &kept.name);
        row.extend(settings(&Sheet::of(&kept.policy)));
        row
    });
    crate::csv::table(&head, rows)
}

fn columns(mail: &str) -> [String; 3] {
    ["isDefaultRecipientEnabled", "NotificationLevel", "Recipients"]
        .map(|part| ["Notification_", mail, "_", part].concat())
}

fn whose(subject: &Subject, name: &str) -> Vec<String> {
    let (name, id) = (name.to_owned(), subject.id().to_string());
    let none = String::new;
    match subject {
        Subject::Group { access, .. } => vec![name, id, access.as_str().to_owned(), none(), none()],
        Subject::Role { .. } => vec![none(), none(), none(), name, id],
    }
}

fn settings(sheet: &Sheet) -> Vec<String> {
    let flag = |setting| sheet.value(setting).and_then(Value::as_flag);
    let truth = |setting| flag(setting).map_or(UNREADABLE, |on| if on { "true" } else { "false" }).to_owned();
    let length = |setting| match sheet.value(setting) {
        Some(Value::Duration(text)) => text.clone(),
        _ => UNREADABLE.to_owned(),
    };
    let requirement = match sheet.value(Setting::ActivationRequirement) {
        Some(Value::Requirement(requirement)) => Some(requirement),
        _ => None,
    };
    let mfa = requirement.map(|one| matches!(one, Requirement::Mfa | Requirement::MfaAndContext(_)));
    let (context_on, context) = match requirement {
        Some(Requirement::Context(id) | Requirement::MfaAndContext(id)) => ("true", id.as_str()),
        Some(_) => ("false", ""),
        None => (UNREADABLE, UNREADABLE),
    };
    // With several approval stages the first one would stand for all.
    let stages = sheet.reading(Setting::Approvers).is_some_and(|one| one.read_only == Some(ReadOnly::SeveralStages));
    let approvers = match sheet.value(Setting::Approvers) {
        Some(Value::Approvers(list)) if !stages => {
            list.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join("; ")
        }
        _ => UNREADABLE.to_owned(),
    };
    let activation = [mfa, flag(Setting::ActivationJustification), flag(Setting::ActivationTicket)];
    let active = [flag(Setting::ActiveMfa), flag(Setting::ActiveJustification), Some(false)];
    let mut cells = vec![
        length(Setting::ActivationDuration),
        demands(activation),
        context_on.to_owned(),
        context.to_owned(),
        truth(Setting::ApprovalRequired),
        approvers,
        truth(Setting::EligiblePermanent),
        length(Setting::EligibleExpiry),
        truth(Setting::ActivePermanent),
        length(Setting::ActiveExpiry),
        demands(active),
    ];
    for (mail, _) in MAILS {
        let level = flag(Setting::MailCritical(mail)).map_or(UNREADABLE, |on| if on { "Critical" } else { "All" });
        let recipients = match sheet.value(Setting::MailRecipients(mail)) {
            Some(Value::Recipients(list)) => list.join("; "),
            // The approvers' email takes no additional recipients.
            _ if mail == RuleId::ActivationApprover => String::new(),
            _ => UNREADABLE.to_owned(),
        };
        cells.extend([truth(Setting::MailDefaults(mail)), level.to_owned(), recipients]);
    }
    cells
}

/// The requirements that are on; if one is unknown, none can be written without changing it.
fn demands(made: [Option<bool>; 3]) -> String {
    let mut words = Vec::new();
    for (on, word) in made.into_iter().zip([MFA, JUSTIFICATION, TICKETING]) {
        match on {
            Some(true) => words.push(word),
            Some(false) => {}
            None => return UNREADABLE.to_owned(),
        }
    }
    words.join("; ")
}
