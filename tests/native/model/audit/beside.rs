//! What someone else changed beside a write, as a read before it shows.

use super::super::knob::{Knob, Rules, part, read};
use super::{Run, Sent, cannot_be};

impl Run<'_> {
    /// Whether a read shows that someone else changed what the write of this rule is about: a knob stored in it, in
    /// this or the other of its rules, or what the wanted values need. What this save wrote itself does not count.
    pub(super) fn is_overtaken(&self, rule: &str, now: &Rules, sent: &Sent<'_>) -> bool {
        let is_ours = |other: &str| {
            other != rule && sent.answers.get(other).is_some_and(|event| event.is_accepted() || event.is_open())
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
}
