//! Each kind of dead end by example and counter-example.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use pim_desk::dead_end::listing::{Query, SortBy, listing};
use pim_desk::dead_end::need::{Check, Need};
use pim_desk::dead_end::tenant::{Grant, TenantFact};
use pim_desk::dead_end::{Cause, Kind, Severity, TenantFacts, Why, judge, needs};
use pim_desk::directory::{Group, Holder, Role};
use pim_desk::guid::Guid;
use pim_desk::matrix::{Class, Row, Standing};
use pim_desk::policy::preflight::{AccessPolicy, Member, Who};
use pim_desk::policy::setting::MAILS;
use pim_desk::policy::{Access, Approver, ApproverKind, Requirement, RuleId, Setting, Sheet, Subject, Value};
use pim_desk::text;

pub(super) fn id(number: u32) -> Guid {
    format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
}

pub(super) fn who(number: u32) -> Who {
    Who { id: id(number).to_string(), name: format!("P{number}"), ..Who::default() }
}

pub(super) fn user(number: u32) -> Approver {
    Approver { kind: ApproverKind::User, id: id(number).to_string() }
}

pub(super) fn team(number: u32) -> Approver {
    Approver { kind: ApproverKind::Group, id: id(number).to_string() }
}

pub(super) const GROUP: u32 = 1;
pub(super) const ROLE: u32 = 2;

pub(super) fn member() -> Subject {
    Subject::Group { group: id(GROUP), access: Access::Member }
}

/// A faultless policy, except for these settings.
pub(super) fn row(subject: Subject, role_assignable: bool, other: Vec<(Setting, Value)>) -> Row {
    let mut values = vec![
        (Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into()))),
        (Setting::ApprovalRequired, Value::Flag(false)),
        (Setting::Approvers, Value::Approvers(Vec::new())),
        (Setting::EligiblePermanent, Value::Flag(false)),
    ];
    for mail in MAILS {
        values.push((Setting::MailDefaults(mail), Value::Flag(true)));
        values.push((Setting::MailRecipients(mail), Value::Recipients(Vec::new())));
        values.push((Setting::MailCritical(mail), Value::Flag(false)));
    }
    values.retain(|(setting, _)| other.iter().all(|(own, _)| own != setting));
    values.extend(other);
    let holder = match &subject {
        Subject::Group { group, .. } => Holder::Group(Group {
            id: group.clone(),
            name: "Operators".into(),
            description: String::new(),
            role_assignable,
            dynamic: false,
            synced: false,
        }),
        Subject::Role { template } => Holder::Role(Role {
            id: template.clone(),
            template_id: template.clone(),
            name: "Administrator".into(),
            description: String::new(),
            built_in: true,
            privileged: Some(true),
        }),
    };
    let mut row = Row::waiting(subject, Some(Arc::new(holder)));
    row.standing = Standing::Read(Arc::new(Sheet::kept(values)));
    row
}

/// A tenant in which everything is known and in order: one owner, three people, one group of approvers, context `c1`.
pub(super) fn tenant() -> TenantFacts {
    let mut tenant = TenantFacts::default();
    let person = |number| (id(number), Member::Person(who(number)));
    let group = (id(20), Member::Group(who(20), None));
    let asked = (10..30).map(id).collect();
    tenant.learn(TenantFact::Approvers(asked, vec![person(10), person(11), person(12), group]));
    tenant.learn(TenantFact::Members(id(20), vec![who(11), who(12)]));
    tenant.learn(TenantFact::Members(id(21), Vec::new()));
    tenant.learn(TenantFact::Owners(id(GROUP), vec![who(30)]));
    for subject in [member(), Subject::Role { template: id(ROLE) }] {
        tenant.learn(TenantFact::Eligible(subject, Vec::new()));
    }
    tenant.learn(TenantFact::Held(id(GROUP), Vec::new()));
    tenant.learn(TenantFact::Activatable(id(GROUP), Vec::new()));
    tenant.learn(TenantFact::Contexts(vec![
        ("c1".into(), true),
        ("c2".into(), true),
        ("c3".into(), true),
        ("c4".into(), false),
        ("c5".into(), true),
    ]));
    let on = |enabled, context: &str| AccessPolicy { enabled, contexts: vec![context.into()], for_all: Some(true) };
    let some = AccessPolicy { for_all: Some(false), ..on(true, "c5") };
    tenant.learn(TenantFact::AccessPolicies(vec![on(true, "c1"), on(false, "c2"), on(true, "c4"), some]));
    tenant
}

