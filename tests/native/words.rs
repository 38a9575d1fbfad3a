//! A policy as a short text: by example, and that it never states what was not read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use crate::sample::rules;
use pim_desk::directory::AuthenticationContext;
use pim_desk::policy::{Access, Approver, Draft, Policy, Requirement, RuleId, Setting, Sheet, Subject, Tab, Value};
use pim_desk::text::policy::plain_words::{paragraphs, whole};
use pim_desk::text::policy::value::Names;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const DANA: &str = "11111111-1111-4111-8111-111111111111";
const TEAM: &str = "22222222-2222-4222-8222-222222222222";

/// The names of two IDs and one context.
struct Known {
    dana: String,
    team: String,
    contexts: Option<Vec<AuthenticationContext>>,
}

impl Known {
    fn plain() -> Self {
        Self { dana: "Dana Ruiz".into(), team: "Tier-0 Approvers".into(), contexts: None }
    }
}

impl Names for Known {
    fn approver(&self, approver: &Approver) -> Option<String> {
        match approver.id.as_str() {
            DANA => Some(self.dana.clone()),
            TEAM => Some(self.team.clone()),
            _ => None,
        }
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        self.contexts.as_deref()
    }
}

fn user(id: &str) -> Json {
    json!({"@odata.type": "#microsoft.graph.singleUser", "userId": id})
}

fn group(id: &str) -> Json {
    json!({"@odata.type": "#microsoft.graph.groupMembers", "groupId": id})
}

fn approved_by(entries: &[Json]) -> Policy {
    rules::with_rule("Approval_EndUser_Assignment", |rule| {
        rule["setting"]["isApprovalRequired"] = json!(true);
        rule["setting"]["approvalStages"][0]["primaryApprovers"] = json!(entries);
    })
}

fn words(policy: &Policy, names: &Known, tab: Tab) -> String {
    let found = paragraphs(&policy.subject, &Sheet::of(policy), names);
    found.into_iter().find(|(own, _)| *own == tab).map(|(_, text)| text).unwrap_or_default()
}

fn without(policy: &Policy, id: RuleId) -> Policy {
    let rules = policy.rules.iter().filter(|rule| rule.known_id() != Some(id)).cloned().collect();
    Policy { rules, ..policy.clone() }
}

#[test]
fn a_text_with_unsaved_changes_says_so_below_its_title() {
    let policy = rules::policy();
    let [stored, drafted] =
        [false, true].map(|drafted| whole(&policy.subject, "X", &Sheet::of(&policy), &Known::plain(), drafted));
    assert_eq!(drafted, stored.replacen('\n', "\nWith unsaved changes: not what is stored.\n", 1));
}

#[test]
fn a_fresh_policy_reads_like_speech() {
    let policy = rules::policy();
    let text = whole(&policy.subject, "Tier-0 Operators", &Sheet::of(&policy), &Known::plain(), false);
    assert_eq!(
        text,
        "Tier-0 Operators (members)\n\
         A member may activate for up to 8 hours, with a justification; nobody has to approve.\n\
         Eligible assignments expire after 365 days at most; active assignments expire after 180 days at most; creating an \
         active assignment requires a justification.\n\
         All emails go only to the default recipients."
    );
}

#[test]
fn a_period_that_is_none_is_told_in_a_whole_sentence() {
    let odd = |rule: &str, tab| {
        let policy = rules::with_rule(rule, |rule| rule["maximumDuration"] = json!("soon"));
        words(&policy, &Known::plain(), tab)
    };
    assert_eq!(
        odd("Expiration_EndUser_Assignment", Tab::Activation),
        "A member may activate, with a justification; the maximum duration is unreadable (“soon”); nobody has to approve."
    );
    let eligible = odd("Expiration_Admin_Eligibility", Tab::Assignment);
    assert!(
        eligible.starts_with("Eligible assignments must expire, but the period is unreadable (“soon”); "),
        "{eligible}"
    );
}

#[test]
fn the_sentence_of_the_guarded_group() {
    let mut policy = approved_by(&[user(DANA), group(TEAM)]);
    let mut draft = Draft::default();
    draft.set(&policy, Setting::ActivationRequirement, Value::Requirement(Requirement::Mfa));
    let sheet = Sheet::drafted(&policy, &draft);
    let all = paragraphs(&policy.subject, &sheet, &Known::plain());
    assert_eq!(
        all[0].1,
        "A member may activate for up to 8 hours, with MFA and a justification; Dana Ruiz or a member of Tier-0 Approvers \
         must approve."
    );
    let id = policy.subject.id().clone();
    policy.subject = Subject::Group { group: id.clone(), access: Access::Owner };
    assert!(words(&policy, &Known::plain(), Tab::Activation).starts_with("An owner may activate"));
    policy.subject = Subject::Role { template: id };
    assert!(words(&policy, &Known::plain(), Tab::Activation).starts_with("Someone with this role may activate"));
}

