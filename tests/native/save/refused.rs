//! What is reported about the rules next to a refused one is true.

use crate::sample::browser::Browser;
use crate::sample::saving::{GROUP, at_write, draft, finished, read, run, states, subject};
use futures_executor::block_on;
use pim_desk::desk::save::{Finished, RuleState, Step, save_watched};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{RuleId, Setting, Value};
use pim_desk::text;
use pim_desk_tenant::{Effect, Fault, Seed};

const SENT: &str = ". Everything else does not depend on it and was sent.";
const NEEDED: &str =
    ". Verified rules stay saved. Rules not attempted would have weakened the policy, or depend on a refused one.";
const STOPPED: &str = ". Verified rules stay saved. The save stopped before the others.";
const NOTHING: &str = ").";

fn hours(text: &str) -> (Setting, Value) {
    (Setting::ActivationDuration, Value::Duration(text.into()))
}

fn mail(rule: RuleId) -> (Setting, Value) {
    (Setting::MailRecipients(rule), Value::Recipients(vec!["refused@contoso.com".into()]))
}

const MAIL: RuleId = RuleId::EligibleAssignee;
const OTHER: RuleId = RuleId::ActivationRequestor;

fn refuse(rule: RuleId, status: u16) -> Fault {
    at_write(rule.as_str(), 99, Effect::Refuse { status, retry_after: None })
}

fn words(finished: &Finished) -> String {
    text::policy::save::refused(finished).unwrap_or_default()
}

#[test]
fn what_is_said_of_the_others_is_true() {
    let expiry = RuleId::ActivationExpiration;
    for (name, edits, fault, ends) in [
        ("one alone", vec![mail(MAIL)], refuse(MAIL, 400), NOTHING),
        ("a mail and another", vec![mail(MAIL), mail(OTHER)], refuse(MAIL, 400), SENT),
        ("a mail and what weakens", vec![mail(MAIL), hours("PT8H")], refuse(MAIL, 400), NEEDED),
        ("an expiry and a mail", vec![hours("PT2H"), mail(MAIL)], refuse(expiry, 400), STOPPED),
        ("no right to write", vec![mail(MAIL), mail(OTHER)], refuse(MAIL, 403), STOPPED),
        ("no patience left", vec![mail(MAIL), mail(OTHER)], refuse(MAIL, 429), STOPPED),
    ] {
        let done = finished(run(&Browser::new(&Seed::default()), &edits, vec![fault]));
        let said = words(&done);
        assert!(said.ends_with(ends), "{name}: {said} {:?}", states(&done));
    }
}

#[test]
fn what_the_person_or_somebody_else_stopped_is_not_laid_to_the_refusal() {
    let browser = Browser::new(&Seed::default());
    let (client, subject) = (browser.client("ana"), subject(&browser, GROUP));
    let draft = draft(&read(&client, &subject), &[mail(MAIL), mail(OTHER)]);
    let patience = Patience::default();
    let stop = |step: Step<'_>| {
        if let Step::Rules(rules) = step
            && matches!(rules[0].state, RuleState::Failed(_))
        {
            patience.stop();
        }
    };
    browser.play(vec![refuse(MAIL, 400)]);
    let mut done = finished(block_on(save_watched(&client, &subject, &draft, None, None, &stop, &patience)));
    assert_eq!(done.rules[1].state, RuleState::NotAttempted);
    assert!(words(&done).ends_with(STOPPED), "{}", words(&done));
    done.rules[1].state = RuleState::Overtaken;
    assert!(words(&done).ends_with(NOTHING), "{}", words(&done));
}
