//! What would not work, over all policies as they stand: the checks of a change run over whole policies, and what only
//! shows where several policies are looked at together.
//!
//! Pure. [`needs`] says what has to be read of the tenant, `desk::dead_ends` reads it into a [`TenantFacts`], [`judge`]
//! finds.

mod grounds;
pub mod judge;
pub mod listing;
pub mod need;
pub mod tenant;
mod to_read;

pub use judge::{Report, judge};
pub use listing::{Query, SortBy, listing};
pub use need::{Check, Need};
pub use tenant::{Grant, TenantFacts, Why};
pub use to_read::needs;

use crate::policy::preflight::Reason;
use crate::policy::{RuleId, Setting, Subject, Tab};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nobody gets in, or nobody can let anybody in.
    Blocking,
    /// It works, but protects less or tells fewer people than it seems to.
    Weak,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The worst first.
    pub const ALL: [Self; 3] = [Self::Blocking, Self::Weak, Self::Note];

    /// Its word in addresses and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::Weak => "weak",
            Self::Note => "note",
        }
    }
}

/// What kind of dead end it is. A policy has at most one of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Approval is demanded, and nobody can give it.
    NobodyApproves,
    /// Somebody eligible is the only approver.
    OnlyThemselves,
    /// The authentication context is missing, not published, or demanded by no policy that is on.
    Context,
    /// Some of the approvers cannot, or perhaps should not, approve.
    Approvers,
    /// Two approvals in a row: for the group, then for a role it can activate.
    Stacked,
    /// A role that needs approval comes with a group that needs none.
    Bypassed,
    /// Mails that reach nobody.
    SilentMails,
    /// More recipients than Microsoft sends a mail to.
    CrowdedMails,
    /// MFA and an authentication context together.
    MfaAndContext,
    /// Eligible for ever, and activated with nothing in the way.
    AlwaysOpen,
    /// Little is demanded where much is granted.
    LittleDemanded,
}

impl Kind {
    /// All kinds, those that block first.
    pub const ALL: [Self; 11] = [
        Self::NobodyApproves,
        Self::OnlyThemselves,
        Self::Context,
        Self::Approvers,
        Self::Stacked,
        Self::Bypassed,
        Self::SilentMails,
        Self::CrowdedMails,
        Self::MfaAndContext,
        Self::AlwaysOpen,
        Self::LittleDemanded,
    ];

    /// Its word in addresses and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NobodyApproves => "nobody-approves",
            Self::OnlyThemselves => "only-themselves",
            Self::Context => "context",
            Self::Approvers => "approvers",
            Self::Stacked => "two-approvals",
            Self::Bypassed => "approval-bypassed",
            Self::SilentMails => "silent-mails",
            Self::CrowdedMails => "crowded-mails",
            Self::MfaAndContext => "mfa-and-context",
            Self::AlwaysOpen => "always-open",
            Self::LittleDemanded => "little-demanded",
        }
    }
}

/// One thing that was found, in a form `text` turns into a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Approval is on and no approver is chosen, where nobody stands in.
    NoApprover,
    /// What the checks of a change found.
    Found(Reason),
    /// All who are eligible would have nobody but themselves.
    AllThemselves(Vec<String>),
    /// A context is demanded and none is chosen.
    NoContext,
    /// This mail reaches nobody.
    Silent(RuleId),
    /// This mail has so many recipients.
    Crowded(RuleId, usize),
    /// These roles, which the group can activate, need approval too.
    Stacked(Vec<String>),
    /// These roles, which the group holds, need approval when they are activated.
    Bypassed(Vec<String>),
    /// MFA and this context.
    MfaAndContext(String),
    /// Permanently eligible, without approval, MFA or context.
    AlwaysOpen,
    /// Activating demands nothing.
    NothingDemanded,
    /// Activating demands MFA, which a sign-in in the morning satisfies.
    MfaOnly,
}

/// A dead end of one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadEnd {
    /// Whose policy.
    pub subject: Subject,
    /// The name of the group or role; its id where there is none.
    pub name: String,
    /// What kind it is.
    pub kind: Kind,
    /// How bad it is: the worst of its causes.
    pub severity: Severity,
    /// The setting to mend.
    pub setting: Setting,
    /// What was found.
    pub causes: Vec<Cause>,
}

/// What tells a dead end from others, also in a later report.
pub type Mark = (Subject, Kind);

impl DeadEnd {
    /// Its mark.
    pub fn mark(&self) -> Mark {
        (self.subject.clone(), self.kind)
    }

    /// The tab on which it is mended.
    pub const fn tab(&self) -> Tab {
        self.setting.tab()
    }
}
