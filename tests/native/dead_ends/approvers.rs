//! Approvers: whether anyone can approve, and what is certain of it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use super::kinds::{ROLE, approval, found, id, kinds, member, row, team, tenant, user, who};
use crate::sample::rules::with_rule;
use pim_desk::dead_end::need::Check;
use pim_desk::dead_end::tenant::TenantFact;
use pim_desk::dead_end::{Cause, DeadEnd, Kind, Severity, TenantFacts, Why, judge};
use pim_desk::guid::Guid;
use pim_desk::matrix::{Row, Standing};
use pim_desk::policy::preflight::{Holding, Member, Reason, Who};
use pim_desk::policy::{Approver, Sheet, Subject, Value};
use pim_desk::text;
use serde_json::json;

#[test]
fn approval_needs_somebody_who_can_give_it() {
    let blocked = [(Kind::NobodyApproves, Severity::Blocking)];
    assert_eq!(kinds(member(), approval(Vec::new())), blocked, "none chosen for a group");
    let role = Subject::Role { template: id(ROLE) };
    assert_eq!(kinds(role, approval(Vec::new())), [], "a role's administrators stand in");
    // Approvers who are not asked need not exist.
    let mut off = approval(vec![user(15)]);
    off[0].1 = Value::Flag(false);
    assert_eq!(kinds(member(), off), []);
    assert_eq!(kinds(member(), approval(vec![user(10), user(15), user(11)])), [(Kind::Approvers, Severity::Weak)]);
    let mut odd = tenant();
    let guest = Member::Person(Who { guest: true, ..who(17) });
    odd.learn(TenantFact::Approvers(Vec::new(), vec![(id(17), guest)]));
    let of = |list| found(&[row(member(), false, approval(list))], &odd);
    assert_eq!(
        of(vec![user(10), user(17)]),
        [(Kind::Approvers, Severity::Note, vec![Cause::Found(Reason::ApproverGuest("P17".into()))])]
    );
    // If Microsoft does not say whether they can sign in, it is not claimed that they can.
    let hidden = Member::Person(Who { hidden: true, ..who(10) });
    odd.learn(TenantFact::Approvers(Vec::new(), vec![(id(10), hidden)]));
    let report = judge(&[row(member(), false, approval(vec![user(10), user(11)]))], &odd, Why::NotGranted);
    assert_eq!((report.ends.len(), report.unchecked[0].check), (0, Check::Accounts));
}

/// Only the first of several stages is read.
#[test]
fn an_empty_first_stage_before_others_is_no_dead_end() {
    let blocked = |stages: serde_json::Value| {
        let policy = with_rule("Approval_EndUser_Assignment", |rule| {
            rule["setting"]["isApprovalRequired"] = true.into();
            rule["setting"]["approvalStages"] = stages.clone();
        });
        let row = Row { standing: Standing::Read(Arc::new(Sheet::of(&policy))), ..row(member(), false, Vec::new()) };
        judge(&[row], &tenant(), Why::NotGranted).ends.iter().any(|end| end.kind == Kind::NobodyApproves)
    };
    let of = |people: &[u32]| {
        let one = |id: Guid| json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": id.as_str() });
        json!({ "primaryApprovers": people.iter().map(|number| one(id(*number))).collect::<Vec<_>>() })
    };
    assert!(blocked(json!([of(&[])])));
    assert!(!blocked(json!([of(&[]), of(&[10])])));
}

