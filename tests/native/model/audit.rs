//! Judges one save by what went over the wire: what it had to request, what it was allowed to send, and what it may
//! truthfully report.

mod beside;
mod exposure;
mod reading;

use std::collections::{BTreeMap, BTreeSet};

use pim_desk::desk::save::{NotStarted, Outcome};
use serde_json::Value as Json;

use super::drive;
use super::knob::{Knob, Rules, Val, is_mail, listed, part, read, with_part, without};
use super::wire::{Asked, Event};
use reading::{MOST_TRIED, Reading, ground, readings, telling, tries};

/// What a person wants for a knob.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// Its value on screen when the person turned it.
    pub base: Val,
    pub mine: Val,
}

pub type Wishes = BTreeMap<Knob, Wish>;

/// A save as an observer knows it.
pub struct Case<'a> {
    pub wishes: &'a Wishes,
    /// The rules as the page last read them before the save.
    pub screen: &'a Rules,
    /// When the policy had last been changed, according to that read.
    pub screen_dated: Option<&'a str>,
    pub events: &'a [Event],
    /// `None` if the tab was closed before the end.
    pub outcome: Option<&'a Outcome>,
    /// Whether nothing could disturb it: no fault, nobody else, a token, nothing unusual in the policy.
    pub clear: bool,
    /// Whether there was no token at the end.
    pub signed_out: bool,
    /// When the person stopped it, if they did.
    pub stopped_at: Option<usize>,
}

/// What is known about a save that sent something, or could have.
#[derive(Default)]
pub struct Judged {
    /// Rules that were read back as wanted, with each knob they carried.
    pub verified: Vec<(String, Knob)>,
    /// Knobs that can be undone, because at least one of their rules was read back: the value before, and the value
    /// that the save left.
    pub left: BTreeMap<Knob, (Val, Val)>,
    /// The rules as the page last saw them.
    pub last: Option<Rules>,
    /// The moment of the read that the save started from.
    pub since: usize,
    /// Whether a read after the first write is certainly newer than the one the save started from.
    pub is_newer: bool,
    /// Knobs that were read back in all rules they change, or had the wanted value already.
    pub done: BTreeSet<Knob>,
}

/// What is reported of each rule: its ID, the knobs it carried, its state.
pub type Told = [(String, Vec<Knob>, String)];

type Verdict<T> = Result<T, String>;

fn must(holds: bool, words: impl FnOnce() -> String) -> Verdict<()> {
    if holds { Ok(()) } else { Err(words()) }
}

