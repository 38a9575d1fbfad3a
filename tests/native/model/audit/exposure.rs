//! What a save exposes on the way: whether the policy ever protects less than before and less than wanted.

use pim_desk::desk::save::{Outcome, RuleState};
use pim_desk::policy::exposure::exposures;
use pim_desk::policy::plan::plan;

use super::super::drive;
use super::super::knob::{CONTEXT, DEMANDS, Knob, Val, is_mail, part, read};
use super::super::strength::is_weaker;
use super::super::wire::{Asked, Event};
use super::{Reading, Run, Verdict, must, telling};

impl Run<'_> {
    /// After each write, neither a knob nor the policy as a whole protects less than both before and after, unless
    /// the review has announced it.
    pub(super) fn never_weaker(&self) -> Verdict<()> {
        let mut now = self.before.clone();
        let mut lied = false;
        let knobs: Vec<(Knob, Val, &Val)> =
            self.wanted.iter().filter_map(|(knob, after)| Some((*knob, read(self.before, *knob)?, after))).collect();
        for event in self.case.events {
            let Asked::Write { rule, body, .. } = &event.asked else { continue };
            if event.stored.is_none() {
                // The order relies on the service's answers: if it accepts a write without storing it, only the
                // result can show that, and it must.
                lied |= event.is_accepted();
                continue;
            }
            now.insert(rule.clone(), body.clone());
            let stands: Vec<_> = knobs.iter().filter_map(|(k, b, a)| Some((*k, read(&now, *k)?, b, *a))).collect();
            let exposed = stands.iter().find(|(k, now, b, a)| is_weaker(*k, now, b) && is_weaker(*k, now, a));
            if let Some((knob, now, before, after)) = exposed {
                must(self.was_told(*knob, before, after), || {
                    format!("after {rule}, {knob:?} is at {now:?}: weaker than {before:?} and than {after:?}")
                })?;
                continue;
            }
            // Email rules are independent: one that fails does not stop the others.
            let stands: Vec<_> = stands.into_iter().filter(|stand| !is_mail(stand.0.rules()[0])).collect();
            let before: Vec<_> = stands.iter().map(|(knob, now, before, _)| (*knob, now, *before)).collect();
            let after: Vec<_> = stands.iter().map(|(knob, now, _, after)| (*knob, now, *after)).collect();
            must(lied || !(all_weaker(&before) && all_weaker(&after)), || {
                format!("after {rule} the policy as a whole is weaker than before and than wanted: {stands:?}")
            })?;
        }
        Ok(())
    }

    /// Whether this save swaps MFA and a context, which takes two writes.
    pub(super) fn is_switch(&self) -> bool {
        let ends = read(self.before, Knob::Need).zip(self.wanted.get(&Knob::Need));
        ends.is_some_and(|(before, after)| is_switch(&before, after))
    }

    /// Whether this write is the second of a swap of MFA and context whose first was accepted or may have been: it is
    /// sent even after a stop, because until then the policy requires neither.
    pub(super) fn closes_a_gap(&self, event: &Event) -> bool {
        let Some(own) = half(event) else { return false };
        let mut before = self.case.events.iter().filter(|other| other.at < event.at);
        let may_be_there = |first: &str, other: &Event| {
            let sent = !other.may_be_sent_again() && (other.is_accepted() || other.is_open());
            sent || self.need_not_be_sent_again(first, other)
        };
        let opens = |other: &Event| half(other).is_some_and(|first| first != own && may_be_there(first, other));
        self.is_switch() && before.any(opens)
    }

    /// Whether the write at this place is the second of such a swap, and the first, whose answer was lost, was read
    /// back twice in between.
    pub(super) fn closes_after_a_loss(&self, at: usize, rule: &str) -> bool {
        let events = &self.case.events[..at];
        let is_other = |event: &Event| matches!(&event.asked, Asked::Write { rule: other, .. } if other != rule);
        let Some(lost_at) = events.iter().rposition(is_other) else { return false };
        let (lost, own) = (&events[lost_at], half(&self.case.events[at]));
        let Some(first) = half(lost).filter(|_| own.is_some() && lost.is_open()) else { return false };
        let wanted = part(&self.wanted[&Knob::Need], first);
        let shows = |reading: &Reading<'_>| {
            read(reading.rules, Knob::Need).map(|val| part(&val, first)).as_ref() == Some(&wanted)
        };
        let mut between = telling(self.reads);
        between.retain(|read| read.at > lost_at && read.at < at);
        self.is_switch() && between.windows(2).any(|pair| shows(pair[0]) && shows(pair[1]))
    }

    /// A stop does not leave the policy open: if the first write of a swap was accepted, the second was sent, unless
    /// the read that was due before it, or someone else, prevented that.
    pub(super) fn no_stop_in_between(&self) -> Verdict<()> {
        let (Some(_), Some(Outcome::Finished(done))) = (self.case.stopped_at, self.case.outcome) else { return Ok(()) };
        let last = self.case.events.iter().rfind(|event| event.is_write());
        let Some(Event { asked: Asked::Write { rule, .. }, .. }) = last.filter(|last| last.is_accepted()) else {
            return Ok(());
        };
        let overtaken = done.rules.iter().any(|rule| rule.state == RuleState::Overtaken);
        let halved = self.is_switch()
            && [CONTEXT, DEMANDS].contains(&rule.as_str())
            && !last.is_some_and(|last| self.closes_a_gap(last));
        must(!halved || overtaken || self.read_failed() || self.case.signed_out, || {
            format!("stopped after {rule}, which leaves the policy open")
        })
    }

    /// Whether the review announced a gap for this knob. If the tab was closed, its review had announced it too.
    fn was_told(&self, knob: Knob, before: &Val, after: &Val) -> bool {
        let Some(Outcome::Finished(finished)) = self.case.outcome else {
            return knob == Knob::Need && is_switch(before, after);
        };
        let found = exposures(&finished.before, &plan(&finished.before, &finished.wanted));
        found.iter().any(|(setting, _)| drive::knob(*setting) == knob)
    }

    /// Whether a knob certainly protects less after the save.
    pub(super) fn weakens(&self, knob: Knob) -> bool {
        read(self.before, knob).is_some_and(|before| is_weaker(knob, &self.wanted[&knob], &before))
    }

    /// Whether a knob may protect less after the save: two contexts, two lists of approvers or addresses, or a
    /// duration and a missing one cannot be compared.
    pub(super) fn may_weaken(&self, knob: Knob) -> bool {
        let unread = knob == Knob::Hours && read(self.before, knob) == Some(Val::Time(None));
        self.weakens(knob) || unread || matches!(knob, Knob::Need | Knob::Approvers | Knob::MailTo(_))
    }
}

/// Whether these knobs together protect less than at another time: some less, none more.
fn all_weaker(knobs: &[(Knob, &Val, &Val)]) -> bool {
    knobs.iter().any(|(knob, now, than)| is_weaker(*knob, now, than))
        && knobs.iter().all(|(knob, now, than)| now == than || is_weaker(*knob, now, than))
}

/// Which of the two rules of a swap of MFA and context a write is for.
fn half(event: &Event) -> Option<&'static str> {
    match &event.asked {
        Asked::Write { rule, .. } => [CONTEXT, DEMANDS].into_iter().find(|half| half == rule),
        Asked::Read => None,
    }
}

fn is_switch(before: &Val, after: &Val) -> bool {
    let sides =
        |val: &Val| if let Val::Need { mfa, context } = val { (*mfa, context.is_some()) } else { (false, false) };
    matches!((sides(before), sides(after)), ((true, false), (false, true)) | ((false, true), (true, false)))
}
