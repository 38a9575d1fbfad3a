//! What a change would meet in the tenant: read in one call, checked without further reads, and silent about what
//! cannot be read.

mod read;

use crate::sample;
use crate::sample::browser::Browser;
use crate::sample::saving::{GROUP, read, subject};
use futures_executor::block_on;
use pim_desk::auth::scope::Scope;
use pim_desk::desk::preflight::{Known, Looked, read as read_facts};
use pim_desk::desk::rights::WriteRight;
use pim_desk::policy::preflight::mail::{Owners, audience};
use pim_desk::policy::preflight::{
    AccessPolicy, Facts, Finding, Holding, Member, Missing, Preflight, Reason, Who, preflight,
};
use pim_desk::policy::{Approver, ApproverKind, Draft, Policy, Requirement, RuleId, Setting, Severity, Subject, Value};
use pim_desk::text;
use pim_desk_tenant::Seed;

fn who(id: &str) -> Who {
    Who { id: id.into(), name: id.to_uppercase(), ..Who::default() }
}

fn user(id: &str) -> Approver {
    Approver { kind: ApproverKind::User, id: id.into() }
}

fn drafted(policy: &Policy, edits: &[(Setting, Value)]) -> Draft {
    let mut draft = Draft::default();
    for (setting, value) in edits {
        draft.set(policy, *setting, value.clone());
    }
    draft
}

fn approval(list: Vec<Approver>) -> Vec<(Setting, Value)> {
    vec![(Setting::ApprovalRequired, Value::Flag(true)), (Setting::Approvers, Value::Approvers(list))]
}

/// All facts known, and nothing wrong.
fn facts() -> Facts {
    Facts {
        approvers: Some(
            [("a".to_owned(), Member::Person(who("a"))), ("b".to_owned(), Member::Person(who("b")))].into(),
        ),
        eligible: Some(Vec::new()),
        active: Some(Vec::new()),
        owners: Some(vec![who("o")]),
        may_write: Some(true),
        onboards: Some(false),
        ..Facts::default()
    }
}

fn owners(facts: &Facts) -> Option<Owners> {
    facts.owners.as_deref().map(Owners::of)
}

fn found(edits: &[(Setting, Value)], facts: &Facts) -> Preflight {
    let start = sample::rules::policy();
    preflight(&start, &drafted(&start, edits), facts)
}

fn reasons(found: &Preflight) -> Vec<Reason> {
    found.findings.iter().map(|finding| finding.reason.clone()).collect()
}

#[test]
fn an_untouched_policy_and_a_sound_change_are_not_complained_about() {
    assert_eq!(found(&[], &Facts::default()), Preflight::default());
    assert_eq!(found(&approval(vec![user("a"), user("b")]), &facts()), Preflight::default());
}

#[test]
fn approvers_who_cannot_approve_are_named_and_block_when_certainly_none_is_left() {
    let with = |member: Member| Facts { approvers: Some([("a".to_owned(), member)].into()), ..facts() };
    let alone = approval(vec![user("a")]);
    let disabled = with(Member::Person(Who { disabled: true, ..who("a") }));
    let told = found(&alone, &disabled);
    assert_eq!(reasons(&told), [Reason::ApproverDisabled("A".into()), Reason::NobodyCanApprove]);
    assert!(told.blocks());
    let gone = found(&alone, &Facts { approvers: Some([].into()), ..facts() });
    assert_eq!(reasons(&gone), [Reason::ApproverGone("a".into()), Reason::NobodyCanApprove]);
    // An approver that is not returned may only be hidden from this account.
    assert!(!gone.blocks());
    let words = |told: &Preflight| {
        text::policy::preflight::finding(&told.findings[1], &sample::rules::policy().subject, |_| String::new())
    };
    assert!(words(&told).starts_with("None of the approvers can approve, so every"));
    assert!(words(&gone).starts_with("No approver was found who can approve now"));
    let guest = found(&alone, &with(Member::Person(Who { guest: true, ..who("a") })));
    assert_eq!(reasons(&guest), [Reason::ApproverGuest("A".into())]);
    assert!(!guest.blocks());
    let group = |members| with(Member::Group(who("a"), members));
    let list = approval(vec![Approver { kind: ApproverKind::Group, id: "a".into() }]);
    let empty = found(&list, &group(Some(Vec::new())));
    assert_eq!(reasons(&empty), [Reason::ApproverGroupEmpty("A".into()), Reason::NobodyCanApprove]);
    // Eligible members may activate.
    assert!(!empty.blocks() && !found(&list, &group(Some(vec![Who { disabled: true, ..who("x") }]))).blocks());
    let unread = found(&list, &group(None));
    assert_eq!((unread.findings.len(), unread.missing.as_slice()), (0, &[Missing::ApproverMembers][..]));
    assert_eq!(reasons(&found(&list, &group(Some(vec![who("x")])))), []);
}

