//! What a save leaves behind in this browser: which policy, who, when, before and after, and the outcome of each rule.
//! It is written before the first write and after every step, so that a save that was interrupted by closing the tab is
//! found again. It contains names and values, never a token.

pub mod csv;
pub mod exposure;
pub mod keep;
pub mod listing;
pub mod undo;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::guid::Guid;
use crate::policy::{Change, Policy, RuleId, Setting, Subject, Value};
use crate::surplus::Surplus;

/// The format that [`Receipt::to_json`] writes. A receipt of a later version is left alone, neither read nor deleted.
pub const VERSION: u32 = 1;

/// The state of one rule of a stored save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RuleEnd {
    /// Waiting for its turn.
    Queued,
    /// Being sent.
    Sending,
    /// Microsoft accepted it; it was not read back yet.
    Accepted,
    /// No usable answer came; it was not read back yet.
    Lost,
    /// Read back: the policy had it.
    Verified,
    /// Accepted, but the policy did not show it.
    NotVisibleYet,
    /// No answer came, and the policy did not show it.
    Unknown,
    /// Microsoft refused it, or it was not sent because the token or the read that it needed failed.
    Failed,
    /// Not sent.
    NotAttempted,
    /// Found later: the policy has the previous value.
    NotSaved,
    /// Someone else has changed it: found before it was sent or later, with neither the previous nor the wanted value,
    /// perhaps in the other rule of the same setting.
    ChangedSince,
    /// Found later: the policy has the wanted value, though the receipt does not say that it was sent. Whether this
    /// save wrote it is unknown.
    Held,
}

impl RuleEnd {
    /// Its name in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Lost => "lost",
            Self::Verified => "verified",
            Self::NotVisibleYet => "not-visible-yet",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
            Self::NotAttempted => "not-attempted",
            Self::NotSaved => "not-saved",
            Self::ChangedSince => "changed-since",
            Self::Held => "held",
        }
    }

    /// Whether the policy was seen to have it.
    pub const fn is_there(self) -> bool {
        matches!(self, Self::Verified | Self::Held)
    }

    /// Whether it is still unknown if the policy has it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Sending | Self::Accepted | Self::Lost | Self::NotVisibleYet | Self::Unknown)
    }
}

/// One changed setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The setting.
    pub setting: Setting,
    /// Its value before the save.
    pub before: Value,
    /// The value to be written.
    pub after: Value,
}

impl Changed {
    fn change(&self, subject: &Subject) -> Change {
        Change::new(subject, self.setting, self.before.clone(), self.after.clone())
    }
}

/// What Microsoft answered when it refused a rule, or why the rule was not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The HTTP status; 0 if the rule was not sent, because a sign-in was needed or a read failed.
    pub status: u16,
    /// `error.code`; may be empty.
    pub code: String,
    /// `error.message`; may be empty.
    pub message: String,
}

/// One rule of a save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleRecord {
    /// The rule's ID as Graph spells it.
    pub rule: String,
    /// The settings it writes.
    pub settings: Vec<Setting>,
    /// Its state.
    pub end: RuleEnd,
    /// When it got that state, ms since 1970.
    #[serde(default)]
    pub at_unix_ms: Option<i64>,
    /// Microsoft's ID of the write.
    #[serde(default)]
    pub request_id: Option<String>,
    /// Our ID of the write.
    #[serde(default)]
    pub client_request_id: Option<String>,
    /// Why it was refused.
    #[serde(default)]
    pub refused: Option<Refused>,
}

impl RuleRecord {
    /// The rule, if its ID is known.
    pub fn id(&self) -> Option<RuleId> {
        RuleId::parse(&self.rule)
    }
}

/// Who saved, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Author {
    /// The tenant's ID.
    pub tenant: Guid,
    /// The person's object ID.
    pub id: Guid,
    /// The person's name.
    pub name: String,
}

