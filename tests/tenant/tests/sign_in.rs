//! The authorization-code flow with PKCE, and all the ways it can fail.

use pim_desk_tenant::{CLIENT_ID, Request, Response, Seed, TENANT_ID, Tenant};
use serde_json::Value;

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const HOME: &str = "http://localhost:8080/pim/";

struct Browser {
    tenant: Tenant,
    cookie: String,
    now: i64,
}

impl Browser {
    fn new(seed: &Seed) -> Self {
        Self { tenant: Tenant::new(seed), cookie: String::new(), now: seed.now_ms }
    }

    fn address(extra: &str) -> String {
        format!(
            "https://login.microsoftonline.com/{TENANT_ID}/oauth2/v2.0/authorize?client_id={CLIENT_ID}&response_type=code\
             &response_mode=fragment&redirect_uri={HOME}&scope=openid%20profile%20offline_access%20User.Read\
             %20RoleManagementPolicy.Read.AzureADGroup&state=s1&nonce=n1&code_challenge={CHALLENGE}\
             &code_challenge_method=S256{extra}"
        )
    }

    fn send(&mut self, request: Request) -> Response {
        let request = request.with_header("Cookie", &self.cookie);
        let answer = self.tenant.handle(&request, self.now).answer().unwrap();
        if let Some(cookie) = answer.header("set-cookie") {
            cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
        }
        answer
    }

    fn open(&mut self, extra: &str) -> Response {
        self.send(Request::new("GET", &Self::address(extra)))
    }

    fn choose(&mut self, extra: &str, form: &str) -> Response {
        let mut request = Request::new("POST", &Self::address(extra));
        request.body = form.into();
        self.send(request)
    }

    fn token(&mut self, form: &str) -> (u16, Value) {
        let url = format!("https://login.microsoftonline.com/{TENANT_ID}/oauth2/v2.0/token");
        let mut request = Request::new("POST", &url).with_header("Origin", "http://localhost:8080");
        request.body = format!("client_id={CLIENT_ID}&{form}");
        let answer = self.tenant.handle(&request, self.now).answer().unwrap();
        assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:8080"));
        (answer.status, serde_json::from_str(&answer.body).unwrap())
    }

    fn redeem(&mut self, code: &str, verifier: &str) -> (u16, Value) {
        self.token(&format!("grant_type=authorization_code&code={code}&redirect_uri={HOME}&code_verifier={verifier}"))
    }
}

/// A parameter of the fragment in a redirect.
fn given(answer: &Response, name: &str) -> String {
    let location = answer.header("location").expect("a redirect");
    let fragment = location.strip_prefix(HOME).unwrap().strip_prefix('#').unwrap();
    let pair = fragment.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    pair.unwrap_or("").to_owned()
}

#[test]
fn signing_in_gives_tokens_that_graph_accepts() {
    let mut browser = Browser::new(&Seed::default());
    let page = browser.open("");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Ana Brandão"));
    let back = browser.choose("", "person=ana");
    assert_eq!(given(&back, "state"), "s1");
    let code = given(&back, "code");
    let (status, tokens) = browser.redeem(&code, VERIFIER);
    assert_eq!((status, tokens["token_type"].as_str()), (200, Some("Bearer")));
    assert_eq!(tokens["id_token"].as_str().unwrap().split('.').count(), 3);
    let me = Request::new("GET", "https://graph.microsoft.com/v1.0/me");
    let me = me.with_token(tokens["access_token"].as_str().unwrap());
    assert_eq!(browser.tenant.handle(&me, browser.now).answer().unwrap().status, 200);
    assert_eq!(browser.redeem(&code, VERIFIER).1["error_codes"][0], 54005);
    // The session answers silently, for this account only.
    assert!(!given(&browser.open("&prompt=none"), "code").is_empty());
    assert!(!given(&browser.open("&prompt=none&login_hint=ana@contoso.com"), "code").is_empty());
    assert_eq!(given(&browser.open("&prompt=none&login_hint=dana@contoso.com"), "error"), "login_required");
    assert_eq!(browser.open("&prompt=select_account").status, 200);
    let logout =
        format!("https://login.microsoftonline.com/{TENANT_ID}/oauth2/v2.0/logout?post_logout_redirect_uri={HOME}");
    assert_eq!(browser.send(Request::new("GET", &logout)).header("location"), Some(HOME));
    assert_eq!(given(&browser.open("&prompt=none"), "error"), "login_required");
}

#[test]
fn codes_are_bound_and_short_lived() {
    let mut browser = Browser::new(&Seed::default());
    let code = given(&browser.choose("", "person=dana"), "code");
    for (verifier, number) in [("short", 501_491), ("wrong-verifier-wrong-verifier-wrong-verifier-1", 501_481)] {
        assert_eq!(browser.redeem(&code, verifier).1["error_codes"][0], number);
    }
    browser.now += 600_001;
    let (status, error) = browser.redeem(&code, VERIFIER);
    assert_eq!((status, &error["error_codes"][0]), (400, &70008.into()));
    assert!(error["error_description"].as_str().unwrap().starts_with("AADSTS70008: "));
    let mut request = Request::new("POST", &format!("https://login.microsoftonline.com/{TENANT_ID}/oauth2/v2.0/token"));
    request.body = format!("client_id={CLIENT_ID}&grant_type=authorization_code&code={code}");
    let answer = browser.tenant.handle(&request, browser.now).answer().unwrap();
    assert!(answer.body.contains("9002327"));
}

