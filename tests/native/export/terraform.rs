//! Terraform: that a file of several policies can be applied at all, and that it says what its provider would not do.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::tenant;
use crate::sample::rules;
use pim_desk::cloud::Cloud;
use pim_desk::export::many::text;
use pim_desk::export::{Export, Form};
use pim_desk::policy::{Draft, Policy, Requirement, Setting, Value};
use serde_json::{Value as Json, json};

const ONE: &str = "11111111-1111-4111-8111-111111111111";
const TWO: &str = "22222222-2222-4222-8222-222222222222";

fn whole(id: &str, access: &str, name: &str) -> Export {
    let subject = format!("groups/{id}/{access}").parse().unwrap();
    Export::whole(&Policy { subject, ..rules::policy() }, name, Cloud::Global, &tenant())
}

/// The labels of the resources in a text.
fn labels(text: &str) -> Vec<String> {
    let heads =
        text.lines().filter_map(|line| line.strip_prefix("resource \"azuread_group_role_management_policy\" \""));
    heads.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn labels_of(exports: &[Export]) -> Vec<String> {
    labels(&text(exports, Form::Terraform, &[]))
}

#[test]
fn members_and_owners_of_a_long_name_have_labels_of_their_own() {
    let name = "Tier 0 operators of the identity platform in Frankfurt and Singapore";
    let cut = "tier_0_operators_of_the_identity_platfor";
    let both = [whole(ONE, "member", name), whole(ONE, "owner", name)];
    assert_eq!(labels_of(&both), [format!("{cut}_member"), format!("{cut}_owner")]);
    assert_eq!(labels(&both[0].text(Form::Terraform)), [format!("{cut}_member")]);
}

#[test]
fn long_names_that_begin_alike_are_told_apart_by_their_ids() {
    let name = |end: &str| ["Tier 0 operators of the identity platform in ", end].concat();
    let all = [
        whole(ONE, "member", &name("Frankfurt")),
        whole(ONE, "owner", &name("Frankfurt")),
        whole(TWO, "member", &name("Singapore")),
        whole(TWO, "owner", &name("Singapore")),
        whole("33333333-3333-4333-8333-333333333333", "member", "Tier 0 operators"),
    ];
    let short = "tier_0_operators_of_the";
    let tagged = |id: &str, access: &str| format!("{short}_{}_{access}", id.replace('-', ""));
    let mut expected: Vec<String> = Vec::new();
    for id in [ONE, TWO] {
        expected.extend(["member", "owner"].map(|access| tagged(id, access)));
    }
    expected.push("tier_0_operators_member".to_owned());
    assert_eq!(labels_of(&all), expected);
}

const CONTEXT_STAYS: &str = "# The provider cannot turn an authentication context off.";
const MFA_STAYS: &str = "# With an authentication context, the provider may leave MFA on.";

fn changed(requires: (bool, &str), wanted: &[(Setting, Value)]) -> String {
    let mut list = rules::rules();
    let rule = |list: &mut Vec<Json>, id: &str| list.iter().position(|rule| rule["id"] == id).unwrap();
    let at = rule(&mut list, "Enablement_EndUser_Assignment");
    list[at]["enabledRules"] = if requires.0 { json!(["MultiFactorAuthentication"]) } else { json!([]) };
    let at = rule(&mut list, "AuthenticationContext_EndUser_Assignment");
    (list[at]["isEnabled"], list[at]["claimValue"]) = (json!(!requires.1.is_empty()), json!(requires.1));
    let policy = rules::policy_of(list);
    let mut draft = Draft::default();
    for (setting, value) in wanted {
        draft.set(&policy, *setting, value.clone());
    }
    Export::changes(&policy, &draft, "X", Cloud::Global, &tenant()).text(Form::Terraform)
}

#[test]
fn what_the_provider_cannot_turn_off_is_said_where_it_may_be_on() {
    let to = |requirement| [(Setting::ActivationRequirement, Value::Requirement(requirement))];
    let context = || Requirement::Context("c1".into());
    for (before, after, note) in [
        ((false, "c1"), Requirement::Mfa, Some(CONTEXT_STAYS)),
        ((false, "c1"), Requirement::None, Some(CONTEXT_STAYS)),
        ((true, "c1"), Requirement::Mfa, Some(CONTEXT_STAYS)),
        ((true, ""), context(), Some(MFA_STAYS)),
        ((false, ""), Requirement::Mfa, None),
        ((true, ""), Requirement::None, None),
        ((false, "c2"), context(), None),
    ] {
        let text = changed(before, &to(after.clone()));
        for one in [CONTEXT_STAYS, MFA_STAYS] {
            assert_eq!(text.contains(one), note == Some(one), "{before:?} to {after:?}\n{text}");
        }
    }
    // A change of something else leaves the context as it is.
    let ticket = changed((false, "c1"), &[(Setting::ActivationTicket, Value::Flag(true))]);
    assert!(!ticket.contains(CONTEXT_STAYS) && !ticket.contains(MFA_STAYS), "{ticket}");
    // A whole policy may be applied to any other one.
    assert!(whole(ONE, "member", "X").text(Form::Terraform).contains(CONTEXT_STAYS));
    let context = rules::with_rule("AuthenticationContext_EndUser_Assignment", |rule| {
        (rule["isEnabled"], rule["claimValue"]) = (json!(true), json!("c1"));
    });
    let text = Export::whole(&context, "X", Cloud::Global, &tenant()).text(Form::Terraform);
    assert!(text.contains(MFA_STAYS) && !text.contains(CONTEXT_STAYS), "{text}");
}

fn with_stages(required: bool, approvers: &[Json]) -> String {
    let policy = rules::with_rule("Approval_EndUser_Assignment", |rule| {
        rule["setting"]["isApprovalRequired"] = json!(required);
        rule["setting"]["approvalStages"] =
            approvers.iter().map(|one| json!({"primaryApprovers": one, "approvalStageTimeOutInDays": 1})).collect();
    });
    Export::whole(&policy, "X", Cloud::Global, &tenant()).text(Form::Terraform)
}

#[test]
fn a_stage_is_written_only_with_an_approver_and_without_one_no_approval() {
    let dana = json!({"@odata.type": "#microsoft.graph.singleUser", "userId": ONE});
    let manager = json!({"@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1});
    let other = "# An approver of another type cannot be written here.";
    let none = "# The provider accepts approval only with a person or a group as approver";
    let has = |text: &str, words: &str| text.lines().any(|line| line.trim_start().starts_with(words));

    let mixed = with_stages(true, &[json!([manager, dana])]);
    assert!(has(&mixed, "approval_stage {") && has(&mixed, other) && has(&mixed, "require_approval "), "{mixed}");
    assert_eq!(mixed.matches("primary_approver {").count(), 1);
    for (approvers, told) in [(json!([manager]), true), (json!([]), false), (json!("odd"), false)] {
        let text = with_stages(true, &[approvers]);
        assert!(!has(&text, "approval_stage {") && !has(&text, "require_approval "), "{text}");
        assert!(has(&text, none) && has(&text, other) == told, "{text}");
    }
    let off = with_stages(false, &[json!([manager])]);
    assert!(!has(&off, "approval_stage {") && has(&off, other) && !has(&off, none), "{off}");
    assert!(has(&off, "require_approval "), "{off}");
}

#[test]
fn stages_that_the_provider_does_not_take_are_said() {
    let stage = |id: &str| json!([{"@odata.type": "#microsoft.graph.singleUser", "userId": id}]);
    let several = "# The policy has several approval stages; the provider accepts one.";
    let text = with_stages(true, &[stage(ONE), stage(TWO)]);
    assert!(text.contains(several) && text.contains(ONE) && !text.contains(TWO), "{text}");
    assert!(!with_stages(true, &[stage(ONE)]).contains(several));
}

#[test]
fn nothing_is_promised_of_the_first_apply() {
    let text = changed((false, ""), &[(Setting::ActivationTicket, Value::Flag(true))]);
    assert!(text.contains("may not send values that are false or empty here. Run plan again"), "{text}");
}
