//! A change for many policies in the making: what was chosen for it on any page, its plan, and its progress.

mod choosing;
mod keeping;
mod planning;
pub mod records;
mod running;
mod source;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use self::records::RolloutRecords;
pub use self::source::values_of;
use super::desk::Desk;
use super::directory::names::Names;
use super::frame::nav::Nav;
use super::frame::notice::Notices;
use super::frame::tabs::Tabs;
use super::frame::unkept::Unkept;
use super::lasting::lasting;
use super::receipts::Receipts;
use super::templates::TemplatesState;
use crate::desk::policies::NoPolicy;
use crate::desk::rollout::{Control, Halt, PlannedPolicy, PolicyProgress, Resolved, Work};
use crate::graph::Error;
use crate::graph::client::Waiting;
use crate::graph::patience::Patience;
use crate::guid::Guid;
use crate::policy::{Change, Policy, Setting, Subject, Value};
use crate::rollout::choice::{Choice, Values};
use crate::rollout::taken_out::TakenOut;
use crate::rollout::{Proposal, Target};
use crate::route::Route;

/// What the page is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Source, settings and targets are being chosen.
    #[default]
    Choosing,
    /// The policies of the plan are being read.
    Reading,
    /// The plan is on screen.
    Planned,
    /// The change is running.
    Running,
}

/// The source, as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its name: "Tier-0 Operators (members)".
    pub name: String,
    /// Its policy, or why there is none to copy from.
    pub policy: Result<Result<Policy, NoPolicy>, Error>,
}

/// What a page offers as the source of a copy.
#[derive(Clone, Debug, PartialEq)]
pub enum Offered {
    /// The settings of a policy.
    Policy(Subject),
    /// The settings of a template.
    Values(Values),
}

/// What is set on the targets.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    /// Not chosen yet.
    #[default]
    Nothing,
    /// The settings of a policy.
    Policy(Subject),
    /// Settings with their values, from a template.
    Values(Values),
    /// A complete proposal made elsewhere.
    Proposal(Proposal),
}

impl Content {
    /// The policy whose settings are copied, if any.
    pub const fn source(&self) -> Option<&Subject> {
        if let Self::Policy(source) = self { Some(source) } else { None }
    }

    /// The values that are copied, if any.
    pub const fn values(&self) -> Option<&Values> {
        if let Self::Values(values) = self { Some(values) } else { None }
    }

    /// The proposal, if any.
    pub const fn proposal(&self) -> Option<&Proposal> {
        if let Self::Proposal(proposal) = self { Some(proposal) } else { None }
    }

    const fn proposal_mut(&mut self) -> Option<&mut Proposal> {
        if let Self::Proposal(proposal) = self { Some(proposal) } else { None }
    }

    fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }
}

/// One policy that is being saved.
#[derive(Clone)]
pub struct Line {
    /// What is saved.
    pub work: Rc<Work>,
    /// The changes.
    pub changes: Arc<Vec<Change>>,
    /// Its progress.
    pub progress: RwSignal<PolicyProgress>,
    /// The wait it is in, if any.
    pub wait: RwSignal<Option<Waiting>>,
}

/// What a rollout needs from the rest of the page.
#[derive(Clone, Copy)]
pub struct Around {
    /// The navigation.
    pub nav: Nav,
    /// The client.
    pub desk: Desk,
    /// The known names.
    pub names: Names,
    /// The receipts of single saves.
    pub receipts: Receipts,
    /// The records of rollouts.
    pub rollouts: RolloutRecords,
    /// The other tabs.
    pub tabs: Tabs,
    /// Messages to the person.
    pub notices: Notices,
    /// What could not be stored.
    pub unkept: Unkept,
    /// The templates.
    pub templates: TemplatesState,
}

/// The progress of the saves.
#[derive(Clone, Copy)]
pub struct Course {
    /// The policies being saved.
    pub lines: RwSignal<Vec<Line>, LocalStorage>,
    /// How many of them have ended.
    pub ended: RwSignal<usize>,
    /// When the saving began, ms since 1970.
    pub began: RwSignal<i64>,
    /// Why it is paused, if it is.
    pub halted: RwSignal<Option<Halt>>,
    /// The person cancelled it.
    pub cancelled: RwSignal<bool>,
    /// How many are saved at once.
    pub at_once: RwSignal<usize>,
    control: StoredValue<Control, LocalStorage>,
    /// The session is being left for a sign-in of the same person.
    comes_back: StoredValue<bool>,
    /// It was paused once because the browser stores nothing more.
    paused_unkept: StoredValue<bool>,
}