#[test]
fn what_a_basic_profile_does_not_tell_is_said_to_be_unchecked() {
    let hidden = |id: &str| Who { hidden: true, ..who(id) };
    let people = |list: Vec<Who>| Facts {
        approvers: Some(list.into_iter().map(|who| (who.id.clone(), Member::Person(who))).collect()),
        ..facts()
    };
    let told = found(&approval(vec![user("a"), user("b")]), &people(vec![hidden("a"), who("b")]));
    assert_eq!((reasons(&told), told.missing), (Vec::new(), vec![Missing::Accounts]));
    let list = approval(vec![Approver { kind: ApproverKind::Group, id: "a".into() }]);
    let members = Member::Group(who("a"), Some(vec![who("x"), hidden("y")]));
    let told = found(&list, &Facts { approvers: Some([("a".to_owned(), members)].into()), ..facts() });
    assert_eq!((reasons(&told), told.missing), (Vec::new(), vec![Missing::Accounts]));
}

#[test]
fn whoever_is_eligible_and_the_only_approver_would_wait_for_themselves() {
    let holds =
        |id: &str| Holding { who: who(id), group: false, since_unix_ms: None, until_unix_ms: None, activated: false };
    let eligible = Facts { eligible: Some(vec![holds("a"), holds("z")]), ..facts() };
    assert_eq!(reasons(&found(&approval(vec![user("a")]), &eligible)), [Reason::OnlyThemselves(vec!["A".into()])]);
    assert_eq!(reasons(&found(&approval(vec![user("a"), user("b")]), &eligible)), []);
    let unknown = found(&approval(vec![user("a")]), &Facts { eligible: None, ..facts() });
    assert_eq!((unknown.findings.len(), unknown.missing.as_slice()), (0, &[Missing::Eligible][..]));
    // Whoever is eligible through a group may be the only approver too, which is not read.
    let group = Holding { group: true, ..holds("g") };
    let through = Facts { eligible: Some(vec![holds("z"), group]), ..facts() };
    let told = found(&approval(vec![user("a")]), &through);
    assert_eq!((told.findings.len(), told.missing.as_slice()), (0, &[Missing::EligibleMembers][..]));
    let words = text::policy::preflight::not_checked(&told, &sample::rules::policy().subject);
    assert_eq!(words, "Not checked, because it was not read: who is in the eligible groups.");
    assert_eq!(found(&approval(vec![user("a"), user("b")]), &through), Preflight::default());
}

#[test]
fn a_group_that_is_eligible_is_told_from_a_person() {
    let holding = |kind: &str| {
        let principal = serde_json::json!({"@odata.type": kind, "id": "A", "displayName": "A"});
        pim_desk::graph::decode::holding(&serde_json::json!({"principal": principal})).map(|holding| holding.group)
    };
    assert_eq!(holding("#microsoft.graph.group"), Some(true));
    assert_eq!(holding("#microsoft.graph.user"), Some(false));
}

