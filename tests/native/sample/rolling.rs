//! What tests of changes of many policies share: a page that stores what such a change leaves behind, and checks that
//! no two saves overlap.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::pending;
use std::rc::Rc;
use std::sync::Arc;

use futures_util::future::LocalBoxFuture;
use pim_desk::desk::rollout::{Control, Halt, Host, PolicyProgress, RunNews, Seen, Work};
use pim_desk::desk::tabs::lock_name;
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::{Access, Policy, RuleId, Setting, Subject, Value};
use pim_desk::receipt::{Author, Receipt};
use pim_desk::rollout::plan::{self, effect};
use pim_desk::rollout::record::Record;
use pim_desk::rollout::{Item, Target, choice};
use pim_desk_tenant::Seed;

use super::browser::Browser;

pub fn guid(number: u32) -> Guid {
    format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
}

pub fn author() -> Author {
    Author { tenant: guid(1), id: guid(2), name: "Ana Brandão".into() }
}

pub fn record() -> Record {
    Record::begin(guid(7), "Copy".into(), author(), None, 0)
}

/// A tenant with this many groups in PIM; 28 of the named ones are not.
pub fn tenant(groups: usize) -> Browser {
    Browser::new(&Seed { groups: groups + 28, groups_in_pim: groups, ..Seed::default() })
}

/// The IDs of the groups in PIM, in the directory's order.
pub fn in_pim(browser: &Browser) -> Vec<Guid> {
    let tenant = browser.tenant();
    let groups = tenant.groups().iter().filter(|group| tenant.is_onboarded(&group.id));
    groups.map(|group| group.id.parse().unwrap()).collect()
}

pub fn members(group: &Guid) -> Subject {
    Subject::Group { group: group.clone(), access: Access::Member }
}

pub fn target(subject: Subject) -> Target {
    Target { subject, name: String::new() }
}

/// Three settings in three rules: one of activation, one of assignment, one email.
pub fn wanted() -> Vec<(Setting, Value)> {
    vec![
        (Setting::ActivationDuration, Value::Duration("PT2H30M".into())),
        (Setting::ActiveExpiry, Value::Duration("P17D".into())),
        (
            Setting::MailRecipients(RuleId::ActivationRequestor),
            Value::Recipients(vec!["soc@contoso.com".into(), "night@contoso.com".into()]),
        ),
    ]
}

pub const RULES: [RuleId; 3] = [RuleId::ActivationExpiration, RuleId::ActiveExpiration, RuleId::ActivationRequestor];

pub fn item(subject: Subject, wanted: &[(Setting, Value)]) -> Item {
    Item { target: target(subject), wanted: wanted.to_vec(), only_from: Vec::new() }
}

pub fn copy(source: &Policy, picked: &[Setting], targets: &[Subject]) -> Vec<Item> {
    let targets: Vec<Target> = targets.iter().cloned().map(target).collect();
    choice::items(choice::offers(source), Some(&source.subject), picked, &targets)
}

/// What the person would send after looking at it all.
pub fn works(seen: &[Seen]) -> Vec<Work> {
    let work = |seen: &Seen| {
        let around = plan::Around { facts: &seen.facts, without: &[] };
        let effect = effect(&seen.item, seen.policy.as_ref().ok()?, around);
        (!effect.draft.is_empty() && !effect.is_blocked()).then(|| Work {
            target: seen.item.target.clone(),
            label: seen.item.target.name.clone(),
            draft: effect.draft,
            seen: Arc::new(seen.clone()),
            undoes: None,
        })
    };
    seen.iter().filter_map(work).collect()
}

/// A page: the receipts and the record it stores, the locks that are held, the news it got.
pub struct Page {
    pub receipts: RefCell<BTreeMap<Guid, Receipt>>,
    pub record: RefCell<Option<Record>>,
    pub control: Control,
    pub progress: RefCell<BTreeMap<usize, PolicyProgress>>,
    pub halts: RefCell<Vec<Halt>>,
    pub paces: RefCell<Vec<usize>>,
    pub held: Rc<RefCell<Vec<String>>>,
    pub most_held: Cell<usize>,
    /// Locks held by another tab.
    pub elsewhere: Vec<Subject>,
    /// Pages at which another save's outcome is being looked at without end.
    pub looked_at: Vec<Subject>,
    /// Is called with every report.
    #[expect(clippy::type_complexity, reason = "one place")]
    pub on_news: RefCell<Option<Box<dyn FnMut(&Control, &RunNews<'_>)>>>,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            receipts: RefCell::default(),
            record: RefCell::default(),
            control: Control::default(),
            progress: RefCell::default(),
            halts: RefCell::default(),
            paces: RefCell::default(),
            held: Rc::default(),
            most_held: Cell::new(0),
            elsewhere: Vec::new(),
            looked_at: Vec::new(),
            on_news: RefCell::new(None),
        }
    }
}

struct Held(Rc<RefCell<Vec<String>>>, String);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.borrow_mut().retain(|name| *name != self.1);
    }
}

impl Page {
    pub fn record(&self) -> Record {
        Record::from_json(&self.record.borrow().as_ref().unwrap().to_json()).unwrap()
    }

    pub fn receipts_of(&self, subject: &Subject) -> Vec<Receipt> {
        let ids = self.record().entry(subject).unwrap().receipts.clone();
        ids.iter().map(|id| self.receipts.borrow()[id].clone()).collect()
    }

    pub fn all_receipts(&self) -> Vec<Receipt> {
        self.receipts.borrow().values().cloned().collect()
    }
}

impl Host for Page {
    fn enter<'a>(&'a self, subject: &'a Subject, patience: &'a Patience) -> LocalBoxFuture<'a, Option<Box<dyn Any>>> {
        let name = lock_name(&guid(1), subject);
        assert!(!self.held.borrow().contains(&name), "two saves to one group meet");
        let taken = self.elsewhere.contains(subject);
        let looked_at = self.looked_at.contains(subject);
        Box::pin(async move {
            while looked_at && !patience.is_stopped() {
                patience.wait(pending()).await;
            }
            if looked_at {
                return None;
            }
            if taken {
                return None;
            }
            self.held.borrow_mut().push(name.clone());
            self.most_held.set(self.most_held.get().max(self.held.borrow().len()));
            let held: Box<dyn Any> = Box::new(Held(self.held.clone(), name));
            Some(held)
        })
    }

    fn keep(&self, receipt: Receipt) {
        assert_eq!(receipt.rollout, Some(self.record().id), "a receipt names its rollout");
        let kept = Receipt::from_json(&receipt.to_json()).unwrap();
        self.receipts.borrow_mut().insert(receipt.id, kept);
    }

    fn keep_record(&self, record: &Record) {
        *self.record.borrow_mut() = Some(record.clone());
    }

    fn tell(&self, news: RunNews<'_>) {
        match &news {
            RunNews::At(at, progress) => {
                self.progress.borrow_mut().insert(*at, progress.clone());
            }
            RunNews::Halted(halt) => self.halts.borrow_mut().push((*halt).clone()),
            RunNews::Pace(at_once) => self.paces.borrow_mut().push(*at_once),
            RunNews::Wait(..) => {}
        }
        if let Some(on_news) = self.on_news.borrow_mut().as_mut() {
            on_news(&self.control, &news);
        }
    }
}
