//! The policies that are compared, each page of policies read once.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::names::Names;
use crate::desk::policies::{self, NoPolicy, Opened, of_subject};
use crate::graph::Error;
use crate::policy::{Policy, Subject};
use crate::text;

/// One side as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Whose policy, in words; by id where the name could not be read.
    pub name: String,
    /// The policy, or why there is none.
    pub policy: Result<Result<Policy, NoPolicy>, Error>,
}

/// What was read.
#[derive(Clone, Copy)]
pub struct Sides {
    desk: Desk,
    names: Names,
    /// By the first subject of a page of policies; `None` while it is read.
    read: RwSignal<BTreeMap<Subject, Option<Opened>>>,
}

fn page_of(subject: &Subject) -> Subject {
    subject.of_page().into_iter().next().unwrap_or_else(|| subject.clone())
}

impl Sides {
    /// Nothing is read yet.
    pub fn new(desk: Desk, names: Names) -> Self {
        Self { desk, names, read: RwSignal::default() }
    }

    /// Reads what is not read yet.
    pub fn want(self, subject: &Subject) {
        let page = page_of(subject);
        if !self.read.with_untracked(|read| read.contains_key(&page)) {
            self.again(&page);
        }
    }

    /// Reads anew. An answer that comes after the page has gone is dropped.
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

    /// A side; `None` while it is read. Views follow it.
    pub fn seen(self, subject: &Subject) -> Option<Seen> {
        self.read.with(|read| {
            let opened = read.get(&page_of(subject))?.as_ref()?;
            let name = match &opened.holder {
                Ok(holder) => text::subject::policy_of(subject, &text::subject::name(holder)),
                Err(_) => text::subject::by_id(subject),
            };
            let policy = match &opened.policies {
                Ok(policies) => Ok(of_subject(policies, subject).cloned()),
                Err(error) => Err(error.clone()),
            };
            Some(Seen { name, policy })
        })
    }
}
