//! Reads after a save from a replica that lags behind it, or even behind the read that it started from: they prove
//! nothing, drop no edit and hide no gap.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::RefCell;

use crate::sample::browser::Browser;
use crate::sample::saving::{Desk, GROUP, at_write, draft, finished, read, reads, states, stored, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::editing;
use pim_desk::desk::receipts::{self, Opening};
use pim_desk::desk::save::{Finished, NotStarted, Outcome, RuleState, Step, look_again, save, save_watched};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::{Draft, Policy, Requirement, RuleId, Setting, Value};
use pim_desk::receipt::{Author, Receipt, RuleEnd};
use pim_desk_tenant::{Effect, Fault, Seed};

const HOURS: Setting = Setting::ActivationDuration;
const NEED: Setting = Setting::ActivationRequirement;

/// A save that was read back, and the answer of a replica that does not have it yet.
struct Ground {
    browser: Browser,
    client: Desk,
    done: Finished,
    old: String,
}

fn saved(browser: &Browser, client: &Desk, edits: &[(Setting, Value)]) -> Finished {
    let policy = read(client, &subject(browser, GROUP));
    let mut draft = Draft::default();
    for (setting, value) in edits {
        draft.set(&policy, *setting, value.clone());
    }
    finished(block_on(save(client, &policy.subject, &draft, &|_| ())))
}

fn ground(seed: &Seed, first: &[(Setting, Value)], edits: &[(Setting, Value)]) -> Ground {
    let browser = Browser::new(seed);
    let client = browser.client("ana");
    assert!(saved(&browser, &client, first).is_complete());
    browser.pass(60_000);
    read(&client, &subject(&browser, GROUP));
    let old = browser.sent().last().map(|one| one.outcome.body.clone()).unwrap_or_default();
    let done = saved(&browser, &client, edits);
    assert!(done.is_complete(), "{:?}", states(&done));
    Ground { browser, client, done, old }
}

impl Ground {
    /// Undoes the save. The replica answers the reads with these numbers; number 0 is the one before the first write.
    fn undo(&self, numbers: &[u32], fault: Fault) -> (Outcome, Draft) {
        self.browser.play(numbers.iter().map(|number| self.lagging(*number)).chain([fault]).collect());
        let (undo, seen, patience) = (self.done.undo(), Some(&self.done.policy), Patience::default());
        let subject = &self.done.before.subject;
        (block_on(save_watched(&self.client, subject, &undo, None, seen, &|_| (), &patience)), undo)
    }

    /// The replica answers the read with this number.
    fn lagging(&self, number: u32) -> Fault {
        Fault {
            method: Some("GET".into()),
            path: "roleDefinitionId".into(),
            skip: number,
            times: Some(1),
            effect: Effect::Replace { status: 200, content_type: "application/json".into(), body: self.old.clone() },
        }
    }

    fn now(&self, setting: Setting) -> Option<Value> {
        read(&self.client, &self.done.before.subject).read(setting).value
    }
}

/// The receipt of the undo if the tab is closed once the write is being sent.
fn cut_short(ground: &Ground, at_its_write: Effect) -> Receipt {
    let kept: RefCell<Option<Receipt>> = RefCell::default();
    let guid = |number: u32| -> Guid { format!("00000000-0000-4000-8000-{number:012}").parse().unwrap() };
    let on_step = |step: Step<'_>| match step {
        Step::Planned(planned) => {
            let by = Author { tenant: guid(1), id: guid(2), name: "Ana".into() };
            let opening = Opening { id: guid(3), by, subject_name: String::new(), undoes: None, rollout: None };
            kept.replace(Some(receipts::open(opening, planned, ground.browser.now_ms())));
        }
        Step::Rules(rules) if rules.iter().any(|rule| rule.state == RuleState::Sending) => {
            if let Some(kept) = kept.borrow_mut().as_mut() {
                receipts::follow(kept, rules, ground.browser.now_ms());
            }
        }
        Step::Rules(_) => {}
    };
    ground.browser.play(vec![at_write("/rules/", 1, at_its_write)]);
    block_on(save(&ground.client, &ground.done.before.subject, &ground.done.undo(), &on_step));
    Receipt::from_json(&kept.take().unwrap().to_json()).unwrap()
}

