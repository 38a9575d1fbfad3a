//! What tests of approvals share: an approver in front of the tenant, faults, what was sent.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use futures_executor::block_on;
use pim_desk::approval::{Decision, Kind, Request, Review};
use pim_desk::auth::session::Session;
use pim_desk::desk::approvals::{Inbox, inbox};
use pim_desk::desk::decide::{Outcome, decide};
use pim_desk::graph::Client;
use pim_desk::guid::Guid;
use pim_desk_tenant::{Effect, Fault, Seed};

use super::browser::Browser;

/// A signed-in person in front of the tenant.
pub struct Case {
    pub browser: Browser,
    pub client: Client<Browser, Session<Browser>>,
    pub me: Guid,
}

/// The justification of every decision here.
pub const WORDS: &str = "Agreed in the change meeting";

impl Case {
    /// With groups only.
    pub fn of(who: &str) -> Self {
        Self::seeded(who, &Seed::default(), false)
    }

    /// With groups and Entra roles.
    pub fn with_roles(who: &str) -> Self {
        Self::seeded(who, &Seed::default(), true)
    }

    pub fn seeded(who: &str, seed: &Seed, roles: bool) -> Self {
        let browser = Browser::new(seed);
        let client = if roles { browser.client_with_roles(who) } else { browser.client(who) };
        let me = browser.tenant().person(who).unwrap().id.parse().unwrap();
        Self { browser, client, me }
    }

    /// Both sides, as far as this session has them.
    pub fn inbox(&self) -> Inbox {
        block_on(inbox(&self.client, true, None))
    }

    /// The requests of one kind that this person can decide.
    pub fn waiting(&self, kind: Kind) -> Vec<Request> {
        let read = self.inbox().requests;
        read.into_iter().filter(|request| request.kind() == kind && request.waits_for(&self.me)).collect()
    }

    /// The first of them.
    pub fn first(&self, kind: Kind) -> String {
        self.waiting(kind).remove(0).id
    }

    /// Applies the fault to the next decision; effects other than a lost connection apply to any call on a stage.
    pub fn fault(&self, effect: &Effect) {
        let drops = matches!(*effect, Effect::DropBefore | Effect::DropAfter);
        let method = drops.then(|| "PATCH".to_owned());
        let faults = ["/stages/", "/steps/"].map(|path| Fault {
            method: method.clone(),
            path: path.to_owned(),
            skip: 0,
            times: Some(1),
            effect: effect.clone(),
        });
        self.browser.play(faults.to_vec());
    }

    pub fn decide(&self, kind: Kind, id: &str, decision: Decision) -> Outcome {
        block_on(decide(&self.client, kind, id, decision, WORDS, &self.me))
    }

    /// How many decisions were sent.
    pub fn writes(&self) -> usize {
        self.browser.sent().iter().filter(|exchange| exchange.request.method == "PATCH").count()
    }

    pub fn decided(&self, id: &str) -> Option<bool> {
        match self.browser.tenant().request_status(id, self.browser.now_ms())? {
            "Provisioned" => Some(true),
            "Denied" => Some(false),
            _ => None,
        }
    }
}

pub fn decided(outcome: &Outcome) -> &Review {
    match outcome {
        Outcome::Decided(review) => review,
        other => panic!("{other:?}"),
    }
}