pub(super) fn found(rows: &[Row], tenant: &TenantFacts) -> Vec<(Kind, Severity, Vec<Cause>)> {
    let report = judge(rows, tenant, Why::NotGranted);
    assert_eq!(report.unchecked, [], "all is known");
    report.ends.into_iter().map(|end| (end.kind, end.severity, end.causes)).collect()
}

pub(super) fn kinds(subject: Subject, other: Vec<(Setting, Value)>) -> Vec<(Kind, Severity)> {
    found(&[row(subject, false, other)], &tenant()).into_iter().map(|(kind, severity, _)| (kind, severity)).collect()
}

pub(super) fn approval(list: Vec<Approver>) -> Vec<(Setting, Value)> {
    vec![(Setting::ApprovalRequired, Value::Flag(true)), (Setting::Approvers, Value::Approvers(list))]
}

#[test]
fn a_policy_in_order_has_none() {
    assert_eq!(kinds(member(), Vec::new()), []);
    assert_eq!(kinds(member(), approval(vec![user(10), user(11)])), []);
    assert_eq!(kinds(member(), approval(vec![team(20)])), []);
}

#[test]
fn contexts_must_be_there_published_and_enforced() {
    let of = |claim: &str| {
        let wanted = Value::Requirement(Requirement::Context(claim.into()));
        kinds(member(), vec![(Setting::ActivationRequirement, wanted)])
    };
    assert_eq!(of("c1"), []);
    assert_eq!(of("c9"), [(Kind::Context, Severity::Blocking)]);
    assert_eq!(of(""), [(Kind::Context, Severity::Blocking)]);
    assert_eq!(of("c4"), [(Kind::Context, Severity::Weak)], "not published");
    assert_eq!(of("c2"), [(Kind::Context, Severity::Weak)], "its policy only reports");
    let end = |claim: &str| {
        let wanted = Value::Requirement(Requirement::Context(claim.into()));
        let rows = [row(member(), false, vec![(Setting::ActivationRequirement, wanted)])];
        judge(&rows, &tenant(), Why::NotGranted).ends.remove(0)
    };
    let causes = |claim: &str| text::dead_ends::what(&end(claim));
    assert_eq!(of("c5"), [(Kind::Context, Severity::Weak)], "its policy is for some people only");
    assert!(causes("c5").contains("applies only to some people"), "{}", causes("c5"));
    assert!(text::dead_ends::mend(&end("c5")).starts_with("Include all users"));
    assert!(causes("c2").contains("does not fall back to MFA"), "{}", causes("c2"));
    assert_eq!(of("c3"), [(Kind::Context, Severity::Weak)], "no policy at all");
    assert!(causes("c3").contains("asks for MFA only"), "{}", causes("c3"));
    let both = Value::Requirement(Requirement::MfaAndContext("c1".into()));
    assert_eq!(kinds(member(), vec![(Setting::ActivationRequirement, both)]), [(Kind::MfaAndContext, Severity::Weak)]);
}

