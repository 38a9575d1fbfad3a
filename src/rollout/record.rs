//! What a rollout leaves behind in this browser beside the receipts of its saves: which policies it was for, and how each
//! ended. Written before the first save begins and at every end, so that a tab that is closed half-way leaves told what
//! was never begun. Names and ids, no values, no token.

use serde::{Deserialize, Serialize};

use super::{Proposal, Target};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::policy::{Setting, Subject};
use crate::receipt::{Author, Receipt, Refused, Standing};

/// The form that [`Record::to_json`] writes. A record of a later form is left alone.
pub const VERSION: u32 = 1;

/// Why nothing was sent to a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// Its turn never came: the person ended the rollout, or the tab was closed.
    NotBegun,
    /// It holds everything already.
    Already,
    /// Someone changed one of the settings since the plan was made.
    Conflict,
    /// There is no single policy.
    NoPolicy,
    /// With what someone changed meanwhile it cannot be saved.
    Invalid,
    /// Another tab or window of this browser was saving it.
    SavedElsewhere,
    /// It could not be read.
    NotRead,
    /// Something found in the plan stopped it.
    Blocked,
    /// Someone changed what was to be changed before the plan was made: it was left alone.
    LeftAlone,
    /// Nobody knows how the save ended that was to be taken back.
    Uncertain,
}

/// How one policy ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// Waits for its turn.
    Waiting,
    /// Its save runs.
    Running,
    /// Nothing was sent.
    NothingSent(Why),
    /// Everything was read back.
    Saved,
    /// Some rules were read back, others were not saved.
    Partly,
    /// Nothing was saved.
    NotSaved,
    /// Nobody can say of at least one rule.
    Uncertain,
}

impl End {
    /// The end that a receipt tells.
    pub const fn of(standing: Standing) -> Self {
        match standing {
            Standing::Open => Self::Running,
            Standing::Saved => Self::Saved,
            Standing::Partly => Self::Partly,
            Standing::NotSaved => Self::NotSaved,
            Standing::Uncertain => Self::Uncertain,
        }
    }

    /// The end of a policy whose earlier tries ended so, once the last one ended with `last`. What was written stays
    /// written: a later try never denies an earlier one.
    #[must_use]
    pub const fn then(self, last: Self) -> Self {
        match (self, last) {
            // Its turn never came again: why it was not sent at first still tells.
            (Self::NothingSent(_), Self::NothingSent(Why::NotBegun)) => self,
            // A try that saved everything started from a reading of what was there.
            (_, Self::Waiting | Self::Running | Self::Uncertain | Self::Saved)
            | (Self::NothingSent(_), _)
            | (Self::NotSaved, Self::Partly) => last,
            // A save whose end was not read may have written something.
            (Self::Uncertain | Self::Running | Self::Waiting, _) => Self::Uncertain,
            (Self::Saved | Self::Partly, _) => Self::Partly,
            (Self::NotSaved, _) => Self::NotSaved,
        }
    }

    /// Its name in files.
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

    /// Whether it has come to an end.
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
    /// Whose policy.
    pub subject: Subject,
    /// The name of the group or role; empty when unknown.
    pub name: String,
    /// How it ended.
    pub end: End,
    /// The receipts of its saves, the first first.
    #[serde(default)]
    pub receipts: Vec<Guid>,
    /// How its earlier tries ended, while another one waits or runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<End>,
    /// Why its last try sent nothing, where an earlier one has a receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Why>,
    /// What kept its last try from sending anything: what could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
    /// The same: the settings that someone changed, or that would not be valid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Setting>,
    /// Settings that an undo left out besides, because nobody knows whether they were saved.
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

    /// Takes in that it waits or runs, or how its last try ended.
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

    /// It waits for another try: what came of the others is remembered.
    pub fn wait_again(&mut self) {
        self.earlier = match self.end {
            end if end.is_over() => Some(end),
            // Cut short with a save under way: its receipt tells later, and until then nobody can.
            _ if !self.receipts.is_empty() => Some(End::Uncertain),
            _ => self.earlier,
        };
        self.end = End::Waiting;
    }

