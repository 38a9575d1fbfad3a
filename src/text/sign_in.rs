//! Why signing in failed, in words: what happened, what to do, and the IDs support asks for.

use crate::auth::id_token::IdTokenError;
use crate::auth::refused::Refused;
use crate::auth::trouble::{Cause, Family, NextStep, SignInTrouble};
use crate::problem::Problem;

/// A heading, what happened, what to do.
type Words = (&'static str, &'static str, &'static str);

/// The message for the person; it names the redirect address, tenant or permissions if that helps.
pub fn problem(trouble: &SignInTrouble) -> Problem {
    let (title, detail, next_step) = words(&trouble.cause);
    let mut problem = Problem::plain(title, detail, next_step);
    problem.retry = matches!(trouble.step, NextStep::TryAgain);
    problem.sign_in = matches!(trouble.step, NextStep::SignIn { .. } | NextStep::SwitchAccount);
    match &trouble.cause {
        Cause::Refused(_, refused) => problem.facts = facts(refused),
        Cause::IdToken(error) => problem.detail = [detail, &error.to_string(), "."].concat(),
        Cause::Busy { wait_ms } if *wait_ms > MINUTE_MS => {
            let minutes = wait_ms.saturating_add(MINUTE_MS - 1) / MINUTE_MS;
            problem.next_step = ["Try again in ", &minutes.to_string(), " min."].concat();
        }
        Cause::NoAnswer { login } => problem.detail = [detail, login, "."].concat(),
        _ => {}
    }
    let named = match (&trouble.step, &trouble.cause) {
        (NextStep::RegisterRedirect { uri }, _) => [" ", uri].concat(),
        (NextStep::FixTenant { tenant }, _) => [" It is now \"", tenant, "\"."].concat(),
        (NextStep::AdminConsent { scopes, .. }, Cause::Refused(Family::Consent, _)) if !scopes.is_empty() => {
            let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
            [" It covers: ", &names.join(", "), "."].concat()
        }
        _ => return problem,
    };
    problem.next_step.push_str(&named);
    problem
}

const fn words(cause: &Cause) -> Words {
    match cause {
        Cause::Refused(family, _) => of_family(*family),
        Cause::IdToken(error) => of_id_token(*error),
        Cause::TookTooLong => (
            "That sign-in took too long",
            "More than ten minutes passed, so the answer is no longer accepted.",
            "Sign in again.",
        ),
        Cause::ForeignAnswer => {
            (NOT_ACCEPTED, "It names a different sign-in service than the one set up here.", REPORT_IF_AGAIN)
        }
        Cause::NoAnswer { .. } => (
            "The sign-in service could not be reached",
            "This browser got no usable answer from ",
            "Check the connection. A content blocker or a proxy may also be in the way. Then sign in again.",
        ),
        Cause::Busy { .. } => of_family(Family::Passing),
        Cause::NoStorage => (
            "This browser stores no data for this page",
            "Signing in leads to Microsoft and back, and the page must remember one thing in between. The browser does not allow that, or its storage is full.",
            "Allow this site to store data (cookies and site data), or make room for it, then sign in again. Sign-in data stays in this tab.",
        ),
        // The text claims nothing, since anyone can open that address.
        Cause::BackFromConsent => (
            "Back from granting permissions",
            "If an administrator has just granted the permissions, they apply from the next sign-in.",
            "Sign in. The change can take a minute or two.",
        ),
        Cause::AccountChanged => (
            "The account has changed",
            "Microsoft answered for a different account, so the session was closed.",
            "Sign in again with the account you want to work with.",
        ),
    }
}

const MINUTE_MS: i64 = 60_000;
const NOT_ACCEPTED: &str = "The sign-in answer could not be accepted";
const REPORT_IF_AGAIN: &str = "Sign in again. If it happens again, report it to the people who run PIM Desk here.";

const fn of_id_token(error: IdTokenError) -> Words {
    let (title, next_step) = match error {
        IdTokenError::Expired | IdTokenError::NotYet => {
            ("This computer's clock is wrong", "Set the clock of this computer to the right time, then sign in again.")
        }
        IdTokenError::Tenant => ("That account is in another tenant", "Sign in with an account of this tenant."),
        _ => (NOT_ACCEPTED, REPORT_IF_AGAIN),
    };
    (title, "You were not signed in: ", next_step)
}

const fn of_family(family: Family) -> Words {
    match family {
        Family::NotSinglePage => (
            "The redirect address has the wrong type",
            "It is registered in Microsoft Entra, but not for the platform “Single-page application”.",
            "In the app registration, under Authentication, remove the address and add it under Single-page application:",
        ),
        Family::RedirectMismatch => (
            "This address is not registered",
            "Microsoft Entra only sends people back to addresses that the app registration lists, and this one is not among them.",
            "In the app registration, under Authentication, add this exact address to Single-page application (upper and lower case and the final slash matter):",
        ),
        Family::AppMissing => (
            "PIM Desk is not set up in this tenant",
            "The tenant does not know the app registration named in config.json, or has disabled it.",
            "Ask an administrator to open the consent page, or check clientId and tenantId in config.json.",
        ),
        Family::SingleTenant => (
            "The tenant is not set",
            "The app registration accepts one tenant only, but config.json does not name it.",
            "Put the Directory (tenant) ID into tenantId in config.json.",
        ),
        Family::WrongAccount => (
            "This account is not in the tenant",
            "The account you chose does not belong to the organization that PIM Desk is set up for.",
            "Sign in with an account of that organization.",
        ),
        Family::WhichAccount => (
            "Microsoft needs to know which account",
            "Several accounts are signed in to Microsoft in this browser, or the one that was used does not belong to the organization that PIM Desk is set up for.",
            "Sign in and choose an account of that organization.",
        ),
        Family::NotAssigned => (
            "You are not assigned to this app",
            "The organization lets only assigned people use PIM Desk, and this account is not one of them.",
            "Ask the app's owner to assign you, or a group you are in, under Enterprise applications.",
        ),
        Family::Consent => (
            "Permissions are missing",
            "Permissions that PIM Desk needs have not been granted in this tenant, and an administrator has to grant them.",
            "Open the consent page as an administrator, or send its address to one.",
        ),
        Family::Declined => (
            "Permissions were declined",
            "PIM Desk was not given the permissions it asked for.",
            "Sign in again and accept, or send the consent page to an administrator.",
        ),
        Family::NoSession => {
            ("You are signed out", "There is no Microsoft session in this browser to continue.", "Sign in.")
        }
        Family::MoreProof => (
            "Microsoft asks you to sign in again",
            "Your organization requires more proof, such as multifactor authentication, before you can continue.",
            "Sign in again and follow the steps Microsoft shows.",
        ),
        Family::Device => (
            "This device is not accepted",
            "Your organization allows this only from devices it manages and that meet its rules.",
            "Use a managed device, or ask your IT support what this one is missing.",
        ),
        Family::Blocked => (
            "Your organization blocks this sign-in",
            "A Conditional Access policy does not allow this sign-in from here. Trying again will not help.",
            "Ask your IT support, and give them the IDs below.",
        ),
        Family::Expired => (
            "The session has ended",
            "It expired or was revoked, or the password was changed.",
            "Sign in again. What you typed is kept in this tab.",
        ),
        Family::Spent => (
            "That sign-in was already used",
            "A sign-in answer works only once, and this one was already used, for example by a reload.",
            "Sign in again.",
        ),
        Family::Loop => (
            "Too many sign-ins in a row",
            "Microsoft stopped a series of sign-ins that came too quickly.",
            "Wait a few minutes, then sign in again.",
        ),
        Family::Passing => (
            "The sign-in service is busy",
            "Microsoft could not answer just now. This usually passes.",
            "Wait a moment, then try again.",
        ),
        Family::WrongCloud => (
            "The tenant was not found in this cloud",
            "Either tenantId in config.json is wrong, or the tenant is in another Microsoft cloud.",
            "Check tenantId and cloud in config.json.",
        ),
        Family::OurFault => (
            "The request was not accepted",
            "Microsoft did not accept what PIM Desk sent. This is a fault in PIM Desk, not something you did.",
            "Report it with the IDs below.",
        ),
        Family::Unknown => (
            "Signing in did not work",
            "Microsoft refused for a reason PIM Desk does not know.",
            "Sign in again. If it happens again, give the IDs below to your IT support.",
        ),
    }
}

/// What support asks for. Microsoft's own text is cut to 500 characters; it may be anything and is shown as text only.
fn facts(refused: &Refused) -> Vec<(&'static str, String)> {
    let code = refused.code.map_or_else(|| refused.error.clone(), |code| ["AADSTS", &code.to_string()].concat());
    let said: String = refused.description.chars().take(500).collect();
    [
        ("Error", Some(code)),
        ("Correlation ID", refused.correlation_id.clone()),
        ("Time", refused.timestamp.clone()),
        ("Microsoft says", Some(said)),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some((label, value.filter(|value| !value.is_empty())?)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::scope::Scope;
    use crate::auth::trouble;
    use crate::config::{Config, PageAddress};

    fn told(error: &str, code: u32, scopes: &[Scope]) -> Problem {
        let page = PageAddress { origin: "https://pim.example".into(), path: "/desk/".into() };
        let id = "5a1e0000-0000-4000-8000-0000000000d1";
        let text = format!(r#"{{"clientId":"{id}","tenantId":"contoso.example","cloud":"global"}}"#);
        let refused = Refused { error: error.into(), code: (code > 0).then_some(code), ..Refused::default() };
        problem(&trouble::refused(&refused, &Config::read(&text, &page).unwrap(), scopes))
    }

    #[test]
    fn every_family_is_told_with_its_number() {
        for code in [
            9_002_326, 50_011, 700_016, 50_194, 50_020, 50_105, 65_001, 65_004, 50_058, 50_072, 53_000, 53_003, 50_173,
            54_005, 50_196, 90_033, 90_002, 90_005, 16_000, 1,
        ] {
            let told = told("invalid_request", code, &[Scope::PolicyWrite]);
            assert!(!told.title.is_empty() && told.detail.ends_with('.') && !told.next_step.is_empty());
            assert_eq!(told.facts, [("Error", format!("AADSTS{code}"))]);
        }
    }

    #[test]
    fn says_what_to_register_what_to_correct_and_what_to_grant() {
        assert!(told("invalid_request", 50_011, &[]).next_step.ends_with(" https://pim.example/desk/"));
        assert!(told("invalid_request", 90_002, &[]).next_step.ends_with(" It is now \"contoso.example\"."));
        let consent = told("invalid_grant", 65_001, &[Scope::PolicyWrite, Scope::RoleRead]).next_step;
        assert!(
            consent
                .ends_with(" It covers: RoleManagementPolicy.ReadWrite.AzureADGroup, RoleManagement.Read.Directory."),
            "{consent}"
        );
        assert!(told("invalid_grant", 65_001, &[]).next_step.ends_with("send its address to one."));
        assert!(!told("access_denied", 0, &[Scope::PolicyWrite]).next_step.contains("It covers"));
    }

    #[test]
    fn a_wrong_clock_is_named() {
        let told = problem(&trouble::id_token(IdTokenError::NotYet));
        assert_eq!(told.title, "This computer's clock is wrong");
        assert_eq!(told.detail, "You were not signed in: the ID token is not valid yet.");
        assert!(told.sign_in && !told.retry);
    }

    #[test]
    fn a_service_that_does_not_answer_is_named() {
        let cause = Cause::NoAnswer { login: "https://login.example".into() };
        let told = problem(&SignInTrouble { cause, step: NextStep::TryAgain });
        assert_eq!(told.detail, "This browser got no usable answer from https://login.example.");
        assert!(told.retry && !told.sign_in);
    }
}