#[test]
fn a_groups_approval_beside_that_of_its_roles() {
    let role = |demands| {
        row(Subject::Role { template: id(ROLE) }, false, vec![(Setting::ApprovalRequired, Value::Flag(demands))])
    };
    let grant = Grant { template: id(ROLE), name: "Administrator".into() };
    let of = |held: bool, demands_own: bool, demands_role: bool, assignable: bool| {
        let mut tenant = tenant();
        let known = if held { TenantFact::Held } else { TenantFact::Activatable };
        tenant.learn(known(id(GROUP), vec![grant.clone(), grant.clone()]));
        let own = if demands_own { approval(vec![user(10), user(11)]) } else { Vec::new() };
        let rows = [row(member(), assignable, own), role(demands_role)];
        found(&rows, &tenant).into_iter().map(|(kind, _, causes)| (kind, causes)).collect::<Vec<_>>()
    };
    let names = || vec!["Administrator".to_owned()];
    assert_eq!(of(false, true, true, true), [(Kind::Stacked, vec![Cause::Stacked(names())])]);
    assert_eq!(of(true, false, true, true), [(Kind::Bypassed, vec![Cause::Bypassed(names())])]);
    // A role that the group has comes with membership: one approval. One that must be activated requires its own.
    for (held, own, role) in [(true, true, true), (false, false, true), (false, true, false), (true, false, false)] {
        assert_eq!(of(held, own, role, true), [], "{held} {own} {role}");
    }
    assert_eq!(of(false, true, true, false), [], "such a group can hold no role");
    // If the role's policy was not read, nothing is claimed.
    let mut tenant = tenant();
    tenant.learn(TenantFact::Held(id(GROUP), vec![grant]));
    let report = judge(&[row(member(), true, Vec::new())], &tenant, Why::NotGranted);
    assert_eq!(report.ends, []);
    assert_eq!((report.unchecked[0].check, report.unchecked[0].why), (Check::RolePolicies, Why::NotGranted));
}

#[test]
fn mails_that_reach_nobody_or_too_many() {
    let off = |mail| vec![(Setting::MailDefaults(mail), Value::Flag(false))];
    assert_eq!(kinds(member(), off(RuleId::ActivationAlert)), [(Kind::SilentMails, Severity::Weak)]);
    assert_eq!(kinds(member(), off(RuleId::ActivationRequestor)), [(Kind::SilentMails, Severity::Note)]);
    assert_eq!(kinds(member(), off(RuleId::ActivationApprover)), [], "without approval there is no such mail");
    let mut asked = approval(vec![user(10), user(11)]);
    asked.extend(off(RuleId::ActivationApprover));
    assert_eq!(kinds(member(), asked.clone()), [(Kind::SilentMails, Severity::Weak)]);
    let advice = |other| {
        let report = judge(&[row(member(), false, other)], &tenant(), Why::NotGranted);
        text::dead_ends::mend(&report.ends[0])
    };
    assert_eq!(advice(asked.clone()), "Turn on the default recipients.", "no address would get it");
    asked.extend(off(RuleId::ActivationAlert));
    assert!(advice(asked).contains("add an address"));
    let mut told = off(RuleId::ActivationAlert);
    let recipients = |count| Value::Recipients((0..count).map(|at| format!("p{at}@x.org")).collect());
    told.push((Setting::MailRecipients(RuleId::ActivationAlert), recipients(1)));
    assert_eq!(kinds(member(), told), []);
    let crowd = |count| vec![(Setting::MailRecipients(RuleId::ActivationAlert), recipients(count))];
    assert_eq!(kinds(member(), crowd(1000)), [(Kind::CrowdedMails, Severity::Weak)], "and the owner");
    assert_eq!(kinds(member(), crowd(999)), []);
    // Without owners, five emails reach nobody: one dead end.
    let mut ownerless = tenant();
    ownerless.lacks(Need::Owners(id(GROUP)), Why::Failed);
    ownerless.retry();
    ownerless.learn(TenantFact::Owners(id(GROUP), Vec::new()));
    let ends = found(&[row(member(), false, Vec::new())], &ownerless);
    assert_eq!((ends.len(), ends[0].0, ends[0].2.len()), (1, Kind::SilentMails, 5));
    // What is advised helps every one of them.
    let advice = |subject, other, tenant: &TenantFacts| {
        let report = judge(&[row(subject, false, other)], tenant, Why::NotGranted);
        text::dead_ends::mend(&report.ends[0])
    };
    let (role, alert) = (Subject::Role { template: id(ROLE) }, RuleId::ActivationAlert);
    let defaults = "Turn on the default recipients, or add an address.";
    assert_eq!(advice(role, off(alert), &tenant()), defaults, "a role has no owners");
    assert_eq!(advice(member(), off(alert), &tenant()), defaults, "the group has an owner");
    let owner = "Add an address, or give the group a permanent owner who can sign in.";
    assert_eq!(advice(member(), Vec::new(), &ownerless), owner, "the default recipients are on");
    let all = "Turn on the default recipients, and add an address or give the group a permanent owner who can sign in.";
    assert_eq!(advice(member(), off(alert), &ownerless), all, "on, they would be nobody");
    assert_eq!(advice(member(), off(RuleId::EligibleAssignee), &ownerless), all);
}

