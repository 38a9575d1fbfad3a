//! A proposal as stored: in the tab until it is sent, then beside the record of its rollout, so that what was not
//! applied can be planned again, also after a reload. IDs and values, no names, no token.

use serde::{Deserialize, Serialize};

use super::taken_out::TakenOut;
use super::{Item, Proposal, Target, Unsure};
use crate::guid::Guid;
use crate::policy::{Setting, Subject, Value};
use crate::surplus::Surplus;

/// The version of the format that [`KeptPlan::to_json`] writes.
const VERSION: u32 = 1;

type Values = Vec<(Setting, Value)>;

/// A proposal without names. Values shared by several policies are stored once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptProposal {
    title: String,
    wanted: Vec<Values>,
    items: Vec<KeptItem>,
    #[serde(default)]
    undoes: Option<Guid>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<Subject>,
    /// The settings left out of each of those.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left_settings: Vec<Vec<Setting>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeptItem {
    subject: Subject,
    /// The index of its values.
    wanted: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    only_from: Values,
}

impl KeptProposal {
    /// Converts a proposal for storage.
    pub fn of(proposal: &Proposal) -> Self {
        let mut wanted: Vec<Values> = Vec::new();
        let mut items = Vec::with_capacity(proposal.items.len());
        for item in &proposal.items {
            // The values of a copy are all the same, those of an undo all different: the last is the likeliest match.
            let known = wanted.iter().rposition(|values| *values == item.wanted);
            let place = known.unwrap_or(wanted.len());
            if known.is_none() {
                wanted.push(item.wanted.clone());
            }
            let subject = item.target.subject.clone();
            items.push(KeptItem { subject, wanted: place, only_from: item.only_from.clone() });
        }
        let left = proposal.left_out.iter().map(|one| (one.target.subject.clone(), one.settings.clone()));
        let (left_out, left_settings) = left.unzip();
        let (title, undoes) = (proposal.title.clone(), proposal.undoes.clone());
        Self { title, wanted, items, undoes, left_out, left_settings }
    }

    /// The proposal; names must be read again. An item whose values are missing is left out.
    pub fn proposal(self) -> Proposal {
        let Self { title, wanted, items, undoes, left_out, left_settings } = self;
        let unnamed = |subject| Target { subject, name: String::new() };
        let item = |item: KeptItem| {
            Some(Item {
                target: unnamed(item.subject),
                wanted: wanted.get(item.wanted)?.clone(),
                only_from: item.only_from,
            })
        };
        let mut settings = left_settings.into_iter();
        let left_out = left_out
            .into_iter()
            .map(|subject| Unsure { target: unnamed(subject), settings: settings.next().unwrap_or_default() });
        let left_out = left_out.collect();
        Proposal { title, items: items.into_iter().filter_map(item).collect(), undoes, left_out }
    }
}

/// What was planned for a rollout: the proposal, and what the person took out of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptPlan {
    version: u32,
    proposal: KeptProposal,
    #[serde(default)]
    taken_out: TakenOut,
    /// What a newer version stored with it.
    #[serde(skip)]
    surplus: Surplus,
}

impl KeptPlan {
    /// Converts a plan for storage.
    pub fn of(proposal: &Proposal, taken_out: &TakenOut) -> Self {
        let (proposal, taken_out) = (KeptProposal::of(proposal), taken_out.clone());
        Self { version: VERSION, proposal, taken_out, surplus: Surplus::default() }
    }

    /// The plan for these policies, for another try. What was taken out stays out.
    pub fn again(&self, subjects: &[Subject]) -> (Proposal, TakenOut) {
        let mut proposal = self.proposal.clone().proposal();
        proposal.items.retain(|item| subjects.contains(&item.target.subject));
        (proposal, self.taken_out.clone())
    }

    /// The plan after another try of some of its policies: the newer plan for those, this one for the others.
    #[must_use]
    pub fn followed_by(self, newer: &Proposal, newer_out: &TakenOut) -> Self {
        let mut proposal = self.proposal.proposal();
        let mut taken_out = self.taken_out;
        let is_newer = |item: &Item| newer.items.iter().any(|other| other.target.subject == item.target.subject);
        proposal.items.retain(|item| !is_newer(item));
        proposal.items.extend(newer.items.iter().cloned());
        taken_out.take_over(newer.items.iter().map(|item| &item.target.subject), newer_out);
        Self { surplus: self.surplus, ..Self::of(&proposal, &taken_out) }
    }

    /// As JSON, for the browser's storage.
    pub fn to_json(&self) -> String {
        self.surplus.put_back(serde_json::to_string(self).unwrap_or_default())
    }

    /// Parses the output of [`KeptPlan::to_json`]; `None` for anything else.
    pub fn from_json(text: &str) -> Option<Self> {
        let plan: Self = serde_json::from_str(text).ok().filter(|plan: &Self| plan.version == VERSION)?;
        Some(Self { surplus: Surplus::of(text, &plan.to_json()), ..plan })
    }
}
