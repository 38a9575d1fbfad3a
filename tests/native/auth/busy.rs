//! A sign-in service that asks to be left alone for a while.

use super::*;

#[test]
fn a_busy_service_is_left_alone() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    fake.pass(4_000_000);
    let headers = vec![("retry-after".into(), "30".into())];
    fake.answers(Ok(HttpResponse { status: 429, headers, body: String::new() }));
    let needed = block_on(session.bearer(&[])).unwrap_err();
    assert_eq!((needed.reason, needed.retry_in_ms), (Reason::Unavailable, Some(30_000)));
    fake.pass(29_000);
    assert_eq!((reason(&session, &[]), fake.requests()), (Reason::Unavailable, 2));
    fake.pass(1_000);
    fake.gives(&tokens("second", &Scope::SIGN_IN));
    assert_eq!(bearer(&session, &[]), "second");
}

#[test]
fn a_busy_service_at_sign_in_is_not_called_unreachable() {
    for (status, after, next_step) in [
        (429, Some("120"), "Try again in 2 min."),
        (503, Some("61"), "Try again in 2 min."),
        (503, Some("30"), "Wait a moment, then try again."),
        (500, None, "Wait a moment, then try again."),
    ] {
        let fake = Fake::default();
        let redeem = redeem(&fake, Ask::sign_in("#/", &Extras::default()));
        let headers = after.map(|after| ("retry-after".into(), after.into())).into_iter().collect();
        fake.answers(Ok(HttpResponse { status, headers, body: String::new() }));
        let failure = block_on(Session::open(fake.clone(), &config(), &redeem)).err().unwrap();
        let told = pim_desk::text::sign_in::problem(&failure.trouble(&config(), &redeem));
        assert_eq!((told.title.as_str(), told.next_step.as_str()), ("The sign-in service is busy", next_step));
        assert_eq!((told.retry, fake.requests()), (true, 1), "{status}");
    }
}
