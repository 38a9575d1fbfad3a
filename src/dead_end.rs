//! What would not work in the present policies: the checks of a change, run over whole policies, and what only shows
//! when several policies are compared.
//!
//! Pure. [`needs`] lists what must be read of the tenant, `desk::dead_ends` reads it into [`TenantFacts`], [`judge`]
//! finds the dead ends.

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

/// How serious a dead end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nobody can activate, or nobody can approve.
    Blocking,
    /// It works, but protects less or notifies fewer people than it seems to.
    Weak,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// Most serious first.
    pub const ALL: [Self; 3] = [Self::Blocking, Self::Weak, Self::Note];

    /// Its word, used in addresses and files.
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
    /// Approval is required, and nobody can give it; perhaps nobody, unless it blocks.
    NobodyApproves,
    /// Someone eligible is the only approver.
    OnlyThemselves,
    /// The authentication context is missing, not published, or not required of everyone by a policy that is on.
    Context,
    /// Some approvers cannot approve, or perhaps should not.
    Approvers,
    /// Two approvals in a row: for the group, then for a role it can activate.
    Stacked,
    /// A role that requires approval comes with a group that requires none.
    Bypassed,
    /// Emails that reach nobody.
    SilentMails,
    /// More recipients than Microsoft sends an email to.
    CrowdedMails,
    /// MFA and an authentication context are both required.
    MfaAndContext,
    /// Eligibility may be permanent, and nothing is required to activate.
    AlwaysOpen,
    /// Little is required where much is granted.
    LittleDemanded,
}

impl Kind {
    /// Every kind, those that block first.
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

    /// Its word, used in addresses and files.
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

/// One thing that was found; `text` turns it into a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Approval is on, no approver is selected, and there are no default approvers.
    NoApprover,
    /// No approver was found who can approve, which does not rule out that someone can.
    NoneFound,
    /// A finding of the checks of a change.
    Found(Reason),
    /// Everyone who is eligible would have no approver but themselves.
    AllThemselves(Vec<String>),
    /// An authentication context is required, and none is selected.
    NoContext,
    /// These eligible people are the only approvers at the moment, which does not rule out others.
    OnlyNow(Vec<String>),
    /// This email reaches nobody, for this reason.
    Silent(RuleId, Silence),
    /// This email has this many recipients.
    Crowded(RuleId, usize),
    /// These roles, which the group can activate, also require approval.
    Stacked(Vec<String>),
    /// These roles, which the group has, require approval when they are activated.
    Bypassed(Vec<String>),
    /// MFA and this context are both required.
    MfaAndContext(String),
    /// Eligibility may be permanent, and activation is without approval, MFA or an authentication context.
    AlwaysOpen,
    /// Activation requires nothing, not even approval.
    NothingDemanded,
    /// Activation requires no approval, only MFA, which the morning's sign-in already satisfies.
    MfaOnly,
}

/// Why an email reaches nobody: there is no additional address, and this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The default recipients are off.
    Off,
    /// The default recipients are the group's owners, and it has none who can sign in.
    NoOwner,
    /// Both.
    OffAndNoOwner,
}

/// A dead end of one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadEnd {
    /// Whose policy.
    pub subject: Subject,
    /// The name of the group or role; its ID if there is no name.
    pub name: String,
    /// What kind it is.
    pub kind: Kind,
    /// The severity of its most serious cause.
    pub severity: Severity,
    /// The setting to correct.
    pub setting: Setting,
    /// What was found.
    pub causes: Vec<Cause>,
}

/// What identifies a dead end, also in a later report.
pub type Mark = (Subject, Kind);

impl DeadEnd {
    /// What identifies it.
    pub fn mark(&self) -> Mark {
        (self.subject.clone(), self.kind)
    }

    /// The tab on which it is corrected.
    pub const fn tab(&self) -> Tab {
        self.setting.tab()
    }
}