#[test]
fn the_end_of_an_undo_cut_short_is_not_told_from_old_answers() {
    for (seed, old) in [(Seed::default(), 0..6), (Seed::default(), 2..5), (undated(), 0..5)] {
        let ground = ground(&seed, &[], &[hours()]);
        let receipt = cut_short(&ground, Effect::DropBefore);
        assert_eq!(receipt.rules[0].end, RuleEnd::Sending);
        ground.browser.play(old.map(|number| ground.lagging(number)).collect());
        let told = block_on(receipts::read_outcome(&ground.client, &receipt)).unwrap().unwrap();
        assert_eq!(told.rules[0].end, RuleEnd::Unknown);
        assert_eq!(stored(&ground.browser, RuleId::ActivationExpiration)["maximumDuration"], "PT2H");
    }
}

fn hours() -> (Setting, Value) {
    (HOURS, Value::Duration("PT2H".into()))
}

fn need(wanted: Requirement) -> (Setting, Value) {
    (NEED, Value::Requirement(wanted))
}

fn refused(path: &str) -> Fault {
    at_write(path, 1, Effect::Refuse { status: 400, retry_after: None })
}

#[test]
fn an_undo_that_never_arrived_is_not_done_because_old_answers_say_so() {
    let ground = ground(&Seed::default(), &[], &[hours()]);
    let (outcome, _) = ground.undo(&[1, 2], at_write("/rules/", 1, Effect::DropBefore));
    let undone = finished(outcome);
    assert_eq!(undone.rules[0].state, RuleState::Unknown);
    assert_eq!(stored(&ground.browser, RuleId::ActivationExpiration)["maximumDuration"], "PT2H");
    assert_eq!(undone.policy.read(HOURS).value, Some(hours().1), "the page shows what holds");
}

#[test]
fn a_look_again_does_not_believe_old_answers_either() {
    let ground = ground(&Seed::default(), &[], &[hours()]);
    let (outcome, _) = ground.undo(&[1, 2, 11, 12], at_write("/rules/", 1, Effect::DropBefore));
    let seen = block_on(look_again(&ground.client, finished(outcome))).unwrap();
    assert_eq!(seen.rules[0].state, RuleState::Unknown);
    assert_eq!(seen.policy.read(HOURS).value, Some(hours().1));
}

#[test]
fn a_pair_of_which_one_half_never_arrived_is_told_as_open() {
    let context = need(Requirement::Context("c1".into()));
    let ground = ground(&Seed::default(), &[context], &[need(Requirement::Mfa)]);
    let (outcome, _) = ground.undo(&[1, 2], at_write("AuthenticationContext", 1, Effect::DropBefore));
    let undone = finished(outcome);
    let ends = [RuleId::ActivationEnablement, RuleId::ActivationContext];
    assert_eq!(states(&undone), [(ends[0], RuleState::Verified), (ends[1], RuleState::Unknown)]);
    assert_eq!(ground.now(NEED), Some(Value::Requirement(Requirement::None)));
    assert_eq!(undone.exposed(), [NEED]);
}

#[test]
fn an_edit_that_was_refused_stays_though_old_answers_hold_it() {
    let expiry = (Setting::ActiveExpiry, Value::Duration("P15D".into()));
    let ground = ground(&Seed::default(), &[], &[hours(), expiry.clone()]);
    let (outcome, mut draft) = ground.undo(&[1, 2], refused("Expiration_Admin_Assignment"));
    let shown = editing::after(&outcome, &mut draft).cloned().unwrap();
    let undone = finished(outcome);
    assert_eq!(undone.rules[0].state, RuleState::Verified);
    assert!(draft.edit(expiry.0).is_some() && draft.len() == 1);
    assert_eq!(undone.left_of(&draft), 1);
    assert_eq!(shown.read(expiry.0).value, Some(expiry.1));
    assert_eq!(writes(&ground.browser).len(), 2);
}

#[test]
fn a_pair_of_which_one_half_was_refused_is_told_as_open_though_old_answers_hide_it() {
    for seed in [Seed::default(), undated()] {
        let context = need(Requirement::Context("c1".into()));
        let ground = ground(&seed, &[context], &[need(Requirement::Mfa)]);
        let (outcome, mut draft) = ground.undo(&[1, 2], refused("AuthenticationContext"));
        editing::after(&outcome, &mut draft);
        let undone = finished(outcome);
        assert_eq!(ground.now(NEED), Some(Value::Requirement(Requirement::None)));
        assert_eq!((undone.exposed(), draft.len()), (vec![NEED], 1), "keeps dates: {}", seed.keeps_dates);
    }
}

