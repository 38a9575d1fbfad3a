//! The sentences for each family of sign-in errors.

use super::Family;
use crate::auth::scope::Scope;
use crate::config::Config;

/// A heading, what happened, what to do.
pub struct Words {
    pub title: &'static str,
    pub sentence: &'static str,
    pub next: String,
}

/// The words for a family; they name the redirect address, tenant or permissions where that helps.
pub fn of(family: Family, config: &Config, scopes: &[Scope]) -> Words {
    let (title, sentence, next) = fixed(family);
    let next = match family {
        Family::RedirectMismatch | Family::NotSinglePage => format!("{next} {}", config.redirect_uri),
        Family::SingleTenant | Family::WrongCloud => format!("{next} It is now \"{}\".", config.tenant),
        Family::Consent if !scopes.is_empty() => {
            let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
            format!("{next} It covers: {}.", names.join(", "))
        }
        _ => next.to_owned(),
    };
    Words { title, sentence, next }
}

fn fixed(family: Family) -> (&'static str, &'static str, &'static str) {
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
