use super::*;
use crate::auth::extras::Extra;
use crate::auth::scope::Scope;
use crate::auth::trouble::{Cause, Family, NextStep};
use crate::config::PageAddress;

const NOW: i64 = 1_800_000_000_000;
const TENANT: &str = "5a1e0000-0000-4000-8000-000000000001";

struct Counted(std::cell::Cell<u8>);

impl Entropy for Counted {
    fn random(&self) -> [u8; 32] {
        self.0.set(self.0.get() + 1);
        [self.0.get(); 32]
    }
}

fn config() -> Config {
    let page = PageAddress { origin: "https://pim.example".into(), path: "/".into() };
    let id = "5a1e0000-0000-4000-8000-0000000000d1";
    Config::read(&format!(r#"{{"clientId":"{id}","tenantId":"{TENANT}","cloud":"global"}}"#), &page).unwrap()
}

fn entropy() -> Counted {
    Counted(std::cell::Cell::new(0))
}

fn pending(change: impl FnOnce(&mut Pending)) -> (String, String) {
    let mut pending =
        depart(&config(), &entropy(), NOW - 60_000, Ask::sign_in("#/groups?q=a", &Extras::default())).pending;
    change(&mut pending);
    (pending.to_text(), pending.state)
}

fn decided(fragment: &str, pending: Option<&str>, login_hint: Option<&str>, guard: Option<&str>) -> Decision {
    decide(
        &config(),
        &entropy(),
        Start { fragment, query: "", pending, guard, login_hint, wanted: &Extras::default(), now_ms: NOW },
    )
}

fn shown(decision: &Decision) -> Option<&Cause> {
    match &decision.boot {
        Boot::ShowSignIn { why } => why.as_ref().map(|why| &why.cause),
        other => panic!("shows {other:?}"),
    }
}

#[test]
fn a_cold_start_keeps_its_address() {
    let decision = decided("#/approvals", None, None, None);
    assert_eq!((shown(&decision), decision.route.as_str()), (None, "#/approvals"));
    assert_eq!(decided("#nonsense", None, None, None).route, "#/");
}

#[test]
fn a_known_answer_is_redeemed_and_the_address_comes_back() {
    let (text, state) = pending(|_| {});
    let decision = decided(&format!("#code=secret&state={state}"), Some(&text), None, None);
    assert_eq!(decision.route, "#/groups?q=a");
    assert!(!format!("{decision:?}").contains("secret"));
    let Boot::Redeem(redeem) = decision.boot else { panic!("a redemption") };
    assert_eq!(redeem.code.reveal(), "secret");
}

#[test]
fn an_unknown_or_replayed_state_shows_nothing_of_the_answer() {
    let (text, state) = pending(|_| {});
    for (fragment, stored) in [
        (format!("#code=x&state={state}"), None),
        ("#code=x&state=forged".to_owned(), Some(text.as_str())),
        ("#error=access_denied&error_description=AADSTS65004&state=forged".to_owned(), Some(text.as_str())),
        (format!("#access_token=x&state={state}"), Some(text.as_str())),
        (format!("#code=x&state={state}"), Some("{broken")),
    ] {
        let decision = decided(&fragment, stored, None, None);
        assert_eq!((shown(&decision), decision.route.as_str()), (None, "#/"), "{fragment}");
    }
}

#[test]
fn a_late_answer_is_not_redeemed() {
    let (text, state) = pending(|pending| pending.started_ms = NOW - 601_000);
    let decision = decided(&format!("#code=x&state={state}"), Some(&text), None, None);
    assert_eq!(shown(&decision), Some(&Cause::TookTooLong));
    assert_eq!(decision.route, "#/groups?q=a");
}

#[test]
fn another_issuer_is_not_believed_whatever_it_says() {
    let (text, state) = pending(|_| {});
    for rest in ["code=x", "error=access_denied"] {
        let fragment = format!("#{rest}&state={state}&iss=https%3A%2F%2Fevil.example");
        assert_eq!(shown(&decided(&fragment, Some(&text), None, None)), Some(&Cause::ForeignAnswer));
    }
    let fragment = format!("#code=x&state={state}&iss=https%3A%2F%2Flogin.microsoftonline.com%2F{TENANT}%2Fv2.0");
    assert!(matches!(decided(&fragment, Some(&text), None, None).boot, Boot::Redeem(_)));
}

#[test]
fn a_tampered_address_leads_to_the_start() {
    for hostile in ["//evil.example", "javascript:alert(1)", "#\\evil"] {
        let (text, state) = pending(|pending| pending.route = hostile.to_owned());
        assert_eq!(decided(&format!("#code=x&state={state}"), Some(&text), None, None).route, "#/");
    }
}

#[test]
fn returns_silently_but_never_in_a_loop() {
    let decision = decided("#/groups", None, Some("ana@contoso.example"), None);
    let Boot::SilentSignIn { departure, guard } = decision.boot else { panic!("a silent return") };
    assert!(departure.url.contains("prompt=none") && departure.url.contains("login_hint=ana%40contoso.example"));
    assert!(departure.pending.silent);
    assert_eq!(departure.pending.route, "#/groups");

    let again = decided("#/groups", None, Some("ana@contoso.example"), Some(&guard.to_text()));
    assert_eq!(shown(&again), None);
}

#[test]
fn only_the_person_who_was_here_returns_silently() {
    let oid = "5a1e0000-0000-4000-8000-00000000000a";
    let decision = decided("#/groups", None, Some(&format!("{TENANT}.{oid} ana@contoso.example")), None);
    let Boot::SilentSignIn { departure, .. } = decision.boot else { panic!("a silent return") };
    let expected = departure.pending.expected.unwrap();
    assert_eq!((expected.oid.as_str(), expected.tid.as_str()), (oid, TENANT));
    assert!(departure.url.split('&').any(|pair| pair == "login_hint=ana%40contoso.example"), "{}", departure.url);
    assert!(!departure.url.contains(oid));
}

#[test]
fn a_silent_answer_is_not_used_once_its_person_has_signed_out() {
    let (text, state) = pending(|pending| pending.silent = true);
    let code = format!("#code=x&state={state}");
    let decision = decided(&code, Some(&text), None, None);
    assert_eq!((shown(&decision), decision.route.as_str()), (None, "#/groups?q=a"));
    assert!(matches!(decided(&code, Some(&text), Some("ana"), None).boot, Boot::Redeem(_)));
    let (text, state) = pending(|_| {});
    let asked_for = decided(&format!("#code=x&state={state}"), Some(&text), None, None);
    assert!(matches!(asked_for.boot, Boot::Redeem(_)), "a person signed in");
}

#[test]
fn a_silent_refusal_is_quiet_where_nobody_is_signed_in() {
    let (text, state) = pending(|pending| pending.silent = true);
    let decision = decided(&format!("#error=login_required&state={state}"), Some(&text), Some("ana"), None);
    assert_eq!((shown(&decision), decision.forget_hint), (None, true));
    let more = decided(&format!("#error=interaction_required&state={state}"), Some(&text), Some("ana"), None);
    assert!(matches!(shown(&more), Some(Cause::Refused(Family::MoreProof, _))) && more.forget_hint);
}

#[test]
fn a_busy_service_does_not_end_silent_returns() {
    let (text, state) = pending(|pending| pending.silent = true);
    for error in ["temporarily_unavailable", "x&error_description=AADSTS90033%3A+y"] {
        let decision = decided(&format!("#error={error}&state={state}"), Some(&text), Some("ana"), None);
        assert!(matches!(shown(&decision), Some(Cause::Refused(Family::Passing, _))));
        assert!(!decision.forget_hint, "{error}");
    }
}

#[test]
fn a_refusal_is_explained() {
    let (text, state) = pending(|_| {});
    let fragment = format!("#error=invalid_client&error_description=AADSTS650056%3A+x&state={state}");
    let decision = decided(&fragment, Some(&text), None, None);
    let Boot::ShowSignIn { why: Some(why) } = decision.boot else { panic!("an explanation") };
    assert!(matches!(why.step, NextStep::AdminConsent { .. }));
}

#[test]
fn the_next_sign_in_answers_the_claims_of_a_refused_one() {
    let (text, state) = pending(|_| {});
    let claims = "%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%22value%22%3A%22c7%22%7D%7D%7D";
    let next = |fragment: &str| {
        let Boot::ShowSignIn { why } = decided(fragment, Some(&text), None, None).boot else { panic!("a refusal") };
        depart(&config(), &entropy(), NOW, Ask::sign_in("#/", &Extras::default()).answering(why.as_deref()))
    };
    let asked = next(&format!("#error=interaction_required&claims={claims}&state={state}"));
    assert!(asked.pending.claims.is_some_and(|claims| claims.contains(r#""value":"c7""#)));
    assert!(asked.url.contains("c7") && asked.url.contains("cp1"), "{}", asked.url);
    let plain = next(&format!("#error=interaction_required&state={state}"));
    assert_eq!(plain.pending.claims, None);
    assert!(plain.url.contains("cp1"));
}

#[test]
fn coming_back_from_admin_consent_proves_nothing() {
    let start = Start {
        fragment: "",
        query: "?admin_consent=True&tenant=evil",
        pending: None,
        guard: None,
        login_hint: None,
        wanted: &Extras::default(),
        now_ms: NOW,
    };
    assert_eq!(shown(&decide(&config(), &entropy(), start)), Some(&Cause::BackFromConsent));
}

#[test]
fn state_nonce_and_verifier_differ() {
    let (text, _) = pending(|_| {});
    let pending = Pending::from_text(&text).unwrap();
    assert!(pending.state != pending.nonce && pending.nonce != pending.verifier.secret());
    assert_eq!(pending.state.len(), 43);
}

#[test]
fn nobody_is_locked_out_for_wanting_more() {
    let all = Extras::default().with(Extra::RoleRequests, true);
    for (wanted, fragment, dropped) in [
        (&all, "error=access_denied&error_subcode=cancel", true),
        (&all, "error=consent_required", true),
        (&all, "error=invalid_client&error_description=AADSTS650053%3A+x", true),
        (&all, "error=interaction_required", false),
        (&all, "error=login_required", false),
        (&all, "code=secret", false),
        (&Extras::default(), "error=access_denied", false),
        (&Extras::default(), "code=secret", false),
    ] {
        let (text, state) = pending(|pending| pending.scopes = wanted.scopes());
        let decision = decided(&format!("#{fragment}&state={state}"), Some(&text), None, None);
        let expected = |dropped| if dropped { all.clone() } else { Extras::default() };
        assert_eq!(decision.drop_extras, expected(dropped), "{fragment}");
        assert!(decision.drops_for_good || !dropped, "{fragment}");
        // Without an answer: the person went back from a sign-in page that returns none.
        let back = decided("#/groups", Some(&text), None, None);
        assert_eq!((back.drop_extras, back.drops_for_good), (expected(*wanted == all), false));
    }
}

#[test]
fn extras_that_were_granted_before_outlast_a_refusal_of_something_else() {
    let roles = Extras::default().with(Extra::RoleRequests, true);
    let both = roles.with(Extra::Checks, true);
    for (asked, dropped) in [(&roles, Extras::default()), (&both, Extras::default().with(Extra::Checks, true))] {
        let (text, state) = pending(|pending| {
            pending.scopes = asked.scopes();
            pending.scopes.push(Scope::AssignmentScheduleWrite);
            pending.granted = roles.scopes();
        });
        let declined = format!("#error=access_denied&error_subcode=cancel&state={state}");
        assert_eq!(decided(&declined, Some(&text), None, None).drop_extras, dropped);
        assert_eq!(decided("#/approvals", Some(&text), None, None).drop_extras, dropped);
    }
}

#[test]
fn a_reload_amid_a_silent_return_drops_no_extras() {
    let roles = Extras::default().with(Extra::RoleRequests, true);
    let (text, state) = pending(|pending| {
        pending.scopes = roles.scopes();
        pending.silent = true;
    });
    assert_eq!(decided("#/groups", Some(&text), Some("ana"), None).drop_extras, Extras::default());
    let refused = format!("#error=consent_required&state={state}");
    assert_eq!(decided(&refused, Some(&text), Some("ana"), None).drop_extras, roles);
}

#[test]
fn a_silent_return_asks_for_what_is_wanted() {
    let wanted = Extras::default().with(Extra::RolePolicies, true);
    let start = Start {
        fragment: "#/groups",
        query: "",
        pending: None,
        guard: None,
        login_hint: Some("opaque"),
        wanted: &wanted,
        now_ms: NOW,
    };
    let Boot::SilentSignIn { departure, .. } = decide(&config(), &entropy(), start).boot else { panic!("returns") };
    assert_eq!(departure.pending.scopes, wanted.scopes());
}