impl Course {
    fn new() -> Self {
        Self {
            lines: RwSignal::new_local(Vec::new()),
            ended: RwSignal::default(),
            began: RwSignal::default(),
            halted: RwSignal::default(),
            cancelled: RwSignal::default(),
            at_once: RwSignal::default(),
            control: StoredValue::new_local(Control::default()),
            comes_back: StoredValue::new(false),
            paused_unkept: StoredValue::new(false),
        }
    }
}

/// What is chosen for a rollout, and its progress.
#[derive(Clone, Copy)]
pub struct RolloutState {
    around: StoredValue<Around>,
    course: StoredValue<Course>,
    /// What is to be set on the targets.
    pub content: RwSignal<Content>,
    /// The policies to change, as far as they are chosen.
    pub targets: RwSignal<Vec<Target>>,
    /// The settings that are ticked.
    pub picked: RwSignal<Vec<Setting>>,
    /// The source as it was read; `None` before that.
    pub read: RwSignal<Option<Source>>,
    /// What the source offered when the person last looked at it.
    pub seen: RwSignal<Option<Vec<(Setting, Value)>>>,
    /// Counts the readings of the source: the answer of an earlier one is dropped.
    reads: StoredValue<u32>,
    /// What the page is doing.
    pub phase: RwSignal<Phase>,
    /// How many steps of how many have been read for the plan.
    pub reading: RwSignal<(usize, usize)>,
    /// The plan.
    pub rows: RwSignal<Vec<PlannedPolicy>>,
    /// Why it did not start.
    pub refused: RwSignal<Option<Error>>,
    /// The result of looking up the last pasted list.
    pub pasted: RwSignal<Option<Result<Resolved, Error>>>,
    /// The list that is being pasted.
    pub list: RwSignal<String>,
    /// A pasted list is being looked up.
    pub pasting: RwSignal<bool>,
    /// Counts stopped look-ups: the answer of an earlier round is dropped. Beside it, what stops the present one.
    looks_up: StoredValue<(u32, Patience), LocalStorage>,
    /// What the tab stored, until the page is opened.
    kept: StoredValue<Option<Choice>>,
    /// The rollout that this one continues.
    continues: StoredValue<Option<Guid>>,
    /// What the person took out of the plan; kept while the plan is read again.
    taken_out: StoredValue<TakenOut>,
    /// The copy that was being put together when this one was begun.
    pub aside: RwSignal<Option<Choice>>,
    patience: StoredValue<Patience, LocalStorage>,
}

impl RolloutState {
    /// Starts with what this tab stored, if anything.
    fn new() -> Self {
        let around = Around {
            nav: Nav::current(),
            desk: Desk::current(),
            names: Names::current(),
            receipts: Receipts::current(),
            rollouts: RolloutRecords::current(),
            tabs: Tabs::current(),
            notices: Notices::current(),
            unkept: Unkept::current(),
            templates: TemplatesState::current(),
        };
        let state = Self {
            around: StoredValue::new(around),
            course: StoredValue::new(Course::new()),
            content: RwSignal::default(),
            targets: RwSignal::default(),
            picked: RwSignal::default(),
            read: RwSignal::default(),
            seen: RwSignal::default(),
            reads: StoredValue::default(),
            phase: RwSignal::default(),
            reading: RwSignal::default(),
            rows: RwSignal::default(),
            refused: RwSignal::default(),
            pasted: RwSignal::default(),
            pasting: RwSignal::default(),
            looks_up: StoredValue::new_local(Default::default()),
            kept: StoredValue::new(None),
            continues: StoredValue::new(None),
            taken_out: StoredValue::default(),
            aside: RwSignal::default(),
            list: RwSignal::default(),
            patience: StoredValue::new_local(Patience::default()),
        };
        state.restore();
        // What could not be found again after closing the tab is not sent before the person knows.
        around.receipts.when_refused(Callback::new(move |()| state.pause_unkept()));
        around.nav.winds_up_by(Callback::new(move |comes_back| state.wind_up(comes_back)));
        state
    }

