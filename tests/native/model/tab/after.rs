//! What a person does after a save has ended: reads it again, decides conflicts, undoes it.

use pim_desk::desk::save::Outcome;
use pim_desk::desk::{editing, policies};

use super::super::audit::{Judged, left, saved, whole};
use super::super::drive;
use super::super::knob::{Knob, Val, part, read};
use super::{Tab, Verdict};

impl Tab {
    /// Reads the policy again after a save that may have left something unknown.
    pub fn look_again(&mut self) -> Verdict {
        let Some((Outcome::Finished(finished), judged)) = self.ended.take() else { return Ok(()) };
        let read_again = self.world.finish(Box::pin(policies::read(&self.client, &self.subject)));
        let Ok(Ok(policy)) = read_again else {
            self.ended = Some((Outcome::Finished(finished), judged));
            return Ok(());
        };
        let before = drive::told(&finished);
        // A read older than the last one says nothing.
        let is_old = policy.modified_at < finished.policy.modified_at;
        let shown = drive::rules(if is_old { &finished.policy } else { &policy });
        let seen = finished.seen_again(&policy.clone(), policy);
        for ((rule, knobs, was), (_, _, is)) in before.iter().zip(drive::told(&seen)) {
            let open = matches!(was.as_str(), "NotVisibleYet" | "Unknown");
            let holds = knobs.iter().all(|knob| {
                let wanted = seen.wanted.iter().find(|(setting, _)| drive::knob(*setting) == *knob);
                let part = |val: &Val| part(val, rule);
                read(&shown, *knob).map(|val| part(&val)) == wanted.map(|(_, value)| part(&drive::val(value)))
            });
            let expected = if open && holds && !is_old { "Verified" } else { was };
            if is != expected {
                return Err(format!("{rule} is {expected} after another look, told {is}"));
            }
        }
        let wanted = seen.wanted.iter().map(|(setting, value)| (drive::knob(*setting), drive::val(value))).collect();
        let verified = saved(&drive::told(&seen));
        let left = left(&verified, &drive::rules(&seen.before), &wanted);
        let is_newer = seen.policy.modified_at > seen.before.modified_at;
        let done = &judged.done | &whole(&drive::told(&seen));
        let judged = Judged { verified, left, last: Some(shown), is_newer, done, ..judged };
        let outcome = Outcome::Finished(seen);
        self.policy = editing::after(&outcome, &mut self.draft).cloned();
        self.forget_what_is_done(&judged)?;
        self.go_on(&judged);
        self.keep();
        self.ended = Some((outcome, judged));
        self.check_draft()
    }

    /// The person decides all conflicts the same way; the edit of a knob that can no longer be turned is given up.
    pub fn decide(&mut self, mine: bool) -> Verdict {
        let Some((Outcome::Conflicts { conflicts, .. }, _)) = &self.ended else { return Ok(()) };
        let Some(policy) = self.editable().cloned() else { return Ok(()) };
        for conflict in conflicts.clone() {
            let mine = mine && conflict.theirs.is_some();
            editing::decide(&policy, &mut self.draft, conflict.setting, conflict.mine.clone(), mine);
            let knob = drive::knob(conflict.setting);
            self.give_up(knob);
            if mine {
                self.wish(knob, &drive::val(&conflict.mine));
            }
        }
        self.keep();
        self.check_draft()
    }

    /// The person loads the undo: what was saved and not changed by anyone since.
    pub fn undo(&mut self) -> Verdict {
        let Some((Outcome::Finished(finished), judged)) = &self.ended else { return Ok(()) };
        let Some(policy) = self.editable().cloned() else { return Ok(()) };
        let (finished, left) = (finished.clone(), judged.left.clone());
        editing::undo(&policy, &mut self.draft, &finished);
        let screen = self.screen();
        let told = drive::told(&finished);
        let undecided = |knob: Knob| {
            let open = |end: &str| matches!(end, "NotVisibleYet" | "Unknown");
            told.iter().any(|(_, knobs, end)| open(end) && knobs.contains(&knob))
        };
        for (knob, (before, left)) in left {
            if read(&screen, knob) == Some(left) && !undecided(knob) {
                self.give_up(knob);
                self.wish(knob, &before);
            }
        }
        self.edited()
    }
}