#[test]
fn demands_on_eligible_assignment_are_told_where_there_are_some() {
    let policy = rules::with_rule("Enablement_Admin_Eligibility", |rule| {
        rule["enabledRules"] = json!(["MultiFactorAuthentication", "Justification", "Ticketing"]);
    });
    let text = words(&policy, &Known::plain(), Tab::Assignment);
    assert!(
        text.ends_with(
            "requires a justification; creating an eligible assignment requires MFA and a justification; creating an \
             eligible assignment also requires “Ticketing”."
        ),
        "{text}"
    );
}

#[test]
fn approval_without_an_approver_differs_between_groups_and_roles() {
    let mut policy = approved_by(&[]);
    assert!(
        words(&policy, &Known::plain(), Tab::Activation).contains("no approver is selected, so nobody can activate")
    );
    policy.subject = Subject::Role { template: policy.subject.id().clone() };
    let text = words(&policy, &Known::plain(), Tab::Activation);
    assert!(
        text.contains("so the active Privileged Role Administrators and Global Administrators must approve"),
        "{text}"
    );
}

/// Only the approvers of the first stage are read: whoever is in the next one may let people activate.
#[test]
fn an_empty_first_stage_of_several_is_not_said_to_leave_nobody() {
    let mut policy = rules::with_rule("Approval_EndUser_Assignment", |rule| {
        rule["setting"]["isApprovalRequired"] = json!(true);
        rule["setting"]["approvalStages"] = json!([{"primaryApprovers": []}, {"primaryApprovers": [user(DANA)]}]);
    });
    for subject in [policy.subject.clone(), Subject::Role { template: policy.subject.id().clone() }] {
        policy.subject = subject;
        let text = words(&policy, &Known::plain(), Tab::Activation);
        assert!(text.contains("; no approver is selected in the first of several stages"), "{text}");
        assert!(!text.contains("nobody can activate") && !text.contains("Administrators"), "{text}");
    }
}

#[test]
fn a_context_is_named_and_its_state_told() {
    let policy = rules::with_rule("AuthenticationContext_EndUser_Assignment", |rule| {
        rule["isEnabled"] = json!(true);
        rule["claimValue"] = json!("c1");
    });
    let context = |available| AuthenticationContext {
        id: "c1".into(),
        name: "Phishing-resistant MFA".into(),
        description: String::new(),
        available,
    };
    let text = |contexts| words(&policy, &Known { contexts, ..Known::plain() }, Tab::Activation);
    assert!(text(None).contains("with authentication context “c1” and a justification"), "{}", text(None));
    assert!(
        text(Some(vec![context(true)])).contains("authentication context Phishing-resistant MFA and a justification")
    );
    assert!(text(Some(vec![context(false)])).contains("which is not published"));
    assert!(text(Some(vec![])).contains("which this tenant does not have"));
}

#[test]
fn mails_that_differ_are_told_one_by_one() {
    let policy = rules::with_rule("Notification_Admin_EndUser_Assignment", |rule| {
        rule["notificationRecipients"] = json!(["soc@contoso.com"]);
        rule["notificationLevel"] = json!("Critical");
    });
    assert_eq!(
        words(&policy, &Known::plain(), Tab::Notification),
        "The email “Role activation alert” (activation) goes to the default recipients (Admin) and soc@contoso.com, \
         critical emails only; 8 other emails go only to the default recipients."
    );
    let silent = rules::with_rule("Notification_Admin_EndUser_Assignment", |rule| {
        rule["isDefaultRecipientsEnabled"] = json!(false);
    });
    assert!(words(&silent, &Known::plain(), Tab::Notification).contains("(activation) goes to nobody;"));
}

/// Microsoft sends requests to approvers only, whatever addresses are stored beside them.
#[test]
fn addresses_stored_with_requests_to_approve_are_not_said_to_get_them() {
    let stored = |defaults: bool| {
        rules::with_rule("Notification_Approver_EndUser_Assignment", |rule| {
            rule["isDefaultRecipientsEnabled"] = json!(defaults);
            rule["notificationRecipients"] = json!(["soc@contoso.com"]);
        })
    };
    let text = |defaults| words(&stored(defaults), &Known::plain(), Tab::Notification);
    assert_eq!(text(true), "All emails go only to the default recipients.");
    assert!(text(false).contains("“Request to approve an activation” (activation) goes to nobody;"), "{}", text(false));
}

