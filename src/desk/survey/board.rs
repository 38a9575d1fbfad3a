//! What is left to read, and how many calls may be in flight.

use std::collections::{BTreeSet, VecDeque};

use super::job::{Answered, Done, Job, Next};
use super::{News, Scope};
use crate::desk::pace::{Pace, may_pass};
use crate::graph::batch::PARTS;
use crate::graph::pages::Trail;
use crate::graph::{Error, Request, endpoint, retry};
use crate::guid::Guid;
use crate::matrix::HolderKind;
use crate::policy::{Policy, Subject};

type Tell<'a> = &'a dyn Fn(News);

/// How far the reading of the list is.
#[derive(Debug, PartialEq)]
enum List {
    /// This comes next.
    Next(Job),
    /// A page is being read.
    OnItsWay,
    /// The list has been read to its end.
    Complete,
}

impl List {
    fn next(job: Option<Job>) -> Self {
        job.map_or(Self::Complete, Self::Next)
    }

    fn take(&mut self) -> Option<Job> {
        match std::mem::replace(self, Self::OnItsWay) {
            Self::Next(job) => Some(job),
            other => {
                *self = other;
                None
            }
        }
    }
}

/// The state of a survey. If it is kept after a stop, the survey can be resumed.
pub struct Board {
    kind: HolderKind,
    list: List,
    trail: Trail,
    seen: BTreeSet<Guid>,
    unnamed: Vec<Guid>,
    named_once: bool,
    /// The job that reads the names of roles, if wanted.
    role_names: Option<Job>,
    queue: VecDeque<(Guid, u32)>,
    /// How often groups that are read again were tried.
    tries: Vec<(Guid, u32)>,
    list_attempts: u32,
    pace: Pace,
    /// The scope type of roles that is in use.
    scope_type: usize,
}

impl Board {
    /// A new board, with everything still to be read.
    pub fn new(scope: &Scope) -> Self {
        let mut board = Self {
            kind: scope.kind(),
            list: List::Complete,
            trail: Trail::default(),
            seen: BTreeSet::new(),
            unnamed: Vec::new(),
            named_once: false,
            role_names: None,
            queue: VecDeque::new(),
            tries: Vec::new(),
            list_attempts: 0,
            pace: Pace::new(),
            scope_type: 0,
        };
        match scope {
            Scope::GroupsInPim => board.list = List::next(Some(Job::GroupPage(endpoint::groups_in_pim()))),
            Scope::Groups(ids) | Scope::SomeRoles(ids) => {
                board.unnamed = board.add(ids);
            }
            Scope::Again(ids, unnamed) => {
                board.add(ids);
                board.unnamed.clone_from(unnamed);
            }
            Scope::RolesAgain(ids) => {
                board.add(ids);
            }
            Scope::Roles => {
                board.role_names = Some(Job::RoleNames);
                board.list = List::next(endpoint::all_role_policies(0).map(Job::RolePage));
            }
        }
        board
    }

    /// Whether it is about groups or roles.
    pub const fn kind(&self) -> HolderKind {
        self.kind
    }

    /// Also reads the policies of these, unless that is already planned. Returns those that were not known.
    pub fn add(&mut self, ids: &[Guid]) -> Vec<Guid> {
        let mut waiting: BTreeSet<Guid> = self.queue.iter().map(|(id, _)| id.clone()).collect();
        let missing = ids.iter().filter(|id| waiting.insert((*id).clone()));
        self.queue.extend(missing.map(|id| (id.clone(), 0)));
        ids.iter().filter(|id| self.seen.insert((*id).clone())).cloned().collect()
    }

    /// How many calls may be in flight. While waiting as Microsoft asked, none is added.
    pub(super) const fn at_once(&self) -> usize {
        self.pace.at_once()
    }

    /// The next job: first the list, because everything else depends on it; then names, then policies.
    pub(super) fn next_job(&mut self) -> Option<Job> {
        if self.pace.is_resting() {
            return None;
        }
        if let Some((refusal, before)) = self.pace.rest() {
            return Some(Job::Rest(refusal, before));
        }
        if let Some(job) = self.list.take() {
            return Some(job);
        }
        if let Some(job) = self.role_names.take() {
            return Some(job);
        }
        let listed = self.list == List::Complete;
        // The first page's names are read at once, so that there is something to see; the rest together.
        if !self.unnamed.is_empty() && (!self.named_once || listed || self.unnamed.len() >= endpoint::NAMES_PER_CALL) {
            self.named_once = true;
            let (most, job): (usize, fn(Vec<Guid>) -> Job) = match self.kind {
                HolderKind::Groups => (endpoint::NAMES_PER_CALL, Job::GroupNames),
                HolderKind::Roles => (PARTS, Job::SomeRoleNames),
            };
            let most = self.unnamed.len().min(most);
            return Some(job(self.unnamed.drain(..most).collect()));
        }
        if self.queue.len() >= PARTS || (listed && !self.queue.is_empty()) {
            let most = self.queue.len().min(PARTS);
            let taken: Vec<(Guid, u32)> = self.queue.drain(..most).collect();
            let ids = taken.iter().map(|(id, _)| id.clone()).collect();
            self.tries.extend(taken.into_iter().filter(|(_, tries)| *tries > 0));
            return Some(Job::GroupPolicies(ids));
        }
        None
    }

