//! Copying settings between policies: by example from role to group and back, and as properties over odd policies.
#![expect(clippy::unwrap_used, reason = "a test")]

use crate::sample::rules::{policy, policy_of, rules, with_rule};
use pim_desk::policy::check::Cause;
use pim_desk::policy::plan::plan;
use pim_desk::policy::{
    Approver, ApproverKind, Draft, NotCarried, Policy, ReadOnly, Requirement, Rule, RuleId, Setting, Subject, Value,
    Weakening, carry, changes, check,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// The same rules as the policy of an Entra role.
fn of_role(policy: Policy) -> Policy {
    let template = "e8611ab8-c189-46e8-94e1-60213ab1f814".parse().unwrap();
    Policy { subject: Subject::Role { template }, ..policy }
}

fn flag(policy: &Policy, setting: Setting) -> Option<bool> {
    policy.read(setting).value.and_then(|value| value.as_flag())
}

/// The policy as it reads after saving a draft.
fn saved(policy: &Policy, draft: &Draft) -> Policy {
    let wanted: Vec<(Setting, Value)> = draft.edits().map(|(setting, edit)| (setting, edit.mine.clone())).collect();
    let writes = plan(policy, &wanted);
    let written = |rule: &Rule| {
        let write = writes.iter().find(|write| rule.known_id() == Some(write.rule));
        write.map_or_else(|| rule.clone(), |write| Rule::new(write.body.clone()))
    };
    Policy { rules: policy.rules.iter().map(written).collect(), ..policy.clone() }
}

/// A strict role: MFA, approval without selected approvers, an hour, no permanent assignment, one email to the team.
fn strict_role() -> Policy {
    let mut list = rules();
    for rule in &mut list {
        match rule["id"].as_str().unwrap() {
            "Expiration_EndUser_Assignment" => rule["maximumDuration"] = json!("PT1H"),
            "Enablement_EndUser_Assignment" => {
                rule["enabledRules"] = json!(["MultiFactorAuthentication", "Justification", "Ticketing"]);
            }
            "Approval_EndUser_Assignment" => rule["setting"]["isApprovalRequired"] = json!(true),
            "Expiration_Admin_Eligibility" => rule["maximumDuration"] = json!("P90D"),
            "Notification_Admin_EndUser_Assignment" => rule["notificationRecipients"] = json!(["soc@contoso.com"]),
            _ => {}
        }
    }
    list.push(json!({"@odata.type": "#microsoft.graph.x", "id": "CustomExtension_PreApproval_EndUser_Assignment"}));
    of_role(policy_of(list))
}

#[test]
fn a_role_s_settings_go_onto_a_group_and_the_rest_is_named() {
    let (role, group) = (strict_role(), policy());
    let copied = carry(&role, &group, &Draft::default());
    let settings: Vec<Setting> = copied.carried.iter().map(|carried| carried.change.setting).collect();
    let expected = [
        Setting::ActivationDuration,
        Setting::ActivationRequirement,
        Setting::ActivationTicket,
        Setting::ApprovalRequired,
        Setting::EligibleExpiry,
        Setting::MailRecipients(RuleId::ActivationAlert),
    ];
    assert_eq!(settings, expected);
    assert_eq!(copied.left, [(Setting::Approvers, NotCarried::DefaultApprovers)]);
    assert_eq!(copied.other_rules, ["CustomExtension_PreApproval_EndUser_Assignment"]);

    let mut draft = Draft::default();
    copied.take(&group, &mut draft, &copied.proposed());
    // The group must have its own approvers, and says so before anything is sent.
    let causes: Vec<Cause> = check(&group, &draft, None).into_iter().map(|issue| issue.cause).collect();
    assert!(causes.contains(&Cause::NoApprover), "{causes:?}");
    let after = saved(&group, &draft);
    assert_eq!(after.rules.len(), 17);
    assert_eq!(after.read(Setting::ActivationRequirement).value, Some(Value::Requirement(Requirement::Mfa)));
}

#[test]
fn back_onto_a_role_the_approvers_may_stay_unnamed() {
    let mut list = rules();
    let approval = list.iter_mut().find(|rule| rule["id"] == "Approval_EndUser_Assignment").unwrap();
    approval["setting"]["isApprovalRequired"] = json!(true);
    approval["setting"]["approvalStages"][0]["primaryApprovers"] =
        json!([{"@odata.type": "#microsoft.graph.singleUser", "userId": "a"}]);
    let group = policy_of(list);
    let role = of_role(policy());
    let onto_role = carry(&group, &role, &Draft::default());
    let mut draft = Draft::default();
    onto_role.take(&role, &mut draft, &onto_role.proposed());
    let one = Value::Approvers(vec![Approver { kind: ApproverKind::User, id: "a".into() }]);
    assert_eq!(saved(&role, &draft).read(Setting::Approvers).value, Some(one));

    // From a role with default approvers to one with selected ones: none are selected any more.
    let named = saved(&role, &draft);
    let unnamed = strict_role();
    let copied = carry(&unnamed, &named, &Draft::default());
    assert!(copied.carried.iter().any(|carried| carried.change.setting == Setting::Approvers));
    let mut draft = Draft::default();
    copied.take(&named, &mut draft, &[Setting::Approvers]);
    let causes: Vec<Cause> = check(&named, &draft, None).into_iter().map(|issue| issue.cause).collect();
    assert_eq!(causes, [Cause::DefaultApprovers]);
    // For a role that is a weakening, and sent last; for a group nobody could approve, which is an error and not a
    // weakening.
    let weakens = |subject: &Subject| changes(&Policy { subject: subject.clone(), ..named.clone() }, &draft)[0].weakens;
    assert_eq!(weakens(&named.subject), Some(Weakening::DefaultApprovers));
    assert_eq!(weakens(&group.subject), None);
    assert!(plan(&named, &[(Setting::Approvers, Value::Approvers(Vec::new()))])[0].weakens);
    let changed: Vec<_> =
        copied.carried.iter().filter(|carried| carried.change.setting == Setting::Approvers).collect();
    assert_eq!(changed[0].change.weakens, Some(Weakening::DefaultApprovers));
}

#[test]
fn what_has_no_effect_or_cannot_be_stored_is_left() {
    let source = with_rule("Expiration_Admin_Eligibility", |rule| {
        rule["isExpirationRequired"] = json!(false);
        rule["maximumDuration"] = Json::Null;
    });
    let why = |source: &Policy, setting| {
        let copied = carry(source, &policy(), &Draft::default());
        copied.left.into_iter().find(|(left, _)| *left == setting).map(|(_, why)| why)
    };
    assert_eq!(why(&source, Setting::EligibleExpiry), Some(NotCarried::NotInUse));
    let years = with_rule("Expiration_Admin_Eligibility", |rule| rule["maximumDuration"] = json!("P2Y"));
    assert_eq!(why(&years, Setting::EligibleExpiry), Some(NotCarried::CalendarPeriod));
    let approver = json!([{"@odata.type": "#microsoft.graph.singleUser", "userId": "a"}]);
    let stale = with_rule("Approval_EndUser_Assignment", |rule| {
        rule["setting"]["approvalStages"][0]["primaryApprovers"] = approver.clone();
    });
    assert_eq!(why(&stale, Setting::Approvers), Some(NotCarried::NotInUse));
    let to_approvers = with_rule("Notification_Approver_EndUser_Assignment", |rule| {
        rule["notificationRecipients"] = json!(["x@contoso.com"]);
    });
    let setting = Setting::MailRecipients(RuleId::ActivationApprover);
    assert_eq!(why(&to_approvers, setting), Some(NotCarried::NoRecipients));
    let odd = with_rule("Enablement_EndUser_Assignment", |rule| rule["enabledRules"] = json!("all"));
    assert_eq!(why(&odd, Setting::ActivationTicket), Some(NotCarried::Unreadable(ReadOnly::NotUnderstood)));
    let locked = carry(&policy(), &odd, &Draft::default());
    assert!(locked.left.contains(&(Setting::ActivationTicket, NotCarried::Locked(ReadOnly::NotUnderstood))));
}

#[test]
fn an_unsaved_edit_is_marked_and_not_proposed() {
    let (source, target) = (strict_role(), policy());
    let mut draft = Draft::default();
    draft.set(&target, Setting::ActivationDuration, Value::Duration("PT2H".into()));
    draft.set(&target, Setting::ActivationTicket, Value::Flag(true));
    let copied = carry(&source, &target, &draft);
    // The ticket is already the same as in the source; the duration is the person's own.
    assert!(copied.same.contains(&Setting::ActivationTicket));
    let duration = copied.carried.iter().find(|c| c.change.setting == Setting::ActivationDuration).unwrap();
    assert!(duration.edited && !copied.proposed().contains(&Setting::ActivationDuration));
    assert_eq!(duration.change.before, Value::Duration("PT2H".into()));
    copied.take(&target, &mut draft, &copied.proposed());
    assert_eq!(draft.edit(Setting::ActivationDuration).unwrap().mine, Value::Duration("PT2H".into()));
    // What copying weakens is judged against the stored values.
    let back = carry(&target, &source, &Draft::default());
    let weaker = back.carried.iter().find(|c| c.change.setting == Setting::ApprovalRequired).unwrap();
    assert_eq!(
        (weaker.change.weakens, flag(&target, Setting::ApprovalRequired)),
        (Some(Weakening::NoApproval), Some(false))
    );
}

fn any_json() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        prop_oneof![Just("PT4H"), Just("P1Y"), Just(""), Just("Critical"), Just("c2"), Just("x@y.z")]
            .prop_map(Json::from),
        Just(json!(["Justification", "MultiFactorAuthentication", "Later"])),
        Just(json!(["a@contoso.com", 7])),
        Just(json!({"isApprovalRequired": true, "approvalStages": [{"primaryApprovers": [{"x": 1}]}]})),
        Just(json!({"isApprovalRequired": true, "approvalStages": [{}, {}]})),
    ]
}