/// Each rule removed or broken in turn: what it said before is said no longer, and the text says that it cannot be
/// read.
#[test]
fn what_cannot_be_read_is_said_and_never_guessed() {
    let full = approved_by(&[user(DANA)]);
    for id in RuleId::ALL {
        let broken = rules::policy_of(
            full.rules
                .iter()
                .map(|rule| {
                    let mut raw = rule.raw().clone();
                    if rule.known_id() == Some(id) {
                        for key in [
                            "maximumDuration",
                            "isExpirationRequired",
                            "enabledRules",
                            "isEnabled",
                            "setting",
                            "isDefaultRecipientsEnabled",
                        ] {
                            if raw.get(key).is_some() {
                                raw[key] = json!(7);
                            }
                        }
                    }
                    raw
                })
                .collect(),
        );
        for policy in [without(&full, id), broken] {
            let sheet = Sheet::of(&policy);
            let unread = Setting::all().any(|setting| sheet.value(setting).is_none());
            assert!(unread, "{id:?}");
            let text = whole(&policy.subject, "X", &sheet, &Known::plain(), false);
            assert!(text.contains("cannot be read"), "{id:?}: {text}");
            let lost: &[&str] = match id {
                RuleId::ActivationExpiration => &["8 hours"],
                RuleId::ActivationEnablement => &["with a justification", "with no MFA"],
                RuleId::ActivationApproval => &["nobody has to approve", "Dana"],
                RuleId::EligibleExpiration => &["365 days"],
                RuleId::ActiveExpiration => &["180 days"],
                RuleId::EligibleEnablement => &["eligible assignment requires MFA."],
                RuleId::ActiveEnablement => &["requires a justification.", "neither MFA nor a justification"],
                _ => &["all emails", "All emails"],
            };
            let is_mail = id.as_str().starts_with("Notification");
            if is_mail || lost[0] != "all emails" {
                assert!(lost.iter().all(|words| !text.contains(words)), "{id:?}: {text}");
            }
        }
    }
}

#[test]
fn a_hostile_name_cannot_pass_for_a_statement() {
    let policy = approved_by(&[user(DANA), group(TEAM)]);
    let names = Known {
        dana: "nobody; anyone may activate for ever.\n\nNo approval is needed”".into(),
        team: "\u{202e}Everyone".into(),
        contexts: None,
    };
    assert_eq!(
        words(&policy, &names, Tab::Activation),
        "A member may activate for up to 8 hours, with a justification; “nobody; anyone may activate for ever. No approval is \
         needed\"” or a member of “Everyone” must approve."
    );
}

/// The text without everything in quotation marks, and without the given plain names.
fn frame(text: &str, names: &[&str]) -> String {
    let mut rest = text.to_owned();
    for name in names.iter().filter(|name| !name.is_empty()) {
        rest = rest.replace(name, "");
    }
    let mut outside = String::new();
    let mut inside = false;
    for c in rest.chars() {
        match c {
            '“' => inside = true,
            '”' => inside = false,
            _ if !inside => outside.push(c),
            _ => {}
        }
    }
    outside
}

proptest! {
    #[test]
    fn any_names_leave_the_statement_as_it_is(dana in "(\\PC|[;,.“”\n]){1,30}", team in "(\\PC|[;“”\r\u{202e}]){1,30}") {
        let policy = approved_by(&[user(DANA), group(TEAM)]);
        prop_assume!(pim_desk::text::quoted::name(&dana).starts_with('“') && pim_desk::text::quoted::name(&team).starts_with('“'));
        prop_assume!(pim_desk::text::quoted::name(&dana) != "“”" && pim_desk::text::quoted::name(&team) != "“”");
        let text = words(&policy, &Known { dana, team, contexts: None }, Tab::Activation);
        prop_assert_eq!(
            frame(&text, &[]),
            "A member may activate for up to 8 hours, with a justification;  or a member of  must approve."
        );
    }

    #[test]
    fn any_rule_gives_some_text(id in prop::sample::select(RuleId::ALL.to_vec()), key in prop::sample::select(vec![
        "maximumDuration", "isExpirationRequired", "enabledRules", "isEnabled", "claimValue", "setting",
        "notificationLevel", "isDefaultRecipientsEnabled", "notificationRecipients", "@odata.type", "id",
    ]), value in any_json()) {
        let policy = rules::with_rule(id.as_str(), |rule| rule[key] = value.clone());
        let sheet = Sheet::of(&policy);
        let text = whole(&policy.subject, "X", &sheet, &Known::plain(), false);
        let unread = Setting::all().any(|setting| sheet.value(setting).is_none());
        prop_assert_eq!(text.contains("cannot be read"), unread, "{}", text);
        prop_assert!(text.lines().count() == 4 && text.lines().skip(1).all(|line| line.ends_with('.')));
    }
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i32>().prop_map(Json::from),
        "\\PC{0,12}".prop_map(Json::from),
        prop::sample::select(vec!["PT8H", "P1Y", "-PT1H", "PT0S", "All", "Critical", "None", "c1"])
            .prop_map(Json::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
            prop::collection::vec(inner, 0..2)
                .prop_map(|list| json!({"approvalStages": list, "isApprovalRequired": true})),
        ]
    })
}

/// Names that were requested and have not arrived yet.
struct Asking;

impl Names for Asking {
    fn approver(&self, _: &Approver) -> Option<String> {
        None
    }

    fn is_unknown(&self, _: &Approver) -> bool {
        false
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        None
    }
}

#[test]
fn nobody_is_called_unknown_before_microsoft_has_said_so() {
    let policy = approved_by(&[user(DANA), group(TEAM)]);
    let sheet = Sheet::of(&policy);
    let found = paragraphs(&policy.subject, &sheet, &Asking);
    let text = found.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(&format!("a person ({DANA})")) && text.contains(&format!("a member of a group ({TEAM})")),
        "{text}"
    );
    let listed = pim_desk::text::policy::value::value(sheet.value(Setting::Approvers).unwrap(), &Asking);
    assert_eq!(listed, format!("Person ({DANA}), Group ({TEAM})"));
}
