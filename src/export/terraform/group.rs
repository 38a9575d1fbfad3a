//! `azuread_group_role_management_policy` (provider `azuread` from 2.49 on): blocks of settings. A block is written
//! whole if one of its settings is included, so that it does not matter what Terraform knew before.

use crate::export::Export;
use crate::export::quote::{comment, hcl};
use crate::policy::{Access, Approver, ApproverKind, IsoDuration, ReadOnly, Requirement, RuleId, Setting, Value};
use crate::text::policy::export as words;

/// The periods that the provider accepts for the end of assignments, days.
const PERIODS: [u32; 5] = [15, 30, 90, 180, 365];

/// Lines of a block, indented to its depth.
struct Block<'a> {
    export: &'a Export,
    lines: Vec<String>,
    depth: usize,
}

impl Block<'_> {
    fn line(&mut self, text: &str) {
        let indent = if text.is_empty() { String::new() } else { "  ".repeat(self.depth) };
        self.lines.push(indent + text);
    }

    fn note(&mut self, text: &str) {
        self.line(&["# ", &comment(text)].concat());
    }

    fn argument(&mut self, name: &str, value: &str) {
        self.line(&[name, " = ", value].concat());
    }

    fn open(&mut self, name: &str) {
        self.line(&[name, " {"].concat());
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.line("}");
    }

    fn flag(&mut self, name: &str, setting: Setting) {
        match self.export.after.flag(setting) {
            Some(on) => self.argument(name, if on { "true" } else { "false" }),
            None => self.note(&words::terraform_unread(name)),
        }
    }

    fn means(&self, settings: &[Setting]) -> bool {
        settings.iter().any(|setting| self.export.settings.contains(setting))
    }
}

pub(super) fn text(export: &Export, access: Access) -> String {
    let mut block = Block { export, lines: Vec::new(), depth: 0 };
    block.note(&export.title());
    block.note(&[&export.place(), ". ", words::TENANT_OF_PROVIDER].concat());
    block.note(words::TERRAFORM_ADOPTS);
    block.note(words::TERRAFORM_UNNAMED);
    let own = export.label(access.as_str());
    block.open(&["resource \"azuread_group_role_management_policy\" ", &hcl(&own)].concat());
    block.argument("group_id", &hcl(export.subject.id().as_str()));
    block.argument("role_id", &hcl(access.as_str()));
    activation(&mut block);
    assignment(&mut block, "eligible_assignment_rules", [Setting::EligiblePermanent, Setting::EligibleExpiry], &[]);
    let demands = [
        ("require_multifactor_authentication", Setting::ActiveMfa),
        ("require_justification", Setting::ActiveJustification),
    ];
    assignment(&mut block, "active_assignment_rules", [Setting::ActivePermanent, Setting::ActiveExpiry], &demands);
    if block.means(&[Setting::EligibleMfa, Setting::EligibleJustification]) {
        block.line("");
        block.note(words::TERRAFORM_NO_ELIGIBLE_DEMANDS);
    }
    mails(&mut block);
    block.close();
    aligned(&block.lines).join("\n") + "\n"
}

/// The lines with the equals signs of neighboring arguments aligned, as `terraform fmt` does.
fn aligned(lines: &[String]) -> Vec<String> {
    let name = |line: &String| {
        let name = line.split_once(" = ")?.0;
        (!name.trim_start().starts_with('#')).then(|| name.to_owned())
    };
    let mut done: Vec<String> = Vec::new();
    while let Some(line) = lines.get(done.len()) {
        let run: Vec<String> = lines[done.len()..].iter().map_while(name).collect();
        let width = run.iter().map(String::len).max().unwrap_or_default();
        if run.is_empty() {
            done.push(line.clone());
        }
        for (own, line) in run.iter().zip(&lines[done.len()..].to_vec()) {
            done.push([own, &*" ".repeat(width - own.len()), &line[own.len()..]].concat());
        }
    }
    done
}

fn activation(block: &mut Block<'_>) {
    if !block.means(&Setting::of_tab(crate::policy::Tab::Activation)) {
        return;
    }
    block.line("");
    block.open("activation_rules");
    duration(block, "maximum_duration", Setting::ActivationDuration, |read| {
        let minutes = read.minutes_total().filter(|minutes| (30..=1440).contains(minutes) && minutes % 30 == 0)?;
        Some(if minutes == 1440 { "P1D".to_owned() } else { IsoDuration::from_minutes(minutes).to_iso() })
    });
    requirement(block);
    block.flag("require_justification", Setting::ActivationJustification);
    block.flag("require_ticket_info", Setting::ActivationTicket);
    approval(block);
    block.close();
}

/// What activation requires. The provider writes what is named, and leaves on what was already on.
fn requirement(block: &mut Block<'_>) {
    let export = block.export;
    let Some(Value::Requirement(wanted)) = export.after.value(Setting::ActivationRequirement) else {
        return block.note(&words::terraform_unread("require_multifactor_authentication"));
    };
    match (wanted, &export.before) {
        (Requirement::MfaAndContext(_), _) => block.note(words::TERRAFORM_BOTH),
        (Requirement::Context(_), None | Some(Requirement::Mfa | Requirement::MfaAndContext(_))) => {
            block.note(words::TERRAFORM_MFA_STAYS);
        }
        (
            Requirement::None | Requirement::Mfa,
            None | Some(Requirement::Context(_) | Requirement::MfaAndContext(_)),
        ) => block.note(words::TERRAFORM_CONTEXT_STAYS),
        _ => {}
    }
    match wanted {
        Requirement::None => block.argument("require_multifactor_authentication", "false"),
        Requirement::Mfa => block.argument("require_multifactor_authentication", "true"),
        Requirement::Context(claim) | Requirement::MfaAndContext(claim) => {
            block.argument("required_conditional_access_authentication_context", &hcl(claim));
        }
    }
}

