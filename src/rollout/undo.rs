//! The undo of a rollout, or of one of its policies: a proposal like any other, made from the receipts.

use super::record::{End, Record, TargetRecord};
use super::{Item, Proposal, Target, Unsure};
use crate::guid::Guid;
use crate::policy::{Setting, Subject, Value};
use crate::receipt::{Receipt, RuleEnd, RuleRecord, Standing};

/// Each setting's value before, and the value that the saves left: only what was read back can be undone. With several
/// saves of one policy, the first has the value before, and the last the value left.
pub fn item(target: Target, receipts: &[Receipt]) -> Option<Item> {
    let mut wanted: Vec<(Setting, Value)> = Vec::new();
    let mut only_from: Vec<(Setting, Value)> = Vec::new();
    for receipt in receipts {
        for (setting, before, left) in receipt.way_back() {
            if !wanted.iter().any(|(known, _)| *known == setting) {
                wanted.push((setting, before));
            }
            only_from.retain(|(known, _)| *known != setting);
            only_from.push((setting, left));
        }
    }
    (!wanted.is_empty()).then_some(Item { target, wanted, only_from })
}

/// If settings may only be changed from certain values, another try continues from what earlier tries of the same
/// rollout left: their half of a change that spans two rules is not someone else's change.
pub fn go_on(proposal: &mut Proposal, record: &Record, receipts: &[Receipt]) {
    for item in &mut proposal.items {
        let entry = record.targets.iter().find(|entry| entry.subject == item.target.subject);
        let left = entry.into_iter().flat_map(|entry| own(entry, receipts)).flat_map(Receipt::way_back);
        for (setting, _, left) in left {
            if let Some((_, from)) = item.only_from.iter_mut().find(|(known, _)| *known == setting) {
                *from = left;
            }
        }
    }
}

/// The receipts of one policy, oldest first.
fn own<'a>(entry: &'a TargetRecord, receipts: &'a [Receipt]) -> impl Iterator<Item = &'a Receipt> {
    entry.receipts.iter().filter_map(|id| receipts.iter().find(|receipt| receipt.id == *id))
}

/// The policies that a rollout may have changed and that lack a receipt: they cannot be undone from here, or not
/// completely.
pub fn not_kept<'a>(record: &'a Record, receipts: &[Receipt], only: Option<&Subject>) -> Vec<&'a TargetRecord> {
    let is_kept = |id: &Guid| receipts.iter().any(|receipt| receipt.id == *id);
    let wanted = record.targets.iter().filter(|entry| only.is_none_or(|subject| *subject == entry.subject));
    // If the only save changed nothing, there is nothing to undo.
    let may_have_changed = |entry: &&TargetRecord| entry.end != End::NotSaved || entry.receipts.len() > 1;
    wanted.filter(may_have_changed).filter(|entry| !entry.receipts.iter().all(is_kept)).collect()
}

/// Those of which a receipt is stored that this version cannot read, and the others. `unread`: the IDs of such receipts.
pub fn part_unread<'a>(
    lacking: Vec<&'a TargetRecord>,
    unread: &[Guid],
) -> (Vec<&'a TargetRecord>, Vec<&'a TargetRecord>) {
    lacking.into_iter().partition(|entry| entry.receipts.iter().any(|id| unread.contains(id)))
}

/// The policies for which it is unknown whether some rule was saved: what is unknown is left out of the undo.
pub fn uncertain<'a>(record: &'a Record, receipts: &[Receipt], only: Option<&Subject>) -> Vec<&'a TargetRecord> {
    let wanted = record.targets.iter().filter(|entry| only.is_none_or(|subject| *subject == entry.subject));
    wanted.filter(|entry| !to_look_at(entry, receipts).is_empty()).collect()
}

/// The policies whose undo includes values that the rollout may not have written itself.
pub fn held<'a>(record: &'a Record, receipts: &[Receipt], only: Option<&Subject>) -> Vec<&'a TargetRecord> {
    let wanted = record.targets.iter().filter(|entry| only.is_none_or(|subject| *subject == entry.subject));
    wanted.filter(|entry| own(entry, receipts).any(|receipt| receipt.held_rules().next().is_some())).collect()
}

/// The saves of a policy whose result is unknown.
pub fn to_look_at<'a>(entry: &'a TargetRecord, receipts: &'a [Receipt]) -> Vec<&'a Receipt> {
    let is_open = |receipt: &&Receipt| matches!(receipt.standing(), Standing::Open | Standing::Uncertain);
    own(entry, receipts).filter(is_open).collect()
}

/// The settings of a policy of which it is unknown whether they were saved, or whether all their rules were.
fn unsure(entry: &TargetRecord, receipts: &[Receipt]) -> Vec<Setting> {
    let rules = |receipt: &'_ Receipt| -> Vec<RuleRecord> {
        let is_open = receipt.standing() == Standing::Open;
        let open = |rule: &&RuleRecord| rule.end.is_open() || is_open && rule.end == RuleEnd::Queued;
        receipt.rules.iter().filter(open).cloned().collect()
    };
    let rules: Vec<RuleRecord> = to_look_at(entry, receipts).into_iter().flat_map(rules).collect();
    Setting::all().filter(|setting| rules.iter().any(|rule| rule.settings.contains(setting))).collect()
}

/// Names what an undo leaves out after the record of the rollout it undoes: a stored proposal has no names.
pub fn name_left_out(proposal: &mut Proposal, undone: &Record) {
    for Unsure { target, .. } in proposal.left_out.iter_mut().filter(|one| one.target.name.is_empty()) {
        if let Some(entry) = undone.entry(&target.subject) {
            target.name.clone_from(&entry.name);
        }
    }
}

/// The undo of all its policies, or of one. `receipts` are those still stored, in any order; `title` is its title.
pub fn proposal(record: &Record, receipts: &[Receipt], only: Option<&Subject>, title: String) -> Proposal {
    let wanted = record.targets.iter().filter(|entry| only.is_none_or(|subject| *subject == entry.subject));
    let target = |entry: &TargetRecord| Target { subject: entry.subject.clone(), name: entry.name.clone() };
    let items = wanted.filter_map(|entry| {
        let own: Vec<Receipt> = own(entry, receipts).cloned().collect();
        item(target(entry), &own)
    });
    let items: Vec<Item> = items.collect();
    let left = |entry: &TargetRecord| {
        let back = items.iter().find(|item| item.target.subject == entry.subject);
        let mut settings = unsure(entry, receipts);
        // A setting of two rules may be known by one of them: it is taken back, and the save says what became of the other.
        settings.retain(|setting| back.is_none_or(|item| item.wanted.iter().all(|(known, _)| known != setting)));
        (back.is_none() || !settings.is_empty()).then(|| Unsure { target: target(entry), settings })
    };
    let left_out = uncertain(record, receipts, only).into_iter().filter_map(left).collect();
    Proposal { title, items, undoes: Some(record.id.clone()), left_out }
}
