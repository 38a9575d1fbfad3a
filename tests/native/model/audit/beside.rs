//! What someone else changed beside a write, as a read before it shows.

use super::super::knob::{Knob, Rules, part, read};
use super::super::wire::Event;
use super::{Run, Sent, cannot_be};

impl Run<'_> {
    /// Whether a read shows that someone else changed what the write of this rule is about: a knob stored in it, in
    /// this or the other of its rules, or what the wanted values need. What this save wrote itself does not count.
    pub(super) fn is_overtaken(&self, rule: &str, now: &Rules, sent: &Sent<'_>) -> bool {
        let is_ours = |other: &str| {
            let is_there =
                |event: &Event| event.is_accepted() || event.is_open() || self.need_not_be_sent_again(other, event);
            other != rule && sent.answers.get(other).is_some_and(|event| is_there(event))
        };
        let is_changed = |knob: &Knob, place: &str| {
            let stands = |rules: &Rules| read(rules, *knob).map(|val| part(&val, place));
            let wanted = Some(part(&self.wanted[knob], place));
            stands(now) != stands(self.before) && !(is_ours(place) && stands(now) == wanted)
        };
        let mut knobs = self.wanted.keys().filter(|knob| knob.rules().contains(&rule));
        knobs.any(|knob| knob.rules().into_iter().any(|place| is_changed(knob, place)))
            || cannot_be(self.case.wishes, now, Some(rule))
    }

    /// Whether a rule that was to be sent again already stood as wanted in a read after its last answer: then it is not
    /// sent again, and counts as accepted.
    pub(super) fn need_not_be_sent_again(&self, rule: &str, event: &Event) -> bool {
        let Some(knobs) = self.rules.get(rule) else { return false };
        let holds = |now: &Rules| {
            let is_part =
                |knob: &Knob| read(now, *knob).map(|val| part(&val, rule)) == Some(part(&self.wanted[knob], rule));
            knobs.iter().all(is_part)
        };
        event.may_be_sent_again()
            && self
                .reads
                .iter()
                .any(|read| self.case.events[read.at].at > event.at && !read.is_old && holds(read.rules))
    }
}