const FIELDS: [&str; 9] = [
    "maximumDuration",
    "isExpirationRequired",
    "enabledRules",
    "isEnabled",
    "claimValue",
    "setting",
    "notificationLevel",
    "isDefaultRecipientsEnabled",
    "notificationRecipients",
];

/// A policy with some fields replaced, some rules missing, some twice.
fn any_policy() -> impl Strategy<Value = Policy> {
    let change = (0..17_usize, proptest::sample::select(FIELDS.to_vec()), any_json());
    let odd = (0..17_usize, 0..8_u8);
    (proptest::collection::vec(change, 0..14), proptest::collection::vec(odd, 0..2), any::<bool>()).prop_map(
        |(changes, odd, role)| {
            let mut list = rules();
            for (at, field, value) in changes {
                if list[at].get(field).is_some() {
                    list[at][field] = value;
                }
            }
            for (at, how) in odd {
                let at = at % list.len();
                match how {
                    0 => drop(list.remove(at)),
                    1 => list.push(list[at].clone()),
                    2 => list[at]["@odata.type"] = json!("#microsoft.graph.other"),
                    _ => list[at]["unknown"] = json!({"kept": [1]}),
                }
            }
            if role { of_role(policy_of(list)) } else { policy_of(list) }
        },
    )
}

