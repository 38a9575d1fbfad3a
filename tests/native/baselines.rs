//! Every line of every baseline, with a policy that meets it and one that does not; and what is unknown.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod doubt;
mod mails;

use std::sync::Arc;

use crate::sample;
use pim_desk::baseline::demand::Meets;
use pim_desk::baseline::judge::sheet_for;
use pim_desk::baseline::report::{findings, items, shown};
use pim_desk::baseline::scope::{
    EXCHANGE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR, HELPDESK_ADMINISTRATOR, OTHER_HIGHLY_PRIVILEGED,
};
use pim_desk::baseline::{
    ALL, Demand, Finding, Held, Inputs, Line, Need, Outcome, Show, Totals, Unknown, Verdict, View, find, judge,
};
use pim_desk::directory::{Group, Holder, Role};
use pim_desk::guid::Guid;
use pim_desk::matrix::{Class, Column, Deviation, Row, Standing, deviation};
use pim_desk::policy::preflight::Facts;
use pim_desk::policy::{Access, Policy, Requirement, RuleId, Setting, Sheet, Subject, Value};
use pim_desk::rollout::plan::{Around, LeftOut, effect};
use pim_desk::text::matrix::cell::{Nameless, full_line};

const GROUP: &str = "7e526275-97a8-4dc6-932a-4db521cccf96";

fn guid(id: &str) -> Guid {
    id.parse().unwrap()
}

/// Everything as strict as any line requires.
fn strict() -> Vec<(Setting, Value)> {
    let mail = |mail| {
        [
            (Setting::MailDefaults(mail), Value::Flag(true)),
            (Setting::MailRecipients(mail), Value::Recipients(vec!["soc@contoso.com".into()])),
            (Setting::MailCritical(mail), Value::Flag(false)),
        ]
    };
    let mut values = vec![
        (Setting::ActivationDuration, Value::Duration("PT1H".into())),
        (Setting::ActivationRequirement, Value::Requirement(Requirement::Mfa)),
        (Setting::ActivationTicket, Value::Flag(true)),
        (Setting::ApprovalRequired, Value::Flag(true)),
        (Setting::Approvers, Value::Approvers(Vec::new())),
        (Setting::EligiblePermanent, Value::Flag(false)),
        (Setting::EligibleExpiry, Value::Duration("P90D".into())),
        (Setting::ActivePermanent, Value::Flag(false)),
    ];
    for rule in [RuleId::EligibleAlert, RuleId::ActiveAlert, RuleId::ActivationAlert] {
        values.extend(mail(rule));
    }
    values
}

fn strict_but(changed: &[(Setting, Value)]) -> Sheet {
    let mut values = strict();
    for (setting, value) in changed {
        values.retain(|(other, _)| other != setting);
        values.push((*setting, value.clone()));
    }
    Sheet::kept(values)
}

fn role(template: &str, sheet: Sheet) -> Row {
    let template = guid(template);
    let role = Role {
        id: template.clone(),
        template_id: template.clone(),
        name: "A role".into(),
        description: String::new(),
        built_in: true,
        privileged: None,
    };
    let holder = Some(Arc::new(Holder::Role(role)));
    Row { standing: Standing::Read(Arc::new(sheet)), ..Row::waiting(Subject::Role { template }, holder) }
}

fn group(access: Access, role_assignable: bool, sheet: Sheet) -> Row {
    let group = Group {
        id: guid(GROUP),
        name: "Tier 0".into(),
        description: String::new(),
        role_assignable,
        dynamic: false,
        synced: false,
    };
    let holder = Some(Arc::new(Holder::Group(group)));
    let subject = Subject::Group { group: guid(GROUP), access };
    Row { standing: Standing::Read(Arc::new(sheet)), ..Row::waiting(subject, holder) }
}

fn none(_: &Guid) -> Held {
    Held::Known(Vec::new())
}

fn verdict(id: &str, row: &Row, held: &dyn Fn(&Guid) -> Held) -> Verdict {
    let line = ALL.iter().flat_map(|baseline| baseline.lines).find(|line| line.id == id).unwrap();
    judge(line, row, held)
}

