//! Two policies side by side, setting by setting.

use std::collections::BTreeSet;

use super::change::{length, weakening};
use super::reading::Reading;
use super::setting::{Setting, Tab, is_unserved};
use super::sheet::Sheet;
use super::value::{Requirement, Value};

/// One of two policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one at the left.
    Left,
    /// The one at the right.
    Right,
}

/// The result of comparing one setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same value, however it is written.
    Same,
    /// Different; one side may be the stricter one.
    Differs(Option<Side>),
    /// At least one side could not be read, so nobody can say.
    Unknown,
}

/// One setting on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The setting.
    pub setting: Setting,
    /// At the left.
    pub left: Reading,
    /// At the right.
    pub right: Reading,
    /// The result of comparing them.
    pub verdict: Verdict,
}

/// What two policies require beyond all settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Also {
    /// The last setting of the rule.
    pub setting: Setting,
    /// At the left.
    pub left: Vec<String>,
    /// At the right.
    pub right: Vec<String>,
}

impl Also {
    /// Whether both require the same, in any order and spelling.
    pub fn is_same(&self) -> bool {
        let set = |entries: &[String]| entries.iter().map(|one| one.to_ascii_lowercase()).collect::<BTreeSet<_>>();
        set(&self.left) == set(&self.right)
    }
}

/// Two sheets, compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Every setting that both sides contain, in the admin center's order.
    pub lines: Vec<Line>,
    /// What at least one side requires beyond all settings, if it is known of both.
    pub also: Vec<Also>,
    /// How many settings only one side contains.
    pub left_out: usize,
}

impl Comparison {
    /// The lines of a tab; without `all`, only those that are not the same.
    pub fn of_tab(&self, tab: Tab, all: bool) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.setting.tab() == tab && (all || line.verdict != Verdict::Same))
    }

    /// What is required beyond all settings, of a tab; without `all`, only where it is not the same.
    pub fn also_of_tab(&self, tab: Tab, all: bool) -> impl Iterator<Item = &Also> {
        self.also.iter().filter(move |also| also.setting.tab() == tab && (all || !also.is_same()))
    }

    /// How many lines have a verdict that satisfies `is`.
    pub fn count(&self, is: fn(Verdict) -> bool) -> usize {
        self.lines.iter().filter(|line| is(line.verdict)).count()
    }

    /// How many settings differ.
    pub fn differing(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Differs(_)))
    }
}

/// Compares two sheets.
pub fn compare(left: &Sheet, right: &Sheet) -> Comparison {
    let mut found = Comparison::default();
    for setting in Setting::all() {
        if let (Some(here), Some(there)) = (left.also_required(setting), right.also_required(setting))
            && !(here.is_empty() && there.is_empty())
        {
            found.also.push(Also { setting, left: here.to_vec(), right: there.to_vec() });
        }
        match (left.reading(setting), right.reading(setting)) {
            (Some(here), Some(there)) => found.lines.push(Line {
                setting,
                left: here.clone(),
                right: there.clone(),
                verdict: verdict(setting, left, right, (here, there)),
            }),
            (None, None) => {}
            _ => found.left_out += 1,
        }
    }
    found
}

/// Compares a setting that both sheets contain.
pub fn verdict(setting: Setting, left: &Sheet, right: &Sheet, (here, there): (&Reading, &Reading)) -> Verdict {
    let (Some(before), Some(after)) = (&here.value, &there.value) else { return Verdict::Unknown };
    // Of several approval stages only the approvers of the first are read; those of the others may differ.
    let whole = setting != Setting::Approvers || here.read_only.is_none() && there.read_only.is_none();
    if before.means(after) {
        return if whole { Verdict::Same } else { Verdict::Unknown };
    }
    // A period that is not set, or cannot be read, is no certain limit.
    let endless = |value: &Value| value.as_duration().is_some() && length(value).is_none_or(|seconds| seconds < 1);
    let told = whole && applies(setting, left) && applies(setting, right) && !demands_may_cross(before, after);
    if !told || endless(before) || endless(after) {
        return Verdict::Differs(None);
    }
    let to_right = weakening(setting, before, after).is_some();
    let to_left = weakening(setting, after, before).is_some();
    Verdict::Differs(match (to_right, to_left) {
        (true, false) => Some(Side::Left),
        (false, true) => Some(Side::Right),
        // Weaker both ways: other approvers, another context. Which one is stricter is unknown here.
        _ => None,
    })
}

/// Whether one value demands MFA and the other a context: Conditional Access may ask for less.
const fn demands_may_cross(left: &Value, right: &Value) -> bool {
    use Requirement::{Context, Mfa, MfaAndContext};
    let (Value::Requirement(left), Value::Requirement(right)) = (left, right) else { return false };
    matches!((left, right), (Mfa, Context(_) | MfaAndContext(_)) | (Context(_) | MfaAndContext(_), Mfa))
}

/// Whether a setting has an effect on its side.
pub fn applies(setting: Setting, sheet: &Sheet) -> bool {
    !is_unserved(setting) && setting.applies(|switch| sheet.flag(switch))
}