/// Judges a save.
pub fn judge(case: &Case<'_>) -> Verdict<Judged> {
    let reads = readings(case);
    let writes = case.events.iter().filter(|event| event.is_write()).count();
    let last_of = |reads: &[Reading<'_>]| reads.iter().rfind(|read| !read.is_old).map(|read| read.rules.clone());
    if case.outcome == Some(&Outcome::NotStarted(NotStarted::Stopped)) {
        must(writes == 0 && case.stopped_at.is_some(), || "stopped by nobody, or after a write".into())?;
        return Ok(Judged { last: last_of(&reads), ..Judged::default() });
    }
    let Some(&Reading { at: first_at, rules: before, dated, .. }) = ground(case, &reads) else {
        must(writes == 0, || "wrote without having read".into())?;
        let fits = match case.outcome {
            None | Some(Outcome::NotStarted(NotStarted::Error(_) | NotStarted::NoPolicy(_))) => true,
            Some(Outcome::NotStarted(why)) => *why == NotStarted::Unsteady && tries(&reads) == MOST_TRIED,
            Some(_) => false,
        };
        must(fits && !case.clear, || format!("nothing could be read, and it said {:?}", case.outcome))?;
        return Ok(Judged { last: last_of(&reads), ..Judged::default() });
    };
    let since = case.events[first_at].at;
    let last = last_of(&reads);
    let theirs = |knob| read(before, knob);
    let now_is = |knob, val: &Val| theirs(knob).as_ref() == Some(val);
    let conflicts: BTreeSet<Knob> = (case.wishes.iter())
        .filter(|(knob, wish)| !now_is(**knob, &wish.mine) && !now_is(**knob, &wish.base))
        .map(|(knob, _)| *knob)
        .collect();
    if !conflicts.is_empty() {
        must(writes == 0, || format!("wrote over a conflict in {conflicts:?}"))?;
        if let Some(outcome) = case.outcome {
            let Outcome::Conflicts { conflicts: told, .. } = outcome else {
                return Err(format!("a conflict in {conflicts:?} was not told: {outcome:?}"));
            };
            let told: BTreeSet<Knob> = told.iter().map(|one| drive::knob(one.setting)).collect();
            must(told == conflicts, || format!("conflicts in {conflicts:?}, told {told:?}"))?;
        }
        return Ok(Judged { last, since, ..Judged::default() });
    }
    if cannot_be(case.wishes, before, None) {
        must(writes == 0, || "sent what cannot be".into())?;
        let fits = matches!(case.outcome, None | Some(Outcome::NotStarted(NotStarted::Invalid { .. })));
        must(fits, || format!("what cannot be saved was not told: {:?}", case.outcome))?;
        return Ok(Judged { last, since, ..Judged::default() });
    }
    let wanted: BTreeMap<Knob, Val> = (case.wishes.iter())
        .filter(|(knob, wish)| !now_is(**knob, &wish.mine))
        .map(|(knob, wish)| (*knob, wish.mine.clone()))
        .collect();
    let run = Run { case, before, dated, wanted: &wanted, reads: &reads, rules: rules_to_write(before, &wanted) };
    let sent = run.follow(first_at)?;
    run.never_weaker()?;
    run.no_stop_in_between()?;
    match case.outcome {
        None => Ok(Judged { last, since, ..Judged::default() }),
        Some(Outcome::Finished(finished)) => {
            let already: BTreeSet<Knob> = finished.already.iter().map(|setting| drive::knob(*setting)).collect();
            let expected = case.wishes.keys().filter(|knob| !wanted.contains_key(knob)).copied().collect();
            must(already == expected, || format!("{expected:?} were so already, told {already:?}"))?;
            must(drive::rules(&finished.before) == *before, || "tells another policy as the one before".into())?;
            let told = drive::told(finished);
            run.ends(&told, &sent)?;
            let verified = saved(&told);
            let left = left(&verified, before, &wanted);
            let is_newer = reads.iter().any(|read| read.at > sent.first_write && !read.is_old && read.dated > dated);
            let done = already.into_iter().chain(whole(&told)).collect();
            Ok(Judged { verified, left, last, since, is_newer, done })
        }
        Some(other) => Err(format!("had to run: {other:?}")),
    }
}

/// The rules that are reported as saved, each with the knobs it carried.
pub fn saved(told: &Told) -> Vec<(String, Knob)> {
    let verified = told.iter().filter(|(_, _, end)| end == "Verified");
    verified.flat_map(|(rule, knobs, _)| knobs.iter().map(|knob| (rule.clone(), *knob))).collect()
}

/// The knobs that are reported as saved in every rule they change.
pub fn whole(told: &Told) -> BTreeSet<Knob> {
    let of = |verified: bool| {
        let rules = told.iter().filter(move |(_, _, end)| (end == "Verified") == verified);
        rules.flat_map(|(_, knobs, _)| knobs.iter().copied()).collect::<BTreeSet<Knob>>()
    };
    &of(true) - &of(false)
}

/// The knobs that can be undone: the value before, and the value that the save left.
pub fn left(verified: &[(String, Knob)], before: &Rules, wanted: &BTreeMap<Knob, Val>) -> BTreeMap<Knob, (Val, Val)> {
    let mut left = BTreeMap::new();
    for (rule, knob) in verified {
        let Some(start) = read(before, *knob) else { continue };
        let (_, stands) = left.entry(*knob).or_insert((start.clone(), start));
        *stands = with_part(stands, &wanted[knob], rule);
    }
    left
}

/// Whether the policy would require approval that nobody can give, or an end without a duration, in this rule or in any.
fn cannot_be(wishes: &Wishes, before: &Rules, rule: Option<&str>) -> bool {
    let value = |knob| wishes.get(&knob).map(|wish| wish.mine.clone()).or_else(|| read(before, knob));
    let touched = |one: Knob, other| {
        (wishes.contains_key(&one) || wishes.contains_key(&other)) && rule.is_none_or(|id| one.rules().contains(&id))
    };
    let nobody = touched(Knob::Approval, Knob::Approvers)
        && value(Knob::Approval) == Some(Val::On(true))
        && value(Knob::Approvers).is_some_and(|val| val == Val::Names(BTreeSet::new()));
    let endless = |forever, until| {
        touched(forever, until) && value(forever) == Some(Val::On(false)) && value(until) == Some(Val::Time(None))
    };
    nobody || endless(Knob::EligibleForever, Knob::EligibleUntil) || endless(Knob::ActiveForever, Knob::ActiveUntil)
}

/// The rules that these knobs change, each with its knobs.
fn rules_to_write(before: &Rules, wanted: &BTreeMap<Knob, Val>) -> BTreeMap<String, Vec<Knob>> {
    let mut rules: BTreeMap<String, Vec<Knob>> = BTreeMap::new();
    for (knob, val) in wanted {
        for rule in knob.rules() {
            if read(before, *knob).is_none_or(|now| part(&now, rule) != part(val, rule)) {
                rules.entry(rule.to_owned()).or_default().push(*knob);
            }
        }
    }
    rules
}

/// The most writes of one rule: four while Microsoft limits requests, and three to new IDs.
const MOST_TRIES: usize = 7;

/// The most reads before those that verify: an ID was looked up, or a read was due.
const MOST_BETWEEN: usize = 3;

/// The most reads to see whether the first write of a swap of MFA and context, whose answer was lost, was applied.
const MOST_ARRIVES: usize = 8;

struct Run<'a> {
    case: &'a Case<'a>,
    before: &'a Rules,
    /// When the policy had last been changed, according to that read.
    dated: Option<&'a str>,
    reads: &'a [Reading<'a>],
    wanted: &'a BTreeMap<Knob, Val>,
    rules: BTreeMap<String, Vec<Knob>>,
}