/// A policy that is strict except for this does not meet the line: the line, values that do not meet it, and the
/// setting that the fix changes.
type CounterExample = (&'static str, Vec<(Setting, Value)>, Setting);

fn counter_examples() -> Vec<CounterExample> {
    let flag = |setting, on| vec![(setting, Value::Flag(on))];
    let recipients = |mail| vec![(Setting::MailRecipients(mail), Value::Recipients(Vec::new()))];
    let duration = |text: &str| vec![(Setting::ActivationDuration, Value::Duration(text.into()))];
    let weak = vec![(Setting::ActivationRequirement, Value::Requirement(Requirement::None))];
    let silent = vec![
        (Setting::MailDefaults(RuleId::ActivationAlert), Value::Flag(false)),
        (Setting::MailRecipients(RuleId::ActivationAlert), Value::Recipients(Vec::new())),
    ];
    let mut all = vec![
        ("MS.AAD.7.4v1", flag(Setting::ActivePermanent, true), Setting::ActivePermanent),
        ("MS.AAD.7.6v1", flag(Setting::ApprovalRequired, false), Setting::ApprovalRequired),
        ("MS.AAD.7.7v1", recipients(RuleId::EligibleAlert), Setting::MailRecipients(RuleId::EligibleAlert)),
        ("MS.AAD.7.7v1", recipients(RuleId::ActiveAlert), Setting::MailRecipients(RuleId::ActiveAlert)),
        ("MS.AAD.7.8v1", recipients(RuleId::ActivationAlert), Setting::MailRecipients(RuleId::ActivationAlert)),
        ("MS.AAD.7.9v1", recipients(RuleId::ActivationAlert), Setting::MailRecipients(RuleId::ActivationAlert)),
        ("owner-approval", flag(Setting::ApprovalRequired, false), Setting::ApprovalRequired),
        ("global-approval", flag(Setting::ApprovalRequired, false), Setting::ApprovalRequired),
        ("global-ticket", flag(Setting::ActivationTicket, false), Setting::ActivationTicket),
        ("helpdesk-ticket", flag(Setting::ActivationTicket, false), Setting::ActivationTicket),
        ("owner-duration", duration("PT1H30M"), Setting::ActivationDuration),
        ("member-duration", duration("PT5H30M"), Setting::ActivationDuration),
        ("global-duration", duration("P1D"), Setting::ActivationDuration),
        ("exchange-duration", duration("PT121M"), Setting::ActivationDuration),
        ("helpdesk-duration", duration("P1Y"), Setting::ActivationDuration),
    ];
    for id in ["owner-active", "member-active", "exchange-active", "helpdesk-active"] {
        all.push((id, flag(Setting::ActivePermanent, true), Setting::ActivePermanent));
    }
    for id in ["owner-sign-in", "member-sign-in", "global-sign-in", "exchange-sign-in"] {
        all.push((id, weak.clone(), Setting::ActivationRequirement));
    }
    for id in ["owner-mails", "member-mails", "global-mails", "exchange-mails"] {
        all.push((id, silent.clone(), Setting::MailDefaults(RuleId::ActivationAlert)));
    }
    for id in ["owner-eligible", "member-eligible"] {
        all.push((id, flag(Setting::EligiblePermanent, true), Setting::EligiblePermanent));
        let long = vec![(Setting::EligibleExpiry, Value::Duration("P91D".into()))];
        all.push((id, long, Setting::EligibleExpiry));
    }
    all
}

fn row_of(id: &str, sheet: Sheet) -> Row {
    match id.split('-').next().unwrap() {
        "owner" => group(Access::Owner, false, sheet),
        "member" => group(Access::Member, false, sheet),
        "exchange" | "MS.AAD.7.9v1" => role(EXCHANGE_ADMINISTRATOR, sheet),
        "helpdesk" => role(HELPDESK_ADMINISTRATOR, sheet),
        _ => role(GLOBAL_ADMINISTRATOR, sheet),
    }
}

#[test]
fn every_line_has_a_policy_that_meets_it_and_one_that_does_not() {
    let examples = counter_examples();
    for line in ALL.iter().flat_map(|baseline| baseline.lines) {
        assert_eq!(judge(line, &row_of(line.id, strict_but(&[])), &none), Verdict::Met, "{}", line.id);
        let against: Vec<_> = examples.iter().filter(|(id, _, _)| *id == line.id).collect();
        assert!(!against.is_empty(), "no counter-example for {}", line.id);
        for (id, changed, why) in against {
            let found = judge(line, &row_of(id, strict_but(changed)), &none);
            assert_eq!(found, Verdict::NotMet(vec![*why]), "{id}");
        }
    }
}

#[test]
fn every_fix_makes_its_policy_meet_the_line_and_keeps_what_was_good() {
    let inputs = Inputs { mailboxes: vec!["soc@contoso.com".into()], ..Inputs::default() };
    for (id, changed, _) in counter_examples() {
        let before = strict_but(&changed);
        let mut row = row_of(id, before.clone());
        let line = *ALL.iter().flat_map(|baseline| baseline.lines).find(|line| line.id == id).unwrap();
        let finding = Finding { line, row: 0, verdict: judge(&line, &row, &none) };
        let needs_approver = id == "owner-approval";
        let approver = pim_desk::policy::Approver { kind: pim_desk::policy::ApproverKind::User, id: GROUP.into() };
        let inputs = Inputs { approvers: if needs_approver { vec![approver] } else { Vec::new() }, ..inputs.clone() };
        let (items, needs) = items(&[&finding], std::slice::from_ref(&row), &inputs);
        assert_eq!((items.len(), needs), (1, Vec::new()), "{id}");
        let mut values = strict();
        for (setting, value) in changed.iter().chain(&items[0].wanted) {
            values.retain(|(other, _)| other != setting);
            values.push((*setting, value.clone()));
        }
        row.standing = Standing::Read(Arc::new(Sheet::kept(values)));
        assert_eq!(judge(&line, &row, &none), Verdict::Met, "{id}");
        if id.ends_with("eligible") && changed[0].0 == Setting::EligiblePermanent {
            assert_eq!(items[0].wanted.len(), 1, "a period that is short enough stays");
        }
    }
}

#[test]
fn fixes_ask_for_what_a_baseline_does_not_say() {
    let changed = [
        (Setting::MailRecipients(RuleId::ActivationAlert), Value::Recipients(Vec::new())),
        (Setting::ApprovalRequired, Value::Flag(false)),
    ];
    let rows = [group(Access::Member, true, strict_but(&changed)), role(GLOBAL_ADMINISTRATOR, strict_but(&changed))];
    let global = |_: &Guid| Held::Known(vec![guid(GLOBAL_ADMINISTRATOR)]);
    let all = findings(&find("scuba").unwrap(), &rows, &global);
    let open: Vec<&Finding> = all.iter().filter(|finding| finding.verdict.outcome() == Outcome::NotMet).collect();
    assert_eq!(open.len(), 4);
    let (found, needs) = items(&open, &rows, &Inputs::default());
    assert_eq!(needs, [Need::Approver, Need::Mailbox, Need::Mailbox], "the role has default approvers");
    assert_eq!(found.len(), 1);
    let inputs = Inputs { mailboxes: vec!["soc@contoso.com".into()], ..Inputs::default() };
    let (found, needs) = items(&open, &rows, &inputs);
    assert_eq!((found.len(), needs.len()), (2, 1));
    assert_eq!(found[1].wanted.len(), 2, "the fixes of one policy come as one item");
}

#[test]
fn an_address_that_somebody_added_since_the_report_is_not_taken_away() {
    let mail = Setting::MailRecipients(RuleId::ActivationAlert);
    let holding = |to: &[&str]| {
        sample::rules::with_rule(RuleId::ActivationAlert.as_str(), |rule| rule["notificationRecipients"] = to.into())
    };
    let row = group(Access::Member, true, Sheet::of(&holding(&[])));
    let line = *ALL.iter().flat_map(|baseline| baseline.lines).find(|line| line.id == "member-mails").unwrap();
    let line = Line { demand: Demand::Mailbox(&[RuleId::ActivationAlert]), ..line };
    let finding = Finding { line, row: 0, verdict: Verdict::NotMet(vec![mail]) };
    let inputs = Inputs { mailboxes: vec!["soc@contoso.com".into()], ..Inputs::default() };
    let (items, _) = items(&[&finding], &[row], &inputs);
    let facts = Facts::default();
    let planned = |policy: &Policy| effect(&items[0], policy, Around { facts: &facts, without: &[] });
    assert_eq!(planned(&holding(&[])).changes.len(), 1);
    let other = planned(&holding(&["night@contoso.com"]));
    let held = Value::Recipients(vec!["night@contoso.com".into()]);
    assert_eq!(other.left, [(mail, LeftOut::ChangedSince(Some(held)))]);
    assert!(other.changes.is_empty());
}

#[test]
fn lines_about_roles_reach_the_members_of_groups_that_hold_them_and_nobody_else() {
    let weak = || strict_but(&[(Setting::ActivePermanent, Value::Flag(true))]);
    let holding = |id: &'static str| move |_: &Guid| Held::Known(vec![guid(id)]);
    let not_met = Verdict::NotMet(vec![Setting::ActivePermanent]);
    let member = group(Access::Member, true, weak());
    for id in OTHER_HIGHLY_PRIVILEGED.into_iter().chain([GLOBAL_ADMINISTRATOR]) {
        assert_eq!(verdict("MS.AAD.7.4v1", &member, &holding(id)), not_met, "{id}");
        assert_eq!(verdict("MS.AAD.7.4v1", &role(id, weak()), &none), not_met, "{id}");
    }
    let not = Verdict::NotApplicable;
    assert_eq!(verdict("MS.AAD.7.4v1", &member, &holding(HELPDESK_ADMINISTRATOR)), not);
    assert_eq!(verdict("MS.AAD.7.4v1", &member, &none), not);
    assert_eq!(verdict("MS.AAD.7.4v1", &role(HELPDESK_ADMINISTRATOR, weak()), &none), not);
    assert_eq!(verdict("MS.AAD.7.4v1", &group(Access::Owner, true, weak()), &holding(GLOBAL_ADMINISTRATOR)), not);
    assert_eq!(verdict("MS.AAD.7.6v1", &member, &holding(EXCHANGE_ADMINISTRATOR)), not);
    assert_eq!(verdict("MS.AAD.7.9v1", &member, &holding(GLOBAL_ADMINISTRATOR)), not);
    // A group that is not role-assignable cannot have a role: nothing needs to be read for that.
    let unread = |_: &Guid| Held::NotGranted;
    assert_eq!(verdict("MS.AAD.7.4v1", &group(Access::Member, false, weak()), &unread), not);
    assert_eq!(verdict("global-approval", &member, &holding(GLOBAL_ADMINISTRATOR)), not, "that table is about roles");
}

#[test]
fn the_roles_that_groups_hold_are_read_only_for_a_baseline_about_them() {
    let needing: Vec<&str> = ALL.iter().filter(|of| of.needs_held_roles()).map(|of| of.key).collect();
    assert_eq!(needing, ["scuba"]);
}

#[test]
fn what_is_not_known_is_never_met() {
    let row = group(Access::Member, true, strict_but(&[]));
    for (held, why) in [
        (Held::NotGranted, Unknown::RolesNotGranted),
        (Held::Waiting, Unknown::RolesWaiting),
        (Held::Failed, Unknown::RolesFailed),
        (Held::NotRead, Unknown::RolesNotRead),
    ] {
        assert_eq!(verdict("MS.AAD.7.4v1", &row, &|_| held.clone()), Verdict::NotKnown(why));
    }
    let global = |_: &Guid| Held::Known(vec![guid(GLOBAL_ADMINISTRATOR)]);
    let unnamed = Row { holder: None, ..row.clone() };
    assert_eq!(verdict("MS.AAD.7.4v1", &unnamed, &global), Verdict::NotKnown(Unknown::Holder));
    for (standing, why) in [
        (Standing::Waiting, Unknown::Waiting),
        (Standing::NoPolicy, Unknown::NoPolicy),
        (Standing::Several, Unknown::Several),
        (Standing::Failed, Unknown::Failed),
        (Standing::NotRead, Unknown::NotRead),
    ] {
        let row = Row { standing, ..row.clone() };
        assert_eq!(verdict("MS.AAD.7.4v1", &row, &global), Verdict::NotKnown(why));
    }
    // A policy without any values.
    for line in ALL.iter().flat_map(|baseline| baseline.lines) {
        let found = judge(line, &row_of(line.id, Sheet::default()), &none);
        assert!(matches!(found, Verdict::NotKnown(Unknown::Setting(_))), "{}: {found:?}", line.id);
    }
}

#[test]
fn a_view_shows_what_it_asks_for_and_totals_count_all() {
    let weak = strict_but(&[(Setting::ActivePermanent, Value::Flag(true))]);
    let rows = [role(GLOBAL_ADMINISTRATOR, weak), role(HELPDESK_ADMINISTRATOR, strict_but(&[]))];
    let all = findings(&find("scuba").unwrap(), &rows, &none);
    let totals = Totals::of(&all);
    assert_eq!(totals, Totals { met: 3, not_met: 1, not_known: 0, not_applicable: 6 });
    assert!(!totals.is_about_nobody());
    let of_owners = findings(&find("scuba").unwrap(), &[group(Access::Owner, true, strict_but(&[]))], &none);
    assert!(Totals::of(&of_owners).is_about_nobody(), "its lines are about roles and the members who hold them");
    assert_eq!(shown(&all, &rows, &View::NEW).len(), 4);
    let only = |outcome| View { show: Show::Only(outcome), ..View::NEW };
    assert_eq!(shown(&all, &rows, &only(Outcome::NotMet)).len(), 1);
    assert_eq!(shown(&all, &rows, &only(Outcome::NotApplicable)).len(), 6);
    assert_eq!(shown(&all, &rows, &View { text: "7.4".into(), ..View::NEW }).len(), 1);
    assert_eq!(shown(&all, &rows, &View { text: GLOBAL_ADMINISTRATOR.into(), ..View::NEW }).len(), 4);
    assert_eq!(shown(&all, &rows, &View { class: Some(Class::Owners), ..View::NEW }).len(), 0);
}

#[test]
fn a_stricter_policy_does_not_deviate_from_a_baseline() {
    let plan = find("deployment-plan").unwrap();
    let column = Column::Setting(Setting::ActivationDuration);
    let of = |text: &str| {
        let sheet = strict_but(&[(Setting::ActivationDuration, Value::Duration(text.into()))]);
        let row = group(Access::Member, false, sheet.clone());
        deviation(column, &sheet, &sheet_for(&plan, &row, &none).unwrap())
    };
    assert_eq!((of("PT2H"), of("PT5H"), of("PT8H")), (Deviation::Same, Deviation::Same, Deviation::Weaker));
}

#[test]
fn a_policy_deviates_where_it_does_not_meet_a_line_and_nowhere_else() {
    for (id, changed, why) in counter_examples() {
        let baseline = ALL.iter().find(|baseline| baseline.lines.iter().any(|line| line.id == id)).unwrap();
        let sheet = strict_but(&changed);
        let asked = sheet_for(baseline, &row_of(id, sheet.clone()), &none).unwrap();
        for column in Column::all() {
            let found = deviation(column, &sheet, &asked);
            if column.settings().contains(&why) {
                assert_eq!(found, Deviation::Weaker, "{id}: {column:?}");
            } else {
                assert!(!found.differs(), "{id}: {column:?} is {found:?}");
            }
        }
    }
}

#[test]
fn an_address_that_a_baseline_does_not_name_is_told_as_some_address() {
    let nobody = strict_but(&[(Setting::MailRecipients(RuleId::ActivationAlert), Value::Recipients(Vec::new()))]);
    let asked = sheet_for(&find("scuba").unwrap(), &role(GLOBAL_ADMINISTRATOR, nobody), &none).unwrap();
    let told = full_line(Column::Mail(RuleId::ActivationAlert), &asked, &Nameless);
    assert_eq!(told, "at least one address");
}

#[test]
fn an_address_that_microsoft_does_not_serve_makes_nobody_informed() {
    let outcome = |mail: RuleId, defaults: bool, demand: Demand| {
        let values = [
            (Setting::MailDefaults(mail), Value::Flag(defaults)),
            (Setting::MailRecipients(mail), Value::Recipients(vec!["soc@contoso.com".into()])),
            (Setting::MailCritical(mail), Value::Flag(false)),
        ];
        demand.of(&Sheet::kept(values))
    };
    let (alert, asked) = (RuleId::ActivationAlert, RuleId::ActivationApprover);
    assert_eq!(outcome(alert, false, Demand::Mails(&[RuleId::ActivationAlert])), Meets::Met);
    let not = |setting| Meets::NotMet(vec![setting]);
    let mails = Demand::Mails(&[RuleId::ActivationApprover]);
    assert_eq!(outcome(asked, false, mails), not(Setting::MailDefaults(asked)));
    assert_eq!(outcome(asked, true, mails), Meets::Met);
    let mailbox = Demand::Mailbox(&[RuleId::ActivationApprover]);
    assert_eq!(outcome(asked, true, mailbox), not(Setting::MailRecipients(asked)));
}
