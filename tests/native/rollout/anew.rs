//! The source of a copy is read again for each plan: its targets get what it has then, never what it had when it was
//! chosen.

use std::cell::Cell;

use super::{me, named, read};
use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::nobody::Nobody;
use crate::sample::rolling::{Page, copy, in_pim, item, members, record, tenant, works};
use futures_executor::block_on;
use pim_desk::desk::policies::NoPolicy;
use pim_desk::desk::rollout::{Seen, look, look_from, run};
use pim_desk::graph::Error;
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Policy, Setting, Subject, Value};
use pim_desk::rollout::choice::{Choice, Values, offers};
use pim_desk::rollout::record::End;
use pim_desk::rollout::shift::{offered, shifts};
use pim_desk::text::rollout::shift::line;
use pim_desk_tenant::{Effect, Fault};

const PICKED: [Setting; 1] = [Setting::ActivationDuration];

type Anew = Result<Result<(Policy, Vec<Seen>), NoPolicy>, Error>;

fn hours(text: &str) -> Value {
    Value::Duration(text.into())
}

fn ground() -> (Browser, Subject, Vec<Subject>) {
    let browser = tenant(14);
    let source = named(&browser, "Tier-0 Operators");
    let others = in_pim(&browser).iter().map(members).filter(|subject| *subject != source).take(5).collect();
    save(&browser, &source, "PT8H");
    (browser, source, others)
}

/// Someone saves another longest activation.
fn save(browser: &Browser, subject: &Subject, value: &str) {
    let items = vec![item(subject.clone(), &[(Setting::ActivationDuration, hours(value))])];
    let client = browser.client_with_checks("ana");
    let seen = block_on(look(&client, items, &me(), &Patience::default(), &|_, _| ()));
    let page = Page::default();
    let (world, client) = slow_client(browser, "ana", 10);
    let ended = world.run(run(&client, &works(&seen), record(), &page.control, &page));
    assert!(ended.targets.iter().all(|entry| entry.end == End::Saved), "{ended:?}");
}

fn planned(browser: &Browser, source: &Subject, targets: &[Subject], patience: &Patience) -> Anew {
    let client = browser.client_with_checks("ana");
    let items = |policy: &Policy| copy(policy, &PICKED, targets);
    block_on(look_from(&client, source, items, &me(), patience, &|_, _| ()))
}

/// What the last client asked of Graph: method, address and body.
fn sent(browser: &Browser) -> Vec<(String, String, String)> {
    let all = browser.sent();
    let requests = all.iter().map(|one| &one.request);
    requests.map(|request| (request.method.clone(), request.url.clone(), request.body.clone())).collect()
}

#[test]
fn the_targets_get_what_the_source_has_when_the_plan_is_made() {
    let (browser, source, targets) = ground();
    let chosen = read(&browser, &source);
    save(&browser, &source, "PT1H");
    let (now, seen) = planned(&browser, &source, &targets, &Patience::default()).unwrap().unwrap();
    let asked = sent(&browser);
    let of = |subject: &Subject, text: &str| text.contains(subject.id().as_str());
    assert!(asked[0].0 == "GET" && of(&source, &asked[0].1), "the source is read first: {asked:?}");
    let targets_in =
        |(_, url, body): &(String, String, String)| targets.iter().any(|target| of(target, url) || of(target, body));
    assert!(!targets_in(&asked[0]) && asked[1..].iter().any(targets_in), "then the targets: {asked:?}");
    assert!(asked.iter().all(|(method, _, _)| method != "PATCH"));
    assert_eq!(seen.len(), targets.len());
    assert!(seen.iter().all(|one| one.item.wanted == [(Setting::ActivationDuration, hours("PT1H"))]), "{seen:?}");

    let told = shifts(&offered(offers(&chosen)), &offered(offers(&now)), &PICKED);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].before.clone(), told[0].now.clone()), (Some(hours("PT8H")), Some(hours("PT1H"))));
    assert_eq!(line(&told[0], &Nobody), "Activation maximum duration (hours): now 1 h, before 8 h");

    let page = Page::default();
    let (world, client) = slow_client(&browser, "ana", 10);
    let ended = world.run(run(&client, &works(&seen), record(), &page.control, &page));
    assert!(ended.targets.iter().all(|entry| entry.end == End::Saved), "{ended:?}");
    let patches: Vec<_> = sent(&browser).into_iter().filter(|(method, _, _)| method == "PATCH").collect();
    assert!(!patches.is_empty());
    assert!(patches.iter().all(|(_, _, body)| body.contains("PT1H") && !body.contains("PT8H")), "{patches:?}");
    for target in &targets {
        assert!(read(&browser, target).read(Setting::ActivationDuration).value.unwrap().means(&hours("PT1H")));
    }
}

#[test]
fn each_time_the_plan_is_read_again_the_source_is_too() {
    let (browser, source, targets) = ground();
    for value in ["PT3H", "PT4H"] {
        save(&browser, &source, value);
        let (_, seen) = planned(&browser, &source, &targets, &Patience::default()).unwrap().unwrap();
        assert!(seen.iter().all(|one| one.item.wanted == [(Setting::ActivationDuration, hours(value))]), "{seen:?}");
    }
}

#[test]
fn of_a_source_that_cannot_be_read_no_target_is_read() {
    let (browser, source, targets) = ground();
    browser.play(vec![Fault {
        method: Some("GET".into()),
        path: source.id().to_string(),
        skip: 0,
        times: Some(1),
        effect: Effect::Refuse { status: 403, retry_after: None },
    }]);
    let failed = planned(&browser, &source, &targets, &Patience::default());
    assert_eq!(failed.unwrap_err().status(), Some(403));
    assert_eq!(sent(&browser).len(), 1);
    let gone: Subject = "groups/00000000-0000-4000-8000-00000000dead/member".parse().unwrap();
    let none = planned(&browser, &gone, &targets, &Patience::default());
    assert!(!matches!(none, Ok(Ok(_))), "{none:?}");
    let asked = sent(&browser);
    assert!(asked.iter().all(|(_, url, body)| {
        !targets.iter().any(|target| [url, body].iter().any(|text| text.contains(target.id().as_str())))
    }));
}

#[test]
fn a_stop_ends_it_before_the_targets() {
    let (browser, source, targets) = ground();
    let patience = Patience::default();
    let client = browser.client_with_checks("ana");
    let asked = Cell::new(0);
    patience.stop();
    let items = |policy: &Policy| {
        asked.set(asked.get() + 1);
        copy(policy, &PICKED, &targets)
    };
    let found = block_on(look_from(&client, &source, items, &me(), &patience, &|_, _| ()));
    assert!(matches!(&found, Ok(Ok((_, seen))) if seen.is_empty()), "{found:?}");
    assert_eq!(asked.get(), 0);
}

#[test]
fn what_the_person_saw_is_kept_with_the_choice_and_an_older_text_is_still_read() {
    let values = Values { title: "T".into(), settings: Vec::new(), class: None, from: Some("tier-0".into()) };
    let seen = Some(vec![(Setting::ActivationDuration, hours("PT8H"))]);
    let choice = Choice { values: Some(values), seen, ..Choice::default() };
    let text = choice.kept(0).unwrap();
    assert_eq!(Choice::restored(&text, 1), choice);
    let older = text.replace(r#","from":"tier-0""#, "").replace("\"seen\":", "\"other\":");
    let read = Choice::restored(&older, 1);
    assert_eq!((read.values.unwrap().from, read.seen), (None, None), "{older}");
}