    pub(super) fn around(self) -> Around {
        self.around.get_value()
    }

    /// The progress of the saves.
    pub fn course(self) -> Course {
        self.course.get_value()
    }

    /// The page's rollout.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Copies the settings of a policy: to the chosen targets if only the source is missing, else to targets still to
    /// be chosen.
    pub fn copy_from(self, source: Subject) {
        if self.content.with_untracked(Content::is_nothing) && untrack(|| self.is_open()) {
            return self.add_to_copy(Vec::new(), Some(Offered::Policy(source)));
        }
        self.begin(Content::Policy(source), Vec::new());
    }

    /// Copies these values to policies that are still to be chosen.
    pub fn copy_values(self, values: Values) {
        self.begin(Content::Nothing, Vec::new());
        if !self.is_running() {
            self.choose_values(Some(values));
        }
    }

    /// Copies settings to these policies; the source is still to be chosen.
    pub fn copy_to(self, targets: Vec<Target>) {
        self.begin(Content::Nothing, targets);
    }

    /// Whether a copy is being put together; views that call it follow it.
    pub fn is_open(self) -> bool {
        let is_running = self.phase.with(|phase| *phase == Phase::Running);
        let has_some = self.content.with(|content| match content {
            Content::Nothing => Some(false),
            Content::Policy(_) | Content::Values(_) => Some(true),
            Content::Proposal(_) => None,
        });
        !is_running && has_some.is_some_and(|has_some| has_some || !self.targets.with(Vec::is_empty))
    }

    /// Adds policies to the copy being put together, or begins one. If its source is not chosen yet, `offered` becomes
    /// the source.
    pub fn add_to_copy(self, targets: Vec<Target>, offered: Option<Offered>) {
        if !untrack(|| self.is_open()) {
            self.begin(Content::Nothing, Vec::new());
        }
        if self.is_running() {
            return;
        }
        self.kept.update_value(|kept| {
            if let Some(kept) = kept {
                kept.planned = false;
            }
        });
        if self.phase.get_untracked() != Phase::Choosing {
            self.choose_again();
        }
        self.add_targets(targets);
        if self.content.with_untracked(Content::is_nothing) {
            match offered {
                Some(Offered::Policy(subject)) => self.choose_source(Some(subject)),
                Some(Offered::Values(values)) => self.choose_values(Some(values)),
                None => {}
            }
        }
        self.around().nav.go(&Route::ROLLOUT);
    }

    /// Proposes a complete change: a fix from the report, the return to a snapshot, an undo.
    pub fn propose(self, proposal: Proposal) {
        self.begin(Content::Proposal(proposal), Vec::new());
    }

    fn begin(self, content: Content, targets: Vec<Target>) {
        if self.is_running() {
            return self.around().nav.go(&Route::ROLLOUT);
        }
        let before = self.choice();
        self.forget();
        self.put_aside(before);
        let complete = content.proposal().is_some();
        self.content.set(content);
        self.targets.set(targets);
        self.around().nav.go(&Route::ROLLOUT);
        if complete {
            self.plan();
        } else {
            self.keep();
            self.read_source();
        }
    }

    /// Starts over with nothing chosen. What was put aside stays.
    pub fn forget(self) {
        self.patience.with_value(Patience::stop);
        self.stop_pasting();
        self.continues.set_value(None);
        self.taken_out.set_value(TakenOut::default());
        self.list.set(String::new());
        self.kept.set_value(None);
        self.content.set(Content::Nothing);
        self.targets.set(Vec::new());
        self.picked.set(Vec::new());
        self.read.set(None);
        self.seen.set(None);
        self.rows.set(Vec::new());
        self.refused.set(None);
        self.pasted.set(None);
        self.phase.set(Phase::Choosing);
        self.keep();
    }

    pub(super) fn is_running(self) -> bool {
        self.phase.with_untracked(|phase| *phase == Phase::Running)
    }
}
