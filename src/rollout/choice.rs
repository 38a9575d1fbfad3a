//! What a person chose for a rollout that has not started: kept in the tab, IDs and values only.

use serde::{Deserialize, Serialize};

use super::kept::KeptProposal;
use super::taken_out::TakenOut;
use super::{Item, Target};
use crate::guid::Guid;
use crate::matrix::Class;
use crate::matrix::reference::counterpart;
use crate::policy::carry::offer;
use crate::policy::{NotCarried, Policy, Setting, Subject, Value};

/// A stored choice that no page had open for this long is not offered again, ms.
pub const LIFE_MS: i64 = 12 * 60 * 60 * 1000;

/// What was chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Choice {
    /// The policy whose settings are copied.
    pub source: Option<Subject>,
    /// The settings of a template, if those are copied instead.
    pub values: Option<Values>,
    /// What the source offered when the person last looked at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Vec<(Setting, Value)>>,
    /// Which settings are copied; `None` while the person has not changed the ticks.
    pub settings: Option<Vec<Setting>>,
    /// The policies to change.
    pub targets: Vec<Subject>,
    /// A proposal made elsewhere.
    pub proposal: Option<KeptProposal>,
    /// What the person took out of the plan.
    pub taken_out: TakenOut,
    /// A pasted list that was not yet added.
    pub pasting: String,
    /// The plan was on screen, or was running.
    pub planned: bool,
    /// The rollout that it continues: one that is tried again, or was interrupted.
    pub continues: Option<Guid>,
    /// The copy that was being put together when this one was begun.
    pub aside: Option<Box<Self>>,
}

/// Settings with their values, from a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Values {
    /// The template's name, as a title.
    pub title: String,
    /// The settings.
    pub settings: Vec<(Setting, Value)>,
    /// The class of policies they are meant for; `None` for all.
    #[serde(default, with = "crate::template::class")]
    pub class: Option<Class>,
    /// The key of the template, if this browser stores it: it may have changed by the time of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

impl Values {
    /// Whether they are meant for this policy.
    pub fn fits(&self, subject: &Subject) -> bool {
        self.class.is_none_or(|class| class == Class::of(subject))
    }

    /// The items that copy the picked settings to each target they are meant for.
    pub fn items(&self, picked: &[Setting], targets: &[Target]) -> Vec<Item> {
        let offers = self.settings.iter().map(|(setting, value)| (*setting, Ok(value.clone()))).collect();
        let fit: Vec<Target> = targets.iter().filter(|target| self.fits(&target.subject)).cloned().collect();
        items(offers, None, picked, &fit)
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(alias = "atUnixMs")]
    at_unix_ms: i64,
    choice: Choice,
}

impl Choice {
    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it took work that must not be thrown away: policies that were chosen or pasted, or something taken out
    /// of a plan. A source alone, or a plan as it was proposed, is quickly made again.
    pub fn is_work(&self) -> bool {
        let cut = self.proposal.is_some() && self.taken_out != TakenOut::default();
        cut || !self.targets.is_empty() || !self.pasting.trim().is_empty()
    }

    /// As text for the tab's storage; `None` if there is nothing to keep.
    pub fn kept(&self, now_unix_ms: i64) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        serde_json::to_string(&Kept { at_unix_ms: now_unix_ms, choice: self.clone() }).ok()
    }

    /// Parses that text; empty if it is too old or cannot be read.
    pub fn restored(text: &str, now_unix_ms: i64) -> Self {
        match serde_json::from_str::<Kept>(text) {
            Ok(kept) if now_unix_ms - kept.at_unix_ms < LIFE_MS => kept.choice,
            _ => Self::default(),
        }
    }
}

/// Whether a stored text names policies (chosen, pasted or proposed), found without the code that parses it.
pub fn may_name_targets(text: &str) -> bool {
    // It also contains what was put aside.
    let some = |name: &str, none: char| text.split(name).skip(1).any(|rest| !rest.starts_with(none));
    some("\"targets\":[", ']') || some("\"pasting\":\"", '"') || text.contains("\"proposal\":{")
}

/// What a source offers: the value of each setting, or why it offers none.
pub type Offers = Vec<(Setting, Result<Value, NotCarried>)>;

/// What a policy offers.
pub fn offers(source: &Policy) -> Offers {
    Setting::all().map(|setting| (setting, offer(source, setting))).collect()
}

/// The items that copy the picked settings to each target except the source, each target once.
pub fn items(offers: Offers, source: Option<&Subject>, picked: &[Setting], targets: &[Target]) -> Vec<Item> {
    let offered = offers.into_iter().filter(|(setting, _)| picked.contains(setting));
    let wanted: Vec<(Setting, Value)> = offered.filter_map(|(setting, value)| Some((setting, value.ok()?))).collect();
    let mut items: Vec<Item> = Vec::new();
    for target in targets.iter().filter(|target| Some(&target.subject) != source) {
        if !items.iter().any(|item| item.target.subject == target.subject) {
            items.push(Item { target: target.clone(), wanted: wanted.clone(), only_from: Vec::new() });
        }
    }
    items
}

/// The policy to copy from after a comparison with a page of policies, of which `page` was read: the one that all of
/// the targets were compared with, or `chosen` if they were compared with different ones.
pub fn source_of(chosen: &Subject, page: &[(Class, Subject)], targets: &[Target]) -> Subject {
    let of = |target: &Target| counterpart(page, Class::of(&target.subject));
    let first = targets.first().and_then(of).filter(|first| targets.iter().all(|target| of(target) == Some(first)));
    first.unwrap_or(chosen).clone()
}

