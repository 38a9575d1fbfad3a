//! What this person has decided since the page was loaded. One decision per request at a time, on any button.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::approval::kept::{Sent, would_show};
use crate::approval::{Decision, Request};
use crate::browser::BrowserWorld;
use crate::desk::decide::{self, Checked, Outcome};
use crate::graph::Error;
use crate::graph::journal::Entry;
use crate::state::approval::justification::{all_sent, forget, keep_sent, note_sent};
use crate::state::desk::Desk;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::text;
use crate::world::Clock;

/// The progress of a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum DecisionProgress {
    /// It is being sent.
    Sending,
    /// It ended with this outcome.
    Ended(Outcome),
}

/// A decision of this session.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The request, as it was when decided.
    pub request: Request,
    /// What was decided.
    pub decision: Decision,
    /// The justification, as sent.
    pub justification: String,
    /// Its progress.
    pub progress: DecisionProgress,
    /// When it began, ms since 1970.
    begun_unix_ms: i64,
    /// When it last changed, ms since 1970.
    pub at_unix_ms: i64,
    /// The call that carried it, if one was sent.
    pub call: Option<Entry>,
    /// It is being looked at again.
    pub checking: bool,
    /// When the last look began, ms since 1970, if it found the request still undecided.
    pub found_open_unix_ms: Option<i64>,
    /// Why the last look failed, if it did.
    pub check_error: Option<Error>,
    /// The decision before this one, if its outcome is unknown too.
    before: Option<Sent>,
}

impl Case {
    /// The outcome, if it has ended.
    pub const fn outcome(&self) -> Option<&Outcome> {
        match &self.progress {
            DecisionProgress::Sending => None,
            DecisionProgress::Ended(outcome) => Some(outcome),
        }
    }

    /// Whether it certainly had no effect.
    pub const fn is_refused(&self) -> bool {
        matches!(self.outcome(), Some(Outcome::Refused(_)))
    }

    /// Whether another decision on the request may be sent: the last one had no effect, certainly or according to a
    /// later look.
    pub fn may_send_again(&self) -> bool {
        let found_open = self.found_open_unix_ms.filter(|_| !self.checking);
        self.outcome().is_some_and(|outcome| outcome.may_send_again(self.sent_unix_ms(), found_open))
    }

    /// When it was sent, ms since 1970. The stage was read before that.
    fn sent_unix_ms(&self) -> i64 {
        self.call.as_ref().map_or(self.begun_unix_ms, |call| call.at_unix_ms)
    }
}

/// The decisions of this session.
#[derive(Clone, Copy)]
pub struct Decisions {
    desk: Desk,
    notices: Notices,
    nav: Nav,
    cases: RwSignal<Vec<Case>>,
    /// Counts finished decisions, for views that then read again.
    ended: RwSignal<u32>,
    /// What the tab keeps as sent without its outcome being read, by request; also from before a reload.
    noted: RwSignal<BTreeMap<String, Sent>>,
}