/// A save, as this browser remembers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The format version, [`VERSION`].
    pub version: u32,
    /// Its own ID.
    pub id: Guid,
    /// Who saved.
    pub by: Author,
    /// The policy's subject.
    pub subject: Subject,
    /// The subject's name at that time: "Tier-0 Operators (members)".
    pub subject_name: String,
    /// When the save began, ms since 1970.
    pub started_unix_ms: i64,
    /// When this was last written, ms since 1970.
    pub updated_unix_ms: i64,
    /// When the save ended, ms since 1970; `None` while it runs, or was interrupted and its outcome not read yet.
    #[serde(default)]
    pub ended_unix_ms: Option<i64>,
    /// The save was interrupted, and its outcome was read later.
    #[serde(default)]
    pub interrupted: bool,
    /// The receipt whose change this save undid.
    #[serde(default)]
    pub undoes: Option<Guid>,
    /// The change of many policies (rollout) it was part of.
    #[serde(default)]
    pub rollout: Option<Guid>,
    /// The settings, in the admin center's order.
    pub changes: Vec<Changed>,
    /// The rules, in the order in which they were sent.
    pub rules: Vec<RuleRecord>,
    /// The raw JSON, from before the first write, of every rule that stores the settings.
    pub before: Vec<Json>,
    /// When the policy had last been changed before that, as Graph wrote it, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_modified_at: Option<String>,
    /// Whether approval was required before that, if it could be read. The emails to approvers are judged by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_before: Option<bool>,
    /// What a newer version stored with it.
    #[serde(skip)]
    pub surplus: Surplus,
}

/// The outcome of a save, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It is running, or was interrupted and its outcome was not read.
    Open,
    /// Everything was read back, or is there all the same.
    Saved,
    /// Some rules were read back, others were not saved.
    Partly,
    /// Nothing was saved.
    NotSaved,
    /// For at least one rule the outcome is unknown.
    Uncertain,
}

impl Standing {
    /// All outcomes, in the order of a filter.
    pub const ALL: [Self; 5] = [Self::Saved, Self::Partly, Self::NotSaved, Self::Uncertain, Self::Open];

    /// Its name in addresses and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Saved => "saved",
            Self::Partly => "partly",
            Self::NotSaved => "not-saved",
            Self::Uncertain => "uncertain",
        }
    }

    /// Finds one by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == name)
    }
}

impl Receipt {
    /// The outcome of the save.
    pub fn standing(&self) -> Standing {
        let any = |wanted: fn(RuleEnd) -> bool| self.rules.iter().any(|rule| wanted(rule.end));
        if self.ended_unix_ms.is_none() {
            Standing::Open
        } else if any(RuleEnd::is_open) {
            Standing::Uncertain
        } else if !any(|end| !end.is_there()) {
            Standing::Saved
        } else if any(RuleEnd::is_there) {
            Standing::Partly
        } else {
            Standing::NotSaved
        }
    }

    /// The policy's rules that the save changed, as they were before it.
    pub fn policy_before(&self) -> Policy {
        Policy {
            id: String::new(),
            subject: self.subject.clone(),
            rules: self.before.iter().cloned().map(crate::policy::Rule::new).collect(),
            modified_at: self.before_modified_at.clone(),
            modified_by: None,
        }
    }

    /// The change of a setting.
    pub fn changed(&self, setting: Setting) -> Option<&Changed> {
        self.changes.iter().find(|changed| changed.setting == setting)
    }

    /// One of its changes, judged as in the review: changing what had no effect before the save weakens nothing. A
    /// receipt that does not tell whether approval was required marks the email to approvers in any case.
    pub fn judged(&self, changed: &Changed) -> Change {
        let approval = Setting::ApprovalRequired;
        let stored = |switch: Setting| {
            let noted = self.approval_before.filter(|_| switch == approval);
            noted.or_else(|| self.policy_before().read(switch).value?.as_flag())
        };
        let turned = self.changed(approval).map(|changed| changed.after.as_flag());
        let required = turned.unwrap_or_else(|| stored(approval));
        let flipped = |switch| self.changed(switch)?.before.as_flag();
        changed.change(&self.subject).with_the_others(flipped, stored, required)
    }

    /// The settings with the values to be written.
    pub fn wanted(&self) -> Vec<(Setting, Value)> {
        self.changes.iter().map(|changed| (changed.setting, changed.after.clone())).collect()
    }

    /// As JSON, for the browser's storage and for files.
    pub fn to_json(&self) -> String {
        self.surplus.put_back(serde_json::to_string(self).unwrap_or_default())
    }

    /// Parses what [`Receipt::to_json`] wrote; `None` for anything else.
    pub fn from_json(text: &str) -> Option<Self> {
        let receipt: Self = serde_json::from_str(text).ok().filter(|receipt: &Self| receipt.version == VERSION)?;
        Some(Self { surplus: Surplus::of(text, &receipt.to_json()), ..receipt })
    }
}

/// Several receipts as one JSON document.
pub fn to_file(receipts: &[Receipt]) -> String {
    let list: Vec<Json> = receipts.iter().filter_map(|receipt| serde_json::from_str(&receipt.to_json()).ok()).collect();
    let file = serde_json::json!({"kind": "pim-desk.changes", "version": VERSION, "changes": list});
    serde_json::to_string_pretty(&file).unwrap_or_default()
}
