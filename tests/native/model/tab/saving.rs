//! The save of one tab: started, continued, stopped or interrupted; and its result judged.

use std::rc::Rc;

use pim_desk::desk::editing;
use pim_desk::desk::policies;
use pim_desk::desk::save::{NotStarted, Outcome, Start, save_watched};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::Draft;
use pim_desk::world::Moment;

use super::super::audit::{Case, Judged, Wish, judge, whole};
use super::super::drive;
use super::super::knob::{Knob, Rules, Val, part, read};
use super::super::strength::is_weaker;
use super::super::wire::Event;
use super::{Review, Save, Tab, Verdict};

/// The maximum age of a review's read from which a save may start, ms.
const FRESH_MS: i64 = 10_000;

impl Tab {
    /// The person opens the review, which reads the policy again.
    pub fn review(&mut self) {
        if self.editable().is_none() || self.draft.is_empty() {
            return;
        }
        (self.review, self.ended) = (None, None);
        let truth_from = self.scene().truth.borrow_mut().tick();
        let (asked_at_ms, clear) = (self.scene().now_ms(), self.pass.is_there() && !self.scene().lags());
        let asked_at = Moment::now(&self.world);
        let read = self.world.finish(Box::pin(policies::read(&self.client, &self.subject)));
        if let Ok(Ok(policy)) = read {
            let wire_at = self.world.wire.borrow().len() - 1;
            self.review = Some(Review { start: Start { policy, asked_at }, asked_at_ms, wire_at, truth_from, clear });
        }
    }

    /// The person saves; nothing is sent before the save continues.
    pub fn save(&mut self) {
        if self.editable().is_none() || self.draft.is_empty() {
            return;
        }
        self.told.retain(|(_, knob), _| !self.wishes.contains_key(knob));
        let (client, subject, draft) = (self.client.clone(), self.subject.clone(), self.draft.clone());
        let patience = Patience::watched(Rc::new(|_| ()));
        let beside = patience.clone();
        let review = self.review.take();
        let start = review.as_ref().map(|review| review.start.clone());
        let seen = self.policy.clone();
        let future =
            async move { save_watched(&client, &subject, &draft, start, seen.as_ref(), &|_| (), &beside).await };
        let truth_from = self.scene().truth.borrow_mut().tick();
        self.saving = Some(Save {
            future: Box::pin(future),
            wire_from: self.world.wire.borrow().len(),
            truth_from,
            clear: self.pass.is_there() && !self.scene().lags(),
            patience,
            stopped_at: None,
            review,
            began_ms: None,
        });
    }

    /// Continues a save by this many moments.
    pub fn go(&mut self, moments: usize) -> Verdict {
        for _ in 0..moments {
            let now_ms = self.world.scene.now_ms();
            let Some(saving) = &mut self.saving else { return Ok(()) };
            saving.began_ms.get_or_insert(now_ms);
            if let Some(outcome) = self.world.turn(saving.future.as_mut()) {
                return self.over(outcome);
            }
        }
        Ok(())
    }

    /// The person stops a save for good, or ends its current wait.
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

    /// The page is reloaded, which interrupts a save in progress.
    pub fn reload(&mut self) -> Verdict {
        if let Some(saving) = self.saving.take() {
            self.judge(&saving, None)?;
        }
        (self.ended, self.review) = (None, None);
        self.policy = None;
        self.draft = Draft::default();
        self.wishes.clear();
        self.open()
    }

    fn judge(&self, saving: &Save, outcome: Option<&Outcome>) -> Result<Judged, String> {
        let mut events: Vec<Event> = self.world.wire.borrow()[saving.wire_from..].to_vec();
        // A save starts from what the review has just read. One that cannot start at all does not use it.
        let barred = events.is_empty() && matches!(outcome, Some(Outcome::NotStarted(NotStarted::Error(_))));
        let is_fresh =
            |review: &&Review| saving.began_ms.is_some_and(|began| began - review.asked_at_ms <= FRESH_MS) && !barred;
        let review = saving.review.as_ref().filter(is_fresh);
        if let Some(review) = review {
            events.insert(0, self.world.wire.borrow()[review.wire_at].clone());
        }
        let truth_from = review.map_or(saving.truth_from, |review| review.truth_from);
        let odd = |event: &Event| event.shown.as_deref().is_some_and(is_odd);
        let disturbed = self.scene().truth.borrow().was_disturbed(self.who, truth_from);
        let stood = disturbed || events.iter().any(|event| event.faulty || odd(event));
        let signed_out = !self.pass.is_there();
        let clear = saving.clear
            && review.is_none_or(|review| review.clear)
            && saving.stopped_at.is_none()
            && !stood
            && !signed_out
            && outcome.is_some();
        judge(&Case {
            wishes: &self.wishes,
            screen: &self.screen(),
            screen_dated: self.policy.as_ref().and_then(|policy| policy.modified_at.as_deref()),
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
                self.forget_what_is_done(&judged)?;
                self.go_on(&judged);
            }
        }
        Self::check_complete(&outcome)?;
        Self::check_exposed(&outcome)?;
        self.check_left_open(&outcome, judged.since)?;
        self.keep();
        self.ended = Some((outcome, judged));
        self.check_draft()
    }