/// Whether approval is required, and by whom. The provider rejects approval without a stage, and a stage without an
/// approver.
fn approval(block: &mut Block<'_>) {
    let export = block.export;
    let approvers = export.after.reading(Setting::Approvers);
    let mut known: Vec<(&Approver, &str)> = Vec::new();
    if let Some(Value::Approvers(list)) = approvers.and_then(|reading| reading.value.as_ref()) {
        for approver in list {
            match approver.kind {
                ApproverKind::User => known.push((approver, "singleUser")),
                ApproverKind::Group => known.push((approver, "groupMembers")),
                ApproverKind::Other => block.note(words::TERRAFORM_APPROVER),
            }
        }
    } else {
        block.note(&words::terraform_unread("approval_stage"));
    }
    if known.is_empty() && export.after.flag(Setting::ApprovalRequired) == Some(true) {
        return block.note(words::TERRAFORM_NO_APPROVER);
    }
    block.flag("require_approval", Setting::ApprovalRequired);
    if approvers.is_some_and(|reading| reading.read_only == Some(ReadOnly::SeveralStages)) {
        block.note(words::TERRAFORM_STAGES);
    }
    if known.is_empty() {
        return;
    }
    block.open("approval_stage");
    for (approver, kind) in known {
        block.open("primary_approver");
        block.argument("object_id", &hcl(&approver.id));
        block.argument("type", &hcl(kind));
        block.close();
    }
    block.close();
}

fn assignment(block: &mut Block<'_>, name: &str, [permanent, expiry]: [Setting; 2], demands: &[(&str, Setting)]) {
    let meant: Vec<Setting> =
        [permanent, expiry].into_iter().chain(demands.iter().map(|(_, setting)| *setting)).collect();
    if !block.means(&meant) {
        return;
    }
    block.line("");
    block.open(name);
    match block.export.after.flag(permanent) {
        Some(may) => block.argument("expiration_required", if may { "false" } else { "true" }),
        None => block.note(&words::terraform_unread("expiration_required")),
    }
    duration(block, "expire_after", expiry, |read| {
        let days = read.days_total().filter(|days| PERIODS.contains(days))?;
        Some(IsoDuration::from_days(days).to_iso())
    });
    for (argument, setting) in demands {
        block.flag(argument, *setting);
    }
    block.close();
}

/// A duration in the form the provider accepts, or a note that it accepts no such duration.
fn duration(block: &mut Block<'_>, name: &str, setting: Setting, form: fn(IsoDuration) -> Option<String>) {
    match block.export.after.value(setting).and_then(Value::as_duration) {
        None => block.note(&words::terraform_unread(name)),
        Some(text) => {
            if let Some(taken) = IsoDuration::parse(text).and_then(form) {
                block.argument(name, &hcl(&taken));
            } else {
                let text = if text.is_empty() { "an empty value".to_owned() } else { text.to_owned() };
                block.note(&words::terraform_refuses(name, &text));
            }
        }
    }
}

fn mails(block: &mut Block<'_>) {
    let occasions = [
        ("eligible_assignments", [RuleId::EligibleAlert, RuleId::EligibleAssignee, RuleId::EligibleApprover]),
        ("active_assignments", [RuleId::ActiveAlert, RuleId::ActiveAssignee, RuleId::ActiveApprover]),
        ("eligible_activations", [RuleId::ActivationAlert, RuleId::ActivationRequestor, RuleId::ActivationApprover]),
    ];
    let settings = |mail| [Setting::MailDefaults(mail), Setting::MailRecipients(mail), Setting::MailCritical(mail)];
    if !block.means(&Setting::of_tab(crate::policy::Tab::Notification)) {
        return;
    }
    block.line("");
    block.open("notification_rules");
    for (occasion, mails) in occasions {
        if !mails.iter().any(|mail| block.means(&settings(*mail))) {
            continue;
        }
        block.open(occasion);
        for (name, mail) in
            ["admin_notifications", "assignee_notifications", "approver_notifications"].into_iter().zip(mails)
        {
            if block.means(&settings(mail)) {
                one_mail(block, name, settings(mail));
            }
        }
        block.close();
    }
    block.close();
}

fn one_mail(block: &mut Block<'_>, name: &str, [defaults, recipients, critical]: [Setting; 3]) {
    let after = &block.export.after;
    let (Some(on), Some(Value::Recipients(list)), Some(only)) =
        (after.flag(defaults), after.value(recipients).cloned(), after.flag(critical))
    else {
        block.note(&words::terraform_unread(name));
        return;
    };
    block.open(name);
    block.argument("notification_level", if only { "\"Critical\"" } else { "\"All\"" });
    block.argument("default_recipients", if on { "true" } else { "false" });
    let list: Vec<String> = list.iter().map(|mail| hcl(mail)).collect();
    block.argument("additional_recipients", &["[", &list.join(", "), "]"].concat());
    block.close();
}