/// How many targets are about owners while the source is about members, or the reverse.
pub fn of_other_access(source: &Subject, targets: &[Target]) -> usize {
    let differs = |target: &&Target| match (source.access(), target.subject.access()) {
        (Some(from), Some(to)) => from != to,
        _ => false,
    };
    targets.iter().filter(differs).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_is_what_the_targets_were_compared_with() {
        let subject = |text: &str| -> Subject { format!("groups/62e90394-69f5-4237-9190-{text}").parse().unwrap() };
        let target = |text: &str| Target { subject: subject(text), name: String::new() };
        let (members, owners) = (subject("000000000001/member"), subject("000000000001/owner"));
        let page = [(Class::Members, members.clone()), (Class::Owners, owners.clone())];
        let of = |chosen, page: &[_], targets: &[Target]| source_of(chosen, page, targets);
        let (one, two) = (target("000000000002/owner"), target("000000000003/member"));
        assert_eq!(of(&members, &page, &[one.clone(), target("000000000003/owner")]), owners);
        assert_eq!(of(&owners, &page, std::slice::from_ref(&two)), members);
        let role = Target { subject: "roles/62e90394-69f5-4237-9190-012177145e10".parse().unwrap(), ..one.clone() };
        assert_eq!(of(&owners, &page, std::slice::from_ref(&role)), members, "roles are compared with the first");
        assert_eq!(of(&members, &page[..1], std::slice::from_ref(&one)), members, "its owners were not read");
        let mixed = [one, two, role];
        assert_eq!((of(&members, &page, &mixed), of(&owners, &page, &mixed)), (members.clone(), owners.clone()));
        assert_eq!(of(&members, &[], &mixed), members);
        assert_eq!((of_other_access(&members, &mixed), of_other_access(&mixed[2].subject, &mixed)), (1, 0));
    }

    #[test]
    fn a_kept_choice_is_seen_to_name_policies() {
        let subject: Subject = "groups/62e90394-69f5-4237-9190-012177145e10/owner".parse().unwrap();
        let kept = |choice: Choice| may_name_targets(&choice.kept(0).unwrap());
        assert!(!kept(Choice { source: Some(subject.clone()), ..Choice::default() }));
        assert!(kept(Choice { targets: vec![subject.clone()], ..Choice::default() }));
        assert!(kept(Choice { source: Some(subject.clone()), pasting: "Helpdesk".into(), ..Choice::default() }));
        let item = Item {
            target: Target { subject, name: String::new() },
            wanted: vec![(Setting::ActivationTicket, Value::Flag(true))],
            only_from: Vec::new(),
        };
        let proposal =
            crate::rollout::Proposal { title: "Back".into(), items: vec![item], undoes: None, left_out: Vec::new() };
        assert!(kept(Choice { proposal: Some(KeptProposal::of(&proposal)), ..Choice::default() }), "an undo of many");
    }

    #[test]
    fn what_took_work_is_put_aside_and_kept() {
        let subject: Subject = "groups/62e90394-69f5-4237-9190-012177145e10/owner".parse().unwrap();
        let source = Choice { source: Some(subject.clone()), pasting: " ".into(), ..Choice::default() };
        assert!(!source.is_work(), "a press away");
        assert!(Choice { targets: vec![subject.clone()], ..Choice::default() }.is_work());
        assert!(Choice { pasting: "Helpdesk".into(), ..Choice::default() }.is_work());
        let proposal =
            crate::rollout::Proposal { title: "Back".into(), items: Vec::new(), undoes: None, left_out: Vec::new() };
        let mut plan = Choice { proposal: Some(KeptProposal::of(&proposal)), ..Choice::default() };
        assert!(!plan.is_work());
        plan.taken_out.exclude(&subject, true);
        assert!(plan.is_work());
        let chosen = Choice { targets: vec![subject], ..Choice::default() };
        let pasted = Choice { pasting: "Helpdesk".into(), ..Choice::default() };
        for aside in [&plan, &chosen, &pasted] {
            for own in [&source, &chosen, &pasted] {
                let both = Choice { aside: Some(Box::new(aside.clone())), ..own.clone() };
                let text = both.kept(0).unwrap();
                assert_eq!(Choice::restored(&text, 1), both);
                assert!(may_name_targets(&text), "a sign-out asks: {text}");
            }
        }
        let source = Choice { pasting: String::new(), ..source };
        assert!(!may_name_targets(&source.kept(0).unwrap()));
    }

    #[test]
    fn a_template_goes_to_the_policies_that_it_is_meant_for() {
        let target = |text: &str| Target { subject: text.parse().unwrap(), name: String::new() };
        let all = [
            target("groups/62e90394-69f5-4237-9190-012177145e10/owner"),
            target("groups/62e90394-69f5-4237-9190-012177145e10/member"),
            target("roles/62e90394-69f5-4237-9190-012177145e10"),
        ];
        let settings = vec![
            (Setting::ActivationDuration, Value::Duration("PT1H".into())),
            (Setting::ActivationTicket, Value::Flag(true)),
        ];
        let picked = [Setting::ActivationTicket];
        for (class, places) in [
            (None, vec![0, 1, 2]),
            (Some(Class::Owners), vec![0]),
            (Some(Class::Members), vec![1]),
            (Some(Class::Roles), vec![2]),
        ] {
            let values = Values { title: "T".into(), settings: settings.clone(), class, from: None };
            let choice = Choice { values: Some(values), ..Choice::default() };
            let values = Choice::restored(&choice.kept(0).unwrap(), 1).values.unwrap();
            let items = values.items(&picked, &all);
            let expected: Vec<Target> = places.iter().map(|at| all[*at].clone()).collect();
            assert_eq!(items.iter().map(|item| item.target.clone()).collect::<Vec<_>>(), expected);
            assert!(items.iter().all(|item| item.wanted == [(Setting::ActivationTicket, Value::Flag(true))]));
        }
    }
}
