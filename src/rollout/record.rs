//! What a rollout stores in this browser besides the receipts of its saves: which policies it was for, and the result
//! of each. Written before the first save and after every result, so that it shows what was not started if the tab is
//! closed half-way. Names and IDs, no values, no token.

use serde::{Deserialize, Serialize};

use super::{Proposal, Target};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::policy::{Setting, Subject};
use crate::receipt::{Author, Receipt, Refused, Standing};
use crate::surplus::Surplus;

/// The version of the format that [`Record::to_json`] writes. Records of a later version are left alone.
pub const VERSION: u32 = 1;

/// Why nothing was sent to a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// Not started: the person ended the rollout, or the tab was closed.
    NotBegun,
    /// It already has every value.
    Already,
    /// Someone changed one of the settings since the plan was made.
    Conflict,
    /// There is no single policy.
    NoPolicy,
    /// Together with what someone changed meanwhile it cannot be saved.
    Invalid,
    /// Another tab or window of this browser was saving it.
    SavedElsewhere,
    /// It could not be read.
    NotRead,
    /// A finding in the plan prevented it.
    Blocked,
    /// Before the plan was made, someone had changed what was to be changed: it was left alone.
    LeftAlone,
    /// The result of the save that was to be undone is unknown.
    Uncertain,
}

/// The result of one policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// It waits for its turn.
    Waiting,
    /// It is being saved.
    Running,
    /// Nothing was sent.
    NothingSent(Why),
    /// Everything was read back.
    Saved,
    /// Some rules were read back, others were not saved.
    Partly,
    /// Nothing was saved.
    NotSaved,
    /// The result of at least one rule is unknown.
    Uncertain,
}

impl End {
    /// The result that a receipt shows.
    pub const fn of(standing: Standing) -> Self {
        match standing {
            Standing::Open => Self::Running,
            Standing::Saved => Self::Saved,
            Standing::Partly => Self::Partly,
            Standing::NotSaved => Self::NotSaved,
            Standing::Uncertain => Self::Uncertain,
        }
    }

    /// The result of a policy after a further try that ended with `last`; `self` is the result of the tries before.
    /// What was written stays written: a later try never hides an earlier one.
    #[must_use]
    pub const fn then(self, last: Self) -> Self {
        match (self, last) {
            // Its turn did not come again: why it was not sent at first still holds.
            (Self::NothingSent(_), Self::NothingSent(Why::NotBegun)) => self,
            // A try that saved everything began by reading what was there.
            (_, Self::Waiting | Self::Running | Self::Uncertain | Self::Saved)
            | (Self::NothingSent(_), _)
            | (Self::NotSaved, Self::Partly) => last,
            // A save whose result was not read may have written something.
            (Self::Uncertain | Self::Running | Self::Waiting, _) => Self::Uncertain,
            (Self::Saved | Self::Partly, _) => Self::Partly,
            (Self::NotSaved, _) => Self::NotSaved,
        }
    }

    /// Its name, used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::NothingSent(why) => match why {
                Why::NotBegun => "not-begun",
                Why::Already => "nothing-to-change",
                Why::Conflict => "changed-meanwhile",
                Why::NoPolicy => "no-policy",
                Why::Invalid => "invalid",
                Why::SavedElsewhere => "saved-elsewhere",
                Why::NotRead => "not-read",
                Why::Blocked => "blocked",
                Why::LeftAlone => "left-alone",
                Why::Uncertain => "not-known",
            },
            Self::Saved => "saved",
            Self::Partly => "partly",
            Self::NotSaved => "not-saved",
            Self::Uncertain => "uncertain",
        }
    }

    /// Whether it is a final result.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Running)
    }

    /// Whether what is missing was certainly not applied, so that it may be planned and sent again.
    pub const fn may_try_again(self) -> bool {
        match self {
            Self::NothingSent(why) => !matches!(why, Why::Already | Why::LeftAlone | Why::Uncertain),
            Self::Partly | Self::NotSaved => true,
            _ => false,
        }
    }
}

