//! Signing in and out: the redirects, and what the tab keeps in the meantime. [`boot::decide`] makes all decisions.

use std::rc::Rc;

use super::page::{self, Arrival};
use super::storage::{self, Key};
use super::{BrowserWorld, broadcast, http, unload};
use futures_util::future::join;

use crate::auth::account::Identity;
use crate::auth::answer::Answer;
use crate::auth::authorize::Prompt;
use crate::auth::boot::{self, Boot, Decision, Redeem, Start};
use crate::auth::departure::{Ask, Departure, depart};
use crate::auth::extras::{Extra, Extras};
use crate::auth::left::Left;
use crate::auth::scope::Scope;
use crate::auth::session::{self, SignInNeeded};
use crate::auth::trouble::{self, SignInTrouble};
use crate::config::{Config, ConfigError};
use crate::world::Clock;

/// The session of this tab.
pub type Session = session::Session<BrowserWorld>;

/// How long `config.json` is waited for, in milliseconds.
const CONFIG_TIMEOUT_MS: u32 = 5_000;

/// How long the browser may take to leave for a silent return before the person is asked to sign in, in milliseconds. A
/// sign-in that they start then takes its place.
const LEAVING_MS: u32 = 8_000;

/// How the page starts.
#[derive(Debug)]
pub enum Entered {
    /// `config.json` cannot be used: show the set-up page.
    SetUp {
        /// What is wrong with it.
        error: ConfigError,
        /// The redirect address to register for this page.
        redirect_uri: String,
    },
    /// Nobody is signed in: show the sign-in page.
    SignedOut {
        /// The installation.
        config: Rc<Config>,
        /// Why, if there is something to explain.
        why: Option<Box<SignInTrouble>>,
    },
    /// Someone is signed in.
    SignedIn {
        /// Their session.
        session: Rc<Session>,
        /// They signed in themselves; the tab did not return silently.
        by_hand: bool,
    },
}

/// Starts: reads `config.json`, redeems an answer or returns silently. The address inside the app is restored when this
/// ends. While an answer is redeemed, `meanwhile` runs too, with that address restored.
pub async fn enter(arrival: Arrival, meanwhile: impl Future<Output = ()>) -> Entered {
    let address = page::address();
    let folder = address.path.rfind('/').map_or("/", |at| &address.path[..=at]);
    let answer = http::read_config(format!("{}{folder}config.json", address.origin), CONFIG_TIMEOUT_MS).await;
    let config = match Config::from_answer(answer, &address) {
        Ok(config) => Rc::new(config),
        Err(error) => {
            // An answer is lost with this page. The next one must not conclude that the person turned back.
            if Answer::read(&arrival.fragment, &arrival.query).is_some() {
                storage::remove(Key::Pending);
            }
            return Entered::SetUp { error, redirect_uri: address.redirect_uri() };
        }
    };

    // Removed before anything is done with it: an answer is used once.
    let pending = storage::take(Key::Pending);
    let (guard, login_hint) = (storage::read(Key::LoopGuard), storage::read(Key::LoginHint));
    let gone = login_hint.as_deref().and_then(|hint| Left::meanwhile(hint, has_signed_out));
    let asked_for = wanted(&config);
    let start = Start {
        fragment: &arrival.fragment,
        query: &arrival.query,
        pending: pending.as_deref(),
        guard: guard.as_deref(),
        login_hint: login_hint.as_deref().filter(|_| gone.is_none()),
        wanted: &asked_for,
        now_ms: BrowserWorld.unix_ms(),
    };
    let Decision { boot, route, forget_hint, drop_extras, drops_for_good } =
        boot::decide(&config, &BrowserWorld, start);
    if forget_hint {
        if let Some(left) = left() {
            storage::write(Key::Left, &left.to_text());
        }
        storage::remove(Key::LoginHint);
    }
    if let (Some(left), Boot::ShowSignIn { .. }) = (&gone, &boot) {
        keep_typed(left);
    }
    without_extras(&drop_extras, drops_for_good);
    if page::hash() != route {
        page::replace_hash(&route);
    }
    match boot {
        Boot::ShowSignIn { why } => Entered::SignedOut { config, why },
        Boot::SilentSignIn { departure, guard } => {
            // Without the guard's record nothing would stop a loop.
            if storage::write(Key::LoopGuard, &guard.to_text()) && go(&departure) {
                // The page ends during this, unless the person stops the browser or the service does not answer.
                BrowserWorld.sleep(LEAVING_MS).await;
            }
            Entered::SignedOut { config, why: None }
        }
        Boot::Redeem(redeem) => join(open(config, &redeem, gone), meanwhile).await.0,
    }
}

/// `gone`: who was signed in in this tab and has signed out in another one since.
async fn open(config: Rc<Config>, redeem: &Redeem, gone: Option<Left>) -> Entered {
    match Session::open(BrowserWorld, &config, redeem).await {
        Ok(opened) if opened.account_changed => {
            if let Some(who) = &redeem.pending.expected {
                let left = left().filter(|left| left.who == *who);
                keep_typed(&left.unwrap_or_else(|| Left::not_back(who.clone(), None)));
            }
            Entered::SignedOut { config, why: Some(Box::new(trouble::account_changed())) }
        }
        Ok(opened) => {
            storage::remove(Key::LoopGuard);
            storage::remove(Key::Left);
            storage::write(Key::LoginHint, &opened.session.account().to_return());
            for extra in redeem.pending.extras_to_settle(&stored(Key::Wanted)) {
                prefer(opened.session.config(), extra, extra.is_granted(|scope| opened.session.granted(scope)));
            }
            Entered::SignedIn { session: Rc::new(opened.session), by_hand: !redeem.pending.silent }
        }
        Err(failure) => {
            if let Some(left) = &gone {
                keep_typed(left);
            }
            if failure.lacks_permission() {
                without_extras(&redeem.pending.new_extras(), true);
            }
            Entered::SignedOut { why: Some(Box::new(failure.trouble(&config, redeem))), config }
        }
    }
}

