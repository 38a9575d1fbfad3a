//! Copying settings from one policy to another: from members to owners, from group to group, from a role to a group and
//! back. Settings that both have become edits of a draft, which is reviewed and saved like any other; the rest is
//! listed.

use super::Policy;
use super::change::Change;
use super::draft::Draft;
use super::duration::IsoDuration;
use super::reading::ReadOnly;
use super::rule::RuleId;
use super::setting::Setting;
use super::value::{Requirement, Value};

/// Why a setting is not copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCarried {
    /// The source's value cannot be read reliably.
    Unreadable(ReadOnly),
    /// The target's setting cannot be changed.
    Locked(ReadOnly),
    /// The source has a value without effect: approvers without approval, a period next to "permanent".
    NotInUse,
    /// The source leaves approval to its default approvers, which the target does not have.
    DefaultApprovers,
    /// The source requires MFA and a context at once, which Microsoft does not support (graph.md G8).
    MfaAndContext,
    /// The source's period is in years or months, which Graph does not store (graph.md G7).
    CalendarPeriod,
    /// The email takes no additional recipients.
    NoRecipients,
}

/// A setting that can be copied.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// From the target's value on screen to the source's; weakening is judged against the stored value.
    pub change: Change,
    /// The person has an unsaved edit here, which copying would replace.
    pub edited: bool,
}

/// All settings of a source as they relate to a target; each is in exactly one list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carry {
    /// What would change, in the admin center's order.
    pub carried: Vec<Carried>,
    /// What is already the same on screen.
    pub same: Vec<Setting>,
    /// What is not copied, and why.
    pub left: Vec<(Setting, NotCarried)>,
    /// IDs of the source's rules that belong to no setting; they are never copied.
    pub other_rules: Vec<String>,
}

/// Compares a source with a target and its unsaved edits.
pub fn carry(from: &Policy, onto: &Policy, draft: &Draft) -> Carry {
    let mut carry = Carry {
        other_rules: from.other_rules().into_iter().map(|rule| rule.id().to_owned()).collect(),
        ..Carry::default()
    };
    for setting in Setting::all() {
        match relate(from, onto, draft, setting) {
            Err(why) => carry.left.push((setting, why)),
            Ok(None) => carry.same.push(setting),
            Ok(Some(carried)) => carry.carried.push(carried),
        }
    }
    carry
}

/// The value that a source offers for a setting, or why it offers none.
pub fn offer(from: &Policy, setting: Setting) -> Result<Value, NotCarried> {
    let source = from.read(setting);
    let taken = source.editable().ok_or_else(|| NotCarried::Unreadable(reason(source.read_only)))?;
    unfit(from, setting, taken).map_or_else(|| Ok(taken.clone()), Err)
}

fn relate(from: &Policy, onto: &Policy, draft: &Draft, setting: Setting) -> Result<Option<Carried>, NotCarried> {
    let source = from.read(setting);
    let taken = source.editable().ok_or_else(|| NotCarried::Unreadable(reason(source.read_only)))?;
    let target = onto.read(setting);
    let stored = target.editable().ok_or_else(|| NotCarried::Locked(reason(target.read_only)))?;
    if leaves_approval_to_others(from, onto, setting, taken) {
        return Err(NotCarried::DefaultApprovers);
    }
    let edit = draft.edit(setting);
    let shown = edit.map_or(stored, |edit| &edit.mine);
    if shown.means(taken) {
        return Ok(None);
    }
    if let Some(why) = unfit(from, setting, taken) {
        return Err(why);
    }
    let weakens = Change::new(&onto.subject, setting, stored.clone(), taken.clone())
        .where_in_effect(|switch| onto.read(switch).value?.as_flag())
        .weakens;
    let change = Change { setting, before: shown.clone(), after: taken.clone(), weakens };
    Ok(Some(Carried { change, edited: edit.is_some() }))
}

/// A reading without a value always has a reason.
fn reason(read_only: Option<ReadOnly>) -> ReadOnly {
    read_only.unwrap_or(ReadOnly::NotUnderstood)
}

fn leaves_approval_to_others(from: &Policy, onto: &Policy, setting: Setting, taken: &Value) -> bool {
    setting == Setting::Approvers
        && *taken == Value::Approvers(Vec::new())
        && is_on(from, Setting::ApprovalRequired)
        && from.subject.has_default_approvers()
        && !onto.subject.has_default_approvers()
}

fn unfit(from: &Policy, setting: Setting, taken: &Value) -> Option<NotCarried> {
    match (setting, taken) {
        _ if !setting.applies(|switch| Some(is_on(from, switch))) => Some(NotCarried::NotInUse),
        (Setting::MailRecipients(RuleId::ActivationApprover), _) => Some(NotCarried::NoRecipients),
        (_, Value::Requirement(Requirement::MfaAndContext(_))) => Some(NotCarried::MfaAndContext),
        (_, Value::Duration(text)) if IsoDuration::parse(text).is_some_and(|d| d.seconds_total().is_none()) => {
            Some(NotCarried::CalendarPeriod)
        }
        _ => None,
    }
}

fn is_on(policy: &Policy, setting: Setting) -> bool {
    policy.read(setting).value.and_then(|value| value.as_flag()) == Some(true)
}

impl Carry {
    /// What is selected at first: everything except what would replace an edit of the person.
    pub fn proposed(&self) -> Vec<Setting> {
        self.carried.iter().filter(|carried| !carried.edited).map(|carried| carried.change.setting).collect()
    }

    /// Puts the picked settings into the draft of the target.
    pub fn take(&self, onto: &Policy, draft: &mut Draft, picked: &[Setting]) {
        for Carried { change, .. } in &self.carried {
            if picked.contains(&change.setting) {
                draft.replace(onto, change.setting, change.after.clone());
            }
        }
    }
}