/// One policy of a rollout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetRecord {
    /// The policy's subject.
    pub subject: Subject,
    /// The name of the group or role; empty if unknown.
    pub name: String,
    /// The result.
    pub end: End,
    /// The receipts of its saves, oldest first.
    #[serde(default)]
    pub receipts: Vec<Guid>,
    /// The result of its earlier tries, while another one waits or runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<End>,
    /// Why its last try sent nothing, if an earlier one has a receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Why>,
    /// If its last try sent nothing: what could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
    /// If its last try sent nothing: the settings concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Setting>,
    /// Further settings that an undo left out, because it is not known whether they were saved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<Setting>,
}

impl TargetRecord {
    /// A policy that waits for its first try.
    pub fn waiting(target: &Target) -> Self {
        Self {
            subject: target.subject.clone(),
            name: target.name.clone(),
            end: End::Waiting,
            receipts: Vec::new(),
            earlier: None,
            last: None,
            refused: None,
            about: Vec::new(),
            unsure: Vec::new(),
        }
    }

    /// Sets that it waits or runs, or the result of its last try.
    pub fn set(&mut self, end: End) {
        if !end.is_over() {
            self.end = end;
            return;
        }
        self.last = match end {
            End::NothingSent(why) if !self.receipts.is_empty() => Some(why),
            _ => None,
        };
        self.end = self.earlier.take().map_or(end, |earlier| earlier.then(end));
    }

    /// It waits for another try: the result of the earlier ones is kept.
    pub fn wait_again(&mut self) {
        self.earlier = match self.end {
            end if end.is_over() => Some(end),
            // Interrupted while being saved: its receipt shows the result later; until then it is unknown.
            _ if !self.receipts.is_empty() => Some(End::Uncertain),
            _ => self.earlier,
        };
        self.end = End::Waiting;
    }

    /// Its result by what its receipts say now.
    fn end_by(&self, receipt: &dyn Fn(&Guid) -> Option<Receipt>) -> End {
        let mut told: Option<End> = None;
        for id in &self.receipts {
            // Without its receipt, the result written in the record counts.
            let Some(receipt) = receipt(id) else { return self.end };
            let end = End::of(receipt.standing());
            told = Some(told.map_or(end, |earlier| earlier.then(end)));
        }
        match (told, self.last) {
            (Some(told), Some(why)) => told.then(End::NothingSent(why)),
            (Some(told), None) => told,
            (None, _) => self.end,
        }
    }
}

/// A rollout, as stored in this browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The version of the format, [`VERSION`].
    pub version: u32,
    /// Its ID.
    pub id: Guid,
    /// Its title.
    pub title: String,
    /// Who did it.
    pub by: Author,
    /// When it began, ms since 1970.
    pub started_unix_ms: i64,
    /// When this was last written, ms since 1970.
    pub updated_unix_ms: i64,
    /// When it ended, ms since 1970; `None` while it runs, and after an interruption until that is found.
    #[serde(default)]
    pub ended_unix_ms: Option<i64>,
    /// It was interrupted.
    #[serde(default)]
    pub interrupted: bool,
    /// The browser refused to store a later form of it: what it says was not sent may have been sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubtful: bool,
    /// The rollout that it undid.
    #[serde(default)]
    pub undoes: Option<Guid>,
    /// The policies, in the order of the plan.
    pub targets: Vec<TargetRecord>,
    /// What a newer version stored with it.
    #[serde(skip)]
    pub surplus: Surplus,
}

impl Record {
    /// Starts a record.
    pub fn begin(id: Guid, title: String, by: Author, undoes: Option<Guid>, now_unix_ms: i64) -> Self {
        Self {
            version: VERSION,
            id,
            title,
            by,
            started_unix_ms: now_unix_ms,
            updated_unix_ms: now_unix_ms,
            ended_unix_ms: None,
            interrupted: false,
            doubtful: false,
            undoes,
            targets: Vec::new(),
            surplus: Surplus::default(),
        }
    }

    /// Whether a proposal may continue it: it has the same title, so the person has not turned it into another change.
    /// `ours`: whether its lock was free; `None` if the browser has no locks: then only an ended one is certainly not
    /// written by another window.
    pub fn may_go_on(&self, proposal: &Proposal, ours: Option<bool>) -> bool {
        self.title == proposal.title && self.undoes == proposal.undoes && ours.unwrap_or(self.ended_unix_ms.is_some())
    }

