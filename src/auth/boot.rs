//! What to do when the page starts: redeem an answer, return silently, or show the sign-in page. A pure decision.

use super::account::returning;
use super::answer::{Answer, Outcome};
use super::authorize::Prompt;
use super::departure::{Ask, Departure, depart};
use super::extras::Extras;
use super::id_token::issuer_is_ours;
use super::loop_guard::LoopGuard;
use super::pending::{Pending, plausible_route};
use super::refused::Refused;
use super::secret::Secret;
use super::trouble::{self, Family, SignInTrouble, family};
use crate::config::Config;
use crate::world::Entropy;

/// What the page finds when it starts.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// `location.hash`, with its `#`, as it was before the address bar was cleaned.
    pub fragment: &'a str,
    /// `location.search`, with its `?`, likewise.
    pub query: &'a str,
    /// The stored [`Pending`] text. It must already be removed from storage: an answer is used once.
    pub pending: Option<&'a str>,
    /// The stored [`LoopGuard`] text, if any.
    pub guard: Option<&'a str>,
    /// Who was signed in in this tab before it was reloaded, as
    /// [`Account::to_return`](super::account::Account::to_return) wrote it. `None` also if that person has signed out in
    /// this browser since.
    pub login_hint: Option<&'a str>,
    /// What is wanted beyond the default sign-in.
    pub wanted: &'a Extras,
    /// Now, wall clock, milliseconds since 1970.
    pub now_ms: i64,
}

/// A code to redeem, checked to answer the pending sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redeem {
    /// The code.
    pub code: Secret,
    /// What was remembered for it.
    pub pending: Pending,
    /// The issuer the answer named (RFC 9207), if any.
    pub issuer: Option<String>,
}

/// What the page does when it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Boot {
    /// Turn the code into a session.
    Redeem(Box<Redeem>),
    /// Go to the sign-in service and come back at once (`prompt=none`).
    SilentSignIn {
        /// Where to go and what to store.
        departure: Box<Departure>,
        /// The guard's record to store.
        guard: LoopGuard,
    },
    /// Nobody is signed in: show the sign-in page.
    ShowSignIn {
        /// Why, if there is something to explain.
        why: Option<Box<SignInTrouble>>,
    },
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What the page does first.
    pub boot: Boot,
    /// The address inside the app to show then: `#/…`.
    pub route: String,
    /// Whether the remembered login hint is no longer useful for returning silently.
    pub forget_hint: bool,
    /// The extras that the next sign-in must not ask for: a sign-in that first asked for them was refused, or the
    /// person came back from it without an answer. Wanting more must lock nobody out.
    pub drop_extras: Extras,
    /// Whether Microsoft refused them. Otherwise they stay wanted in other tabs.
    pub drops_for_good: bool,
}

/// Decides. The order matters: the state is checked before anything else in the answer, and nothing of an answer to an
/// unknown sign-in is used or shown.
pub fn decide(config: &Config, entropy: &impl Entropy, start: Start<'_>) -> Decision {
    let mut decision = judge(config, entropy, start);
    if matches!(decision.boot, Boot::Redeem(_)) {
        return decision;
    }
    if let Some(pending) = start.pending.and_then(Pending::from_text) {
        let refused = Answer::read(start.fragment, start.query).and_then(|answer| match answer {
            Answer::Reply { state, outcome: Outcome::Refused(refused), .. } if state == pending.state => Some(refused),
            _ => None,
        });
        // A refusal that could meet any sign-in says nothing about the extras; nor does a reload before a silent answer
        // came.
        decision.drops_for_good = refused.as_ref().is_some_and(Refused::lacks_permission);
        if decision.drops_for_good || refused.is_none() && !pending.silent {
            decision.drop_extras = pending.new_extras();
        }
    }
    decision
}

fn judge(config: &Config, entropy: &impl Entropy, start: Start<'_>) -> Decision {
    let (state, issuer, outcome) = match Answer::read(start.fragment, start.query) {
        Some(Answer::Reply { state, issuer, outcome }) => (state, issuer, outcome),
        Some(Answer::AdminConsent) => return show(Some(trouble::back_from_consent()), "#/"),
        Some(Answer::Foreign) => return without_answer(config, entropy, start, "#/"),
        None => return without_answer(config, entropy, start, plausible_route(start.fragment)),
    };
    let Some(pending) = start.pending.and_then(Pending::from_text).filter(|pending| pending.state == state) else {
        return without_answer(config, entropy, start, "#/");
    };
    let route = plausible_route(&pending.route).to_owned();
    if pending.is_stale(start.now_ms) {
        return show(Some(trouble::took_too_long()), &route);
    }
    if issuer.as_deref().is_some_and(|issuer| !issuer_is_ours(config, issuer)) {
        return show(Some(trouble::foreign_answer()), &route);
    }
    if pending.silent && start.login_hint.is_none() {
        return show(None, &route);
    }
    match outcome {
        Outcome::Code(code) => {
            let boot = Boot::Redeem(Box::new(Redeem { code, pending, issuer }));
            Decision { boot, ..show(None, &route) }
        }
        Outcome::Refused(refused) => {
            let quiet = pending.silent && refused.error == "login_required";
            let why = (!quiet).then(|| trouble::refused(&refused, config, &pending.scopes));
            let passing = family(&refused) == Family::Passing;
            Decision { forget_hint: pending.silent && !passing, ..show(why, &route) }
        }
    }
}

/// No answer, or none to use: return silently if someone was signed in, else show the sign-in page.
fn without_answer(config: &Config, entropy: &impl Entropy, start: Start<'_>, route: &str) -> Decision {
    let admitted = start.login_hint.and_then(|hint| {
        let guard = LoopGuard::from_text(start.guard).admit(start.now_ms)?;
        Some((hint, guard))
    });
    let Some((remembered, guard)) = admitted else { return show(None, route) };
    let (expected, hint) = returning(remembered);
    let ask = Ask {
        prompt: Prompt::Silent,
        login_hint: Some(hint.to_owned()),
        expected,
        ..Ask::sign_in(route, start.wanted)
    };
    let departure = Box::new(depart(config, entropy, start.now_ms, ask));
    let boot = Boot::SilentSignIn { departure, guard };
    Decision { boot, ..show(None, route) }
}

fn show(why: Option<SignInTrouble>, route: &str) -> Decision {
    let boot = Boot::ShowSignIn { why: why.map(Box::new) };
    let (route, drop_extras) = (route.to_owned(), Extras::default());
    Decision { boot, route, forget_hint: false, drop_extras, drops_for_good: false }
}

#[cfg(test)]
mod tests;