#[test]
fn a_context_must_be_there_published_and_targeted_by_a_policy_that_is_on() {
    let edit = [(Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into())))];
    let with = |known: &[(&str, bool)], policies: &[(bool, &str)]| {
        let mut facts = facts();
        facts.contexts.known = Some(known.iter().map(|(id, on)| ((*id).to_owned(), *on)).collect());
        let policy = |(enabled, id): &(bool, &str)| AccessPolicy {
            enabled: *enabled,
            contexts: vec![(*id).to_owned()],
            for_all: None,
        };
        facts.contexts.policies = Some(policies.iter().map(policy).collect());
        reasons(&found(&edit, &facts))
    };
    assert_eq!(with(&[("c1", true)], &[(true, "c1")]), []);
    assert_eq!(with(&[("c2", true)], &[(true, "c1")]), [Reason::ContextMissing("c1".into())]);
    assert_eq!(with(&[("c1", false)], &[(true, "c1")]), [Reason::ContextUnpublished("c1".into())]);
    assert_eq!(with(&[("c1", true)], &[(true, "c2")]), [Reason::ContextUntargeted("c1".into())]);
    // Microsoft falls back to MFA only if there is no policy at all.
    assert_eq!(with(&[("c1", true)], &[(false, "c1"), (true, "c2")]), [Reason::ContextUnenforced("c1".into())]);
    assert_eq!(with(&[("c1", true)], &[(false, "c1"), (true, "c1")]), []);
    let told = |reason| {
        let finding = Finding { setting: None, severity: Severity::Warning, reason };
        text::policy::preflight::finding(&finding, &sample::rules::policy().subject, |_| String::new())
    };
    assert!(told(Reason::ContextUntargeted("c1".into())).contains("asks for MFA only"));
    assert!(told(Reason::ContextUnenforced("c1".into())).contains("does not fall back to MFA"));
    let blind = found(&edit, &facts());
    assert_eq!((blind.findings.len(), blind.missing), (0, vec![Missing::Contexts, Missing::AccessPolicies]));
}

#[test]
fn assignments_that_last_longer_than_the_new_period_are_named_with_their_end() {
    let day = 86_400_000;
    let holds = |id: &str, days: Option<i64>, activated| Holding {
        who: who(id),
        group: false,
        since_unix_ms: Some(0),
        until_unix_ms: days.map(|days| days * day),
        activated,
    };
    let list = vec![holds("short", Some(10), false), holds("long", Some(300), false), holds("ever", None, false)];
    let edit = [(Setting::EligibleExpiry, Value::Duration("P90D".into()))];
    let told = found(&edit, &Facts { eligible: Some(list), ..facts() });
    let expected = Reason::ExistingLonger(vec![("LONG".into(), Some(300 * day)), ("EVER".into(), None)]);
    assert_eq!(reasons(&told), [expected]);
    let words =
        text::policy::preflight::finding(&told.findings[0], &sample::rules::policy().subject, |_| "then".into());
    assert!(
        words.contains("2 assignments last") && words.contains("LONG until then") && words.contains("EVER permanently")
    );
    let active = [(Setting::ActiveExpiry, Value::Duration("P15D".into()))];
    let activated = Facts { active: Some(vec![holds("x", Some(100), true)]), ..facts() };
    assert_eq!(reasons(&found(&active, &activated)), [], "an activation ends by its own rule");
    let permanent = [(Setting::EligiblePermanent, Value::Flag(true))];
    let unread = Facts { eligible: None, ..facts() };
    assert_eq!(found(&permanent, &unread), Preflight::default(), "nothing to break, nothing to read");
    assert_eq!(found(&edit, &unread).missing, [Missing::Eligible]);
}