    /// Drops the wishes that were read back or that a newer read shows, and checks that the tenant had the latter.
    pub(super) fn forget_what_is_done(&mut self, judged: &Judged) -> Verdict {
        let screen = self.screen();
        let holds = |knob: Knob, wish: &Wish| {
            (judged.is_newer || judged.done.contains(&knob)) && read(&screen, knob).as_ref() == Some(&wish.mine)
        };
        let truth = self.scene().truth.borrow();
        for (knob, wish) in self.wishes.iter().filter(|(knob, wish)| holds(**knob, wish)) {
            let stood = |rule: &&str| {
                let wanted = part(&wish.mine, rule);
                truth.stands(rule, *knob, judged.since).iter().any(|stand| stand.0.as_ref() == Some(&wanted))
            };
            if !judged.done.contains(knob) && !knob.rules().iter().all(stood) {
                return Err(format!("{knob:?} is no edit any more, and was never {:?}", wish.mine));
            }
        }
        drop(truth);
        self.wishes.retain(|knob, wish| !holds(*knob, wish));
        Ok(())
    }

    /// If only one of a knob's two rules was saved, the person's edit now starts from that.
    pub(super) fn go_on(&mut self, judged: &Judged) {
        let screen = self.screen();
        for (knob, (_, left)) in &judged.left {
            if let Some(wish) = self.wishes.get_mut(knob).filter(|_| read(&screen, *knob).as_ref() == Some(left)) {
                wish.base = left.clone();
            }
        }
    }

    /// What is called complete is what the last read shows, and every knob that it shows otherwise is named.
    fn check_complete(outcome: &Outcome) -> Verdict {
        let Outcome::Finished(finished) = outcome else { return Ok(()) };
        let (now, done) = (drive::rules(&finished.policy), whole(&drive::told(finished)));
        let differs = |(knob, after): &(Knob, Val)| done.contains(knob) && read(&now, *knob).as_ref() != Some(after);
        let wanted = finished.wanted.iter().map(|(setting, value)| (drive::knob(*setting), drive::val(value)));
        let differing: Vec<Knob> = wanted.filter(differs).map(|(knob, _)| knob).collect();
        let told: Vec<Knob> = finished.differing().into_iter().map(|(setting, _)| drive::knob(setting)).collect();
        if told == differing && (told.is_empty() || !finished.is_complete()) {
            Ok(())
        } else {
            Err(format!("{differing:?} are other than wanted, told {told:?}"))
        }
    }

    /// Knobs that the last read shows weaker than before and weaker than wanted are named.
    fn check_exposed(outcome: &Outcome) -> Verdict {
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

    /// Knobs that in the tenant are weaker than before and weaker than wanted after the save are named, as certain or
    /// as possible, unless someone else changed the policy too.
    fn check_left_open(&self, outcome: &Outcome, since: usize) -> Verdict {
        let Outcome::Finished(finished) = outcome else { return Ok(()) };
        let truth = self.scene().truth.borrow();
        if truth.was_disturbed(self.who, since) {
            return Ok(());
        }
        let named: Vec<Knob> =
            finished.exposed().into_iter().chain(finished.may_be_exposed()).map(drive::knob).collect();
        let before = drive::rules(&finished.before);
        for (setting, value) in &finished.wanted {
            let (knob, after) = (drive::knob(*setting), drive::val(value));
            let (Some(before), Some(now)) = (read(&before, knob), read(truth.now(), knob)) else { continue };
            if is_weaker(knob, &now, &before) && is_weaker(knob, &now, &after) && !named.contains(&knob) {
                return Err(format!("{knob:?} stands at {now:?}, was {before:?}, and it does not say so"));
            }
        }
        Ok(())
    }

    /// The page reports a rule as saved: the tenant must have it, or have had it until someone else changed it.
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

    /// What was reported as saved is still there, unless someone else changed it later.
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
}

/// Whether something in the policy makes the service refuse a whole rule.
fn is_odd(rules: &Rules) -> bool {
    let both = matches!(read(rules, Knob::Need), Some(Val::Need { mfa: true, context: Some(_) }));
    both || rules
        .values()
        .any(|rule| rule["enabledRules"].as_array().is_some_and(|list| list.iter().any(|one| one == "FutureDemand")))
}