/// A service that does not date changes.
fn undated() -> Seed {
    Seed { keeps_dates: true, ..Seed::default() }
}

#[test]
fn without_dates_a_lost_write_is_read_for_longer() {
    let ground = ground(&undated(), &[], &[hours()]);
    let (outcome, _) = ground.undo(&[1, 2, 3], at_write("/rules/", 1, Effect::DropBefore));
    assert_eq!(finished(outcome).rules[0].state, RuleState::Unknown);

    let before = ground.browser.now_ms();
    let (outcome, _) = ground.undo(&[], at_write("/rules/", 1, Effect::DropAfter));
    assert!(finished(outcome).is_complete());
    assert!(ground.browser.now_ms() - before >= 10_000);
}

#[test]
fn a_save_does_not_start_from_answers_older_than_the_page() {
    let ground = ground(&Seed::default(), &[], &[hours()]);
    let (outcome, draft) = ground.undo(&[0, 1], at_write("none", 1, Effect::DropBefore));
    let undone = finished(outcome);
    assert_eq!((undone.is_complete(), undone.already.len(), writes(&ground.browser).len()), (true, 0, 1));
    assert_eq!(ground.now(HOURS), draft.edit(HOURS).map(|edit| edit.mine.clone()));
}

/// The page reads a policy that was never changed, and then one that was.
#[test]
fn a_policy_without_a_date_is_older_than_one_with_a_date() {
    let policy = |at: Option<&str>| {
        let mut policy: Policy = crate::sample::rules::policy();
        policy.modified_at = at.map(str::to_owned);
        policy
    };
    let (none, one, two) = (policy(None), policy(Some("2026-11-22T10:00:00Z")), policy(Some("2026-11-22T10:00:00.5Z")));
    assert!(editing::meanwhile(&Draft::default(), &one, &none).is_none());
    assert!(editing::meanwhile(&Draft::default(), &two, &one).is_none());
    for (seen, now) in [(&none, &none), (&none, &one), (&one, &one), (&one, &two)] {
        assert!(editing::meanwhile(&Draft::default(), seen, now).is_some());
    }
}

/// From a write on, replicas answer in turn for longer than any save takes: which of the reads are old, lowest bit
/// first.
fn in_turn(path: &str, old: u32) -> Fault {
    at_write(path, 1, Effect::Turns { ms: 600_000, old })
}

const PATTERNS: [u32; 4] = [0x5555_5555, 0xAAAA_AAAA, 0x6666_6666, 0xDDDD_DDDD];

#[test]
fn what_arrived_is_verified_though_old_answers_come_in_between() {
    let expiry = (Setting::ActiveExpiry, Value::Duration("P15D".into()));
    for old in PATTERNS {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        browser.play(vec![in_turn("/rules/", old)]);
        let done = saved(&browser, &client, &[hours(), expiry.clone()]);
        assert!(done.is_complete(), "{old:b}: {:?}", states(&done));
        assert_eq!((writes(&browser).len(), done.policy.read(HOURS).value), (2, Some(hours().1)));
    }
}

/// Reads after a write whose time is over at once, because the person stops or the computer sleeps.
#[test]
fn the_last_readings_do_not_count_old_answers() {
    for (old, is_stopped) in [(0xAAAA_AAAA, true), (0x5555_5555, true), (0xAAAA_AAAA, false), (0x6666_6666, false)] {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        let draft = draft(&read(&client, &subject(&browser, GROUP)), &[hours()]);
        browser.play(vec![in_turn("/rules/", old)]);
        let patience = Patience::default();
        let on_step = |step: Step<'_>| match step {
            Step::Rules([rule]) if rule.state == RuleState::Accepted && is_stopped => patience.stop(),
            Step::Rules([rule]) if rule.state == RuleState::Accepted => browser.sleep_over(60_000),
            _ => {}
        };
        let subject = subject(&browser, GROUP);
        let done = finished(block_on(save_watched(&client, &subject, &draft, None, None, &on_step, &patience)));
        assert!(done.is_complete(), "{old:b}, stopped: {is_stopped}");
    }
}

