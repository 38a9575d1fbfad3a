//! One policy being viewed and edited: what Microsoft has, what the person changed, and the save.

mod checking;
mod edits;
mod keeping;
mod saving;

use leptos::prelude::*;

use self::checking::{Ground, Looking};
use self::edits::Edits;
use self::keeping::Keeping;
use crate::browser::BrowserWorld;
use crate::desk::editing;
use crate::desk::rights::WriteRight;
use crate::desk::save::{NotStarted, Outcome, RuleProgress};
use crate::desk::tabs::Doing as Elsewhere;
use crate::graph::client::Waiting;
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::policy::preflight::{Facts, Finding, Preflight, preflight as judge};
use crate::policy::{Approver, Carry, Change, Draft, Issue, Policy, Setting, Severity, Subject, Value, changes, check};
use crate::state::desk::Desk;
use crate::state::directory::names::{Names, approvers_of};
use crate::state::frame::nav::Guarded;
use crate::state::frame::notice::Notices;
use crate::state::frame::tabs::Tabs;
use crate::state::frame::unkept::Unkept;
use crate::state::policy::drafts;
use crate::state::policy::pasted_approvers::PastedApprovers;
use crate::state::receipts::Receipts;
use crate::text;
use crate::world::Clock;

/// The progress of a save.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    /// None is running and none has run.
    No,
    /// Running; empty until the first write is planned.
    Running(Vec<RuleProgress>),
    /// Ended.
    Ended(Box<Outcome>),
}

/// Another look at a save whose outcome was unknown.
#[derive(Clone, Debug, PartialEq)]
pub enum Again {
    /// None was requested.
    No,
    /// In progress.
    Reading,
    /// It was read; the save shows the result.
    Seen,
    /// It could not be read.
    Failed(NotStarted),
}

/// What a policy on screen needs around it; most of it outlives the policy.
#[derive(Clone, Copy)]
struct Around {
    desk: Desk,
    notices: Notices,
    receipts: Receipts,
    tabs: Tabs,
    unkept: Unkept,
    /// Names pasted as approvers.
    pasting: PastedApprovers,
    /// The policy that a save would start from, with what someone else has changed since the page was opened.
    ground: Ground,
    /// Whether the person can probably change the policy.
    write: WriteRight,
    /// When the policy on screen was read, ms since 1970.
    read_unix_ms: RwSignal<i64>,
}

/// A policy on screen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Editor {
    around: StoredValue<Around>,
    subject: StoredValue<Subject>,
    /// As last read.
    pub policy: RwSignal<Policy>,
    /// Unsaved edits; stored separately, because an editor is passed by value.
    edits: StoredValue<Edits>,
    /// The edits as changes, in the admin center's order.
    pub changes: Memo<Vec<Change>>,
    /// What is wrong or doubtful with the edits.
    pub issues: Memo<Vec<Issue>>,
    /// The save.
    pub saving: RwSignal<Saving>,
    /// Another look at the save.
    pub again: RwSignal<Again>,
    /// The changes that are being or were saved.
    pub sent: RwSignal<Vec<Change>>,
    /// The draft was restored from an earlier visit of this tab.
    pub restored: RwSignal<bool>,
    /// Something was written since the page was opened, so the group is in PIM now.
    pub wrote: RwSignal<bool>,
    /// Until when the running save waits, because Microsoft asked for it.
    pub waiting: RwSignal<Option<Waiting>>,
    /// The person asked the running save to stop.
    pub stopping: RwSignal<bool>,
    /// The receipt of the last save.
    pub receipt: RwSignal<Option<Guid>>,
    /// What the draft would meet in the tenant; `None` while that is being read.
    pub preflight: Memo<Option<Preflight>>,
    /// What the fields can already show about the draft: all findings, or those that need no reading.
    findings: Memo<Vec<Finding>>,
    /// The facts as last read, with the draft they were read for.
    facts: RwSignal<Option<(Draft, Facts)>>,
    /// Reading the facts takes longer than a person should be delayed.
    pub overdue: RwSignal<bool>,
    looking: StoredValue<Looking>,
    keeping: StoredValue<Keeping>,
    patience: StoredValue<Patience, LocalStorage>,
}