/// What sign-in asks for beyond the default: what the installation and the person want, unless that was refused.
pub fn wanted(config: &Config) -> Extras {
    Extras::of(config, storage::read(Key::Wanted).as_deref()).without(&stored(Key::NoExtras))
}

/// Whether the person wants it in this browser, though this tab may do without.
pub fn is_wish(extra: Extra) -> bool {
    stored(Key::Wanted).has(extra)
}

/// Stores in this browser whether an extra is wanted; returns what is wanted now. What the installation wants anyway is
/// not the person's choice.
pub fn prefer(config: &Config, extra: Extra, on: bool) -> Extras {
    if on {
        keep(Key::NoExtras, &stored(Key::NoExtras).with(extra, false));
    }
    if !extra.is_of_installation(config) {
        keep(Key::Wanted, &stored(Key::Wanted).with(extra, on));
    }
    wanted(config)
}

/// From now on signs in without these in this tab, until they are granted; `for_good` elsewhere, too.
fn without_extras(dropped: &Extras, for_good: bool) {
    if *dropped != Extras::default() {
        if for_good {
            keep(Key::Wanted, &stored(Key::Wanted).without(dropped));
        }
        keep(Key::NoExtras, &stored(Key::NoExtras).and(dropped));
    }
}

fn stored(key: Key) -> Extras {
    Extras::from_text(&storage::read(key).unwrap_or_default())
}

fn keep(key: Key, wanted: &Extras) {
    storage::write(key, &wanted.to_text());
}

/// Leaves for the sign-in page, to come back to the current address.
///
/// # Errors
/// The browser stores nothing for the page, so no sign-in could come back to it.
pub fn sign_in(config: &Config, ask: Ask) -> Result<(), Box<SignInTrouble>> {
    let ask = Ask { route: page::hash(), ..ask };
    let departure = depart(config, &BrowserWorld, BrowserWorld.unix_ms(), ask);
    if go(&departure) { Ok(()) } else { Err(Box::new(trouble::no_storage())) }
}

/// What to ask for when the session has no token: the same person, and everything in `needed`. An extra that is wished
/// for (`wish`) counts as not granted before, whatever the token carries, so that the answer settles the wish.
pub fn ask_again(session: &Session, needed: SignInNeeded, wish: Option<Extra>) -> Ask {
    let account = session.account();
    let had = |scope: &Scope| session.granted(*scope) && wish.is_none_or(|extra| !extra.alone_needs(*scope));
    Ask {
        granted: needed.scopes.iter().copied().filter(had).collect(),
        scopes: needed.scopes,
        login_hint: Some(account.hint().to_owned()),
        claims: needed.claims,
        expected: Some(account.identity()),
        ..Ask::sign_in("#/", &Extras::default())
    }
}

/// What to ask for to sign in with another account.
pub fn ask_for_another(config: &Config) -> Ask {
    Ask { prompt: Prompt::ChooseAccount, ..Ask::sign_in("#/", &wanted(config)) }
}

/// Ends the session in this tab only: tokens, drafts and everything the tab keeps are deleted.
pub fn close(session: &Session) {
    unload::guard(false);
    session.sign_out();
    storage::clear_tab();
}

/// The same, and signs out the person's other tabs. Those that do not hear of it because they are asleep or on another
/// site must not return silently.
pub fn sign_out_here(session: &Session) {
    close(session);
    storage::write(Key::SignedOut(&session.account().identity().owner()), "1");
    broadcast::signed_out(&session.account().identity());
}

/// Forgets that the person signed out in this browser: they have signed in again.
pub fn forget_sign_out(session: &Session) {
    storage::remove(Key::SignedOut(&session.account().identity().owner()));
}

fn has_signed_out(who: &Identity) -> bool {
    storage::read(Key::SignedOut(&who.owner())).is_some()
}

/// Ends the session here and at Microsoft.
pub fn sign_out_everywhere(session: &Session) {
    sign_out_here(session);
    page::leave(&session.sign_out_url());
}

/// Ends the session because the same person signed out in another tab. That tab did not ask about what was typed in
/// this one, so it stays, for this person.
pub fn signed_out_elsewhere(session: &Session) {
    unload::guard(false);
    session.sign_out();
    keep_typed(&Left::elsewhere(&session.account()));
}

fn keep_typed(left: &Left) {
    storage::clear_tab_but_typed(&left.who.owner());
    storage::write(Key::Left, &left.to_text());
}

/// Whose unsent text the tab may keep while nobody is signed in.
pub fn left() -> Option<Left> {
    Left::missing(storage::read(Key::Left).as_deref(), storage::read(Key::LoginHint).as_deref())
}

/// Forgets that, and the text itself.
pub fn forget_left() {
    storage::clear_tab();
}

/// Forgets it because there is no such text; of someone who signed out, everything.
pub fn nothing_left(left: &Left) {
    if left.elsewhere {
        forget_left();
    } else {
        storage::remove(Key::Left);
    }
}

/// Leaves without asking about unsaved changes, which come back; stays if nothing could be stored.
fn go(departure: &Departure) -> bool {
    let kept = storage::write(Key::Pending, &departure.pending.to_text());
    if kept {
        unload::guard(false);
        page::leave(&departure.url);
    }
    kept
}