#[test]
fn little_that_stands_before_much() {
    let requires = |wanted| vec![(Setting::ActivationRequirement, Value::Requirement(wanted))];
    let of = |assignable, wanted| {
        let ends = found(&[row(member(), assignable, requires(wanted))], &tenant());
        ends.into_iter().map(|(kind, severity, causes)| (kind, severity, causes[0].clone())).collect::<Vec<_>>()
    };
    let note = |cause| [(Kind::LittleDemanded, Severity::Note, cause)];
    assert_eq!(of(true, Requirement::None), note(Cause::NothingDemanded));
    assert_eq!(of(true, Requirement::Mfa), note(Cause::MfaOnly));
    assert_eq!(of(false, Requirement::None), []);
    let role = Subject::Role { template: id(ROLE) };
    assert_eq!(kinds(role.clone(), requires(Requirement::None)), [(Kind::LittleDemanded, Severity::Note)]);
    assert_eq!(kinds(role.clone(), requires(Requirement::Mfa)), []);
    // Approval is what the advice asks for. Whether there is any may be unknown.
    for (subject, assignable) in [(member(), true), (role, false)] {
        for wanted in [Requirement::None, Requirement::Mfa] {
            let mut asked = requires(wanted.clone());
            asked.extend(approval(vec![user(10), user(11)]));
            let mut of = row(subject.clone(), assignable, asked);
            assert_eq!(found(std::slice::from_ref(&of), &tenant()), [], "{subject} {wanted:?}");
            let sheet = of.sheet().unwrap();
            let known = Setting::all().filter(|one| *one != Setting::ApprovalRequired);
            of.standing = Standing::Read(Arc::new(Sheet::kept(
                known.filter_map(|one| Some((one, sheet.value(one)?.clone()))).collect::<Vec<_>>(),
            )));
            assert_eq!(judge(&[of], &tenant(), Why::NotGranted).ends, [], "{subject} {wanted:?}");
        }
    }
    let open = |other: Vec<(Setting, Value)>| {
        let mut all = vec![(Setting::EligiblePermanent, Value::Flag(true))];
        all.extend(other);
        kinds(member(), all)
    };
    assert_eq!(open(requires(Requirement::None)), [(Kind::AlwaysOpen, Severity::Weak)]);
    // That eligibility may be permanent is all that the policy says; a reason or a ticket may be required.
    let mut all = requires(Requirement::None);
    all.push((Setting::EligiblePermanent, Value::Flag(true)));
    let end = judge(&[row(member(), false, all)], &tenant(), Why::NotGranted).ends.remove(0);
    assert!(text::dead_ends::what(&end).starts_with("Eligibility may be permanent"), "{end:?}");
    assert!(!text::dead_ends::why(&end).contains("click"), "{end:?}");
    assert_eq!(open(requires(Requirement::Mfa)), []);
    let mut approved = requires(Requirement::None);
    approved.extend(approval(vec![user(10), user(11)]));
    assert_eq!(open(approved), []);
}

#[test]
fn what_is_not_known_is_named_and_asked_for_once() {
    let other = approval(vec![user(10), team(20)]);
    let rows = [
        row(member(), true, other.clone()),
        row(Subject::Group { group: id(GROUP), access: Access::Owner }, true, other),
    ];
    let wanted = needs(&rows, &TenantFacts::default(), 1000);
    let expected = [
        Need::Approvers(vec![id(10), id(20)]),
        Need::Members(id(20)),
        Need::Owners(id(GROUP)),
        Need::Activatable(id(GROUP)),
        Need::Contexts,
        Need::AccessPolicies,
    ];
    assert_eq!(wanted, expected);
    assert_eq!(
        needs(&rows, &TenantFacts::default(), 1)[..2],
        [Need::Approvers(vec![id(10)]), Need::Approvers(vec![id(20)])]
    );
    let report = judge(&rows, &TenantFacts::default(), Why::NotGranted);
    assert_eq!(report.ends, []);
    let policies = |check| report.unchecked.iter().find(|one| one.check == check).map(|one| one.policies);
    assert_eq!(
        (policies(Check::Approvers), policies(Check::Owners), policies(Check::GroupRoles)),
        (Some(2), Some(2), Some(1))
    );
    let mut waiting = rows.to_vec();
    waiting[0].standing = Standing::Failed;
    let report = judge(&waiting, &tenant(), Why::NotGranted);
    assert_eq!((report.judged, report.unread), (1, 1));
}

