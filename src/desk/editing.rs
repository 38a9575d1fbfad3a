//! What happens to a person's edits outside the fields: kept in the tab, restored, updated after a save, resolved in a
//! conflict, undone.

use serde::{Deserialize, Serialize};

use super::readback::changed_at;
use super::save::{Finished, NotStarted, Outcome};
use crate::guid::Guid;
use crate::policy::draft::Edit;
use crate::policy::merge::Conflict;
use crate::policy::{Change, Draft, Policy, Setting, Value};
use crate::receipt::Receipt;

/// A stored draft that was off the screen for this long is not offered again, ms.
pub const LIFE_MS: i64 = 12 * 60 * 60 * 1000;

#[derive(Serialize, Deserialize)]
struct Kept {
    at_unix_ms: i64,
    draft: Draft,
    #[serde(default)]
    undoes: Option<Guid>,
}

/// A draft as text for the tab's storage, IDs and values only, with the ID of the receipt whose change it undoes, if
/// any. `None` for an empty draft, which should be removed.
pub fn kept(draft: &Draft, undoes: Option<Guid>, now_unix_ms: i64) -> Option<String> {
    if draft.is_empty() {
        return None;
    }
    serde_json::to_string(&Kept { at_unix_ms: now_unix_ms, draft: draft.clone(), undoes }).ok()
}

/// The contents of a text from [`kept`]; nothing if it is too old or cannot be parsed.
pub fn restored(text: &str, now_unix_ms: i64) -> (Draft, Option<Guid>) {
    match serde_json::from_str::<Kept>(text) {
        Ok(kept) if now_unix_ms - kept.at_unix_ms < LIFE_MS => (kept.draft, kept.undoes),
        _ => (Draft::default(), None),
    }
}

/// A stored text around its time, which is its first field.
fn around_time(text: &str) -> Option<(&str, &str, &str)> {
    const START: &str = "{\"at_unix_ms\":";
    let rest = text.strip_prefix(START)?;
    let after = rest.trim_start_matches(|one: char| one.is_ascii_digit());
    Some((START, rest.strip_suffix(after)?, after))
}

/// Whether a stored text with a time may still be offered, without the code that parses drafts.
pub fn is_younger(text: &str, life_ms: i64, now_unix_ms: i64) -> bool {
    let at = around_time(text).and_then(|(_, at, _)| at.parse::<i64>().ok());
    at.is_some_and(|at| now_unix_ms - at < life_ms)
}

/// A stored text with this time instead of its own: until then it was on screen. `None` if it has no time.
pub fn seen_at(text: &str, now_unix_ms: i64) -> Option<String> {
    let (before, _, after) = around_time(text)?;
    Some([before, &now_unix_ms.to_string(), after].concat())
}

/// Applies the outcome of a save to the draft: what the policy certainly has now is no longer an edit, and an edit that
/// was saved in part continues from there. Returns the policy to show, if the save read a newer one.
pub fn after<'a>(outcome: &'a Outcome, draft: &mut Draft) -> Option<&'a Policy> {
    match outcome {
        Outcome::Finished(finished) => {
            finished.settle(draft);
            finished.go_on(draft);
            Some(&finished.policy)
        }
        Outcome::Conflicts { theirs, .. } => Some(theirs),
        // The error lies in what someone else changed, and shows only on top of that.
        Outcome::NotStarted(NotStarted::Invalid { theirs, .. }) => Some(theirs),
        Outcome::NotStarted(_) => None,
    }
}

/// Edits of which an interrupted save wrote one rule of two continue from what its receipt says it left, if the policy
/// still has that.
pub fn go_on_from(receipt: &Receipt, policy: &Policy, draft: &mut Draft) {
    for (setting, before, left) in receipt.way_back() {
        let stands = policy.read(setting).value.is_some_and(|now| now.means(&left));
        let is_its = |edit: &Edit| {
            let wanted = receipt.changed(setting).is_some_and(|changed| changed.after.means(&edit.mine));
            stands && wanted && edit.base.means(&before) && !edit.mine.means(&left)
        };
        if draft.edit(setting).is_some_and(is_its) {
            draft.start_from(setting, left);
        }
    }
}

