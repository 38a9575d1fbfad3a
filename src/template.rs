//! Templates: named settings with their values, partial on purpose: a template contains only the settings it is about.
//!
//! Pure. This browser stores them (`state::templates`), files contain them ([`file`]), a team hosts them beside
//! `config.json` ([`hosted`]).

pub mod file;
pub mod hosted;
pub mod shelf;

use serde::{Deserialize, Serialize};

pub use hosted::Hosted;
pub use shelf::{Taken, add, free_key};

use crate::matrix::{Class, Standard};
use crate::policy::check::check_kept;
use crate::policy::plain::{from_plain, to_plain};
use crate::policy::{ApproverKind, Issue, Requirement, Setting, Severity, Sheet, Value};
use crate::surplus::Surplus;

/// Most characters of a name.
pub const LONGEST_NAME: usize = 120;

/// Most characters of a description.
pub const LONGEST_DESCRIPTION: usize = 1000;

/// Precedes the key of a template that the team hosts, in addresses. No key of a template contains a dot.
const HOSTED: &str = "team.";

/// A named set of settings with their values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Its key: lower-case letters, digits and hyphens. Stays when the name changes.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    #[serde(default)]
    pub description: String,
    /// The kind of policies it is meant for; `None` for all.
    #[serde(default, with = "class")]
    pub class: Option<Class>,
    /// Its settings and their values, in the admin center's order, each once.
    pub values: Vec<(Setting, Value)>,
    /// What a newer version stored with it in this browser.
    #[serde(skip)]
    pub surplus: Surplus,
}

/// Where a template comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This browser stores it.
    Own,
    /// The team hosts it: it can be used and duplicated, not changed.
    Team,
}

/// Splits a key in an address or a reference into its origin and the key itself.
pub fn place(text: &str) -> (Origin, &str) {
    text.strip_prefix(HOSTED).map_or((Origin::Own, text), |key| (Origin::Team, key))
}

/// The key as used in addresses and references.
pub fn address(origin: Origin, key: &str) -> String {
    match origin {
        Origin::Own => key.to_owned(),
        Origin::Team => [HOSTED, key].concat(),
    }
}

/// The result of putting one template over another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// Settings that the lower one did not have.
    pub added: usize,
    /// Settings that had another value.
    pub replaced: usize,
}

impl Template {
    /// A template without settings.
    pub fn new(key: String, name: String) -> Self {
        let (description, surplus) = (String::new(), Surplus::default());
        Self { key, name, description, class: None, values: Vec::new(), surplus }
    }

    /// As text, for the browser's storage.
    pub fn kept(&self) -> String {
        self.surplus.put_back(serde_json::to_string(self).unwrap_or_default())
    }

    /// Parses the output of [`kept`](Self::kept); `None` for anything else.
    pub fn from_kept(text: &str) -> Option<Self> {
        let template: Self = serde_json::from_str(text).ok()?;
        Some(Self { surplus: Surplus::of(text, &template.kept()), ..template })
    }

    /// Whether another one is the same in all that this version understands.
    pub fn is_same(&self, other: &Self) -> bool {
        let surplus = || other.surplus.clone();
        Self { surplus: surplus(), ..self.clone() } == *other
    }

    /// The value of a setting, if it has one.
    pub fn value(&self, setting: Setting) -> Option<&Value> {
        self.values.iter().find(|(own, _)| *own == setting).map(|(_, value)| value)
    }

    /// Sets a setting.
    pub fn set(&mut self, setting: Setting, value: Value) {
        if let Some((_, own)) = self.values.iter_mut().find(|(own, _)| *own == setting) {
            *own = value;
            return;
        }
        self.values.push((setting, value));
        let all: Vec<Setting> = Setting::all().collect();
        let at = |setting: Setting| all.iter().position(|other| *other == setting);
        crate::order::sort_by(&mut self.values, |left, right| at(left.0).cmp(&at(right.0)));
    }

    /// Removes a setting.
    pub fn unset(&mut self, setting: Setting) {
        self.values.retain(|(own, _)| *own != setting);
    }

    /// Puts another template over it: the other's settings are taken over, settings that only this one has stay.
    /// Returns how many settings are new and how many had another value.
    pub fn lay_over(&mut self, other: &Self) -> Laid {
        let mut laid = Laid::default();
        for (setting, value) in &other.values {
            match self.value(*setting) {
                None => laid.added += 1,
                Some(own) if own.means(value) => {}
                Some(_) => laid.replaced += 1,
            }
            self.set(*setting, value.clone());
        }
        laid
    }

