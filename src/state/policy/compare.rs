//! What is compared: policies, each page of them read once, and receipts in this browser.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::locale;
use crate::desk::policies::{self, NoPolicy, Opened, of_subject};
use crate::graph::Error;
use crate::guid::Guid;
use crate::policy::{Sheet, Subject, Value};
use crate::receipt::{Changed, Receipt};
use crate::route::Source;
use crate::state::desk::Desk;
use crate::state::directory::names::Names;
use crate::state::receipts::Receipts;
use crate::text;

/// One side as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The policy's name; the ID if the name could not be read.
    pub name: String,
    /// Its values, or why they are unknown.
    pub sheet: Result<Sheet, Missing>,
}

/// Why a side has nothing to show.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// There is no policy, or more than one.
    NoPolicy(NoPolicy),
    /// It could not be read.
    Unread(Error),
    /// This browser has no such receipt.
    Forgotten,
}

/// What was read of both sides.
#[derive(Clone, Copy)]
pub struct Sides {
    desk: Desk,
    names: Names,
    receipts: StoredValue<Receipts>,
    /// By the first subject of a page of policies; `None` while it is read.
    read: RwSignal<BTreeMap<Subject, Option<Opened>>>,
}

fn page_of(subject: &Subject) -> Subject {
    subject.of_page().into_iter().next().unwrap_or_else(|| subject.clone())
}

impl Sides {
    /// Nothing read yet.
    pub fn new(desk: Desk, names: Names, receipts: Receipts) -> Self {
        Self { desk, names, receipts: StoredValue::new(receipts), read: RwSignal::default() }
    }

    /// Reads what is not read yet.
    pub fn want(self, source: &Source) {
        let subject = match source {
            Source::Policy(subject) => subject,
            Source::Before(id) | Source::After(id) => return self.look_up_names(id),
        };
        let page = page_of(subject);
        if !self.read.with_untracked(|read| read.contains_key(&page)) {
            self.again(&page);
        }
    }

    /// Reads again. An answer that comes after the page has gone is dropped.
    pub fn again(self, subject: &Subject) {
        let page = page_of(subject);
        self.read.update(|read| {
            read.insert(page.clone(), None);
        });
        let (client, me, names) = (self.desk.client(), self.desk.account().oid, self.names);
        spawn_local(async move {
            let opened = policies::open(&client, &page, &me).await;
            if let Ok(policies) = &opened.policies {
                names.look_up_approvers(policies);
            }
            self.read.try_update(|read| read.insert(page, Some(opened)));
        });
    }

    fn look_up_names(self, receipt: &Guid) {
        let Some(receipt) = self.receipts.get_value().get(receipt) else { return };
        let values = receipt.changes.iter().flat_map(|changed| [&changed.before, &changed.after]);
        let approvers = values.filter_map(|value| if let Value::Approvers(list) = value { Some(list) } else { None });
        self.names.look_up(approvers.flatten().filter_map(|approver| approver.id.parse().ok()));
    }

    /// A side; `None` while it is read. Views follow it.
    pub fn seen(self, source: &Source) -> Option<Seen> {
        match source {
            Source::Policy(subject) => self.policy(subject),
            Source::Before(id) => Some(self.kept(id, text::policy::compare::before, |changed| &changed.before)),
            Source::After(id) => Some(self.kept(id, text::policy::compare::after, |changed| &changed.after)),
        }
    }

    fn kept(self, id: &Guid, name: fn(&Receipt, &str) -> String, value: fn(&Changed) -> &Value) -> Seen {
        match self.receipts.get_value().get(id) {
            Some(receipt) => {
                let values = receipt.changes.iter().map(|changed| (changed.setting, value(changed).clone()));
                let at = locale::date_time(receipt.started_unix_ms);
                Seen { name: name(&receipt, &at), sheet: Ok(Sheet::kept(values)) }
            }
            None => Seen { name: text::page::CHANGES.to_owned(), sheet: Err(Missing::Forgotten) },
        }
    }

    fn policy(self, subject: &Subject) -> Option<Seen> {
        self.read.with(|read| {
            let opened = read.get(&page_of(subject))?.as_ref()?;
            let name = match &opened.holder {
                Ok(holder) => text::subject::policy_of(subject, &text::subject::name(holder)),
                Err(_) => text::subject::by_id(subject),
            };
            let sheet = match &opened.policies {
                Ok(policies) => of_subject(policies, subject).map(Sheet::of).map_err(Missing::NoPolicy),
                Err(error) => Err(Missing::Unread(error.clone())),
            };
            Some(Seen { name, sheet })
        })
    }
}
