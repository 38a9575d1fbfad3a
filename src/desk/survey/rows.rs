//! Puts what a survey reports into the rows of the table.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::desk::survey::News;
use crate::directory::Holder;
use crate::graph::Error;
use crate::guid::Guid;
use crate::matrix::{Class, HolderKind, Row, Standing};
use crate::policy::{ApproverKind, Policy, Setting, Sheet, Value};

/// The position of each group and role in the rows.
#[derive(Clone, Debug, Default)]
pub struct MatrixRows {
    places: BTreeMap<Guid, usize>,
    /// Names that came before their row.
    named: BTreeMap<Guid, Arc<Holder>>,
}

/// The number of groups or roles by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the table.
    pub found: usize,
    /// Read, with or without success.
    pub read: usize,
    /// Those that could not be read.
    pub failed: usize,
    /// Not read because the reading was stopped before their turn.
    pub left: usize,
}

/// What one report says besides the rows.
#[derive(Debug, Default, PartialEq)]
pub struct RowNews {
    /// The list is complete.
    pub listed: bool,
    /// The list broke off.
    pub broke_off: bool,
    /// Fewer calls are made at once.
    pub slowed: bool,
    /// A group or role could not be read.
    pub error: Option<(Guid, Error)>,
    /// The list broke off, or names could not be read.
    pub trouble: Option<Error>,
    /// The people and groups that the policies name.
    pub approvers: Vec<Guid>,
}

impl MatrixRows {
    /// Takes in what the survey reports.
    pub fn take_in(&mut self, rows: &mut Vec<Row>, kind: HolderKind, news: News) -> RowNews {
        let mut told = RowNews::default();
        match news {
            News::Found(ids) => {
                for id in ids {
                    self.add(rows, kind, id);
                }
            }
            News::Named(holders) => {
                for holder in holders {
                    self.name(rows, holder);
                }
            }
            News::NotNamed(error) => told.trouble = Some(error),
            News::ListFailed(error) => {
                told.trouble = Some(error);
                (told.listed, told.broke_off) = (true, true);
            }
            News::Listed(_) => told.listed = true,
            News::Slowed(_) => told.slowed = true,
            News::Policies(id, read) => match read {
                Ok(policies) => {
                    told.approvers = policies.iter().flat_map(approvers).collect();
                    self.fill(rows, &id, &policies);
                }
                Err(error) => {
                    self.each(rows, &id, |row| row.standing = Standing::Failed);
                    told.error = Some((id, error));
                }
            },
        }
        told
    }

    /// Marks groups or roles as waiting before they are read again. Those that are not in the table yet are added.
    pub fn wait_again(&mut self, rows: &mut Vec<Row>, kind: HolderKind, ids: &[Guid]) {
        for id in ids {
            self.add(rows, kind, id.clone());
            self.each(rows, id, |row| row.standing = Standing::Waiting);
        }
    }

    /// Counts the groups, or the roles.
    pub fn counts(rows: &[Row], kind: HolderKind) -> Counts {
        let mut counts = Counts::default();
        // A group has two rows, which are next to each other and read together.
        for row in rows.iter().filter(|row| row.class() == kind.counted()) {
            let (waits, left) = (row.standing == Standing::Waiting, row.standing == Standing::NotRead);
            counts.found += 1;
            counts.read += usize::from(!waits && !left);
            counts.failed += usize::from(row.standing == Standing::Failed);
            counts.left += usize::from(left);
        }
        counts
    }

    /// Whether an ID in the table is a group's or a role's; an ID that is not in it counts as a group's.
    pub fn kind_of(rows: &[Row], id: &Guid) -> HolderKind {
        let is_role = rows.iter().any(|row| row.id() == id && row.class() == Class::Roles);
        if is_role { HolderKind::Roles } else { HolderKind::Groups }
    }

    /// Those whose turn did not come.
    pub fn left(rows: &[Row], kind: HolderKind) -> Vec<Guid> {
        let left = rows.iter().filter(|row| row.class() == kind.counted() && row.standing == Standing::NotRead);
        left.map(|row| row.id().clone()).collect()
    }

    /// The survey ended: what still waits was not read.
    pub fn end(&self, rows: &mut [Row], kind: HolderKind) {
        for row in rows.iter_mut().filter(|row| HolderKind::of(row.class()) == kind) {
            if row.standing == Standing::Waiting {
                row.standing = Standing::NotRead;
            }
        }
    }

    /// Those of these groups or roles whose name is not known.
    pub fn unnamed(&self, ids: &[Guid]) -> Vec<Guid> {
        ids.iter().filter(|id| !self.named.contains_key(*id)).cloned().collect()
    }

    fn add(&mut self, rows: &mut Vec<Row>, kind: HolderKind, id: Guid) {
        if self.places.contains_key(&id) {
            return;
        }
        self.places.insert(id.clone(), rows.len());
        let holder = self.named.get(&id).cloned();
        rows.extend(kind.subject(id).of_page().into_iter().map(|subject| Row::waiting(subject, holder.clone())));
    }

    /// A role's name may come before its policy.
    fn name(&mut self, rows: &mut [Row], holder: Holder) {
        let id = match &holder {
            Holder::Group(group) => group.id.clone(),
            Holder::Role(role) => role.template_id.clone(),
        };
        let holder = Arc::new(holder);
        self.each(rows, &id, |row| row.holder = Some(holder.clone()));
        self.named.insert(id, holder);
    }

    fn fill(&self, rows: &mut [Row], id: &Guid, policies: &[Policy]) {
        self.each(rows, id, |row| {
            let mut own = policies.iter().filter(|policy| policy.subject == row.subject);
            row.standing = match (own.next(), own.next()) {
                (Some(policy), None) => {
                    row.modified_at.clone_from(&policy.modified_at);
                    row.modified_by.clone_from(&policy.modified_by);
                    Standing::Read(Arc::new(Sheet::of(policy)))
                }
                (None, _) => Standing::NoPolicy,
                (Some(_), Some(_)) => Standing::Several,
            };
        });
    }

    fn each(&self, rows: &mut [Row], id: &Guid, mut change: impl FnMut(&mut Row)) {
        let Some(first) = self.places.get(id) else { return };
        for row in rows.iter_mut().skip(*first).take_while(|row| row.id() == id) {
            change(row);
        }
    }
}

fn approvers(policy: &Policy) -> Vec<Guid> {
    let Some(Value::Approvers(list)) = policy.read(Setting::Approvers).value else { return Vec::new() };
    let known = list.into_iter().filter(|approver| approver.kind != ApproverKind::Other);
    known.filter_map(|approver| approver.id.parse().ok()).collect()
}