    /// How it ended by what its receipts know now.
    fn end_by(&self, receipt: &dyn Fn(&Guid) -> Option<Receipt>) -> End {
        let mut told: Option<End> = None;
        for id in &self.receipts {
            // One that is gone told its end when it was written.
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

/// A rollout, as this browser remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The form, [`VERSION`].
    pub version: u32,
    /// Its own id.
    pub id: Guid,
    /// What it was.
    pub title: String,
    /// Who did it.
    pub by: Author,
    /// When it began, ms since 1970.
    pub started_unix_ms: i64,
    /// When this was written last, ms since 1970.
    pub updated_unix_ms: i64,
    /// When it ended, ms since 1970; `None` while it runs, or where it was cut short.
    #[serde(default)]
    pub ended_unix_ms: Option<i64>,
    /// It was cut short.
    #[serde(default)]
    pub interrupted: bool,
    /// The browser refused to keep it in a later form: what it says was not sent may have been sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubtful: bool,
    /// The rollout that it took back.
    #[serde(default)]
    pub undoes: Option<Guid>,
    /// The policies, in the order of the plan.
    pub targets: Vec<TargetRecord>,
}

impl Record {
    /// Begins one.
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
        }
    }

    /// Whether a proposal may go on with it: one of the same name, which the person has not changed into another. `ours`:
    /// whether its lock was free; `None` where the browser has no locks: then only one that has ended is surely not
    /// written by another window.
    pub fn may_go_on(&self, proposal: &Proposal, ours: Option<bool>) -> bool {
        self.title == proposal.title && self.undoes == proposal.undoes && ours.unwrap_or(self.ended_unix_ms.is_some())
    }

    /// Takes policies in that are to be changed now: new ones, and ones that are tried again.
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

    /// One of its policies.
    pub fn entry(&self, subject: &Subject) -> Option<&TargetRecord> {
        self.targets.iter().find(|entry| entry.subject == *subject)
    }

    /// The same, to change.
    pub fn entry_mut(&mut self, subject: &Subject) -> Option<&mut TargetRecord> {
        self.targets.iter_mut().find(|entry| entry.subject == *subject)
    }

    /// How many ended so.
    pub fn count(&self, is: fn(End) -> bool) -> usize {
        self.targets.iter().filter(|entry| is(entry.end)).count()
    }

    /// What the receipts know now: outcomes that were read later. `receipt` finds one by its id.
    #[must_use]
    pub fn with_receipts(mut self, receipt: &dyn Fn(&Guid) -> Option<Receipt>) -> Self {
        for entry in &mut self.targets {
            // While another try waits or runs, that is what there is to say.
            if entry.earlier.is_none() || self.interrupted {
                entry.end = entry.end_by(receipt);
            }
        }
        if self.doubtful {
            self.doubt();
        }
        self
    }

    /// The browser refused to keep a later form of it. Of what it says was not sent, or may be tried again, nobody can say
    /// any more: a try of that may have followed.
    pub fn doubt(&mut self) {
        self.doubtful = true;
        for entry in self.targets.iter_mut().filter(|entry| entry.end.may_try_again()) {
            entry.end = End::Uncertain;
        }
    }

    /// Takes in receipts that name this rollout and that it does not list: it could not be written again after they were
    /// kept. `receipts` are in any order.
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

    /// It was cut short, and the receipts of some saves that ran are not kept: of those nobody can say how they ended.
    pub fn lose(&mut self, is_kept: &dyn Fn(&Guid) -> bool) {
        for entry in self.targets.iter_mut().filter(|entry| entry.end == End::Running) {
            if !entry.receipts.last().is_some_and(is_kept) {
                entry.end = End::Uncertain;
            }
        }
    }

    /// It was cut short: what waited was never begun, and what ran has its receipt, unless nothing was sent.
    pub fn cut_short(&mut self, now_unix_ms: i64) {
        for entry in &mut self.targets {
            match entry.end {
                // The receipt is kept before the first write: without one nothing was sent.
                End::Waiting | End::Running if entry.receipts.is_empty() => {
                    entry.end = if self.doubtful { End::Uncertain } else { End::NothingSent(Why::NotBegun) };
                }
                // Its receipt tells.
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
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Record::to_json`] wrote; `None` for anything else.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().filter(|record: &Self| record.version == VERSION)
    }
}
