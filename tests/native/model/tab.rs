//! One tab of the person: what is on screen, the draft, and the model's own list of what the person wants.

mod after;
mod saving;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use pim_desk::desk::save::{Outcome, Start, steady};
use pim_desk::desk::{editing, policies};
use pim_desk::graph::Client;
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Draft, Policy, Subject};

use super::audit::{Judged, Wish, Wishes};
use super::drive;
use super::knob::{Knob, Rules, Val, read};
use super::truth::Who;
use super::world::{Pass, Scene, World};

/// How long a draft is kept.
const LIFE_MS: i64 = 12 * 60 * 60 * 1000;

type Desk = Client<World, Pass>;
type Running = Pin<Box<dyn Future<Output = Outcome>>>;

/// A save in progress.
struct Save {
    future: Running,
    wire_from: usize,
    truth_from: usize,
    /// Whether nothing could disturb it when it started.
    clear: bool,
    patience: Patience,
    stopped_at: Option<usize>,
    /// What the review before it read.
    review: Option<Review>,
    /// When it started to run.
    began_ms: Option<i64>,
}

/// What the review read.
#[derive(Clone)]
struct Review {
    start: Start,
    asked_at_ms: i64,
    /// Where that read is among the events, and the moment before it.
    wire_at: usize,
    truth_from: usize,
    /// Whether nothing could disturb it.
    clear: bool,
}

/// What the tab has stored, and the wishes it should contain.
struct Kept {
    text: String,
    at_ms: i64,
    wishes: Wishes,
}

pub struct Tab {
    pub who: Who,
    subject: Subject,
    pub world: World,
    pass: Rc<Pass>,
    client: Rc<Desk>,
    /// `None` if the page could not be read.
    policy: Option<Policy>,
    draft: Draft,
    kept: Option<Kept>,
    pub wishes: Wishes,
    saving: Option<Save>,
    review: Option<Review>,
    ended: Option<(Outcome, Judged)>,
    /// What was reported as saved, and since when.
    told: BTreeMap<(String, Knob), (Val, usize)>,
}

type Verdict = Result<(), String>;

impl Tab {
    pub fn new(scene: &Rc<Scene>, subject: &Subject, who: Who, renews: bool) -> Self {
        let world = World::new(scene, who);
        let pass = Rc::new(Pass::new(scene, renews));
        let graph = "https://graph.microsoft.com".to_owned();
        let client = Rc::new(Client::new(world.clone(), pass.clone(), graph, Rc::new(|_| ())));
        Self {
            who,
            subject: subject.clone(),
            world,
            pass,
            client,
            policy: None,
            draft: Draft::default(),
            kept: None,
            wishes: Wishes::new(),
            saving: None,
            review: None,
            ended: None,
            told: BTreeMap::new(),
        }
    }

    fn scene(&self) -> &Scene {
        &self.world.scene
    }

    fn screen(&self) -> Rules {
        self.policy.as_ref().map(drive::rules).unwrap_or_default()
    }

    /// The policy on screen, if it can be edited now.
    fn editable(&self) -> Option<&Policy> {
        self.policy.as_ref().filter(|_| self.saving.is_none())
    }

    /// Opens the page: reads the policy and restores what the tab kept.
    pub fn open(&mut self) -> Verdict {
        let future = policies::read(&self.client, &self.subject);
        let Ok(Ok(policy)) = self.world.finish(Box::pin(future)) else { return Ok(()) };
        let now_ms = self.scene().now_ms();
        let kept = self.kept.as_ref();
        self.draft = kept.map(|kept| editing::restored(&kept.text, now_ms).0).unwrap_or_default();
        self.wishes =
            kept.filter(|kept| now_ms - kept.at_ms < LIFE_MS).map(|kept| kept.wishes.clone()).unwrap_or_default();
        let doubted = self.draft.is_held(&policy);
        self.policy = Some(policy.clone());
        if doubted {
            let future = steady(&self.client, &self.subject, policy);
            let Ok((policy, _)) = self.world.finish(Box::pin(future)) else { return self.check_draft() };
            self.draft.settle(&policy);
            self.policy = Some(policy);
            self.forget_what_holds();
        }
        self.check_draft()
    }