    /// Takes back what was laid over it, given as it was before: settings that still have the laid value get their
    /// earlier one, or go. What was changed since stays.
    pub fn take_off(&mut self, laid: &Self, before: &Self) {
        for (setting, value) in &laid.values {
            if self.value(*setting) != Some(value) {
                continue;
            }
            match before.value(*setting) {
                Some(earlier) => self.set(*setting, earlier.clone()),
                None => self.unset(*setting),
            }
        }
    }

    /// Its values, as a partial sheet.
    pub fn sheet(&self) -> Sheet {
        Sheet::kept(self.values.iter().cloned())
    }

    /// The template as a reference to compare rows with: those of the kind that it is meant for.
    pub fn standard(&self) -> Standard {
        match self.class {
            None => Standard::for_all(&self.sheet()),
            Some(class) => Standard::default().for_class(class, self.sheet()),
        }
    }

    /// What is wrong or doubtful with it. Roles have default approvers, so a template for roles may have none.
    pub fn issues(&self, contexts: Option<&[String]>) -> Vec<Issue> {
        check_kept(&self.values, self.class == Some(Class::Roles), contexts)
    }

    /// The settings whose values cannot be used as they are.
    pub fn unusable(&self) -> Vec<Setting> {
        let mut found: Vec<Setting> = self
            .issues(None)
            .into_iter()
            .filter(|issue| issue.severity == Severity::Error)
            .map(|issue| issue.setting)
            .collect();
        let unfit = |setting: &Setting, value: &Value| from_plain(*setting, &to_plain(value)).is_err();
        found.extend(self.values.iter().filter(|(setting, value)| unfit(setting, value)).map(|(setting, _)| *setting));
        crate::order::sort_by(&mut found, Ord::cmp);
        found.dedup();
        found
    }
}

/// Typed text as a file may contain it: at most this many characters, no control characters except line breaks.
pub fn clean(text: &str, longest: usize) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).take(longest).collect()
}

/// The same if nothing has to be cut off for it.
pub fn clean_whole(text: &str, longest: usize) -> Option<String> {
    (text.chars().count() <= longest).then(|| clean(text, longest))
}

/// Whether a template may contain a value: whatever a person could have set in the admin center.
pub fn can_hold(value: &Value) -> bool {
    match value {
        Value::Approvers(list) => list.iter().all(|approver| approver.kind != ApproverKind::Other),
        Value::Requirement(Requirement::MfaAndContext(_)) => false,
        _ => true,
    }
}

/// The initial value of a setting that is added by hand: Microsoft's own default for a group.
pub fn first_value(setting: Setting) -> Value {
    match setting {
        Setting::ActivationDuration => Value::Duration("PT8H".into()),
        Setting::EligibleExpiry => Value::Duration("P365D".into()),
        Setting::ActiveExpiry => Value::Duration("P180D".into()),
        Setting::ActivationRequirement => Value::Requirement(Requirement::None),
        Setting::Approvers => Value::Approvers(Vec::new()),
        Setting::MailRecipients(_) => Value::Recipients(Vec::new()),
        Setting::ActivationJustification | Setting::ActiveJustification | Setting::MailDefaults(_) => Value::Flag(true),
        _ => Value::Flag(false),
    }
}

/// The class as text, for serde.
pub(crate) mod class {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Class;

    const ALL: &str = "all";