/// Edits that conflict only with what an uncertain save of the same person wanted start from that: it has arrived since.
/// Returns whether there were any.
pub fn go_on_from_open(receipt: &Receipt, conflicts: &[Conflict], draft: &mut Draft) -> bool {
    let mut goes_on = false;
    for Conflict { setting, base, theirs, .. } in conflicts {
        let (Some(changed), Some(now)) = (receipt.changed(*setting), theirs) else { continue };
        let is_open = receipt.open_rules().any(|rule| rule.settings.contains(setting));
        if is_open && base.means(&changed.before) && now.means(&changed.after) {
            draft.start_from(*setting, now.clone());
            goes_on = true;
        }
    }
    goes_on
}

/// Resolves a conflict: `mine` is put on top of what the policy has now, or is dropped.
pub fn decide(policy: &Policy, draft: &mut Draft, setting: Setting, mine: Value, keep_mine: bool) {
    if keep_mine {
        draft.replace(policy, setting, mine);
    } else {
        draft.reset(setting);
    }
}

/// The settings outside the draft that differ in a later read: someone else changed them, and a save keeps that. `None`
/// if that read is older than what was seen: it comes from a lagging replica.
pub fn meanwhile(draft: &Draft, seen: &Policy, now: &Policy) -> Option<Vec<Setting>> {
    if changed_at(now) < changed_at(seen) {
        return None;
    }
    let differs = |setting: &Setting| match (seen.read(*setting).value, now.read(*setting).value) {
        (Some(before), Some(after)) => !before.means(&after),
        (before, after) => before.is_some() != after.is_some(),
    };
    Some(Setting::all().filter(|setting| draft.edit(*setting).is_none() && differs(setting)).collect())
}

/// What someone else changed outside a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Others {
    /// The changes, in the admin center's order, each with how it weakens the policy.
    pub changes: Vec<Change>,
    /// Settings that could be read only in one of the two reads.
    pub unreadable: Vec<Setting>,
    /// Who last changed the policy, if Microsoft says.
    pub by: Option<String>,
    /// When that was, ms since 1970, if Microsoft says.
    pub at_unix_ms: Option<i64>,
}

/// What someone else did to the settings of [`meanwhile`].
pub fn others(settings: &[Setting], seen: &Policy, now: &Policy) -> Others {
    let mut others = Others {
        by: now.modified_by.clone(),
        at_unix_ms: now.modified_at.as_deref().and_then(crate::instant::parse),
        ..Others::default()
    };
    for setting in settings {
        match (seen.read(*setting).value, now.read(*setting).value) {
            (Some(before), Some(after)) => {
                let change = Change::new(&now.subject, *setting, before, after);
                others.changes.push(change.where_in_effect(|switch| seen.read(switch).value?.as_flag()));
            }
            _ => others.unreadable.push(*setting),
        }
    }
    others
}

/// What a person typed and would lose if other edits were laid over the draft: the settings that both change to
/// different values, with what was typed.
pub fn replaced(draft: &Draft, edits: &Draft) -> Vec<(Setting, Value)> {
    let lost = |(setting, edit): (Setting, &Edit)| {
        let other = edits.edit(setting)?;
        (!other.mine.means(&edit.mine)).then(|| (setting, edit.mine.clone()))
    };
    draft.edits().filter_map(lost).collect()
}

/// Puts the edits that undo a save over the draft.
pub fn undo(policy: &Policy, draft: &mut Draft, finished: &Finished) {
    for (setting, edit) in finished.undo().edits() {
        draft.replace(policy, setting, edit.mine.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_draft_is_seen_while_it_may_be_restored() {
        let text = serde_json::to_string(&Kept { at_unix_ms: 1_000, draft: Draft::default(), undoes: None }).unwrap();
        assert!(is_younger(&text, LIFE_MS, 2_000));
        assert!(!is_younger(&text, LIFE_MS, 1_000 + LIFE_MS));
        assert!(!is_younger("", LIFE_MS, 2_000));
    }
}
