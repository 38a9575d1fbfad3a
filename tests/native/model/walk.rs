//! A walk: the scene, the tabs, and the steps one after another, with checks after each.

use super::drive::choice;
use super::fault::{Armed, Kind};
use super::knob::{Knob, Val, read, write};
use super::random::Random;
use super::start::{Start, oddity, start};
use super::step::{Other, Step, TABS, When};
use super::tab::Tab;
use super::truth::Who;

/// Walks; returns what broke.
pub fn walk(seed: u64, steps: &[Step]) -> Result<(), String> {
    let mut random = Random::new(seed);
    let start = start(&mut random);
    let renews = !random.once_in(3);
    let mut walk = Walk {
        tabs: (0..TABS).map(|tab| Tab::new(&start.scene, &start.subject, Who::Tab(tab), renews)).collect(),
        start,
    };
    for tab in &mut walk.tabs {
        tab.open()?;
    }
    for (at, step) in steps.iter().enumerate() {
        walk.step(step).map_err(|broken| format!("step {at}, {step:?}: {broken}"))?;
    }
    walk.end()
}

struct Walk {
    start: Start,
    tabs: Vec<Tab>,
}

/// More moments than any save takes.
const ALL: usize = 100_000;

impl Walk {
    fn step(&mut self, step: &Step) -> Result<(), String> {
        let people = &self.start.people;
        match step {
            Step::Turn { tab, knob, to } => {
                let knob = Knob::all()[*knob];
                self.tabs[*tab].turn(knob, &choice(knob, people, *to))?;
            }
            Step::TurnMany { tab, count, to } => {
                let mut random = Random::new(*to);
                for _ in 0..*count {
                    let knob = Knob::all()[random.below(Knob::all().len())];
                    self.tabs[*tab].turn(knob, &choice(knob, people, random.next()))?;
                }
            }
            Step::Reset { tab, at } => self.tabs[*tab].reset(*at)?,
            Step::Discard { tab } => self.tabs[*tab].discard()?,
            Step::Review { tab } => self.tabs[*tab].review(),
            Step::Save { tab } => self.tabs[*tab].save(),
            Step::Go { tab, moments } => self.tabs[*tab].go(*moments)?,
            Step::Finish { tab } => self.tabs[*tab].go(ALL)?,
            Step::Stop { tab, for_good } => self.tabs[*tab].stop(*for_good),
            Step::Reload { tab } => self.tabs[*tab].reload()?,
            Step::LookAgain { tab } => self.tabs[*tab].look_again()?,
            Step::Decide { tab, mine } => self.tabs[*tab].decide(*mine)?,
            Step::Undo { tab } => self.tabs[*tab].undo()?,
            Step::SignIn { tab } => self.tabs[*tab].sign_in(),
            Step::Other { what, when } => self.other(*what, *when),
            Step::Fault { when, kind } => self.arm(*when, kind.clone()),
            Step::Pass { ms } => self.start.scene.pass(*ms),
            Step::Oddity { seed } => oddity(&self.start.scene, &mut Random::new(*seed)),
        }
        self.tabs.iter().try_for_each(Tab::check_told)
    }

    fn arm(&self, when: When, kind: Kind) {
        if let When::Before { write, skip } = when {
            self.start.scene.armed.borrow_mut().push(Armed { on_write: write, skip, kind });
        }
    }

    /// Another administrator changes one knob.
    fn other(&self, what: Other, when: When) {
        let people = &self.start.people;
        let wished = |tab: usize, at| self.tabs[tab].wished(at);
        let turned = match what {
            Other::Any { knob, to } => Some((Knob::all()[knob], choice(Knob::all()[knob], people, to))),
            Other::Overlap { tab, at, to } => wished(tab, at).map(|(knob, _)| (knob, choice(knob, people, to))),
            Other::Same { tab, at } => wished(tab, at).map(|(knob, wish)| (knob, wish.mine)),
            Other::Beside { tab, at, to } => wished(tab, at).and_then(|(wished, _)| {
                let beside = |knob: &&Knob| **knob != wished && knob.rules()[0] == wished.rules()[0];
                let knob = Knob::all().iter().find(beside).copied()?;
                Some((knob, choice(knob, people, to)))
            }),
        };
        let Some((knob, val)) = turned else { return };
        let edits = self.rules_with(knob, &val);
        if matches!(when, When::Now) {
            for (id, rule) in &edits {
                self.start.scene.other_edits(id, rule);
            }
        } else {
            self.arm(when, Kind::OtherEdits(edits));
        }
    }

    fn rules_with(&self, knob: Knob, val: &Val) -> Vec<(String, serde_json::Value)> {
        let scene = &self.start.scene;
        if read(scene.truth.borrow().now(), knob).is_none() {
            return Vec::new();
        }
        let rule = |id: &&str| {
            let mut rule = scene.rule(id)?;
            write(&mut rule, id, knob, val);
            Some(((*id).to_owned(), rule))
        };
        knob.rules().iter().filter_map(rule).collect()
    }

    /// Lets all saves end, then compares the whole policy.
    fn end(&mut self) -> Result<(), String> {
        for at in 0..TABS {
            self.tabs[at].go(ALL).map_err(|broken| format!("at the end: {broken}"))?;
        }
        self.tabs.iter().try_for_each(Tab::check_told)?;
        self.start.scene.check_truth()
    }
}
