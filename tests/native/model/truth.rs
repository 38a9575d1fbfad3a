//! What the tenant really has, change by change, and who changed it.

use serde_json::Value as Json;

use super::knob::{Knob, Rules, Val, part, read};

/// Who changes policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A tab of the person.
    Tab(usize),
    /// Another administrator.
    Other,
}

struct Change {
    at: usize,
    who: Who,
    id: String,
    rule: Json,
}

/// The history of one policy.
pub struct Truth {
    start: Rules,
    now: Rules,
    changes: Vec<Change>,
    at: usize,
}

impl Truth {
    pub fn new(start: Rules) -> Self {
        Self { now: start.clone(), start, changes: Vec::new(), at: 0 }
    }

    /// The next place in the order of everything that happens.
    pub fn tick(&mut self) -> usize {
        self.at += 1;
        self.at
    }

    pub fn now(&self) -> &Rules {
        &self.now
    }

    /// Records a rule as it is now. Returns whether it changed.
    pub fn note(&mut self, who: Who, id: &str, rule: Json) -> bool {
        if self.now.get(id) == Some(&rule) {
            return false;
        }
        let at = self.tick();
        self.changes.push(Change { at, who, id: id.to_owned(), rule: rule.clone() });
        self.now.insert(id.to_owned(), rule);
        true
    }

    /// The values of a knob in one of its rules from a moment on: the one it had then and each later one, with who
    /// set it and when.
    pub fn stands(&self, rule: &str, knob: Knob, since: usize) -> Vec<(Option<Val>, Who, usize)> {
        let of_knob = |id: &&str| Some(((*id).to_owned(), self.start.get(*id)?.clone()));
        let mut rules: Rules = knob.rules().iter().filter_map(of_knob).collect();
        let stand = |rules: &Rules| read(rules, knob).map(|val| part(&val, rule));
        let mut stands = vec![(stand(&rules), Who::Other, 0)];
        for change in self.changes.iter().filter(|change| knob.rules().contains(&change.id.as_str())) {
            rules.insert(change.id.clone(), change.rule.clone());
            let now = stand(&rules);
            if stands.last().is_some_and(|last| last.0 != now) {
                stands.push((now, change.who, change.at));
            }
        }
        let first = stands.iter().rposition(|stand| stand.2 <= since).unwrap_or(0);
        stands.split_off(first)
    }

    /// Whether anyone else has changed anything since.
    pub fn was_disturbed(&self, who: Who, since: usize) -> bool {
        self.changes.iter().any(|change| change.at > since && change.who != who)
    }
}
