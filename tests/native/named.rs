//! What has exactly a name, in a directory where a search would show something else first.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use futures_executor::block_on;
use pim_desk::desk::directory;
use pim_desk::desk::exact_name::{self, Exactly};
use pim_desk::desk::imports::look_up;
use pim_desk::desk::rollout::resolve as resolve_list;
use pim_desk::directory::Group;
use pim_desk::graph::patience::Patience;
use pim_desk::policy::Access;
use pim_desk::rollout::paste;
use pim_desk::snapshot::import::resolve::{Unmatched, resolve};
use pim_desk::snapshot::{Import, Opened, open};
use pim_desk_tenant::{Effect, Fault, Seed};

const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

/// A directory in which forty groups come before two that are called just "Ops".
fn crowded(namesakes: usize) -> Browser {
    let browser = Browser::new(&Seed { groups: 200, ..Seed::default() });
    let ids: Vec<String> = {
        let tenant = browser.tenant();
        let plain = tenant.groups().iter().filter(|group| group.membership_rule.is_none() && !group.synced);
        plain.skip(40).map(|group| group.id.clone()).take(40 + namesakes).collect()
    };
    for (at, id) in ids.iter().enumerate() {
        let name = if at < 40 { format!("A{at:02} Ops") } else { "Ops".to_owned() };
        browser.tenant_mut().rename(id, &name);
    }
    browser
}

fn groups(browser: &Browser, names: &[&str]) -> Vec<Vec<Group>> {
    block_on(exact_name::groups(&browser.client("ana"), names, &Patience::default(), &|_| ())).unwrap().unwrap()
}

