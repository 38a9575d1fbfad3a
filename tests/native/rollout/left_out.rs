//! The names of what an undo leaves out: from the record of the change that it undoes, and if that is gone, looked up.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use crate::sample::rolling::{guid, in_pim, members, record, tenant};
use futures_executor::block_on;
use pim_desk::desk::rollout::{name, nameless, resolve};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Access, Setting, Subject};
use pim_desk::rollout::kept::KeptProposal;
use pim_desk::rollout::record::Record;
use pim_desk::rollout::{Proposal, Target, Unsure, undo};

/// An undo as it is found after a reload: without names.
fn restored(subjects: &[Subject]) -> Proposal {
    let one = |subject: &Subject| Unsure {
        target: Target { subject: subject.clone(), name: "Known before".into() },
        settings: vec![Setting::ActiveMfa],
    };
    let left_out = subjects.iter().map(one).collect();
    let proposal = Proposal { title: "Undo: Copy".into(), items: Vec::new(), undoes: Some(guid(7)), left_out };
    let kept = serde_json::to_string(&KeptProposal::of(&proposal)).unwrap();
    let proposal = serde_json::from_str::<KeptProposal>(&kept).unwrap().proposal();
    assert!(proposal.left_out.iter().all(|one| one.target.name.is_empty() && one.settings == [Setting::ActiveMfa]));
    proposal
}

/// Names what has no name as the page does; returns what was asked for.
fn look_up(browser: &Browser, who: &str, roles: bool, proposal: &mut Proposal) -> usize {
    let client = if roles { browser.client_with_roles(who) } else { browser.client(who) };
    let entries = nameless(proposal.left_out.iter().map(|one| &one.target));
    let found = block_on(resolve(&client, &entries, &[], &Patience::default())).unwrap().unwrap();
    name(proposal.left_out.iter_mut().map(|one| &mut one.target), &found.targets);
    entries.len()
}

fn names(proposal: &Proposal) -> Vec<&str> {
    proposal.left_out.iter().map(|one| one.target.name.as_str()).collect()
}

fn name_of(browser: &Browser, subject: &Subject) -> String {
    let tenant = browser.tenant();
    tenant.groups().iter().find(|group| group.id == subject.id().as_str()).unwrap().name.clone()
}

#[test]
fn only_what_the_record_does_not_name_is_looked_up() {
    let browser = tenant(6);
    let groups = in_pim(&browser);
    let owners = Subject::Group { group: groups[1].clone(), access: Access::Owner };
    let role = Subject::Role { template: "62e90394-69f5-4237-9190-012177145e10".parse().unwrap() };
    let subjects = [members(&groups[0]), owners, members(&guid(99)), role];
    let undone = || {
        let mut undone: Record = record();
        undone.queue([&Target { subject: subjects[0].clone(), name: "As it was called then".into() }]);
        undone
    };
    for roles in [false, true] {
        let mut proposal = restored(&subjects);
        undo::name_left_out(&mut proposal, &undone());
        assert_eq!(names(&proposal), ["As it was called then", "", "", ""]);
        assert_eq!(look_up(&browser, "ana", roles, &mut proposal), 3);
        let role = if roles { "Global Administrator" } else { "" };
        assert_eq!(names(&proposal), ["As it was called then", &name_of(&browser, &subjects[1]), "", role]);
        assert_eq!(proposal.left_out.iter().map(|one| one.settings.len()).sum::<usize>(), 4, "settings stay");
    }
    // Its record is gone: all are looked up.
    let mut proposal = restored(&subjects[..2]);
    assert_eq!(look_up(&browser, "ana", false, &mut proposal), 2);
    assert_eq!(names(&proposal), [name_of(&browser, &subjects[0]), name_of(&browser, &subjects[1])]);
    assert_eq!(look_up(&browser, "ana", false, &mut proposal), 0, "what has a name is not asked for again");
}

#[test]
fn a_policy_that_stays_without_a_name_is_called_by_its_id() {
    let browser = tenant(6);
    let mut proposal = restored(&[members(&guid(99))]);
    look_up(&browser, "ana", false, &mut proposal);
    let label = pim_desk::text::rollout::label(&proposal.left_out[0].target);
    assert!(label.contains(guid(99).as_str()), "{label}");
}
