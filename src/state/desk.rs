//! The signed-in person's Graph client, handed down as a context.

use std::rc::Rc;

use leptos::prelude::*;

use super::context::provided;
use crate::auth::account::Account;
use crate::auth::session::Session;
use crate::browser::BrowserWorld;
use crate::graph::Client;

/// The session in the browser.
pub type BrowserSession = Session<BrowserWorld>;

/// The Graph client in the browser.
pub type BrowserClient = Client<BrowserWorld, BrowserSession>;

/// The signed-in person and their client.
#[derive(Clone, Copy)]
pub struct Desk {
    client: StoredValue<Rc<BrowserClient>, LocalStorage>,
    session: StoredValue<Rc<BrowserSession>, LocalStorage>,
    account: StoredValue<Account>,
}

impl Desk {
    /// A desk for one session.
    pub fn new(client: Rc<BrowserClient>, session: Rc<BrowserSession>) -> Self {
        let account = StoredValue::new(session.account());
        Self { client: StoredValue::new_local(client), session: StoredValue::new_local(session), account }
    }

    /// The desk of the signed-in person. Only views below the session gate may ask.
    pub fn current() -> Self {
        provided()
    }

    /// The client.
    pub fn client(self) -> Rc<BrowserClient> {
        self.client.get_value()
    }

    /// The session.
    pub fn session(self) -> Rc<BrowserSession> {
        self.session.get_value()
    }

    /// Who is signed in.
    pub fn account(self) -> Account {
        self.account.get_value()
    }
}
