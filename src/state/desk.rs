//! The signed-in person's Graph client, passed down as a context.

use std::rc::Rc;

use leptos::prelude::*;

use super::context::provided;
use crate::auth::account::Account;
use crate::auth::session::Session;
use crate::browser::BrowserWorld;
use crate::graph::Client;
use crate::graph::client::Waiting;

/// The session in the browser.
pub type BrowserSession = Session<BrowserWorld>;

/// The Graph client in the browser.
pub type BrowserClient = Client<BrowserWorld, BrowserSession>;

/// The signed-in person and their client.
#[derive(Clone, Copy)]
pub struct Desk {
    client: StoredValue<Rc<BrowserClient>, LocalStorage>,
    session: StoredValue<Rc<BrowserSession>, LocalStorage>,
    /// Who is signed in, and the client's waits; in one value, because a desk is passed by value.
    rest: StoredValue<(Account, RwSignal<Option<Waiting>>)>,
}

impl Desk {
    /// A desk for one session; `waiting` holds the client's waits.
    pub fn new(client: Rc<BrowserClient>, session: Rc<BrowserSession>, waiting: RwSignal<Option<Waiting>>) -> Self {
        let rest = StoredValue::new((session.account(), waiting));
        Self { client: StoredValue::new_local(client), session: StoredValue::new_local(session), rest }
    }

    /// The signed-in person's desk. Only views below the session gate may call this.
    pub fn current() -> Self {
        provided()
    }

    /// The client.
    pub fn client(self) -> Rc<BrowserClient> {
        self.client.get_value()
    }

    /// The wait of calls that no job watches itself; views follow it.
    pub fn waiting(self) -> Option<Waiting> {
        self.rest.with_value(|(_, waiting)| waiting.get())
    }

    /// The session.
    pub fn session(self) -> Rc<BrowserSession> {
        self.session.get_value()
    }

    /// Who is signed in.
    pub fn account(self) -> Account {
        self.rest.with_value(|(account, _)| account.clone())
    }
}