    pub(super) fn take_in(&mut self, job: Job, done: Done, tell: Tell<'_>) {
        match done {
            Done::Page(Ok((ids, next))) => {
                let cut = self.turned(&job, next, Job::GroupPage);
                let fresh: Vec<Guid> = ids.into_iter().filter(|id| self.seen.insert(id.clone())).collect();
                self.unnamed.extend(fresh.iter().cloned());
                self.queue.extend(fresh.iter().map(|id| (id.clone(), 0)));
                if !fresh.is_empty() {
                    tell(News::Found(fresh));
                }
                self.tell_listed(cut, tell);
            }
            Done::RolePolicies(Ok((policies, next))) => {
                let next = match next {
                    Ok(None) if policies.is_empty() && self.seen.is_empty() => Ok(self.next_scope_type()),
                    next => next,
                };
                let cut = self.turned(&job, next, Job::RolePage);
                self.role_policies(policies, tell);
                self.tell_listed(cut, tell);
            }
            Done::Page(Err(error)) | Done::RolePolicies(Err(error)) => self.list_failed(job, error, tell),
            Done::Names(holders, failed) => {
                if failed.is_none() || !holders.is_empty() {
                    tell(News::Named(holders));
                }
                if let Some(error) = failed {
                    tell(News::NotNamed(error));
                }
            }
            Done::Policies(Ok(answers)) => self.policies(answers, tell),
            Done::Policies(Err(error)) => {
                let Job::GroupPolicies(ids) = job else { return };
                self.slow_down(&error, tell);
                for id in ids {
                    self.again_or_failed(id, error.clone(), tell);
                }
            }
            Done::Rested(going_on) => {
                self.pace.rested();
                if !going_on {
                    self.give_up(&job, tell);
                }
            }
        }
    }

    /// The page was read: the next one follows. Returns why it cannot be followed, if so.
    fn turned(&mut self, job: &Job, next: Next, job_of: fn(Request) -> Job) -> Option<Error> {
        self.list_attempts = 0;
        let next = match job {
            Job::GroupPage(request) | Job::RolePage(request) => self.trail.follow(request, next),
            _ => next,
        };
        let (next, cut) = match next {
            Ok(next) => (next, None),
            Err(error) => (None, Some(error)),
        };
        self.list = List::next(next.map(job_of));
        cut
    }

    fn tell_listed(&self, cut: Option<Error>, tell: Tell<'_>) {
        if let Some(error) = cut {
            tell(News::ListFailed(error));
        } else if self.list == List::Complete {
            tell(News::Listed(self.seen.len()));
        }
    }

    /// If the usual scope type yields nothing, the next one is tried.
    fn next_scope_type(&mut self) -> Option<Request> {
        self.scope_type += 1;
        endpoint::all_role_policies(self.scope_type)
    }

    fn role_policies(&mut self, policies: Vec<Policy>, tell: Tell<'_>) {
        let mut found: Vec<(Guid, Vec<Policy>)> = Vec::new();
        for policy in policies {
            let Subject::Role { template } = &policy.subject else { continue };
            match found.iter_mut().find(|(id, _)| id == template) {
                Some((_, list)) => list.push(policy),
                None => found.push((template.clone(), vec![policy])),
            }
        }
        found.retain(|(id, _)| self.seen.insert(id.clone()));
        if !found.is_empty() {
            tell(News::Found(found.iter().map(|(id, _)| id.clone()).collect()));
        }
        for (id, policies) in found {
            tell(News::Policies(id, Ok(policies)));
        }
    }

    fn list_failed(&mut self, job: Job, error: Error, tell: Tell<'_>) {
        if may_pass(&error) && self.list_attempts + 1 < retry::ATTEMPTS {
            self.list_attempts += 1;
            self.slow_down(&error, tell);
            self.list = List::Next(job);
            return;
        }
        // A scope type that brought roles is the right one: if a later page of it is refused, the list is incomplete.
        let other = match (&job, error.status()) {
            (Job::RolePage(_), Some(400)) if self.seen.is_empty() => self.next_scope_type(),
            _ => None,
        };
        self.list = List::next(other.map(Job::RolePage));
        if self.list == List::Complete {
            tell(News::ListFailed(error));
        }
    }

    fn policies(&mut self, answers: Vec<Answered>, tell: Tell<'_>) {
        let refused = answers.iter().find_map(|(_, read)| read.as_ref().err().filter(|error| may_pass(error)).cloned());
        if let Some(error) = refused {
            self.slow_down(&error, tell);
        } else {
            self.pace.went_well();
        }
        for (id, read) in answers {
            match read {
                Err(error) if may_pass(&error) => self.again_or_failed(id, error, tell),
                read => tell(News::Policies(id, read)),
            }
        }
    }

    fn slow_down(&mut self, error: &Error, tell: Tell<'_>) {
        if let Some(fewer) = self.pace.slow_down(error) {
            tell(News::Slowed(fewer));
        }
    }

    fn again_or_failed(&mut self, id: Guid, error: Error, tell: Tell<'_>) {
        let at = self.tries.iter().position(|(known, _)| *known == id);
        let tries = at.map_or(0, |at| self.tries.swap_remove(at).1) + 1;
        if may_pass(&error) && tries < retry::ATTEMPTS {
            self.queue.push_back((id, tries));
        } else {
            tell(News::Policies(id, Err(error)));
        }
    }

    /// Microsoft asks for a longer wait than is accepted without asking: the rest fails with its error.
    fn give_up(&mut self, job: &Job, tell: Tell<'_>) {
        let Job::Rest(refusal, _) = job else { return };
        let error = Error::Refused(refusal.clone());
        for (id, _) in std::mem::take(&mut self.queue) {
            tell(News::Policies(id, Err(error.clone())));
        }
        if self.list.take().is_some() {
            self.list = List::Complete;
            tell(News::ListFailed(error));
        }
    }
}