impl Decisions {
    /// Starts without decisions.
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            notices: Notices::current(),
            nav: Nav::current(),
            cases: RwSignal::default(),
            ended: RwSignal::new(0),
            noted: RwSignal::new(all_sent(&desk.account())),
        }
    }

    /// The decision on a request; views follow it.
    pub fn get(self, request_id: &str) -> Option<Case> {
        self.cases.with(|cases| cases.iter().find(|case| case.request.id == request_id).cloned())
    }

    /// All that took effect or may have, latest first; views follow it.
    pub fn all(self) -> Vec<Case> {
        self.cases.with(|cases| cases.iter().rev().filter(|case| !case.is_refused()).cloned().collect())
    }

    /// Changes whenever a decision has ended.
    pub fn ended(self) -> u32 {
        self.ended.get()
    }

    /// Sends a decision, unless one on the same request is in progress, or took or may have taken effect (`may_begin`).
    pub fn decide(self, request: &Request, decision: Decision, justification: &str) {
        if !self.may_begin(&request.id) {
            return;
        }
        let (kind, id, words) = (request.kind(), request.id.clone(), justification.trim().to_owned());
        self.begin(request, decision, &words);
        self.notices.announce(text::approval::decision::sending(decision).to_owned());
        self.nav.decides(true);
        spawn_local(async move {
            let (client, me) = (self.desk.client(), self.desk.account().oid);
            let started = BrowserWorld.unix_ms();
            let outcome = decide::decide(&client, kind, &id, decision, &words, &me).await;
            self.keep_call(&id, started);
            self.end(&id, outcome);
            self.nav.decides(false);
        });
    }

    /// Whether this request may be decided together with others: no decision on it is in progress, has taken effect, or
    /// may have, not even one from before a reload; views follow it.
    pub fn is_free(self, request_id: &str) -> bool {
        let is_noted = self.noted.with(|noted| noted.contains_key(request_id));
        !is_noted
            && self
                .cases
                .with(|cases| cases.iter().find(|case| case.request.id == request_id).is_none_or(Case::is_refused))
    }

    /// The decision on this request that may have taken effect, from before a reload or before one that was refused;
    /// views follow it.
    pub fn noted(self, request_id: &str) -> Option<Sent> {
        self.noted.with(|noted| noted.get(request_id).copied())
    }

    /// Whether it is known what became of this request; does not track.
    pub(in crate::state) fn is_known(self, request_id: &str) -> bool {
        self.case_with(request_id, |case| case.outcome().is_some_and(Outcome::is_known)).is_some()
    }

    /// Whether a decision on this request may start: none is in progress or has taken effect, and one that may have was
    /// looked for, or would show by now; does not track.
    fn may_begin(self, request_id: &str) -> bool {
        match self.case_with(request_id, |_| true) {
            Some(case) => case.may_send_again(),
            None => untrack(|| self.noted(request_id))
                .is_none_or(|sent| would_show(sent.sent_unix_ms, BrowserWorld.unix_ms())),
        }
    }

    /// Notes that a decision is being sent; the tab keeps that until the outcome is known. One of many may call this
    /// more than once.
    pub(in crate::state) fn begin(self, request: &Request, decision: Decision, justification: &str) {
        let now = BrowserWorld.unix_ms();
        let sent = Sent::new(decision, now);
        let noted = self.note(&request.id, Some(sent));
        let once_more = self.case_with(&request.id, |case| case.progress == DecisionProgress::Sending);
        let case = Case {
            request: request.clone(),
            decision,
            justification: justification.to_owned(),
            progress: DecisionProgress::Sending,
            begun_unix_ms: now,
            at_unix_ms: now,
            call: None,
            checking: false,
            found_open_unix_ms: None,
            check_error: None,
            before: once_more.map_or(noted, |case| case.before),
        };
        self.cases.try_update(|cases| {
            cases.retain(|other| other.request.id != case.request.id);
            cases.push(case);
        });
    }

    /// Notes the outcome of one of many decisions, and returns it combined with what is known of the decision before;
    /// [`Decisions::many_ended`] then notifies once, for all of them.
    pub(in crate::state) fn end_one(self, request_id: &str, started_unix_ms: i64, outcome: &Outcome) -> Outcome {
        self.keep_call(request_id, started_unix_ms);
        let outcome = self.told_whole(request_id, outcome.clone());
        self.note_end(request_id, &outcome);
        self.change(request_id, |case| case.progress = DecisionProgress::Ended(outcome.clone()));
        outcome
    }

    /// Forgets a decision that was not sent after all.
    pub(in crate::state) fn withdraw(self, request_id: &str) {
        if let Some(case) = self.case_with(request_id, |case| case.progress == DecisionProgress::Sending) {
            self.note(request_id, case.before);
        }
        self.cases.try_update(|cases| {
            cases.retain(|case| case.request.id != request_id || case.progress != DecisionProgress::Sending);
        });
    }

    /// One or many decisions have ended: notifies what follows [`Decisions::ended`].
    pub(in crate::state) fn many_ended(self) {
        self.ended.try_update(|count| *count = count.wrapping_add(1));
    }

    /// Keeps the call that made a decision, for its receipt.
    fn keep_call(self, id: &str, started_unix_ms: i64) {
        let carried = |entry: &Entry| {
            entry.at_unix_ms >= started_unix_ms && entry.call.starts_with("PATCH ") && entry.call.contains(id)
        };
        let call = self.desk.client().journal().into_iter().rev().find(carried);
        self.change(id, |case| case.call = call);
    }

    /// Looks again at a decision whose outcome is unknown. Only reads.
    pub fn check(self, request_id: &str) {
        let Some(case) = untrack(|| self.get(request_id)).filter(|case| !case.checking) else { return };
        self.change(request_id, |case| case.checking = true);
        let id = request_id.to_owned();
        spawn_local(async move {
            let (client, me) = (self.desk.client(), self.desk.account().oid);
            let began = BrowserWorld.unix_ms();
            let checked =
                decide::check(&client, case.request.kind(), &id, case.decision, &case.justification, &me).await;
            self.change(&id, |case| {
                case.checking = false;
                case.found_open_unix_ms = (checked == Checked::StillOpen).then_some(began);
                case.check_error = if let Checked::Failed(error) = &checked { Some(error.clone()) } else { None };
            });
            match checked {
                Checked::Settled(outcome) => self.end(&id, outcome),
                Checked::StillOpen => self.notices.announce(text::approval::decision::STILL_OPEN.to_owned()),
                Checked::Failed(_) => self.notices.announce(text::approval::decision::CHECK_FAILED.to_owned()),
            }
        });
    }

    /// Dismisses a refusal, so that the form starts over.
    pub fn put_away_refusal(self, request_id: &str) {
        self.cases.update(|cases| {
            cases.retain(|case| case.request.id != request_id || !case.is_refused());
        });
    }

    /// Notes which decision on a request was sent without its outcome being read, also in the tab, and returns what was
    /// noted before.
    fn note(self, id: &str, sent: Option<Sent>) -> Option<Sent> {
        self.noted.try_update(|noted| match sent {
            Some(sent) => noted.insert(id.to_owned(), sent),
            None => noted.remove(id),
        });
        note_sent(&self.desk.account(), id, sent)
    }

    /// Updates what the tab keeps of a decision after this outcome.
    fn note_end(self, id: &str, outcome: &Outcome) {
        let account = self.desk.account();
        match outcome {
            Outcome::Decided(_) => {
                self.note(id, None);
                forget(&account, id);
            }
            Outcome::AlreadyDecided(_) | Outcome::Unnamed(_) | Outcome::NotOpen { .. } | Outcome::NoEffect => {
                self.note(id, None);
            }
            Outcome::Refused(_) => {
                self.note(id, self.case_with(id, |_| true).and_then(|case| case.before));
            }
            // The text may have been typed for many requests: each whose result is open keeps it.
            Outcome::NotVisibleYet | Outcome::Unknown(_) => {
                if let Some(case) = self.case_with(id, |_| true) {
                    // It left later than it was begun: the stage was read before.
                    self.note(id, Some(Sent::new(case.decision, case.sent_unix_ms())));
                    keep_sent(&account, id, case.decision, &case.justification);
                }
            }
        }
    }

    /// The decision on a request if it matches; does not track.
    fn case_with(self, id: &str, is_so: impl Fn(&Case) -> bool) -> Option<Case> {
        let found = |cases: &Vec<Case>| cases.iter().find(|case| case.request.id == id && is_so(case)).cloned();
        self.cases.try_with_untracked(found).flatten()
    }

    /// Combines an outcome with what is known of the decision before it.
    fn told_whole(self, id: &str, outcome: Outcome) -> Outcome {
        let sent_before = self.case_with(id, |case| case.before.is_some()).is_some();
        if sent_before { outcome.after_another() } else { outcome }
    }

    fn end(self, id: &str, outcome: Outcome) {
        let outcome = self.told_whole(id, outcome);
        self.note_end(id, &outcome);
        let decision = self
            .cases
            .with_untracked(|cases| cases.iter().find(|case| case.request.id == id).map(|case| case.decision));
        if let Some(decision) = decision {
            let me = self.desk.account().oid;
            self.notices.announce(text::approval::decision::outcome(
                &outcome,
                decision,
                &me,
                crate::browser::locale::time_or_date,
            ));
        }
        self.change(id, |case| case.progress = DecisionProgress::Ended(outcome));
        self.many_ended();
    }

    fn change(self, id: &str, change: impl FnOnce(&mut Case)) {
        self.cases.try_update(|cases| {
            if let Some(case) = cases.iter_mut().find(|case| case.request.id == id) {
                change(case);
                case.at_unix_ms = BrowserWorld.unix_ms();
            }
        });
    }
}
