//! Everyone whom Microsoft lets change the policy of a group is shown that and can: by the template IDs of their roles.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use crate::sample::saving::{draft, read, subject};
use futures_executor::block_on;
use pim_desk::desk::policies;
use pim_desk::desk::rights::WriteRight;
use pim_desk::desk::save::{Outcome, save};
use pim_desk::guid::Guid;
use pim_desk::policy::{Setting, Value};
use pim_desk_tenant::{Arrival, Seed};
use serde_json::json;

const PLAIN: &str = "Network Operators";
const ROLE_ASSIGNABLE: &str = "Tier-0 Operators";

/// What Otto, who owns nothing, is shown and can do to a group's policy once a role is active.
fn with_role(role: &str, group: &str) -> (WriteRight, bool) {
    let browser = Browser::new(&Seed::default());
    let arrival = json!({"kind": "role", "role": role, "principal": "otto", "approvers": ["dana"]});
    let arrival: Arrival = serde_json::from_value(arrival).unwrap();
    let now = browser.now_ms();
    let id = browser.tenant_mut().add_request(&arrival, now).unwrap();
    assert!(browser.tenant_mut().decide(&id, "dana", true, "for the test", now));
    let client = browser.client("otto");
    let (subject, me) = (subject(&browser, group), browser.tenant().person("otto").map(|otto| otto.id.parse::<Guid>()));
    let opened = block_on(policies::open(&client, &subject, &me.unwrap().unwrap()));
    if opened.policies.is_err() {
        return (opened.write, false);
    }
    let draft = draft(&read(&client, &subject), &[(Setting::ActivationDuration, Value::Duration("PT1H30M".into()))]);
    let outcome = block_on(save(&client, &subject, &draft, &|_| ()));
    (opened.write, matches!(outcome, Outcome::Finished(done) if done.is_complete()))
}

#[test]
fn those_who_manage_groups_change_the_policies_of_all_but_role_assignable_ones() {
    for role in ["Groups Administrator", "User Administrator", "Identity Governance Administrator", "Directory Writers"]
    {
        assert_eq!(with_role(role, PLAIN), (WriteRight::Likely, true), "{role}");
        assert_eq!(with_role(role, ROLE_ASSIGNABLE), (WriteRight::Unlikely, false), "{role}");
    }
}

#[test]
fn a_privileged_role_administrator_changes_those_of_role_assignable_groups_and_a_reader_none() {
    assert_eq!(with_role("Privileged Role Administrator", ROLE_ASSIGNABLE), (WriteRight::Likely, true));
    for group in [PLAIN, ROLE_ASSIGNABLE] {
        assert_eq!(with_role("Directory Readers", group), (WriteRight::Unlikely, false), "{group}");
    }
}