#[test]
fn a_setting_that_is_not_understood_is_not_claimed_and_not_asked_for() {
    let alert = RuleId::ActivationAlert;
    let without = |setting, mut other: Vec<(Setting, Value)>| {
        let mut row = row(member(), true, other.clone());
        let known = |one: &Setting| *one != setting;
        let sheet = row.sheet().unwrap();
        other = Setting::all().filter(known).filter_map(|one| Some((one, sheet.value(one)?.clone()))).collect();
        row.standing = Standing::Read(Arc::new(Sheet::kept(other)));
        row
    };
    let off = || vec![(Setting::MailDefaults(alert), Value::Flag(false))];
    let settings = [(Check::Settings, Why::NotUnderstood, 1)];
    for (setting, other) in [
        (Setting::MailDefaults(alert), Vec::new()),
        (Setting::MailRecipients(alert), off()),
        (Setting::MailCritical(alert), Vec::new()),
        (Setting::ApprovalRequired, Vec::new()),
        (Setting::Approvers, approval(Vec::new())),
        (Setting::ActivationRequirement, Vec::new()),
        (Setting::EligiblePermanent, Vec::new()),
    ] {
        let rows = [without(setting, other)];
        let report = judge(&rows, &tenant(), Why::NotGranted);
        let told: Vec<_> = report.unchecked.iter().map(|one| (one.check, one.why, one.policies)).collect();
        assert_eq!((report.ends, told.as_slice()), (Vec::new(), &settings[..]), "{setting:?}");
        assert_eq!(needs(&rows, &tenant(), 1000), [], "{setting:?}");
    }
    // An email that is off and has no addresses reaches nobody, whatever its level.
    let ends = judge(&[without(Setting::MailCritical(alert), off())], &tenant(), Why::NotGranted);
    assert_eq!((ends.ends.len(), ends.unchecked.len()), (1, 0));
}

#[test]
fn the_worst_stands_first_and_everything_can_be_sought() {
    let rows = [
        row(member(), true, vec![(Setting::ActivationRequirement, Value::Requirement(Requirement::None))]),
        row(Subject::Role { template: id(ROLE) }, false, approval(vec![user(15)])),
    ];
    let ends = judge(&rows, &tenant(), Why::NotGranted).ends;
    let of = |query: Query| listing(&ends, &query).into_iter().map(|at| ends[at].kind).collect::<Vec<_>>();
    let (blocked, little) = (Kind::NobodyApproves, Kind::LittleDemanded);
    assert_eq!(of(Query::ALL), [blocked, little]);
    assert_eq!(of(Query { descending: true, ..Query::ALL }), [little, blocked]);
    assert_eq!(of(Query { sort: SortBy::Name, ..Query::ALL }), [blocked, little], "Administrator, Operators");
    assert_eq!(of(Query { sort: SortBy::Kind, descending: true, ..Query::ALL }), [little, blocked]);
    assert_eq!(of(Query { severity: Some(Severity::Note), ..Query::ALL }), [little]);
    assert_eq!(of(Query { kind: Some(blocked), ..Query::ALL }), [blocked]);
    assert_eq!(of(Query { class: Some(Class::Members), ..Query::ALL }), [little]);
    assert_eq!(of(Query { text: "admin".into(), ..Query::ALL }), [blocked]);
    assert_eq!(of(Query { text: id(GROUP).to_string(), ..Query::ALL }), [little]);
}
