//! One tab of the person: what is on screen, the draft, and the model's own list of what the person wants.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use pim_desk::desk::save::{Outcome, save_watched};
use pim_desk::desk::{editing, policies};
use pim_desk::graph::Client;
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Draft, Policy, Subject};

use super::audit::{Case, Judged, Wish, Wishes, judge, left, saved};
use super::drive;
use super::knob::{Knob, Rules, Val, part, read};
use super::strength::is_weaker;
use super::truth::Who;
use super::wire::Event;
use super::world::{Pass, Scene, World};

/// The life of a kept draft.
const LIFE_MS: i64 = 12 * 60 * 60 * 1000;

type Desk = Client<World, Pass>;
type Running = Pin<Box<dyn Future<Output = Outcome>>>;

/// A save under way.
struct Save {
    future: Running,
    wire_from: usize,
    truth_from: usize,
    /// Nothing stood in its way when it began.
    clear: bool,
    patience: Patience,
    stopped_at: Option<usize>,
}

/// What the tab's storage holds, and what the model knows it to be.
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
    /// `None` while the page could not be read.
    policy: Option<Policy>,
    draft: Draft,
    kept: Option<Kept>,
    pub wishes: Wishes,
    saving: Option<Save>,
    ended: Option<(Outcome, Judged)>,
    /// What was told to be saved, from which moment on.
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

    /// The policy on screen, where it may be edited now.
    fn editable(&self) -> Option<&Policy> {
        self.policy.as_ref().filter(|_| self.saving.is_none())
    }

    /// Opens the page: reads the policy, brings back what the tab kept.
    pub fn open(&mut self) -> Verdict {
        let future = policies::read(&self.client, &self.subject);
        let Ok(Ok(policy)) = self.world.finish(Box::pin(future)) else { return Ok(()) };
        let now_ms = self.scene().now_ms();
        let kept = self.kept.as_ref();
        self.draft = kept.map(|kept| editing::restored(&kept.text, now_ms)).unwrap_or_default();
        self.draft.settle(&policy);
        self.wishes =
            kept.filter(|kept| now_ms - kept.at_ms < LIFE_MS).map(|kept| kept.wishes.clone()).unwrap_or_default();
        self.policy = Some(policy);
        self.forget_what_holds();
        self.check_draft()
    }

    /// What the policy on screen holds is no wish any more. What cannot be turned any more stays one: nobody gave it up.
    fn forget_what_holds(&mut self) {
        let screen = self.screen();
        self.wishes.retain(|knob, wish| read(&screen, *knob).as_ref() != Some(&wish.mine));
    }

    /// The draft is what the model knows the person to want.
    fn check_draft(&self) -> Verdict {
        let wishes: Vec<_> =
            self.wishes.iter().map(|(knob, wish)| (*knob, wish.base.clone(), wish.mine.clone())).collect();
        let held = drive::held(&self.draft);
        if held == wishes { Ok(()) } else { Err(format!("the draft holds {held:?}\n  the person wants {wishes:?}")) }
    }

    fn edited(&mut self) -> Verdict {
        self.ended = None;
        self.keep();
        self.check_draft()
    }

    fn keep(&mut self) {
        let at_ms = self.scene().now_ms();
        self.kept = editing::kept(&self.draft, at_ms).map(|text| Kept { text, at_ms, wishes: self.wishes.clone() });
    }

    /// The person turns a knob.
    pub fn turn(&mut self, knob: Knob, val: &Val) -> Verdict {
        let Some(policy) = self.editable() else { return Ok(()) };
        let mut draft = self.draft.clone();
        draft.set(policy, drive::setting(knob), drive::value(knob, val));
        self.draft = draft;
        self.wish(knob, val.clone());
        self.edited()
    }

    fn wish(&mut self, knob: Knob, mine: Val) {
        let screen = self.screen();
        let Some(base) = read(&screen, knob) else { return };
        if base == mine {
            self.wishes.remove(&knob);
        } else {
            self.wishes.insert(knob, Wish { base, mine: mine.clone() });
        }
        // An end without a date is none: the page fills one in.
        let (until, days) = match knob {
            Knob::EligibleForever => (Knob::EligibleUntil, 365),
            Knob::ActiveForever => (Knob::ActiveUntil, 180),
            _ => return,
        };
        let date = self.wishes.get(&until).map(|wish| wish.mine.clone()).or_else(|| read(&screen, until));
        if mine == Val::On(false) && date == Some(Val::Time(None)) {
            self.wish(until, Val::Time(Some(days * 86_400)));
        }
    }

    /// The knob of the `at`th wish, counted round.
    pub fn wished(&self, at: usize) -> Option<(Knob, Wish)> {
        let (knob, wish) = self.wishes.iter().nth(at % self.wishes.len().max(1))?;
        Some((*knob, wish.clone()))
    }

    pub fn reset(&mut self, at: usize) -> Verdict {
        let Some((knob, _)) = self.wished(at).filter(|_| self.editable().is_some()) else { return Ok(()) };
        self.draft.reset(drive::setting(knob));
        self.wishes.remove(&knob);
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

    /// The person saves; nothing is sent before the save goes on.
    pub fn save(&mut self) {
        if self.editable().is_none() || self.draft.is_empty() {
            return;
        }
        self.told.retain(|(_, knob), _| !self.wishes.contains_key(knob));
        let (client, subject, draft) = (self.client.clone(), self.subject.clone(), self.draft.clone());
        let patience = Patience::watched(Rc::new(|_| ()));
        let beside = patience.clone();
        let future = async move { save_watched(&client, &subject, &draft, &|_| (), &beside).await };
        let truth_from = self.scene().truth.borrow_mut().tick();
        self.saving = Some(Save {
            future: Box::pin(future),
            wire_from: self.world.wire.borrow().len(),
            truth_from,
            clear: self.pass.is_there() && !self.scene().lags(),
            patience,
            stopped_at: None,
        });
    }

    /// A save goes on by so many moments.
    pub fn go(&mut self, moments: usize) -> Verdict {
        for _ in 0..moments {
            let Some(saving) = &mut self.saving else { return Ok(()) };
            if let Some(outcome) = self.world.turn(saving.future.as_mut()) {
                return self.over(outcome);
            }
        }
        Ok(())
    }

    /// The person stops a save, or has it stop waiting.
    pub fn stop(&mut self, for_good: bool) {
        let now = self.scene().truth.borrow_mut().tick();
        let Some(saving) = &mut self.saving else { return };
        if for_good {
            saving.patience.stop();
            saving.stopped_at.get_or_insert(now);
        } else {
            saving.patience.hurry();
        }
    }

    /// The page is loaded anew; a save under way is cut short.
    pub fn reload(&mut self) -> Verdict {
        if let Some(saving) = self.saving.take() {
            self.judge(&saving, None)?;
        }
        self.ended = None;
        self.policy = None;
        self.draft = Draft::default();
        self.wishes.clear();
        self.open()
    }

    fn judge(&self, saving: &Save, outcome: Option<&Outcome>) -> Result<Judged, String> {
        let events: Vec<Event> = self.world.wire.borrow()[saving.wire_from..].to_vec();
        let odd = |event: &Event| event.shown.as_deref().is_some_and(is_odd);
        let disturbed = self.scene().truth.borrow().was_disturbed(self.who, saving.truth_from);
        let stood = disturbed || events.iter().any(|event| event.faulty || odd(event));
        let signed_out = !self.pass.is_there();
        let clear = saving.clear && saving.stopped_at.is_none() && !stood && !signed_out && outcome.is_some();
        judge(&Case {
            wishes: &self.wishes,
            events: &events,
            outcome,
            clear,
            signed_out,
            stopped_at: saving.stopped_at,
        })
    }

    fn over(&mut self, outcome: Outcome) -> Verdict {
        let Some(saving) = self.saving.take() else { return Ok(()) };
        let judged = self.judge(&saving, Some(&outcome))?;
        for (rule, knob) in &judged.verified {
            self.tell(rule, *knob, judged.since)?;
        }
        if let Some(policy) = editing::after(&outcome, &mut self.draft) {
            let shown = drive::rules(policy);
            if judged.last.as_ref() != Some(&shown) && !judged.verified.is_empty() {
                return Err("shows another policy than it read last".into());
            }
            self.policy = Some(policy.clone());
            if matches!(outcome, Outcome::Finished(_)) {
                self.forget_what_holds();
            }
        }
        self.check_exposed(&outcome)?;
        self.keep();
        self.ended = Some((outcome, judged));
        self.check_draft()
    }

    /// What ended half-way and is now weaker than before and than wanted is named.
    fn check_exposed(&self, outcome: &Outcome) -> Verdict {
        let Outcome::Finished(finished) = outcome else { return Ok(()) };
        let (before, now) = (drive::rules(&finished.before), drive::rules(&finished.policy));
        let named: Vec<Knob> = finished.exposed().into_iter().map(drive::knob).collect();
        for (setting, value) in &finished.wanted {
            let (knob, after) = (drive::knob(*setting), drive::val(value));
            let (Some(before), Some(now)) = (read(&before, knob), read(&now, knob)) else { continue };
            if is_weaker(knob, &now, &before) && is_weaker(knob, &now, &after) && !named.contains(&knob) {
                return Err(format!("{knob:?} is left at {now:?}, was {before:?}, and it does not say so"));
            }
        }
        Ok(())
    }

    /// The page says that a rule is saved: the tenant must hold it, or have held it until somebody else came.
    fn tell(&mut self, rule: &str, knob: Knob, since: usize) -> Verdict {
        let Some(wish) = self.wishes.get(&knob) else { return Err(format!("{knob:?} was not wanted")) };
        let wanted = part(&wish.mine, rule);
        let stands = self.scene().truth.borrow().stands(rule, knob, since);
        if !stands.iter().any(|stand| stand.0.as_ref() == Some(&wanted)) {
            return Err(format!("{knob:?} in {rule} is told to be saved as {wanted:?}, but stood at {stands:?}"));
        }
        let now = self.scene().truth.borrow_mut().tick();
        self.told.insert((rule.to_owned(), knob), (wanted, now));
        self.check_told()
    }

    /// What was told to be saved is there, unless somebody else changed it later.
    pub fn check_told(&self) -> Verdict {
        for ((rule, knob), (val, since)) in &self.told {
            let stands = self.scene().truth.borrow().stands(rule, *knob, *since);
            if let Some((stand, who, at)) = stands.last()
                && at > since
                && stand.as_ref() != Some(val)
                && *who == self.who
            {
                return Err(format!("{knob:?} was told to be saved as {val:?}; the page itself made it {stand:?}"));
            }
        }
        Ok(())
    }

    /// Looks again after a save whose end is not known.
    pub fn look_again(&mut self) -> Verdict {
        let Some((Outcome::Finished(finished), judged)) = self.ended.take() else { return Ok(()) };
        let read_again = self.world.finish(Box::pin(policies::read(&self.client, &self.subject)));
        let Ok(Ok(policy)) = read_again else {
            self.ended = Some((Outcome::Finished(finished), judged));
            return Ok(());
        };
        let before = drive::told(&finished);
        let shown = drive::rules(&policy);
        let seen = finished.seen_again(policy);
        for ((rule, knobs, was), (_, _, is)) in before.iter().zip(drive::told(&seen)) {
            let open = matches!(was.as_str(), "NotVisibleYet" | "Unknown");
            let holds = knobs.iter().all(|knob| {
                let wanted = seen.wanted.iter().find(|(setting, _)| drive::knob(*setting) == *knob);
                let part = |val: &Val| super::knob::part(val, rule);
                read(&shown, *knob).map(|val| part(&val)) == wanted.map(|(_, value)| part(&drive::val(value)))
            });
            let expected = if open && holds { "Verified" } else { was };
            if is != expected {
                return Err(format!("{rule} is {expected} after another look, told {is}"));
            }
        }
        let wanted = seen.wanted.iter().map(|(setting, value)| (drive::knob(*setting), drive::val(value))).collect();
        let verified = saved(&drive::told(&seen));
        let left = left(&verified, &drive::rules(&seen.before), &wanted);
        let judged = Judged { verified, left, last: Some(shown), ..judged };
        let outcome = Outcome::Finished(seen);
        self.policy = editing::after(&outcome, &mut self.draft).cloned();
        self.forget_what_holds();
        self.keep();
        self.ended = Some((outcome, judged));
        self.check_draft()
    }

    /// The person decides all conflicts alike; what cannot be turned any more can only be given up.
    pub fn decide(&mut self, mine: bool) -> Verdict {
        let Some((Outcome::Conflicts { conflicts, .. }, _)) = &self.ended else { return Ok(()) };
        let Some(policy) = self.editable().cloned() else { return Ok(()) };
        for conflict in conflicts.clone() {
            let mine = mine && conflict.theirs.is_some();
            editing::decide(&policy, &mut self.draft, conflict.setting, conflict.mine.clone(), mine);
            let knob = drive::knob(conflict.setting);
            self.wishes.remove(&knob);
            if mine {
                self.wish(knob, drive::val(&conflict.mine));
            }
        }
        self.keep();
        self.check_draft()
    }

    /// The person loads the way back: what was saved and nobody changed since.
    pub fn undo(&mut self) -> Verdict {
        let Some((Outcome::Finished(finished), judged)) = &self.ended else { return Ok(()) };
        let Some(policy) = self.editable().cloned() else { return Ok(()) };
        let (finished, left) = (finished.clone(), judged.left.clone());
        editing::undo(&policy, &mut self.draft, &finished);
        let screen = self.screen();
        for (knob, (before, left)) in left {
            if read(&screen, knob) == Some(left) {
                self.wish(knob, before);
            }
        }
        self.edited()
    }
}

/// Something in the policy makes the service refuse a whole rule.
fn is_odd(rules: &Rules) -> bool {
    let both = matches!(read(rules, Knob::Need), Some(Val::Need { mfa: true, context: Some(_) }));
    both || rules
        .values()
        .any(|rule| rule["enabledRules"].as_array().is_some_and(|list| list.iter().any(|one| one == "FutureDemand")))
}