    /// Drops wishes that the policy on screen fulfills. A knob that can no longer be turned keeps its wish.
    fn forget_what_holds(&mut self) {
        let screen = self.screen();
        self.wishes.retain(|knob, wish| read(&screen, *knob).as_ref() != Some(&wish.mine));
    }

    /// The draft is what the person wants, according to the model.
    fn check_draft(&self) -> Verdict {
        let wishes: Vec<_> =
            self.wishes.iter().map(|(knob, wish)| (*knob, wish.base.clone(), wish.mine.clone())).collect();
        let held = drive::held(&self.draft);
        if held == wishes { Ok(()) } else { Err(format!("the draft holds {held:?}\n  the person wants {wishes:?}")) }
    }

    fn edited(&mut self) -> Verdict {
        self.ended = None;
        self.review = None;
        self.keep();
        self.check_draft()
    }

    fn keep(&mut self) {
        let at_ms = self.scene().now_ms();
        self.kept =
            editing::kept(&self.draft, None, at_ms).map(|text| Kept { text, at_ms, wishes: self.wishes.clone() });
    }

    /// The person turns a knob.
    pub fn turn(&mut self, knob: Knob, val: &Val) -> Verdict {
        let Some(policy) = self.editable() else { return Ok(()) };
        let mut draft = self.draft.clone();
        draft.set(policy, drive::setting(knob), drive::value(knob, val));
        self.draft = draft;
        self.wish(knob, val);
        self.edited()
    }

    fn wish(&mut self, knob: Knob, mine: &Val) {
        let screen = self.screen();
        let Some(shown) = read(&screen, knob) else { return };
        if shown == *mine {
            self.wishes.remove(&knob);
        } else {
            // A knob that is turned again keeps the value it was first turned from.
            let wish = self.wishes.entry(knob).or_insert_with(|| Wish { base: shown, mine: mine.clone() });
            wish.mine = mine.clone();
        }
        // An end needs a duration: the page fills one in with the end, and removes it with the end.
        let Some((until, filled_in)) = filled_in(knob) else { return };
        let date = self.wishes.get(&until).map(|wish| wish.mine.clone()).or_else(|| read(&screen, until));
        if *mine == Val::On(true) {
            self.take_back(until, &filled_in);
        } else if date == Some(Val::Time(None)) {
            self.wish(until, &filled_in);
        }
    }

    fn take_back(&mut self, until: Knob, filled_in: &Val) {
        if self.wishes.get(&until).is_some_and(|wish| wish.base == Val::Time(None) && wish.mine == *filled_in) {
            self.wishes.remove(&until);
        }
    }

    /// The person gives up a wish.
    fn give_up(&mut self, knob: Knob) {
        let wish = self.wishes.remove(&knob);
        if let Some((until, filled_in)) =
            filled_in(knob).filter(|_| wish.is_some_and(|wish| wish.mine == Val::On(false)))
        {
            self.take_back(until, &filled_in);
        }
    }

    /// The `at`th wish, counting around.
    pub fn wished(&self, at: usize) -> Option<(Knob, Wish)> {
        let (knob, wish) = self.wishes.iter().nth(at % self.wishes.len().max(1))?;
        Some((*knob, wish.clone()))
    }

    pub fn reset(&mut self, at: usize) -> Verdict {
        let Some((knob, _)) = self.wished(at).filter(|_| self.editable().is_some()) else { return Ok(()) };
        self.draft.reset(drive::setting(knob));
        self.give_up(knob);
        self.edited()
    }

    pub fn discard(&mut self) -> Verdict {
        if self.editable().is_none() {
            return Ok(());
        }
        self.draft.clear();
        self.wishes.clear();
        self.edited()
    }

    pub fn sign_in(&self) {
        self.pass.sign_in();
    }
}

/// The duration that the page fills in when something is to end.
fn filled_in(knob: Knob) -> Option<(Knob, Val)> {
    let (until, days) = match knob {
        Knob::EligibleForever => (Knob::EligibleUntil, 365),
        Knob::ActiveForever => (Knob::ActiveUntil, 180),
        _ => return None,
    };
    Some((until, Val::Time(Some(days * 86_400))))
}