impl Editor {
    /// Opens a policy, with the draft this tab stored, if any. `name` is the policy's name as shown, `write` whether
    /// the person can probably change it.
    pub fn open(desk: Desk, policy: Policy, name: String, write: WriteRight) -> Self {
        let subject = policy.subject.clone();
        let (kept, undoes) = drafts::load(&desk.account(), &subject);
        let restored = RwSignal::new(!kept.is_empty());
        let (policy, read_unix_ms) = (RwSignal::new(policy), RwSignal::new(BrowserWorld.unix_ms()));
        let ground = Ground::new(policy);
        let edits = Edits::new(ground, kept);
        let names = Names::current();
        names.read_contexts();
        let contexts = Memo::new(move |_| {
            let known = names.contexts()?;
            let available = known.iter().filter(|context| context.available);
            Some(available.map(|context| context.id.clone()).collect::<Vec<_>>())
        });
        let issues = Memo::new(move |_| {
            ground.with(|policy| edits.with_later(|draft| check(policy, draft, contexts.get().as_deref())))
        });
        let tabs = Tabs::current();
        tabs.ask(&subject);
        let facts = RwSignal::new(None::<(Draft, Facts)>);
        let preflight = Memo::new(move |_| {
            facts.with(|facts| {
                let (read_for, facts) = facts.as_ref()?;
                edits.with_later(|draft| (draft == read_for).then(|| ground.with(|policy| judge(policy, draft, facts))))
            })
        });
        let findings = Memo::new(move |_| match preflight.get() {
            Some(found) => found.findings,
            None => ground.with(|policy| edits.with_later(|draft| judge(policy, draft, &Facts::default()))).findings,
        });
        let editor = Self {
            facts,
            preflight,
            findings,
            overdue: RwSignal::new(false),
            looking: StoredValue::default(),
            around: StoredValue::new(Around {
                desk,
                notices: Notices::current(),
                receipts: Receipts::current(),
                tabs,
                unkept: Unkept::current(),
                pasting: PastedApprovers::new(),
                ground,
                write,
                read_unix_ms,
            }),
            subject: StoredValue::new(subject),
            policy,
            edits: StoredValue::new(edits),
            changes: Memo::new(move |_| ground.with(|policy| edits.with_later(|draft| changes(policy, draft)))),
            issues,
            saving: RwSignal::new(Saving::No),
            again: RwSignal::new(Again::No),
            sent: RwSignal::new(Vec::new()),
            restored,
            wrote: RwSignal::new(false),
            waiting: RwSignal::new(None),
            stopping: RwSignal::new(false),
            receipt: RwSignal::new(None),
            keeping: StoredValue::new(Keeping { name, undoes, due: false, saves: 0, has_page: false }),
            patience: StoredValue::new_local(Patience::default()),
        };
        Effect::new(move |before: Option<()>| {
            policy.track();
            if before.is_some() {
                read_unix_ms.set(BrowserWorld.unix_ms());
            }
        });
        Effect::new(move |_| editor.tell_tabs());
        // What could not be read is requested again for another approver, not at every key press and look.
        let approvers =
            Memo::new(move |_| editor.with_ground(|policy| editor.edits(|draft| approvers_of(policy, draft))));
        Effect::new(move |_| names.look_up(approvers.get()));
        Effect::new(move |before: Option<bool>| {
            let saves = editor.elsewhere() == Elsewhere::Saves;
            if saves {
                editor.drop_start();
            } else if before == Some(true) {
                editor.look_after_save();
            }
            saves
        });
        editor.settle_kept();
        editor.keep_at_the_end();
        on_cleanup(move || {
            if let Some(subject) = editor.subject.try_get_value() {
                tabs.doing(&subject, Elsewhere::Nothing);
            }
        });
        editor
    }

    /// Reports to the other tabs what this one does with the policy; follows draft and save.
    fn tell_tabs(self) {
        // A save that still waits for its page keeps nobody else from it.
        let has_page = self.keeping.with_value(|keeping| keeping.has_page);
        let runs = self.saving.with(|saving| matches!(saving, Saving::Running(_)));
        let saves = runs && has_page;
        let doing = match (saves, self.would_lose()) {
            (true, _) => Elsewhere::Saves,
            (false, 0) => Elsewhere::Nothing,
            (false, _) => Elsewhere::Edits,
        };
        self.around().tabs.doing(&self.subject(), doing);
    }

    /// What another tab of this browser does with the policy; views follow it.
    pub fn elsewhere(self) -> Elsewhere {
        self.subject.with_value(|subject| self.around().tabs.others_on(subject))
    }

    fn around(self) -> Around {
        self.around.get_value()
    }

    /// The policy's subject.
    pub fn subject(self) -> Subject {
        self.subject.get_value()
    }

    /// When the policy on screen was read, ms since 1970; views follow it.
    pub fn read_unix_ms(self) -> i64 {
        self.around().read_unix_ms.get()
    }

