//! The results of a rollout, policy by policy and rule by rule: for its page and its files.

use serde_json::{Value as Json, json};

use super::record::{End, Record, TargetRecord, Why};
use crate::csv::table;
use crate::guid::Guid;
use crate::instant::to_rfc3339;
use crate::policy::Setting;
use crate::receipt::exposure::{exposed, may_be_exposed};
use crate::receipt::{Receipt, RuleEnd, RuleRecord};

/// One policy, with the receipts of its saves.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetOutcome {
    /// The policy's entry in the record.
    pub entry: TargetRecord,
    /// Its receipts that are still stored and can be read, oldest first.
    pub saves: Vec<Receipt>,
    /// One is stored that cannot be read, perhaps because a newer version wrote it.
    pub unread: bool,
}

impl TargetOutcome {
    /// Each rule once, as the last save that included it left it, in the order of sending.
    pub fn rules(&self) -> Vec<&RuleRecord> {
        let is_last = |at: usize, rule: &RuleRecord| {
            let later = self.saves.iter().skip(at + 1).flat_map(|save| &save.rules);
            later.into_iter().all(|other| other.rule != rule.rule)
        };
        let saves = self.saves.iter().enumerate();
        saves.flat_map(|(at, save)| save.rules.iter().filter(move |rule| is_last(at, rule))).collect()
    }

    /// Its receipts that are not among them.
    pub fn missing(&self) -> Vec<&Guid> {
        let is_here = |id: &Guid| self.saves.iter().any(|save| save.id == *id);
        self.entry.receipts.iter().filter(|id| !is_here(id)).collect()
    }

    /// Whether the receipt of its last save is not among them: what that one left is unknown.
    fn lacks_last(&self) -> bool {
        self.entry.receipts.last() != self.saves.last().map(|save| &save.id)
    }

    /// The settings that are now weaker than before and than wanted.
    pub fn exposed(&self) -> Vec<Setting> {
        if self.lacks_last() { Vec::new() } else { exposed(&self.saves.iter().collect::<Vec<_>>()) }
    }

    /// Further settings for which that may be so, because the result of a rule, or of the last save, is unknown.
    pub fn may_be_exposed(&self) -> Vec<Setting> {
        let saves: Vec<&Receipt> = self.saves.iter().collect();
        let (mut perhaps, before) = (may_be_exposed(&saves), exposed(&saves));
        if self.lacks_last() {
            perhaps = Setting::all().filter(|one| perhaps.contains(one) || before.contains(one)).collect();
        }
        perhaps
    }
}

/// All policies of a rollout; `receipt` finds a receipt by ID, `unread` are the IDs of those that cannot be read.
pub fn told(record: &Record, receipt: &dyn Fn(&Guid) -> Option<Receipt>, unread: &[Guid]) -> Vec<TargetOutcome> {
    let one = |entry: &TargetRecord| TargetOutcome {
        entry: entry.clone(),
        saves: entry.receipts.iter().filter_map(receipt).collect(),
        unread: entry.receipts.iter().any(|id| unread.contains(id)),
    };
    record.targets.iter().map(one).collect()
}

/// Which policies are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Which {
    /// All.
    #[default]
    All,
    /// All that do not have the wanted values, as far as is known.
    Others,
    /// Those with this result; all reasons for not sending count as one, except `Already` and `NotBegun`.
    Ended(End),
}

impl Which {
    /// Every choice, as offered.
    pub const ALL: [Self; 9] = [
        Self::All,
        Self::Others,
        Self::Ended(End::Saved),
        Self::Ended(End::Partly),
        Self::Ended(End::NotSaved),
        Self::Ended(End::Uncertain),
        Self::Ended(End::NothingSent(Why::Conflict)),
        Self::Ended(End::NothingSent(Why::NotBegun)),
        Self::Ended(End::NothingSent(Why::Already)),
    ];

