//! What a page of policies shows after a part of it was read again.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use crate::sample::saving::{Desk, GROUP, subject};
use futures_executor::block_on;
use pim_desk::desk::policies::{self, Opened};
use pim_desk::desk::rights::WriteRight;
use pim_desk::guid::Guid;
use pim_desk::policy::preflight::mail::audience;
use pim_desk::policy::{Draft, Policy, RuleId};
use pim_desk::text;
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::{Value as Json, json};

struct Page {
    browser: Browser,
    client: Desk,
    me: Guid,
}

impl Page {
    fn new() -> Self {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        let me = browser.tenant().person("ana").unwrap().id.parse().unwrap();
        Self { browser, client, me }
    }

    fn read(&self, refused: &[&str]) -> Opened {
        let effect = Effect::Refuse { status: 403, retry_after: None };
        let fault =
            |path: &&str| Fault { method: None, path: (*path).into(), skip: 0, times: None, effect: effect.clone() };
        self.browser.play(refused.iter().map(fault).collect());
        block_on(policies::open(&self.client, &subject(&self.browser, GROUP), &self.me))
    }
}

const HOLDER: &str = "?$select=id,displayName";
const ROLES: &str = "microsoft.graph.directoryRole";
const POLICIES: &str = "roleManagementPolicyAssignments";

#[test]
fn reading_again_brings_what_was_missing_and_leaves_the_policies_as_they_are() {
    let page = Page::new();
    let first = page.read(&[HOLDER]);
    assert!(first.holder.is_err() && first.policies.is_ok(), "{first:?}");
    let now = page.browser.now_ms();
    let patch = json!({"maximumDuration": "PT3H"});
    page.browser.tenant_mut().edit_rule(GROUP, "member", "Expiration_EndUser_Assignment", patch, "olga", now);
    let later = page.read(&[]);
    assert_ne!(later.policies, first.policies);
    let known = later.clone().after(&first);
    assert_eq!((&known.holder, known.write, known.in_pim), (&later.holder, later.write, later.in_pim));
    assert_eq!(known.policies, first.policies);
    // What fails then is already known.
    let failed = page.read(&[HOLDER, POLICIES]);
    assert!(failed.holder.is_err() && failed.policies.is_err());
    assert_eq!(failed.after(&known), known);
}

#[test]
fn what_a_person_may_write_stays_known_where_their_roles_could_not_be_read() {
    let page = Page::new();
    let first = page.read(&[]);
    assert_eq!(first.write, WriteRight::Likely);
    let later = page.read(&[ROLES]);
    assert!(later.holder.is_ok() && later.write == WriteRight::Unknown, "{later:?}");
    assert_eq!(later.clone().after(&first).write, WriteRight::Likely);
    assert_eq!(first.after(&later).write, WriteRight::Likely);
}

#[test]
fn opening_tells_who_gets_the_emails_of_a_group_without_owners() {
    let page = Page::new();
    let words = |opened: &Opened| {
        let policy = opened.policies.as_ref().unwrap().first().unwrap();
        let mail = RuleId::EligibleAlert;
        text::policy::preflight::audience(&audience(policy, &Draft::default(), mail, opened.owners))
    };
    let first = page.read(&[]);
    assert!(first.owners.is_some_and(|owners| owners.able > 0), "{first:?}");
    let answering = |body: Json| {
        let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body: body.to_string() };
        let fault = Fault { method: None, path: "/owners".into(), skip: 0, times: None, effect };
        page.browser.play(vec![fault]);
        block_on(policies::open(&page.client, &subject(&page.browser, GROUP), &page.me))
    };
    let ownerless = answering(json!({"value": []}));
    assert_eq!(words(&ownerless), "Goes to nobody by default: the group has no owners.");
    // A list that goes on, or cannot be read, tells nothing; what was read before stays known.
    let next = "https://graph.microsoft.com/v1.0/groups/x/owners?$skiptoken=two";
    let cut = answering(json!({"value": [], "@odata.nextLink": next}));
    assert_eq!(words(&cut), "Goes to the group's permanent owners.");
    assert_eq!(cut.after(&ownerless).owners, ownerless.owners);
    let unread = page.read(&["/owners"]);
    assert_eq!((unread.owners, unread.after(&first).owners), (None, first.owners));
}

#[test]
fn a_policy_that_was_missing_comes_with_the_next_reading() {
    let page = Page::new();
    let whole = page.read(&[]);
    let only = |at: usize| Opened {
        policies: whole.policies.clone().map(|list| list.into_iter().skip(at).take(1).collect()),
        ..whole.clone()
    };
    let subjects = |opened: Opened| {
        opened.policies.unwrap().iter().map(|policy: &Policy| policy.subject.clone()).collect::<Vec<_>>()
    };
    assert_eq!(subjects(whole.clone().after(&only(1))).len(), 2);
    assert_eq!(subjects(only(1).after(&only(0))).len(), 2);
    let none = page.read(&[POLICIES]);
    assert_eq!(whole.clone().after(&none).policies, whole.policies);
}

#[test]
fn a_name_that_could_not_be_read_gives_way_to_the_id() {
    let subject = subject(&Page::new().browser, GROUP);
    assert_eq!(text::subject::called(&subject, "Ops"), "Ops (members)");
    assert_eq!(text::subject::called(&subject, ""), format!("group {} (member)", subject.id()));
}
