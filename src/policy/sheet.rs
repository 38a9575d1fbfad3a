//! The values of a policy, setting by setting: as Microsoft has it, with a draft on top, or as far as it was stored.
//! The form in which policies are described and compared.

use super::Policy;
use super::draft::Draft;
use super::reading::{Reading, also_required};
use super::setting::Setting;
use super::value::Value;

/// Settings with what was read of them, in the admin center's order. A setting that is missing was not stored, which is
/// not the same as a setting that could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    lines: Vec<(Setting, Reading)>,
    unknown_rules: usize,
    /// What [`also_required`] reads, where it is something; `None` if it was not stored.
    also_required: Option<Vec<(Setting, Vec<String>)>>,
}

impl Sheet {
    /// A policy as it was read.
    pub fn of(policy: &Policy) -> Self {
        let also = Setting::all().map(|setting| (setting, also_required(policy, setting)));
        Self {
            lines: Setting::all().map(|setting| (setting, policy.read(setting))).collect(),
            unknown_rules: policy.other_rules().len(),
            also_required: Some(also.filter(|(_, entries)| !entries.is_empty()).collect()),
        }
    }

    /// The policy as it would be after saving the draft.
    pub fn drafted(policy: &Policy, draft: &Draft) -> Self {
        Self::of(policy).under(draft)
    }

    /// The sheet of a policy with a draft on top.
    #[must_use]
    pub fn under(&self, draft: &Draft) -> Self {
        let mut sheet = self.clone();
        for (setting, reading) in &mut sheet.lines {
            if let Some(edit) = draft.edit(*setting) {
                reading.value = Some(edit.mine.clone());
            }
        }
        sheet
    }

    /// Only some settings, each with its value.
    pub fn kept(values: impl IntoIterator<Item = (Setting, Value)>) -> Self {
        let values: Vec<(Setting, Value)> = values.into_iter().collect();
        let value = |wanted| values.iter().find(|(setting, _)| *setting == wanted).map(|(_, value)| value.clone());
        let line = |setting| Some((setting, Reading { value: Some(value(setting)?), read_only: None }));
        Self { lines: Setting::all().filter_map(line).collect(), ..Self::default() }
    }

    /// What was read of a setting; `None` if the sheet does not contain it.
    pub fn reading(&self, setting: Setting) -> Option<&Reading> {
        self.lines.iter().find(|(own, _)| *own == setting).map(|(_, reading)| reading)
    }

    /// The value of a setting, if there is one to show.
    pub fn value(&self, setting: Setting) -> Option<&Value> {
        self.reading(setting)?.value.as_ref()
    }

    /// Whether a checkbox is on; `None` if unknown.
    pub fn flag(&self, setting: Setting) -> Option<bool> {
        self.value(setting)?.as_flag()
    }

    /// What the rule of a setting requires beyond all settings, told at its last one; `None` if that was not stored.
    pub fn also_required(&self, setting: Setting) -> Option<&[String]> {
        let of_setting = self.also_required.as_ref()?.iter().find(|(own, _)| *own == setting);
        Some(of_setting.map_or(&[], |(_, entries)| entries))
    }

    /// How many rules of the policy belong to no setting.
    pub const fn unknown_rules(&self) -> usize {
        self.unknown_rules
    }
}
