//! What a person has chosen for a rollout and not started: kept in the tab, ids and values only.

use serde::{Deserialize, Serialize};

use super::{Item, Proposal, Target};
use crate::guid::Guid;
use crate::policy::carry::offer;
use crate::policy::{NotCarried, Policy, Setting, Subject, Value};

/// A kept choice older than this is not offered again, ms.
const LIFE_MS: i64 = 12 * 60 * 60 * 1000;

/// What was chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Choice {
    /// Whose settings are copied.
    pub source: Option<Subject>,
    /// The settings of a template that are copied instead.
    pub values: Option<Values>,
    /// Which of them; `None` while the person has not touched them.
    pub settings: Option<Vec<Setting>>,
    /// The policies that are to be changed.
    pub targets: Vec<Subject>,
    /// What was proposed from elsewhere.
    pub proposal: Option<KeptProposal>,
    /// Policies that the person took out of the plan.
    pub excluded: Vec<Subject>,
    /// Settings that the person took out of it.
    pub without: Vec<(Subject, Setting)>,
    /// The plan was on screen.
    pub planned: bool,
    /// The rollout that it goes on with: what was not sent, because Microsoft wanted to see the person first.
    pub continues: Option<Guid>,
}

/// Settings with their values, and what they are called: a template's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Values {
    /// What they are called.
    pub title: String,
    /// The settings.
    pub settings: Vec<(Setting, Value)>,
}

/// A proposal, without names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptProposal {
    title: String,
    items: Vec<KeptItem>,
    #[serde(default)]
    undoes: Option<Guid>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeptItem {
    subject: Subject,
    wanted: Vec<(Setting, Value)>,
    #[serde(default)]
    only_from: Vec<(Setting, Value)>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    at_unix_ms: i64,
    choice: Choice,
}

impl KeptProposal {
    /// A proposal as it is kept.
    pub fn of(proposal: &Proposal) -> Self {
        let item = |item: &Item| KeptItem {
            subject: item.target.subject.clone(),
            wanted: item.wanted.clone(),
            only_from: item.only_from.clone(),
        };
        Self {
            title: proposal.title.clone(),
            items: proposal.items.iter().map(item).collect(),
            undoes: proposal.undoes.clone(),
        }
    }

    /// The proposal; names are read again.
    pub fn proposal(self) -> Proposal {
        let item = |item: KeptItem| Item {
            target: Target { subject: item.subject, name: String::new() },
            wanted: item.wanted,
            only_from: item.only_from,
        };
        Proposal { title: self.title, items: self.items.into_iter().map(item).collect(), undoes: self.undoes }
    }
}

impl Choice {
    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As text for the tab's storage; `None` where there is nothing to keep.
    pub fn kept(&self, now_unix_ms: i64) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        serde_json::to_string(&Kept { at_unix_ms: now_unix_ms, choice: self.clone() }).ok()
    }

    /// What such a text holds; nothing where it is too old or cannot be read.
    pub fn restored(text: &str, now_unix_ms: i64) -> Self {
        match serde_json::from_str::<Kept>(text) {
            Ok(kept) if now_unix_ms - kept.at_unix_ms < LIFE_MS => kept.choice,
            _ => Self::default(),
        }
    }
}

/// What a source gives: for each setting its value, or why it gives none.
pub type Offers = Vec<(Setting, Result<Value, NotCarried>)>;

/// What a policy gives.
pub fn offers(source: &Policy) -> Offers {
    Setting::all().map(|setting| (setting, offer(source, setting))).collect()
}

/// The items of a copy: the picked settings of what is offered onto each target but the source itself, each once.
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