#[test]
fn a_new_save_is_not_refused_while_old_answers_come_in_between() {
    for old in PATTERNS {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        browser.play(vec![in_turn("/rules/", old)]);
        let done = saved(&browser, &client, &[hours()]);
        assert!(done.is_complete());
        let draft = draft(&done.policy, &[(HOURS, Value::Duration("PT3H".into()))]);
        let (subject, patience) = (&done.policy.subject, Patience::default());
        let again = save_watched(&client, subject, &draft, None, Some(&done.policy), &|_| (), &patience);
        let again = finished(block_on(again));
        assert!(again.is_complete(), "{old:b}: {:?}", states(&again));
        assert_eq!(again.before.read(HOURS).value, Some(hours().1));
        assert_eq!(stored(&browser, RuleId::ActivationExpiration)["maximumDuration"], "PT3H");
        assert_eq!(writes(&browser).len(), 2);
    }
}

#[test]
fn where_all_answers_are_old_reading_ends_and_nothing_is_sent() {
    let ground = ground(&Seed::default(), &[], &[hours()]);
    let numbers: Vec<u32> = (0..40).collect();
    let (outcome, _) = ground.undo(&numbers, at_write("none", 1, Effect::DropBefore));
    let Outcome::NotStarted(NotStarted::Unsteady) = outcome else { panic!("{outcome:?}") };
    assert_eq!((reads(&ground.browser), writes(&ground.browser).len()), (9, 0));
}

#[test]
fn a_first_half_that_arrived_is_seen_though_old_answers_come_in_between() {
    for old in PATTERNS {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        let lost = at_write("Enablement_EndUser", 1, Effect::DropAfter);
        browser.play(vec![lost, in_turn("Enablement_EndUser", old)]);
        let done = saved(&browser, &client, &[need(Requirement::Context("c1".into()))]);
        assert!(done.is_complete(), "{old:b}: {:?}", states(&done));
        assert_eq!(writes(&browser).len(), 2);
    }
}

#[test]
fn a_look_again_leaves_old_answers_out() {
    for old in PATTERNS {
        let ground = ground(&Seed::default(), &[], &[hours()]);
        let lags = at_write("/rules/", 1, Effect::Lag { ms: 120_000 });
        let late = finished(ground.undo(&[], lags).0);
        assert_eq!(late.rules[0].state, RuleState::NotVisibleYet);
        ground.browser.pass(120_000);
        let numbers: Vec<u32> = (0..32).filter(|at| old >> at & 1 == 1).collect();
        ground.browser.play(numbers.iter().map(|at| ground.lagging(*at)).collect());
        let seen = block_on(look_again(&ground.client, late)).unwrap();
        assert_eq!(seen.rules[0].state, RuleState::Verified, "{old:b}");
    }
}

#[test]
fn the_end_of_an_undo_cut_short_is_told_though_old_answers_come_in_between() {
    for old in PATTERNS {
        let ground = ground(&Seed::default(), &[], &[hours()]);
        let receipt = cut_short(&ground, Effect::DropAfter);
        let numbers: Vec<u32> = (0..32).filter(|at| old >> at & 1 == 1).collect();
        ground.browser.play(numbers.iter().map(|at| ground.lagging(*at)).collect());
        let told = block_on(receipts::read_outcome(&ground.client, &receipt)).unwrap().unwrap();
        assert_eq!(told.rules[0].end, RuleEnd::Verified, "{old:b}");
    }
}

#[test]
fn an_undo_that_never_arrived_is_not_done_however_often_old_answers_say_so() {
    for old in PATTERNS.into_iter().chain([u32::MAX]) {
        let ground = ground(&Seed::default(), &[], &[hours()]);
        let numbers: Vec<u32> = (1..32).filter(|at| old >> at & 1 == 1).collect();
        let (outcome, _) = ground.undo(&numbers, at_write("/rules/", 1, Effect::DropBefore));
        let undone = finished(outcome);
        assert_eq!(undone.rules[0].state, RuleState::Unknown, "{old:b}");
        assert!(reads(&ground.browser) <= 13);
        ground.browser.play(numbers.iter().map(|at| ground.lagging(*at)).collect());
        let seen = block_on(look_again(&ground.client, undone)).unwrap();
        assert_eq!(seen.rules[0].state, RuleState::Unknown, "{old:b}");
        assert_eq!(stored(&ground.browser, RuleId::ActivationExpiration)["maximumDuration"], "PT2H");
    }
}
