//! Policies kept in a file, which a team can store, compare with the present, and go back to.
//!
//! Pure. A file is parsed by [`open`] and only as a whole: damaged or hostile content becomes a list of [`Fault`]s and
//! nothing else. What is written and read is documented in `docs/schemas/snapshot.schema.json`.

pub mod bytes;
mod described;
pub mod drift;
pub mod fault;
pub mod file;
pub mod import;
mod json;
mod read;
pub mod restore;
pub mod rules;
mod settings_table;
pub mod view;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::guid::Guid;
use crate::matrix::{Class, Standard};
use crate::policy::{Policy, Sheet, Subject};

pub use drift::{Drift, Severity, drift};
pub use fault::{Fault, Place, What};
pub use file::{can_be_opened, to_file, to_json};
pub use import::Import;
pub use settings_table::settings_table;

/// The kind named in a snapshot's file.
pub const KIND: &str = "pim-desk.snapshot";

/// The version that is written, and the only one that can be read.
pub const VERSION: u64 = 1;

/// The largest file that is opened, in bytes: the policies of some 2,500 groups.
pub const LARGEST: usize = 40 * 1024 * 1024;

/// Most policies in a file: those of some 5,000 groups. A file with more is rejected, because each is read and shown.
pub const MOST_POLICIES: usize = 10_000;

/// Whether a file with this many bytes and policies is opened.
pub const fn is_opened(bytes: usize, policies: usize) -> bool {
    bytes <= LARGEST && policies <= MOST_POLICIES
}

/// Why a policy is missing from a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// It could not be read.
    Failed,
    /// The person stopped the survey before its turn.
    Stopped,
    /// There is no policy.
    NoPolicy,
    /// There is more than one: nobody can say which applies.
    Several,
}

impl Why {
    /// All reasons.
    pub const ALL: [Self; 4] = [Self::Failed, Self::Stopped, Self::NoPolicy, Self::Several];

    /// Its name in a file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::NoPolicy => "noPolicy",
            Self::Several => "several",
        }
    }
}

/// One policy in a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotPolicy {
    /// The policy with its raw rules. Its ID is empty: it changes and is never stored (graph.md G1).
    pub policy: Policy,
    /// The name of the group or role; empty if it is unknown or was not to be included.
    pub name: String,
}

/// Policies of one tenant, as they were read at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The tenant.
    pub tenant: Guid,
    /// When reading began, RFC 3339: no policy is older.
    pub taken_at: String,
    /// Who took it, by name, if that was to be included.
    pub taken_by: Option<String>,
    /// The kinds of subjects whose list was read to its end. A subject of these that is not in the snapshot is new.
    pub whole: Vec<Class>,
    /// Everything that was to be included was read.
    pub complete: bool,
    /// What was to be included but is missing.
    pub not_read: Vec<(Subject, Why)>,
    /// Names of people, by ID, if they were to be included.
    pub people: BTreeMap<Guid, String>,
    /// The policies, each subject once, in the order of the subjects.
    pub policies: Vec<SnapshotPolicy>,
}

impl Snapshot {
    /// The policy of a subject.
    pub fn of(&self, subject: &Subject) -> Option<&SnapshotPolicy> {
        let at = self.policies.binary_search_by(|kept| kept.policy.subject.cmp(subject)).ok()?;
        self.policies.get(at)
    }

    /// Its policies as a reference to compare a table's rows with.
    pub fn standard(&self) -> Standard {
        let sheets = self.policies.iter().map(|kept| (kept.policy.subject.clone(), Sheet::of(&kept.policy)));
        Standard::for_subjects(sheets.collect())
    }

    /// How many groups and how many roles it contains.
    pub fn counts(&self) -> (usize, usize) {
        let mut groups: Vec<&Guid> = Vec::new();
        let mut roles = 0;
        for kept in &self.policies {
            match &kept.policy.subject {
                Subject::Group { group, .. } if groups.last() != Some(&group) => groups.push(group),
                Subject::Group { .. } => {}
                Subject::Role { .. } => roles += 1,
            }
        }
        (groups.len(), roles)
    }
}

/// A file that was understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// A snapshot written by this program.
    Snapshot(Snapshot),
    /// Settings written by another tool.
    Import(Import),
}

/// Parses a file, whole or not at all.
pub fn open(file: &[u8]) -> Result<Opened, Vec<Fault>> {
    let text = bytes::text(file).map_err(|fault| vec![fault])?;
    if !json::looks_like(&text) {
        return import::table::read(&text).map(Opened::Import);
    }
    let value = json::parse(&text)?;
    match value["kind"].as_str() {
        Some(KIND) => read::snapshot(&value).map(Opened::Snapshot),
        Some(_) => Err(vec![Fault::at("kind", What::OtherKind)]),
        None => match read::one_policy(&value) {
            Some(file) => read::snapshot(&file).map(Opened::Snapshot),
            None => import::config::read(&value).map(Opened::Import),
        },
    }
}