#[test]
fn mails_that_reach_nobody_and_who_really_gets_them() {
    let start = sample::rules::policy();
    let alert = RuleId::ActivationAlert;
    let ownerless = Facts { owners: Some(Vec::new()), ..facts() };
    let draft = drafted(&start, &[(Setting::MailRecipients(alert), Value::Recipients(vec!["soc@x.org".into()]))]);
    let words = |draft: &Draft, mail, facts: &Facts| {
        text::policy::preflight::audience(&audience(&start, draft, mail, owners(facts)))
    };
    assert!(words(&draft, alert, &ownerless).contains("no owners, and 1 additional address"));
    assert_eq!(words(&Draft::default(), alert, &facts()), "Goes to 1 owner, if permanent.");
    let disabled = |count| (0..count).map(|_| Who { disabled: true, ..who("o") }).collect::<Vec<_>>();
    let locked_out = Facts { owners: Some(disabled(2)), ..facts() };
    let nobody = "Goes to nobody by default: no owner of the group can sign in.";
    assert_eq!(words(&Draft::default(), alert, &locked_out), nobody);
    let hidden = Facts { owners: Some(vec![Who { hidden: true, ..who("o") }]), ..facts() };
    let perhaps = "Goes to 1 owner, if permanent and able to sign in.";
    assert_eq!(words(&Draft::default(), alert, &hidden), perhaps);
    let switched =
        [(Setting::MailCritical(alert), Value::Flag(false)), (Setting::MailDefaults(alert), Value::Flag(true))];
    let silenced = sample::rules::with_rule(alert.as_str(), |rule| rule["isDefaultRecipientsEnabled"] = false.into());
    let switched_on = |facts: &Facts| reasons(&preflight(&silenced, &drafted(&silenced, &switched), facts));
    assert_eq!(switched_on(&locked_out), [Reason::MailReachesNobody]);
    assert_eq!((switched_on(&hidden), switched_on(&facts())), (Vec::new(), Vec::new()));
    assert!(words(&Draft::default(), RuleId::ActivationApprover, &facts()).contains("needs no approval"));
    let off = [(Setting::MailDefaults(alert), Value::Flag(false))];
    assert_eq!(reasons(&found(&off, &facts())), [Reason::MailReachesNobody]);
    // Without approval there are no requests to notify approvers of.
    let approver = RuleId::ActivationApprover;
    let on = [(Setting::MailDefaults(approver), Value::Flag(true))];
    let off = sample::rules::with_rule(approver.as_str(), |rule| rule["isDefaultRecipientsEnabled"] = false.into());
    assert_eq!(preflight(&off, &drafted(&off, &on), &facts()), Preflight::default());
    // With approval, the email accepts no addresses: only its default recipients get it.
    let mut asked = approval(vec![user("a"), user("b")]);
    asked.push((Setting::MailDefaults(approver), Value::Flag(false)));
    let silent = found(&asked, &facts());
    assert_eq!(reasons(&silent), [Reason::MailReachesNobody]);
    let words = text::policy::preflight::finding(&silent.findings[0], &start.subject, |_| String::new());
    assert!(words.contains("Turn the default recipients on") && !words.contains("address"), "{words}");
    let stored = sample::rules::with_rule(approver.as_str(), |rule| {
        rule["notificationRecipients"] = serde_json::json!(["soc@x.org"]);
    });
    let silent = preflight(&stored, &drafted(&stored, &asked), &facts());
    assert_eq!(reasons(&silent), [Reason::MailReachesNobody], "whatever addresses are stored");
    let many: Vec<String> = (0..1001).map(|at| format!("{at}@x.org")).collect();
    let many = found(&[(Setting::MailRecipients(alert), Value::Recipients(many))], &facts());
    assert_eq!(reasons(&many), [Reason::TooManyRecipients(1002)]);
    // With the default recipients on and no owner, turning them on is no advice.
    let none = Value::Recipients(Vec::new());
    let listed = sample::rules::with_rule(alert.as_str(), |rule| {
        rule["notificationRecipients"] = serde_json::json!(["soc@x.org"]);
    });
    let silent = preflight(&listed, &drafted(&listed, &[(Setting::MailRecipients(alert), none)]), &ownerless);
    assert_eq!(reasons(&silent), [Reason::MailReachesNobody]);
    let advice = text::policy::preflight::finding(&silent.findings[0], &start.subject, |_| String::new());
    assert!(advice.ends_with("Add an address, or give the group a permanent owner who can sign in."), "{advice}");
    // Owners who may not be able to sign in are not counted.
    let nearly: Vec<String> = (0..1000).map(|at| format!("{at}@x.org")).collect();
    let nearly = [(Setting::MailRecipients(alert), Value::Recipients(nearly))];
    assert_eq!(reasons(&found(&nearly, &facts())), [Reason::TooManyRecipients(1001)]);
    assert_eq!(reasons(&found(&nearly, &hidden)), []);
    let role = Policy {
        subject: Subject::Role { template: "7e526275-97a8-4dc6-932a-4db521cccf96".parse().unwrap() },
        ..start.clone()
    };
    let words = text::policy::preflight::audience(&audience(&role, &Draft::default(), alert, None));
    assert!(words.contains("Privileged Role Administrators"));
}