/// The last answer to the write of each rule, and where the first and last writes are among the events.
struct Sent<'a> {
    answers: BTreeMap<&'a str, &'a Event>,
    last_write: usize,
    first_write: usize,
}

impl Run<'_> {
    /// Follows the writes: only what was edited, as whole rules based on the last read, one at a time, twice
    /// only if nothing was applied, and nothing after a failure that must stop the save.
    fn follow(&self, first_at: usize) -> Verdict<Sent<'_>> {
        let first_write = self.case.events.iter().position(Event::is_write).unwrap_or(first_at);
        let mut sent = Sent { answers: BTreeMap::new(), last_write: first_at, first_write };
        let mut newest = self.before;
        let mut halted: Option<String> = None;
        let mut pending: Option<&str> = None;
        let mut failed = false;
        let mut tries: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, event) in self.case.events.iter().enumerate().skip(first_at + 1) {
            let Asked::Write { rule, body, policy } = &event.asked else {
                let read = self.reads.iter().find(|read| read.at == at && !read.is_old);
                newest = read.map_or(newest, |read| read.rules);
                continue;
            };
            let Some(knobs) = self.rules.get(rule) else { return Err(format!("wrote {rule}, which nobody edited")) };
            if let Some(before) = pending.filter(|before| *before != rule) {
                let answer = sent.answers[before];
                if !self.need_not_be_sent_again(before, answer) {
                    failed |= !answer.is_accepted();
                    halted = halted.or_else(|| Self::halts(answer));
                }
            }
            must(!failed || !knobs.iter().any(|knob| self.weakens(*knob)), || {
                format!("wrote {rule}, which weakens, after another had failed")
            })?;
            must(halted.is_none() || self.closes_after_a_loss(at, rule), || {
                format!("wrote {rule} after {}", halted.as_deref().unwrap_or_default())
            })?;
            if let Some(earlier) = sent.answers.get(rule.as_str()) {
                must(pending == Some(rule) && earlier.may_be_sent_again(), || {
                    format!("wrote {rule} twice, first answer {:?}", earlier.seen)
                })?;
                let moved = matches!(&earlier.asked, Asked::Write { policy: before, .. } if before != policy);
                must(moved || earlier.status() != Some(404), || format!("wrote {rule} twice to the same id"))?;
                *tries.entry(rule).or_insert(1) += 1;
                must(tries[rule.as_str()] <= MOST_TRIES, || format!("wrote {rule} again and again"))?;
            }
            must(!self.is_overtaken(rule, newest, &sent), || format!("wrote {rule} over someone else's change"))?;
            self.body(rule, knobs, body, newest)?;
            if event.is_open() && !event.may_be_sent_again() {
                halted = Some(format!("{:?} to {rule}", event.seen));
            }
            pending = Some(rule);
            sent.answers.insert(rule, event);
            sent.last_write = at;
        }
        let since = self.case.stopped_at.unwrap_or(usize::MAX);
        let after_stop =
            self.case.events.iter().filter(|event| event.is_write() && event.at > since && !self.closes_a_gap(event));
        let after_stop = after_stop.count();
        must(after_stop <= 1, || format!("wrote {after_stop} rules after the person had stopped it"))?;
        Ok(sent)
    }

    /// Why nothing may be sent after this answer, if so.
    fn halts(event: &Event) -> Option<String> {
        let Asked::Write { rule, .. } = &event.asked else { return None };
        let refused = !event.is_accepted();
        let locked_out = matches!(event.status(), Some(401 | 403 | 429));
        (event.is_open() || refused && (locked_out || !is_mail(rule))).then(|| format!("{:?} to {rule}", event.seen))
    }

    /// The body is the rule as last read with the wanted knobs turned, and nothing else.
    fn body(&self, rule: &str, knobs: &[Knob], body: &Json, newest: &Rules) -> Verdict<()> {
        let Some(stands) = newest.get(rule) else { return Err(format!("wrote {rule}, which was not read")) };
        let (mut left, mut right) = (stands.clone(), body.clone());
        for knob in knobs {
            let places = knob.rules().into_iter().filter_map(|id| Some((id.to_owned(), newest.get(id)?.clone())));
            let mut turned: Rules = places.collect();
            turned.insert(rule.to_owned(), body.clone());
            let says = read(&turned, *knob).map(|val| part(&val, rule));
            must(says == Some(part(&self.wanted[knob], rule)), || format!("{rule} does not say {knob:?}: {body}"))?;
            without(&mut left, rule, *knob);
            without(&mut right, rule, *knob);
            let kept = listed(body, *knob);
            for (name, entry) in listed(stands, *knob) {
                let is = |other: &&(String, Json)| other.0 == name;
                must(kept.iter().find(is).is_none_or(|other| other.1 == entry), || {
                    format!("{rule}: {entry} is changed")
                })?;
            }
        }
        must(left == right, || format!("{rule} changes more than {knobs:?}:\n  was  {left}\n  sent {right}"))
    }

    /// Compares what is reported of each rule with what can be known.
    fn ends(&self, told: &Told, sent: &Sent<'_>) -> Verdict<()> {
        let listed: BTreeMap<String, Vec<Knob>> =
            told.iter().map(|(rule, knobs, _)| (rule.clone(), knobs.clone())).collect();
        must(listed == self.rules && told.len() == listed.len(), || {
            format!("rules to write {:?}, told {listed:?}", self.rules)
        })?;
        // Old reads do not count between two that agree.
        let settled = telling(&self.reads[self.reads.partition_point(|read| read.at <= sent.last_write)..]);
        // The reads before those that verify.
        let between = told.iter().any(|(_, _, end)| matches!(end.as_str(), "Failed" | "Overtaken"));
        let halved = self.is_switch() && sent.answers.values().any(|event| event.is_open());
        let skipped = usize::from(between) * MOST_BETWEEN + usize::from(halved) * MOST_ARRIVES;
        let certain = settled.get(skipped..).unwrap_or_default();
        for (rule, knobs, end) in told {
            let holds = |rules: &Rules| {
                let at = |knob: &Knob| read(rules, *knob).map(|val| part(&val, rule));
                knobs.iter().all(|knob| at(knob) == Some(part(&self.wanted[knob], rule)))
            };
            let twice = |reads: &[&Reading<'_>], counts: &dyn Fn(&Reading<'_>) -> bool| {
                reads.windows(2).any(|pair| pair.iter().all(|read| holds(read.rules)) && counts(pair[1]))
            };
            let answer = sent.answers.get(rule.as_str());
            let unsettled = answer.is_some_and(|event| event.is_accepted() || event.is_open());
            let taken = answer.is_some_and(|event| self.need_not_be_sent_again(rule, event));
            must(end != "Verified" || (unsettled || taken) && twice(&settled, &|_| true), || {
                format!("{rule} was not read back twice")
            })?;
            // For a lost write only reads that are newer than the start are certain.
            let proves =
                |read: &Reading<'_>| answer.is_some_and(|event| event.is_accepted()) || read.dated > self.dated;
            must(end == "Verified" || !(unsettled && twice(certain, &proves)), || {
                format!("{rule} was read back, told {end}")
            })?;
            let expected = match answer {
                Some(_) if end == "Verified" => "Verified",
                // Someone else changed it first, as a read must have shown.
                answer if end == "Overtaken" && answer.is_none_or(|event| event.may_be_sent_again()) => {
                    let seen = self.reads.iter().any(|read| self.is_overtaken(rule, read.rules, sent));
                    if seen { "Overtaken" } else { "not changed by anybody" }
                }
                // Without a token, or without the read that is due first, the write is not even sent.
                None if end == "Failed" && (self.case.signed_out || self.read_failed()) => "Failed",
                None => "NotAttempted",
                Some(event) if event.is_accepted() || taken && end == "NotVisibleYet" => "NotVisibleYet",
                // Microsoft asked to wait, and then the read that was due failed.
                Some(event) if end == "Failed" && event.may_be_sent_again() && self.read_failed() => "Failed",
                Some(event) if event.may_be_sent_again() && event.status() != Some(503) => "Failed",
                Some(event) if event.is_open() => "Unknown",
                Some(_) => "Failed",
            };
            must(end == expected, || format!("{rule} is {expected}, told {end}"))?;
            must(end == "Verified" || !self.case.clear, || format!("{rule} is {end} though nothing stood in the way"))?;
        }
        let gave_up = told.iter().any(|(_, _, end)| end == "Overtaken") || self.case.stopped_at.is_some();
        if gave_up { Ok(()) } else { self.all_attempted(sent) }
    }

    /// A save does not give up while nothing stops it.
    fn all_attempted(&self, sent: &Sent<'_>) -> Verdict<()> {
        let stopped = self.case.signed_out || sent.answers.values().any(|event| Self::halts(event).is_some());
        let failed = sent.answers.values().any(|event| !event.is_accepted());
        let mut left = self.rules.iter().filter(|(rule, _)| !sent.answers.contains_key(rule.as_str()));
        let without_reason = left.find(|(_, knobs)| {
            let waits = knobs.iter().any(|knob| self.may_weaken(*knob));
            !(stopped || self.read_failed() || failed && waits)
        });
        must(without_reason.is_none(), || format!("did not try {without_reason:?}"))
    }

    /// Whether a read failed or was old.
    fn read_failed(&self) -> bool {
        self.case.events.iter().any(|event| !event.is_write() && event.shown.is_none())
            || self.reads.iter().any(|read| read.is_old)
    }
}
