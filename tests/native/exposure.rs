//! A save that ends after any of its writes never leaves a policy weaker than it was and weaker than it was meant to
//! be, except when switching between MFA and an authentication context; and that is found beforehand, so that the
//! review can say it.

use crate::sample::rules::policy;
use pim_desk::policy::exposure::{exposures, is_weaker, weaker_than_both, written};
use pim_desk::policy::plan::plan;
use pim_desk::policy::setting::MAILS;
use pim_desk::policy::{Approver, ApproverKind, Policy, Requirement, Setting, Value};
use proptest::prelude::*;

/// One of the possible values of a setting.
fn value(setting: Setting, pick: usize) -> Value {
    let duration = |list: [&str; 3]| Value::Duration(list[pick % 3].into());
    let flag = Value::Flag(pick.is_multiple_of(2));
    match setting {
        Setting::ActivationDuration => duration(["PT1H", "PT4H", "PT12H"]),
        Setting::EligibleExpiry | Setting::ActiveExpiry => duration(["P15D", "P90D", "P365D"]),
        Setting::ActivationRequirement => Value::Requirement(match pick % 4 {
            0 => Requirement::None,
            1 => Requirement::Mfa,
            2 => Requirement::Context("c1".into()),
            _ => Requirement::Context("c2".into()),
        }),
        Setting::Approvers => {
            let user = |id: &str| Approver { kind: ApproverKind::User, id: id.into() };
            Value::Approvers([user("a"), user("b"), user("c")][..=pick % 3].to_vec())
        }
        Setting::MailRecipients(_) => {
            Value::Recipients(["a@x.org", "b@x.org", "c@x.org"][..pick % 4].iter().map(ToString::to_string).collect())
        }
        _ => flag,
    }
}

fn settings() -> Vec<Setting> {
    let mut list: Vec<Setting> = Setting::of_tab(pim_desk::policy::Tab::Activation)
        .into_iter()
        .chain(Setting::of_tab(pim_desk::policy::Tab::Assignment))
        .collect();
    list.extend([Setting::MailDefaults(MAILS[0]), Setting::MailRecipients(MAILS[0]), Setting::MailCritical(MAILS[8])]);
    list
}

fn holding(picks: &[usize]) -> Policy {
    let values: Vec<(Setting, Value)> =
        settings().into_iter().zip(picks).map(|(setting, pick)| (setting, value(setting, *pick))).collect();
    let start = policy();
    written(&start, &plan(&start, &values))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_plan_passes_through_a_weaker_policy_untold(
        from in prop::collection::vec(0_usize..12, 15),
        to in prop::collection::vec(prop::option::of(0_usize..12), 15),
    ) {
        let before = holding(&from);
        let wanted: Vec<(Setting, Value)> = settings()
            .into_iter()
            .zip(to)
            .filter_map(|(setting, pick)| Some((setting, value(setting, pick?))))
            .filter(|(setting, value)| before.read(*setting).value.is_none_or(|now| !now.means(value)))
            .collect();
        let writes = plan(&before, &wanted);
        let after = written(&before, &writes);
        for (setting, value) in &wanted {
            prop_assert!(after.read(*setting).value.unwrap().means(value));
        }
        let told = exposures(&before, &writes);
        prop_assert!(told.iter().all(|(setting, _)| *setting == Setting::ActivationRequirement), "{:?}", told);
        for done in 1..writes.len() {
            let between = written(&before, &writes[..done]);
            let weaker = is_weaker(&between, &before) && is_weaker(&between, &after);
            let by_setting = weaker_than_both(&before, &between, &after);
            prop_assert!(!weaker || !by_setting.is_empty(), "after {} of {:?}", done, writes);
            prop_assert!(by_setting.iter().all(|setting| told.iter().any(|(known, _)| known == setting)));
        }
        // No write that weakens comes before one that only strengthens, except for emails.
        let protect: Vec<bool> =
            writes.iter().filter(|write| write.stops_on_failure()).map(|write| write.weakens).collect();
        let first_weakening = protect.iter().position(|weakens| *weakens).unwrap_or(protect.len());
        let late = protect[first_weakening..].iter().filter(|weakens| !**weakens).count();
        prop_assert!(late <= 1, "only the second half of a change of places may follow: {:?}", writes);
    }
}

#[test]
fn the_two_halves_of_a_change_between_mfa_and_context_are_told() {
    let requirement = |wanted: Requirement| (Setting::ActivationRequirement, Value::Requirement(wanted));
    let start = |wanted: Requirement| written(&policy(), &plan(&policy(), &[requirement(wanted)]));
    let context = || Requirement::Context("c1".into());
    for (from, to, expected) in [
        (Requirement::Mfa, context(), 1),
        (context(), Requirement::Mfa, 1),
        (Requirement::None, context(), 0),
        (Requirement::None, Requirement::Mfa, 0),
        (context(), Requirement::None, 0),
    ] {
        let before = start(from);
        assert_eq!(exposures(&before, &plan(&before, &[requirement(to)])).len(), expected);
    }
}