#[test]
fn a_mail_that_is_not_understood_is_not_said_to_reach_anybody() {
    let alert = RuleId::ActivationAlert;
    let of = |part: &str| {
        let start = sample::rules::with_rule(alert.as_str(), |rule| rule[part] = "None".into());
        let draft = drafted(&start, &[(Setting::MailRecipients(alert), Value::Recipients(vec!["soc@x.org".into()]))]);
        let words = text::policy::preflight::audience(&audience(&start, &draft, alert, owners(&facts())));
        (preflight(&start, &draft, &facts()), words)
    };
    let (found, words) = of("notificationLevel");
    assert_eq!((reasons(&found), found.missing.as_slice()), (Vec::new(), &[Missing::Settings][..]));
    assert!(words.ends_with("or any at all, cannot be read."), "{words}");
    let not_checked = |found: &Preflight| text::policy::preflight::not_checked(found, &sample::rules::policy().subject);
    assert!(!not_checked(&found).contains("permission"));
    let (found, words) = of("isDefaultRecipientsEnabled");
    assert_eq!((found.missing.as_slice(), words.as_str()), (&[Missing::Settings][..], "Who gets it cannot be read."));
    let both = not_checked(&Preflight { missing: vec![Missing::Settings, Missing::Owners], ..Preflight::default() });
    assert_eq!(both.matches("Not checked").count(), 2, "{both}");
}

#[test]
fn odd_lengths_rights_and_the_step_into_pim_are_told() {
    assert_eq!(
        reasons(&found(&[(Setting::ActivationDuration, Value::Duration("PT12H".into()))], &facts())),
        [Reason::LongDay]
    );
    assert_eq!(
        reasons(&found(&[(Setting::EligibleExpiry, Value::Duration("P2D".into()))], &facts())),
        [Reason::ShortPeriod]
    );
    let edit = [(Setting::ActivationTicket, Value::Flag(true))];
    let told = |facts: &Facts| reasons(&found(&edit, facts));
    assert_eq!(told(&Facts { onboards: Some(true), ..facts() }), [Reason::Onboards(true)]);
    assert_eq!(told(&Facts { onboards: None, ..facts() }), [Reason::Onboards(false)]);
    assert_eq!(told(&Facts { may_write: Some(false), ..facts() }), [Reason::NoRight]);
}

const KNOWN: Known = Known { write: WriteRight::Likely, onboards: Some(false) };

#[test]
fn the_facts_of_a_group_with_odd_approvers_come_in_one_call() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client_with_checks("ana");
    let subject = subject(&browser, "Data Warehouse Readers – Personal Data");
    let policy = read(&client, &subject);
    let Some(Value::Approvers(mut list)) = policy.read(Setting::Approvers).value else { unreachable!("approvers") };
    assert_eq!(list.len(), 4);
    list.reverse();
    let mut draft = drafted(&policy, &[(Setting::EligibleExpiry, Value::Duration("P30D".into()))]);
    // Anything that changes approval: off and on again is no change, so a fifth approver who is gone is added as well.
    list.push(user("00000000-0000-4000-8000-00000000dead"));
    draft.set(&policy, Setting::Approvers, Value::Approvers(list));
    browser.play(Vec::new());
    let Looked { facts, start } = block_on(read_facts(&client, &policy, &draft, KNOWN, true));
    let found = start.unwrap().policy;
    assert_eq!((&found.id, found.rules.len()), (&policy.id, policy.rules.len()), "the policy comes with it");
    assert!(Setting::all().all(|setting| found.read(setting) == policy.read(setting)));
    assert_eq!(browser.sent().len(), 1, "one $batch");
    let told = preflight(&policy, &draft, &facts);
    let has = |wanted: fn(&Reason) -> bool| told.findings.iter().filter(|one| wanted(&one.reason)).count();
    assert_eq!(has(|reason| matches!(reason, Reason::ApproverGone(_))), 2);
    assert_eq!(has(|reason| matches!(reason, Reason::ApproverGroupEmpty(_))), 1, "{told:?}");
}

#[test]
fn what_is_not_granted_is_not_asked_for() {
    let consented = Scope::SIGN_IN.map(|scope| scope.name().to_owned()).to_vec();
    let browser = Browser::new(&Seed { consented, ..Seed::default() });
    let client = browser.client("ana");
    let policy = read(&client, &subject(&browser, GROUP));
    let draft = drafted(&policy, &[(Setting::EligibleExpiry, Value::Duration("P30D".into()))]);
    browser.play(Vec::new());
    let Looked { facts, start } = block_on(read_facts(&client, &policy, &draft, KNOWN, false));
    assert!(browser.sent().is_empty() && start.is_none() && facts.eligible.is_none());
    let told = preflight(&policy, &draft, &facts);
    assert_eq!(told.missing, [Missing::Eligible]);
    assert!(told.findings.iter().all(|finding| finding.severity == Severity::Warning));
}