    /// Its name, used in addresses; empty for all.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Others => "others",
            Self::Ended(End::NothingSent(Why::Conflict)) => "not-sent",
            Self::Ended(end) => end.as_str(),
        }
    }

    /// Whether policies with this result are shown.
    pub fn shows(self, end: End) -> bool {
        let not_sent = |why: Why| !matches!(why, Why::Already | Why::NotBegun);
        match (self, end) {
            (Self::All, _) => true,
            (Self::Others, end) => !matches!(end, End::Saved | End::NothingSent(Why::Already)),
            (Self::Ended(End::NothingSent(wanted)), End::NothingSent(why)) if not_sent(wanted) => not_sent(why),
            (Self::Ended(wanted), end) => wanted == end,
        }
    }
}

/// The columns of the file; they must not change.
const HEAD: [&str; 17] = [
    "change",
    "title",
    "started",
    "by",
    "policy of",
    "subject",
    "outcome",
    "reason",
    "left weaker",
    "may be left weaker",
    "receipts",
    "rule",
    "rule outcome",
    "status",
    "code",
    "message",
    "request id",
];

/// A table with a line for each rule, and one for each policy without rules. `words` returns a policy's name, why it
/// does not have the wanted values, and the labels of the settings left weaker and possibly left weaker.
pub fn to_csv(record: &Record, all: &[TargetOutcome], words: &dyn Fn(&TargetOutcome) -> [String; 4]) -> String {
    let lines = all.iter().flat_map(|told| {
        let [name, reason, weaker, perhaps] = words(told);
        let head = vec![
            record.id.to_string(),
            record.title.clone(),
            to_rfc3339(record.started_unix_ms),
            record.by.name.clone(),
            name,
            told.entry.subject.to_string(),
            told.entry.end.as_str().to_owned(),
            reason,
            weaker,
            perhaps,
            told.entry.receipts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        ];
        let rules = told.rules();
        let mut lines: Vec<Vec<String>> = rules.into_iter().map(|rule| [head.clone(), cells(rule)].concat()).collect();
        if lines.is_empty() {
            let refused = told.entry.refused.as_ref();
            let cell = |text: Option<String>| text.unwrap_or_default();
            lines.push(
                [
                    head,
                    vec![
                        String::new(),
                        String::new(),
                        cell(refused.filter(|refused| refused.status > 0).map(|refused| refused.status.to_string())),
                        cell(refused.map(|refused| refused.code.clone())),
                        cell(refused.map(|refused| refused.message.clone())),
                        String::new(),
                    ],
                ]
                .concat(),
            );
        }
        lines
    });
    table(&HEAD, lines)
}

fn cells(rule: &RuleRecord) -> Vec<String> {
    let refused = rule.refused.as_ref();
    vec![
        rule.rule.clone(),
        rule.end.as_str().to_owned(),
        refused.filter(|refused| refused.status > 0).map(|refused| refused.status.to_string()).unwrap_or_default(),
        refused.map(|refused| refused.code.clone()).unwrap_or_default(),
        refused.map(|refused| refused.message.clone()).unwrap_or_default(),
        rule.request_id.clone().unwrap_or_default(),
    ]
}

/// The record as a file, with the rules of each policy, the settings left weaker than before and than wanted
/// (`leftWeaker`), those for which that may be so (`mayBeLeftWeaker`), and the receipts that are not here, so that the
/// rules of these saves are not either (`missing`).
pub fn to_json(record: &Record, all: &[TargetOutcome]) -> String {
    let mut file = serde_json::to_value(record).unwrap_or_default();
    let targets: Vec<Json> = all
        .iter()
        .map(|told| {
            let mut target = serde_json::to_value(&told.entry).unwrap_or_default();
            target["rules"] = json!(told.rules());
            let missing = told.missing();
            if !missing.is_empty() {
                target["missing"] = json!(missing);
            }
            target["leftWeaker"] = json!(told.exposed());
            target["mayBeLeftWeaker"] = json!(told.may_be_exposed());
            target
        })
        .collect();
    file["kind"] = json!("pim-desk.rollout");
    file["targets"] = json!(targets);
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// The rules that do not have the wanted values, or whose result is unknown.
pub fn unsaved(told: &TargetOutcome) -> Vec<&RuleRecord> {
    let mut rules = told.rules();
    rules.retain(|rule| rule.end != RuleEnd::Verified);
    rules
}
