//! The pages people see: choose an account, consent, verify, an error, signed out.

use super::company;
use super::style::STYLE;
use crate::directory::Person;
use crate::encoding::html;
use crate::http::Response;

/// Choose an account; the hinted one is first.
pub(super) fn choose(people: &[&Person]) -> Response {
    let account = |person: &&Person| {
        format!(
            "<li><button name=\"person\" value=\"{}\">{}<span>{}, {}</span></button></li>",
            html(&person.sign_in),
            html(&person.name),
            html(&person.upn),
            html(&describe(person))
        )
    };
    let list = people.iter().map(account).collect::<Vec<_>>().concat();
    form("Pick an account", "This is an emulated tenant: no password is asked for.", &format!("<ul>{list}</ul>"))
}

/// Consent to scopes; an administrator may consent for everyone.
pub(super) fn consent(person: &Person, scopes: &[String], administrator: bool) -> Response {
    let list = items(scopes);
    let everybody = if administrator {
        "<label><input type=\"checkbox\" name=\"everybody\" value=\"yes\"> Consent on behalf of your organization</label>"
    } else {
        ""
    };
    let body = format!(
        "<ul class=\"scopes\">{list}</ul>{everybody}\
         <button class=\"primary\" name=\"consent\" value=\"accept\">Accept</button>\
         <button name=\"consent\" value=\"decline\">Cancel</button>"
    );
    form("Permissions requested", &format!("PIM Desk asks {} for:", person.name), &body)
}

/// Only an administrator can consent.
pub(super) fn need_administrator(scopes: &[String]) -> Response {
    let list = items(scopes);
    let body = format!(
        "<ul class=\"scopes\">{list}</ul>\
         <button name=\"consent\" value=\"decline\">Return to the application without granting consent</button>"
    );
    form("Need admin approval", "PIM Desk needs permissions that only an administrator can grant.", &body)
}

/// A stronger sign-in for an authentication context.
pub(super) fn verify(person: &Person, context: &str) -> Response {
    let body = format!(
        "<button class=\"primary\" name=\"verify\" value=\"{}\">Use security key</button>\
         <button name=\"verify\" value=\"\">Cancel</button>",
        html(context)
    );
    form(
        "Verify your identity",
        &format!("{}, your organization needs a stronger sign-in for this.", person.name),
        &body,
    )
}

/// An error that must not be sent back to the application.
pub(super) fn error(text: &str) -> Response {
    let body = format!("<h1>Sorry, but we’re having trouble signing you in.</h1><p><code>{}</code></p>", html(text));
    page(400, "Sign in: error", &body)
}

/// Signed out, with no address to return to.
pub(super) fn signed_out() -> Response {
    page(
        200,
        "Signed out",
        "<h1>You signed out of your account</h1><p>It’s a good idea to close all browser windows.</p>",
    )
}

fn items(scopes: &[String]) -> String {
    scopes.iter().map(|scope| format!("<li><code>{}</code></li>", html(scope))).collect::<Vec<_>>().concat()
}

fn describe(person: &Person) -> String {
    let roles: Vec<&str> = person.roles.iter().map(|role| role.name()).collect();
    if roles.is_empty() { person.job.clone() } else { roles.join(", ") }
}

/// A page with one form that posts to its own address.
fn form(title: &str, lead: &str, body: &str) -> Response {
    let body =
        format!("<h1>{}</h1><p class=\"muted\">{}</p><form method=\"post\">{body}</form>", html(title), html(lead));
    page(200, &format!("{title} – {}", company()), &body)
}

fn page(status: u16, title: &str, body: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>",
        html(title)
    );
    Response::html(status, page)
        .with_header("referrer-policy", "strict-origin-when-cross-origin")
        .with_header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        .with_header("x-frame-options", "DENY")
}