proptest! {
    #[test]
    fn every_setting_is_copied_or_the_same_or_named(from in any_policy(), onto in any_policy()) {
        let copied = carry(&from, &onto, &Draft::default());
        for setting in Setting::all() {
            let places = usize::from(copied.carried.iter().any(|carried| carried.change.setting == setting))
                + usize::from(copied.same.contains(&setting))
                + usize::from(copied.left.iter().any(|(left, _)| *left == setting));
            prop_assert_eq!(places, 1, "{}", setting);
        }
    }

    /// Any choice of settings: the picked ones then read as in the source, nothing else changes, and copying once more
    /// finds them the same. The only thing that comes along is a period if "permanent" is turned off without one.
    #[test]
    fn what_is_picked_arrives_and_nothing_else_moves(
        from in any_policy(),
        onto in any_policy(),
        picks in proptest::collection::vec(any::<bool>(), 41),
    ) {
        let copied = carry(&from, &onto, &Draft::default());
        let picked: Vec<Setting> =
            copied.proposed().into_iter().zip(picks).filter(|(_, pick)| *pick).map(|(setting, _)| setting).collect();
        let mut draft = Draft::default();
        copied.take(&onto, &mut draft, &picked);
        let after = saved(&onto, &draft);
        let period_of = |setting| match setting {
            Setting::EligibleExpiry => Some(Setting::EligiblePermanent),
            Setting::ActiveExpiry => Some(Setting::ActivePermanent),
            _ => None,
        };
        for setting in Setting::all() {
            let now = after.read(setting);
            if picked.contains(&setting) {
                prop_assert!(now.value.unwrap().means(&from.read(setting).value.unwrap()), "{}", setting);
            } else if !period_of(setting).is_some_and(|permanent| picked.contains(&permanent)) {
                prop_assert_eq!(now, onto.read(setting), "{}", setting);
            }
        }
        let again = carry(&from, &after, &Draft::default());
        for setting in picked {
            prop_assert!(again.same.contains(&setting), "{}", setting);
        }
    }
}
