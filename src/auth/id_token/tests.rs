use serde_json::json;

use super::*;
use crate::config::PageAddress;

const CLIENT: &str = "5a1e0000-0000-4000-8000-0000000000d1";
const TENANT: &str = "5a1e0000-0000-4000-8000-000000000001";
const OTHER: &str = "5a1e0000-0000-4000-8000-00000000ffff";
const NOW_MS: i64 = 1_800_000_000_000;
const NOW_S: i64 = NOW_MS / 1000;

fn config(tenant: &str) -> Config {
    let page = PageAddress { origin: "https://pim.example".into(), path: "/".into() };
    Config::read(&format!(r#"{{"clientId":"{CLIENT}","tenantId":"{tenant}","cloud":"global"}}"#), &page).unwrap()
}

fn good() -> Value {
    json!({
        "aud": CLIENT, "iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0"), "tid": TENANT, "oid": OTHER,
        "exp": NOW_S + 3600, "nbf": NOW_S, "iat": NOW_S, "nonce": "n", "name": "Ana", "preferred_username": "ana@x"
    })
}

fn token(claims: &Value) -> String {
    format!("e30.{}.sig", base64url::encode(claims.to_string().as_bytes()))
}

fn checked(claims: &Value, config: &Config) -> Result<IdToken, IdTokenError> {
    check(&token(claims), Expected { config, nonce: Some("n"), issuer: None, now_ms: Some(NOW_MS) })
}

#[test]
fn the_table() {
    use IdTokenError as E;
    let iss = |tid: &str| format!("https://login.microsoftonline.com/{tid}/v2.0");
    let cases = [
        ("aud", json!(CLIENT.to_uppercase()), None),
        ("aud", json!([CLIENT]), None),
        ("aud", json!([CLIENT, OTHER]), Some(E::Audience)),
        ("aud", json!("WRONG-AUDIENCE"), Some(E::Audience)),
        ("aud", Value::Null, Some(E::Audience)),
        ("iss", json!("https://evil.example/"), Some(E::Issuer)),
        ("iss", json!(iss(OTHER)), Some(E::Issuer)),
        ("iss", json!(format!("https://sts.windows.net/{TENANT}/")), Some(E::Issuer)),
        ("tid", json!("contoso"), Some(E::Unreadable)),
        ("tid", json!(OTHER), Some(E::Issuer)),
        ("exp", json!(NOW_S - 27 * 3600), Some(E::Expired)),
        ("exp", json!(NOW_S - 299), None),
        ("exp", json!(NOW_S - 301), Some(E::Expired)),
        ("exp", Value::Null, Some(E::Unreadable)),
        ("exp", json!(i64::MAX), None),
        ("nbf", json!(NOW_S + 299), None),
        ("nbf", json!(NOW_S + 301), Some(E::NotYet)),
        ("nbf", json!(i64::MIN), None),
        ("nonce", json!("m"), Some(E::Nonce)),
        ("nonce", Value::Null, Some(E::Nonce)),
        ("oid", json!("x"), Some(E::Unreadable)),
        ("name", json!(" "), None),
    ];
    for (claim, value, expected) in cases {
        let mut claims = good();
        claims[claim] = value.clone();
        assert_eq!(checked(&claims, &config(TENANT)).err(), expected, "{claim} = {value}");
    }
}

#[test]
fn another_tenant_only_where_none_is_fixed() {
    let mut claims = good();
    claims["tid"] = json!(OTHER);
    claims["iss"] = json!(format!("https://login.microsoftonline.com/{OTHER}/v2.0"));
    assert_eq!(checked(&claims, &config(TENANT)), Err(IdTokenError::Tenant));
    assert_eq!(checked(&claims, &config("organizations")).unwrap().account.tid.as_str(), OTHER);
}

#[test]
fn a_named_issuer_must_be_the_tokens() {
    let (fixed, config) = (config(TENANT), config("organizations"));
    let with = |issuer: &str| {
        check(&token(&good()), Expected { config: &config, nonce: None, issuer: Some(issuer), now_ms: Some(NOW_MS) })
            .err()
    };
    assert_eq!(with(&format!("https://login.microsoftonline.com/{TENANT}/v2.0")), None);
    assert_eq!(with("https://login.microsoftonline.com/x/v2.0"), Some(IdTokenError::Issuer));
    assert!(issuer_is_ours(&config, &format!("https://login.microsoftonline.com/{OTHER}/v2.0")));
    assert!(!issuer_is_ours(&fixed, &format!("https://login.microsoftonline.com/{OTHER}/v2.0")));
    assert!(!issuer_is_ours(&config, &format!("https://login.microsoftonline.com.evil/{OTHER}/v2.0")));
}

#[test]
fn names_the_person() {
    let found = checked(&good(), &config(TENANT)).unwrap();
    assert_eq!((found.account.name.as_str(), found.account.hint()), ("Ana", "ana@x"));
    assert_eq!(found.issued_ms, Some(NOW_MS));
}

#[test]
fn hostile_tokens_are_unreadable() {
    let config = config(TENANT);
    for text in ["", "..", "a.b", "a.b.c.d", "e30.W10.x", "e30._w.x", "e30.e30", "é.é.é"] {
        let found = check(text, Expected { config: &config, nonce: None, issuer: None, now_ms: Some(NOW_MS) });
        assert_eq!(found.err(), Some(IdTokenError::Unreadable), "{text}");
    }
}