    /// Adds policies to be changed now: new ones, and ones that are tried again.
    pub fn queue<'a>(&mut self, targets: impl IntoIterator<Item = &'a Target>) {
        self.ended_unix_ms = None;
        self.interrupted = false;
        for target in targets {
            match self.targets.iter_mut().find(|entry| entry.subject == target.subject) {
                Some(entry) => entry.wait_again(),
                None => self.targets.push(TargetRecord::waiting(target)),
            }
        }
    }

    /// The entry of one of its policies.
    pub fn entry(&self, subject: &Subject) -> Option<&TargetRecord> {
        self.targets.iter().find(|entry| entry.subject == *subject)
    }

    /// The entry of one of its policies, to change.
    pub fn entry_mut(&mut self, subject: &Subject) -> Option<&mut TargetRecord> {
        self.targets.iter_mut().find(|entry| entry.subject == *subject)
    }

    /// How many policies have such a result.
    pub fn count(&self, is: fn(End) -> bool) -> usize {
        self.targets.iter().filter(|entry| is(entry.end)).count()
    }

    /// Updates it from the receipts: results that were read later. `receipt` finds a receipt by ID.
    #[must_use]
    pub fn with_receipts(mut self, receipt: &dyn Fn(&Guid) -> Option<Receipt>) -> Self {
        for entry in &mut self.targets {
            // While another try waits or runs, that is what the record shows.
            if entry.earlier.is_none() || self.interrupted {
                entry.end = entry.end_by(receipt);
            }
        }
        if self.doubtful {
            self.doubt();
        }
        self
    }

    /// The browser refused to store a later form of it. The result of what it lists as not sent, or to be tried again,
    /// is unknown now: that may have been tried since.
    pub fn doubt(&mut self) {
        self.doubtful = true;
        for entry in self.targets.iter_mut().filter(|entry| entry.end.may_try_again()) {
            entry.end = End::Uncertain;
        }
    }

    /// Adds receipts that name this rollout but are not in it, because it could not be stored again after them.
    /// `receipts` are in any order.
    pub fn claim<'a>(&mut self, receipts: impl IntoIterator<Item = &'a Receipt>) {
        let mut own: Vec<&Receipt> =
            receipts.into_iter().filter(|receipt| receipt.rollout.as_ref() == Some(&self.id)).collect();
        sort_by(&mut own, |left, right| left.started_unix_ms.cmp(&right.started_unix_ms));
        for receipt in own {
            if let Some(entry) = self.entry_mut(&receipt.subject)
                && !entry.receipts.contains(&receipt.id)
            {
                entry.receipts.push(receipt.id.clone());
            }
        }
    }

    /// It was interrupted, and receipts of saves that ran are missing: the results of those are unknown.
    pub fn lose(&mut self, is_kept: &dyn Fn(&Guid) -> bool) {
        for entry in self.targets.iter_mut().filter(|entry| entry.end == End::Running) {
            if !entry.receipts.last().is_some_and(is_kept) {
                entry.end = End::Uncertain;
            }
        }
    }

    /// It was interrupted: what waited was not started, and what ran has its receipt, unless nothing was sent.
    pub fn cut_short(&mut self, now_unix_ms: i64) {
        for entry in &mut self.targets {
            match entry.end {
                // The receipt is stored before the first write: without one nothing was sent.
                End::Waiting | End::Running if entry.receipts.is_empty() => {
                    entry.end = if self.doubtful { End::Uncertain } else { End::NothingSent(Why::NotBegun) };
                }
                // Its receipt shows the result.
                End::Waiting => entry.end = End::Running,
                _ => {}
            }
        }
        self.interrupted = true;
        self.ended_unix_ms = Some(now_unix_ms);
        self.updated_unix_ms = now_unix_ms;
    }

    /// As JSON, for the browser's storage and for files.
    pub fn to_json(&self) -> String {
        self.surplus.put_back(serde_json::to_string(self).unwrap_or_default())
    }

    /// Parses the output of [`Record::to_json`]; `None` for anything else.
    pub fn from_json(text: &str) -> Option<Self> {
        let record: Self = serde_json::from_str(text).ok().filter(|record: &Self| record.version == VERSION)?;
        Some(Self { surplus: Surplus::of(text, &record.to_json()), ..record })
    }
}