#[test]
fn namesakes_far_down_the_list_are_seen() {
    for namesakes in [0, 1, 2, 7] {
        let browser = crowded(namesakes);
        let found = groups(&browser, &["ops", "A07 Ops", "No such group", "It's 'quoted'"]);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [namesakes, 1, 0, 0]);
        let one = block_on(exact_name::one(&browser.client("ana"), "OPS")).unwrap();
        match (namesakes, one) {
            (0, Exactly::Nobody) | (2.., Exactly::Several) => {}
            (1, Exactly::One(entry)) => assert_eq!(entry.name(), "Ops"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_person_and_a_group_of_one_name_are_several() {
    let browser = crowded(1);
    let dana = browser.tenant().person("dana").unwrap().id.clone();
    let one = |text: &str| block_on(exact_name::one(&browser.client("ana"), text)).unwrap();
    assert!(matches!(one("dana@contoso.com"), Exactly::One(_)), "by the name she signs in with");
    assert!(matches!(one(&dana), Exactly::One(_)));
    browser.tenant_mut().rename(&dana, "Ops");
    assert_eq!(one("Ops"), Exactly::Several);
}

#[test]
fn a_guest_is_found_by_the_address_people_write_to() {
    let browser = Browser::new(&Seed { groups: 20, ..Seed::default() });
    let guest = browser.tenant().people().iter().find(|person| person.guest).unwrap().clone();
    assert_ne!(guest.upn, guest.mail);
    let client = browser.client("ana");
    for text in [guest.mail.to_uppercase(), guest.upn] {
        let Exactly::One(entry) = block_on(exact_name::one(&client, &text)).unwrap() else { panic!("{text}") };
        assert_eq!(entry.id().as_str(), guest.id);
    }
    let hits = block_on(directory::search(&client, &guest.mail)).unwrap();
    assert!(hits.entries.iter().any(|entry| entry.id().as_str() == guest.id), "{hits:?}");
}

#[test]
fn what_cannot_be_read_is_not_taken_for_not_there() {
    let browser = crowded(1);
    let body = r#"{"error":{"code":"Authorization_RequestDenied","message":"no"}}"#.to_owned();
    let no = Effect::Replace { status: 403, content_type: "application/json".into(), body };
    browser.play(vec![Fault { method: None, path: "/groups".into(), skip: 0, times: None, effect: no }]);
    let client = browser.client("ana");
    assert!(block_on(exact_name::one(&client, "dana@contoso.com")).is_err(), "a group may have the name too");
    assert!(block_on(look_up(&client, &import(&["Ops"]), &Patience::default(), &|_, _| ())).is_err());
}

#[test]
fn a_pasted_name_is_the_only_one_or_is_told_as_several() {
    for (namesakes, found) in [(1, 1), (2, 0)] {
        let browser = crowded(namesakes);
        let entries = paste::entries("Ops\nA03 Ops\nNo such group").0;
        let (client, patience) = (browser.client("ana"), Patience::default());
        let resolved = block_on(resolve_list(&client, &entries, &[Access::Member], &patience)).unwrap().unwrap();
        assert_eq!(resolved.targets.len(), found + 1);
        assert_eq!(resolved.several, if namesakes > 1 { vec!["Ops".to_owned()] } else { Vec::new() });
        assert_eq!(resolved.unknown, ["No such group"]);
    }
    // If the roles cannot be read, one of them may have the name.
    let browser = crowded(1);
    let entries = paste::entries("Ops").0;
    let client = browser.client_with_roles("ana");
    let resolve = || block_on(resolve_list(&client, &entries, &[Access::Member], &Patience::default()));
    assert_eq!(resolve().unwrap().unwrap().targets.len(), 1);
    let body = r#"{"error":{"code":"Authorization_RequestDenied","message":"no"}}"#.to_owned();
    let no = Effect::Replace { status: 403, content_type: "application/json".into(), body };
    browser.play(vec![Fault { method: None, path: "/roleDefinitions".into(), skip: 0, times: None, effect: no }]);
    assert!(resolve().is_err());
    // The same for an ID that is not a group's; a group's ID needs no roles.
    let pasted = |id: &str| {
        let entries = paste::entries(id).0;
        block_on(resolve_list(&client, &entries, &[Access::Member], &Patience::default()))
    };
    assert!(pasted(GLOBAL_ADMINISTRATOR).is_err());
    let group = browser.tenant().group("Ops").unwrap().id.clone();
    assert_eq!(pasted(&group).unwrap().unwrap().targets.len(), 1);
    browser.play(Vec::new());
    assert_eq!(pasted(GLOBAL_ADMINISTRATOR).unwrap().unwrap().targets.len(), 1);
}

#[test]
fn where_roles_may_not_be_read_what_was_not_found_is_not_said_to_be_nowhere() {
    let browser = crowded(1);
    let resolved = |list: &str| {
        let entries = paste::entries(list).0;
        let client = browser.client("ana");
        block_on(resolve_list(&client, &entries, &[Access::Member], &Patience::default())).unwrap().unwrap()
    };
    let found = resolved(GLOBAL_ADMINISTRATOR);
    assert!(found.without_roles && found.unknown == [GLOBAL_ADMINISTRATOR], "{found:?}");
    assert!(!resolved("Ops").without_roles);
}

#[test]
fn a_pasted_list_is_looked_up_no_further_once_the_person_says_so() {
    let browser = crowded(1);
    let client = browser.client("ana");
    let many: Vec<String> = (0..400).map(|at| format!("Nothing {at}")).collect();
    let entries = paste::entries(&many.join("\n")).0;
    let patience = Patience::default();
    let before = browser.sent().len();
    let looked_up = resolve_list(&client, &entries, &[Access::Member], &patience);
    patience.stop();
    assert_eq!(block_on(looked_up), Ok(None));
    assert_eq!(browser.sent().len(), before, "nothing is asked after that");
}

fn import(names: &[&str]) -> Import {
    let rows: Vec<String> = names.iter().map(|name| format!("\"{name}\",PT1H\n")).collect();
    let Ok(Opened::Import(import)) = open(format!("GroupName,ActivationDuration\n{}", rows.concat()).as_bytes()) else {
        panic!("not read")
    };
    import
}

#[test]
fn an_import_s_names_go_in_batches_and_end_when_the_person_says_so() {
    let browser = crowded(2);
    let names: Vec<String> = (0..40).map(|at| format!("A{at:02} Ops")).chain(["Ops".to_owned()]).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let import = import(&names);
    let client = browser.client("ana");
    let known = block_on(look_up(&client, &import, &Patience::default(), &|_, _| ())).unwrap().unwrap();
    assert_eq!(browser.sent().len(), 3, "forty-one names in three calls");
    let resolved = resolve(&import, &known, Some(Access::Member));
    assert_eq!((resolved.items.len(), &resolved.left[0].2), (40, &Unmatched::Several));
    let many: Vec<String> = (0..400).map(|at| format!("Nothing {at}")).collect();
    let import = self::import(&many.iter().map(String::as_str).collect::<Vec<_>>());
    let patience = Patience::default();
    let sent = browser.sent().len();
    let stop = |_: usize, _: usize| patience.stop();
    assert_eq!(block_on(look_up(&client, &import, &patience, &stop)), Ok(None));
    assert!(browser.sent().len() <= sent + 7, "nothing more is asked after that");
}
