use super::*;
use crate::config::PageAddress;

fn config() -> Config {
    let page = PageAddress { origin: "https://pim.example".into(), path: "/desk/".into() };
    let id = "5a1e0000-0000-4000-8000-0000000000d1";
    Config::read(&format!(r#"{{"clientId":"{id}","tenantId":"contoso.example","cloud":"global"}}"#), &page).unwrap()
}

fn error_of(error: &str, code: u32) -> Refused {
    Refused { error: error.into(), code: (code > 0).then_some(code), ..Refused::default() }
}

#[test]
fn every_known_number_has_its_family() {
    use Family as F;
    let table: [(&[u32], Family); 19] = [
        (&[9_002_326], F::NotSinglePage),
        (&[50011, 70004], F::RedirectMismatch),
        (&[700_016, 700_011, 7_000_112], F::AppMissing),
        (&[50194], F::SingleTenant),
        (&[50020, 50034, 51004, 90072], F::WrongAccount),
        (&[16000], F::WhichAccount),
        (&[50105], F::NotAssigned),
        (&[65001, 90094, 90095, 650_056, 650_057], F::Consent),
        (&[65004], F::Declined),
        (&[50058], F::NoSession),
        (&[50072, 50074, 50076, 50078, 50079], F::MoreProof),
        (&[53000, 53001], F::Device),
        (&[53002, 53003, 53004, 530_032, 50131, 53011], F::Blocked),
        (&[50173, 50132, 50133, 50089, 700_082, 70043, 700_084, 70008], F::Expired),
        (&[54005], F::Spent),
        (&[50196], F::Loop),
        (&[90033, 90006, 50033, 90055, 90024], F::Passing),
        (&[90038, 90002], F::WrongCloud),
        (&[501_481, 50147, 501_491, 90005, 9_002_327], F::OurFault),
    ];
    for (codes, expected) in table {
        for code in codes {
            assert_eq!(family(&error_of("invalid_request", *code)), expected, "AADSTS{code}");
        }
    }
}

#[test]
fn words_of_the_protocol_come_first() {
    for (error, code, expected) in [
        ("login_required", 53003, Family::NoSession),
        ("temporarily_unavailable", 50011, Family::Passing),
        ("consent_required", 0, Family::Consent),
        ("interaction_required", 53003, Family::Blocked),
        ("interaction_required", 0, Family::MoreProof),
        ("access_denied", 0, Family::Declined),
        ("invalid_grant", 0, Family::Expired),
        ("invalid_client", 0, Family::AppMissing),
        ("invalid_request", 1, Family::OurFault),
        ("<script>", 1, Family::Unknown),
    ] {
        assert_eq!(family(&error_of(error, code)), expected, "{error} {code}");
    }
}

#[test]
fn knows_what_to_register_and_what_to_grant() {
    let told = refused(&error_of("invalid_request", 50011), &config(), &[]);
    assert_eq!(told.step, NextStep::RegisterRedirect { uri: "https://pim.example/desk/".into() });
    let told = refused(&error_of("invalid_grant", 65001), &config(), &[Scope::PolicyWrite]);
    let NextStep::AdminConsent { url, scopes } = told.step else { panic!("a consent link") };
    assert!(url.starts_with("https://login.microsoftonline.com/contoso.example/v2.0/adminconsent?"));
    assert_eq!(scopes, [Scope::PolicyWrite]);
}

#[test]
fn claims_go_into_the_next_sign_in() {
    let mut error = error_of("interaction_required", 50076);
    error.claims = Some("{}".into());
    assert_eq!(refused(&error, &config(), &[]).step, NextStep::SignIn { claims: Some("{}".into()) });
}

#[test]
fn an_id_token_that_did_not_pass_has_its_way_out() {
    assert_eq!(id_token(IdTokenError::NotYet).step, NextStep::SignIn { claims: None });
    assert_eq!(id_token(IdTokenError::Nonce).step, NextStep::Report);
}