#[test]
fn refresh_tokens_live_a_day_from_the_first() {
    let mut browser = Browser::new(&Seed::default());
    let code = given(&browser.choose("", "person=dana"), "code");
    let first = browser.redeem(&code, VERIFIER).1["refresh_token"].as_str().unwrap().to_owned();
    let form = |token: &str| {
        format!("grant_type=refresh_token&refresh_token={token}&scope=User.Read%20openid%20offline_access")
    };
    browser.now += 23 * 3_600_000;
    let second = browser.token(&form(&first)).1["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    assert_eq!(browser.token(&form(&first)).0, 200);
    browser.now += 3_600_000;
    for token in [first, second] {
        assert_eq!(browser.token(&form(&token)).1["error_codes"][0], 700_084);
    }
}

#[test]
fn unsafe_requests_stay_on_a_page() {
    let mut browser = Browser::new(&Seed::default());
    for (from, to, number) in [
        (HOME, "https://evil.example/", "AADSTS50011"),
        (CLIENT_ID, "00000000-0000-0000-0000-000000000000", "AADSTS700016"),
        (TENANT_ID, "11111111-0000-0000-0000-000000000000", "AADSTS90002"),
        (TENANT_ID, "common", "AADSTS50194"),
        (TENANT_ID, "<b>", "AADSTS90002"),
    ] {
        let answer = browser.send(Request::new("GET", &Browser::address("").replace(from, to)));
        assert_eq!((answer.status, answer.header("location")), (400, None));
        assert!(answer.body.contains(number) && !answer.body.contains("<b>"), "{number}");
    }
    for (from, to, error) in [
        ("S256", "plain", "invalid_request"),
        ("response_type=code", "response_type=token", "unsupported_response_type"),
        ("User.Read", "Mail.Send", "invalid_client"),
    ] {
        let answer = browser.send(Request::new("GET", &Browser::address("").replace(from, to)));
        assert_eq!(given(&answer, "error"), error);
    }
    assert_eq!(given(&browser.open("&prompt=select_account&login_hint=x"), "error"), "invalid_request");
}

#[test]
fn consent_is_asked_for_and_administrators_give_it_for_all() {
    let mut browser = Browser::new(&Seed { consented: vec![], ..Seed::default() });
    assert!(browser.choose("", "person=dana").body.contains("Need admin approval"));
    assert_eq!(given(&browser.open("&prompt=none"), "error"), "consent_required");
    assert_eq!(given(&browser.choose("", "consent=decline"), "error"), "access_denied");
    assert!(browser.choose("", "person=ana").body.contains("Permissions requested"));
    assert!(!given(&browser.choose("", "consent=accept&everybody=yes"), "code").is_empty());
    assert!(!given(&browser.choose("", "person=dana"), "code").is_empty());
}

#[test]
fn a_token_may_carry_all_that_was_consented_to() {
    for grants_all in [false, true] {
        let consented =
            vec!["User.Read".into(), "RoleManagementPolicy.Read.AzureADGroup".into(), "Policy.Read.All".into()];
        let mut browser = Browser::new(&Seed { consented, grants_all, ..Seed::default() });
        let code = given(&browser.choose("", "person=dana"), "code");
        let granted = browser.redeem(&code, VERIFIER).1["scope"].as_str().unwrap().to_owned();
        assert_eq!(granted.contains("Policy.Read.All"), grants_all, "{granted}");
        assert!(!granted.contains("ReadWrite"), "{granted}");
    }
}

#[test]
fn an_administrator_consents_for_the_whole_tenant() {
    let mut browser = Browser::new(&Seed { consented: vec![], ..Seed::default() });
    let url = format!(
        "https://login.microsoftonline.com/{TENANT_ID}/v2.0/adminconsent?client_id={CLIENT_ID}&redirect_uri={HOME}\
         &scope=https://graph.microsoft.com/RoleManagementPolicy.Read.AzureADGroup&state=s2"
    );
    let post = |form: &str| Request { body: form.into(), ..Request::new("POST", &url) };
    assert!(browser.send(Request::new("GET", &url)).body.contains("Pick an account"));
    assert!(browser.send(post("person=dana")).body.contains("Need admin approval"));
    assert!(browser.send(post("person=dana&consent=accept")).body.contains("Need admin approval"));
    assert!(browser.send(post("person=ana")).body.contains("Permissions requested"));
    let answer = browser.send(post("consent=accept"));
    let location = answer.header("location").unwrap();
    assert!(location.starts_with(&format!("{HOME}?admin_consent=True&tenant={TENANT_ID}")), "{location}");
    assert!(location.ends_with("&state=s2"));
}

#[test]
fn contexts_need_a_stronger_sign_in() {
    let mut browser = Browser::new(&Seed::default());
    let claims =
        "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%22value%22%3A%22c1%22%7D%7D%7D";
    browser.choose("", "person=ana");
    assert_eq!(given(&browser.open(&format!("{claims}&prompt=none")), "error"), "interaction_required");
    assert!(browser.open(claims).body.contains("Verify your identity"));
    assert!(!given(&browser.choose(claims, "verify=c1"), "code").is_empty());
    assert!(!given(&browser.open(&format!("{claims}&prompt=none")), "code").is_empty());
}