    /// What saving it is called in the message if that fails.
    pub fn doing(self) -> text::problem::Doing {
        self.subject.with_value(text::subject::saving)
    }

    /// The value on screen.
    pub fn value(self, setting: Setting) -> Option<Value> {
        self.policy.with(|policy| self.edits.with_value(|edits| edits.value(policy, setting)))
    }

    /// Changes a setting.
    pub fn set(self, setting: Setting, value: Value) {
        if self.is_saving() {
            return;
        }
        self.policy.with_untracked(|policy| self.type_in(|draft| draft.set(policy, setting, value)));
        self.outdated();
    }

    /// Resets one setting to what Microsoft has.
    pub fn reset(self, setting: Setting) {
        if self.is_saving() {
            return;
        }
        if setting == Setting::Approvers {
            self.pasting().forget();
        }
        self.change(|draft| draft.reset(setting));
        self.edited();
    }

    /// Adds an approver to the selected ones.
    pub fn add_approver(self, approver: Approver) {
        let Some(Value::Approvers(mut wanted)) = untrack(|| self.value(Setting::Approvers)) else { return };
        if self.is_saving() || wanted.contains(&approver) {
            return;
        }
        wanted.push(approver);
        let wanted = Value::Approvers(wanted);
        self.policy.with_untracked(|policy| self.change(|draft| draft.set(policy, Setting::Approvers, wanted)));
        self.edited();
    }

    /// The names that were pasted as approvers.
    pub fn pasting(self) -> PastedApprovers {
        self.around().pasting
    }

    /// Puts settings of another policy into the draft.
    pub fn take(self, carry: &Carry, picked: &[Setting]) {
        if self.is_saving() {
            return;
        }
        self.policy.with_untracked(|policy| self.change(|draft| carry.take(policy, draft, picked)));
        self.edited();
    }

    /// Forgets all edits.
    pub fn discard(self) {
        if self.is_saving() {
            return;
        }
        self.pasting().forget();
        self.change(Draft::clear);
        self.edited();
    }

    fn edited(self) {
        self.outdated();
        self.keep_later();
        self.keep_soon();
        self.look_soon();
    }

    /// What was read and saved for the edits before no longer applies.
    fn outdated(self) {
        self.drop_look();
        // Effects run only for what changes: this code runs on every keystroke.
        if self.saving.with_untracked(|saving| matches!(saving, Saving::Ended(_))) {
            self.saving.set(Saving::No);
        }
    }

    /// Whether a save is running; does not track.
    pub fn is_saving(self) -> bool {
        self.saving.with_untracked(|saving| matches!(saving, Saving::Running(_)))
    }

    /// The errors in one setting that block a save; views follow it.
    pub fn error_of(self, setting: Setting) -> Option<String> {
        self.issue_of(setting, Severity::Error)
    }

    /// The warnings about one setting; views follow it.
    pub fn warning_of(self, setting: Setting) -> Option<String> {
        self.issue_of(setting, Severity::Warning)
    }

    fn issue_of(self, setting: Setting, severity: Severity) -> Option<String> {
        self.issues.with(|issues| {
            let own = issues.iter().filter(|issue| issue.setting == setting && issue.severity == severity);
            let mut found: Vec<String> = own.map(text::policy::issue::issue).collect();
            found.extend(self.findings_of(setting, severity));
            (!found.is_empty()).then(|| found.join("\n"))
        })
    }

    /// Whether anything blocks a save; views follow it.
    pub fn has_errors(self) -> bool {
        self.issues.with(|issues| issues.iter().any(|issue| issue.severity == Severity::Error))
    }

    /// Resolves a conflict: `mine` goes on top of what Microsoft has now, or is dropped.
    pub fn decide_as(self, setting: Setting, mine: Value, keep_mine: bool) {
        self.policy.with_untracked(|policy| {
            self.change(|draft| editing::decide(policy, draft, setting, mine, keep_mine));
        });
        self.keep();
    }

    /// Dismisses the ended save, to continue with another step.
    pub fn put_away(self) {
        self.catch_up();
        if !self.is_saving() {
            self.saving.set(Saving::No);
        }
    }
}

impl Guarded for Editor {
    fn would_lose(&self) -> usize {
        self.edits(Draft::len) + usize::from(self.looks_up())
    }

    fn looks_up(&self) -> bool {
        self.pasting().pending() > 0
    }

    fn is_saving(&self) -> bool {
        Self::is_saving(*self)
    }

    fn stop(&self) {
        Self::stop(*self);
    }

    fn discard(&self) {
        Self::discard(*self);
    }
}