    #[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde hands it over like this")]
    /// Writes it.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(class: &Option<Class>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(class.map_or(ALL, Class::as_str))
    }

    /// Parses it.
    ///
    /// # Errors
    /// Those of the deserializer, and a class that this version does not know: that is not "all".
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Class>, D::Error> {
        let name = String::deserialize(deserializer)?;
        let class = Class::from_name(&name);
        if class.is_none() && name != ALL { Err(D::Error::custom("class")) } else { Ok(class) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template() -> Template {
        Template::new("a".into(), "A".into())
    }

    #[test]
    fn a_template_holds_only_what_it_speaks_of_in_the_order_of_the_admin_centre() {
        let mut one = template();
        one.set(Setting::ActivePermanent, Value::Flag(false));
        one.set(Setting::ActivationDuration, Value::Duration("PT1H".into()));
        assert_eq!(one.values[0].0, Setting::ActivationDuration);
        assert!(one.sheet().reading(Setting::ActiveMfa).is_none());
        let mut other = template();
        other.set(Setting::ActivationDuration, Value::Duration("PT2H".into()));
        other.set(Setting::ActiveMfa, Value::Flag(true));
        assert_eq!(one.lay_over(&other), Laid { added: 1, replaced: 1 });
        assert_eq!(one.lay_over(&other), Laid::default(), "a second time nothing changes");
        assert_eq!(one.values.len(), 3);
        assert_eq!(one.value(Setting::ActivationDuration), Some(&Value::Duration("PT2H".into())));
        assert_eq!(one.value(Setting::ActivePermanent), Some(&Value::Flag(false)));
        one.unset(Setting::ActivePermanent);
        assert!(one.value(Setting::ActivePermanent).is_none());
    }

    #[test]
    fn what_was_laid_over_is_taken_off_and_later_changes_stay() {
        let hours = |text: &str| Value::Duration(text.into());
        let mut one = template();
        one.set(Setting::ActivationDuration, hours("PT1H"));
        one.set(Setting::ActiveExpiry, hours("P17D"));
        one.set(Setting::ActivePermanent, Value::Flag(false));
        let before = one.clone();
        let mut other = template();
        other.set(Setting::ActivationDuration, hours("PT2H"));
        other.set(Setting::ActiveExpiry, hours("P1D"));
        other.set(Setting::ActiveMfa, Value::Flag(true));
        other.set(Setting::EligibleMfa, Value::Flag(true));
        other.set(Setting::ActivationTicket, Value::Flag(true));
        one.lay_over(&other);
        let mut all = one.clone();
        all.take_off(&other, &before);
        assert_eq!(all, before, "nothing was changed since");
        // Changed, removed, added, and a setting that the other one did not have.
        one.set(Setting::ActiveExpiry, hours("P2D"));
        one.set(Setting::ActivationTicket, Value::Flag(false));
        one.unset(Setting::EligibleMfa);
        one.set(Setting::ActiveJustification, Value::Flag(true));
        one.set(Setting::ActivePermanent, Value::Flag(true));
        one.take_off(&other, &before);
        assert_eq!(one.value(Setting::ActivationDuration), Some(&hours("PT1H")));
        assert_eq!(one.value(Setting::ActiveExpiry), Some(&hours("P2D")));
        assert_eq!(one.value(Setting::ActivationTicket), Some(&Value::Flag(false)));
        assert_eq!(one.value(Setting::ActiveJustification), Some(&Value::Flag(true)));
        assert_eq!(one.value(Setting::ActivePermanent), Some(&Value::Flag(true)));
        assert!(one.value(Setting::ActiveMfa).is_none() && one.value(Setting::EligibleMfa).is_none());
        assert_eq!(one.values.len(), 5);
    }

    #[test]
    fn a_text_that_is_too_long_is_not_cut() {
        assert_eq!(clean_whole("é\tå", 3).as_deref(), Some("é å"));
        assert_eq!(clean_whole("é\tåx", 3), None);
        assert_eq!(
            clean_whole(&"å".repeat(LONGEST_DESCRIPTION), LONGEST_DESCRIPTION).map(|text| text.len()),
            Some(2000)
        );
    }

    #[test]
    fn it_stands_for_the_class_it_is_meant_for() {
        let role = "roles/62e90394-69f5-4237-9190-012177145e10".parse().unwrap();
        let owner = "groups/62e90394-69f5-4237-9190-012177145e10/owner".parse().unwrap();
        let mut one = template();
        one.set(Setting::ActiveMfa, Value::Flag(true));
        assert!(one.standard().of(&role).is_some());
        one.class = Some(Class::Owners);
        assert!(one.standard().of(&role).is_none() && one.standard().of(&owner).is_some());
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let mut one = template();
        one.set(Setting::ApprovalRequired, Value::Flag(true));
        assert!(one.unusable().is_empty());
        one.set(Setting::Approvers, Value::Approvers(Vec::new()));
        one.set(Setting::ActivationDuration, Value::Duration("soon".into()));
        one.set(Setting::ActivationRequirement, Value::Requirement(Requirement::Context("x".into())));
        assert_eq!(one.unusable(), [Setting::ActivationDuration, Setting::ActivationRequirement, Setting::Approvers]);
        one.class = Some(Class::Roles);
        assert!(!one.unusable().contains(&Setting::Approvers));
    }

    #[test]
    fn what_this_browser_keeps_is_read_again() {
        let mut one = template();
        one.class = Some(Class::Members);
        for setting in Setting::all() {
            one.set(setting, first_value(setting));
        }
        one.set(Setting::ActivationDuration, Value::Duration("not yet".into()));
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Template>(&text).unwrap(), one);
    }

    #[test]
    fn keys_of_the_team_are_told_apart() {
        assert_eq!(place(&address(Origin::Team, "x")), (Origin::Team, "x"));
        assert_eq!(place(&address(Origin::Own, "x")), (Origin::Own, "x"));
    }
}