#[test]
fn nobody_approves_an_own_request() {
    let holds =
        |number| Holding { who: who(number), group: false, since_unix_ms: None, until_unix_ms: None, activated: false };
    let with = |people: &[u32], list| {
        let mut tenant = tenant();
        tenant.learn(TenantFact::Approvers(Vec::new(), vec![(id(24), Member::Group(who(24), None))]));
        tenant.learn(TenantFact::Members(id(24), vec![who(10)]));
        tenant.learn(TenantFact::Eligible(member(), people.iter().map(|one| (member(), holds(*one))).collect()));
        found(&[row(member(), false, approval(list))], &tenant)
    };
    let of = |severity, cause| vec![(Kind::OnlyThemselves, severity, vec![cause])];
    assert_eq!(with(&[10], vec![user(10)]), of(Severity::Blocking, Cause::AllThemselves(vec!["P10".into()])));
    // A group may get another member, and an approver that was not returned may exist.
    let now = || of(Severity::Weak, Cause::OnlyNow(vec!["P10".into()]));
    assert_eq!((with(&[10], vec![team(24)]), with(&[10], vec![user(10), team(24)])), (now(), now()));
    assert_eq!(with(&[10, 11], vec![team(24)]), now());
    let gone = (Kind::Approvers, Severity::Weak, vec![Cause::Found(Reason::ApproverGone(id(15).to_string()))]);
    assert_eq!(with(&[10], vec![user(10), user(15)]), [vec![gone], now()].concat());
    assert!(text::dead_ends::cause(&now()[0].2[0]).contains("at the moment"));
    let some = Cause::Found(Reason::OnlyThemselves(vec!["P10".into()]));
    assert_eq!(with(&[10, 11], vec![user(10)]), of(Severity::Weak, some));
    assert_eq!(with(&[10], vec![user(10), user(11)]), []);
    assert_eq!(with(&[12], vec![user(10)]), []);
}

/// Two people who cannot sign in, and two groups: one without members, one whose members cannot sign in.
fn unable() -> TenantFacts {
    let disabled = |number| Who { disabled: true, ..who(number) };
    let mut tenant = tenant();
    tenant.learn(TenantFact::Approvers(
        Vec::new(),
        vec![
            (id(18), Member::Person(disabled(18))),
            (id(19), Member::Person(disabled(19))),
            (id(21), Member::Group(who(21), None)),
            (id(22), Member::Group(who(22), None)),
        ],
    ));
    tenant.learn(TenantFact::Members(id(22), vec![disabled(23)]));
    tenant
}

fn only(subject: Subject, list: Vec<Approver>) -> DeadEnd {
    let mut ends = judge(&[row(subject, false, approval(list))], &unable(), Why::NotGranted).ends;
    assert_eq!(ends.len(), 1, "one dead end with all causes");
    ends.remove(0)
}

#[test]
fn nobody_can_approve_only_where_that_is_certain() {
    for subject in [member(), Subject::Role { template: id(ROLE) }] {
        let end = only(subject.clone(), vec![user(18), user(19)]);
        assert_eq!((end.kind, end.severity), (Kind::NobodyApproves, Severity::Blocking), "{subject}");
        let causes = [
            Cause::Found(Reason::ApproverDisabled("P18".into())),
            Cause::Found(Reason::ApproverDisabled("P19".into())),
            Cause::Found(Reason::NobodyCanApprove),
        ];
        assert_eq!(end.causes, causes);
        assert!(text::dead_ends::what(&end).ends_with("None of the approvers can approve."));
        assert!(text::dead_ends::why(&end).starts_with("Every request expires"));
        // A group may get members, eligible ones, who activate; an approver that was not returned may exist.
        for list in [vec![team(21)], vec![team(22)], vec![user(18), team(21)], vec![user(15)], vec![user(18), user(15)]]
        {
            let end = only(subject.clone(), list.clone());
            assert_eq!((end.kind, end.severity), (Kind::NobodyApproves, Severity::Weak), "{subject} {list:?}");
            assert_eq!(end.causes.last(), Some(&Cause::NoneFound));
            let told = [text::dead_ends::title(&end), &text::dead_ends::what(&end), text::dead_ends::why(&end)];
            assert!(told[0].starts_with("Perhaps") && told[2].starts_with("If nobody"), "{told:?}");
            assert!(told[1].ends_with("No approver was found who can approve now."), "{told:?}");
        }
    }
    let gone = text::dead_ends::what(&only(member(), vec![user(15)]));
    assert!(gone.contains("not in the directory, or your account cannot see them"), "{gone}");
}
